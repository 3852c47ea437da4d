"""Writing the minutes entry by entry: nobody overwrites anybody, nothing counts twice."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.services import audit
from meetings.models import AgendaItem, Entry, Minutes
from timpora.errors import DomainError


class MinutesClosed(DomainError):
    pass


class EntryChanged(DomainError):
    """Somebody else saved first; the caller shows both texts."""


class EntryGone(DomainError):
    pass


class EntryContested(DomainError):
    pass


class WrongMeeting(DomainError):
    pass


@dataclasses.dataclass(frozen=True)
class Said:
    """What an entry says. ``shared_with`` only matters for *rahasia*."""

    item: AgendaItem
    kind: str
    text: str
    agency: Agency | None = None
    speaker: str = ""
    restricted_text: str = ""
    classification: str = "biasa"
    answers: Entry | None = None
    owner: Agency | None = None
    due_on: dt.date | None = None
    shared_with: frozenset[Agency] = frozenset()

    @property
    def columns(self) -> dict[str, Any]:
        values = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        del values["shared_with"]
        return values

    def is_what(self, entry: Entry) -> bool:
        return all(
            getattr(entry, name) == value for name, value in self.columns.items()
        ) and self.shared_with == set(entry.shared_with.all())


@transaction.atomic
def save_entry(
    minutes: Minutes, *, key: uuid.UUID, revision: int, said: Said, by: User
) -> Entry:
    """Write the entry called ``key``, exactly as it stood at ``revision``; 0 is new.

    The same request sent twice, because an answer got lost, counts once.
    """
    require_open(minutes)
    _require_own(minutes, said)
    entry = Entry.objects.filter(minutes=minutes, key=key).first()
    if entry is None:
        if revision:
            raise EntryGone(_("Butir ini sudah dihapus orang lain."))
        return _create(minutes, key, said, by)
    if said.is_what(entry):
        return entry
    if revision == 0 and entry.created_by_id == by.pk:
        # The answer to the creation was lost and the author typed on.
        revision = 1
    return _change(minutes, entry, revision, said, by)


@transaction.atomic
def delete_entry(minutes: Minutes, entry: Entry, *, revision: int, by: User) -> None:
    """Take an entry out of the draft, as it stood at ``revision``."""
    require_open(minutes)
    if entry.objections.exists():
        raise EntryContested(
            _("Butir ini pernah disanggah. Ubah isinya; jangan dihapus.")
        )
    audit.record(
        by,
        "meetings.delete_entry",
        entry,
        office_id=minutes.meeting.office_id,
        key=str(entry.key),
        kind=entry.kind,
    )
    gone = Entry.objects.filter(pk=entry.pk, minutes=minutes, revision=revision)
    if not gone.delete()[0]:
        raise EntryChanged(_("Butir ini sudah diubah orang lain. Periksa lagi."))
    _touch(minutes)


@transaction.atomic
def move_entry(minutes: Minutes, entry: Entry, *, up: bool, by: User) -> None:
    """Swap an entry with its neighbour under the same item; at the edge it stays."""
    require_open(minutes)
    rows = list(Entry.objects.filter(minutes=minutes, item=entry.item_id))
    place = next(i for i, row in enumerate(rows) if row.pk == entry.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, 1):
        row.order = order
    Entry.objects.bulk_update(rows, ["order"])
    _touch(minutes)
    audit.record(
        by,
        "meetings.move_entry",
        entry,
        office_id=minutes.meeting.office_id,
        key=str(entry.key),
        up=up,
    )


def require_open(minutes: Minutes) -> None:
    """Refuse unless the minutes are a draft; the UPDATE keeps them so until commit."""
    held = Minutes.objects.filter(pk=minutes.pk).taking_entries()
    if not held.update(state=F("state")):
        minutes.refresh_from_db(fields=["state"])
        raise MinutesClosed(
            _("Notula tidak dapat diubah: notula berstatus “%(state)s”.")
            % {"state": minutes.get_state_display()}
        )


def _require_own(minutes: Minutes, said: Said) -> None:
    if said.item.meeting_id != minutes.meeting_id:
        raise WrongMeeting(_("Mata acara ini bukan dari rapat ini."))
    if said.answers and said.answers.minutes_id != minutes.pk:
        raise WrongMeeting(_("Pertanyaan ini bukan dari notula ini."))


def _create(minutes: Minutes, key: uuid.UUID, said: Said, by: User) -> Entry:
    last = Entry.objects.filter(minutes=minutes, item=said.item).aggregate(
        last=Max("order", default=0)
    )["last"]
    entry = Entry.objects.create(
        minutes=minutes,
        key=key,
        order=last + 1,
        created_by=by,
        edited_by=by,
        **said.columns,
    )
    entry.shared_with.set(said.shared_with)
    _finish(minutes, entry, by, "meetings.add_entry")
    return entry


def _change(
    minutes: Minutes, entry: Entry, revision: int, said: Said, by: User
) -> Entry:
    won = Entry.objects.filter(pk=entry.pk, revision=revision).update(
        **said.columns, edited_by=by, revision=F("revision") + 1
    )
    if not won:
        raise EntryChanged(
            _("Butir ini sudah diubah orang lain sejak Anda membukanya.")
        )
    if said.kind != Entry.Kind.QUESTION:
        entry.replies.update(answers=None)
    entry.shared_with.set(said.shared_with)
    entry.refresh_from_db()
    _finish(minutes, entry, by, "meetings.edit_entry")
    return entry


def _finish(minutes: Minutes, entry: Entry, by: User, verb: str) -> None:
    _touch(minutes)
    audit.record(
        by,
        verb,
        entry,
        office_id=minutes.meeting.office_id,
        key=str(entry.key),
        revision=entry.revision,
        kind=entry.kind,
        classification=entry.classification,
    )


def _touch(minutes: Minutes) -> None:
    """Nobody approves a text that they have not read."""
    Minutes.objects.filter(pk=minutes.pk).update(revision=F("revision") + 1)
    minutes.refresh_from_db(fields=["revision"])
