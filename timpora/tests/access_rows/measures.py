"""Rows of the access table for measures, clocks and the law; see ``test_access``."""

import datetime as dt
from typing import Any

from foreigners.models import Case, Clock, ClockRule, Ground, Measure, OverstaySheet
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
    MeasureFactory,
    ObjectionFactory,
    answer_gate,
    proof,
)
from timpora.tests.access_rows.row import Row
from timpora.tests.world import World


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


def case_of(world: World) -> Case:
    """A case of the office with three persons whose gate was asked."""
    case = CaseFactory(office=world.office, state=Case.State.CONFERENCE)
    for _person in range(3):
        answer_gate(CasePersonFactory(case=case).foreigner)
    return case


def one_case(world: World) -> list[Any]:
    return [case_of(world).pk]


def gate(world: World) -> list[Any]:
    case = case_of(world)
    return [case.pk, case.persons.all()[0].pk]


def no_file_of_the_gate(world: World) -> list[Any]:
    return [case_of(world).pk, 999_999]


def person_at_the_gate(world: World) -> list[Any]:
    return [case_of(world).persons.all()[0].foreigner_id]


def no_file_of_the_person(world: World) -> list[Any]:
    return [*person_at_the_gate(world), 999_999]


def draft(world: World) -> list[Any]:
    return [MeasureFactory(case=case_of(world)).pk]


def decided(world: World) -> list[Any]:
    return [MeasureFactory(case=case_of(world), decided=True).pk]


def running_clock(measure: Measure) -> Clock:
    rule, _new = ClockRule.objects.get_or_create(
        code="objection",
        defaults={
            "name": "Masa keberatan",
            "length": 21,
            "unit": "hari_kerja",
            "article": "Pasal 73",
            "source": "uji",
        },
    )
    return Clock.objects.create(
        case=measure.case,
        measure=measure,
        rule=rule,
        started_on=dt.date(2026, 7, 1),
        due_on=dt.date(2026, 7, 30),
        basis=["Pasal 73: 21 hari kerja."],
    )


def served_measure(world: World) -> Measure:
    """With three clocks, three objections (one open), three records and reviews."""
    measure = MeasureFactory(case=case_of(world), served=True)
    for number in range(3):
        running_clock(measure)
        ObjectionFactory(
            measure=measure,
            decided_on=dt.date(2026, 7, 20) if number else None,
            outcome="ditolak" if number else "",
        )
        measure.execution_records.create(
            outcome="sebagian",
            on=dt.date(2026, 8, 1),
            proof=proof(),
            by=measure.drafted_by,
        )
        measure.reviews.create(
            on=dt.date(2026, 8, 1), reason="Masih perlu.", by=measure.drafted_by
        )
    return measure


def served(world: World) -> list[Any]:
    return [served_measure(world).pk]


def no_file(world: World) -> list[Any]:
    return [served_measure(world).pk, 999_999]


def objection(world: World) -> list[Any]:
    measure = served_measure(world)
    contested = measure.objections.get(decided_on=None)
    contested.evidence.set([proof() for _file in range(3)])
    return [contested.pk]


def no_file_of_the_objection(world: World) -> list[Any]:
    return [*objection(world), 999_999]


def sheet(world: World) -> list[Any]:
    case = case_of(world)
    rule = running_clock(MeasureFactory(case=case)).rule
    made = OverstaySheet.objects.create(
        case=case,
        person=case.persons.all()[0],
        permit_ends_on=dt.date(2026, 6, 1),
        counted_until=dt.date(2026, 6, 3),
        computed_days=2,
        computed_amount=2_000_000,
        days=2,
        amount=2_000_000,
        is_beyond_charge=False,
        derivation={"lines": [], "rests_on": []},
        limit=rule,
        computed_by=case.responsible,
    )
    return [made.pk]


def clocks(world: World) -> list[Any]:
    for _case in range(3):
        running_clock(MeasureFactory(case=CaseFactory(office=world.office)))
    return []


def one_clock(world: World) -> list[Any]:
    return [running_clock(MeasureFactory(case=case_of(world))).pk]


#                            anon  lia  str  ex   off  oth  sec  chi  adm  aud
MEASURES: dict[str, Row] = {
    "foreigners:measure_new": (
        one_case,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:measure": (served, "get", "302 404 404 404 200 404 200 200 404 404"),
    "foreigners:measure_edit": (
        draft,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:measure_drop": (
        decided,
        "post",
        "302 404 404 404 302 404 302 302 404 404",
    ),
    "foreigners:measure_decide": (
        draft,
        "post",
        "302 404 404 404 403 404 403 302 404 404",
    ),
    "foreigners:measure_serve": (
        decided,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:measure_early": (
        served,
        "get",
        "302 404 404 404 403 404 403 200 404 404",
    ),
    "foreigners:measure_execute": (
        served,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:measure_review": (
        served,
        "get",
        "302 404 404 404 403 404 200 200 404 404",
    ),
    "foreigners:measure_release": (
        served,
        "get",
        "302 404 404 404 403 404 200 200 404 404",
    ),
    "foreigners:measure_file": (
        no_file,
        "get",
        "302 404 404 404 404 404 404 404 404 404",
    ),
    "foreigners:objection_new": (
        served,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:objection": (
        objection,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:objection_forward": (
        objection,
        "get",
        "302 404 404 404 403 404 200 200 404 404",
    ),
    "foreigners:objection_decide": (
        objection,
        "get",
        "302 404 404 404 403 404 200 200 404 404",
    ),
    "foreigners:objection_file": (
        no_file_of_the_objection,
        "get",
        "302 404 404 404 404 404 404 404 404 404",
    ),
    "foreigners:overstay_new": (
        one_case,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:overstay": (sheet, "get", "302 404 404 404 200 404 200 200 404 404"),
    "foreigners:protection": (gate, "get", "302 404 404 404 403 404 200 200 404 404"),
    "foreigners:protection_file": (
        no_file_of_the_gate,
        "get",
        "302 404 404 404 403 404 404 404 404 404",
    ),
    "foreigners:person_protection": (
        person_at_the_gate,
        "get",
        "302 404 404 404 403 404 200 200 404 404",
    ),
    "foreigners:person_protection_file": (
        no_file_of_the_person,
        "get",
        "302 404 404 404 403 404 404 404 404 404",
    ),
    "foreigners:clocks": (clocks, "get", "302 403 403 403 200 200 200 200 403 403"),
    "foreigners:clock": (one_clock, "get", "302 404 404 404 200 404 200 200 404 404"),
    "foreigners:clock_pause": (
        one_clock,
        "post",
        "302 404 404 404 403 404 422 422 404 404",
    ),
    "foreigners:clock_resume": (
        one_clock,
        "post",
        "302 404 404 404 403 404 422 422 404 404",
    ),
    "foreigners:clock_extend": (
        one_clock,
        "post",
        "302 404 404 404 403 404 403 422 404 404",
    ),
}
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

ROWS: dict[str, Row] = {**MEASURES, **LAW}
