import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from agencies.tests.factories import UserFactory
from meetings.models import Attendance, Invitation, Meeting
from meetings.tests.factories import AttendanceFactory
from meetings.tests.test_checkin import PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation() -> Invitation:
    return AttendanceFactory(
        invitation__meeting__in_session=True, invitation__person="Siti Contoh"
    ).invitation


@pytest.fixture
def link(invitation: Invitation) -> str:
    return reverse("meetings:link_attend", args=[invitation.token])


def form_data(**kwargs):
    return {
        "state": "hadir",
        "person": "Siti Contoh",
        "nonce": str(uuid.uuid4()),
    } | kwargs


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("liaison", 200),
        ("stranger", 404),
        ("officer", 403),
        ("section_head", 403),
        ("chief", 403),
        ("administrator", 403),
        ("auditor", 403),
        ("other_office", 404),
    ],
)
def test_who_reaches_the_check_in_of_an_account(client, invitation, who, status):
    office = invitation.meeting.office.agency
    user = {
        "liaison": lambda: UserFactory(liaison=True, agency=invitation.agency),
        "stranger": lambda: UserFactory(liaison=True),
        "other_office": UserFactory,
    }.get(who, lambda: UserFactory(agency=office, role=who))()
    client.force_login(user)

    response = client.get(reverse("meetings:attend", args=[invitation.meeting_id]))

    assert response.status_code == status


def test_without_account_the_check_in_of_an_account_asks_to_log_in(client, invitation):
    response = client.get(reverse("meetings:attend", args=[invitation.meeting_id]))

    assert response.status_code == 302
    assert response["Location"].startswith("/akun/")


def test_a_forged_link_is_not_found(client, invitation):
    response = client.get(reverse("meetings:link_attend", args=["x" * 32]))

    assert response.status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": timezone.now()},
        {"token_expires_at": timezone.now() - dt.timedelta(hours=1)},
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_was_closed_reads_as_dead(client, invitation, link, change, method):
    Invitation.objects.update(**change)

    response = getattr(client, method)(link, form_data())

    assert response.status_code == 404
    assert "Tautan ini tidak berlaku" in response.content.decode()
    assert not Attendance.objects.get().is_known


def test_the_link_of_a_cancelled_meeting_reads_as_dead(client, link):
    Meeting.objects.update(state="cancelled", cancel_reason="Ditunda.")

    assert client.post(link, form_data()).status_code == 404


def test_the_link_of_a_draft_does_not_exist(client, invitation, link):
    Invitation.objects.update(sent_at=None)

    assert client.get(link).status_code == 404


def test_checking_in_too_early_is_refused_with_the_hour(client, invitation, link):
    start = timezone.now() + dt.timedelta(days=1)
    Meeting.objects.update(
        state="invited", starts_at=start, ends_at=start + dt.timedelta(hours=3)
    )

    response = client.post(link, form_data())

    assert response.status_code == 409
    assert "Kehadiran dapat dicatat mulai" in response.content.decode()
    assert "<form" not in client.get(link).content.decode()
    assert not Attendance.objects.get().is_known


def test_checking_in_after_the_session_is_refused(client, link):
    Meeting.objects.update(state="minutes")

    response = client.post(link, form_data())

    assert response.status_code == 409
    assert "Sesi sudah ditutup" in response.content.decode()


def test_from_the_link_to_present_it_takes_one_form(client, link):
    html = client.get(link).content.decode()
    assert 'value="Siti Contoh"' in html

    response = client.post(link, form_data(signature=PNG), follow=True)

    assert response.redirect_chain == [(link, 302)]
    assert "Hadir" in response.content.decode()
    assert Attendance.objects.get().came


def test_the_answer_to_the_invitation_fills_the_form_not_the_sheet(client, link):
    Invitation.objects.update(answer="hadir")

    client.get(link)

    assert not Attendance.objects.get().is_known


def test_a_double_tap_counts_once_and_answers_the_same(client, link):
    data = form_data()

    first, second = client.post(link, data), client.post(link, data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Attendance.objects.count() == 1


def test_no_signature_is_marked_as_such(client, link):
    response = client.post(link, form_data(), follow=True)

    assert "tanpa tanda tangan digital" in response.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"person": ""},
        {"person": "x" * 121},
        {"state": ""},
        {"state": "izin"},
        {"nonce": "x"},
        {"person_nip": "=1+1"},
        {"person_nip": "1980²"},
        {"person_nip": "1" * 19},
        {"person": "\x00"},
        {"signature": "data:image/svg+xml;base64,PHN2Zz4="},
        {"signature": "x" * 300_001},
    ],
)
def test_bad_input_comes_back_with_what_was_typed(client, link, wrong):
    response = client.post(link, form_data(person_post="Kasat Contoh") | wrong)

    assert response.status_code == 422
    assert 'value="Kasat Contoh"' in response.content.decode()
    assert not Attendance.objects.get().is_known


def test_a_used_form_of_another_agency_is_refused(client, invitation, link):
    other = AttendanceFactory(invitation__meeting=invitation.meeting).invitation
    data = form_data()
    client.post(reverse("meetings:link_attend", args=[other.token]), data)

    assert client.post(link, data).status_code == 409


def test_the_page_shows_the_own_agency_and_nobody_else(client, invitation, link):
    AttendanceFactory(
        invitation__meeting=invitation.meeting, present=True, person="KENARI"
    )
    client.post(link, form_data(phone="0812-KENARI"))

    html = client.get(link).content.decode()

    assert "Siti Contoh" in html
    assert "KENARI" not in html


def test_another_person_of_the_agency_finds_an_empty_form(client, link):
    client.post(link, form_data())

    html = client.get(f"{link}?tambah=1").content.decode()
    assert "Saya mewakili" in html
    assert 'value="Siti Contoh"' not in html

    client.post(link, form_data(person="Budi Contoh", state="diwakilkan"))
    assert Attendance.objects.came().count() == 2


def test_going_home_early_is_noted_by_the_link(client, link):
    client.post(link, form_data())
    line = Attendance.objects.get()

    response = client.post(f"{link}{line.pk}/pulang/", follow=True)

    assert response.redirect_chain == [(link, 302)]
    assert Attendance.objects.get().left_at is not None


def test_nobody_sends_another_agency_home(client, invitation, link):
    other = AttendanceFactory(invitation__meeting=invitation.meeting, present=True)

    response = client.post(f"{link}{other.pk}/pulang/")

    assert response.status_code == 404
    other.refresh_from_db()
    assert other.left_at is None


def test_going_home_after_the_session_is_refused(client, link):
    client.post(link, form_data())
    Meeting.objects.update(state="minutes")

    response = client.post(f"{link}{Attendance.objects.get().pk}/pulang/")

    assert response.status_code == 409
    assert Attendance.objects.get().left_at is None


def test_a_liaison_finds_their_own_name_and_checks_in(client, invitation):
    Invitation.objects.update(person="")
    liaison = UserFactory(liaison=True, agency=invitation.agency, name="Rina Contoh")
    client.force_login(liaison)
    address = reverse("meetings:attend", args=[invitation.meeting_id])
    assert 'value="Rina Contoh"' in client.get(address).content.decode()

    client.post(address, form_data(person="Rina Contoh"))

    line = Attendance.objects.get()
    assert (line.method, line.recorded_by) == ("akun", liaison)


def test_a_liaison_goes_home_early(client, invitation):
    client.force_login(UserFactory(liaison=True, agency=invitation.agency))
    address = reverse("meetings:attend", args=[invitation.meeting_id])
    client.post(address, form_data())

    client.post(f"{address}{Attendance.objects.get().pk}/pulang/")

    assert Attendance.objects.get().left_at is not None


def test_the_hour_is_the_offices_even_where_nobody_is_logged_in(client, link):
    with time_machine.travel(dt.datetime(2026, 7, 23, 4, 5, tzinfo=dt.UTC)):
        Meeting.objects.update(
            starts_at=timezone.now(), ends_at=timezone.now() + dt.timedelta(hours=3)
        )
        Meeting.objects.get().office.__class__.objects.update(time_zone="Asia/Makassar")
        Invitation.objects.update(
            token_expires_at=timezone.now() + dt.timedelta(days=1)
        )

        html = client.post(link, form_data(), follow=True).content.decode()

    assert "12.05 WITA" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_queries_for_any_number_of_people(
    client, link, rows, django_assert_num_queries
):
    for number in range(rows):
        client.post(link, form_data(person=f"Orang {number}"))

    with django_assert_num_queries(3):
        response = client.get(link)

    assert len(response.context["lines"]) == rows


def test_guessing_links_is_throttled(client, invitation):
    statuses = [
        client.get(reverse("meetings:link_attend", args=[f"{number:032}"])).status_code
        for number in range(22)
    ]

    assert statuses[0] == 404
    assert statuses[-1] == 429


def test_the_page_lets_browsers_name_their_origin(client, link):
    """Under no-referrer a form is sent with "Origin: null", which CSRF refuses."""
    assert client.get(link)["Referrer-Policy"] == "same-origin"


def test_a_nip_written_in_groups_is_kept_as_digits(client, link):
    client.post(link, form_data(person_nip="19800101 200501 1 001"))

    assert Attendance.objects.get().person_nip == "198001012005011001"
