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
AUDITOR = {"auditor"}
# The administrator sees that a meeting is, when and where.
LISTED = AUDITOR | {"administrator"}
LINKS = {"link", "away_link"}
INVITED = {"source", "liaison", "away", *LINKS}
# Printed on a letter or in the paper of approved minutes, which this meeting has not; or
# offered in the form of whoever fills it.
NOWHERE: set[str] = set()

CANARIES: dict[str, set[str]] = {
    "kxjudulrapat": OFFICE | INVITED | LISTED,
    "kxtempatrapat": OFFICE | INVITED | LISTED,
    "kxtema": OFFICE | INVITED | AUDITOR,
    "kxpakaian": OFFICE | INVITED | AUDITOR,
    "kxpanitia": OFFICE | INVITED | AUDITOR,
    "kxmintabawa": OFFICE | INVITED | AUDITOR,
    "kxacara": OFFICE | INVITED | AUDITOR,
    "kxpelaksana": OFFICE | INVITED - LINKS | AUDITOR,
    "kxbatalrapat": OFFICE | SOURCE | AUDITOR,
    "kxdasarrapat": NOWHERE,
    "kxyth": OFFICE,
    "kxutusan": OFFICE | SOURCE,
    "kxniputusan": NOWHERE,
    "kxpangkatutusan": NOWHERE,
    "kxjabatanutusan": NOWHERE,
    "kxpeserta": OFFICE | AUDITOR,
    "kxpangkathadir": NOWHERE,
    "kxjabatanhadir": OFFICE | AUDITOR,
    "kxtamu": OFFICE | AUDITOR,
    "kxpembicara": OFFICE | INVITED - LINKS,
    "kxtutupnotula": NOWHERE,
    "kxnotulakembali": OFFICE,
    # Why something was taken off or sent back stands in the audit too.
    "kxlepas": OFFICE | SOURCE | AUDITOR,
    "kxkurang": OFFICE | SOURCE | AUDITOR,
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
    minutes.update(closing="kxtutupnotula")
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
