"""What the case page shows of orders, examinations and conferences."""

from typing import Any

from foreigners.models import Case
from foreigners.services.ordering import standing_of


def for_case(case: Case) -> dict[str, Any]:
    """In three queries and their prefetches, whatever the number of rows."""
    orders = case.orders.select_related("version__document").prefetch_related("clocks")
    return {
        "orders": [
            {"order": order, "standing": standing_of(order)} for order in orders
        ],
        "examinations": case.examinations.select_related(
            "version__document", "person", "examiner"
        ),
        "conferences": case.conferences.all(),
    }
