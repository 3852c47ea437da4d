"""What the minute-taker sees: who is in the room, what was said, item by item."""

import dataclasses
from collections.abc import Iterable

from django.db.models import QuerySet

from agencies.models import Agency
from meetings.models import AgendaItem, Attendance, Entry, Meeting


@dataclasses.dataclass(frozen=True)
class Tile:
    """An agency that may be given the floor, under its name of the day."""

    pk: int
    name: str
    short_name: str
    came: bool


@dataclasses.dataclass(frozen=True)
class Line:
    """An entry with what only the whole minutes know about it."""

    entry: Entry
    number: int | None
    agency: str
    owner: str
    shows_restricted: bool
    # The question that an answer is about, if the reader may read that too.
    question: str


def agency_tiles(meeting: Meeting) -> list[Tile]:
    """The office first, then who came, then who else was invited."""
    day = meeting.day
    lines = (
        Attendance.objects.filter(meeting=meeting, agency__isnull=False)
        .select_related("agency__type")
        .prefetch_related("agency__names")
        .order_by("agency__type__order", "agency__name", "pk")
    )
    host = meeting.office.agency
    found = {host.pk: Tile(host.pk, host.name_on(day), host.short_name_on(day), True)}
    for line in sorted(lines, key=lambda line: not line.came):
        agency = line.agency
        if agency and agency.pk not in found:
            found[agency.pk] = Tile(
                agency.pk, agency.name_on(day), agency.short_name_on(day), line.came
            )
    return list(found.values())


def speaking_agencies(meeting: Meeting) -> QuerySet[Agency]:
    """The agencies behind ``agency_tiles``, to check an answer against."""
    asked = Attendance.objects.filter(meeting=meeting, agency__isnull=False)
    return Agency.objects.filter(pk__in=asked.values("agency")) | (
        Agency.objects.filter(pk=meeting.office_id)
    )


def attending_people(meeting: Meeting) -> list[str]:
    """Names to pick a speaker from; a guest without an agency with whom they are from."""
    people = Attendance.objects.came().filter(meeting=meeting).exclude(person="")
    return [
        f"{line.person} ({line.agency_text})" if line.agency_text else line.person
        for line in people
    ]


def decision_numbers(entries: Iterable[Entry]) -> dict[int, int]:
    """The number of each decision by key; counted in order, never stored."""
    decisions = (entry for entry in entries if entry.kind == Entry.Kind.DECISION)
    return {entry.pk: number for number, entry in enumerate(decisions, 1)}


def entry_lines(
    entries: QuerySet[Entry],
    meeting: Meeting,
    numbers: dict[int, int],
    *,
    reader: int | None,
) -> list[Line]:
    """Entries ready to be shown. An agency as ``reader`` gets the restricted text of its
    own words only; without one, the office reads."""
    day = meeting.day
    rows = entries.select_related(
        "item", "agency", "owner", "answers"
    ).prefetch_related("agency__names", "owner__names", "shared_with")
    readable = {entry.pk for entry in rows}
    return [
        Line(
            entry,
            numbers.get(entry.pk),
            entry.agency.short_name_on(day) if entry.agency else "",
            entry.owner.short_name_on(day) if entry.owner else "",
            bool(entry.restricted_text) and reader in (None, entry.agency_id),
            entry.answers.text
            if entry.answers and (reader is None or entry.answers_id in readable)
            else "",
        )
        for entry in rows
    ]


def by_item(
    items: Iterable[AgendaItem], lines: list[Line]
) -> list[tuple[AgendaItem, list[Line]]]:
    return [
        (item, [line for line in lines if line.entry.item_id == item.pk])
        for item in items
    ]
