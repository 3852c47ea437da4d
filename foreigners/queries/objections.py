"""The objections of a case, each with the day by which the next act is due."""

from typing import Any

from django.db.models import Prefetch

from foreigners.models import Case, Clock, Objection


def for_case(case: Case) -> dict[str, Any]:
    objections = (
        Objection.objects.filter(measure__case=case)
        .select_related("measure__kind", "measure__person", "receipt__document")
        .prefetch_related(Prefetch("clocks", Clock.objects.select_related("rule")))
    )
    return {
        "objections": [
            {
                "objection": objection,
                "clock": next(
                    (c for c in objection.clocks.all() if c.ended_on is None), None
                ),
            }
            for objection in objections
        ]
    }
