"""Plays a case through the services, on the days it tells of."""

import datetime as dt
import uuid
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agencies.models import Region, User
from foreigners.models import (
    Case,
    CaseGuarantor,
    Conference,
    Examination,
    Finding,
    Measure,
    MeasureKind,
    Order,
    Violation,
)
from foreigners.queries.law import in_force
from foreigners.services.annotating import add_note
from foreigners.services.casefile import add_person
from foreigners.services.conferring import close_conference, convene, state_position
from foreigners.services.examining import (
    record_rights,
    save_question,
    sign_examination,
    start_examination,
)
from foreigners.services.executing import Execution, execute_measure
from foreigners.services.measure_checks import Content
from foreigners.services.measuring import decide_measure, draft_measure
from foreigners.services.objecting import Filing, forward_objection, register_objection
from foreigners.services.ordering import (
    approve_exception,
    draft_order,
    issue_order,
    record_result,
)
from foreigners.services.overstay_sheets import keep_sheet
from foreigners.services.prosecuting import open_prosecution, record_spdp
from foreigners.services.referring import accept_referral, refer_case
from foreigners.services.reporting import PersonSaid, Said, report_finding
from foreigners.services.serving import serve_measure
from foreigners.services.stepping import take_step
from foreigners.services.ticking import tick
from foreigners.services.triage import accept_finding, write_ground
from foreigners.services.warning import warn
from meetings.models import Meeting
from reports.demonstration.case_scripts import CaseScript
from reports.demonstration.masters import Cast
from reports.demonstration.people import DISTRICT_VILLAGES, PEOPLE, day_in
from reports.demonstration.registry import Registry
from reports.demonstration.staging import ZONE, on, working_day

State = Case.State
WHY = "Bahan sudah dibaca dan syarat langkah ini terpenuhi."
MEASURE_WORDS = {
    "a": "Dimasukkan dalam daftar penangkalan selama satu tahun.",
    "b": "Izin tinggal dibatalkan.",
    "e": "Dikenai biaya beban sesuai lembar hitung.",
    "f": "Dideportasi melalui Tempat Pemeriksaan Imigrasi.",
}


def proof(name: str = "bukti.pdf") -> SimpleUploadedFile:
    """A blank page that stands for a paper of the demonstration."""
    pdf, out = pikepdf.new(), BytesIO()
    pdf.add_blank_page()
    pdf.save(out)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


@dataclass
class Play:
    """One case under way: ``day`` is where its story has come to."""

    script: CaseScript
    cast: Cast
    registry: Registry
    day: dt.date
    today: dt.date
    case: Case

    def later(self, days: int) -> dt.date:
        """The story goes on some working day later, never after today."""
        day = working_day(day_in(self.day, days), self.cast)
        self.day = min(day, self.today)
        return self.day

    def who(self, role: str) -> User:
        return self.cast.staff[role]

    def step(self, action: str, role: str | None, reason: str = WHY) -> None:
        self.case.refresh_from_db()
        take_step(
            self.case,
            action,
            by=self.who(role) if role else None,
            reason=reason,
            revision=self.case.revision,
        )
        self.case.refresh_from_db()


def stage_case(
    script: CaseScript,
    cast: Cast,
    registry: Registry,
    held: dict[str, Meeting],
    *,
    today: dt.date,
) -> Case:
    """From the finding as far as the script's state says."""
    if script.operation:
        finding = found_in(held, *script.operation)
        day = finding.reported_on
    else:
        day = working_day(day_in(today, -script.days_ago), cast)
        with on(day, dt.time(9)):
            finding = report(script, cast, day)
    with on(day, dt.time(15)):
        case = accept(finding, script, cast)
        for key in script.people:
            add_person(case, registry.people[key], by=cast.staff["officer"])
        if script.firm:
            CaseGuarantor.objects.create(
                case=case, guarantor=registry.guarantors[script.firm], role="Penjamin"
            )
        if script.intelligence:
            add_note(
                case,
                text=script.intelligence,
                classification="rahasia",
                attachments=[],
                by=cast.staff["section_head"],
            )
    play = Play(script, cast, registry, day, today, case)
    if script.state != State.REPORTED:
        verify(play)
    return play.case


def found_in(held: dict[str, Meeting], key: str, number: int) -> Finding:
    """What the operation found at that place."""
    return Finding.objects.select_related("office").get(
        operation_places__meeting=held[key], operation_places__order=number
    )


def report(script: CaseScript, cast: Cast, day: dt.date) -> Finding:
    by_agency = script.reporter in cast.liaisons
    by = cast.liaisons[script.reporter] if by_agency else cast.staff["officer"]
    names = {person.key: person.name for person in PEOPLE}
    return report_finding(
        key=uuid.uuid4(),
        office=cast.office,
        origin=Finding.Origin.AGENCY if by_agency else Finding.Origin.OFFICER,
        by=by,
        said=Said(
            activity=script.activity,
            place=f"Kecamatan {script.district}",
            region=Region.objects.get(pk=DISTRICT_VILLAGES[script.district][0]),
            seen_on=day,
            person_count=max(len(script.people), 1),
            persons=[PersonSaid(name=names[key]) for key in script.people],
        ),
    )


def accept(finding: Finding, script: CaseScript, cast: Cast) -> Case:
    head, day = cast.staff["section_head"], timezone.localdate()
    write_ground(
        finding, ground="Keterangan pelapor jelas dan dapat diperiksa.", by=head
    )
    violation = in_force(Violation, script.violation, on=day)
    return accept_finding(
        finding,
        reason="Keterangan cukup untuk diperiksa.",
        title=f"Dugaan {violation.name[0].lower()}{violation.name[1:]}"[:150],
        violations=[violation],
        responsible=cast.staff["officer"],
        revision=finding.revision,
        by=head,
    )


# --- verification --------------------------------------------------------------------
def verify(play: Play) -> None:
    order = order_check(play)
    with on(play.day, dt.time(16)):
        record_result(
            order,
            result="Tempat didatangi; keterangan dicatat.",
            by=play.who("officer"),
        )
    script = play.script
    match script.state:
        case State.VERIFICATION:
            return
        case State.NOT_PROVEN:
            not_proven(play)
        case State.REFERRED:
            refer(play)
        case State.PROTECTION:
            with on(play.later(2)):
                play.step(
                    "protect", "section_head", "Terdaftar pada UNHCR; diserahkan."
                )
        case State.CLOSED if not script.measures:
            settle_by_warning(play)
        case _:
            examine(play)


def order_check(play: Play) -> Order:
    """Ordered before the check, or an exception whose order follows."""
    script, officer, head = play.script, play.who("officer"), play.who("section_head")
    with on(play.later(1), dt.time(9)):
        check_on = timezone.localdate()
        order = draft_order(
            play.case,
            task="Memeriksa keberadaan, dokumen, dan kegiatan.",
            place=f"Kecamatan {script.district}",
            check_on=check_on,
            officers=[officer],
            exception=script.exception,
            by=officer,
        )
        if script.exception:
            approve_exception(order, by=head)
        else:
            issue_order(order, by=head)
        play.step("start_verification", "officer")
    if script.exception:
        # How late it follows is the point: these days are counted, not worked.
        with on(min(day_in(check_on, script.order_follows), play.today), dt.time(11)):
            issue_order(order, by=head)
    order.refresh_from_db()
    return order


def not_proven(play: Play) -> None:
    reason = "Pemeriksaan lapangan tidak menemukan pelanggaran; izin sesuai kegiatan."
    with on(play.later(3)):
        play.step("not_proven", "section_head", reason)
    if play.script.is_reopened:
        with on(play.later(6)):
            add_note(
                play.case,
                text="Keterangan saksi baru diterima.",
                classification="terbatas",
                attachments=[proof("keterangan.pdf")],
                by=play.who("section_head"),
            )
            play.step(
                "reopen", "chief", "Saksi baru datang dengan keterangan tertulis."
            )
        order = order_check(play)
        with on(play.later(1)):
            record_result(order, result="Nihil.", by=play.who("officer"))
            play.step("not_proven", "section_head", reason)


def refer(play: Play) -> None:
    agency = play.cast.agencies[play.script.refer_to]
    with on(play.later(2)):
        referral = refer_case(
            play.case,
            agency=agency,
            reason="Merupakan urusan peraturan instansi Saudara.",
            card=f"{play.script.violation}, Kecamatan {play.script.district}, biasa",
            content=play.script.activity,
            by=play.who("section_head"),
        )
        play.step("refer", "section_head")
    with on(play.later(4)):
        accept_referral(
            referral,
            receipt_number=f"TT-{referral.pk}/CONTOH",
            by=play.cast.liaisons[play.script.refer_to],
        )


def settle_by_warning(play: Play) -> None:
    with on(play.later(3)):
        warn(
            play.case,
            text="Ditegur tertulis; kewajiban dijelaskan dan dipenuhi.",
            settled_on=timezone.localdate(),
            proof=proof("teguran.pdf"),
            by=play.who("section_head"),
        )
        play.step("warn", "section_head")


# --- examination and conference --------------------------------------------------------
def examine(play: Play) -> None:
    with on(play.later(1)):
        play.step("examine", "officer")
        examinations = [interview(play, key) for key in range(len(play.script.people))]
    if play.script.state == State.EXAMINATION:
        return
    with on(play.later(1), dt.time(13)):
        for examination in examinations:
            close_interview(examination)
    confer(play)


def interview(play: Play, number: int) -> Examination:
    officer = play.who("officer")
    examination = start_examination(
        play.case,
        person=play.case.persons.all()[number],
        place="Ruang pemeriksaan Kantor Imigrasi",
        started_at=timezone.now(),
        language="Inggris",
        interpreter="Laras Contoh, S.S.",
        by=officer,
    )
    for question, answer in (
        ("Apakah Saudara sehat dan bersedia diperiksa?", "Sehat dan bersedia."),
        ("Apa kegiatan Saudara di Indonesia?", play.script.activity),
    ):
        save_question(
            examination,
            number=None,
            question=question,
            answer=answer,
            revision=0,
        )
    return examination


def close_interview(examination: Examination) -> None:
    officer = examination.examiner
    record_rights(
        examination,
        rights_read=True,
        consular=Examination.Consular.DECLINED,
        consular_note="",
        language=examination.language,
        interpreter=examination.interpreter,
        companion="",
        revision=examination.revision,
        by=officer,
    )
    sign_examination(
        examination,
        revision=examination.revision,
        read_back=True,
        signature="",
        refused_to_sign="Data fiktif: tidak ada tanda tangan.",
        by=officer,
    )


def confer(play: Play) -> None:
    chief, head = play.who("chief"), play.who("section_head")
    analyst = User.objects.get(agency=play.cast.office.agency, name__startswith="Nadia")
    with on(play.later(2), dt.time(9)):
        conference = convene(
            play.case,
            planned_at=timezone.now(),
            place="Ruang rapat Kantor Imigrasi",
            chair=chief,
            members={head: head.post, analyst: analyst.post},
            quorum=3,
            by=head,
        )
        play.step("convene", "section_head")
    if play.script.state == State.CONFERENCE:
        with on(play.day, dt.time(10)):
            state_position(
                conference,
                outcome=Conference.Outcome.TAK,
                reason="Penjamin terbukti tidak ada di alamatnya.",
                by=head,
            )
        return
    outcome = (
        Conference.Outcome.PROSECUTE
        if play.script.state == State.PROSECUTION
        else Conference.Outcome.TAK
    )
    with on(play.day, dt.time(10)):
        for member in (chief, head, analyst):
            dissents = member == analyst and "f" in play.script.measures
            state_position(
                conference,
                outcome=Conference.Outcome.NOT_PROVEN if dissents else outcome,
                reason="Buktinya baru satu keterangan."
                if dissents
                else "Sesuai bahan yang dibaca.",
                by=member,
            )
        close_conference(
            conference,
            outcome=outcome,
            criteria=[] if outcome == Conference.Outcome.PROSECUTE else ["bukti"],
            conclusion="Disimpulkan sebagaimana hasil gelar kasus.",
            revision=conference.revision,
            by=chief,
        )
    prosecute(play) if outcome == Conference.Outcome.PROSECUTE else decide(play)


def prosecute(play: Play) -> None:
    with on(play.later(1)):
        prosecution = open_prosecution(
            play.case,
            order_number="SPRINDIK-CONTOH-1",
            ordered_on=timezone.localdate(),
            investigator=play.who("officer"),
            by=play.who("chief"),
        )
        play.step("prosecute", "section_head")
    with on(play.later(4)):
        record_spdp(
            prosecution,
            spdp_number="SPDP-CONTOH-1",
            spdp_sent_on=timezone.localdate(),
            proof=proof("spdp.pdf"),
            by=play.who("officer"),
        )


# --- measures ------------------------------------------------------------------------
def decide(play: Play) -> None:
    with on(play.later(1), dt.time(9)):
        measures = [draft(play, letter) for letter in play.script.measures]
    with on(play.day, dt.time(14)):
        for measure in measures:
            decide_measure(measure, revision=measure.revision, by=play.who("chief"))
        play.step("decide_tak", "chief")
    with on(play.later(1)):
        for measure in play.case.measures.all():
            serve_measure(
                measure,
                on=timezone.localdate(),
                to="Yang bersangkutan",
                proof=proof("penyampaian.pdf"),
                by=play.who("officer"),
            )
        play.step("serve", "officer")
    if play.script.state == State.OBJECTION:
        contest(play)
    elif play.script.state != State.OBJECTION_WINDOW:
        carry_out(play)


def draft(play: Play, letter: str) -> Measure:
    today = timezone.localdate()
    kind = in_force(MeasureKind, letter, on=today)
    person = play.case.persons.all()[0]
    sheet = None
    if letter == "e":
        key = play.script.people[0]
        ends_in = next(p.ends_in for p in PEOPLE if p.key == key)
        sheet = keep_sheet(
            play.case,
            person,
            permit_ends_on=day_in(play.today, ends_in),
            found_at=dt.datetime.combine(
                day_in(play.today, -play.script.days_ago), dt.time(10), tzinfo=ZONE
            ),
            by=play.who("officer"),
        )
    return draft_measure(
        play.case,
        Content(
            person=person,
            kind=kind,
            content=MEASURE_WORDS[letter],
            reason="Sesuai hasil gelar kasus dan berita acara pemeriksaan.",
            starts_on=today if letter == "a" else None,
            ends_on=day_in(today, 364) if letter == "a" else None,
            sheet=sheet,
        ),
        by=play.who("officer"),
    )


def contest(play: Play) -> None:
    measure = play.case.measures.order_by("pk")[0]
    with on(play.later(12)):
        objection = register_objection(
            measure,
            Filing(
                received_on=timezone.localdate(),
                reasons="Pekerjaan yang dilakukan termasuk purnajual yang diizinkan.",
                by_proxy="Kantor Hukum Contoh",
                power_of_attorney=proof("kuasa.pdf"),
                evidence=[proof("kontrak.pdf")],
            ),
            by=play.who("officer"),
        )
        play.step("object", "officer")
    with on(play.later(3)):
        forward_objection(
            objection,
            on=timezone.localdate(),
            advice="Keputusan dipertahankan dengan alasan terlampir.",
            by=play.who("section_head"),
        )


def carry_out(play: Play) -> None:
    """The window closes by itself; then what was decided is carried out."""
    last = max(
        clock.due_on for clock in play.case.clocks.filter(rule__code="objection")
    )
    play.day = last
    with on(play.later(1)):
        tick(timezone.now())
    play.case.refresh_from_db()
    if play.script.state == State.EXECUTION:
        return
    with on(play.later(2)):
        for measure in play.case.measures.all():
            execute_measure(
                measure,
                Execution(
                    outcome=Measure.Execution.COMPLETE,
                    on=timezone.localdate(),
                    note="Dilaksanakan dan dicatat.",
                    proof=proof("pelaksanaan.pdf"),
                    payment_number=f"CONTOH{measure.pk:08d}"
                    if measure.kind.code == "e"
                    else "",
                ),
                by=play.who("officer"),
            )
        play.step("close", "section_head")
