"""A case that has come as far as a test needs it, by the shortest lawful way."""

import datetime as dt
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import OfficeFactory, UserFactory
from documents.models import Document
from documents.tests.factories import DocumentVersionFactory, NumberPatternFactory
from foreigners.models import (
    Case,
    CasePerson,
    Conference,
    Examination,
    Measure,
    MeasureKind,
)
from foreigners.services.executing import Execution, execute_measure
from foreigners.services.measure_checks import Content
from foreigners.services.measuring import decide_measure, draft_measure
from foreigners.services.serving import serve_measure
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
    CaseViolationFactory,
    TravelDocumentFactory,
    ViolationFactory,
    answer_gate,
    the_law,
)

LONG_REASON = "Izin tinggal tidak memperbolehkan pekerjaan yang dilakukan."


def pdf_file(name="bukti.pdf"):
    """A real PDF, as somebody would upload it."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        content = BytesIO()
        pdf.save(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")


@dataclass
class Bench:
    """An office with its people and one case whose conference came to a measure."""

    case: Case
    person: CasePerson
    conference: Conference
    officer: User
    head: User
    chief: User

    def content(self, code="b", **fields):
        kind = MeasureKind.objects.get(code=code)
        period = {}
        if kind.has_period:
            today = timezone.localdate()
            period = {
                "starts_on": today,
                "ends_on": today + dt.timedelta(days=90),
            }
        return Content(
            **{
                "person": self.person,
                "kind": kind,
                "content": "Izin tinggal terbatas dibatalkan.",
                "reason": LONG_REASON,
                "place": "Ruang Detensi Imigrasi" if kind.detains else "",
                "detention_ground": "a" if kind.detains else "",
                **period,
                **fields,
            }
        )

    def draft(self, code="b", **fields) -> Measure:
        return draft_measure(self.case, self.content(code, **fields), by=self.officer)

    def decided(self, code="b", **fields) -> Measure:
        measure = self.draft(code, **fields)
        return decide_measure(measure, revision=measure.revision, by=self.chief)

    def served(self, code="b", **fields) -> Measure:
        measure = self.decided(code, **fields)
        return serve_measure(
            measure,
            on=timezone.localdate(),
            to="Yang bersangkutan",
            proof=pdf_file(),
            by=self.officer,
        )

    def move(self, state) -> None:
        """Where the steps would have brought the case."""
        Case.objects.filter(pk=self.case.pk).update(state=state)
        self.case.refresh_from_db()


def held_conference(case: Case, chair: User, outcome="tak") -> Conference:
    now = timezone.now()
    return Conference.objects.create(
        case=case,
        planned_at=now,
        place="Ruang rapat",
        chair=chair,
        quorum=3,
        state=Conference.State.HELD,
        outcome=outcome,
        criteria=["bukti"],
        conclusion="Cukup dengan tindakan administratif.",
        held_at=now,
        version=DocumentVersionFactory(document__office=case.office),
        created_by=case.responsible,
    )


def examine(case: Case, person: CasePerson, examiner: User) -> Examination:
    return Examination.objects.create(
        case=case,
        person=person,
        examiner=examiner,
        place="Ruang pemeriksaan",
        started_at=timezone.now(),
        language="Korea",
    )


def bench(**case_fields) -> Bench:
    the_law()
    office = OfficeFactory()
    for kind in (Document.Kind.MEASURE, Document.Kind.SERVICE, Document.Kind.OBJECTION):
        NumberPatternFactory(office=office, kind=kind)
    case = CaseFactory(office=office, state=Case.State.CONFERENCE, **case_fields)
    people = {
        role: UserFactory(agency=office.agency, role=role)
        for role in (User.Role.OFFICER, User.Role.SECTION_HEAD, User.Role.CHIEF)
    }
    person = CasePersonFactory(case=case, foreigner__birth_year=1985)
    TravelDocumentFactory(foreigner=person.foreigner)
    CaseViolationFactory(case=case, violation=ViolationFactory(certainty="pasti"))
    answer_gate(person.foreigner)
    chief = people[User.Role.CHIEF]
    return Bench(
        case=case,
        person=person,
        conference=held_conference(case, chief),
        officer=people[User.Role.OFFICER],
        head=people[User.Role.SECTION_HEAD],
        chief=chief,
    )


def done(outcome="penuh", **fields) -> Execution:
    return Execution(
        **{
            "outcome": outcome,
            "on": timezone.localdate(),
            "note": "Dilaksanakan sesuai keputusan.",
            "proof": pdf_file(),
            **fields,
        }
    )


def carry_out(measure: Measure, by: User, outcome="penuh", **fields) -> Measure:
    return execute_measure(measure, done(outcome, **fields), by=by)
