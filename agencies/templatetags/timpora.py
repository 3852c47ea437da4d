"""Indonesian dates and the permission question, in every template."""

import datetime as dt

from django import template
from django.db.models import Model
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agencies.models import User
from timpora import dates, numbers
from timpora.vault import unseal

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


@register.filter
def rupiah(value: int | None) -> str:
    """Rp1.250.000,00"""
    return "" if value is None else numbers.rupiah(value)


@register.filter
def opened(sealed: str) -> str:
    """A sealed field in clear: for official papers, whose files are guarded, alone."""
    return unseal(sealed)


@register.simple_tag
def may(user: User, permission: str, obj: Model | None = None) -> bool:
    """Who may, from the rules; when it is possible stays with the model and service."""
    return user.has_perm(permission, obj)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing beside its word; it never says anything that the word does not."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.filter
def lies_under(path: str, url: str) -> bool:
    """Whether the page at ``path`` belongs to the section that begins at ``url``."""
    return path.startswith(url)


def _local_day(value: dt.date | dt.datetime) -> dt.date:
    return timezone.localdate(value) if isinstance(value, dt.datetime) else value
