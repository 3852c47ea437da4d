"""A person's own calendar: meetings, due dates and clocks, at an address that can be
taken back. It travels to servers of others, so it says when and where and never what."""

import datetime as dt
import hashlib
import re
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from agencies.models import User
from agencies.services.audit import record
from documents.models import Classification
from foreigners.models import Case, Clock
from meetings.models import CalendarFeed, FollowUp, Invitation, Meeting
from timpora.vault import KeyUnknown, keyed_hash, seal, unseal

# What is over stays this long, so that a calendar does not forget it too soon.
BACK = dt.timedelta(days=90)
# RFC 5545 knows no control characters but these two.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Entry:
    """One line of a calendar; a due date is a whole day without an end."""

    uid: str
    starts: dt.datetime | dt.date
    ends: dt.datetime | dt.date
    summary: str
    location: str
    path: str
    is_cancelled: bool = False
    # The invitation's own; of other entries the feed counts.
    sequence: int | None = None

    @property
    def digest(self) -> str:
        said = (self.starts, self.ends, self.summary, self.location, self.is_cancelled)
        return hashlib.sha256(repr((*said, self.sequence)).encode()).hexdigest()[:16]


# --- the address ---


@transaction.atomic
def make_feed(user: User) -> CalendarFeed:
    """A new address; one that there was before is dead from now on."""
    # Hexadecimal, for the keyed hash knows no small letters: 192 random bits all the same.
    token = secrets.token_hex(24)
    had_one = CalendarFeed.objects.filter(user=user).exists()
    feed, _is_new = CalendarFeed.objects.update_or_create(
        user=user,
        defaults={
            "token_sealed": seal(token),
            "token_hash": keyed_hash(token),
            "made_at": timezone.now(),
            "read_at": None,
        },
    )
    _record(user, "meetings.renew_feed" if had_one else "meetings.make_feed")
    return feed


@transaction.atomic
def revoke_feed(user: User) -> None:
    """The address opens nothing any more; twice is once."""
    deleted, _rows = CalendarFeed.objects.filter(user=user).delete()
    if deleted:
        _record(user, "meetings.revoke_feed")


def address_of(feed: CalendarFeed) -> str:
    """The whole address, for its owner alone; empty if its key is not installed."""
    try:
        token = unseal(feed.token_sealed)
    except KeyUnknown:
        return ""
    return settings.SITE_URL + reverse("meetings:feed", args=[token])


def feed_behind(token: str) -> CalendarFeed | None:
    """None for a forged or revoked address, and for that of a closed account."""
    return (
        CalendarFeed.objects.filter(token_hash=keyed_hash(token), user__is_active=True)
        .exclude(token_hash="")
        .select_related("user__agency")
        .first()
    )


def note_reading(feed: CalendarFeed) -> None:
    """When it was read last, by the hour; in the audit once a day."""
    now, before = timezone.now(), feed.read_at
    if before is not None and now - before < dt.timedelta(hours=1):
        return
    with transaction.atomic():
        noted = CalendarFeed.objects.filter(pk=feed.pk, read_at=before).update(
            read_at=now
        )
        is_first = before is None or timezone.localdate(before) != timezone.localdate()
        if noted and is_first:
            _record(feed.user, "meetings.read_feed")


def _record(user: User, verb: str) -> None:
    office = user.office_id or user.agency.keeper_id
    record(user, verb, user, office_id=office)


# --- what it says ---


def entries_for(user: User) -> Iterator[Entry]:
    yield from _meetings(user)
    yield from _follow_ups(user)
    yield from _clocks(user)


def _meetings(user: User) -> Iterator[Entry]:
    """What an agency was summoned to, and the office's own summons."""
    if not (user.is_liaison or user.works_on_content):
        return
    summoned = Invitation.objects.filter(meeting=OuterRef("pk"), sent_at__isnull=False)
    meetings = (
        Meeting.objects.visible_to(user)
        .filter(Exists(summoned), starts_at__gte=timezone.now() - BACK)
        .select_related("office")
        .order_by("starts_at", "pk")
    )
    for meeting in meetings:
        zone = ZoneInfo(meeting.office.time_zone)
        is_open = meeting.classification == Classification.OPEN
        yield Entry(
            uid=f"{meeting.uid}@timpora",
            starts=meeting.starts_at.astimezone(zone),
            ends=meeting.ends_at.astimezone(zone),
            summary=meeting.title if is_open else _("Rapat Timpora"),
            location=meeting.venue if is_open else "",
            path=meeting.get_absolute_url(),
            is_cancelled=meeting.is_cancelled,
            sequence=meeting.sequence,
        )


def _follow_ups(user: User) -> Iterator[Entry]:
    """That something is due, and whose; what it is stands behind the login."""
    open_ones = FollowUp.objects.readable_by(user).open().select_related("owner")
    for follow_up in open_ones:
        summary = _("Tindak lanjut jatuh tempo")
        if user.is_immigration:
            summary = f"{summary}: {follow_up.owner.short_name or follow_up.owner.name}"
        yield _due(
            str(follow_up.key), follow_up.due_on, summary, follow_up.get_absolute_url()
        )


def _clocks(user: User) -> Iterator[Entry]:
    """The clocks of the cases that are theirs to work on: the number and nothing else."""
    assigned = Case.assigned.through.objects.filter(case=OuterRef("case"), user=user.pk)
    clocks = (
        Clock.objects.visible_to(user)
        .filter(
            Q(case__responsible=user) | Exists(assigned),
            state__in=(Clock.State.RUNNING, Clock.State.LATE),
        )
        .select_related("case")
    )
    for clock in clocks:
        path = clock.case.get_absolute_url()
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.SITE_URL}{path}#{clock.pk}")
        summary = _("Tenggat kasus %s") % clock.case.number
        yield _due(str(key), clock.due_on, summary, path)


def _due(key: str, day: dt.date, summary: str, path: str) -> Entry:
    return Entry(
        uid=f"{key}@timpora",
        starts=day,
        ends=day + dt.timedelta(days=1),
        summary=summary,
        location="",
        path=path,
    )


def calendar_of(feed: CalendarFeed) -> bytes:
    """The feed as RFC 5545; the same as long as nothing that it says has changed."""
    entries = list(entries_for(feed.user))
    told = _tell(feed, entries)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//TIMPORA//Kalender pribadi//ID")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "TIMPORA")
    calendar.add("refresh-interval", dt.timedelta(hours=1))
    for zone in sorted({str(_zone(one)) for one in entries if _zone(one)}):
        calendar.add_component(Timezone.from_tzid(zone))
    for entry in entries:
        calendar.add_component(_event(entry, *told[entry.uid][1:]))
    return bytes(calendar.to_ical())


def _zone(entry: Entry) -> dt.tzinfo | None:
    return entry.starts.tzinfo if isinstance(entry.starts, dt.datetime) else None


def _tell(feed: CalendarFeed, entries: list[Entry]) -> dict[str, list[str | int]]:
    """Digest, sequence and moment of each entry; what has changed is counted up."""
    now = timezone.now().replace(microsecond=0).isoformat()
    told: dict[str, list[str | int]] = {}
    for entry in entries:
        digest, sequence, moment = feed.told.get(entry.uid, ("", -1, now))
        if digest != entry.digest:
            sequence, moment = sequence + 1, now
        if entry.sequence is not None:
            sequence = entry.sequence
        told[entry.uid] = [entry.digest, sequence, moment]
    if told != feed.told:
        CalendarFeed.objects.filter(pk=feed.pk).update(told=told)
        feed.told = told
    return told


def _event(entry: Entry, sequence: int | str, moment: int | str) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", dt.datetime.fromisoformat(str(moment)))
    event.add("sequence", int(sequence))
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    event.add("summary", _plain(entry.summary))
    if entry.location:
        event.add("location", _plain(entry.location))
    event.add("description", settings.SITE_URL + entry.path)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    is_day = not isinstance(entry.starts, dt.datetime)
    event.add("transp", "TRANSPARENT" if is_day else "OPAQUE")
    return event


def _plain(text: str) -> str:
    return CONTROL.sub("", text)
