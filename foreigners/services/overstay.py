"""Days and charge of an overstay, derived line by line; never a debt by itself.

A charge is owed by a decided measure alone. The computation is pure: dates, tariffs and
the office's legal choices go in, lines come out, and the lines add up to the amount.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foreigners.models import ClockRule, Setting, Tariff
from foreigners.queries.choices import (
    DAY_60_IS_BEYOND,
    FIRST_DAY_AFTER,
    LAST_DAY_COUNTS,
)
from foreigners.queries.law import RuleMissing
from timpora.dates import long_date
from timpora.numbers import rupiah

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Choices:
    """What the law leaves open, as the office chose it for the day."""

    first_day: Setting
    last_day: Setting
    day_60: Setting


@dataclass(frozen=True)
class Line:
    """One step of the derivation; only a run of charged days has an amount."""

    text: str
    amount: int = 0


@dataclass(frozen=True)
class Sheet:
    first_day: dt.date
    last_day: dt.date
    days: int
    is_beyond_charge: bool
    lines: tuple[Line, ...]
    tariffs: tuple[Tariff, ...] = ()

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)


def compute(
    permit_ends_on: dt.date,
    counted_until: dt.date,
    *,
    choices: Choices,
    limit: ClockRule,
    tariffs: Sequence[Tariff],
    exemption: str = "",
) -> Sheet:
    """The sheet of one overstay. Refused where a charged day has no tariff."""
    first = permit_ends_on
    if choices.first_day.value == FIRST_DAY_AFTER:
        first += ONE_DAY
    last = counted_until
    if choices.last_day.value != LAST_DAY_COUNTS:
        last -= ONE_DAY
    days = max((last - first).days + 1, 0)
    is_beyond = days > most_charged_days(choices, limit)
    lines = [
        Line(_("Izin tinggal berakhir %s.") % long_date(permit_ends_on)),
        Line(_("Ditemukan atau berangkat %s.") % long_date(counted_until)),
        Line(counted_days(first, last, days)),
    ]
    used: tuple[Tariff, ...] = ()
    if is_beyond:
        lines.append(beyond_line(days, limit))
    elif days and exemption:
        lines.append(Line(_("Tarif nol: %s.") % exemption.rstrip(".")))
    elif days:
        runs = runs_of(first, last, tariffs)
        lines += [run_line(*run) for run in runs]
        used = tuple(tariff for _first, _last, tariff in runs)
    return Sheet(first, last, days, is_beyond, tuple(lines), used)


def most_charged_days(choices: Choices, limit: ClockRule) -> int:
    """Up to which day the charge goes; whether the last of them belongs is a choice."""
    is_shorter = choices.day_60.value == DAY_60_IS_BEYOND
    return limit.length - 1 if is_shorter else limit.length


def counted_days(first: dt.date, last: dt.date, days: int) -> str:
    if not days:
        return _("Tidak ada hari yang dihitung.")
    return _("Dihitung %(first)s sampai %(last)s: %(days)d hari.") % {
        "first": long_date(first),
        "last": long_date(last),
        "days": days,
    }


def beyond_line(days: int, limit: ClockRule) -> Line:
    return Line(
        _(
            "%(days)d hari melewati batas biaya beban (%(article)s): jalurnya deportasi "
            "dan penangkalan, tanpa biaya beban."
        )
        % {"days": days, "article": limit.article}
    )


def runs_of(
    first: dt.date, last: dt.date, tariffs: Sequence[Tariff]
) -> list[tuple[dt.date, dt.date, Tariff]]:
    """The days in stretches of one tariff each."""
    runs: list[tuple[dt.date, dt.date, Tariff]] = []
    day = first
    while day <= last:
        tariff = tariff_on(day, tariffs)
        if runs and runs[-1][2] == tariff:
            runs[-1] = (runs[-1][0], day, tariff)
        else:
            runs.append((day, day, tariff))
        day += ONE_DAY
    return runs


def tariff_on(day: dt.date, tariffs: Sequence[Tariff]) -> Tariff:
    """The tariff in force on the day; the newest where two overlap."""
    valid = [
        tariff
        for tariff in tariffs
        if (tariff.valid_from or dt.date.min) <= day <= (tariff.valid_to or dt.date.max)
    ]
    if not valid:
        raise RuleMissing(
            _(
                "Belum ada tarif biaya beban untuk %s. Administrator dapat menambahkannya "
                "pada data hukum."
            )
            % long_date(day)
        )
    return max(valid, key=lambda tariff: tariff.valid_from or dt.date.min)


def run_line(first: dt.date, last: dt.date, tariff: Tariff) -> Line:
    days = (last - first).days + 1
    amount = days * tariff.amount
    return Line(
        _("%(first)s sampai %(last)s: %(days)d hari × %(rate)s = %(amount)s.")
        % {
            "first": long_date(first),
            "last": long_date(last),
            "days": days,
            "rate": rupiah(tariff.amount),
            "amount": rupiah(amount),
        },
        amount,
    )
