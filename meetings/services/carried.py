"""What earlier meetings of the team left open, as it stood at a later meeting."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from documents.models import Classification
from meetings.models import FollowUp, Meeting, Progress
from timpora.dates import local_date, long_date


def carried_follow_ups(
    meeting: Meeting, *, with_restricted: bool
) -> list[dict[str, Any]]:
    """Open at the meeting, or settled since the one before: state, age, what moved."""
    day, zone = meeting.day, meeting.office.time_zone
    since = _previous_day(meeting)
    follow_ups = (
        FollowUp.objects.filter(team=meeting.team_id, created_on__lt=day)
        .exclude(origin=meeting)
        .exclude(state=FollowUp.State.CANCELLED)
        .filter(Q(done_on=None) | Q(done_on__gte=since))
        .select_related("owner", "origin__office")
        .prefetch_related("owner__names", Prefetch("progress", Progress.objects.all()))
        .order_by("due_on", "pk")
    )
    if not with_restricted:
        follow_ups = follow_ups.filter(classification=Classification.OPEN)
    return [_row(follow_up, since, day, zone) for follow_up in follow_ups]


def _previous_day(meeting: Meeting) -> dt.date:
    """The day of the team's meeting before this one; without one, the beginning."""
    before = (
        meeting.previous
        or Meeting.objects.filter(team=meeting.team_id, starts_at__lt=meeting.starts_at)
        .exclude(state=Meeting.State.CANCELLED)
        .order_by("-starts_at")
        .first()
    )
    return (
        local_date(before.starts_at, meeting.office.time_zone)
        if before
        else dt.date.min
    )


def _row(
    follow_up: FollowUp, since: dt.date, day: dt.date, zone: str
) -> dict[str, Any]:
    done = follow_up.done_on is not None and follow_up.done_on <= day
    moved = _moved(follow_up, since, day, zone)
    return {
        "key": str(follow_up.key),
        "text": follow_up.text,
        "owner": follow_up.owner.name_on(day),
        "owner_short": follow_up.owner.short_name_on(day),
        "since": long_date(follow_up.created_on),
        "due_on": follow_up.due_on.isoformat(),
        "due": long_date(follow_up.due_on),
        "is_done": done,
        "is_overdue": not done and follow_up.due_on < day,
        "age": ((follow_up.done_on if done else day) or day).toordinal()
        - follow_up.created_on.toordinal(),
        "state": _("Selesai") if done else _("Belum selesai"),
        "has_moved": bool(moved),
        "moved": moved or _("Belum ada kemajuan"),
    }


def _moved(follow_up: FollowUp, since: dt.date, day: dt.date, zone: str) -> str:
    """The fact and its date; what the agency wrote stays on the follow-up's page."""
    if follow_up.done_on and follow_up.done_on <= day:
        return _("Selesai %(day)s") % {"day": long_date(follow_up.done_on)}
    for progress in follow_up.progress.all():
        reported = local_date(progress.reported_at, zone)
        if since <= reported <= day:
            return _("Dilaporkan %(day)s") % {"day": long_date(reported)}
    return ""
