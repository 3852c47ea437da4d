import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import AgencyFactory, UserFactory
from meetings.models import Attendance, Meeting
from meetings.tests.factories import AttendanceFactory, MeetingFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def meeting() -> Meeting:
    return MeetingFactory(in_session=True)


@pytest.fixture
def attendance(meeting: Meeting) -> Attendance:
    return AttendanceFactory(invitation__meeting=meeting)


@pytest.fixture
def officer(client, meeting: Meeting) -> User:
    client.force_login(meeting.created_by)
    return meeting.created_by


def url(name: str, attendance: Attendance) -> str:
    args = [attendance.meeting_id]
    if name in {"attendance_line", "attendance_mark"}:
        args.append(attendance.pk)
    return reverse(f"meetings:{name}", args=args)


def person(who: str, meeting: Meeting) -> User:
    match who:
        case "liaison":
            agency = meeting.invitations.get().agency
            return UserFactory(liaison=True, agency=agency)
        case "stranger":
            return UserFactory(liaison=True)
        case "other_office":
            return UserFactory()
        case role:
            return UserFactory(agency=meeting.office.agency, role=role)


READ = {
    "officer": 200,
    "section_head": 200,
    "chief": 200,
    "auditor": 200,
    "administrator": 403,
    "liaison": 403,
    "stranger": 404,
    "other_office": 404,
}


@pytest.mark.parametrize(("who", "status"), READ.items())
@pytest.mark.parametrize("name", ["attendance", "attendance_counts"])
def test_who_reads_the_sheet(client, attendance, name, who, status):
    client.force_login(person(who, attendance.meeting))

    assert client.get(url(name, attendance)).status_code == status


@pytest.mark.parametrize(("who", "status"), (READ | {"auditor": 403}).items())
@pytest.mark.parametrize("name", ["attendance_line", "attendance_walk_in"])
def test_who_writes_on_the_sheet(client, attendance, name, who, status):
    client.force_login(person(who, attendance.meeting))

    assert client.get(url(name, attendance)).status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    (READ | dict.fromkeys(["officer", "section_head", "chief"], 302)).items(),
)
def test_who_marks_a_line(client, attendance, who, status):
    client.force_login(person(who, attendance.meeting))
    if who == "auditor":
        status = 403

    response = client.post(
        url("attendance_mark", attendance), {"state": "hadir", "revision": 1}
    )

    assert response.status_code == status
    assert Attendance.objects.get().came == (status == 302)


def test_a_line_of_another_meeting_is_not_found(client, officer, attendance):
    other = AttendanceFactory(present=True)

    response = client.get(
        reverse("meetings:attendance_line", args=[attendance.meeting_id, other.pk])
    )

    assert response.status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sheet_needs_the_same_queries_for_any_number_of_rows(
    client, officer, meeting, rows, django_assert_num_queries
):
    AttendanceFactory.create_batch(rows, invitation__meeting=meeting)
    client.get(reverse("meetings:attendance", args=[meeting.pk]))

    with django_assert_num_queries(7):
        response = client.get(reverse("meetings:attendance", args=[meeting.pk]))

    assert len(response.context["lines"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_counts_that_are_polled_cost_four_queries(
    client, officer, meeting, rows, django_assert_num_queries
):
    AttendanceFactory.create_batch(rows, invitation__meeting=meeting)
    address = reverse("meetings:attendance_counts", args=[meeting.pk])
    client.get(address)

    with django_assert_num_queries(4):
        response = client.get(address, headers=HTMX)

    assert response.content.decode().lstrip().startswith('<div id="jumlah"')


def test_a_tap_answers_htmx_with_the_line_and_the_counts(client, officer, attendance):
    response = client.post(
        url("attendance_mark", attendance),
        {"state": "hadir", "revision": 1},
        headers=HTMX,
    )

    html = response.content.decode()
    assert html.lstrip().startswith(f'<li id="baris-{attendance.pk}"')
    assert 'hx-swap-oob="true"' in html
    assert "1 dari 1 instansi anggota hadir" in html


def test_a_tap_works_without_scripts(client, officer, attendance):
    response = client.post(
        url("attendance_mark", attendance), {"state": "hadir", "revision": 1}
    )

    assert response.status_code == 302
    assert response["Location"].endswith(f"/kehadiran/#baris-{attendance.pk}")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_stale_tap_shows_both_states(client, officer, attendance, headers):
    address = url("attendance_mark", attendance)
    client.post(address, {"state": "tidak_hadir", "revision": 1})

    response = client.post(address, {"state": "hadir", "revision": 1}, headers=headers)

    assert response.status_code == 409
    html = response.content.decode()
    assert "Sekarang: <strong>Tidak hadir</strong>" in html
    assert "Pilihan Anda: <strong>Hadir</strong>" in html
    assert Attendance.objects.get().state == "tidak_hadir"


@pytest.mark.parametrize(
    "data",
    [{}, {"state": "bohong", "revision": 1}, {"state": "hadir", "revision": "x"}],
)
def test_a_tap_that_means_nothing_changes_nothing(client, officer, attendance, data):
    response = client.post(url("attendance_mark", attendance), data)

    assert response.status_code == 422
    assert not Attendance.objects.get().is_known


def test_an_excuse_without_reason_opens_the_line_to_write_it(
    client, officer, attendance
):
    response = client.post(
        url("attendance_mark", attendance), {"state": "izin", "revision": 1}
    )

    assert response.status_code == 422
    html = response.content.decode()
    assert "Tulis alasan izin." in html
    assert '<option value="izin" selected>' in html


def line_data(**kwargs):
    return {"state": "hadir", "person": "Siti Contoh", "revision": 1} | kwargs


def test_a_line_is_written_with_times_in_the_zone_of_the_office(
    client, officer, attendance
):
    meeting = attendance.meeting
    begun = meeting.starts_at
    Meeting.objects.update(starts_at=begun.replace(hour=0, minute=0))

    client.post(url("attendance_line", attendance), line_data(arrived="00:05"))

    line = Attendance.objects.get()
    assert line.person == "Siti Contoh"
    assert f"{line.arrived_at:%H:%M}" == "17:05"


def test_what_was_typed_stays_when_the_line_changed_meanwhile(
    client, officer, attendance
):
    address = url("attendance_line", attendance)
    client.post(address, line_data(person="Budi Contoh"))

    response = client.post(address, line_data(phone="0812"))

    assert response.status_code == 409
    html = response.content.decode()
    assert "Budi Contoh" in html
    assert 'value="Siti Contoh"' in html
    assert 'name="revision" value="2"' in html
    assert Attendance.objects.get().person == "Budi Contoh"


def test_a_correction_without_reason_is_refused_with_everything_typed(
    client, officer, attendance
):
    address = url("attendance_line", attendance)
    client.post(address, line_data())

    response = client.post(address, line_data(state="tidak_hadir", revision=2))

    assert response.status_code == 422
    assert "hanya dapat diperbaiki dengan alasan" in response.content.decode()
    assert Attendance.objects.get().state == "hadir"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("person", "x" * 121),
        ("person_nip", "19800101-X"),
        ("arrived", "25:00"),
        ("state", "bohong"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(
    client, officer, attendance, field, value
):
    response = client.post(
        url("attendance_line", attendance), line_data(**{field: value})
    )

    assert response.status_code == 422
    assert not Attendance.objects.get().is_known


def test_nobody_leaves_before_arriving(client, officer, attendance):
    Meeting.objects.update(
        starts_at=attendance.meeting.starts_at.replace(hour=0, minute=0)
    )

    response = client.post(
        url("attendance_line", attendance), line_data(arrived="00:04", left="00:02")
    )

    assert response.status_code == 422
    assert "Jam pulang lebih awal dari jam datang." in response.content.decode()


def walk_in_data(**kwargs):
    return {
        "agency_text": "Media Cilegon",
        "person": "Tamu Contoh",
        "state": "hadir",
        "nonce": str(uuid.uuid4()),
    } | kwargs


def test_a_walk_in_is_added_once_by_a_double_click(client, officer, attendance):
    address, data = url("attendance_walk_in", attendance), walk_in_data()

    client.post(address, data)
    response = client.post(address, data)

    assert response.status_code == 302
    assert Attendance.objects.filter(agency_text="Media Cilegon").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"agency_text": ""}, {"person": ""}, {"agency": "0"}, {"nonce": "x"}]
)
def test_a_walk_in_without_body_or_name_is_refused(client, officer, attendance, wrong):
    response = client.post(url("attendance_walk_in", attendance), walk_in_data(**wrong))

    assert response.status_code == 422
    assert Attendance.objects.count() == 1


def test_a_walk_in_of_an_invited_agency_is_sent_to_its_line(
    client, officer, attendance
):
    response = client.post(
        url("attendance_walk_in", attendance),
        walk_in_data(agency=attendance.agency_id, agency_text=""),
    )

    assert response.status_code == 422
    assert "ada dalam daftar undangan" in response.content.decode()


def test_the_sheet_shows_no_telephone_number(client, officer, attendance):
    Attendance.objects.update(phone="0812-KENARI")

    html = client.get(url("attendance", attendance)).content.decode()

    assert "KENARI" not in html


def test_a_closed_sheet_offers_no_button(client, officer, attendance):
    Meeting.objects.update(state=Meeting.State.APPROVED)

    html = client.get(url("attendance", attendance)).content.decode()

    assert "Kehadiran tidak dapat diubah" in html
    assert "/tandai/" not in html
    assert "/tamu/" not in html


def test_an_agency_of_the_directory_may_walk_in(client, officer, meeting):
    agency = AgencyFactory()

    client.post(
        reverse("meetings:attendance_walk_in", args=[meeting.pk]),
        walk_in_data(agency=agency.pk, agency_text="tak terpakai"),
    )

    guest = Attendance.objects.get()
    assert (guest.agency, guest.agency_text) == (agency, "")


def test_a_refusal_to_print_is_said_on_the_sheet(client, officer, meeting):
    response = client.post(
        reverse("meetings:attendance_print", args=[meeting.pk, "terisi"]), follow=True
    )

    assert [str(message) for message in response.context["messages"]] == [
        "Belum ada instansi yang diundang."
    ]


def test_a_sheet_left_open_does_not_keep_the_session_alive(
    client, officer, attendance, settings
):
    begin = timezone.now()
    idle = dt.timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    client.get(url("attendance", attendance))

    with time_machine.travel(begin + idle - dt.timedelta(minutes=1)):
        poll = client.get(
            url("attendance_counts", attendance), headers=HTMX | {"X-Poll": "1"}
        )
    with time_machine.travel(begin + idle + dt.timedelta(minutes=1)):
        response = client.get(url("attendance", attendance))

    assert (poll.status_code, response.status_code) == (200, 302)
