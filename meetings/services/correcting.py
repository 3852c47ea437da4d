"""Correct approved minutes: a new version with a reason; the old one stays as it was."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from meetings.models import Entry, Meeting, Minutes
from meetings.services.minutes_snapshot import Audience, Json, minutes_sections
from timpora.errors import DomainError


class NothingToCorrect(DomainError):
    pass


@transaction.atomic
def start_correction(meeting: Meeting, *, reason: str, by: User) -> Minutes:
    """Copy the approved minutes into a draft of the next version; the meeting and its
    papers stay as they are until the chief approves it."""
    approved = meeting.current_minutes
    if approved is None or not approved.is_locked:
        raise NothingToCorrect(
            _("Belum ada notula yang disahkan, atau perbaikannya sudah berjalan.")
        )
    # The unique version settles a race: the later of two clicks makes nothing.
    minutes, created = Minutes.objects.get_or_create(
        meeting=meeting,
        version=approved.version + 1,
        defaults={"reason": reason, "closing": approved.closing},
    )
    if not created:
        raise NothingToCorrect(_("Perbaikan notula ini sudah berjalan."))
    _copy_entries(approved, minutes)
    record(
        by,
        "meetings.start_correction",
        minutes,
        office_id=meeting.office_id,
        reason=reason,
        version=minutes.version,
    )
    return minutes


def _copy_entries(source: Minutes, target: Minutes) -> None:
    originals = list(source.entries.all())
    copied = (
        "item_id", "key", "order", "kind", "agency_id", "speaker", "text",
        "restricted_text", "classification", "owner_id", "due_on", "created_by_id",
    )  # fmt: skip
    Entry.objects.bulk_create(
        Entry(minutes=target, **{name: getattr(entry, name) for name in copied})
        for entry in originals
    )
    copies = {entry.key: entry for entry in target.entries.all()}
    keys = {entry.pk: entry.key for entry in originals}
    answers = []
    for entry in originals:
        if entry.answers_id is not None:
            copy = copies[entry.key]
            copy.answers = copies[keys[entry.answers_id]]
            answers.append(copy)
    Entry.objects.bulk_update(answers, ["answers"])
    _copy_readers(copies, keys)


def _copy_readers(copies: dict[Any, Entry], keys: dict[int, Any]) -> None:
    readers = Entry.shared_with.through.objects
    readers.bulk_create(
        Entry.shared_with.through(
            entry_id=copies[keys[row.entry_id]].pk, agency_id=row.agency_id
        )
        for row in readers.filter(entry__in=list(keys))
    )


@transaction.atomic
def drop_correction(minutes: Minutes, *, by: User) -> None:
    """Give up a correction that is still a draft: the approved version stays in force."""
    # The no-op UPDATE takes the row lock: nobody opens the review meanwhile.
    held = Minutes.objects.filter(
        pk=minutes.pk, state=Minutes.State.DRAFT, version__gt=1
    ).update(state=Minutes.State.DRAFT)
    if not held:
        raise NothingToCorrect(
            _("Hanya perbaikan yang masih disusun yang dapat dibatalkan.")
        )
    record(
        by,
        "meetings.drop_correction",
        minutes,
        office_id=minutes.meeting.office_id,
        reason=minutes.reason,
        version=minutes.version,
        entries=minutes.entries.count(),
    )
    minutes.delete()


@dataclass(frozen=True)
class Piece:
    """Some words of a text: kept, taken away or added."""

    text: str
    change: str = ""


@dataclass
class Change:
    """One entry in two versions; ``kind`` says what happened to it."""

    kind: str
    entry: Json
    pieces: list[Piece] = field(default_factory=list)
    fields: list[tuple[str, str, str]] = field(default_factory=list)


def entries_of(minutes: Minutes, *, with_restricted: bool) -> dict[str, Json]:
    """The entries by key, from the frozen papers once there are any."""
    if not minutes.circulation:
        audience = Audience.OFFICE if with_restricted else Audience.CIRCULATION
        return _by_key(minutes_sections(minutes, audience=audience))
    entries = _by_key(minutes.circulation.snapshot["sections"])
    if with_restricted and minutes.restricted:
        entries |= _by_key(minutes.restricted.snapshot["sections"])
    return entries


def _by_key(sections: list[Json]) -> dict[str, Json]:
    flat: dict[str, Json] = {}
    for section in sections:
        for entry in section["entries"]:
            flat[entry["key"]] = entry
            flat |= {answer["key"]: answer for answer in entry["answers"]}
    return flat


def differences(old: dict[str, Json], new: dict[str, Json]) -> list[Change]:
    """What changed, in the order of the new version; what was dropped comes last."""
    changes = []
    for key, entry in new.items():
        if key not in old:
            changes.append(Change("added", entry, [Piece(entry["text"], "added")]))
            continue
        fields = list(_changed_fields(old[key], entry))
        if fields or old[key]["text"] != entry["text"]:
            pieces = list(word_changes(old[key]["text"], entry["text"]))
            changes.append(Change("changed", entry, pieces, fields))
    for key, entry in old.items():
        if key not in new:
            changes.append(Change("removed", entry, [Piece(entry["text"], "removed")]))
    return changes


def _changed_fields(old: Json, new: Json) -> Iterator[tuple[str, str, str]]:
    labels = {
        "restricted_text": _("Keterangan terbatas"),
        "kind_label": _("Jenis"),
        "agency": _("Instansi"),
        "speaker": _("Pembicara"),
        "owner": _("Penanggung jawab"),
        "due": _("Tenggat"),
        "classification_label": _("Klasifikasi"),
        "item": _("Mata acara"),
    }
    for name, label in labels.items():
        if old[name] != new[name]:
            yield label, old[name], new[name]


def word_changes(old: str, new: str) -> Iterator[Piece]:
    """Both texts word by word, so that a reader sees the one figure that moved."""
    before, after = re.findall(r"\S+\s*|\s+", old), re.findall(r"\S+\s*|\s+", new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for step, start, end, new_start, new_end in matcher.get_opcodes():
        if step == "equal":
            yield Piece("".join(before[start:end]))
            continue
        if end > start:
            yield Piece("".join(before[start:end]), "removed")
        if new_end > new_start:
            yield Piece("".join(after[new_start:new_end]), "added")
