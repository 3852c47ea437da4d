"""Rows of the access table for what leaves the application whole: dossiers, copies, data, feeds; see ``test_access``."""

from typing import Any

from django.utils import timezone

from documents.tests.factories import DocumentVersionFactory
from foreigners.models import Case
from meetings.models import CalendarFeed, Minutes
from meetings.services.feeds import make_feed
from timpora.tests.access_rows.cases import a_case
from timpora.tests.access_rows.row import Row
from timpora.tests.world import World
from timpora.vault import unseal


def nothing(world: World) -> list[Any]:
    return []


def meeting(world: World) -> list[Any]:
    return [world.meeting.pk]


def case(world: World) -> list[Any]:
    made = Case.objects.first() or a_case(world)
    return [made.pk]


#                            anon  lia  str  ex   off  oth  sec  chi  adm  aud
DOSSIERS: dict[str, Row] = {
    "meetings:dossier": (meeting, "get", "302 200 404 404 200 404 200 200 403 403"),
    # Nobody has asked for one in this world: who may look finds nothing.
    "meetings:dossier_file": (
        meeting,
        "get",
        "302 404 404 404 404 404 404 404 403 403",
    ),
    "foreigners:dossier": (case, "get", "302 404 404 404 200 404 200 200 404 404"),
    "foreigners:dossier_file": (
        case,
        "get",
        "302 404 404 404 404 404 404 404 404 404",
    ),
}


def approved(world: World) -> list[Any]:
    """The minutes with a circulation copy for the agency that came."""
    paper = DocumentVersionFactory(
        document__office=world.office, ready=True, snapshot=frozen()
    )
    paper.document.readers.add(world.agency)
    Minutes.objects.filter(pk=world.minutes.pk).update(
        state=Minutes.State.APPROVED,
        approved_at=timezone.now(),
        approved_by=world.people["chief"],
        circulation=paper,
    )
    return [world.meeting.pk]


def frozen() -> dict[str, Any]:
    """A circulation copy that says nothing."""
    words = (
        "title", "theme", "kind", "level", "team", "starts", "ends", "venue",
        "venue_region", "office", "city",
    )  # fmt: skip
    empty = ("sections", "carried", "consents", "photos")
    return {
        "audience": "sirkulasi",
        "document": {"number": "", "title": "", "version": 1, "verify_url": ""},
        "office": {"zone": "Asia/Jakarta"},
        "meeting": dict.fromkeys(words, "")
        | {"date": "2026-03-09", "scope": [], "legal_bases": []},
        "people": {},
        "signer": {"name": "", "post": "", "capacity": ""},
        "attendance": {"rows": []},
        "correction_reason": "",
        "closing": "",
        "withheld": 0,
        **{name: [] for name in empty},
    }


DATA: dict[str, Row] = {
    "meetings:minutes_xml": (
        approved,
        "get",
        "302 200 404 404 200 404 200 200 403 403",
    ),
    "meetings:minutes_json": (
        approved,
        "get",
        "302 200 404 404 200 404 200 200 403 403",
    ),
    # A schema is no secret.
    "meetings:minutes_schema": (
        nothing,
        "get",
        "200 200 200 200 200 200 200 200 200 200",
    ),
    "meetings:circulate": (
        approved,
        "post",
        "302 403 404 404 302 404 302 302 404 403",
    ),
}


def feed(world: World) -> list[Any]:
    """The liaison's calendar; whoever has its address reads it."""
    user = world.people["liaison"]
    made = CalendarFeed.objects.filter(user=user).first() or make_feed(user)
    return [unseal(made.token_sealed)]


FEEDS: dict[str, Row] = {
    # Everybody's own.
    "meetings:calendar_feed": (
        nothing,
        "get",
        "302 200 200 200 200 200 200 200 200 200",
    ),
    "meetings:feed": (feed, "get", "200 200 200 200 200 200 200 200 200 200"),
}

ROWS: dict[str, Row] = {**DOSSIERS, **DATA, **FEEDS}
