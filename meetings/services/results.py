"""What approved minutes set in motion: follow-ups and findings, tied to their entries."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from foreigners.models import Finding
from foreigners.services.registering import (
    correct_finding,
    register_finding,
    withdraw_finding,
)
from meetings.models import Entry, FollowUp, Minutes
from meetings.services.minutes_snapshot import is_owed


def register_results(minutes: Minutes, *, by: User) -> None:
    """Make, correct or drop the follow-ups and findings of this version's entries.

    The first version makes them; a correction finds them by the entries' keys.
    """
    entries = list(minutes.entries.select_related("agency", "owner"))
    _register_follow_ups(minutes, [e for e in entries if is_owed(e)], by)
    _register_findings(
        minutes, [e for e in entries if e.kind == Entry.Kind.FINDING], by
    )


def _register_follow_ups(minutes: Minutes, owed: Iterable[Entry], by: User) -> None:
    meeting = minutes.meeting
    known = {row.key: row for row in FollowUp.objects.filter(origin=meeting)}
    for entry in owed:
        follow_up = known.pop(entry.key, None)
        if follow_up is not None:
            _correct_follow_up(follow_up, entry, minutes, by)
            continue
        FollowUp.objects.create(
            **_wording(entry),
            key=entry.key,
            office=meeting.office,
            team_id=meeting.team_id,
            origin=meeting,
            created_on=meeting.day,
        )
    for dropped in known.values():
        _drop_follow_up(dropped, minutes, by)


def _wording(entry: Entry) -> dict[str, Any]:
    return {
        "text": entry.text,
        "owner_id": entry.owner_id,
        "due_on": entry.due_on,
        "classification": entry.classification,
    }


def _correct_follow_up(
    follow_up: FollowUp, entry: Entry, minutes: Minutes, by: User
) -> None:
    new = _wording(entry)
    if follow_up.state == FollowUp.State.CANCELLED:
        new |= {"state": FollowUp.State.OPEN, "close_reason": ""}
    changed = [name for name, value in new.items() if getattr(follow_up, name) != value]
    if changed:
        FollowUp.objects.filter(pk=follow_up.pk).update(**new)
        record(
            by,
            "meetings.correct_follow_up",
            follow_up,
            office_id=follow_up.office_id,
            reason=minutes.reason,
            changed=changed,
        )


def _drop_follow_up(follow_up: FollowUp, minutes: Minutes, by: User) -> None:
    """What is done stays done; what was still owed is cancelled with the reason."""
    cancelled = FollowUp.objects.filter(
        pk=follow_up.pk, state__in=FollowUp.OPEN
    ).update(
        state=FollowUp.State.CANCELLED,
        close_reason=_("Perbaikan notula: %(reason)s") % {"reason": minutes.reason},
    )
    if cancelled:
        record(
            by,
            "meetings.cancel_follow_up",
            follow_up,
            office_id=follow_up.office_id,
            reason=minutes.reason,
        )


def _register_findings(minutes: Minutes, entries: Iterable[Entry], by: User) -> None:
    meeting = minutes.meeting
    keys = Entry.objects.filter(minutes__meeting=meeting).values("key")
    known = {row.key: row for row in Finding.objects.filter(key__in=keys)}
    before = {entry.key: _said_in(entry) for entry in _entries_before(minutes)}
    for entry in entries:
        finding = known.pop(entry.key, None)
        if entry.agency is None:
            continue
        said = _said_in(entry)
        if finding is None:
            register_finding(
                **said,
                key=entry.key,
                office=meeting.office,
                reported_on=meeting.day,
                by=by,
            )
        elif before.get(entry.key) != said or finding.state == Finding.State.WITHDRAWN:
            # An untouched entry leaves alone what its reporter completed since.
            correct_finding(finding, **said, reason=minutes.reason, by=by)
    for dropped in known.values():
        withdraw_finding(dropped, reason=minutes.reason, by=by)


def _said_in(entry: Entry) -> dict[str, Any]:
    return {
        "reporter": entry.agency,
        "activity": entry.text,
        "persons": entry.restricted_text,
        "classification": entry.classification,
    }


def _entries_before(minutes: Minutes) -> Iterable[Entry]:
    """Those of the approved version that this one corrects."""
    before = Minutes.objects.filter(
        meeting=minutes.meeting_id,
        state=Minutes.State.APPROVED,
        version__lt=minutes.version,
    ).order_by("-version")[:1]
    return Entry.objects.filter(minutes__in=list(before)).select_related("agency")
