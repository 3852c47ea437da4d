"""What an invitation letter says, frozen when it is issued."""

import datetime as dt
from typing import Any

from django.utils import timezone

from agencies.models import Signer
from documents.services.snapshots import letterhead_of, signer_of
from meetings.models import Invitation, Meeting
from timpora.dates import clock_time, day_and_date, local_date, long_date


def letter_snapshot(invitation: Invitation, *, signer: Signer) -> dict[str, Any]:
    """The letter of one agency with both annexes; names are those of the meeting's day."""
    meeting = invitation.meeting
    office = meeting.office
    now = timezone.now()
    return {
        "office": letterhead_of(office),
        "signer": signer_of(signer),
        "letter": {
            "day": long_date(local_date(now, office.time_zone)),
            "urgency": "Penting" if meeting.classification == "biasa" else "Rahasia",
            "enclosures": "Dua lembar",
            "subject": f"Undangan {meeting.get_kind_display()}",
            "to": invitation.addressee,
            "agency": invitation.agency.name_on(meeting.day),
            "copies": [office.agency.parent.name] if office.agency.parent else [],
        },
        "meeting": meeting_block(meeting),
        "invitees": [
            {"agency": other.agency.name_on(meeting.day), "to": other.addressee}
            for other in meeting.invitations.select_related("agency").prefetch_related(
                "agency__names"
            )
        ],
        "rundown": rundown_of(meeting),
    }


def meeting_block(meeting: Meeting) -> dict[str, Any]:
    zone = meeting.office.time_zone
    region = meeting.venue_region
    return {
        "title": meeting.title,
        "kind": meeting.get_kind_display(),
        "theme": meeting.theme,
        "day": day_and_date(meeting.day),
        "time": f"{clock_time(meeting.starts_at, zone)} sampai selesai",
        "venue": f"{meeting.venue}, {region}"
        if region and str(region) not in meeting.venue
        else meeting.venue,
        "attire": meeting.attire,
        "contact": meeting.contact,
        "request": meeting.request,
        "team": meeting.team.name,
        "legal_bases": [
            line.strip()
            for line in (meeting.legal_bases or meeting.office.legal_bases).splitlines()
            if line.strip()
        ],
    }


def rundown_of(meeting: Meeting) -> list[dict[str, str]]:
    """Each item with the times that follow from the start and the items before it."""
    zone = meeting.office.time_zone
    rows, start = [], meeting.starts_at
    for item in meeting.agenda.all():
        end = start + dt.timedelta(minutes=item.minutes)
        rows.append(
            {
                "time": f"{clock_time(start, zone)[:5]}–{clock_time(end, zone)}",
                "title": item.title,
                "presenter": item.presenter or "–",
            }
        )
        start = end
    return rows
