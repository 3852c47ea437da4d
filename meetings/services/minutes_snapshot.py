"""What minutes say, as plain JSON for one audience: the screen and the papers read this.

Built once and frozen with the paper, so that screen and PDF can't drift and a rendering
never meets live data.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import Agency, Team, User
from documents.models import Classification
from meetings.models import (
    AgendaItem,
    Attendance,
    Consent,
    Entry,
    Meeting,
    Minutes,
    Photo,
)
from meetings.queries.minutes import decision_numbers
from meetings.services.carried import carried_follow_ups
from timpora.dates import clock_time, day_and_date, long_date

Json = dict[str, Any]


class Audience(StrEnum):
    """Who will read: the agencies, the office's restricted annex, or the office itself."""

    CIRCULATION = "sirkulasi"
    ANNEX = "lampiran_terbatas"
    OFFICE = "kantor"

    def carries(self, entry: Entry) -> bool:
        restricted = entry.classification != Classification.OPEN
        if self is Audience.CIRCULATION:
            return not restricted
        if self is Audience.ANNEX:
            return restricted or bool(entry.restricted_text)
        return True

    @property
    def is_restricted(self) -> bool:
        """May carry names of foreigners and intelligence remarks."""
        return self is not Audience.CIRCULATION


def minutes_snapshot(minutes: Minutes, *, audience: Audience) -> Json:
    """Everything that ``audience`` may read of the minutes, in a constant number of
    queries; what was left out is counted, never named."""
    meeting = Meeting.objects.select_related(
        "office__agency", "team", "venue_region", "chair", "secretary", "minute_taker"
    ).get(pk=minutes.meeting_id)
    entries = _entries(minutes, meeting.day)
    carried = [entry for entry in entries if audience.carries(entry["_entry"])]
    withheld = _withheld(entries, audience)
    items = list(meeting.agenda.all())
    sections = _sections(items, carried, withheld, audience)
    snapshot = {
        "audience": audience.value,
        "version": minutes.version,
        "correction_reason": minutes.reason,
        "meeting": _head(meeting),
        "people": _people(meeting),
        "agenda": [item.title for item in items],
        "attendance": _attendance(meeting),
        "decisions": [entry for entry in carried if entry["kind"] == "keputusan"],
        "follow_ups": [entry for entry in carried if entry["is_owed"]],
        "carried": carried_follow_ups(meeting, with_restricted=audience.is_restricted),
        "sections": sections,
        "withheld": sum(withheld.values()),
        "photos": _photos(meeting),
        "closing": minutes.closing,
        "consents": _consents(minutes, meeting.day),
    }
    for entry in entries:
        del entry["_entry"], entry["_item"], entry["_answers"]
    return snapshot


def minutes_sections(minutes: Minutes, *, audience: Audience) -> list[Json]:
    """Only what was said, item by item, as ``audience`` may read it."""
    meeting = minutes.meeting
    entries = _entries(minutes, meeting.day)
    carried = [entry for entry in entries if audience.carries(entry["_entry"])]
    withheld = _withheld(entries, audience)
    return _sections(list(meeting.agenda.all()), carried, withheld, audience)


def _head(meeting: Meeting) -> Json:
    zone = meeting.office.time_zone

    def clock(moment: dt.datetime | None) -> str:
        return clock_time(moment, zone) if moment else ""

    return {
        "title": meeting.title,
        "theme": meeting.theme,
        "kind": str(meeting.get_kind_display()),
        "level": str(Team.Level(meeting.level).label),
        "team": meeting.team.name,
        "scope": [region.name for region in meeting.scope_regions.all()],
        "date": meeting.day.isoformat(),
        "day_and_date": day_and_date(meeting.day),
        "starts": clock(meeting.opened_at or meeting.starts_at),
        "ends": clock(meeting.closed_at),
        "venue": meeting.venue,
        "venue_region": str(meeting.venue_region or ""),
        "classification": str(meeting.get_classification_display()),
        "legal_bases": [
            line.strip() for line in meeting.legal_bases.splitlines() if line.strip()
        ],
        "office": meeting.office.agency.name_on(meeting.day),
        "city": meeting.office.city,
    }


def _people(meeting: Meeting) -> Json:
    return {
        "chair": _person(meeting.chair),
        "secretary": _person(meeting.secretary),
        "minute_taker": _person(meeting.minute_taker),
    }


def _person(user: User | None) -> Json | None:
    if user is None:
        return None
    return {"name": user.name, "post": user.post, "rank": user.rank, "nip": user.nip}


def _attendance(meeting: Meeting) -> Json:
    """The sheet without phone numbers; reasons of absence stay with the office."""
    lines = (
        Attendance.objects.filter(meeting=meeting)
        .select_related("agency__type", "invitation")
        .prefetch_related("agency__names")
        .order_by(
            F("invitation__role").asc(nulls_last=True),
            "agency__type__order",
            "agency__name",
            "pk",
        )
    )
    rows = [_attendance_row(line, meeting.day) for line in lines]
    return {
        "rows": rows,
        "invited": sum(not row["walk_in"] for row in rows),
        "came": sum(row["came"] for row in rows),
        "groups": [
            {"state": state.value, "label": str(state.label), "agencies": agencies}
            for state in Attendance.State
            if (agencies := _short_names(rows, state.value))
        ],
        "walk_ins": sum(row["walk_in"] for row in rows),
    }


def _short_names(rows: list[Json], state: str) -> list[str]:
    return [row["short_name"] for row in rows if row["state"] == state]


def _attendance_row(line: Attendance, day: dt.date) -> Json:
    name, short_name = _names(line.agency, day, line.agency_text)
    # BIN and BAIS do not give names: their people are written "Perwakilan".
    hidden = line.agency is not None and line.agency.withholds_names
    guest = line.invitation is None or line.invitation.is_guest
    return {
        "agency": name,
        "short_name": short_name,
        "guest": guest,
        "state": line.state,
        "state_label": str(Attendance.State(line.state).label),
        "came": line.came,
        "walk_in": line.is_walk_in,
        "person": _("Perwakilan") if hidden and line.came else line.person,
        "rank": "" if hidden else line.person_rank,
        "post": "" if hidden else line.person_post,
    }


def _names(agency: Agency | None, day: dt.date, otherwise: str = "") -> tuple[str, str]:
    """The names that were valid on the day of the meeting."""
    if agency is None:
        return otherwise, otherwise
    return agency.name_on(day), agency.short_name_on(day)


def _entries(minutes: Minutes, day: dt.date) -> list[Json]:
    rows = minutes.entries.select_related("item", "agency", "owner").prefetch_related(
        "agency__names", "owner__names"
    )
    numbers = decision_numbers(rows)
    return [_entry(entry, day, numbers.get(entry.pk)) for entry in rows]


def _entry(entry: Entry, day: dt.date, number: int | None) -> Json:
    agency, agency_short = _names(entry.agency, day)
    owner, owner_short = _names(entry.owner, day)
    hidden = entry.agency is not None and entry.agency.withholds_names
    return {
        "key": str(entry.key),
        "kind": entry.kind,
        "kind_label": str(entry.get_kind_display()),
        "number": number,
        "item": entry.item.title,
        "agency": agency,
        "agency_short": agency_short,
        "speaker": "" if hidden else entry.speaker,
        "text": entry.text,
        "restricted_text": entry.restricted_text,
        "classification": entry.classification,
        "classification_label": str(entry.get_classification_display()),
        "owner": owner,
        "owner_short": owner_short,
        "due_on": entry.due_on.isoformat() if entry.due_on else "",
        "due": long_date(entry.due_on) if entry.due_on else "",
        "is_owed": is_owed(entry),
        "_entry": entry,
        "_item": entry.item_id,
        "_answers": entry.answers_id,
    }


def is_owed(entry: Entry) -> bool:
    """A follow-up, or a decision that says who does it by when."""
    return (
        entry.owner_id is not None
        and entry.due_on is not None
        and (entry.kind in {Entry.Kind.FOLLOW_UP, Entry.Kind.DECISION})
    )


def _withheld(entries: Iterable[Json], audience: Audience) -> dict[int, int]:
    """How much of each item the circulation copy leaves to the annex."""
    counts: dict[int, int] = {}
    if audience is not Audience.CIRCULATION:
        return counts
    for entry in entries:
        row = entry["_entry"]
        if not audience.carries(row) or row.restricted_text:
            counts[row.item_id] = counts.get(row.item_id, 0) + 1
        # Whatever is restricted leaves the data here, before anything is laid out.
        entry["restricted_text"] = ""
    return counts


def _sections(
    items: list[AgendaItem],
    entries: list[Json],
    withheld: dict[int, int],
    audience: Audience,
) -> list[Json]:
    sections = []
    for item in items:
        own = [entry for entry in entries if entry["_item"] == item.pk]
        if audience is Audience.ANNEX and not own:
            continue
        sections.append(
            {
                "title": item.title,
                "kind": item.kind,
                "presenter": item.presenter,
                "withheld": withheld.get(item.pk, 0),
                "entries": _with_answers(own, entries),
            }
        )
    return sections


def _with_answers(own: list[Json], everything: list[Json]) -> list[Json]:
    """Questions carry their answers, wherever those were given; the rest in order."""
    shown = {entry["_entry"].pk for entry in everything}
    threaded = []
    for entry in own:
        if entry["_answers"] in shown:
            continue
        pk = entry["_entry"].pk
        answers = [other for other in everything if other["_answers"] == pk]
        threaded.append({**_plain(entry), "answers": [_plain(a) for a in answers]})
    return threaded


def _plain(entry: Json) -> Json:
    return {name: value for name, value in entry.items() if not name.startswith("_")}


def _photos(meeting: Meeting) -> list[Json]:
    photos = Photo.objects.filter(meeting=meeting).select_related("upload")
    return [
        {
            "upload": photo.upload_id,
            "sha256": photo.upload.sha256,
            "caption": photo.caption,
        }
        for photo in photos
    ]


def _consents(minutes: Minutes, day: dt.date) -> list[Json]:
    """How the agencies that came stand to the text; silence is written down as such."""
    rows = minutes.consents.select_related("agency").prefetch_related("agency__names")
    agencies: dict[str, list[str]] = {}
    for row in rows:
        agencies.setdefault(row.form, []).append(row.agency.short_name_on(day))
    return [
        {"form": form.value, "label": str(form.label), "agencies": agencies[form.value]}
        for form in Consent.Form
        if form.value in agencies
    ]
