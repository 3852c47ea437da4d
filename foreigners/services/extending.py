"""A clock stands still or gets more time where its rule allows it, with its ground."""

import datetime as dt
from collections.abc import Container, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Holiday, User
from agencies.services.audit import record
from foreigners.models import Clock, ClockRule, Extension, Measure, Pause
from foreigners.services.casefile import touch
from foreigners.services.clocks import days_between, due_date, later
from timpora.dates import is_working_day, long_date
from timpora.errors import DomainError


class ClockHasEnded(DomainError):
    pass


class PauseRefused(DomainError):
    pass


class ExtensionRefused(DomainError):
    pass


@transaction.atomic
def pause(clock: Clock, *, on: dt.date, ground: str, by: User) -> None:
    """Let a clock stand still from the day on; only where its rule allows it."""
    rule = clock.rule
    if not rule.may_pause or rule.end == ClockRule.End.LAPSE:
        raise PauseRefused(
            _("Tenggat ini berjalan menurut hukum dan tidak dapat dijeda.")
        )
    if on < clock.started_on:
        raise PauseRefused(_("Jeda tidak dapat mulai sebelum tenggatnya mulai."))
    stopped = Clock.objects.filter(
        pk=clock.pk, state__in=[Clock.State.RUNNING, Clock.State.LATE]
    ).update(state=Clock.State.PAUSED)
    if not stopped:
        raise ClockHasEnded(_("Tenggat ini sudah dijeda atau sudah berakhir."))
    Pause.objects.create(clock=clock, since=on, ground=ground, by=by)
    _note(clock, "foreigners.pause_clock", by, since=on)


@transaction.atomic
def resume(clock: Clock, *, on: dt.date, by: User) -> None:
    """Let it run again: the days on which it stood still are added, each once.

    The day of the resumption counts again.
    """
    standing = clock.pauses.filter(until=None).first()
    if standing is None:
        raise ClockHasEnded(_("Tenggat ini tidak sedang dijeda."))
    if on < standing.since:
        raise PauseRefused(_("Jeda tidak dapat berakhir sebelum dimulai."))
    going = Clock.objects.filter(pk=clock.pk, state=Clock.State.PAUSED).update(
        state=Clock.State.RUNNING
    )
    if not going:
        raise ClockHasEnded(_("Tenggat ini tidak sedang dijeda."))
    Pause.objects.filter(pk=standing.pk).update(until=on)
    recompute(clock)
    _note(clock, "foreigners.resume_clock", by, until=on, due_on=clock.due_on)


@transaction.atomic
def extend(
    clock: Clock,
    *,
    on: dt.date,
    ground: str,
    by: User,
    until: dt.date | None = None,
) -> Extension:
    """More time, at most the length of the rule, as often as it allows and not too late.

    A measure whose period the clock is gets its new last day with it.
    """
    before = clock.due_on
    after = _extended(clock, on=on, until=until)
    # Of two who extend at once the second finds another last day and is refused.
    longer = Clock.objects.filter(
        pk=clock.pk, due_on=before, state=Clock.State.RUNNING
    ).update(due_on=after, reminded=[])
    if not longer:
        raise ExtensionRefused(_("Tenggat ini berubah sejak Anda membukanya."))
    extension = Extension.objects.create(
        clock=clock, before=before, after=after, ground=ground, by=by
    )
    Clock.objects.filter(pk=clock.pk).update(
        basis=[*clock.basis, _extension_line(extension)]
    )
    if clock.measure_id:
        Measure.objects.filter(pk=clock.measure_id, ends_on=before).update(
            ends_on=after
        )
    _note(clock, "foreigners.extend_clock", by, before=before, after=after)
    return extension


def _extended(clock: Clock, *, on: dt.date, until: dt.date | None) -> dt.date:
    """The new last day, if the rule allows one."""
    rule = clock.rule
    if clock.extensions.count() >= rule.most_extensions:
        raise ExtensionRefused(
            _("Tenggat ini tidak dapat diperpanjang, atau sudah diperpanjang.")
        )
    latest = clock.due_on - dt.timedelta(days=rule.extend_by_days)
    if on > latest:
        raise ExtensionRefused(
            _("Perpanjangan paling lambat ditetapkan pada %s.") % long_date(latest)
        )
    free = Holiday.objects.free_days(clock.case.office)
    longest = later(clock.due_on, rule.extension_length, rule.unit, free)
    if until is not None and not clock.due_on < until <= longest:
        raise ExtensionRefused(
            _(
                "Perpanjangan harus berakhir sesudah %(before)s dan paling lambat %(end)s."
            )
            % {"before": long_date(clock.due_on), "end": long_date(longest)}
        )
    return until or longest


def _extension_line(extension: Extension) -> str:
    return _("Diperpanjang sampai %(day)s: %(ground)s") % {
        "day": long_date(extension.after),
        "ground": extension.ground,
    }


def recompute(clock: Clock) -> None:
    """The last day anew: by the rule, then the extensions, then what stood still."""
    due, basis = counted(clock, Holiday.objects.free_days(clock.case.office))
    Clock.objects.filter(pk=clock.pk).update(due_on=due, basis=basis, reminded=[])
    clock.refresh_from_db()


def counted(clock: Clock, free: Container[dt.date]) -> tuple[dt.date, list[str]]:
    """The last day of a clock with these free days, and how it is computed.

    An extension keeps the day that its decision named.
    """
    rule = clock.rule
    due, basis = due_date(rule, clock.started_on, free)
    for extension in clock.extensions.all():
        due = extension.after
        basis.append(_extension_line(extension))
    stretches = [(p.since, p.until) for p in clock.pauses.all() if p.until]
    for since, until in stretches:
        basis.append(
            _("Dijeda sejak %(since)s, berjalan lagi %(until)s.")
            % {"since": long_date(since), "until": long_date(until)}
        )
    still = stood_still(stretches, rule, free)
    if still:
        unit = (
            rule.unit
            if rule.unit == ClockRule.Unit.WORKING_DAYS
            else ClockRule.Unit.DAYS
        )
        due = later(due, still, unit, free)
        basis.append(
            _("Ditambah %(days)d hari jeda: hari terakhir %(day)s.")
            % {"days": still, "day": long_date(due)}
        )
    return due, basis


def stood_still(
    stretches: Iterable[tuple[dt.date, dt.date]],
    rule: ClockRule,
    free_days: Container[dt.date],
) -> int:
    """The days of all pauses together; a day that two of them cover counts once."""
    days = {
        day
        for since, until in stretches
        for day in days_between(since, until - dt.timedelta(days=1))
    }
    if rule.unit == ClockRule.Unit.WORKING_DAYS:
        days = {day for day in days if is_working_day(day, free_days)}
    return len(days)


def _note(clock: Clock, verb: str, by: User, **data: Any) -> None:
    touch(clock.case)
    record(
        by, verb, clock, office_id=clock.case.office_id, rule=clock.rule.code, **data
    )
    clock.refresh_from_db()
