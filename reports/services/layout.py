"""A table as people read it: the same words on screen, in the paper and in Word."""

from itertools import groupby
from typing import Any

from reports.models import Cell, Row, Table
from timpora.numbers import grouped

Json = dict[str, Any]
NIL = "NIHIL"


def shown(cell: Cell) -> str:
    """A dash for zero, a dot between thousands."""
    if isinstance(cell, str):
        return cell
    return grouped(cell) if cell else "-"


def laid_out(table: Table) -> Json:
    """Plain JSON: headings with their spans, rows by section, totals, notes and rules."""
    return {
        "code": table.code,
        "title": table.title,
        "unit": table.unit,
        "head": table.head,
        "groups": groups_of(table),
        "is_grouped": any(column.group for column in table.columns),
        "is_count": table.is_count,
        "columns": [column.label for column in table.columns],
        "headings": [f"{one.group}\n{one.label}".strip() for one in table.columns],
        "total_label": table.total_label if table.is_count else "",
        "extras": table.extras,
        "sections": sections_of(table),
        "totals": [shown(cell) for cell in table.column_totals]
        if table.is_count and table.sums_down
        else [],
        "total": shown(table.total) if table.is_count else "",
        "is_nil": table.is_nil,
        "dashes": ["-"] * (len(table.columns) + table.is_count + len(table.extras)),
        "width": 2 + len(table.columns) + table.is_count + len(table.extras),
        "notes": table.notes,
        "rules": table.rules,
    }


def sections_of(table: Table) -> list[Json]:
    """Rows in running numbers; of a list, sections have numbers and rows have letters."""
    totals = table.row_totals if table.is_count else ["" for _row in table.rows]
    found: list[Json] = []
    for number, (row, total) in enumerate(zip(table.rows, totals, strict=True), 1):
        if not found or found[-1]["title"] != row.section:
            mark = "" if table.is_count else str(len(found) + 1)
            found.append({"number": mark, "title": row.section, "rows": []})
        rows = found[-1]["rows"]
        mark = str(number) if table.is_count else letters(len(rows))
        rows.append(line(mark, row, total, table.is_count))
    return found


def line(mark: str, row: Row, total: Cell, is_count: bool) -> Json:
    return {
        "key": row.key,
        "number": mark,
        "label": row.label,
        "cells": [shown(cell) if is_count else str(cell) for cell in row.cells],
        "total": shown(total) if is_count else "",
        "extra": row.extra,
    }


def letters(place: int) -> str:
    """a to z, then aa, ab, …"""
    before, letter = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("a") + letter)


def groups_of(table: Table) -> list[Json]:
    """The upper headings with the number of columns that each spans."""
    return [
        {"label": label, "span": len(list(columns)), "is_empty": not label}
        for label, columns in groupby(table.columns, lambda column: column.group)
    ]
