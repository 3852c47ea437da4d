"""Promises of the whole project."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC_VIEWS = {
    "health": "a monitor has no account",
    "verify": "whoever holds a paper may check it",
    "verify_code": "the QR on a paper leads here",
    "feed": "a calendar program has no session; the address is the person's key",
    "minutes_schema": "the shape of a file, no file",
    "link": "an agency's personal link is its key",
    "link_letter": "an agency's personal link is its key",
    "link_calendar": "an agency's personal link is its key",
    "link_attend": "an agency's personal link is its key",
    "link_leave": "an agency's personal link is its key",
    "link_review": "an agency's personal link is its key",
    "link_confirm": "an agency's personal link is its key",
    "link_contest": "an agency's personal link is its key",
}


def named_patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from named_patterns(entry)
        else:
            yield entry


def test_only_listed_views_are_public():
    public = {
        pattern.name
        for pattern in named_patterns(get_resolver())
        if not getattr(pattern.callback, "login_required", True)
        and not pattern.callback.__module__.startswith(("allauth.", "django."))
    }

    assert public == set(PUBLIC_VIEWS)


def test_every_setting_of_the_environment_is_documented_and_no_other():
    source = Path(settings.BASE_DIR, "timpora/settings.py").read_text()
    readme = Path(settings.BASE_DIR, "README.md").read_text()

    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', source))
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", readme, flags=re.MULTILINE))

    assert read == documented
