import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import UserFactory
from foreigners.models import Case, CaseEvent, Clock, ClockRule, Hold, Pause
from foreigners.tests.factories import CaseFactory
from reports.models import Period, PeriodKind
from reports.queries.dashboard_outlook import Outlook
from reports.queries.dashboard_stages import (
    HOLDS,
    STAGES,
    Kind,
    Stretch,
    split,
    stages_of,
    stretches,
)

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
START = dt.datetime(2026, 3, 1, tzinfo=dt.timezone(dt.timedelta(hours=7)))
NOW = START + 40 * DAY
State = Case.State


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def chief():
    return UserFactory(role=User.Role.CHIEF)


def case_with(chief, *steps, state=None):
    """Registered on 1 March; each step is a state and the day it was reached."""
    before = State.REPORTED
    case = CaseFactory(
        office=chief.agency.office,
        registered_on=dt.date(2026, 3, 1),
        state=state or (steps[-1][0] if steps else before),
        state_since=START + (steps[-1][1] if steps else 0) * DAY,
    )
    for after, day in steps:
        CaseEvent.objects.create(
            case=case,
            action="step",
            from_state=before,
            to_state=after,
            reason="Langkah uji.",
            receipt={},
            receipt_sha256="0" * 64,
            at=START + day * DAY,
        )
        before = after
    return case


def days_of(chief, first=dt.date(2026, 3, 1), last=dt.date(2026, 12, 31)):
    outlook = Outlook(chief, Period(PeriodKind.FREE, first, last), timezone.localdate())
    return {
        stage.state: (
            len(stage.cases),
            *(round(stage.days_per_case(kind), 2) for kind in Kind),
        )
        for stage in stages_of(outlook)
    }


def test_every_state_that_takes_time_has_its_kind_and_its_reason():
    ended = {State.CLOSED, State.NOT_PROVEN}

    assert set(STAGES) == set(State) - ended
    assert set(HOLDS) == set(Hold.Kind)
    assert all(str(why) for _kind, why in [*STAGES.values(), *HOLDS.values()])


def test_time_is_told_by_stage_and_by_who_holds_it(chief):
    case_with(
        chief,
        (State.VERIFICATION, 2),
        (State.EXAMINATION, 5),
        (State.OBJECTION_WINDOW, 10),
        (State.OBJECTION, 20),
        (State.EXECUTION, 25),
        (State.CLOSED, 30),
    )

    assert days_of(chief) == {
        State.REPORTED: (1, 2, 0, 0),
        State.VERIFICATION: (1, 3, 0, 0),
        State.EXAMINATION: (1, 5, 0, 0),
        State.OBJECTION_WINDOW: (1, 0, 0, 10),
        State.OBJECTION: (1, 0, 5, 0),
        State.EXECUTION: (1, 5, 0, 0),
    }


def test_days_are_those_of_the_period_and_the_mean_of_its_cases(chief):
    case_with(chief, (State.EXAMINATION, 10))
    case_with(chief, (State.EXAMINATION, 18))

    found = days_of(chief, dt.date(2026, 3, 6), dt.date(2026, 3, 20))

    # Day 5 to 20: five and thirteen days before, ten and two after.
    assert found == {State.REPORTED: (2, 9, 0, 0), State.EXAMINATION: (2, 6, 0, 0)}


def test_period_that_goes_on_counts_up_to_now(chief):
    case_with(chief)

    assert days_of(chief) == {State.REPORTED: (1, 40, 0, 0)}


def test_holds_and_pauses_take_time_from_the_office(chief):
    case = case_with(chief, (State.EXAMINATION, 10))
    rule = ClockRule.objects.create(
        code="verification", name="Verifikasi", length=3, source="uji", may_pause=True
    )
    clock = Clock.objects.create(
        case=case, rule=rule, started_on=dt.date(2026, 3, 1), due_on=dt.date(2026, 3, 9)
    )
    Pause.objects.create(
        clock=clock,
        since=dt.date(2026, 3, 3),
        until=dt.date(2026, 3, 5),
        ground="x",
        by=chief,
    )
    holds = {"case": case, "ground": "x", "by": chief}
    Hold.objects.create(
        **holds, kind="instansi", since=START + 3 * DAY, until=START + 8 * DAY
    )
    Hold.objects.create(**holds, kind="hukum", since=START + 35 * DAY)

    found = days_of(chief)

    # Paused from day 2 to 4, waiting from 3 to 8: one day is both, and the law's.
    assert found == {State.REPORTED: (1, 4, 4, 2), State.EXAMINATION: (1, 25, 0, 5)}


def test_case_whose_steps_were_not_kept_is_known_from_its_last_change(chief):
    case = case_with(chief, state=State.CONFERENCE)
    Case.objects.filter(pk=case.pk).update(state_since=START + 30 * DAY)

    assert days_of(chief) == {State.CONFERENCE: (1, 10, 0, 0)}


def test_sealed_and_foreign_cases_take_no_time(chief):
    sealed = case_with(chief, (State.NOT_PROVEN, 3))
    Case.objects.filter(pk=sealed.pk).update(sealed_at=NOW)
    case_with(UserFactory())

    assert days_of(chief) == {}


def test_stage_that_was_reached_before_registration_takes_no_negative_time():
    found = stretches(
        State.EXAMINATION,
        START,
        START + DAY,
        [(State.REPORTED, State.EXAMINATION, START)],
        until=START + 2 * DAY,
    )

    assert [(one.what, one.end - one.start) for one in found] == [
        (State.REPORTED, 0 * DAY),
        (State.EXAMINATION, 2 * DAY),
    ]


def test_parts_of_a_stretch_add_up_to_it():
    stretch = Stretch(START, START + 10 * DAY, State.EXAMINATION)
    over = [
        Stretch(START - DAY, START + 3 * DAY, Kind.WAITING),
        Stretch(START + 2 * DAY, START + 4 * DAY, Kind.SUSPENDED),
        Stretch(START + 9 * DAY, START + 12 * DAY, Kind.WAITING),
    ]

    time = split(stretch, over)

    assert time == {
        Kind.WORKING: 5 * DAY,
        Kind.WAITING: 3 * DAY,
        Kind.SUSPENDED: 2 * DAY,
    }
