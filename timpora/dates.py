"""Working days and Indonesian dates: pure functions, holidays are an argument."""

import datetime as dt
from collections.abc import Container
from zoneinfo import ZoneInfo

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ROMAN_MONTHS = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
)
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def is_working_day(day: dt.date, holidays: Container[dt.date]) -> bool:
    return day.weekday() < 5 and day not in holidays


def add_working_days(
    start: dt.date, days: int, holidays: Container[dt.date]
) -> dt.date:
    """The last of ``days`` working days that follow ``start``; day one is the next."""
    day = start
    while days:
        day += dt.timedelta(days=1)
        days -= is_working_day(day, holidays)
    return day


def long_date(day: dt.date) -> str:
    """23 Juli 2025"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday(day: dt.date) -> str:
    return WEEKDAYS[day.weekday()]


def day_and_date(day: dt.date) -> str:
    """Rabu, 23 Juli 2025"""
    return f"{weekday(day)}, {long_date(day)}"


def clock_time(moment: dt.datetime, zone: str) -> str:
    """09.00 WIB"""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%H.%M} {ZONE_NAMES[zone]}"


def local_date(moment: dt.datetime, zone: str) -> dt.date:
    """The civil date of the moment in the office's zone."""
    return moment.astimezone(ZoneInfo(zone)).date()
