"""Who came: the lines of a sheet in the order of the paper, and their sums."""

import dataclasses
from collections import Counter

from django.db.models import Count

from documents.models import DocumentVersion
from meetings.models import Attendance, Invitation, Meeting

State = Attendance.State


@dataclasses.dataclass(frozen=True)
class Line:
    """A line of the sheet with what only the whole sheet knows about it."""

    attendance: Attendance
    body: str
    is_member: bool
    number: int


@dataclasses.dataclass(frozen=True)
class Tally:
    """How many lines stand in each state; unknown is a number of its own."""

    present: int = 0
    represented: int = 0
    excused: int = 0
    absent: int = 0
    unknown: int = 0

    @property
    def came(self) -> int:
        return self.present + self.represented

    @property
    def total(self) -> int:
        return self.came + self.excused + self.absent + self.unknown


@dataclasses.dataclass(frozen=True)
class Counts:
    """Members by decree apart from guests; people are the heads in the room."""

    members: Tally
    guests: Tally
    walk_ins: int
    people: int
    left: int

    @property
    def unknown(self) -> int:
        return self.members.unknown + self.guests.unknown


def sheet_lines(meeting: Meeting) -> list[Line]:
    """Members, then guests; whoever came besides stands under their own agency."""
    rows = list(meeting.attendances.for_list())
    for row in rows:
        row.meeting = meeting
    roles = {row.agency_id: row.invitation.role for row in rows if row.invitation}
    day = meeting.day

    def is_member(row: Attendance) -> bool:
        return roles.get(row.agency_id) == Invitation.Role.MEMBER

    def place(row: Attendance) -> tuple[bool, bool, int, str, int | None, bool, int]:
        return (
            not is_member(row),
            row.agency_id not in roles,
            row.agency.type.order if row.agency else 0,
            row.body_on(day),
            row.agency_id,
            row.is_walk_in,
            row.pk,
        )

    return [
        Line(row, row.body_on(day), is_member(row), number)
        for number, row in enumerate(sorted(rows, key=place), start=1)
    ]


def count_attendance(meeting: Meeting) -> Counts:
    groups = (
        meeting.attendances.order_by()
        .values_list("invitation__role", "state")
        .annotate(lines=Count("pk"), left=Count("left_at"))
    )
    members: Counter[str] = Counter()
    guests: Counter[str] = Counter()
    walk_ins = people = left = 0
    for role, state, lines, gone in groups:
        if state in Attendance.CAME:
            people += lines
            left += gone
        if role == Invitation.Role.MEMBER:
            members[state] += lines
        elif role is not None:
            guests[state] += lines
        elif state in Attendance.CAME:
            walk_ins += lines
    return Counts(_tally(members), _tally(guests), walk_ins, people, left)


def sheet_papers(meeting: Meeting) -> list[DocumentVersion]:
    """The daftar hadir that was printed last, blank and filled."""
    return list(
        DocumentVersion.objects.filter(
            document__in=meeting.attendance_sheets.values("document"),
            superseded_at=None,
        )
        .select_related("document")
        .defer("snapshot")
        .order_by("-document__kind")
    )


def _tally(by_state: Counter[str]) -> Tally:
    return Tally(
        present=by_state[State.PRESENT],
        represented=by_state[State.REPRESENTED],
        excused=by_state[State.EXCUSED],
        absent=by_state[State.ABSENT],
        unknown=by_state[State.UNKNOWN],
    )
