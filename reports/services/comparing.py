"""What differs between two states of the same tables, cell by cell."""

from typing import Any

from reports.models import Table
from reports.services.layout import shown

Change = dict[str, Any]


def differences(before: list[Table], after: list[Table]) -> list[Change]:
    """Each cell that changed, appeared or went, in the order of the tables."""
    earlier = {table.code: table for table in before}
    later = {table.code: table for table in after}
    found: list[Change] = []
    for code in [*earlier, *(code for code in later if code not in earlier)]:
        was, is_now = cells_of(earlier.get(code)), cells_of(later.get(code))
        found += [
            {
                "table": code,
                "row": row,
                "column": column,
                "before": was.get((row, column), shown(0)),
                "after": is_now.get((row, column), shown(0)),
            }
            for row, column in [*was, *(place for place in is_now if place not in was)]
        ]
    return [change for change in found if change["before"] != change["after"]]


def cells_of(table: Table | None) -> dict[tuple[str, str], str]:
    """Shown words by row and column as they are headed: a person reads them."""
    if table is None:
        return {}
    headings = [
        f"{column.group} {column.label}".strip() for column in table.columns
    ] + table.extras
    return {
        (f"{row.section} {row.label}".strip(), heading): shown(cell)
        for row in table.rows
        for heading, cell in zip(headings, [*row.cells, *row.extra], strict=True)
    }
