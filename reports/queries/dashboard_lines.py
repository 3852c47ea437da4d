"""What the list behind a number says of each row: subject, detail, day and address."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from foreigners.models import Case, CaseEvent, Clock, Finding, Measure, Order
from foreigners.queries.findings import status_of
from foreigners.services.transitions import TRANSITIONS
from meetings.models import FollowUp, Invitation, Meeting


@dataclass(frozen=True)
class Line:
    """One row behind a number."""

    title: str
    detail: str
    day: dt.date | None
    url: str


def of_meeting(meeting: Meeting) -> Line:
    return Line(
        meeting.title,
        str(meeting.get_kind_display()),
        timezone.localdate(meeting.starts_at),
        meeting.get_absolute_url(),
    )


def of_invitation(invitation: Invitation) -> Line:
    attendance = getattr(invitation, "attendance", None)
    state = str(attendance.get_state_display()) if attendance else _("Belum diketahui")
    meeting = invitation.meeting
    return Line(
        meeting.title,
        f"{invitation.agency}: {state}",
        timezone.localdate(meeting.starts_at),
        meeting.get_absolute_url(),
    )


def of_follow_up(follow_up: FollowUp) -> Line:
    return Line(
        follow_up.text,
        f"{follow_up.owner}: {follow_up.get_state_display()}",
        follow_up.due_on,
        follow_up.get_absolute_url(),
    )


def of_finding(finding: Finding) -> Line:
    return Line(
        str(finding),
        f"{finding.reporter}: {finding.get_state_display()}",
        finding.reported_on,
        finding.get_absolute_url(),
    )


def of_own_finding(finding: Finding) -> Line:
    return Line(
        str(finding),
        str(status_of(finding).label),
        finding.reported_on,
        finding.get_absolute_url(),
    )


def of_case(case: Case) -> Line:
    return Line(
        f"{case.number}: {case.title}",
        f"{case.get_state_display()}, {case.responsible}",
        case.registered_on,
        case.get_absolute_url(),
    )


def of_clock(clock: Clock) -> Line:
    return Line(
        f"{clock.case.number}: {clock.rule}",
        str(clock.case.responsible),
        clock.due_on,
        clock.case.get_absolute_url(),
    )


def of_measure(measure: Measure) -> Line:
    return Line(
        f"{measure.case.number}: {measure.kind}",
        str(measure.get_state_display()),
        measure.decided_on,
        measure.get_absolute_url(),
    )


def of_order(order: Order) -> Line:
    return Line(
        order.case.number,
        str(Order.Standing(order.standing).label),  # type: ignore[attr-defined]
        order.check_on,
        order.case.get_absolute_url(),
    )


def of_event(event: CaseEvent) -> Line:
    step = TRANSITIONS.get(event.action)
    return Line(
        f"{event.case.number}: {step.title if step else event.action}",
        str(event.by or ""),
        timezone.localdate(event.at),
        event.get_absolute_url(),
    )
