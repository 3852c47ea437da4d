"""Rows of the access table for dashboards and exports; see ``test_access``."""

from typing import Any

from django.utils import timezone

from reports.models import Export, Target
from timpora.tests.access_rows.row import Row
from timpora.tests.world import World


def nothing(world: World) -> list[Any]:
    return []


def figure(world: World) -> list[Any]:
    return ["kehadiran"]


def target(world: World) -> list[Any]:
    return ["target"]


def kept_target(world: World) -> list[Any]:
    made = Target.objects.create(
        office=world.office,
        year=2026,
        measures=53,
        set_on=timezone.localdate(),
        ground="Perjanjian kinerja",
    )
    return ["target", made.pk]


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
    "reports:dashboard": (nothing, "get", "302 200 200 200 200 200 200 200 403 403"),
    "reports:district_map": (
        nothing,
        "get",
        "302 403 403 403 200 200 200 200 403 403",
    ),
    "reports:dashboard_rows": (
        figure,
        "get",
        "302 200 200 200 200 200 200 200 403 403",
    ),
    "reports:plan_list": (target, "get", "302 403 403 403 403 403 200 200 403 403"),
    "reports:plan_new": (target, "get", "302 403 403 403 403 403 200 200 403 403"),
    "reports:plan_edit": (
        kept_target,
        "get",
        "302 403 403 403 403 403 200 200 403 403",
    ),
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
