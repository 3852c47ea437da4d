"""A table of a recap: what is frozen, shown, printed and written to a spreadsheet."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.utils.translation import gettext as _

Cell = int | str
HIDDEN = "*"


@dataclass(frozen=True)
class Column:
    """``group`` is the heading above; neighbours that share it stand under one."""

    key: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Row:
    """``extra`` belongs to the table's ``extras``: rates and medians, never summed."""

    key: str
    label: str
    cells: list[Cell]
    section: str = ""
    extra: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """Counts of one thing (``unit``) by rows and columns, or a list of words.

    ``outside`` are counted facts that no row or column has a place for; ``counted`` is
    how many there are, whatever their place. Their agreement is the control.
    """

    code: str
    title: str
    unit: str
    head: str
    columns: list[Column]
    rows: list[Row]
    extras: list[str] = field(default_factory=list)
    total_label: str = "Jumlah"
    notes: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    outside: int = 0
    counted: int = 0
    is_count: bool = True
    # Rows with denominators of their own are not added up.
    sums_down: bool = True
    # Of a published table: totals as they may be read, which are no sums any more.
    margins: dict[str, Any] | None = None

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        columns = [Column(**column) for column in data["columns"]]
        rows = [Row(**row) for row in data["rows"]]
        return cls(**data | {"columns": columns, "rows": rows})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def row_totals(self) -> list[Cell]:
        if self.margins:
            return list(self.margins["rows"])
        return [total_of(row.cells) for row in self.rows]

    @property
    def column_totals(self) -> list[Cell]:
        if self.margins:
            return list(self.margins["columns"])
        return [
            total_of([row.cells[place] for row in self.rows])
            for place in range(len(self.columns))
        ]

    @property
    def total(self) -> Cell:
        return self.margins["total"] if self.margins else total_of(self.row_totals)

    @property
    def is_nil(self) -> bool:
        """Nothing was counted: the official table is one row that says NIHIL."""
        if self.is_count:
            return self.total == 0
        return not any(cell for row in self.rows for cell in row.cells)

    def faults(self) -> list[str]:
        """Sentences, one for each control sum that does not hold."""
        if not self.is_count:
            return []
        found = []
        across, down = total_of(self.row_totals), total_of(self.column_totals)
        if across != down:
            found.append(
                _("%(code)s: jumlah baris %(across)s, jumlah kolom %(down)s.")
                % {"code": self.code, "across": across, "down": down}
            )
        if across + self.outside != self.counted:
            found.append(
                _(
                    "%(code)s: sel dan catatan memuat %(cells)s %(unit)s, tercatat %(counted)s."
                )
                % {
                    "code": self.code,
                    "cells": across + self.outside,
                    "unit": self.unit,
                    "counted": self.counted,
                }
            )
        return found


def total_of(cells: list[Cell]) -> int:
    return sum(cell for cell in cells if isinstance(cell, int))
