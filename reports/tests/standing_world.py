"""An office of which there are ``rows`` of everything that a dashboard counts."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from agencies.models import Agency, Office, Region, User
from agencies.tests.factories import (
    AgencyFactory,
    OfficeFactory,
    RegionFactory,
    TeamFactory,
    UserFactory,
)
from foreigners.models import (
    Case,
    CaseEvent,
    Clock,
    ClockRule,
    Finding,
    Hold,
    Order,
    Pause,
)
from foreigners.tests.factories import (
    CaseFactory,
    FindingFactory,
    MeasureFactory,
    proof,
)
from meetings.models import Attendance, FollowUp, Meeting
from meetings.tests.factories import (
    AttendanceFactory,
    FollowUpFactory,
    InvitationFactory,
    MeetingFactory,
)
from reports.models import Target

DISTRICT = "36.72.06"
DAY = dt.timedelta(days=1)


@dataclass
class Standing:
    office: Office
    agency: Agency
    chief: User
    officer: User
    liaison: User


def build_standing(rows: int = 1) -> Standing:
    city = RegionFactory()
    district = RegionFactory(
        code=DISTRICT, name="Gerogol", level=Region.Level.DISTRICT, parent=city
    )
    office = OfficeFactory()
    office.work_regions.add(city)
    agency = AgencyFactory(keeper=office)
    people = {
        role: UserFactory(agency=office.agency, role=role)
        for role in (User.Role.CHIEF, User.Role.OFFICER)
    }
    standing = Standing(
        office,
        agency,
        people[User.Role.CHIEF],
        people[User.Role.OFFICER],
        UserFactory(liaison=True, agency=agency),
    )
    Target.objects.create(
        office=office,
        year=timezone.localdate().year,
        measures=53,
        set_on=timezone.localdate(),
        ground="Perjanjian kinerja",
    )
    for _number in range(rows):
        held(standing)
        seen(standing, district)
        worked(standing, district)
    return standing


def held(standing: Standing) -> Meeting:
    """A meeting of an hour ago: one agency came, one is unknown; a duty is late."""
    start = timezone.now() - dt.timedelta(hours=1)
    meeting = MeetingFactory(
        team=TeamFactory(office=standing.office, regions=[]),
        state=Meeting.State.MINUTES,
        starts_at=start,
        created_by=standing.officer,
        chair=standing.chief,
    )
    AttendanceFactory(
        invitation=InvitationFactory(
            meeting=meeting, agency=standing.agency, sent=True
        ),
        present=True,
    )
    AttendanceFactory(
        invitation=InvitationFactory(
            meeting=meeting, agency=AgencyFactory(keeper=standing.office), sent=True
        ),
        state=Attendance.State.UNKNOWN,
    )
    FollowUpFactory(
        origin=meeting, owner=standing.agency, due_on=timezone.localdate() - DAY
    )
    FollowUpFactory(
        origin=meeting,
        owner=standing.agency,
        due_on=timezone.localdate(),
        state=FollowUp.State.DONE,
        done_on=timezone.localdate(),
    )
    return meeting


def seen(standing: Standing, district: Region) -> None:
    fields = {
        "office": standing.office,
        "reporter": standing.agency,
        "region": district,
        "created_by": standing.liaison,
    }
    FindingFactory(**fields)
    FindingFactory(
        **fields,
        state=Finding.State.ACCEPTED,
        case=CaseFactory(
            office=standing.office,
            responsible=standing.officer,
            state=Case.State.CLOSED,
        ),
    )


def worked(standing: Standing, district: Region) -> Case:
    """A case under examination with everything that the lawfulness board counts."""
    now, today = timezone.now(), timezone.localdate()
    case = CaseFactory(
        office=standing.office,
        responsible=standing.officer,
        region=district,
        state=Case.State.EXAMINATION,
    )
    CaseEvent.objects.create(
        case=case,
        action="examine",
        from_state=Case.State.REPORTED,
        to_state=Case.State.EXAMINATION,
        reason="Langkah uji.",
        receipt={},
        receipt_sha256="0" * 64,
        at=now,
        by=standing.officer,
        is_override=True,
    )
    Hold.objects.create(
        case=case, kind=Hold.Kind.AGENCY, ground="x", since=now, by=standing.officer
    )
    rule, _made = ClockRule.objects.get_or_create(
        code="verification",
        defaults={"name": "Verifikasi", "length": 3, "unit": "hari", "source": "uji"},
    )
    clock = Clock.objects.create(
        case=case, rule=rule, started_on=today - 5 * DAY, due_on=today - DAY
    )
    Pause.objects.create(clock=clock, since=today, ground="x", by=standing.officer)
    Order.objects.create(
        case=case,
        exception=Order.Exemption.CAUGHT,
        task="Periksa.",
        place="Mes",
        check_on=today,
        created_by=standing.officer,
    )
    MeasureFactory(case=case, decided=True, decided_on=today)
    MeasureFactory(
        case=case,
        served=True,
        decided_on=today,
        served_on=today,
        execution="penuh",
        executed_on=today,
        execution_proof=proof(),
        executed_early=True,
        early_execution_reason="Pilihan tertulis.",
    )
    return case
