"""Rows of the access table for findings, persons and cases, one table a process.

A row gives (arguments, method, statuses in the order of ``PEOPLE``), as in
``test_access``.
"""

from collections.abc import Callable
from typing import Any

from foreigners.models import Ground
from timpora.tests.world import World

Row = tuple[Callable[[World], list[Any]], str, str]


def grounds(world: World) -> list[Any]:
    return ["dasar-hukum"]


def one_ground(world: World) -> list[Any]:
    """The second and third row are there for the count of queries."""
    rows = [
        Ground.objects.create(
            code=f"uji-{number}", article="Pasal 1", instrument="UU", source="uji"
        )
        for number in range(3)
    ]
    return ["dasar-hukum", rows[0].pk]


#                            anon  lia  str  ex   off  oth  sec  chi  adm  aud
FINDINGS: dict[str, Row] = {}
PERSONS: dict[str, Row] = {}
CASES: dict[str, Row] = {}
WORK: dict[str, Row] = {}
MEASURES: dict[str, Row] = {}
CUSTODY: dict[str, Row] = {}
LAW: dict[str, Row] = {
    "foreigners:law": (
        lambda world: [],
        "get",
        "302 403 403 403 403 403 403 403 200 403",
    ),
    "foreigners:law_list": (grounds, "get", "302 403 403 403 403 403 403 403 200 403"),
    "foreigners:law_new": (grounds, "get", "302 403 403 403 403 403 403 403 200 403"),
    "foreigners:law_edit": (
        one_ground,
        "get",
        "302 403 403 403 403 403 403 403 200 403",
    ),
}

ROWS: dict[str, Row] = {
    **FINDINGS,
    **PERSONS,
    **CASES,
    **WORK,
    **MEASURES,
    **CUSTODY,
    **LAW,
}
