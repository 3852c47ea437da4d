"""The days of the demonstration, lived one after the other."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import time_machine
from django.utils import timezone

from agencies.models import Holiday
from reports.demonstration.masters import Cast
from timpora.dates import is_working_day

ZONE = ZoneInfo("Asia/Jakarta")


@contextmanager
def on(day: dt.date, clock: dt.time = dt.time(10)) -> Iterator[dt.datetime]:
    """Everything inside happens at that moment, for every clock of this process; never
    later than now."""
    moment = min(dt.datetime.combine(day, clock, tzinfo=ZONE), timezone.now())
    with time_machine.travel(moment, tick=False):
        yield moment


def working_day(day: dt.date, cast: Cast) -> dt.date:
    """The day itself, or the next on which the office works."""
    free = Holiday.objects.free_days(cast.office)
    while not is_working_day(day, free):
        day += dt.timedelta(days=1)
    return day
