"""Indonesian dates and the permission question, in every template."""

import datetime as dt

from django import template
from django.db.models import Model
from django.utils import timezone

from agencies.models import User
from timpora import dates

register = template.Library()


@register.filter
def tanggal(value: dt.date | dt.datetime | None) -> str:
    """23 Juli 2025"""
    if value is None:
        return ""
    return dates.long_date(_local_day(value))


@register.filter
def tanggal_iso(value: str) -> str:
    """The same of a date as JSON keeps it: "2025-07-23" """
    return dates.long_date(dt.date.fromisoformat(value))


@register.filter
def hari_tanggal(value: dt.date | dt.datetime | None) -> str:
    """Rabu, 23 Juli 2025"""
    if value is None:
        return ""
    return dates.day_and_date(_local_day(value))


@register.filter
def jam(value: dt.datetime | None) -> str:
    """09.00 WIB, in the zone that the page is shown in"""
    if value is None:
        return ""
    return dates.clock_time(value, timezone.get_current_timezone_name())


@register.simple_tag
def may(user: User, permission: str, obj: Model | None = None) -> bool:
    """Who may, from the rules; when it is possible stays with the model and service."""
    return user.has_perm(permission, obj)


def _local_day(value: dt.date | dt.datetime) -> dt.date:
    return timezone.localdate(value) if isinstance(value, dt.datetime) else value
