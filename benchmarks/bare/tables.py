"""The tables of a recap in SQL written by hand, and whether both say the same.

Each file answers rows of (row key, column key, number). It is not how the application
puts the question, so that a mistake of one side does not repeat itself on the other.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Cells = dict[tuple[str, str], Any]
# What stands beside the counts: carried out deportations, medians.
NOTE, MEDIAN = "catatan", "median"
# They group the rows that present.sql names.
OF_WHO_IS_PRESENT = {"R4", "R5"}


def sql_of(code: str) -> str:
    return (written("present") if code in OF_WHO_IS_PRESENT else "") + written(code)


def written(name: str) -> str:
    return Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")


def parameters(scope: Any) -> dict[str, Any]:
    begins, after = scope.period.moments(scope.office.time_zone)
    return {
        "office": scope.office.pk,
        "first": scope.period.starts_on,
        "last": scope.period.ends_on,
        "begins": begins,
        "after": after,
        "zone": scope.office.time_zone,
    }


def differences(table: Any, found: Iterable[tuple[str, str, Any]]) -> list[str]:
    """What the table and the rows of its SQL tell differently, in words."""
    told: Cells = {
        (row.key, column.key): cell
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    }
    bare: Cells = {}
    for row, column, number in found:
        bare[str(row), str(column)] = number
    beside = {key: bare.pop(key) for key in list(bare) if key[1] in (NOTE, MEDIAN)}
    faults = [
        f"{table.code} {key}: {cell}, bare SQL {bare.get(key, 0)}"
        for key, cell in told.items()
        if cell != bare.get(key, 0 if table.is_count else "")
        and (table.is_count or key[1].endswith("/ket"))
    ]
    outside = sum(number for key, number in bare.items() if key not in told)
    if table.is_count and outside != table.outside:
        faults.append(f"{table.code} outside: {table.outside}, bare SQL {outside}")
    for (row, what), number in beside.items():
        text = f"{number:g}".replace(".", ",")
        seen = (
            re.findall(r"\d+", table.notes[0])[:1]
            if what == NOTE
            else next(one.extra for one in table.rows if one.key == row)
        )
        if seen != [text]:
            faults.append(f"{table.code} {row} {what}: {seen}, bare SQL {text}")
    return faults + table.faults()
