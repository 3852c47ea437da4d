"""Ten kinds of people around one office's meetings: who the access table asks as."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from agencies.models import Agency, AgencyName, Holiday, Office, User
from agencies.tests.factories import (
    AgencyFactory,
    DecreeFactory,
    MembershipFactory,
    OfficeFactory,
    SignerFactory,
    TeamFactory,
    UserFactory,
)
from documents.models import Upload
from documents.services.storing import digest, store
from documents.tests.factories import DocumentVersionFactory
from foreigners.tests.factories import FindingFactory, FindingPersonFactory
from meetings.models import (
    Invitation,
    Material,
    Meeting,
    Minutes,
    OperationPlace,
    Photo,
    Progress,
)
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


def file_with(word: str) -> Upload:
    """A file whose name and content both hold the word."""
    content = f"%PDF-1.7 {word}".encode()
    return Upload.objects.create(
        kind=Upload.Kind.PDF,
        name=f"{word}.pdf",
        mime="application/pdf",
        file=store(content),
        sha256=digest(content),
        size=len(content),
    )


def picture() -> Upload:
    content = b"\x89PNG"
    return Upload.objects.create(
        kind=Upload.Kind.PICTURE,
        name="foto.png",
        mime="image/png",
        file=store(content),
        sha256=digest(content),
        size=len(content),
        width=4,
        height=3,
    )


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


def grow(world: World) -> None:
    """Two more of everything that a page lists, so that each list has three rows."""
    meeting, agency = world.meeting, world.agency
    AgencyName.objects.create(
        agency=agency,
        name="Polres Lama",
        short_name="Polres Lama",
        valid_from=dt.date(2000, 1, 1),
        valid_to=dt.date(2001, 1, 1),
    )
    for number in range(2):
        other = AgencyFactory(keeper=world.office)
        MembershipFactory(team=meeting.team, agency=other)
        UserFactory(liaison=True, agency=other)
        TeamFactory(office=world.office)
        DecreeFactory(team=meeting.team)
        SignerFactory(office=world.office)
        Holiday.objects.create(date=dt.date(2026, 5, number + 1), name="Libur")
        paper = DocumentVersionFactory(document__office=world.office, ready=True)
        paper.document.readers.add(agency)
        invited = MeetingFactory(
            team=meeting.team,
            created_by=world.people["officer"],
            state=Meeting.State.INVITED,
        )
        for invitee in (agency, other):
            AttendanceFactory(
                invitation=InvitationFactory(meeting=invited, agency=invitee, sent=True)
            )
        AttendanceFactory(
            invitation=InvitationFactory(meeting=meeting, agency=other, sent=True),
            present=True,
        )
        EntryFactory(
            minutes=world.minutes,
            item=AgendaItemFactory(meeting=meeting),
            agency=other,
            owner=agency,
            order=number + 1,
        )
        upload = picture()
        Photo.objects.create(meeting=meeting, upload=upload, caption="Foto")
        Material.objects.create(item=meeting.agenda.first(), upload=upload)
        duty = FollowUpFactory(
            origin=meeting,
            owner=agency,
            due_on=timezone.localdate() - dt.timedelta(days=1),
        )
        Progress.objects.create(
            follow_up=duty, text="Sebagian.", reported_by=world.people["liaison"]
        )
        finding = FindingFactory(
            office=world.office, reporter=agency, created_by=world.people["liaison"]
        )
        finding.files.add(upload)
        FindingPersonFactory(finding=finding)
        place = OperationPlace.objects.create(
            meeting=meeting, order=number + 2, place=f"Tempat {number}"
        )
        place.photos.add(upload)
        place.findings.add(finding)
