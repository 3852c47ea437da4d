"""Indonesian dates and the permission question, in every template."""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from typing import Any

from django import template
from django.db.models import Model
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agencies.models import User
from agencies.verbs import kind_in_words, verb_in_words
from timpora import dates, numbers
from timpora.vault import unseal

register = template.Library()

# The first mark that fits counts: Edge calls itself Chrome too, and Chrome Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


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
def bertitik(text: str) -> str:
    """The end of a sentence: one full stop, also after "S.S." """
    return text if text.endswith((".", "!", "?")) else f"{text}."


@register.filter
def tanpa_titik(text: str) -> str:
    """Before a semicolon that the paper writes itself."""
    return text.rstrip(" .;\n")


@register.filter
def terbaca(names: list[str]) -> list[str]:
    """Of names in other scripts a word that they exist: the papers' fonts draw Latin,
    Greek and Cyrillic letters, and empty boxes for the rest."""
    drawn = [name for name in names if _has_letters_of_the_papers(name)]
    if len(drawn) < len(names):
        drawn.append("nama dalam aksara asli, tercatat dalam berkas")
    return drawn


@register.filter
def ribuan(value: int) -> str:
    """1.250"""
    return numbers.grouped(value)


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
def tindakan(verb: str) -> str:
    """meetings.open_session is "Membuka rapat"."""
    return verb_in_words(verb)


@register.filter
def jenis_objek(label: str) -> str:
    return kind_in_words(label)


@register.filter
def perangkat(user_agent: str) -> str:
    """Chrome, Android: enough to know one's own phone again."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, [browser, system])) or user_agent[:60]


@register.filter
def at(values: Sequence[Any], place: int) -> Any:
    """The value at a place; nothing beyond the last."""
    return values[place] if place < len(values) else ""


@register.filter
def lies_under(path: str, url: str) -> bool:
    """Whether the page at ``path`` belongs to the section that begins at ``url``."""
    return path.startswith(url)


def _has_letters_of_the_papers(name: str) -> bool:
    scripts = {unicodedata.name(one, "").split(" ")[0] for one in name if one.isalpha()}
    return scripts <= {"LATIN", "GREEK", "CYRILLIC"}


def _local_day(value: dt.date | dt.datetime) -> dt.date:
    return timezone.localdate(value) if isinstance(value, dt.datetime) else value
