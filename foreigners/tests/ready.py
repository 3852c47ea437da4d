"""Cases for which every condition of one step is met, and the people around them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from agencies.models import Office, User
from agencies.tests.factories import AgencyFactory, OfficeFactory, UserFactory
from documents.models import Document, DocumentVersion
from documents.services.storing import digest, store
from documents.tests.factories import DocumentVersionFactory, NumberPatternFactory
from foreigners.models import (
    Admonition,
    Case,
    CaseNote,
    CasePaper,
    CasePerson,
    Clock,
    ClockRule,
    Conference,
    Examination,
    Measure,
    MeasureKind,
    Objection,
    Order,
    Prosecution,
    Protection,
    Referral,
    StageEvent,
)
from foreigners.services.transitions import TABLE
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
    CaseViolationFactory,
    ViolationFactory,
    proof,
)
from foreigners.tests.law import law

TODAY = timezone.localdate
REASON = "Alasan yang cukup panjang untuk langkah apa pun."
LATER = dt.timedelta(days=30)


@dataclass
class Ready:
    office: Office
    people: dict[str, User]
    case: Case

    @property
    def officer(self) -> User:
        return self.people["officer"]

    @property
    def chief(self) -> User:
        return self.people["chief"]


def office_people() -> tuple[Office, dict[str, User]]:
    office = OfficeFactory()
    people = {
        str(role): UserFactory(agency=office.agency, role=role)
        for role in User.Role
        if role != User.Role.LIAISON
    }
    people["liaison"] = UserFactory(liaison=True, agency=AgencyFactory(keeper=office))
    return office, people


def ready_for(action: str, state: str | None = None) -> Ready:
    """A case in the first (or the given) state from which the step may be taken now."""
    law()
    office, people = office_people()
    row = next(row for row in TABLE if row.action == action)
    case = CaseFactory(
        office=office, responsible=people["officer"], state=state or row.sources[0]
    )
    ready = Ready(office, people, case)
    FILLED[action](ready)
    return ready


def version(ready: Ready):
    return DocumentVersionFactory(
        document__office=ready.office, document__is_guarded=True, ready=True
    )


def paper_of(ready: Ready, **fields) -> tuple[CasePaper, DocumentVersion]:
    """A guarded paper of the case that is drawn."""
    content = b"%PDF-1.7 keputusan"
    made = DocumentVersionFactory(
        document__office=ready.office,
        document__is_guarded=True,
        state="ready",
        ready_at=timezone.now(),
        file=store(content),
        sha256=digest(content),
        **fields,
    )
    paper = CasePaper.objects.create(case=ready.case, document=made.document)
    return paper, made


def order(ready: Ready, **fields) -> Order:
    """Issued on the day of the check, with what was found."""
    issued = {
        "issued_on": TODAY(),
        "signed_by": ready.people["section_head"],
        "version": version(ready),
        "result": "Nihil.",
        "result_at": timezone.now(),
        "result_by": ready.officer,
    }
    return Order.objects.create(
        case=ready.case,
        task="Periksa.",
        place="Mes Contoh",
        check_on=TODAY(),
        created_by=ready.officer,
        **{**issued, **fields},
    )


def exception(ready: Ready, **fields) -> Order:
    """Approved, the order still to follow."""
    return order(
        ready,
        exception="tertangkap",
        approver=ready.people["section_head"],
        approved_at=timezone.now(),
        issued_on=None,
        signed_by=None,
        version=None,
        **fields,
    )


def clock(ready: Ready, code: str, **fields) -> Clock:
    return Clock.objects.create(
        case=ready.case,
        rule=ClockRule.objects.get(code=code),
        started_on=TODAY(),
        **{"due_on": TODAY() + LATER, **fields},
    )


def person(ready: Ready, **fields) -> CasePerson:
    return CasePersonFactory(case=ready.case, **fields)


def answer_gate(person: CasePerson, answer: str = "tidak", kinds=Protection.Kind):
    for kind in kinds:
        Protection.objects.create(
            foreigner=person.foreigner,
            kind=kind,
            answer=answer,
            note="Ditanyakan.",
            determined_by=person.added_by,
        )


def violation(ready: Ready, **fields) -> None:
    CaseViolationFactory(
        case=ready.case, violation=ViolationFactory(**fields), is_main=True
    )


def examination(ready: Ready, person: CasePerson, **fields) -> Examination:
    signed = {"state": "signed", "signed_at": timezone.now(), "version": version(ready)}
    return Examination.objects.create(
        case=ready.case,
        person=person,
        **{
            "examiner": ready.officer,
            "place": "Kantor",
            "started_at": timezone.now(),
            "language": "Indonesia",
            **signed,
            **fields,
        },
    )


def conference(ready: Ready, outcome: str = "", **fields) -> Conference:
    """Held with the outcome; without one it is only convened."""
    held = (
        {"state": "held", "held_at": timezone.now(), "version": version(ready)}
        if outcome
        else {}
    )
    return Conference.objects.create(
        case=ready.case,
        planned_at=timezone.now(),
        place="Ruang rapat",
        chair=ready.chief,
        quorum=2,
        created_by=ready.people["section_head"],
        outcome=outcome,
        **{"criteria": ["bukti"], **held, **fields},
    )


def kind(**fields) -> MeasureKind:
    return MeasureKind.objects.get_or_create(
        **{"code": "f", "name": "Deportasi", "article": "Pasal 75", **fields},
        defaults={"source": "uji"},
    )[0]


def measure(ready: Ready, person: CasePerson, state: str, **fields) -> Measure:
    decided = {
        "decided_on": TODAY(),
        "decided_by": ready.chief,
        "version": version(ready),
    }
    served = {"served_on": TODAY(), "service_proof": proof()}
    return Measure.objects.create(
        case=ready.case,
        person=person,
        content="Isi.",
        reason="Pertimbangan.",
        state=state,
        **{
            "kind": kind(removes=True),
            "drafted_by": ready.officer,
            **(decided if state != "draft" else {}),
            **(served if state not in {"draft", "decided"} else {}),
            **fields,
        },
    )


def executed(execution: str = "penuh") -> dict:
    return {
        "execution": execution,
        "executed_on": TODAY(),
        "execution_proof": proof(),
    }


def objection(ready: Ready, measure: Measure, outcome: str = "") -> Objection:
    return Objection.objects.create(
        measure=measure,
        received_on=TODAY(),
        reasons="Keberatan.",
        outcome=outcome,
        decided_on=TODAY() if outcome else None,
        recorded_by=ready.officer,
    )


def referral(ready: Ready, state: str) -> Referral:
    return Referral.objects.create(
        case=ready.case,
        agency=AgencyFactory(),
        reason="Urusan instansi lain.",
        card="Ketenagakerjaan",
        content="Uraian.",
        state=state,
        sent_by=ready.people["section_head"],
        receipt_number="TT-1" if state == "diterima" else "",
        answer_reason="Bukan urusan kami." if state == "ditolak" else "",
    )


def prosecution(ready: Ready, **fields) -> Prosecution:
    return Prosecution.objects.create(
        case=ready.case,
        order_number="SPRINDIK-1",
        ordered_on=TODAY(),
        investigator=ready.officer,
        created_by=ready.officer,
        **fields,
    )


def reach(prosecution: Prosecution, stage: str, **fields) -> None:
    StageEvent.objects.create(
        prosecution=prosecution,
        stage=stage,
        on=TODAY(),
        note="Tahap.",
        by=prosecution.created_by,
        **fields,
    )


def warning(ready: Ready) -> Admonition:
    return Admonition.objects.create(
        case=ready.case,
        text="Teguran.",
        proof=proof(),
        settled_on=TODAY(),
        by=ready.officer,
    )


def note(ready: Ready, *, with_file: bool = False) -> CaseNote:
    made = CaseNote.objects.create(case=ready.case, text="Catatan.", by=ready.officer)
    if with_file:
        made.files.add(proof())
    return made


def _examined(ready: Ready) -> None:
    order(ready)
    person(ready)
    violation(ready)


def _decided(ready: Ready) -> None:
    conference(ready, "tak")
    subject = person(ready)
    answer_gate(subject)
    examination(ready, subject)
    measure(ready, subject, "decided")


def detention(ready: Ready, person: CasePerson, state: str, **fields) -> Measure:
    """Outside the conference, unless it is still a draft."""
    return measure(
        ready,
        person,
        state,
        **{
            "kind": kind(
                code="83", name="Pendetensian", article="Pasal 83", detains=True
            ),
            "place": "Ruang detensi",
            "detention_ground": "a",
            "is_outside_conference": state != "draft",
            **fields,
        },
    )


def _detainable(ready: Ready) -> None:
    subject = person(ready, foreigner__birth_year=1985)
    answer_gate(subject)
    NumberPatternFactory(office=ready.office, kind=Document.Kind.MEASURE)
    detention(ready, subject, "draft")


def _protected(ready: Ready) -> None:
    answer_gate(person(ready), "ya", [Protection.Kind.TRAFFICKING])


def _served(ready: Ready, **fields) -> Measure:
    subject = person(ready)
    answer_gate(subject)
    return measure(ready, subject, "served", **fields)


def _closed_prosecution(ready: Ready) -> None:
    case = prosecution(ready, stage="putusan", spdp_sent_on=TODAY())
    reach(case, "putusan", proof=proof())


FILLED: dict[str, Callable[[Ready], object]] = {
    "start_verification": order,
    "examine": _examined,
    "warn": lambda r: (violation(r, code="ALM-TDL", allows_warning=True), warning(r)),
    "not_proven": order,
    "refer": lambda r: referral(r, "dikirim"),
    "referral_refused": lambda r: referral(r, "ditolak"),
    "protect": _protected,
    "detain": _detainable,
    "convene": lambda r: (examination(r, person(r)), conference(r)),
    "decide_tak": _decided,
    "prosecute": lambda r: (conference(r, "projustisia"), prosecution(r)),
    "conference_not_proven": lambda r: conference(r, "tidak_terbukti"),
    "conference_protect": lambda r: (conference(r, "pelindungan"), _protected(r)),
    "serve": _served,
    "object": lambda r: objection(r, _served(r)),
    "window_over": lambda r: clock(
        r, "objection", measure=_served(r), state="lewat", ended_on=TODAY()
    ),
    "execute_early": lambda r: _served(r, early_execution_reason=REASON),
    "objection_decided": lambda r: objection(r, _served(r), "ditolak"),
    "objection_annulled": lambda r: measure(r, person(r), "annulled"),
    "close": lambda r: _served(r, **executed()),
    "close_prosecution": _closed_prosecution,
    "close_protection": note,
    "close_referred": lambda r: referral(r, "diterima"),
    "reopen": lambda r: note(r, with_file=True),
}
