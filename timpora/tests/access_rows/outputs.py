"""Rows of the access table for what leaves the application whole: dossiers, copies, data, feeds; see ``test_access``."""

from typing import Any

from foreigners.models import Case
from timpora.tests.access_rows.cases import a_case
from timpora.tests.access_rows.row import Row
from timpora.tests.world import World


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

ROWS: dict[str, Row] = {**DOSSIERS}
