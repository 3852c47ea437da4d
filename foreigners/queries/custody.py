"""What the case page shows of evidence, referrals, prosecution and warnings."""

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from foreigners.models import Case, StageEvent


def for_case(case: Case) -> dict[str, Any]:
    """In six queries at the most, whatever the number of rows."""
    stages = StageEvent.objects.select_related("by")
    now = timezone.now()
    evidence = case.evidence.select_related("holder").prefetch_related("custody")
    return {
        "evidence": [
            {
                "evidence": row,
                "has_gap": any(custody.is_gap(now) for custody in row.custody.all()),
            }
            for row in evidence
        ],
        "referrals": case.referrals.select_related("agency", "version__document"),
        "prosecutions": case.prosecutions.select_related(
            "investigator"
        ).prefetch_related(Prefetch("stages", stages)),
        "warnings": case.warnings.select_related("by"),
    }
