"""Nationalities from the shipped file: loaded again without harm, edits are kept."""

import csv
from pathlib import Path

from django.db import transaction

from foreigners.models import Nationality

FILE = Path(__file__).resolve().parent.parent / "data" / "nationalities.csv"


@transaction.atomic
def load_nationalities() -> int:
    """Add the nationalities that are missing; answers how many were new."""
    with FILE.open(encoding="utf-8", newline="") as file:
        file.readline()  # Where the file is from.
        rows = list(csv.DictReader(file))
    before = Nationality.objects.count()
    Nationality.objects.bulk_create(
        (Nationality(**row) for row in rows), ignore_conflicts=True
    )
    return Nationality.objects.count() - before
