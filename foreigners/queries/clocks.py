"""What runs out next, with what it rests on."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from foreigners.models import Clock

WEEK = dt.timedelta(days=7)
OPEN = (Clock.State.RUNNING, Clock.State.LATE, Clock.State.PAUSED)


def in_order(clocks: Iterable[Clock]) -> dict[str, Any]:
    """The clocks of a case, the running ones first, each with its derivation."""
    return {
        "clocks": sorted(
            clocks,
            key=lambda clock: (clock.ended_on is not None, clock.due_on, clock.pk),
        ),
        "today": timezone.localdate(),
    }


def open_clocks(user: User, *, responsible: User | None = None) -> QuerySet[Clock]:
    """What the user's office still has to do in time, the nearest first."""
    clocks = Clock.objects.visible_to(user).filter(state__in=OPEN).for_list()
    if responsible is not None:
        clocks = clocks.filter(case__responsible=responsible)
    return clocks.order_by(F("due_on"), "pk")


def grouped(clocks: Iterable[Clock], *, today: dt.date) -> list[dict[str, Any]]:
    """Overdue, this week, later, and what stands still; empty groups are left out."""
    groups: dict[str, list[Clock]] = {"late": [], "week": [], "later": [], "still": []}
    for clock in clocks:
        groups[_group_of(clock, today)].append(clock)
    titles = {
        "late": _("Lewat tenggat"),
        "week": _("Tujuh hari ke depan"),
        "later": _("Kemudian"),
        "still": _("Sedang dijeda"),
    }
    return [
        {"name": name, "title": titles[name], "clocks": rows}
        for name, rows in groups.items()
        if rows
    ]


def _group_of(clock: Clock, today: dt.date) -> str:
    if clock.state == Clock.State.PAUSED:
        return "still"
    if clock.due_on < today:
        return "late"
    return "week" if clock.due_on <= today + WEEK else "later"
