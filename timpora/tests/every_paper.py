"""One paper of each kind, issued as the office issues it.

A kind that is missing here fails the suite: whoever adds one says how it comes about, and
the checkers of PDF/A and PDF/UA read it, unsigned and signed.
"""

import datetime as dt
from collections.abc import Callable
from io import BytesIO

from django.utils import timezone
from PIL import Image

from agencies.models import Logo, Office, User
from agencies.tests.factories import (
    AgencyFactory,
    DecreeFactory,
    SignerFactory,
    UserFactory,
)
from documents.models import Document, DocumentVersion
from documents.tests.factories import NumberPatternFactory
from foreigners.models import Case, Evidence
from foreigners.services.custody import take_evidence
from foreigners.services.evidence_card import issue_card
from foreigners.services.objecting import Filing, register_objection
from foreigners.services.ordering import draft_order, issue_order
from foreigners.services.referring import refer_case
from foreigners.services.serving import serve_measure
from foreigners.tests import test_conferring, test_examining
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
    TravelDocumentFactory,
)
from foreigners.tests.law import law
from foreigners.tests.measures import bench
from foreigners.tests.measures import pdf_file as proof
from meetings.models import Meeting
from meetings.services.approving import approve_minutes
from meetings.services.attendance_papers import BLANK, FILLED, print_sheet
from meetings.services.inviting import send_invitations
from meetings.services.operation_report import issue_report
from meetings.tests import test_operation_report
from meetings.tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    InvitationFactory,
    MeetingFactory,
)
from meetings.tests.held import Held
from reports.models import Period, Recap
from reports.services.recap_papers import publish
from reports.services.recaps import compute, freeze, open_recap

# Called with those who will sign, before anything is issued.
Prepare = Callable[..., None]


def undangan(prepare: Prepare) -> DocumentVersion:
    meeting = MeetingFactory()
    chief = meeting.chair
    DecreeFactory(team=meeting.team)
    NumberPatternFactory(office=meeting.office)
    AgendaItemFactory(meeting=meeting)
    agency = AgencyFactory()
    invitation = InvitationFactory(meeting=meeting, agency=agency, email=agency.email)
    SignerFactory(office=meeting.office, user=chief, name=chief.name)
    prepare(chief)
    send_invitations(
        meeting, by=chief, revision=meeting.revision, accepts_warnings=True
    )
    invitation.refresh_from_db()
    return invitation.letter.current


def daftar_hadir(prepare: Prepare, kind: str = FILLED) -> DocumentVersion:
    meeting = MeetingFactory(in_session=True)
    AttendanceFactory(invitation__meeting=meeting)
    prepare(meeting.created_by)
    return print_sheet(meeting, kind=kind, by=meeting.created_by)


def daftar_hadir_kosong(prepare: Prepare) -> DocumentVersion:
    return daftar_hadir(prepare, kind=BLANK)


def held(prepare: Prepare) -> Held:
    """Minutes that three people sign: who approves, who led, who wrote."""
    meeting = Held()
    meeting.meeting.chair = meeting.head
    meeting.meeting.save(update_fields=["chair"])
    meeting.photograph(1)
    prepare(meeting.chief, meeting.head, meeting.officer)
    meeting.submit(meeting.minutes)
    meeting.minutes = approve_minutes(
        meeting.minutes, by=meeting.chief, revision=meeting.minutes.revision
    )
    return meeting


def notula(prepare: Prepare) -> DocumentVersion:
    return held(prepare).minutes.circulation


def notula_terbatas(prepare: Prepare) -> DocumentVersion:
    return held(prepare).minutes.restricted


def laporan_kegiatan(prepare: Prepare) -> DocumentVersion:
    meeting = MeetingFactory(in_session=True, kind=Meeting.Kind.JOINT_OPERATION)
    NumberPatternFactory(office=meeting.office, kind=Document.Kind.OPERATION)
    head = UserFactory(agency=meeting.office.agency, role=User.Role.SECTION_HEAD)
    test_operation_report.place(meeting, "Gudang Contoh", "nihil")
    test_operation_report.words_of(meeting)
    prepare(head)
    return issue_report(meeting, reason="", by=head)


def case_for(kind: str, **fields) -> Case:
    law()
    case = CaseFactory(**fields)
    NumberPatternFactory(office=case.office, kind=kind)
    return case


def of(office: Office, role: str) -> User:
    return UserFactory(agency=office.agency, role=role)


def surat_perintah(prepare: Prepare) -> DocumentVersion:
    case = case_for(Document.Kind.ORDER)
    head = of(case.office, User.Role.SECTION_HEAD)
    prepare(head)
    order = draft_order(
        case,
        task="Periksa keberadaan dan kegiatan.",
        place="Mes Contoh",
        check_on=timezone.localdate(),
        officers=[case.responsible],
        by=case.responsible,
    )
    issue_order(order, by=head)
    return order.version


def bap(prepare: Prepare) -> DocumentVersion:
    case = case_for(Document.Kind.EXAMINATION, state=Case.State.EXAMINATION)
    person = CasePersonFactory(case=case)
    TravelDocumentFactory(foreigner=person.foreigner)
    prepare(case.responsible)
    examination = test_examining.start_examination(
        case,
        person=person,
        place="Kantor Imigrasi",
        started_at=timezone.now() - dt.timedelta(hours=1),
        language="Korea",
        by=case.responsible,
    )
    test_examining.tell(examination)
    test_examining.ask(examination)
    test_examining.sign(examination)
    return examination.version


def gelar_kasus(prepare: Prepare) -> DocumentVersion:
    case = case_for(Document.Kind.CONFERENCE, state=Case.State.EXAMINATION)
    CasePersonFactory(case=case)
    roles = (User.Role.CHIEF, User.Role.SECTION_HEAD, User.Role.OFFICER)
    people = [of(case.office, role) for role in roles]
    test_conferring.paper(case)
    prepare(people[0])
    conference = test_conferring.call(case, people)
    test_conferring.agree(conference, people)
    conference.refresh_from_db()
    test_conferring.close(conference)
    return conference.version


def keputusan_tak(prepare: Prepare) -> DocumentVersion:
    table = bench()
    prepare(table.chief)
    return table.decided().version


def penyampaian(prepare: Prepare) -> DocumentVersion:
    table = bench()
    prepare(table.officer)
    measure = serve_measure(
        table.decided(),
        on=timezone.localdate(),
        to="Yang bersangkutan",
        proof=proof(),
        by=table.officer,
    )
    return measure.service_version


def terima_keberatan(prepare: Prepare) -> DocumentVersion:
    table = bench()
    prepare(table.officer)
    measure = table.served()
    table.move(Case.State.OBJECTION_WINDOW)
    objection = register_objection(
        measure,
        Filing(received_on=timezone.localdate(), reasons="Termasuk izin tinggalnya."),
        by=table.officer,
    )
    return objection.receipt


def terima_barang(prepare: Prepare) -> DocumentVersion:
    case = case_for(Document.Kind.EVIDENCE)
    prepare(case.responsible)
    evidence = take_evidence(
        case,
        description="Paspor",
        taken_from="Orang Contoh",
        taken_at=timezone.now() - dt.timedelta(hours=1),
        place="Mes",
        order=None,
        file=None,
        by=case.responsible,
    )
    return evidence.receipt


def kartu_barang_bukti(prepare: Prepare) -> DocumentVersion:
    receipt = terima_barang(prepare)
    evidence = Evidence.objects.get(receipt=receipt)
    return issue_card(evidence, by=evidence.case.responsible)


def frozen_recap(prepare: Prepare) -> Recap:
    """Of last month, with a case so that not all of it is NIHIL."""
    case = case_for(Document.Kind.RECAP)
    NumberPatternFactory(office=case.office, kind=Document.Kind.RECAP_PUBLIC)
    last = Period.containing("bulanan", case.office.today).before()
    Case.objects.filter(pk=case.pk).update(registered_on=last.starts_on)
    head = of(case.office, User.Role.SECTION_HEAD)
    prepare(head)
    recap = open_recap(case.office, last, by=head)
    compute(recap.pk)
    recap.refresh_from_db()
    freeze(recap, revision=recap.revision, by=head)
    return recap


def rekap(prepare: Prepare) -> DocumentVersion:
    return frozen_recap(prepare).document.current


def rekap_publik(prepare: Prepare) -> DocumentVersion:
    recap = frozen_recap(prepare)
    return publish(recap, by=recap.frozen_by)


def pelimpahan(prepare: Prepare) -> DocumentVersion:
    case = case_for(Document.Kind.REFERRAL)
    head = of(case.office, User.Role.SECTION_HEAD)
    liaison = UserFactory(liaison=True, agency=AgencyFactory(keeper=case.office))
    prepare(head)
    referral = refer_case(
        case,
        agency=liaison.agency,
        reason="Urusan ketenagakerjaan.",
        card="TKA, Ciwandan, biasa",
        content="Jabatan tidak sesuai RPTKA.",
        by=head,
    )
    return referral.version


PAPERS: dict[str, Callable[[Prepare], DocumentVersion]] = {
    Document.Kind.INVITATION: undangan,
    Document.Kind.ATTENDANCE_BLANK: daftar_hadir_kosong,
    Document.Kind.ATTENDANCE: daftar_hadir,
    Document.Kind.MINUTES: notula,
    Document.Kind.MINUTES_RESTRICTED: notula_terbatas,
    Document.Kind.ORDER: surat_perintah,
    Document.Kind.EXAMINATION: bap,
    Document.Kind.CONFERENCE: gelar_kasus,
    Document.Kind.MEASURE: keputusan_tak,
    Document.Kind.SERVICE: penyampaian,
    Document.Kind.OBJECTION: terima_keberatan,
    Document.Kind.EVIDENCE: terima_barang,
    Document.Kind.EVIDENCE_CARD: kartu_barang_bukti,
    Document.Kind.REFERRAL: pelimpahan,
    Document.Kind.OPERATION: laporan_kegiatan,
    Document.Kind.RECAP: rekap,
    Document.Kind.RECAP_PUBLIC: rekap_publik,
}


def letterhead(*signers: User) -> None:
    """An emblem, for a picture is what the checkers stumble over first."""
    drawn = BytesIO()
    Image.new("RGBA", (90, 100), "navy").save(drawn, "PNG")
    office = Office.objects.get(pk=signers[0].agency_id)
    office.logo = Logo.objects.create(png=drawn.getvalue())
    office.save(update_fields=["logo"])
