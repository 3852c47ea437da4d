"""Words of their own in measures, detention, objections, sheets and clocks of a case."""

import datetime as dt
from typing import Any

from django.utils import timezone

from documents.models import Document
from documents.tests.factories import NumberPatternFactory
from foreigners.models import (
    Case,
    ClockRule,
    DetentionGround,
    Measure,
    Objection,
    OverstaySheet,
)
from foreigners.services.clocks import start_clock
from foreigners.services.detaining import release_detention, review_detention
from foreigners.services.executing import Execution, execute_measure
from foreigners.services.extending import extend, pause
from foreigners.services.measure_checks import Content
from foreigners.services.measuring import decide_measure, draft_measure
from foreigners.services.objecting import (
    Filing,
    decide_objection,
    forward_objection,
    register_objection,
)
from foreigners.services.serving import serve_measure
from foreigners.tests.factories import (
    CaseFactory,
    GroundFactory,
    MeasureFactory,
    ObjectionFactory,
    ProtectionFactory,
    kind_of,
    proof,
)
from foreigners.tests.files import pdf_file
from timpora.tests import canaries_work
from timpora.tests.canaries_work import File
from timpora.tests.world import World, file_with

ASSIGNED = canaries_work.ASSIGNED

CANARIES: dict[str, set[str]] = {
    "kxisitindakan": ASSIGNED,
    "kxpertimbangan": ASSIGNED,
    "kxruangdetensi": ASSIGNED,
    "kxpenempatan": ASSIGNED,
    "kxdisampaikan": ASSIGNED,
    "kxbuktisampai": ASSIGNED,
    "kxlebihawal": ASSIGNED,
    "kxpelaksanaan": ASSIGNED,
    "kxbuktilaksana": ASSIGNED,
    "KXNTPN0001": ASSIGNED,
    "kxtinjau": ASSIGNED,
    "kxakhirdetensi": ASSIGNED,
    "kxkuasa": ASSIGNED,
    "kxsuratkuasa": ASSIGNED,
    "kxalasankeberatan": ASSIGNED,
    "kxlampirankeberatan": ASSIGNED,
    "kxterlambat": ASSIGNED,
    "kxpertimbangankirim": ASSIGNED,
    "kxputusan": ASSIGNED,
    "kxbuktiputusan": ASSIGNED,
    # Stands in the lines of the derivation, where it was computed with it.
    "kxpembebasan": set(),
    "kxhitungan": ASSIGNED,
    "kxsimpang": ASSIGNED,
    "kxjeda": ASSIGNED,
    "kxperpanjang": ASSIGNED,
    "kxgeser": ASSIGNED,
    # Facts of health and harm: those on duty in the case.
    "kxdasargerbang": ASSIGNED,
    "kxtindakanterbuka": ASSIGNED,
    "kxkeberatanterbuka": ASSIGNED,
    "kxbuktigerbang": ASSIGNED,
}


def build_measures(base: World, file: File) -> None:
    for kind in (Document.Kind.MEASURE, Document.Kind.SERVICE, Document.Kind.OBJECTION):
        NumberPatternFactory(office=base.office, kind=kind)
    for code in ("detention", "objection"):
        GroundFactory(code=code)
    rules()
    move(file, Case.State.CONFERENCE)
    ProtectionFactory(
        foreigner=file.person.foreigner,
        kind="sakit",
        answer="ya",
        note="kxdasargerbang",
        evidence=file_with("kxbuktigerbang"),
        determined_by=file.head,
    )
    detention = decided(
        file,
        "83",
        place="kxruangdetensi",
        placement_reason="kxpenempatan sampai ia sembuh",
        detention_ground=DetentionGround.AWAITS_DEPARTURE,
    )
    contested = decided(file, "b")
    for measure in (detention, contested):
        serve(file, measure)
    move(file, Case.State.EXECUTION)
    detain(file, detention)
    object_to(file, contested)
    count(file, detention)
    hold_clocks(file)
    leave_open(file)


def rules() -> None:
    for code, fields in {
        "minister": {"length": 5, "unit": "hari_kerja"},
        "detention_review": {"length": 30, "unit": "hari"},
        "verification": {"length": 3, "unit": "hari", "may_pause": True},
        "ban": {
            "length": 6,
            "unit": "bulan",
            "most_extensions": 1,
            "extension_length": 6,
        },
    }.items():
        ClockRule.objects.update_or_create(
            code=code,
            defaults={
                "name": code,
                "article": "Pasal contoh",
                "source": "uji",
                **fields,
            },
        )


def move(file: File, state: str) -> None:
    """Where the steps would have brought the case."""
    Case.objects.filter(pk=file.case.pk).update(state=state)
    file.case.refresh_from_db()


def decided(file: File, code: str, **fields: Any) -> Measure:
    content = Content(
        person=file.person,
        kind=kind_of(code),
        content="kxisitindakan",
        reason="kxpertimbangan atas kegiatan itu",
        **fields,
    )
    draft = draft_measure(file.case, content, by=file.officer)
    return decide_measure(draft, revision=draft.revision, by=file.chief)


def serve(file: File, measure: Measure) -> None:
    serve_measure(
        measure,
        on=timezone.localdate(),
        to="kxdisampaikan",
        proof=pdf_file(),
        by=file.officer,
    )
    Measure.objects.filter(pk=measure.pk).update(
        service_proof=file_with("kxbuktisampai"),
        early_execution_reason="kxlebihawal karena penerbangannya hari ini",
        early_execution_by=file.chief,
    )
    measure.refresh_from_db()


def detain(file: File, measure: Measure) -> None:
    today = timezone.localdate()
    execute_measure(
        measure,
        Execution(
            outcome=Measure.Execution.COMPLETE,
            on=today,
            note="kxpelaksanaan",
            proof=pdf_file(),
            payment_number="kxntpn0001",
        ),
        by=file.officer,
    )
    proof = file_with("kxbuktilaksana")
    Measure.objects.filter(pk=measure.pk).update(execution_proof=proof)
    measure.execution_records.update(proof=proof)
    review_detention(measure, on=today, reason="kxtinjau masih perlu", by=file.head)
    release_detention(measure, on=today, note="kxakhirdetensi di sini", by=file.head)


def object_to(file: File, measure: Measure) -> None:
    today = timezone.localdate()
    objection = register_objection(
        measure,
        Filing(
            received_on=today,
            reasons="kxalasankeberatan",
            by_proxy="kxkuasa",
            power_of_attorney=pdf_file(),
        ),
        by=file.officer,
    )
    objection.evidence.add(file_with("kxlampirankeberatan"))
    forward_objection(objection, on=today, advice="kxpertimbangankirim", by=file.head)
    decide_objection(
        objection,
        on=today,
        outcome=Objection.Outcome.CHANGED,
        note="kxputusan sebagian",
        proof=pdf_file(),
        by=file.head,
    )
    Objection.objects.filter(pk=objection.pk).update(
        power_of_attorney=file_with("kxsuratkuasa"),
        outcome_proof=file_with("kxbuktiputusan"),
        is_late=True,
        late_reason="kxterlambat",
    )


def count(file: File, measure: Measure) -> None:
    today = timezone.localdate()
    sheet = OverstaySheet.objects.create(
        case=file.case,
        person=file.person,
        permit_ends_on=today - dt.timedelta(days=2),
        counted_until=today,
        computed_days=2,
        computed_amount=2_000_000,
        days=1,
        amount=1_000_000,
        is_beyond_charge=False,
        exemption="kxpembebasan",
        derivation={
            "lines": [{"text": "kxhitungan", "amount": 2_000_000}],
            "rests_on": [],
        },
        departure_reason="kxsimpang",
        limit=ClockRule.objects.get(code="ban"),
        computed_by=file.officer,
    )
    Measure.objects.filter(pk=measure.pk).update(sheet=sheet, amount=sheet.amount)


def hold_clocks(file: File) -> None:
    today = timezone.localdate()
    checking = start_clock(file.case, "verification", on=today)
    pause(checking, on=today, ground="kxjeda", by=file.head)
    ban = start_clock(file.case, "ban", on=today)
    extend(ban, on=today, ground="kxperpanjang", by=file.chief)
    ban.shifts.create(
        before=today, after=today + dt.timedelta(days=1), reason="kxgeser"
    )


def leave_open(file: File) -> None:
    """Another case of the same officer, whose measures still wait for something."""
    case = CaseFactory(
        office=file.case.office,
        responsible=file.officer,
        classification="rahasia",
        state=Case.State.CONFERENCE,
    )
    words = {"case": case, "content": "kxtindakanterbuka"}
    drawn = {"version__ready": True}
    MeasureFactory(**words)
    MeasureFactory(**words, **drawn, decided=True)
    today = timezone.localdate()
    MeasureFactory(
        **words,
        **drawn,
        kind_code="83",
        served=True,
        execution=Measure.Execution.COMPLETE,
        executed_on=today,
        execution_proof=proof(),
    )
    for forwarded_on in (None, today):
        ObjectionFactory(
            measure=MeasureFactory(**words, **drawn, served=True),
            reasons="kxkeberatanterbuka",
            forwarded_on=forwarded_on,
        )
