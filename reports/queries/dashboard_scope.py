"""Whose dashboard, over which civil days, and where its numbers lead."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import User
from timpora.dates import MONTHS, long_date

ROMAN = ("I", "II", "III", "IV")


class Span(models.TextChoices):
    """How the days of a dashboard are chosen."""

    MONTH = "bulan", gettext_lazy("Bulan ini")
    QUARTER = "triwulan", gettext_lazy("Triwulan ini")
    SEMESTER = "semester", gettext_lazy("Semester ini")
    YEAR = "tahun", gettext_lazy("Tahun ini")
    FREE = "bebas", gettext_lazy("Pilih tanggal")


@dataclass(frozen=True)
class Period:
    """Civil days in the office's zone, both ends included."""

    span: Span
    first: dt.date
    last: dt.date
    title: str

    @property
    def start(self) -> dt.datetime:
        return _midnight(self.first)

    @property
    def end(self) -> dt.datetime:
        """The moment after the last day."""
        return _midnight(self.last + dt.timedelta(days=1))

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return self.first, self.last

    @property
    def query(self) -> dict[str, str]:
        """What the address needs to name the period again."""
        if self.span != Span.FREE:
            return {"periode": self.span.value}
        return {
            "periode": self.span.value,
            "sejak": self.first.isoformat(),
            "sampai": self.last.isoformat(),
        }


def period_around(span: Span, today: dt.date) -> Period:
    """The month, quarter, semester or year that ``today`` lies in."""
    months = {Span.MONTH: 1, Span.QUARTER: 3, Span.SEMESTER: 6}.get(span, 12)
    part = (today.month - 1) // months
    first = dt.date(today.year, part * months + 1, 1)
    following = first + dt.timedelta(days=31 * months)
    last = following.replace(day=1) - dt.timedelta(days=1)
    titles = {
        Span.MONTH: f"{MONTHS[today.month - 1]} {today.year}",
        Span.QUARTER: _("Triwulan %(part)s Tahun %(year)d")
        % {"part": ROMAN[part % 4], "year": today.year},
        Span.SEMESTER: _("Semester %(part)s Tahun %(year)d")
        % {"part": ROMAN[part % 2], "year": today.year},
    }
    title = titles.get(span, _("Tahun %d") % today.year)
    return Period(span, first, last, title)


def free_period(first: dt.date, last: dt.date) -> Period:
    title = _("%(first)s sampai %(last)s") % {
        "first": long_date(first),
        "last": long_date(last),
    }
    return Period(Span.FREE, first, last, title)


@dataclass(frozen=True)
class Scope:
    """Who looks, at which days, on which day."""

    user: User
    period: Period
    today: dt.date

    @property
    def url(self) -> str:
        return f"{reverse('reports:dashboard')}?{urlencode(self.period.query)}"

    def rows_url(self, figure: str, *keys: str) -> str:
        """The page that lists what a number counts."""
        query = self.period.query | {
            f"k{place}": key for place, key in enumerate(keys, start=1)
        }
        return f"{reverse('reports:dashboard_rows', args=[figure])}?{urlencode(query)}"


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
