"""Words of their own in what is done before a case is decided, and in what leaves it."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import AgencyFactory
from documents.models import Document
from documents.tests.factories import NumberPatternFactory
from foreigners.models import (
    Admonition,
    Case,
    CasePerson,
    Conference,
    Custody,
    Evidence,
    Prosecution,
    Referral,
    StageEvent,
)
from foreigners.services.conferring import close_conference, convene, state_position
from foreigners.services.custody import (
    confirm_custody,
    hand_over,
    let_go,
    refuse_custody,
    take_evidence,
)
from foreigners.services.examining import (
    record_rights,
    save_question,
    sign_examination,
    start_examination,
)
from foreigners.services.ordering import draft_order, issue_order, record_result
from foreigners.services.referring import (
    accept_referral,
    refer_case,
    refuse_referral,
    revoke_referral,
)
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
    CaseViolationFactory,
    GuarantorFactory,
    TravelDocumentFactory,
    answer_gate,
)
from foreigners.tests.files import pdf_file
from timpora.tests import canaries_cases
from timpora.tests.world import World, file_with

HEADS = canaries_cases.HEADS
ASSIGNED = canaries_cases.ASSIGNED
SOURCE = {"source"}

CANARIES: dict[str, set[str]] = {
    "kxperanpenjamin": ASSIGNED,
    "kxtugasperintah": ASSIGNED,
    "kxsasaran": ASSIGNED,
    "kxhasilperintah": ASSIGNED,
    # The interview: nobody outside the case, whatever agency brought the person.
    "kxruangperiksa": ASSIGNED,
    "kxbahasa": ASSIGNED,
    "kxjurubahasa": ASSIGNED,
    "kxpendamping": ASSIGNED,
    "kxkonsuler": ASSIGNED,
    "kxpertanyaan": ASSIGNED,
    "kxjawaban": ASSIGNED,
    "kxtidakttd": ASSIGNED,
    "kxruanggelar": ASSIGNED,
    "kxkedudukan": ASSIGNED,
    "kxpendapat": ASSIGNED,
    "kxbedapendapat": ASSIGNED,
    "kxsimpulan": ASSIGNED,
    "kxbarang": ASSIGNED,
    "kxdiambildari": ASSIGNED,
    "kxtempatbarang": ASSIGNED,
    "kxberkasbukti": ASSIGNED,
    "kxkeperluan": ASSIGNED,
    "kxtolakbarang": ASSIGNED,
    "kxpenerimaluar": ASSIGNED,
    # The paper of a hand-over is kept and opened by nobody on a page.
    "kxbuktilepas": set(),
    # Accepted: the agency reads all of it. Refused or waiting: the card alone.
    "kxkartuterima": ASSIGNED | SOURCE,
    "kxsebabterima": ASSIGNED | SOURCE,
    "kxisiterima": ASSIGNED | SOURCE,
    "kxtandaterima": ASSIGNED | SOURCE,
    "kxkartutunggu": ASSIGNED | SOURCE,
    "kxisitunggu": ASSIGNED,
    "kxkartutolak": ASSIGNED | {"liaison"},
    "kxsebabtolak": ASSIGNED,
    "kxisitolak": ASSIGNED,
    "kxjawabtolak": ASSIGNED | {"liaison"},
    # Taken back: the agency reads nothing of it any more.
    "kxkartutarik": ASSIGNED,
    "kxjawabtarik": ASSIGNED,
    "kxsprindik": ASSIGNED,
    "kxspdp": ASSIGNED,
    "kxbuktispdp": ASSIGNED,
    "kxtahapperkara": ASSIGNED,
    "kxbuktitahap": ASSIGNED,
    "kxteguran": ASSIGNED,
    "kxbuktiteguran": ASSIGNED,
}


@dataclass
class File:
    """A secret case of one officer, with the person whom it concerns."""

    case: Case
    person: CasePerson
    officer: User
    head: User
    chief: User


def build_file(base: World, people: dict[str, Any]) -> File:
    for kind in (
        Document.Kind.ORDER,
        Document.Kind.EXAMINATION,
        Document.Kind.CONFERENCE,
        Document.Kind.EVIDENCE,
        Document.Kind.REFERRAL,
    ):
        NumberPatternFactory(office=base.office, kind=kind)
    officer = people["assigned"]
    case = CaseFactory(
        office=base.office,
        responsible=officer,
        classification="rahasia",
        state=Case.State.EXAMINATION,
    )
    person = CasePersonFactory(case=case)
    TravelDocumentFactory(foreigner=person.foreigner)
    answer_gate(person.foreigner)
    CaseViolationFactory(case=case)
    case.guarantors.create(
        guarantor=GuarantorFactory(office=base.office), role="kxperanpenjamin"
    )
    return File(case, person, officer, people["section_head"], people["chief"])


def build_work(base: World, people: dict[str, Any]) -> File:
    file = build_file(base, people)
    check(file)
    examine(file)
    keep(file)
    refer(file, people)
    confer(file)
    prosecute(file)
    return file


def check(file: File) -> None:
    order = draft_order(
        file.case,
        task="kxtugasperintah",
        place="kxsasaran",
        check_on=timezone.localdate(),
        officers=[file.officer],
        by=file.officer,
    )
    issue_order(order, by=file.head)
    record_result(order, result="kxhasilperintah", by=file.officer)


def examine(file: File) -> None:
    examination = start_examination(
        file.case,
        person=file.person,
        place="kxruangperiksa",
        started_at=timezone.now(),
        language="kxbahasa",
        by=file.officer,
    )
    save_question(
        examination,
        number=None,
        question="kxpertanyaan",
        answer="kxjawaban",
        revision=1,
    )
    record_rights(
        examination,
        rights_read=True,
        consular="ditolak",
        consular_note="kxkonsuler",
        language="kxbahasa",
        interpreter="kxjurubahasa",
        companion="kxpendamping",
        revision=examination.revision,
        by=file.officer,
    )
    sign_examination(
        examination,
        revision=examination.revision,
        read_back=True,
        signature="",
        refused_to_sign="kxtidakttd",
        by=file.officer,
    )


def keep(file: File) -> None:
    """Taken, refused by one, taken by another, and let go to somebody outside."""
    evidence = take_evidence(
        file.case,
        description="kxbarang",
        taken_from="kxdiambildari",
        taken_at=timezone.now(),
        place="kxtempatbarang",
        order=None,
        file=None,
        by=file.officer,
    )
    kept = file_with("kxberkasbukti")
    Evidence.objects.filter(pk=evidence.pk).update(upload=kept, sha256=kept.sha256)
    refused = hand_over(
        evidence, taker=file.chief, purpose="kxkeperluan", by=file.officer
    )
    refuse_custody(refused, reason="kxtolakbarang", by=file.chief)
    taken = hand_over(evidence, taker=file.head, purpose="Disimpan", by=file.officer)
    confirm_custody(taken, by=file.head)
    evidence.refresh_from_db()
    let_go(
        evidence,
        state=Evidence.State.RETURNED,
        taker_text="kxpenerimaluar",
        purpose="Dikembalikan",
        proof=pdf_file(),
        by=file.head,
    )
    Custody.objects.exclude(proof=None).update(proof=file_with("kxbuktilepas"))


def refer(file: File, people: dict[str, Any]) -> None:
    def send(agency: Any, end: str) -> Referral:
        return refer_case(
            file.case,
            agency=agency,
            reason=f"kxsebab{end}",
            card=f"kxkartu{end}",
            content=f"kxisi{end}",
            by=file.head,
        )

    source, liaison = people["source"], people["liaison"]
    accepted = send(source.agency, "terima")
    accept_referral(accepted, receipt_number="kxtandaterima", by=source)
    send(source.agency, "tunggu")
    refused = send(liaison.agency, "tolak")
    refuse_referral(refused, reason="kxjawabtolak", by=liaison)
    revoked = send(liaison.agency, "tarik")
    revoke_referral(revoked, reason="kxjawabtarik", by=file.head)
    send(AgencyFactory(), "lain")


def confer(file: File) -> None:
    conference = convene(
        file.case,
        planned_at=timezone.now(),
        place="kxruanggelar",
        chair=file.chief,
        members={file.head: "Anggota", file.officer: "kxkedudukan"},
        quorum=3,
        by=file.head,
    )
    for outcome, reason, member in (
        ("tak", "kxpendapat", file.chief),
        ("tak", "Sependapat.", file.head),
        ("tidak_terbukti", "kxbedapendapat", file.officer),
    ):
        state_position(conference, outcome=outcome, reason=reason, by=member)
    close_conference(
        conference,
        outcome=Conference.Outcome.TAK,
        criteria=[Conference.Criterion.EVIDENCE],
        conclusion="kxsimpulan",
        revision=conference.revision,
        by=file.chief,
    )


def prosecute(file: File) -> None:
    today = timezone.localdate()
    prosecution = Prosecution.objects.create(
        case=file.case,
        order_number="kxsprindik",
        ordered_on=today,
        investigator=file.officer,
        spdp_number="kxspdp",
        spdp_sent_on=today,
        spdp_proof=file_with("kxbuktispdp"),
        created_by=file.officer,
    )
    StageEvent.objects.create(
        prosecution=prosecution,
        stage=Prosecution.Stage.CHARGE,
        on=today,
        note="kxtahapperkara",
        proof=file_with("kxbuktitahap"),
        by=file.officer,
    )
    Admonition.objects.create(
        case=file.case,
        text="kxteguran",
        proof=file_with("kxbuktiteguran"),
        settled_on=today,
        by=file.officer,
    )
