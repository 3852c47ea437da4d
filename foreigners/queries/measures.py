"""The measures of a case with what each waits for, and how often the chief went first."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch, QuerySet

from agencies.models import Office, User
from foreigners.models import Case, Clock, Measure, MeasureKind
from foreigners.services.measuring import DETAINABLE


def kinds_on(day: dt.date) -> list[MeasureKind]:
    """The kinds in force, the newest row of each code."""
    newest: dict[str, MeasureKind] = {}
    for kind in MeasureKind.objects.on(day).newest_first():
        newest.setdefault(kind.code, kind)
    return sorted(newest.values(), key=lambda kind: kind.code)


def for_page(user: User) -> QuerySet[Measure]:
    """What the page of one measure shows of it."""
    return Measure.objects.visible_to(user).select_related(
        "case__office__agency", "case__responsible", "person__foreigner", "kind",
        "sheet", "version__document", "service_version__document", "drafted_by",
        "decided_by", "served_by", "executed_by", "early_execution_by", "service_proof",
    )  # fmt: skip


def for_case(case: Case) -> dict[str, Any]:
    """Each measure with the last day of its objection, in three queries."""
    measures = case.measures.select_related(
        "kind", "person", "version__document"
    ).prefetch_related(Prefetch("clocks", Clock.objects.select_related("rule")))
    return {
        "measures": [
            {"measure": measure, "window": window_of(measure)} for measure in measures
        ],
        "may_detain": case.state in DETAINABLE,
        "sheets": list(case.overstay_sheets.select_related("person")),
    }


def window_of(measure: Measure) -> Clock | None:
    """The clock of the objection, from what was fetched already."""
    return next(
        (clock for clock in measure.clocks.all() if clock.rule.code == "objection"),
        None,
    )


def executed_early(
    office: Office, *, since: dt.date, until: dt.date
) -> QuerySet[Measure]:
    """What was carried out while an objection was open or could still come."""
    return Measure.objects.filter(
        case__office=office, executed_early=True, executed_on__range=(since, until)
    )
