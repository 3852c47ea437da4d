"""The law as rows, loaded from versioned files again without harm: edits are kept."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import models, transaction

from foreigners.models import (
    ClockRule,
    Ground,
    MeasureKind,
    PermitKind,
    Setting,
    Tariff,
    Violation,
    VisaIndex,
)
from foreigners.models.law import Dated

DATA = Path(__file__).resolve().parent.parent / "data"
FILES: dict[str, type[Dated]] = {
    "grounds.csv": Ground,
    "violations.csv": Violation,
    "measure_kinds.csv": MeasureKind,
    "tariffs.csv": Tariff,
    "clock_rules.csv": ClockRule,
    "settings.csv": Setting,
    "permit_kinds.csv": PermitKind,
    "visa_indexes.csv": VisaIndex,
}


@transaction.atomic
def load_law() -> dict[str, int]:
    """Add the rows that are missing; answers how many of each file were new.

    A row is known by its code and first day. One that is there stays as it is, whatever
    an administrator made of it.
    """
    return {name: load_file(name, model) for name, model in FILES.items()}


def load_file(name: str, model: type[Dated]) -> int:
    known = {identity(row) for row in model.objects.all()}
    rows = [row for row in rows_of(name, model) if identity(row) not in known]
    model.objects.bulk_create(rows)
    return len(rows)


def identity(row: Dated) -> tuple[Any, ...]:
    """What the shipped rows are told apart by; an office's own choice is never one."""
    office = row.office_id if isinstance(row, Setting) else None
    return (office, getattr(row, "code", ""), row.valid_from)


def rows_of(name: str, model: type[Dated]) -> Iterator[Dated]:
    """The rows of a file; its first line says where they come from, for people."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        file.readline()
        for row in csv.DictReader(file):
            yield model(**dict(fields_of(row, model)))


def fields_of(row: dict[str, str], model: type[Dated]) -> Iterator[tuple[str, Any]]:
    """Texts as the fields want them: ``ya`` is true, an empty date is none."""
    for name, text in row.items():
        field = model._meta.get_field(name)
        match field:
            case models.BooleanField():
                yield name, text == "ya"
            case models.DateField():
                yield name, dt.date.fromisoformat(text) if text else None
            case models.ForeignKey():
                yield field.attname, text or None
            case models.IntegerField():
                yield name, int(text) if text else None
            case _:
                yield name, text
