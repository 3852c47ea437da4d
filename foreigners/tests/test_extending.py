import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import AuditEntry, Holiday
from agencies.tests.factories import UserFactory
from foreigners.models import Clock, ClockRule
from foreigners.services.clocks import cancel, start_clock
from foreigners.services.extending import (
    ClockHasEnded,
    ExtensionRefused,
    PauseRefused,
    extend,
    pause,
    resume,
    stood_still,
)
from foreigners.tests.factories import CaseFactory

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 6, 1)
GROUND = "Menunggu jawaban perwakilan."


def rule(**fields):
    return ClockRule.objects.create(
        **{
            "code": "uji",
            "name": "Tenggat uji",
            "length": 5,
            "unit": ClockRule.Unit.WORKING_DAYS,
            "article": "Pasal uji",
            "source": "uji",
            "may_pause": True,
            **fields,
        }
    )


def running(**fields):
    rule(**fields)
    return start_clock(CaseFactory(), "uji", on=MONDAY)


def day(number):
    return MONDAY + dt.timedelta(days=number)


@pytest.mark.parametrize("fields", [{"may_pause": False}, {"end": "gugur"}])
def test_clock_of_the_law_is_not_paused(fields):
    clock = running(**fields)

    with pytest.raises(PauseRefused):
        pause(clock, on=day(1), ground=GROUND, by=UserFactory())

    assert Clock.objects.get().state == "berjalan"
    assert not clock.pauses.exists()


def test_pause_before_the_start_is_refused():
    clock = running()

    with pytest.raises(PauseRefused):
        pause(clock, on=day(-1), ground=GROUND, by=UserFactory())


def test_paused_clock_is_not_paused_again():
    clock = running()
    pause(clock, on=day(1), ground=GROUND, by=UserFactory())

    with pytest.raises(ClockHasEnded):
        pause(clock, on=day(2), ground=GROUND, by=UserFactory())

    assert clock.pauses.count() == 1


def test_running_clock_is_not_resumed():
    with pytest.raises(ClockHasEnded):
        resume(running(), on=day(1), by=UserFactory())


def test_pause_does_not_end_before_it_starts():
    clock = running()
    pause(clock, on=day(2), ground=GROUND, by=UserFactory())

    with pytest.raises(PauseRefused):
        resume(clock, on=day(1), by=UserFactory())

    assert Clock.objects.get().state == "dijeda"


def test_ended_clock_is_neither_paused_nor_extended():
    clock = running(most_extensions=1, extension_length=5)
    cancel(clock, on=MONDAY)

    with pytest.raises(ClockHasEnded):
        pause(clock, on=day(1), ground=GROUND, by=UserFactory())
    with pytest.raises(ExtensionRefused):
        extend(clock, on=day(1), ground=GROUND, by=UserFactory())


def test_working_days_of_a_pause_are_added_and_explained():
    Holiday.objects.create(date=day(3), name="Libur contoh")
    clock = running()
    before = clock.due_on

    pause(clock, on=day(1), ground=GROUND, by=UserFactory())
    resume(clock, on=day(8), by=UserFactory())

    # Tuesday to the next Monday: weekend and holiday stand still by themselves.
    assert (before, clock.due_on) == (day(8), day(14))
    assert clock.state == "berjalan"
    assert clock.basis[-1] == "Ditambah 4 hari jeda: hari terakhir 15 Juni 2026."


def test_day_that_two_pauses_cover_counts_once():
    clock = running(unit=ClockRule.Unit.DAYS)
    officer = UserFactory()
    pause(clock, on=day(1), ground=GROUND, by=officer)
    resume(clock, on=day(4), by=officer)
    pause(clock, on=day(2), ground="Dicatat kemudian.", by=officer)
    resume(clock, on=day(6), by=officer)

    # Day 1 to day 5, whoever counted them: five days more.
    assert clock.due_on == day(5 + 5)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=6))
def test_pauses_add_each_day_once_in_any_order(stretches):
    made = [(day(start), day(start + length)) for start, length in stretches]
    calendar = ClockRule(unit=ClockRule.Unit.DAYS)

    still = stood_still(made, calendar, frozenset())

    assert still == stood_still(made[::-1], calendar, frozenset())
    assert still == len(
        {n for start, length in stretches for n in range(start, start + length)}
    )


def test_extension_that_the_rule_does_not_know_is_refused():
    clock = running()

    with pytest.raises(ExtensionRefused):
        extend(clock, on=day(1), ground=GROUND, by=UserFactory())

    assert not clock.extensions.exists()


def test_second_extension_is_refused_where_the_law_says_once():
    clock = running(
        length=6,
        unit=ClockRule.Unit.MONTHS,
        most_extensions=1,
        extension_length=6,
        end="gugur",
    )
    extend(clock, on=day(1), ground="Keputusan Nomor 7", by=UserFactory())

    with pytest.raises(ExtensionRefused):
        extend(clock, on=day(2), ground="Keputusan Nomor 8", by=UserFactory())

    assert clock.due_on == dt.date(2027, 6, 1)
    assert list(clock.extensions.values_list("before", "after")) == [
        (dt.date(2026, 12, 1), dt.date(2027, 6, 1))
    ]
    assert "Keputusan Nomor 7" in clock.basis[-1]


def test_extension_of_one_who_read_an_older_last_day_is_refused():
    clock = running(most_extensions=2, extension_length=5)
    stale = Clock.objects.get()
    extend(clock, on=day(1), ground=GROUND, by=UserFactory())

    with pytest.raises(ExtensionRefused, match="berubah"):
        extend(stale, on=day(1), ground=GROUND, by=UserFactory())

    assert clock.extensions.count() == 1


@pytest.mark.parametrize(("left", "allowed"), [(3, True), (2, False)])
def test_extension_later_than_the_rule_allows_is_refused(left, allowed):
    clock = running(most_extensions=1, extension_length=5, extend_by_days=3)
    on = clock.due_on - dt.timedelta(days=left)

    if allowed:
        extend(clock, on=on, ground=GROUND, by=UserFactory())
    else:
        with pytest.raises(ExtensionRefused, match="paling lambat"):
            extend(clock, on=on, ground=GROUND, by=UserFactory())

    assert clock.extensions.count() == allowed


@pytest.mark.parametrize("days_more", [0, 15])
def test_extension_beyond_the_longest_or_of_nothing_is_refused(days_more):
    clock = running(most_extensions=1, extension_length=5)
    until = clock.due_on + dt.timedelta(days=days_more)

    with pytest.raises(ExtensionRefused, match="paling lambat"):
        extend(clock, on=day(1), ground=GROUND, by=UserFactory(), until=until)


def test_pause_extension_and_resumption_leave_a_trace_and_make_receipts_stale():
    clock = running(most_extensions=1, extension_length=5)
    officer = UserFactory()

    extend(clock, on=day(1), ground=GROUND, by=officer)
    pause(clock, on=day(1), ground=GROUND, by=officer)
    resume(clock, on=day(2), by=officer)

    assert clock.case.revision == 4
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "foreigners.extend_clock",
        "foreigners.pause_clock",
        "foreigners.resume_clock",
    ]
    assert not AuditEntry.objects.filter(data__icontains="perwakilan").exists()
