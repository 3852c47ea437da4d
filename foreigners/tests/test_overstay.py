"""Golden values: what an officer would work out by hand, day by day."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import AuditEntry
from agencies.tests.factories import OfficeFactory
from foreigners.models import Clock, ClockRule, OverstaySheet, Setting, Tariff
from foreigners.queries.law import RuleMissing
from foreigners.services.lawkeeping import is_used
from foreigners.services.overstay import Choices, compute
from foreigners.services.overstay_sheets import (
    DepartureUnreasoned,
    SheetRefused,
    keep_sheet,
    sheet_of,
)
from foreigners.tests.factories import CaseFactory, CasePersonFactory, the_law

pytestmark = pytest.mark.django_db

ENDS = dt.date(2026, 3, 31)
MILLION = 1_000_000


@pytest.fixture(autouse=True)
def law():
    the_law()


def noon(day):
    return dt.datetime.combine(day, dt.time(5), tzinfo=dt.UTC)


def after(days, ends=ENDS):
    return ends + dt.timedelta(days=days)


def computed(days, *, office=None, ends=ENDS, exemption=""):
    return sheet_of(
        office or OfficeFactory(),
        permit_ends_on=ends,
        found_at=noon(after(days, ends)),
        exemption=exemption,
    )


@pytest.mark.parametrize(
    ("days", "amount", "is_beyond"),
    [
        (-5, 0, False),
        (0, 0, False),
        (1, MILLION, False),
        (59, 59 * MILLION, False),
        (60, 60 * MILLION, False),
        (61, 0, True),
        (400, 0, True),
    ],
)
def test_charge_goes_up_to_day_60(days, amount, is_beyond):
    sheet = computed(days)

    assert (sheet.days, sheet.amount, sheet.is_beyond_charge) == (
        max(days, 0),
        amount,
        is_beyond,
    )


@pytest.mark.parametrize(
    ("code", "value", "days", "found"),
    [
        ("overstay_day_60", "deportasi", 59, (59, 59 * MILLION, False)),
        ("overstay_day_60", "deportasi", 60, (60, 0, True)),
        ("overstay_first_day", "hari_terakhir", 0, (1, MILLION, False)),
        ("overstay_first_day", "hari_terakhir", 60, (61, 0, True)),
        ("overstay_last_day", "tidak", 1, (0, 0, False)),
        ("overstay_last_day", "tidak", 61, (60, 60 * MILLION, False)),
    ],
)
def test_what_the_law_leaves_open_is_the_choice_of_the_office(code, value, days, found):
    office = OfficeFactory()
    Setting.objects.create(office=office, code=code, value=value, source="uji")

    sheet = computed(days, office=office)

    assert (sheet.days, sheet.amount, sheet.is_beyond_charge) == found


@pytest.mark.parametrize(
    ("zone", "moment", "days"),
    [
        # One minute before and after midnight in each zone, as UTC tells it.
        ("Asia/Jakarta", dt.datetime(2026, 4, 1, 16, 59, tzinfo=dt.UTC), 1),
        ("Asia/Jakarta", dt.datetime(2026, 4, 1, 17, 1, tzinfo=dt.UTC), 2),
        ("Asia/Makassar", dt.datetime(2026, 4, 1, 15, 59, tzinfo=dt.UTC), 1),
        ("Asia/Makassar", dt.datetime(2026, 4, 1, 16, 1, tzinfo=dt.UTC), 2),
        ("Asia/Jayapura", dt.datetime(2026, 4, 1, 14, 59, tzinfo=dt.UTC), 1),
        ("Asia/Jayapura", dt.datetime(2026, 4, 1, 15, 1, tzinfo=dt.UTC), 2),
    ],
)
def test_day_changes_at_midnight_of_the_office(zone, moment, days):
    sheet = sheet_of(
        OfficeFactory(time_zone=zone), permit_ends_on=ENDS, found_at=moment
    )

    assert sheet.days == days


def test_leap_day_is_a_day():
    ends = dt.date(2028, 2, 27)

    assert computed(3, ends=ends).days == 3
    assert computed(3, ends=ends).last_day == dt.date(2028, 3, 1)


def test_tariff_that_changes_during_the_stay_splits_the_lines():
    sheet = computed(5, ends=dt.date(2019, 4, 30))

    assert sheet.amount == 2 * 300_000 + 3 * MILLION
    assert [line.text for line in sheet.lines if line.amount] == [
        "1 Mei 2019 sampai 2 Mei 2019: 2 hari × Rp300.000,00 = Rp600.000,00.",
        "3 Mei 2019 sampai 5 Mei 2019: 3 hari × Rp1.000.000,00 = Rp3.000.000,00.",
    ]


def test_exemption_is_said_and_costs_nothing():
    sheet = computed(10, exemption="Permenimipas 14/2025")

    assert (sheet.days, sheet.amount) == (10, 0)
    assert sheet.lines[-1].text == "Tarif nol: Permenimipas 14/2025."


def test_tariff_of_nothing_is_a_tariff():
    Tariff.objects.create(amount=0, valid_from=dt.date(2026, 4, 3), source="uji")

    sheet = computed(5)

    assert sheet.amount == 2 * MILLION
    assert sheet.lines[-1].text.endswith("3 hari × Rp0,00 = Rp0,00.")


def test_day_without_tariff_is_refused():
    Tariff.objects.filter(valid_from=None).delete()

    with pytest.raises(RuleMissing, match="1 April 2019"):
        computed(2, ends=dt.date(2019, 3, 31))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    ends=st.dates(dt.date(2018, 1, 1), dt.date(2030, 1, 1)),
    days=st.integers(-3, 90),
    first=st.sampled_from(["sesudah", "hari_terakhir"]),
    last=st.sampled_from(["dihitung", "tidak"]),
    day_60=st.sampled_from(["beban", "deportasi"]),
    rates=st.lists(st.integers(0, 2_000_000), min_size=1, max_size=4),
)
def test_lines_add_up_to_the_amount_and_runs_to_the_days(
    ends, days, first, last, day_60, rates
):
    tariffs = [Tariff(pk=1, amount=rates[0])] + [
        Tariff(pk=n + 2, amount=rate, valid_from=ends + dt.timedelta(days=17 * n))
        for n, rate in enumerate(rates[1:])
    ]
    choices = Choices(Setting(value=first), Setting(value=last), Setting(value=day_60))

    sheet = compute(
        ends,
        ends + dt.timedelta(days=days),
        choices=choices,
        limit=ClockRule(length=60, article="Pasal 78"),
        tariffs=tariffs,
    )

    by_day = sum(
        max(
            (t for t in tariffs if (t.valid_from or dt.date.min) <= day),
            key=lambda t: t.valid_from or dt.date.min,
        ).amount
        for n in range(sheet.days)
        for day in [sheet.first_day + dt.timedelta(days=n)]
    )
    assert sum(line.amount for line in sheet.lines) == sheet.amount
    assert sheet.amount == (0 if sheet.is_beyond_charge else by_day)


def kept(person, found_after=10, **fields):
    return keep_sheet(
        person.case,
        person,
        permit_ends_on=ENDS,
        found_at=noon(after(found_after)),
        by=person.case.responsible,
        **fields,
    )


@pytest.mark.parametrize("reason", ["", "   ", "singkat"])
@pytest.mark.parametrize("change", [{"days": 9}, {"amount": 0}])
def test_departure_without_a_reason_is_refused(reason, change):
    with pytest.raises(DepartureUnreasoned):
        kept(CasePersonFactory(), **change, departure_reason=reason)

    assert not OverstaySheet.objects.exists()


def test_person_of_another_case_is_refused():
    person = CasePersonFactory()

    with pytest.raises(SheetRefused):
        keep_sheet(
            CaseFactory(),
            person,
            permit_ends_on=ENDS,
            found_at=noon(after(1)),
            by=person.case.responsible,
        )


def test_departure_keeps_both_what_was_computed_and_what_was_set():
    sheet = kept(
        CasePersonFactory(),
        amount=7 * MILLION,
        departure_reason="Tiga hari dirawat di rumah sakit.",
    )

    assert (sheet.computed_amount, sheet.amount, sheet.departs) == (
        10 * MILLION,
        7 * MILLION,
        True,
    )


def test_sheet_fixes_the_rows_that_it_rests_on_and_leaves_a_trace():
    sheet = kept(CasePersonFactory())

    assert sheet.derivation["rests_on"][0]["certainty"] == "belum"
    assert is_used(Tariff.objects.get(amount=MILLION, valid_to=None))
    assert not is_used(Tariff.objects.get(amount=300_000))
    assert is_used(Setting.objects.get(code="overstay_day_60"))
    assert AuditEntry.objects.get().data == {"sheet": sheet.pk, "departs": False}


def test_day_60_is_watched_while_it_is_still_to_come_and_once_a_person():
    today = dt.date.today()  # noqa: DTZ011 -- any day near now
    person = CasePersonFactory()
    for _time in range(2):
        keep_sheet(
            person.case,
            person,
            permit_ends_on=today - dt.timedelta(days=10),
            found_at=noon(today),
            by=person.case.responsible,
        )

    assert list(
        Clock.objects.order_by("pk").values_list("state", "due_on", "person")
    ) == [
        ("batal", today + dt.timedelta(days=50), person.pk),
        ("berjalan", today + dt.timedelta(days=50), person.pk),
    ]


def test_day_60_that_is_over_is_not_watched():
    kept(CasePersonFactory(), found_after=61)

    assert not Clock.objects.exists()
