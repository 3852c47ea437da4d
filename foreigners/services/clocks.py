"""Due moments: started by an event, computed from a dated rule, met or cancelled."""

import calendar
import datetime as dt
from collections.abc import Container, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.models import Holiday
from foreigners.models import (
    Case,
    CasePerson,
    Clock,
    ClockRule,
    Measure,
    Objection,
    Order,
    Prosecution,
)
from foreigners.queries.law import in_force
from timpora.dates import add_working_days, long_date


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(
        year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1])
    )


def later(
    start: dt.date, length: int, unit: str, free_days: Container[dt.date]
) -> dt.date:
    """The last day of ``length`` units that follow ``start``."""
    match unit:
        case ClockRule.Unit.WORKING_DAYS:
            return add_working_days(start, length, free_days)
        case ClockRule.Unit.MONTHS:
            return add_months(start, length)
        case _:
            return start + dt.timedelta(days=length)


def due_date(
    rule: ClockRule, start: dt.date, free_days: Container[dt.date]
) -> tuple[dt.date, list[str]]:
    """The last day that counts, and how it was computed, line by line."""
    due = later(start, rule.length, rule.unit, free_days)
    basis = [
        _("%(article)s: %(length)d %(unit)s.")
        % {
            "article": rule.article,
            "length": rule.length,
            "unit": rule.get_unit_display(),
        },
        _("Dihitung sejak %(day)s; hari itu sendiri tidak dihitung.")
        % {"day": long_date(start)},
    ]
    if rule.unit == ClockRule.Unit.WORKING_DAYS:
        free = [
            day
            for day in days_between(start + dt.timedelta(days=1), due)
            if day in free_days and day.weekday() < 5
        ]
        basis.append(_("Sabtu dan Minggu tidak dihitung."))
        basis.append(
            _("Hari libur yang tidak dihitung: %s.")
            % (", ".join(long_date(day) for day in free) or _("tidak ada"))
        )
    basis.append(_("Hari terakhir: %s.") % long_date(due))
    return due, basis


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Both days included; none if the last is before the first."""
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


@transaction.atomic
def start_clock(
    case: Case,
    code: str,
    *,
    on: dt.date,
    until: dt.date | None = None,
    basis: Sequence[str] = (),
    order: Order | None = None,
    measure: Measure | None = None,
    objection: Objection | None = None,
    prosecution: Prosecution | None = None,
    person: CasePerson | None = None,
) -> Clock:
    """Start what the rule in force on the day says; it keeps that rule to its end.

    ``until`` is a last day that does not follow from the length alone, such as one that
    a decision named; ``basis`` then says how it came about.
    """
    rule = in_force(ClockRule, code, on=on)
    if until is None:
        due, basis = due_date(rule, on, Holiday.objects.free_days(case.office))
    else:
        due = until
    return Clock.objects.create(
        case=case,
        rule=rule,
        order=order,
        measure=measure,
        objection=objection,
        prosecution=prosecution,
        person=person,
        started_on=on,
        due_on=due,
        basis=list(basis),
    )


def meet(clock: Clock, *, on: dt.date) -> None:
    """What was due was done; done late, it stays visible as late by its dates."""
    _end(clock, Clock.State.MET, on)


def cancel(clock: Clock, *, on: dt.date) -> None:
    """Nothing is due any more."""
    _end(clock, Clock.State.CANCELLED, on)


def _end(clock: Clock, state: Clock.State, on: dt.date) -> None:
    Clock.objects.filter(pk=clock.pk, ended_on=None).update(state=state, ended_on=on)
    clock.refresh_from_db()


def clocks_of_the_measure_alone(measure: Measure) -> QuerySet[Clock]:
    """What ends with the measure; the objection against it goes on."""
    return measure.clocks.filter(ended_on=None, objection=None).exclude(
        rule__code="objection"
    )
