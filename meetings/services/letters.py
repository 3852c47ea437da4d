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
    to, agency = salutation(
        invitation.addressee, invitation.agency.name_on(meeting.day)
    )
    parent = office.agency.parent
    return {
        "office": letterhead_of(office),
        "signer": signer_of(signer),
        "letter": {
            "day": long_date(local_date(now, office.time_zone)),
            "urgency": "Penting" if meeting.classification == "biasa" else "Rahasia",
            "enclosures": "Dua lembar",
            "subject": f"Undangan {meeting.title}",
            "to": to,
            "agency": agency,
            "copies": [f"Kepala {parent.name}"] if parent else [],
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


def salutation(addressee: str, agency: str) -> tuple[str, str]:
    """Whom a letter addresses, in one line or two: the words that end the post and begin
    the agency stand once ("Kepala Badan" of a "Badan Narkotika Nasional")."""
    post, body = addressee.split(), agency.split()
    for shared in range(min(len(post), len(body)), 0, -1):
        if post[-shared:] == body[:shared]:
            return " ".join(post + body[shared:]), ""
    if post == ["Kepala"]:
        return f"Kepala {agency}", ""
    return addressee, agency


def meeting_block(meeting: Meeting) -> dict[str, Any]:
    zone = meeting.office.time_zone
    return {
        "title": meeting.title,
        "kind": meeting.get_kind_display(),
        "theme": meeting.theme,
        "day": day_and_date(meeting.day),
        "time": f"{clock_time(meeting.starts_at, zone)} sampai selesai",
        "venue": place_of(meeting),
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


def place_of(meeting: Meeting) -> str:
    """The venue with its region, unless the venue names it itself ("Anyer" is Anyar)."""
    region = meeting.venue_region
    if region is None:
        return meeting.venue
    names = [region.name, *filter(None, map(str.strip, region.aliases.split(",")))]
    if any(name in meeting.venue for name in names):
        return meeting.venue
    return f"{meeting.venue}, {region}"


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
