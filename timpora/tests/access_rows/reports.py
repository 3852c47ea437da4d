"""Rows of the access table for exports; see ``test_access``."""

from typing import Any

from reports.models import Export
from timpora.tests.access_rows.row import Row
from timpora.tests.world import World


def nothing(world: World) -> list[Any]:
    return []


def meetings(world: World) -> list[Any]:
    return ["rapat"]


def export(world: World) -> list[Any]:
    """Of the officer's own: nobody else has it."""
    made = Export.objects.create(
        office=world.office,
        kind="rapat",
        format=Export.Format.CSV,
        total=3,
        created_by=world.people["officer"],
    )
    return [made.pk]


#                            anon  lia  str  ex   off  oth  sec  chi  adm  aud
ROWS: dict[str, Row] = {
    "reports:exports": (nothing, "get", "302 200 200 200 200 200 200 200 200 200"),
    "reports:export_new": (meetings, "get", "302 200 200 200 200 200 200 200 200 200"),
    "reports:export": (export, "get", "302 404 404 404 200 404 404 404 404 404"),
    "reports:export_cancel": (
        export,
        "post",
        "302 404 404 404 302 404 404 404 404 404",
    ),
    # It is not written yet: its owner too finds nothing.
    "reports:export_file": (export, "get", "302 404 404 404 404 404 404 404 404 404"),
}
