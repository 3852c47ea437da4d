"""Several administrators change the free days at once: the clock counts all of them."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.utils import timezone

from agencies.models import Holiday, User
from agencies.services.free_days import keep_holiday
from agencies.tests.factories import UserFactory
from foreigners.models import Clock, Shift
from foreigners.services.clocks import start_clock
from foreigners.tests.factories import CaseFactory, the_law
from timpora.dates import add_working_days
from timpora.tests.threads import database_in_a_file, in_own_connection

pytestmark = pytest.mark.slow

CROWD = 4


def add(day, by):
    values = {"date": day, "name": "Libur contoh", "kind": "libur_nasional"}
    keep_holiday(Holiday(), values=values, seen="", by=by)


def found():
    clock = Clock.objects.get()
    chain = Shift.objects.order_by("pk").values_list("before", "after")
    return clock.due_on, list(chain)


def test_free_days_of_several_at_once_are_all_counted(transactional_db, tmp_path):
    the_law()
    case = CaseFactory()
    started = timezone.localdate()
    clock = start_clock(case, "objection", on=started)
    # Of other offices: those of one wait for each other at its audit trail anyway.
    people = UserFactory.create_batch(CROWD, role=User.Role.ADMINISTRATOR)
    monday = started + dt.timedelta(days=7 - started.weekday())
    days = [monday + dt.timedelta(days=number) for number in range(CROWD)]

    with database_in_a_file(tmp_path), ThreadPoolExecutor(CROWD) as crowd:
        list(crowd.map(partial(in_own_connection, add), days, people))
        due_on, chain = crowd.submit(in_own_connection, found).result()

    assert due_on == add_working_days(started, 21, set(days))
    assert chain[0][0] == clock.due_on
    assert chain[-1][1] == due_on
    assert [after for _before, after in chain[:-1]] == [
        before for before, _ in chain[1:]
    ]
