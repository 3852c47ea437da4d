import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from agencies.models import Holiday
from agencies.tests.factories import UserFactory
from meetings.models import Meeting
from meetings.tests.factories import InvitationFactory, MeetingFactory

pytestmark = pytest.mark.django_db


def test_calendar_file_is_not_there_for_an_agency_that_is_not_invited(client):
    meeting = MeetingFactory(state=Meeting.State.INVITED)
    client.force_login(UserFactory(liaison=True))

    response = client.get(reverse("meetings:meeting_calendar", args=[meeting.pk]))

    assert response.status_code == 404


def test_calendar_file_of_a_meeting_asks_no_answer_and_names_nobody(client):
    invitation = InvitationFactory(sent=True, email="sekretariat@polres.example")
    meeting = invitation.meeting
    client.force_login(UserFactory(agency=meeting.office.agency))

    response = client.get(reverse("meetings:meeting_calendar", args=[meeting.pk]))

    calendar = Calendar.from_ical(response.content)
    (event,) = calendar.walk("VEVENT")
    assert response["Content-Type"] == "text/calendar"
    assert (calendar["method"], event["summary"]) == ("PUBLISH", meeting.title)
    assert event.decoded("dtstart") == meeting.starts_at.replace(microsecond=0)
    assert b"polres.example" not in response.content


def test_month_shows_its_meetings_and_its_holidays(client):
    office = UserFactory()
    meeting = MeetingFactory(
        team__office=office.agency.office,
        starts_at=dt.datetime(2026, 8, 12, 2, tzinfo=dt.UTC),
    )
    MeetingFactory(starts_at=meeting.starts_at, title="Rapat kantor lain")
    Holiday.objects.create(
        date=dt.date(2026, 8, 17), name="Hari Kemerdekaan", kind="libur_nasional"
    )
    client.force_login(office)

    page = client.get(reverse("meetings:calendar"), {"bulan": "2026-08"})

    html = page.content.decode()
    assert meeting.title in html
    assert "Hari Kemerdekaan" in html
    assert "Rapat kantor lain" not in html


def test_month_without_a_meeting_says_so(client):
    client.force_login(UserFactory())

    page = client.get(reverse("meetings:calendar"), {"bulan": "2026-08"})

    assert "Tidak ada rapat pada bulan ini." in page.content.decode()


def test_administrator_sees_that_a_meeting_exists_and_gets_no_link_to_it(client):
    meeting = MeetingFactory(starts_at=dt.datetime(2026, 8, 12, 2, tzinfo=dt.UTC))
    client.force_login(UserFactory(agency=meeting.office.agency, role="administrator"))

    month = client.get(reverse("meetings:calendar"), {"bulan": "2026-08"})
    listed = client.get(reverse("meetings:list"))

    for page in (month.content.decode(), listed.content.decode()):
        assert meeting.title in page
        assert meeting.get_absolute_url() not in page
