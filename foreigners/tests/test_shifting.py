"""Free days change while clocks run: their last days move with them, once, with a trace."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agencies.models import AuditEntry, Holiday, Notification, Office, User
from agencies.services.free_days import keep_holiday
from agencies.services.masters import fingerprint
from agencies.services.reference import load_masters
from agencies.tests.factories import OfficeFactory, UserFactory
from foreigners.models import Clock, ClockRule, Shift
from foreigners.services.clocks import cancel, start_clock
from foreigners.services.extending import extend, pause, resume
from foreigners.services.shifting import follow_free_days
from foreigners.tests.factories import CaseFactory
from timpora.errors import DomainError

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 6, 1)
# Five working days after a Monday: the next one.
DUE = dt.date(2026, 6, 8)
NEXT = dt.date(2026, 6, 9)
HOLIDAY_FIELDS = ["date", "name", "kind", "decree"]


@pytest.fixture(autouse=True)
def _on_tuesday():
    """Noon in Jakarta on the first day that counts."""
    with time_machine.travel(dt.datetime(2026, 6, 2, 5, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def administrator(office, client):
    user = UserFactory(agency=office.agency, role=User.Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def rule(**fields):
    return ClockRule.objects.create(
        **{
            "code": "objection",
            "name": "Masa keberatan",
            "length": 5,
            "unit": ClockRule.Unit.WORKING_DAYS,
            "article": "Pasal uji",
            "source": "uji",
            "may_pause": True,
            **fields,
        }
    )


def running(office, **fields):
    """A clock of five working days; its rule is made if there is none yet."""
    if not ClockRule.objects.exists():
        rule(**fields)
    return start_clock(CaseFactory(office=office), "objection", on=MONDAY)


def day(number):
    return dt.date(2026, 6, number)


def holiday(number=4, **fields):
    values = {"kind": Holiday.Kind.PUBLIC, "name": "Libur contoh", **fields}
    return Holiday.objects.create(date=day(number), **values)


def counted_anew(by=None):
    return follow_free_days(by=by, reason="Hari libur ditambah: contoh.")


def add(client, number, **fields):
    data = {"date": day(number), "name": "Libur contoh", "kind": "libur_nasional"}
    url = reverse("agencies:master_new", args=["hari-libur"])
    return client.post(url, {**data, **fields}, follow=True)


def due_of(clock):
    return Clock.objects.get(pk=clock.pk).due_on


def test_free_day_moves_a_running_clock_and_says_why(office, administrator, client):
    clock = running(office)

    page = add(client, 4, decree="SKB 1/2026").content.decode()

    clock.refresh_from_db()
    shift = Shift.objects.get()
    reason = "Hari libur ditambah: 4 Juni 2026, Libur contoh (SKB 1/2026)."
    assert (clock.due_on, clock.basis[-1]) == (NEXT, "Hari terakhir: 9 Juni 2026.")
    assert (shift.before, shift.after, shift.reason, shift.by) == (
        DUE,
        NEXT,
        reason,
        administrator,
    )
    assert "Tersimpan. 1 tenggat yang berjalan bergeser." in page
    entry = AuditEntry.objects.get(verb="foreigners.shift_clock")
    assert (entry.reason, entry.office_id, entry.data) == (
        reason,
        office.pk,
        {"rule": "objection", "before": "2026-06-08", "after": "2026-06-09"},
    )


def test_change_and_removal_of_a_free_day_move_it_on_and_back(
    office, administrator, client
):
    clock = running(office)
    add(client, 4)
    row = Holiday.objects.get()
    data = {"date": day(13), "name": row.name, "kind": row.kind}
    url = reverse("agencies:master_edit", args=["hari-libur", row.pk])
    removal = reverse("agencies:master_remove", args=["hari-libur", row.pk])

    found = [due_of(clock)]
    client.post(url, {**data, "seen": fingerprint(row, HOLIDAY_FIELDS)})
    found.append(due_of(clock))
    row.refresh_from_db()
    client.post(url, {**data, "date": day(5), "seen": fingerprint(row, HOLIDAY_FIELDS)})
    found.append(due_of(clock))
    page = client.post(removal, follow=True).content.decode()
    found.append(due_of(clock))

    # A Saturday moves nothing.
    assert found == [NEXT, DUE, NEXT, DUE]
    assert "Dihapus. 1 tenggat yang berjalan bergeser." in page
    assert list(Shift.objects.values_list("after", flat=True)) == found
    assert Shift.objects.last().reason == (
        "Hari libur dihapus: 5 Juni 2026, Libur contoh."
    )


def test_same_form_sent_twice_moves_it_once(office, administrator, client):
    clock = running(office)

    statuses = [add(client, 4).status_code for _time in range(2)]

    assert statuses == [200, 422]
    assert due_of(clock) == NEXT
    assert Shift.objects.count() == 1


def test_counting_twice_moves_nothing(office):
    running(office)
    holiday()

    for _time in range(2):
        counted_anew()

    assert Shift.objects.count() == 1
    assert AuditEntry.objects.filter(verb="foreigners.shift_clock").count() == 1


def test_clock_that_ended_stands_still_or_is_over_stays(office):
    ended, still, over, calendar_days = (running(office) for _number in range(4))
    cancel(ended, on=day(2))
    pause(still, on=day(2), ground="Menunggu.", by=UserFactory())
    Clock.objects.filter(pk=over.pk).update(due_on=day(1))
    other = rule(code="spdp", unit=ClockRule.Unit.DAYS)
    Clock.objects.filter(pk=calendar_days.pk).update(rule=other)
    before = {clock.pk: due_of(clock) for clock in Clock.objects.all()}
    holiday()

    counted_anew()

    assert {clock.pk: clock.due_on for clock in Clock.objects.all()} == before
    assert not Shift.objects.exists()


def test_clock_that_stood_still_counts_the_free_day_when_it_runs_again(office):
    clock = running(office)
    pause(clock, on=day(2), ground="Menunggu.", by=UserFactory())
    holiday(5)
    counted_anew()

    resume(clock, on=day(3), by=UserFactory())

    # One working day stood still, one is free.
    assert due_of(clock) == day(10)


def test_last_day_does_not_move_to_where_it_is_over(office, administrator, client):
    row = holiday(4)
    clock = running(office)
    assert clock.due_on == NEXT

    with time_machine.travel(dt.datetime(2026, 6, 9, 5, tzinfo=dt.UTC), tick=False):
        client.force_login(administrator)
        page = client.post(
            reverse("agencies:master_remove", args=["hari-libur", row.pk]), follow=True
        ).content.decode()

    assert due_of(clock) == NEXT
    assert "1 tenggat tetap, karena hari terakhirnya yang baru sudah lewat." in page
    assert not Shift.objects.exists()


def test_extension_keeps_the_day_that_was_decided(office):
    clock = running(office, most_extensions=1, extension_length=5)
    extend(clock, on=day(2), ground="Keputusan.", by=UserFactory(), until=day(12))
    holiday(10)

    counted_anew()

    assert due_of(clock) == day(12)


def test_each_office_follows_its_own_choice_on_collective_leave(office):
    worked = OfficeFactory(collective_leave_is_free=False)
    free, counted = running(office), running(worked)
    holiday(kind=Holiday.Kind.COLLECTIVE_LEAVE)

    counted_anew()

    assert (due_of(free), due_of(counted)) == (NEXT, DUE)


def test_choice_on_collective_leave_moves_the_office_s_clocks(
    office, administrator, client
):
    holiday(kind=Holiday.Kind.COLLECTIVE_LEAVE)
    clock, elsewhere = running(office), running(OfficeFactory())
    names = ("letterhead", "address", "city", "unit_code", "time_zone", "review_days")
    form = client.get(reverse("agencies:office")).context["form"]
    data = {name: getattr(office, name) for name in names}

    page = client.post(
        reverse("agencies:office"), {**data, "seen": form["seen"].value()}, follow=True
    ).content.decode()

    assert (due_of(clock), due_of(elsewhere)) == (DUE, NEXT)
    assert "1 tenggat yang berjalan bergeser." in page
    assert Shift.objects.get().reason == "Cuti bersama ditetapkan sebagai hari kerja."


def test_office_saved_without_that_choice_counts_nothing_anew(
    office, administrator, client
):
    clock = running(office)
    holiday()
    names = ("letterhead", "address", "city", "unit_code", "time_zone", "review_days")
    form = client.get(reverse("agencies:office")).context["form"]
    data = {name: getattr(office, name) for name in names}

    client.post(
        reverse("agencies:office"),
        {**data, "collective_leave_is_free": "on", "seen": form["seen"].value()},
    )

    assert due_of(clock) == DUE


def test_administrator_reads_of_their_own_office_alone(office, administrator):
    elsewhere = running(OfficeFactory())
    holiday()

    assert counted_anew(by=administrator) == ""

    assert due_of(elsewhere) == NEXT


def test_holidays_of_a_new_version_move_clocks_too(office):
    clock = start_clock(
        CaseFactory(office=office), rule().code, on=dt.date(2026, 6, 12)
    )

    for _time in range(2):
        load_masters()

    # 16 June 2026 is 1 Muharam.
    shift = Shift.objects.get()
    assert (clock.due_on, due_of(clock)) == (day(19), day(22))
    assert (shift.by, shift.reason.split(":")[0]) == (None, "Hari libur dimuat")


def test_whoever_keeps_the_clock_is_told_to_tell_the_person(office):
    head = UserFactory(agency=office.agency, role=User.Role.SECTION_HEAD)
    clock = running(office)
    holiday()

    counted_anew()

    mails = Notification.objects.order_by("to")
    people = sorted([clock.case.responsible.email, head.email])
    assert [mail.to for mail in mails] == people
    assert "bergeser dari 8 Juni 2026 menjadi 9 Juni 2026" in mails[0].body
    assert "Beri tahu yang bersangkutan" in mails[0].body


def test_moved_clock_reminds_anew_and_makes_receipts_stale(office):
    clock = running(office)
    Clock.objects.filter(pk=clock.pk).update(reminded=["h-7"])
    holiday()
    revision = clock.case.revision

    counted_anew()

    clock.refresh_from_db()
    clock.case.refresh_from_db()
    assert clock.reminded == []
    assert clock.case.revision == revision + 1


def test_page_of_a_clock_shows_how_it_moved(office, client):
    clock = running(office)
    holiday()
    counted_anew()
    client.force_login(clock.case.responsible)

    page = client.get(reverse("foreigners:clock", args=[clock.pk])).content.decode()

    assert "Bergeser dari 8 Juni 2026 menjadi 9 Juni 2026" in " ".join(page.split())


def refuse(*, by, reason):
    raise DomainError("Tidak dapat dihitung.")


def test_free_day_that_cannot_be_followed_is_not_kept(administrator, settings):
    settings.FOLLOW_FREE_DAYS = [
        *settings.FOLLOW_FREE_DAYS,
        f"{refuse.__module__}.{refuse.__name__}",
    ]
    clock = running(administrator.agency.office)
    values = {"date": day(4), "name": "Libur", "kind": "libur_nasional", "decree": ""}

    with pytest.raises(DomainError):
        keep_holiday(Holiday(), values=values, seen="", by=administrator)

    assert not Holiday.objects.exists()
    assert due_of(clock) == DUE
    assert not Shift.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_clocks_that_stay_cost_no_query_each(office, rows, django_assert_num_queries):
    case = running(office).case
    for _number in range(rows - 1):
        start_clock(case, "objection", on=MONDAY)
    offices = Office.objects.count()

    # The savepoint and the offices; of each its free days and its clocks, of the one
    # that has any their pauses and extensions.
    with django_assert_num_queries(3 + 2 * offices + 2):
        counted_anew()
