"""Promises of the whole project."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from agencies.verbs import VERBS
from foreigners.models import (
    Guarantee,
    OtherName,
    Reading,
    Statement,
    StayPermit,
    TravelDocument,
)

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


RECORDING = {"record", "_note", "_record_custody", "Register"}
OF_AN_APP = re.compile(r"(accounts|documents|foreigners|masters|meetings)\.[a-z_]+")


def recorded_verbs() -> set[str]:
    """Every verb that stands in a call which writes to the audit trail."""
    calls = (
        node
        for app in ("agencies", "documents", "foreigners", "meetings", "reports")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in RECORDING
    )
    said = (
        part.value
        for call in calls
        for part in [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )
    return {word for word in said if OF_AN_APP.fullmatch(word)}


def test_every_act_in_the_trail_has_words():
    composed = {f"foreigners.{verb}" for verb in Reading.Verb.values} | {
        f"foreigners.add_{row._meta.model_name}"
        for row in (Guarantee, OtherName, Statement, StayPermit, TravelDocument)
    }
    recorded = recorded_verbs()

    assert len(recorded) > 100
    assert (recorded | composed) - set(VERBS) == set()
