"""The meeting as an RFC 5545 invitation that calendars accept, update and cancel."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from meetings.models import Invitation, Meeting


def calendar_file(invitation: Invitation) -> str:
    """An iTIP REQUEST, or a CANCEL for a cancelled meeting; times in the office's zone.

    The UID stays for life and the sequence is the meeting's, so a calendar replaces the
    entry it has.
    """
    meeting = invitation.meeting
    event = event_of(meeting, url=invitation.get_link())
    attendee = address(invitation.email, str(invitation.agency))
    attendee.params["rsvp"] = vText("TRUE")
    event.add("attendee", attendee)
    return written(
        meeting, event, method="CANCEL" if meeting.is_cancelled else "REQUEST"
    )


def published_file(meeting: Meeting) -> str:
    """The same entry for whoever keeps it in their own calendar; it asks no answer."""
    event = event_of(meeting, url=meeting.get_absolute_url())
    return written(meeting, event, method="PUBLISH")


def event_of(meeting: Meeting, *, url: str) -> Event:
    zone = ZoneInfo(meeting.office.time_zone)
    event = Event()
    event.add("uid", f"{meeting.uid}@timpora")
    event.add("dtstamp", timezone.now())
    event.add("sequence", meeting.sequence)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("summary", meeting.title)
    event.add("location", meeting.venue)
    event.add("description", settings.SITE_URL + url)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("organizer", address(meeting.office.email, str(meeting.office)))
    return event


def written(meeting: Meeting, event: Event, *, method: str) -> str:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//TIMPORA//Undangan rapat//ID")
    calendar.add("method", method)
    calendar.add_component(Timezone.from_tzid(meeting.office.time_zone))
    calendar.add_component(event)
    return calendar.to_ical().decode()


def address(email: str, name: str) -> vCalAddress:
    who = vCalAddress(f"mailto:{email or 'tanpa-surel@invalid'}")
    who.params["cn"] = vText(name)
    return who
