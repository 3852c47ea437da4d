"""Rows of the access table for findings; see ``test_access``."""

from typing import Any

from agencies.models import User
from foreigners.models import Finding
from foreigners.services.triage import write_ground
from foreigners.tests.factories import FindingFactory, FindingPersonFactory
from timpora.tests.access_rows.row import Row
from timpora.tests.world import World


def nothing(world: World) -> list[Any]:
    return []


def reported(world: World, **fields: Any) -> Finding:
    """What the liaison's agency handed in."""
    return FindingFactory(
        office=world.office,
        reporter=world.agency,
        created_by=world.people["liaison"],
        **fields,
    )


def finding(world: World) -> list[Any]:
    return [reported(world).pk]


def returned_finding(world: World) -> list[Any]:
    return [reported(world, state="returned").pk]


def draft_finding(world: World) -> list[Any]:
    return [reported(world, state="draft", number="").pk]


def file_of_finding(world: World) -> list[Any]:
    """No such file: who may look finds nothing."""
    return [*returned_finding(world), 999_999]


def named_person(world: World) -> list[Any]:
    """Somebody whom the office may see by name, since the ground is written."""
    person = FindingPersonFactory(finding=reported(world))
    head: User | None = world.people["section_head"]
    assert head is not None
    write_ground(person.finding, ground="Bekerja tanpa izin.", by=head)
    return [person.finding_id, person.pk]


def decision(world: World) -> list[Any]:
    return [*finding(world), "kembalikan"]


#                            anon  lia  str  ex   off  oth  sec  chi  adm  aud
FINDINGS: dict[str, Row] = {
    "foreigners:findings": (nothing, "get", "302 200 200 200 200 200 200 200 403 200"),
    "foreigners:finding_new": (
        nothing,
        "get",
        "302 200 200 200 200 200 200 200 403 403",
    ),
    "foreigners:finding_doubles": (
        nothing,
        "post",
        "302 200 200 200 200 200 200 200 403 403",
    ),
    "foreigners:finding": (finding, "get", "302 200 404 404 200 404 200 200 404 200"),
    # What an agency wrote is completed by that agency alone.
    "foreigners:finding_edit": (
        returned_finding,
        "get",
        "302 200 404 404 403 404 403 403 404 404",
    ),
    "foreigners:finding_submit": (
        returned_finding,
        "post",
        "302 302 404 404 403 404 403 403 404 404",
    ),
    "foreigners:finding_discard": (
        draft_finding,
        "post",
        "302 302 404 404 404 404 404 404 404 404",
    ),
    "foreigners:finding_file": (
        file_of_finding,
        "get",
        "302 404 404 404 404 404 404 404 404 404",
    ),
    "foreigners:finding_file_remove": (
        file_of_finding,
        "post",
        "302 404 404 404 403 404 403 403 404 404",
    ),
    "foreigners:finding_person_link": (
        named_person,
        "post",
        "302 403 404 404 302 404 302 302 404 404",
    ),
    "foreigners:triage": (finding, "get", "302 403 404 404 403 404 200 403 404 404"),
    "foreigners:triage_ground": (
        finding,
        "post",
        "302 403 404 404 403 404 422 403 404 404",
    ),
    "foreigners:triage_decide": (
        decision,
        "post",
        "302 403 404 404 403 404 422 403 404 404",
    ),
}

ROWS: dict[str, Row] = {**FINDINGS}
