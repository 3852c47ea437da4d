import datetime as dt

import pytest

from agencies.models import Holiday
from agencies.services.reference import load_masters
from agencies.tests.factories import OfficeFactory
from foreigners.models import ClockRule
from foreigners.services.clocks import add_months, due_date, meet, start_clock
from foreigners.tests.factories import CaseFactory

pytestmark = pytest.mark.django_db


def objection_rule() -> ClockRule:
    return ClockRule.objects.create(
        code="objection",
        name="Masa keberatan",
        length=21,
        unit=ClockRule.Unit.WORKING_DAYS,
        article="Pasal 73 Permenimipas 2/2025",
        source="uji",
    )


@pytest.mark.parametrize(
    ("served", "leave_is_free", "leave_is_worked"),
    [
        (dt.date(2026, 3, 2), dt.date(2026, 4, 8), dt.date(2026, 4, 1)),
        (dt.date(2026, 3, 9), dt.date(2026, 4, 15), dt.date(2026, 4, 9)),
        (dt.date(2026, 5, 4), dt.date(2026, 6, 9), dt.date(2026, 6, 5)),
        (dt.date(2026, 7, 1), dt.date(2026, 7, 30), dt.date(2026, 7, 30)),
    ],
)
def test_last_day_of_the_objection_follows_the_office_s_choice_on_collective_leave(
    served, leave_is_free, leave_is_worked
):
    load_masters()
    free = OfficeFactory(collective_leave_is_free=True)
    worked = OfficeFactory(collective_leave_is_free=False)
    rule = objection_rule()

    found = [
        due_date(rule, served, Holiday.objects.free_days(office))[0]
        for office in (free, worked)
    ]

    assert found == [leave_is_free, leave_is_worked]


def test_clock_says_what_it_rests_on_and_stops_when_the_thing_is_done():
    Holiday.objects.create(date=dt.date(2026, 7, 3), name="Libur contoh")
    objection_rule()
    clock = start_clock(CaseFactory(), "objection", on=dt.date(2026, 7, 1))

    meet(clock, on=dt.date(2026, 7, 10))

    assert (clock.due_on, clock.state) == (dt.date(2026, 7, 31), "terpenuhi")
    assert "3 Juli 2026" in clock.basis[3]


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (dt.date(2026, 8, 31), 6, dt.date(2027, 2, 28)),
        (dt.date(2027, 8, 31), 6, dt.date(2028, 2, 29)),
        (dt.date(2026, 6, 15), 120, dt.date(2036, 6, 15)),
    ],
)
def test_month_ends_on_its_last_day(day, months, end):
    assert add_months(day, months) == end
