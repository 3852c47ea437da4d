"""The rundown of a meeting: add, change, move and remove its items while it is planned."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from meetings.models import AgendaItem, Meeting
from timpora.errors import DomainError

Kind = AgendaItem.Kind

# Domain 3.1: the course of such a meeting as practised.
USUAL = (
    (Kind.OPENING, "Sambutan dan pembukaan", 20),
    (Kind.PRESENTATION, "Pemaparan materi", 60),
    (Kind.QUESTIONS, "Tanya jawab", 40),
    (Kind.EXCHANGE, "Pertukaran informasi antarpeserta", 60),
    (Kind.CONCLUSION, "Kesimpulan dan rekomendasi", 20),
)


class AgendaLocked(DomainError):
    pass


class ItemInUse(DomainError):
    pass


def usual_agenda() -> list[dict[str, Any]]:
    return [
        {"kind": kind, "title": title, "presenter": "", "minutes": minutes}
        for kind, title, minutes in USUAL
    ]


def agenda_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The items as plain rows, without those that point to the meeting before."""
    items = meeting.agenda.exclude(kind__in=[Kind.CARRIED, Kind.LAST_MINUTES])
    return [dict(row) for row in items.values("kind", "title", "presenter", "minutes")]


def following_agenda(meeting: Meeting) -> list[dict[str, Any]]:
    """The next meeting's items: what is still owed, the last minutes, then as before."""
    first = [
        {
            "kind": Kind.CARRIED,
            "title": _("Tindak lanjut rapat lalu"),
            "presenter": "",
            "minutes": 20,
        },
        {
            "kind": Kind.LAST_MINUTES,
            "title": _("Pengesahan notula rapat lalu"),
            "presenter": "",
            "minutes": 10,
        },
    ]
    return first + (agenda_of(meeting) or usual_agenda())


def write_agenda(meeting: Meeting, rows: list[dict[str, Any]]) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, order=order, **row)
        for order, row in enumerate(rows, start=1)
    )


def require_open_agenda(meeting: Meeting) -> None:
    """The rundown stands once the minutes go out for review."""
    if meeting.state not in {
        Meeting.State.DRAFT,
        Meeting.State.INVITED,
        Meeting.State.IN_SESSION,
        Meeting.State.MINUTES,
    }:
        raise AgendaLocked(_("Susunan acara rapat ini sudah tidak dapat diubah."))


@transaction.atomic
def add_item(meeting: Meeting, *, by: User, **fields: Any) -> AgendaItem:
    require_open_agenda(meeting)
    last = meeting.agenda.aggregate(last=Max("order"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, order=last + 1, **fields)
    note(meeting, by, item, "added")
    return item


@transaction.atomic
def change_item(item: AgendaItem, *, by: User, **fields: Any) -> None:
    require_open_agenda(item.meeting)
    AgendaItem.objects.filter(pk=item.pk).update(**fields)
    note(item.meeting, by, item, "changed")


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User) -> None:
    """Take an item out, unless something was said or shown under it."""
    require_open_agenda(item.meeting)
    if item.entries.exists() or item.materials.exists():
        raise ItemInUse(
            _("Mata acara ini sudah memuat butir notula atau bahan; pindahkan dulu.")
        )
    note(item.meeting, by, item, "removed")
    item.delete()


@transaction.atomic
def move_item(item: AgendaItem, *, steps: int, by: User) -> None:
    """Move an item up (-1) or down (+1); at the edge it stays."""
    require_open_agenda(item.meeting)
    items = list(item.meeting.agenda.all())
    place = items.index(item)
    target = min(max(place + steps, 0), len(items) - 1)
    items.insert(target, items.pop(place))
    for order, row in enumerate(items, start=1):
        row.order = order
    AgendaItem.objects.bulk_update(items, ["order"])
    note(item.meeting, by, item, "moved")


def note(meeting: Meeting, by: User, item: AgendaItem, act: str) -> None:
    record(
        by,
        "meetings.edit_agenda",
        meeting,
        office_id=meeting.office_id,
        act=act,
        item=item.title,
    )
