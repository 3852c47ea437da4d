"""A cell opened: the rows that it counts, as far as the reader may see them."""

from dataclasses import dataclass

from agencies.models import User
from reports.models import Cell, Recap, Table
from reports.queries.catalogue import CATALOGUE, scope_of
from reports.queries.crosstab import ALL, visible

# More is not read on a page; the number of all of them is told.
MOST_LINES = 200


@dataclass(frozen=True)
class OpenedCell:
    """``number`` is what the recap says, ``counted`` what the data says now."""

    table: str
    row: str
    column: str
    number: Cell
    counted: int
    lines: list[tuple[str, str]]
    closed: int

    @property
    def left_out(self) -> int:
        return self.counted - self.closed - len(self.lines)


def open_cell(
    recap: Recap, table: Table, *, row: str, column: str, user: User
) -> OpenedCell | None:
    """None for a row or column that the table does not have."""
    labels = {line.key: line.label for line in table.rows} | {ALL: table.total_label}
    headings = {
        one.key: f"{one.group} {one.label}".strip() for one in table.columns
    } | {ALL: table.total_label}
    if row not in labels or column not in headings:
        return None
    crosstab = CATALOGUE[table.code]
    facts = crosstab.behind(scope_of(recap), row=row, column=column)
    counted = sum(each.order_by().count() for each in facts)
    seen = [visible(each, user) for each in facts]
    open_ = sum(each.order_by().count() for each in seen)
    lines: list[tuple[str, str]] = []
    for each in seen:
        found = each[: MOST_LINES - len(lines)]
        lines += [crosstab.describe(fact) for fact in found]
    return OpenedCell(
        table=f"{table.code} {table.title}",
        row=labels[row],
        column=headings[column],
        number=number_in(table, row, column),
        counted=counted,
        lines=lines,
        closed=counted - open_,
    )


def number_in(table: Table, row: str, column: str) -> Cell:
    rows = [line.key for line in table.rows]
    columns = [one.key for one in table.columns]
    if row == ALL and column == ALL:
        return table.total
    if row == ALL:
        return table.column_totals[columns.index(column)]
    if column == ALL:
        return table.row_totals[rows.index(row)]
    return table.rows[rows.index(row)].cells[columns.index(column)]
