import datetime as dt
import uuid

import pytest
import time_machine
from django.db.models import F
from django.utils import timezone

from agencies.models import AuditEntry
from meetings.models import Attendance, Invitation, Meeting
from meetings.queries.attendance import (
    count_attendance,
    sheet_lines,
)
from meetings.services.rollcall import (
    AgencyIsInvited,
    ExcuseMissing,
    LineChanged,
    ReasonMissing,
    RollCallClosed,
    Statement,
    add_walk_in,
    mark_line,
    record_line,
    statement_of,
)
from meetings.tests.factories import (
    AttendanceFactory,
    InvitationFactory,
    MeetingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return MeetingFactory(in_session=True)


@pytest.fixture
def attendance(meeting: Meeting) -> Attendance:
    return AttendanceFactory(invitation__meeting=meeting)


def mark(attendance, state, **kwargs):
    kwargs.setdefault("revision", attendance.revision)
    mark_line(attendance, by=attendance.meeting.created_by, state=state, **kwargs)


def record(attendance, said, **kwargs):
    kwargs.setdefault("revision", attendance.revision)
    record_line(attendance, by=attendance.meeting.created_by, said=said, **kwargs)


@pytest.mark.parametrize("state", ["draft", "review", "approved"])
def test_the_roll_call_is_refused_in_any_other_state_of_the_meeting(state):
    attendance = AttendanceFactory(invitation__meeting__state=state)

    with pytest.raises(RollCallClosed):
        mark(attendance, "hadir")

    assert not Attendance.objects.get().is_known


def test_the_roll_call_is_refused_before_the_day_of_the_meeting():
    attendance = AttendanceFactory(invitation__meeting__state="invited")

    with pytest.raises(RollCallClosed, match="mulai hari rapat"):
        mark(attendance, "hadir")

    with time_machine.travel(attendance.meeting.starts_at - dt.timedelta(minutes=5)):
        mark(attendance, "hadir")
    assert Attendance.objects.get().came


def test_a_meeting_that_moved_on_meanwhile_takes_no_roll_call(attendance):
    Meeting.objects.update(state=Meeting.State.REVIEW)

    with pytest.raises(RollCallClosed, match="Notula ditinjau"):
        mark(attendance, "hadir")

    assert not Attendance.objects.get().is_known


def test_an_excuse_needs_its_reason(attendance):
    with pytest.raises(ExcuseMissing):
        mark(attendance, "izin")

    assert not Attendance.objects.get().is_known


def test_a_line_that_somebody_else_changed_is_not_overwritten(attendance):
    stale = Attendance.objects.get()
    mark(attendance, "hadir")

    with pytest.raises(LineChanged):
        mark(stale, "tidak_hadir")

    assert Attendance.objects.get().state == "hadir"


def test_a_line_that_changes_between_check_and_write_is_not_overwritten(attendance):
    """The row is older than its revision: only the conditional UPDATE can tell."""
    Attendance.objects.update(revision=F("revision") + 1)

    with pytest.raises(LineChanged):
        mark(attendance, "hadir")

    assert not Attendance.objects.get().is_known


def test_what_was_recorded_changes_only_with_a_reason(attendance):
    mark(attendance, "hadir")

    with pytest.raises(ReasonMissing):
        mark(attendance, "tidak_hadir")

    assert Attendance.objects.get().state == "hadir"


def test_one_tap_records_who_came_when_and_how_we_know(attendance):
    mark(attendance, "hadir")

    line = Attendance.objects.get()
    assert (line.state, line.method, line.revision) == ("hadir", "petugas", 2)
    assert line.recorded_by == line.meeting.created_by
    assert line.arrived_at is not None
    entry = AuditEntry.objects.get()
    assert entry.verb == "meetings.record_attendance"
    assert entry.data["before"]["state"] == ""
    assert entry.data["after"]["state"] == "hadir"


def test_the_same_tap_twice_changes_nothing(attendance):
    mark(attendance, "hadir")

    mark(attendance, "hadir")

    assert AuditEntry.objects.count() == 1


def test_the_answer_fills_in_the_name_of_those_who_came_never_the_state():
    invitation = InvitationFactory(
        sent=True,
        meeting__in_session=True,
        answer=Invitation.Answer.COMING,
        person="Kompol Contoh",
        person_post="Kasat Intelkam",
    )
    attendance = AttendanceFactory(invitation=invitation)
    assert not attendance.is_known

    mark(attendance, "hadir")

    line = Attendance.objects.get()
    assert (line.person, line.person_post) == ("Kompol Contoh", "Kasat Intelkam")


def test_an_absent_agency_gets_no_name_and_no_time(meeting):
    attendance = AttendanceFactory(
        invitation__meeting=meeting, invitation__person="Kompol Contoh"
    )

    mark(attendance, "tidak_hadir")

    line = Attendance.objects.get()
    assert (line.state, line.person, line.arrived_at) == ("tidak_hadir", "", None)


def test_the_excuse_of_the_answer_is_the_reason(meeting):
    attendance = AttendanceFactory(
        invitation__meeting=meeting,
        invitation__answer=Invitation.Answer.EXCUSED,
        invitation__excuse="Dinas luar",
    )

    mark(attendance, "izin")

    assert Attendance.objects.get().reason == "Dinas luar"


def test_a_tap_after_the_session_makes_up_no_arrival_time():
    attendance = AttendanceFactory(
        invitation__meeting__in_session=True, invitation__meeting__state="minutes"
    )

    mark(attendance, "hadir")

    assert Attendance.objects.get().arrived_at is None


def test_a_correction_keeps_before_and_after_and_no_number_in_the_audit(attendance):
    record(attendance, Statement(state="hadir", person="Budi", phone="0812-KENARI"))

    record(
        attendance,
        Statement(state="diwakilkan", person="Siti", phone="0813-KENARI"),
        correction="Salah baris.",
    )

    entry = AuditEntry.objects.first()
    assert entry.verb == "meetings.correct_attendance"
    assert entry.reason == "Salah baris."
    assert entry.data["before"] == {"state": "hadir", "person": "Budi", "phone": "…"}
    assert entry.data["after"] == {
        "state": "diwakilkan",
        "person": "Siti",
        "phone": "…",
    }


def test_filling_in_what_was_empty_needs_no_reason(attendance):
    mark(attendance, "hadir")
    said = statement_of(attendance)

    record(
        attendance,
        Statement(state="hadir", person="Budi", arrived_at=said.arrived_at),
    )

    assert Attendance.objects.get().person == "Budi"


def test_who_did_not_come_after_all_loses_the_times(attendance):
    mark(attendance, "hadir")

    record(attendance, Statement(state="tidak_hadir"), correction="Salah ketuk.")

    line = Attendance.objects.get()
    assert (line.state, line.arrived_at) == ("tidak_hadir", None)


def test_back_to_unknown_forgets_how_it_was_known(attendance):
    mark(attendance, "tidak_hadir")

    record(attendance, Statement(state=""), correction="Salah ketuk.")

    line = Attendance.objects.get()
    assert (line.state, line.method, line.recorded_at) == ("", "", None)


def test_a_body_that_withholds_names_is_written_as_a_representative(meeting):
    attendance = AttendanceFactory(
        invitation__meeting=meeting, invitation__agency__withholds_names=True
    )

    record(
        attendance,
        Statement(state="hadir", person="Nama Rahasia", phone="0812", person_nip="1"),
    )

    line = Attendance.objects.get()
    assert (line.person, line.phone, line.person_nip) == ("Perwakilan", "", "")


def walk_in(meeting, nonce=None, agency=None, agency_text="Media Cilegon"):
    return add_walk_in(
        meeting,
        by=meeting.created_by,
        nonce=nonce or uuid.uuid4(),
        agency=agency,
        agency_text=agency_text,
        said=Statement(state="hadir", person="Tamu Contoh"),
    )


def test_a_walk_in_is_refused_when_the_roll_call_is():
    with pytest.raises(RollCallClosed):
        walk_in(MeetingFactory(state="approved"))

    assert not Attendance.objects.exists()


def test_a_walk_in_of_an_invited_agency_belongs_on_its_line(attendance):
    with pytest.raises(AgencyIsInvited):
        walk_in(attendance.meeting, agency=attendance.agency)

    assert Attendance.objects.count() == 1


def test_a_second_person_of_an_agency_that_came_is_a_line_of_their_own(attendance):
    mark(attendance, "hadir")

    walk_in(attendance.meeting, agency=attendance.agency)

    assert Attendance.objects.filter(agency=attendance.agency).count() == 2


def test_the_same_walk_in_form_twice_adds_one_guest(meeting):
    nonce = uuid.uuid4()

    first = walk_in(meeting, nonce)
    second = walk_in(meeting, nonce)

    assert first == second
    assert Attendance.objects.get().agency_text == "Media Cilegon"
    assert [e.verb for e in AuditEntry.objects.all()] == ["meetings.add_walk_in"]


def test_unknown_is_counted_apart_and_guests_apart_from_members(meeting):
    for state in ["hadir", "diwakilkan", "tidak_hadir", ""]:
        line = AttendanceFactory(invitation__meeting=meeting)
        if state:
            mark(line, state)
    guest = AttendanceFactory(invitation__meeting=meeting, invitation__role="tamu")
    mark(guest, "hadir")
    Attendance.objects.filter(pk=guest.pk).update(left_at=timezone.now())
    walk_in(meeting)

    counts = count_attendance(meeting)

    assert (counts.members.present, counts.members.represented) == (1, 1)
    assert (counts.members.absent, counts.members.unknown) == (1, 1)
    assert (counts.members.came, counts.members.total) == (2, 4)
    assert (counts.guests.came, counts.guests.total, counts.walk_ins) == (1, 1, 1)
    assert (counts.people, counts.left, counts.unknown) == (4, 1, 1)


def test_the_sheet_lists_members_first_and_a_second_person_under_their_agency(meeting):
    guest = AttendanceFactory(invitation__meeting=meeting, invitation__role="tamu")
    member = AttendanceFactory(invitation__meeting=meeting, present=True)
    stranger = walk_in(meeting)
    second = walk_in(meeting, agency=member.agency)

    lines = sheet_lines(meeting)

    assert [line.attendance for line in lines] == [member, second, guest, stranger]
    assert [line.number for line in lines] == [1, 2, 3, 4]


def test_the_sheet_carries_the_name_that_was_valid_on_the_day(meeting):
    attendance = AttendanceFactory(
        invitation__meeting=meeting, invitation__agency__name="BKK Banten"
    )
    attendance.agency.names.create(
        name="KKP Banten", short_name="KKP", valid_to=meeting.day
    )

    assert sheet_lines(meeting)[0].body == "KKP Banten"


def test_late_is_who_arrives_after_the_opening_and_its_grace(attendance):
    attendance.arrived_at = attendance.meeting.opened_at + dt.timedelta(minutes=15)
    assert not attendance.is_late

    attendance.arrived_at += dt.timedelta(minutes=1)
    assert attendance.is_late
