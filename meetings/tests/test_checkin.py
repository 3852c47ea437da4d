import datetime as dt
import uuid

import pytest
import time_machine

from agencies.models import AuditEntry
from agencies.tests.factories import UserFactory
from documents.models import Upload
from documents.services.uploads import UploadRefused
from meetings.models import Attendance, Invitation, Meeting
from meetings.services.checkin import (
    MOST_PEOPLE,
    CheckInClosed,
    FormAlreadyUsed,
    RecordedByOfficer,
    TooManyPeople,
    check_in,
    leave,
)
from meetings.services.rollcall import Statement, mark_line, record_line
from meetings.tests.factories import AttendanceFactory

pytestmark = pytest.mark.django_db

# One pixel.
PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42m"
    "NkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@pytest.fixture
def invitation() -> Invitation:
    return AttendanceFactory(invitation__meeting__in_session=True).invitation


def come(invitation, person="Siti Contoh", *, nonce=None, state="hadir", **kwargs):
    return check_in(
        Invitation.objects.get(pk=invitation.pk),
        nonce=nonce or uuid.uuid4(),
        said=Statement(state=state, person=person),
        **kwargs,
    )


def test_check_in_is_refused_until_two_hours_before_the_start():
    invitation = AttendanceFactory(invitation__meeting__state="invited").invitation
    opens_at = invitation.meeting.starts_at - dt.timedelta(hours=2)

    with (
        time_machine.travel(opens_at - dt.timedelta(minutes=1), tick=False),
        pytest.raises(CheckInClosed, match="dapat dicatat mulai"),
    ):
        come(invitation)
    assert not Attendance.objects.get().is_known

    with time_machine.travel(opens_at, tick=False):
        come(invitation)
    assert Attendance.objects.get().came


@pytest.mark.parametrize("state", ["minutes", "review", "approved"])
def test_check_in_is_refused_once_the_session_is_closed(invitation, state):
    Meeting.objects.update(state=state)

    with pytest.raises(CheckInClosed, match="Sesi sudah ditutup"):
        come(invitation, signature=PNG)

    assert not Attendance.objects.get().is_known
    assert not Upload.objects.exists()


def test_a_session_that_closes_while_the_page_is_open_takes_nobody(invitation):
    stale = Invitation.objects.select_related("meeting__office").get()
    Meeting.objects.update(state="minutes")

    with pytest.raises(CheckInClosed):
        check_in(
            stale, nonce=uuid.uuid4(), said=Statement(state="hadir", person="Siti")
        )

    assert not Attendance.objects.get().is_known


def test_a_session_that_nobody_opened_ends_with_its_day():
    invitation = AttendanceFactory(invitation__meeting__state="invited").invitation

    with (
        time_machine.travel(invitation.meeting.ends_at + dt.timedelta(days=1)),
        pytest.raises(CheckInClosed, match="Sesi sudah ditutup"),
    ):
        come(invitation)


def test_what_an_officer_said_is_not_altered_by_the_agency(invitation):
    mark_line(
        Attendance.objects.get(),
        by=invitation.meeting.created_by,
        revision=1,
        state="tidak_hadir",
    )

    with pytest.raises(RecordedByOfficer, match="Tidak hadir"):
        come(invitation)

    assert Attendance.objects.get().state == "tidak_hadir"


def test_a_nonce_of_another_agency_is_refused(invitation):
    other = AttendanceFactory(invitation__meeting=invitation.meeting).invitation
    nonce = uuid.uuid4()
    come(other, nonce=nonce)

    with pytest.raises(FormAlreadyUsed):
        come(invitation, nonce=nonce)

    assert not Attendance.objects.get(invitation=invitation).is_known


def test_a_leaked_link_cannot_fill_the_sheet(invitation):
    for number in range(MOST_PEOPLE):
        come(invitation, f"Orang {number}")

    with pytest.raises(TooManyPeople):
        come(invitation, "Orang berikutnya")

    assert Attendance.objects.count() == MOST_PEOPLE


def test_a_signature_that_is_no_picture_records_nothing(invitation):
    with pytest.raises(UploadRefused):
        come(invitation, signature="data:image/svg+xml,<svg onload=alert(1)>")

    assert not Attendance.objects.get().is_known


def test_check_in_by_link_records_who_came_when_and_how(invitation):
    come(invitation, state="diwakilkan", signature=PNG)

    line = Attendance.objects.get()
    assert (line.state, line.person, line.method) == (
        "diwakilkan",
        "Siti Contoh",
        "tautan",
    )
    assert line.arrived_at == line.recorded_at or line.arrived_at < line.recorded_at
    assert line.signature == Upload.objects.get()
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor) == ("meetings.check_in", None)
    assert entry.on_behalf_of == invitation.agency


def test_check_in_by_account_names_the_account(invitation):
    liaison = UserFactory(liaison=True, agency=invitation.agency)

    come(invitation, by=liaison)

    line = Attendance.objects.get()
    assert (line.method, line.recorded_by) == ("akun", liaison)
    assert AuditEntry.objects.get().actor == liaison


def test_the_same_check_in_twice_counts_once(invitation):
    nonce = uuid.uuid4()

    first = come(invitation, nonce=nonce)
    second = come(invitation, nonce=nonce)

    assert first == second
    assert AuditEntry.objects.count() == 1


def test_a_check_in_sent_again_after_the_session_answers_like_the_first(invitation):
    nonce = uuid.uuid4()
    first = come(invitation, nonce=nonce)
    Meeting.objects.update(state="minutes")

    assert come(invitation, nonce=nonce) == first


def test_the_same_person_from_a_fresh_page_counts_once(invitation):
    come(invitation, "Siti Contoh")

    come(invitation, " siti  contoh ")

    assert Attendance.objects.count() == 1


def test_another_person_gets_a_line_of_their_own(invitation):
    come(invitation, "Siti Contoh")

    come(invitation, "Budi Contoh")

    lines = Attendance.objects.order_by("pk")
    assert [(line.invitation, line.person) for line in lines] == [
        (invitation, "Siti Contoh"),
        (None, "Budi Contoh"),
    ]
    assert {line.agency for line in lines} == {invitation.agency}


def test_who_skipped_the_signature_may_sign_later(invitation):
    come(invitation)

    come(invitation, signature=PNG)

    assert Attendance.objects.get().signature is not None


def test_what_an_officer_recorded_is_signed_not_altered(invitation):
    officer = invitation.meeting.created_by
    record_line(
        Attendance.objects.get(),
        by=officer,
        revision=1,
        said=Statement(state="diwakilkan", person="Siti Contoh", person_post="Staf"),
    )

    come(invitation, state="hadir", signature=PNG)

    line = Attendance.objects.get()
    assert (line.state, line.person_post, line.method) == (
        "diwakilkan",
        "Staf",
        "petugas",
    )
    assert line.signature is not None


def test_a_body_that_withholds_names_gives_neither_name_nor_signature(invitation):
    invitation.agency.withholds_names = True
    invitation.agency.save()

    come(invitation, "Nama Rahasia", signature=PNG)

    line = Attendance.objects.get()
    assert (line.person, line.signature) == ("Perwakilan", None)


def test_leaving_is_refused_once_the_session_is_closed(invitation):
    line = come(invitation)
    Meeting.objects.update(state="minutes")

    with pytest.raises(CheckInClosed):
        leave(line)

    assert Attendance.objects.get().left_at is None


def test_leaving_twice_is_noted_once(invitation):
    line = come(invitation)

    leave(line)
    left_at = Attendance.objects.get().left_at
    leave(line)

    assert left_at is not None
    assert Attendance.objects.get().left_at == left_at
    assert [entry.verb for entry in AuditEntry.objects.all()] == [
        "meetings.leave",
        "meetings.check_in",
    ]
