"""What minutes lack before agencies may review them or the chief may lock them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import AgendaItem, Attendance, Entry, Minutes, Objection
from timpora.errors import DomainError

# Speeches need no entry, and the follow-up table itself fills the item of carried ones.
MAY_BE_EMPTY = (AgendaItem.Kind.OPENING, AgendaItem.Kind.CARRIED)
NEEDS_OWNER = (Entry.Kind.DECISION, Entry.Kind.FOLLOW_UP)


class MinutesIncomplete(DomainError):
    pass


@dataclass(frozen=True)
class Flaw:
    """One thing that is missing: a sentence, where to mend it, whether it blocks."""

    text: str
    page: str
    args: tuple[int, ...]
    place: str = ""
    blocks: bool = True

    @property
    def url(self) -> str:
        return reverse(f"meetings:{self.page}", args=self.args) + self.place


def missing(minutes: Minutes) -> list[Flaw]:
    """Everything that the minutes lack, in the order in which one would mend it."""
    entries = list(minutes.entries.select_related("item"))
    return [
        *_attendance_flaws(minutes),
        *_item_flaws(minutes, {entry.item_id for entry in entries}),
        *_entry_flaws(minutes, entries),
        *_objection_flaws(minutes),
    ]


def refuse_incomplete(minutes: Minutes) -> None:
    """Raise with the first flaw that blocks; warnings let pass."""
    blocking = [flaw for flaw in missing(minutes) if flaw.blocks]
    if blocking:
        others = len(blocking) - 1
        more = _(" (dan %(count)d hal lain)") % {"count": others} if others else ""
        raise MinutesIncomplete(
            _("Notula belum lengkap: %(flaw)s%(more)s")
            % {"flaw": blocking[0].text, "more": more}
        )


def _attendance_flaws(minutes: Minutes) -> Iterable[Flaw]:
    sheet = list(
        Attendance.objects.filter(meeting=minutes.meeting_id).select_related("agency")
    )
    unknown = [str(line.agency or line.agency_text) for line in sheet if not line.state]
    if unknown:
        yield Flaw(
            _("Kehadiran belum diketahui: %(agencies)s.")
            % {"agencies": ", ".join(unknown)},
            "attendance",
            (minutes.meeting_id,),
        )
    if not any(line.came for line in sheet):
        yield Flaw(
            _("Tidak ada satu pun instansi yang tercatat hadir."),
            "attendance",
            (minutes.meeting_id,),
        )


def _item_flaws(minutes: Minutes, spoken_about: set[int]) -> Iterable[Flaw]:
    items = AgendaItem.objects.filter(meeting=minutes.meeting_id).annotate(
        files=Count("materials")
    )
    for item in items:
        # A presentation whose slides are attached speaks for itself.
        if item.pk in spoken_about or item.files or item.kind in MAY_BE_EMPTY:
            continue
        yield Flaw(
            _("Mata acara “%(item)s” belum berisi apa pun.") % {"item": item.title},
            "minutes",
            (minutes.meeting_id,),
            f"?acara={item.pk}",
        )


def _entry_flaws(minutes: Minutes, entries: list[Entry]) -> Iterable[Flaw]:
    answered = {entry.answers_id for entry in entries}
    number = 0
    for entry in entries:
        number += entry.kind == Entry.Kind.DECISION
        label = _label(entry, number)
        for sentence in _lacks(entry):
            yield Flaw(
                sentence % {"entry": label},
                "minutes",
                (minutes.meeting_id,),
                f"?acara={entry.item_id}&ubah={entry.key}",
            )
        if entry.kind == Entry.Kind.QUESTION and entry.pk not in answered:
            yield Flaw(
                _("%(entry)s belum dijawab.") % {"entry": label},
                "minutes",
                (minutes.meeting_id,),
                f"?acara={entry.item_id}&ubah={entry.key}",
                blocks=False,
            )


def _lacks(entry: Entry) -> Iterable[str]:
    if not entry.text.strip():
        yield _("%(entry)s tidak berisi uraian.")
    if entry.kind in NEEDS_OWNER and entry.owner_id is None:
        yield _("%(entry)s belum mempunyai penanggung jawab.")
    if entry.kind == Entry.Kind.FOLLOW_UP and entry.due_on is None:
        yield _("%(entry)s belum mempunyai tenggat.")
    if entry.kind == Entry.Kind.FINDING and entry.agency_id is None:
        yield _("%(entry)s belum menyebut instansi pelapor.")


def _objection_flaws(minutes: Minutes) -> Iterable[Flaw]:
    unsettled = Objection.objects.filter(
        entry__minutes=minutes.pk, settled_at=None
    ).select_related("agency")
    for objection in unsettled:
        yield Flaw(
            _("Keberatan %(agency)s belum diselesaikan.")
            % {"agency": objection.agency},
            "settle",
            (minutes.meeting_id, objection.pk),
        )


def _label(entry: Entry, decision_number: int) -> str:
    """Names the entry without quoting it: the sentence may stand in a message."""
    name = entry.get_kind_display()
    if entry.kind == Entry.Kind.DECISION:
        name = f"{name} {decision_number}"
    return _("%(kind)s pada acara “%(item)s”") % {
        "kind": name,
        "item": entry.item.title,
    }
