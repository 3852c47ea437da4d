import pytest
from django.urls import reverse

from agencies.models import AuditEntry
from agencies.tests.factories import UserFactory
from meetings.models import Meeting, Minutes
from meetings.services.sessions import (
    NotInSession,
    NotInvited,
    close_session,
    open_session,
)
from meetings.tests.factories import MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [s for s in Meeting.State if s != "invited"])
def test_only_a_summoned_meeting_is_opened(state):
    reason = "Batal." if state == "cancelled" else ""
    meeting = MeetingFactory(state=state, cancel_reason=reason)

    with pytest.raises(NotInvited, match="Rapat tidak dapat dibuka"):
        open_session(meeting, by=meeting.created_by)

    assert Meeting.objects.get().state == state
    assert not Minutes.objects.exists()


@pytest.mark.parametrize("state", ["draft", "invited", "minutes", "approved"])
def test_only_a_session_that_goes_on_is_closed(state):
    meeting = MeetingFactory(state=state)

    with pytest.raises(NotInSession, match="Rapat tidak dapat ditutup"):
        close_session(meeting, by=meeting.created_by)

    assert Meeting.objects.get().state == state


def test_a_session_opens_once_with_empty_minutes_and_closes():
    meeting = MeetingFactory(state="invited")
    stale = Meeting.objects.get()

    minutes = open_session(meeting, by=meeting.created_by)
    with pytest.raises(NotInvited):
        open_session(stale, by=meeting.created_by)
    close_session(meeting, by=meeting.created_by)

    meeting = Meeting.objects.get()
    assert (meeting.state, minutes.version, minutes.state) == ("minutes", 1, "draft")
    assert meeting.opened_at < meeting.closed_at
    assert [e.verb for e in AuditEntry.objects.order_by("pk")] == [
        "meetings.open_session",
        "meetings.close_session",
    ]


def test_the_buttons_lead_to_the_minutes_and_say_why_not(client):
    meeting = MeetingFactory(state="invited")
    client.force_login(meeting.created_by)

    opened = client.post(reverse("meetings:open_session", args=[meeting.pk]))
    again = client.post(
        reverse("meetings:open_session", args=[meeting.pk]), follow=True
    )
    closed = client.post(reverse("meetings:close_session", args=[meeting.pk]))

    assert opened.url == reverse("meetings:minutes", args=[meeting.pk])
    assert "Rapat tidak dapat dibuka" in again.content.decode()
    assert closed.status_code == 302
    assert Meeting.objects.get().state == "minutes"


@pytest.mark.parametrize(("role", "status"), [("administrator", 403), ("auditor", 403)])
def test_who_may_not_open_a_session(client, role, status):
    meeting = MeetingFactory(state="invited")
    client.force_login(UserFactory(agency=meeting.office.agency, role=role))

    response = client.post(reverse("meetings:open_session", args=[meeting.pk]))

    assert response.status_code == status
    assert Meeting.objects.get().state == "invited"
