"""Rows of the access table for recaps; see ``test_access``."""

import datetime as dt
from typing import Any

from documents.tests.factories import DocumentVersionFactory
from reports.models import Period, Recap
from reports.services.recaps import keep, tabulate
from reports.tests.factories import JULY, RecapFactory
from timpora.tests.access_rows.row import Row
from timpora.tests.world import World


def computed(world: World, period: Period = JULY) -> Recap:
    draft = RecapFactory(
        office=world.office,
        kind=period.kind,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
    )
    keep(draft, tabulate(draft) or [])
    return draft


def frozen(world: World) -> list[Any]:
    """Its paper is still to be drawn."""
    recap = computed(world)
    version = DocumentVersionFactory(document__office=world.office)
    Recap.objects.filter(pk=recap.pk).update(
        state=Recap.State.FROZEN,
        frozen_at=world.meeting.starts_at,
        frozen_by=world.people["chief"],
        document=version.document,
        sha256="ab" * 32,
        spreadsheet="ab/abc",
    )
    return [recap.pk]


def nothing(world: World) -> list[Any]:
    return []


def recaps(world: World) -> list[Any]:
    """Three, for the count of queries."""
    for month in (1, 2, 3):
        computed(world, Period.containing("bulanan", dt.date(2026, month, 1)))
    return []


def draft(world: World) -> list[Any]:
    """The largest kind, with two others to compare it with."""
    for year in (2024, 2025):
        computed(world, Period.containing("tahunan", dt.date(year, 1, 1)))
    return [computed(world, Period.containing("tahunan", dt.date(2026, 1, 1))).pk]


def one_cell(world: World) -> list[Any]:
    return [*draft(world), "R9"]


def two(world: World) -> list[Any]:
    earlier = computed(world, Period.containing("bulanan", dt.date(2026, 6, 1)))
    return [computed(world).pk, earlier.pk]


# Those who work on content see their own office's; a draft of another is not there.
OWN = "302 404 404 404 200 404 200 200 404 404"
LIST = "302 403 403 403 200 200 200 200 403 403"

ROWS: dict[str, Row] = {
    "reports:recaps": (recaps, "get", LIST),
    "reports:recap_new": (nothing, "get", LIST),
    "reports:recap": (draft, "get", OWN),
    "reports:cell": (one_cell, "get", OWN),
    "reports:recap_compare": (two, "get", OWN),
    "reports:recap_narrative": (draft, "get", OWN),
    "reports:recap_xlsx": (draft, "get", OWN),
    "reports:recap_docx": (draft, "get", OWN),
    "reports:recap_correct": (draft, "get", "302 404 404 404 403 404 200 200 404 404"),
    "reports:recap_papers": (frozen, "get", OWN),
    "reports:recap_compute": (draft, "post", "302 404 404 404 302 404 302 302 404 404"),
    "reports:recap_stop": (draft, "post", "302 404 404 404 302 404 302 302 404 404"),
    "reports:recap_freeze": (draft, "post", "302 404 404 404 403 404 422 422 404 404"),
    "reports:recap_publish": (draft, "post", "302 404 404 404 403 404 409 409 404 404"),
}
