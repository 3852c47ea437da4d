"""Who looked at whom: written in the transaction of the act that shows a person."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Model

from agencies.models import User
from agencies.services.audit import record
from foreigners.models import Case, Foreigner, Reading


@transaction.atomic
def note_reading(
    by: User,
    verb: Reading.Verb,
    *,
    office_id: int,
    foreigners: Iterable[Foreigner] = (),
    case: Case | None = None,
    reason: str = "",
    fields: Sequence[str] = (),
    sha256: str = "",
) -> None:
    """One row for each person that was shown, or one for the case, and one audit line.

    ``fields`` names what was shown, never what it held.
    """
    shown = list(foreigners)
    common = {
        "office_id": office_id,
        "case": case,
        "verb": verb,
        "reader": by,
        "reason": reason,
        "fields": list(fields),
        "sha256": sha256,
    }
    subjects: list[Foreigner | None] = [*shown] or [None]
    Reading.objects.bulk_create(
        Reading(foreigner=subject, **common) for subject in subjects
    )
    about: Model | None = case or (shown[0] if shown else None)
    if about is not None:
        record(
            by,
            f"foreigners.{verb}",
            about,
            office_id=office_id,
            reason=reason,
            fields=list(fields),
            persons=[person.pk for person in shown],
        )
