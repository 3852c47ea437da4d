"""Rows of the access table for persons; see ``test_access``."""

from typing import Any

from agencies.services.audit import record
from foreigners.models import Foreigner, Merge
from foreigners.tests.factories import (
    CasePersonFactory,
    ForeignerFactory,
    GuaranteeFactory,
    OtherNameFactory,
    ProtectionFactory,
    StatementFactory,
    StayPermitFactory,
    TravelDocumentFactory,
)
from timpora.tests.access_rows.row import Row
from timpora.tests.world import World


def nothing(world: World) -> list[Any]:
    return []


def known_person(world: World) -> Foreigner:
    """A person with three of everything that their page lists, and two more people."""
    for _nth in range(2):
        TravelDocumentFactory(foreigner=ForeignerFactory(office=world.office))
    known = ForeignerFactory(office=world.office)
    # As registering leaves it: the office's chain of audit lines has begun.
    record(
        world.people["officer"],
        "foreigners.register_person",
        known,
        office_id=known.office_id,
    )
    for _nth in range(3):
        OtherNameFactory(foreigner=known)
        TravelDocumentFactory(foreigner=known)
        StayPermitFactory(foreigner=known)
        StatementFactory(foreigner=known, value=f"Pekerjaan {_nth}")
        GuaranteeFactory(foreigner=known)
        ProtectionFactory(foreigner=known)
        case = CasePersonFactory(foreigner=known, case__office=world.office).case
        case.findings.create(
            office=world.office,
            reporter=world.agency,
            number=f"TM-9{case.pk}/2026",
            reported_on=case.registered_on,
            activity="Terlihat bekerja.",
            state="joined",
        ).named_persons.create(foreigner=known)
        Merge.objects.create(
            kept=known,
            gone=ForeignerFactory(office=world.office, merged_into=known),
            basis=Merge.Basis.DOCUMENT,
            ground="Nomor paspornya sama.",
            merged_by=world.people["officer"],
        )
    return known


def person(world: World) -> list[Any]:
    return [known_person(world).pk]


def person_row(world: World) -> list[Any]:
    return [*person(world), "nama"]


def person_document(world: World) -> list[Any]:
    known = known_person(world)
    return [known.pk, "dokumen", known.travel_documents.all()[0].pk]


def two_people(world: World) -> list[Any]:
    return [*person(world), *person(world)]


def merged(world: World) -> list[Any]:
    known = known_person(world)
    return [known.pk, known.merges.all()[0].pk]


def conflict(world: World) -> list[Any]:
    return [*person(world), "pekerjaan"]


#                            anon  lia  str  ex   off  oth  sec  chi  adm  aud
PERSONS: dict[str, Row] = {
    "foreigners:persons": (nothing, "get", "302 403 403 403 200 200 200 200 403 403"),
    "foreigners:person_search": (
        nothing,
        "post",
        "302 403 403 403 422 422 422 422 403 403",
    ),
    # Without a search just before, nobody gets the form.
    "foreigners:person_new": (
        nothing,
        "post",
        "302 403 403 403 422 422 422 422 403 403",
    ),
    # Whom the auditor looks up, they look up by number; the content stays shut.
    "foreigners:access_log": (
        nothing,
        "get",
        "302 403 403 403 403 403 403 403 403 200",
    ),
    "foreigners:person_access": (
        person,
        "get",
        "302 404 404 404 404 404 404 404 404 200",
    ),
    "foreigners:person": (person, "get", "302 404 404 404 200 404 200 200 404 404"),
    "foreigners:person_edit": (
        person,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:person_add": (
        person_row,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:person_correct": (
        person_document,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:person_to_case": (
        person,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:unmask": (
        person_document,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
    "foreigners:look_alikes": (
        person,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:compare": (
        two_people,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:merge_persons": (
        two_people,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
    "foreigners:unmerge": (merged, "post", "302 404 404 404 422 404 422 422 404 404"),
    "foreigners:settle_statements": (
        conflict,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
}

ROWS: dict[str, Row] = {**PERSONS}
