"""Ten kinds of people around one office's meetings: who the access table asks as."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from agencies.models import Agency, Office, User
from agencies.tests.factories import (
    AgencyFactory,
    DecreeFactory,
    MembershipFactory,
    OfficeFactory,
    TeamFactory,
    UserFactory,
)
from meetings.models import Invitation, Meeting, Minutes
from meetings.tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    EntryFactory,
    FollowUpFactory,
    InvitationFactory,
    MeetingFactory,
    MinutesFactory,
)

PEOPLE = (
    "anonymous",
    "liaison",
    "stranger",
    "ex_member",
    "officer",
    "other_officer",
    "section_head",
    "chief",
    "administrator",
    "auditor",
)


@dataclass
class World:
    """One office, one meeting whose minutes are being taken, one agency that came."""

    office: Office
    agency: Agency
    meeting: Meeting
    invitation: Invitation
    minutes: Minutes
    people: dict[str, User | None]


def build_world() -> World:
    office = OfficeFactory()
    team = TeamFactory(office=office)
    DecreeFactory(team=team)
    agency = AgencyFactory(keeper=office)
    MembershipFactory(team=team, agency=agency)
    left = MembershipFactory(
        team=team, valid_to=timezone.localdate() - dt.timedelta(days=90)
    )
    people: dict[str, User | None] = {
        "anonymous": None,
        "liaison": UserFactory(liaison=True, agency=agency),
        "stranger": UserFactory(liaison=True),
        "ex_member": UserFactory(liaison=True, agency=left.agency),
        "other_officer": UserFactory(),
    }
    for role in ("officer", "section_head", "chief", "administrator", "auditor"):
        people[role] = UserFactory(agency=office.agency, role=role)
    meeting = MeetingFactory(
        team=team,
        in_session=True,
        created_by=people["officer"],
        chair=people["chief"],
        secretary=people["section_head"],
    )
    invitation = InvitationFactory(meeting=meeting, agency=agency, sent=True)
    AttendanceFactory(invitation=invitation, present=True)
    # The agency that left the team was invited once, to a meeting of its time.
    InvitationFactory(
        meeting=MeetingFactory(
            team=team,
            created_by=people["officer"],
            starts_at=timezone.now() - dt.timedelta(days=200),
        ),
        agency=left.agency,
        sent=True,
    )
    minutes = MinutesFactory(meeting=meeting)
    EntryFactory(
        minutes=minutes, item=AgendaItemFactory(meeting=meeting), agency=agency
    )
    FollowUpFactory(origin=meeting, owner=agency)
    return World(office, agency, meeting, invitation, minutes, people)
