"""Rows of the access table for cases; see ``test_access``."""

from typing import Any

from django.utils import timezone

from documents.tests.factories import DocumentVersionFactory
from foreigners.models import Case, CaseEvent, CaseNote, CasePaper, Hold, SavedFilter
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
    CaseViolationFactory,
    GroundFactory,
    ViolationFactory,
)
from timpora.tests.access_rows.row import Row
from timpora.tests.world import World, file_with


def nothing(world: World) -> list[Any]:
    return []


def a_case(world: World, **fields: Any) -> Case:
    """A case of the office with three of everything that its page shows."""
    officer = world.people["officer"]
    case = CaseFactory(office=world.office, responsible=officer, **fields)
    for number in range(3):
        CasePersonFactory(case=case)
        violation = ViolationFactory(code=f"V-{number}")
        CaseViolationFactory(case=case, violation=violation, is_main=number == 0)
        note = CaseNote.objects.create(case=case, text="Catatan.", by=officer)
        note.files.add(file_with("catatan"))
        CaseEvent.objects.create(
            case=case,
            action="start_verification",
            from_state="reported",
            to_state=case.state,
            ground=GroundFactory(),
            reason="Alasan.",
            receipt={"title": "Mulai", "on": "2026-03-09"},
            receipt_sha256="0" * 64,
            at=timezone.now(),
            by=officer,
        )
        version = DocumentVersionFactory(document__office=world.office)
        CasePaper.objects.create(case=case, document=version.document)
    return case


def case(world: World) -> list[Any]:
    return [a_case(world).pk]


def part(world: World) -> list[Any]:
    return [*case(world), "berkas"]


def three_cases(world: World) -> list[Any]:
    for _number in range(3):
        a_case(world)
    return []


def sealed(world: World) -> list[Any]:
    return [a_case(world, state="not_proven", sealed_at=timezone.now()).pk]


def three_sealed(world: World) -> list[Any]:
    for _number in range(3):
        sealed(world)
    return []


def step(world: World) -> list[Any]:
    return [*case(world), "start_verification"]


def event(world: World) -> list[Any]:
    made = a_case(world)
    return [made.pk, made.events.first().pk]


def case_paper(world: World) -> list[Any]:
    """A paper that is not drawn yet: who may open its case finds no file."""
    return [a_case(world).papers.first().document.versions.get().pk]


def note_file(world: World) -> list[Any]:
    """No such file: who may open the case finds nothing."""
    made = a_case(world)
    return [made.pk, made.notes.first().pk, 999_999]


def violation_row(world: World) -> list[Any]:
    made = a_case(world)
    return [made.pk, made.violations.first().pk]


def hold(world: World) -> list[Any]:
    made = a_case(world)
    waits = Hold.objects.create(
        case=made,
        kind=Hold.Kind.AGENCY,
        ground="Menunggu jawaban.",
        since=timezone.now(),
        by=made.responsible,
    )
    return [made.pk, waits.pk]


def filtered_list(world: World) -> list[Any]:
    return ["kasus"]


def saved_filter(world: World) -> list[Any]:
    owner = world.people["officer"]
    kept = SavedFilter.objects.create(
        user=owner, name="Milik petugas", view="foreigners:cases", query="state=closed"
    )
    return [kept.pk]


#                            anon  lia  str  ex   off  oth  sec  chi  adm  aud
CASES: dict[str, Row] = {
    "foreigners:cases": (
        three_cases,
        "get",
        "302 403 403 403 200 200 200 200 403 200",
    ),
    "foreigners:save_filter": (
        filtered_list,
        "post",
        "302 403 403 403 302 302 302 302 403 302",
    ),
    # Somebody's own: nobody else has it.
    "foreigners:delete_filter": (
        saved_filter,
        "post",
        "302 404 404 404 302 404 404 404 404 404",
    ),
    "foreigners:sealed_cases": (
        three_sealed,
        "get",
        "302 403 403 403 403 403 200 200 403 403",
    ),
    "foreigners:sealed_case": (
        sealed,
        "get",
        "302 404 404 404 404 404 200 200 404 404",
    ),
    "foreigners:case": (case, "get", "302 404 404 404 200 404 200 200 404 404"),
    "foreigners:case_part": (part, "get", "302 404 404 404 200 404 200 200 404 404"),
    # The chief sees what the officer's step rests on; the confirmation is not theirs.
    "foreigners:step": (step, "get", "302 404 404 404 200 404 200 200 404 404"),
    "foreigners:receipt": (event, "get", "302 404 404 404 200 404 200 200 404 404"),
    "foreigners:paper": (case_paper, "get", "302 404 404 404 404 404 404 404 404 404"),
    "foreigners:paper_signed": (
        case_paper,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:note_file": (
        note_file,
        "get",
        "302 404 404 404 404 404 404 404 404 404",
    ),
    "foreigners:case_edit": (case, "get", "302 404 404 404 200 404 200 200 404 404"),
    "foreigners:case_classify": (
        case,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
    "foreigners:case_assign": (case, "post", "302 404 404 404 403 404 422 422 404 404"),
    "foreigners:case_add_violation": (
        case,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
    "foreigners:case_remove_violation": (
        violation_row,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
    "foreigners:case_find_person": (
        case,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:case_add_person": (
        case,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
    "foreigners:note_add": (case, "post", "302 404 404 404 422 404 422 422 404 404"),
    "foreigners:hold_start": (case, "post", "302 404 404 404 422 404 422 422 404 404"),
    "foreigners:hold_end": (hold, "post", "302 404 404 404 302 404 302 302 404 404"),
}

ROWS: dict[str, Row] = {**CASES}
