import datetime as dt

import pytest

from agencies.models import AuditEntry, Notification, User
from agencies.tests.factories import UserFactory
from foreigners.models import Case, Clock, Measure, Setting
from foreigners.services.clocks import meet, start_clock
from foreigners.services.extending import extend, pause
from foreigners.services.ticking import tick, windows_over
from foreigners.tests.factories import (
    CaseFactory,
    MeasureFactory,
    ObjectionFactory,
    the_law,
)

pytestmark = pytest.mark.django_db

START = dt.date(2026, 7, 1)


def noon(day):
    """Noon in Jakarta."""
    return dt.datetime.combine(day, dt.time(5), tzinfo=dt.UTC)


def after(days):
    return START + dt.timedelta(days=days)


@pytest.fixture
def case():
    the_law()
    case = CaseFactory()
    for role in (User.Role.SECTION_HEAD, User.Role.CHIEF, User.Role.AUDITOR):
        UserFactory(agency=case.office.agency, role=role)
    return case


def subjects():
    return list(Notification.objects.order_by("pk").values_list("subject", flat=True))


def told():
    """Role and occasion of every mail that is owed."""
    roles = dict(User.objects.values_list("email", "role"))
    return sorted(
        (roles[to], key.split(":")[2])
        for to, key in Notification.objects.values_list("to", "key")
    )


def test_clock_with_time_left_tells_nobody(case):
    start_clock(case, "spdp", on=START)

    assert tick(noon(after(1))) == 0

    assert not Notification.objects.exists()


def test_reminder_comes_once_however_often_time_passes(case):
    start_clock(case, "spdp", on=START)

    moved = [tick(noon(after(4))), tick(noon(after(4))), tick(noon(after(5)))]

    assert moved == [1, 0, 0]
    assert told() == [("officer", "h-3"), ("section_head", "h-3")]


def test_machine_that_was_off_reminds_of_the_nearest_day_alone(case):
    start_clock(case, "spdp", on=START)

    tick(noon(after(7)))

    assert told() == [("officer", "h-1"), ("section_head", "h-1")]


def test_mail_names_no_person_and_no_title(case):
    Case.objects.update(title="kxjudul", summary="kxuraian")
    start_clock(case, "spdp", on=START)

    tick(noon(after(4)))

    mail = Notification.objects.first()
    assert mail.subject == f"Tenggat kasus {case.number}: Pengiriman SPDP"
    assert "8 Juli 2026" in mail.body
    assert "kx" not in mail.subject + mail.body


def test_late_clock_is_shown_and_told_once_and_rises_to_the_chief_once(case):
    clock = start_clock(case, "spdp", on=START)

    moved = [tick(noon(after(days))) for days in (8, 8, 9, 10, 11)]

    clock.refresh_from_db()
    assert moved == [1, 0, 1, 0, 0]
    assert (clock.state, clock.ended_on) == ("terlambat", None)
    assert told() == [
        ("chief", "naik"),
        ("officer", "lewat"),
        ("section_head", "lewat"),
    ]


def test_thing_done_in_time_rises_to_nobody(case):
    clock = start_clock(case, "spdp", on=START)
    meet(clock, on=after(2))

    assert tick(noon(after(30))) == 0

    assert not Notification.objects.exists()


def test_paused_clock_waits(case):
    clock = start_clock(case, "verification", on=START)
    pause(clock, on=START, ground="Menunggu.", by=case.responsible)

    assert tick(noon(after(30))) == 0


@pytest.mark.parametrize(
    ("zone", "state"),
    [("Asia/Jakarta", "berjalan"), ("Asia/Jayapura", "terlambat")],
)
def test_day_ends_at_midnight_of_the_office(case, zone, state):
    case.office.time_zone = zone
    case.office.save()
    start_clock(case, "spdp", on=START)

    # 22.30 WIB of the last day is half past midnight in Jayapura.
    tick(dt.datetime(2026, 7, 8, 15, 30, tzinfo=dt.UTC))

    assert Clock.objects.get().state == state


def test_ban_lapses_by_law_without_anybody_s_click(case):
    measure = MeasureFactory(
        case=case, served=True, kind_code="a", starts_on=START, ends_on=after(9)
    )
    clock = start_clock(case, "ban", on=START, until=after(9), measure=measure)
    window = start_clock(case, "objection", on=START, measure=measure)
    review = start_clock(case, "detention_review", on=START, measure=measure)

    tick(noon(after(9)))
    assert Clock.objects.get(pk=clock.pk).state == "berjalan"
    tick(noon(after(10)))
    tick(noon(after(11)))

    clock.refresh_from_db()
    measure.refresh_from_db()
    review.refresh_from_db()
    window.refresh_from_db()
    assert (clock.state, clock.ended_on) == ("gugur", after(9))
    assert (measure.state, measure.ended_on) == ("ended", after(9))
    assert "Pasal 102" in measure.end_note
    assert (review.state, review.ended_on) == ("batal", after(9))
    # The person may still object.
    assert (window.state, window.ended_on) == ("berjalan", None)
    assert {row for row in told() if row[1] == "gugur"} == {
        ("chief", "gugur"),
        ("officer", "gugur"),
        ("section_head", "gugur"),
    }
    assert AuditEntry.objects.filter(
        verb="foreigners.end_clock", actor=None, data__state="gugur"
    ).exists()


def test_extended_period_ends_on_its_new_last_day(case):
    measure = MeasureFactory(
        case=case, served=True, kind_code="a", starts_on=START, ends_on=after(9)
    )
    clock = start_clock(case, "ban", on=START, until=after(9), measure=measure)
    extend(
        clock,
        on=after(1),
        ground="Keputusan Nomor 9",
        by=case.responsible,
        until=after(20),
    )

    tick(noon(after(10)))

    measure.refresh_from_db()
    assert (measure.state, measure.ends_on) == ("served", after(20))


def test_annulled_measure_does_not_end_a_second_time(case):
    measure = MeasureFactory(case=case, served=True, kind_code="a")
    start_clock(case, "ban", on=START, until=after(9), measure=measure)
    Measure.objects.update(state=Measure.State.ANNULLED)

    tick(noon(after(10)))

    measure.refresh_from_db()
    assert (measure.state, measure.ended_on) == ("annulled", None)


def test_window_passes_on_its_last_day_and_the_case_moves_by_nobody_s_click(case):
    Case.objects.update(state=Case.State.OBJECTION_WINDOW)
    for person in range(2):
        measure = MeasureFactory(case=case, served=True)
        start_clock(case, "objection", on=after(person), measure=measure)
    last = Clock.objects.order_by("-due_on")[0].due_on

    tick(noon(last))
    assert Case.objects.get().state == Case.State.OBJECTION_WINDOW
    tick(noon(last + dt.timedelta(days=1)))

    event = case.events.get()
    assert (event.action, event.by, event.to_state) == (
        "window_over",
        None,
        "execution",
    )
    assert set(Clock.objects.values_list("state", flat=True)) == {"lewat"}


def test_case_does_not_leave_the_window_while_an_objection_is_open(case):
    Case.objects.update(state=Case.State.OBJECTION_WINDOW)
    measure = MeasureFactory(case=case, served=True)
    start_clock(case, "objection", on=START, measure=measure)
    ObjectionFactory(measure=measure)

    tick(noon(after(200)))

    assert not windows_over().exists()


def test_case_that_cannot_move_keeps_no_other_from_moving(case):
    stuck = start_clock(CaseFactory(), "spdp", on=START)
    Clock.objects.filter(pk=stuck.pk).update(due_on=after(-1))
    moving = start_clock(case, "spdp", on=START)
    # The stuck clock's office has made no choice, and none stands for all.
    Setting.objects.filter(code="clock_escalation_days").update(office=case.office)

    tick(noon(after(8)))

    assert Clock.objects.get(pk=moving.pk).state == "terlambat"
    assert Clock.objects.get(pk=stuck.pk).state == "berjalan"


@pytest.mark.parametrize("clocks", [1, 3])
def test_quiet_tick_needs_the_same_queries_for_any_number_of_clocks(
    case, clocks, django_assert_num_queries
):
    for _clock in range(clocks):
        start_clock(case, "spdp", on=START)

    with django_assert_num_queries(6):
        tick(noon(after(1)))
