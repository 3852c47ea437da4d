import datetime as dt

import pytest

from reports.models import Period, PeriodKind

DAY = dt.date(2026, 8, 17)


@pytest.mark.parametrize(
    ("kind", "starts_on", "ends_on", "label"),
    [
        ("bulanan", dt.date(2026, 8, 1), dt.date(2026, 8, 31), "Agustus 2026"),
        (
            "triwulan",
            dt.date(2026, 7, 1),
            dt.date(2026, 9, 30),
            "Triwulan III Tahun 2026",
        ),
        (
            "semester",
            dt.date(2026, 7, 1),
            dt.date(2026, 12, 31),
            "Semester II Tahun 2026",
        ),
        ("tahunan", dt.date(2026, 1, 1), dt.date(2026, 12, 31), "Tahun 2026"),
    ],
)
def test_period_around_a_day(kind, starts_on, ends_on, label):
    period = Period.containing(kind, DAY)

    assert (period.starts_on, period.ends_on, period.label) == (
        starts_on,
        ends_on,
        label,
    )


@pytest.mark.parametrize(
    ("day", "kind", "starts_on", "ends_on", "label"),
    [
        ("2024-02-29", "bulanan", "2024-02-01", "2024-02-29", "Februari 2024"),
        ("2026-12-31", "bulanan", "2026-12-01", "2026-12-31", "Desember 2026"),
        ("2026-01-01", "triwulan", "2026-01-01", "2026-03-31", "Triwulan I Tahun 2026"),
        ("2026-11-25", "triwulan", "2026-10-01", "2026-12-31", "Triwulan IV Tahun 2026"),
        ("2026-06-30", "semester", "2026-01-01", "2026-06-30", "Semester I Tahun 2026"),
    ],
)  # fmt: skip
def test_period_around_a_day_at_its_edge(day, kind, starts_on, ends_on, label):
    period = Period.containing(kind, dt.date.fromisoformat(day))

    assert [one.isoformat() for one in period.days] == [starts_on, ends_on]
    assert period.label == label


def test_free_span_is_called_by_its_days():
    span = Period(PeriodKind.FREE, dt.date(2026, 7, 5), dt.date(2026, 8, 4))

    assert span.label == "5 Juli 2026 s.d. 4 Agustus 2026"


@pytest.mark.parametrize(
    ("kind", "before"),
    [
        ("bulanan", dt.date(2025, 12, 1)),
        ("triwulan", dt.date(2025, 10, 1)),
        ("semester", dt.date(2025, 7, 1)),
        ("tahunan", dt.date(2025, 1, 1)),
    ],
)
def test_period_before_the_first_of_a_year(kind, before):
    assert Period.containing(kind, dt.date(2026, 1, 9)).before().starts_on == before


def test_february_of_a_leap_year_has_its_last_day():
    assert Period.containing("bulanan", dt.date(2028, 2, 3)).ends_on == dt.date(
        2028, 2, 29
    )


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("Asia/Jakarta", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15)],
)
def test_a_day_begins_at_midnight_of_the_office(zone, hour):
    begins, after = Period.containing("bulanan", DAY).moments(zone)

    assert begins == dt.datetime(2026, 7, 31, hour, tzinfo=dt.UTC)
    assert after == dt.datetime(2026, 8, 31, hour, tzinfo=dt.UTC)
