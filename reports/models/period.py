"""Spans of civil days that offices report on, under their Indonesian names."""

import datetime as dt
from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.dates import MONTHS, ROMAN_MONTHS, long_date


class PeriodKind(models.TextChoices):
    MONTH = "bulanan", _("Bulanan")
    QUARTER = "triwulan", _("Triwulan")
    SEMESTER = "semester", _("Semester")
    YEAR = "tahunan", _("Tahunan")
    FREE = "bebas", _("Rentang bebas")


LENGTH_IN_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.SEMESTER: 6,
    PeriodKind.YEAR: 12,
}
# What recurs, the shortest first: each of them has a draft of its own.
RECURRING = tuple(LENGTH_IN_MONTHS)


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both counted; civil dates in the office's zone."""

    kind: str
    starts_on: dt.date
    ends_on: dt.date

    @classmethod
    def containing(cls, kind: str, day: dt.date) -> Self:
        """The month, quarter, half-year or year that ``day`` lies in."""
        months = LENGTH_IN_MONTHS[PeriodKind(kind)]
        first = dt.date(day.year, (day.month - 1) // months * months + 1, 1)
        return cls(kind, first, month_after(first, months) - dt.timedelta(days=1))

    def before(self) -> "Period":
        """The period of the same kind that ended the day before this one starts."""
        return Period.containing(self.kind, self.starts_on - dt.timedelta(days=1))

    def moments(self, zone: str) -> tuple[dt.datetime, dt.datetime]:
        """The first moment, and the first one after the period, in the zone."""
        after = self.ends_on + dt.timedelta(days=1)
        first, last = (
            dt.datetime.combine(day, dt.time(), ZoneInfo(zone))
            for day in (self.starts_on, after)
        )
        return first, last

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return self.starts_on, self.ends_on

    def has_ended(self, today: dt.date) -> bool:
        return self.ends_on < today

    @property
    def label(self) -> str:
        """Juli 2025, Triwulan III Tahun 2025, Semester I Tahun 2025, Tahun 2025."""
        year = self.starts_on.year
        match self.kind:
            case PeriodKind.MONTH:
                return f"{MONTHS[self.starts_on.month - 1]} {year}"
            case PeriodKind.QUARTER | PeriodKind.SEMESTER:
                months = LENGTH_IN_MONTHS[PeriodKind(self.kind)]
                turn = ROMAN_MONTHS[(self.starts_on.month - 1) // months]
                return f"{PeriodKind(self.kind).label} {turn} Tahun {year}"
            case PeriodKind.YEAR:
                return f"Tahun {year}"
            case _:
                return f"{long_date(self.starts_on)} s.d. {long_date(self.ends_on)}"


def month_after(first: dt.date, months: int) -> dt.date:
    """The first day of the month that comes ``months`` later."""
    count = first.year * 12 + first.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)
