"""The one way from rows of the database to a table of counts, and back to the rows.

A recap names its **facts**: what is counted, each row once, and its place in the table.
The table is those rows grouped; a cell opened is those rows filtered. So a figure and the
rows behind it cannot differ.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Office, User
from reports.models import Column, Period, Row, Table

Rows = QuerySet[Any]
# Instead of a key: every row, or every column.
ALL = "*"
# Key, label, section; words may still be untranslated.
Axis = list[tuple[str, Any, Any]]
Counted = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Scope:
    """Whose figures: an office in a period, all of it or one kecamatan or level."""

    office: Office
    period: Period
    district: str = ""
    level: str = ""


@dataclass(frozen=True)
class Facts:
    """``rows`` are annotated with ``row`` and ``column``.

    ``control`` is what they were before tables were joined that may hold several rows for
    one, or none. It is counted by itself, so that a join which takes a row twice, or loses
    one, is found out; None if each row has just one place by its own keys.
    """

    rows: Rows
    control: Rows | None = None


@dataclass(frozen=True)
class Crosstab:
    """One table of the catalogue; ``rows`` and ``columns`` are told what was counted."""

    code: str
    title: Any
    unit: Any
    head: Any
    facts: Callable[[Scope], list[Facts]]
    rows: Callable[[Scope, set[str]], Axis]
    columns: Callable[[Scope, set[str]], list[Column]]
    # What a fact is called and where it is: text and address.
    describe: Callable[[Any], tuple[str, str]]
    rules: tuple[str, ...] = ()
    total_label: Any = _("Jumlah")
    # Headings of what stands beside the counts, and its words for each row.
    extras: tuple[Any, ...] = ()
    extra_of: Callable[[Scope, dict[str, dict[str, int]]], dict[str, list[str]]] = (
        field(default=lambda scope, counted: {})
    )
    notes_of: Callable[[Scope], list[str]] = field(default=lambda scope: [])
    sums_down: bool = True
    # What lies outside all columns, in a sentence; the number is put in.
    outside_note: Any = ""

    def count(self, scope: Scope) -> tuple[Counted, int]:
        """How many by cell, and how many whatever their cell: one grouped query for each
        of the facts, and a count of those with a control."""
        found: Counted = {}
        counted = 0
        for facts in self.facts(scope):
            placed = counted_by_cell(facts.rows)
            for cell, number in placed.items():
                found[cell] = found.get(cell, 0) + number
            counted += (
                sum(placed.values())
                if facts.control is None
                else facts.control.order_by().count()
            )
        return found, counted

    def tabulate(self, scope: Scope) -> Table:
        found, counted = self.count(scope)
        rows = self.rows(scope, {row for row, _each in found})
        columns = self.columns(scope, {column for _each, column in found})
        cells = {
            key: [found.get((key, column.key), 0) for column in columns]
            for key, *_words in rows
        }
        inside = sum(map(sum, cells.values()))
        outside = sum(found.values()) - inside
        extra = self.extra_of(scope, by_row(found)) if self.extras else {}
        empty = ["" for _heading in self.extras]
        notes = self.notes_of(scope)
        if outside and self.outside_note:
            notes.append(str(self.outside_note) % outside)
        return Table(
            **self.headings(),
            columns=columns,
            rows=[
                Row(
                    key,
                    str(label),
                    list(cells[key]),
                    str(section),
                    extra.get(key, empty),
                )
                for key, label, section in rows
            ],
            extras=[str(heading) for heading in self.extras],
            notes=notes,
            outside=outside,
            counted=counted,
        )

    def headings(self) -> dict[str, Any]:
        """What a table says of itself, in the language of now."""
        return {
            "code": self.code,
            "title": str(self.title),
            "unit": str(self.unit),
            "head": str(self.head),
            "total_label": str(self.total_label),
            "rules": list(self.rules),
            "sums_down": self.sums_down,
        }

    def behind(self, scope: Scope, *, row: str, column: str) -> list[Rows]:
        """The rows of one cell; ``ALL`` for row or column opens a total."""
        chosen = {
            name: key for name, key in (("row", row), ("column", column)) if key != ALL
        }
        return [facts.rows.filter(**chosen) for facts in self.facts(scope)]


def visible(rows: Rows, user: User) -> Rows:
    """Those that the door of their own model opens to the user."""
    seen = rows.model._default_manager.visible_to(user)
    return rows.filter(pk__in=seen.order_by().values("pk"))


def counted_by_cell(rows: Rows) -> Counted:
    grouped = rows.order_by().values_list("row", "column").annotate(n=Count("*"))
    return {(str(row), str(column)): number for row, column, number in grouped}


def by_row(found: Counted) -> dict[str, dict[str, int]]:
    rows: dict[str, dict[str, int]] = {}
    for (row, column), number in found.items():
        rows.setdefault(row, {})[column] = number
    return rows


def fixed_rows(*rows: tuple[str, Any]) -> Callable[[Scope, set[str]], Axis]:
    return lambda scope, keys: [(key, label, "") for key, label in rows]


def fixed_columns(
    *columns: tuple[str, Any] | tuple[str, Any, Any],
) -> Callable[[Scope, set[str]], list[Column]]:
    """Key, heading, and the heading above if there is one."""
    return lambda scope, keys: [
        Column(key, *(str(heading) for heading in headings))
        for key, *headings in columns
    ]
