"""Words of their own in the plain fields of meetings: who was not invited reads none."""

from typing import Any

from django.utils import timezone

from agencies.models import Agency
from meetings.models import Attendance, FollowUp, Invitation, Meeting, Minutes
from meetings.services.followups import (
    cancel_follow_up,
    report_progress,
    return_progress,
)
from meetings.tests.factories import (
    FollowUpFactory,
    InvitationFactory,
    MeetingFactory,
)
from timpora.tests import canaries_cases
from timpora.tests.world import World

OFFICE = canaries_cases.OFFICE
SOURCE = {"source"}
LISTED = {"administrator", "auditor"}
INVITED = {"source", "liaison", "away", "link", "away_link"}

CANARIES: dict[str, set[str]] = {
    "kxjudulrapat": OFFICE | INVITED | LISTED,
    "kxtema": OFFICE | INVITED | LISTED,
    "kxtempatrapat": OFFICE | INVITED | LISTED,
    "kxpakaian": OFFICE | INVITED | LISTED,
    "kxpanitia": OFFICE | INVITED | LISTED,
    "kxmintabawa": OFFICE | INVITED | LISTED,
    "kxdasarrapat": OFFICE | INVITED | LISTED,
    "kxacara": OFFICE | INVITED | LISTED,
    "kxpelaksana": OFFICE | INVITED | LISTED,
    "kxbatalrapat": OFFICE | SOURCE | LISTED,
    "kxyth": OFFICE | SOURCE,
    "kxutusan": OFFICE | SOURCE,
    "kxniputusan": OFFICE | SOURCE,
    "kxpangkatutusan": OFFICE | SOURCE,
    "kxjabatanutusan": OFFICE | SOURCE,
    "kxpeserta": OFFICE | SOURCE,
    "kxpangkathadir": OFFICE | SOURCE,
    "kxjabatanhadir": OFFICE | SOURCE,
    "kxtamu": OFFICE | SOURCE,
    "kxpembicara": OFFICE | INVITED,
    "kxpenutup": OFFICE | SOURCE,
    "kxnotulakembali": OFFICE,
    "kxlepas": OFFICE | SOURCE,
    "kxkurang": OFFICE | SOURCE,
}


def plant_meetings(
    base: World,
    people: dict[str, Any],
    *,
    corrected: Meeting,
    reviewed: Meeting,
    drafted: Meeting,
) -> None:
    source = people["source"].agency
    name_meeting(reviewed)
    name_people(reviewed, source)
    minutes = Minutes.objects.filter(meeting=reviewed)
    minutes.update(closing="kxpenutup")
    minutes.get().entries.filter(text="kxbiasa").update(speaker="kxpembicara")
    Minutes.objects.filter(meeting=drafted).update(returned_reason="kxnotulakembali")
    called_off(base, people, source)
    released(people, corrected)


def name_meeting(meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(
        title="kxjudulrapat",
        theme="kxtema",
        venue="kxtempatrapat",
        attire="kxpakaian",
        contact="kxpanitia",
        request="kxmintabawa",
        legal_bases="kxdasarrapat",
    )
    meeting.agenda.update(title="kxacara", presenter="kxpelaksana")


def name_people(meeting: Meeting, agency: Agency) -> None:
    Invitation.objects.filter(meeting=meeting, agency=agency).update(
        addressee="kxyth",
        person="kxutusan",
        person_nip="kxniputusan",
        person_rank="kxpangkatutusan",
        person_post="kxjabatanutusan",
    )
    Attendance.objects.filter(meeting=meeting, agency=agency).update(
        person="kxpeserta",
        person_rank="kxpangkathadir",
        person_post="kxjabatanhadir",
    )
    Attendance.objects.create(
        meeting=meeting,
        agency_text="kxtamu",
        person="Tamu Contoh",
        state=Attendance.State.PRESENT,
        method=Attendance.Method.OFFICER,
        recorded_at=timezone.now(),
    )


def called_off(base: World, people: dict[str, Any], agency: Agency) -> None:
    meeting = MeetingFactory(
        team=base.meeting.team,
        state=Meeting.State.CANCELLED,
        cancel_reason="kxbatalrapat",
        created_by=people["officer"],
    )
    InvitationFactory(meeting=meeting, agency=agency, sent=True)


def released(people: dict[str, Any], meeting: Meeting) -> None:
    """A report that was sent back, and a duty that was taken off."""
    source, officer = people["source"], people["officer"]

    def duty() -> FollowUp:
        return FollowUpFactory(
            origin=meeting, owner=source.agency, classification="rahasia"
        )

    report = report_progress(
        duty(), text="Selesai.", is_final=True, evidence=[], by=source
    )
    return_progress(report, reason="kxkurang", by=officer)
    cancel_follow_up(duty(), reason="kxlepas", by=officer)
