"""The edition for the public: small cells hidden, and none that could be computed back."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from reports.models import HIDDEN, Cell, Recap, Table

# Cells below it could be a person that somebody knows (domain 6.3, rule 6).
LEAST = 5
# A kecamatan's own recap would cross nationality with a small area.
BY_NATIONALITY = frozenset({"R5", "R8"})
HIDDEN_NOTE = _(
    "Tanda * berarti disembunyikan: kurang dari lima, atau dapat dipakai menghitung "
    "angka lain yang kurang dari lima."
)


Place = tuple[int, int]


class Grid:
    """Cells with their totals at the right and at the bottom, the grand total last.

    Every row and every column is a line whose last entry is the sum of the others. A
    hidden entry can be computed back exactly if no closed path of hidden entries, along
    rows and columns in turn, leads through it: then one of its lines is the only unknown.
    """

    def __init__(self, table: Table) -> None:
        rows = [
            [*row.cells, total]
            for row, total in zip(table.rows, table.row_totals, strict=True)
        ]
        self.values = [*rows, [*table.column_totals, table.total]]
        self.height, self.width = len(self.values), len(self.values[-1])
        self.hidden: set[Place] = set()

    def lines(self) -> list[list[Place]]:
        across = [
            [(row, column) for column in range(self.width)]
            for row in range(self.height)
        ]
        return [*across, *map(list, zip(*across, strict=True))]

    def value(self, place: Place) -> int:
        cell = self.values[place[0]][place[1]]
        return cell if isinstance(cell, int) else 0

    def hide_small(self) -> None:
        places = {place for line in self.lines() for place in line}
        self.hidden |= {place for place in places if 0 < self.value(place) < LEAST}

    def protect(self) -> None:
        """Hide more until nothing that is hidden follows from what is shown."""
        while more := self.next_to_hide():
            self.hidden.add(more)

    def next_to_hide(self) -> Place | None:
        """The smallest entry of a line that gives something away; a total comes last.

        Lines with one unknown first: what closes them often closes the others too. A
        zero hides nothing: that nobody was counted is known of nobody.
        """
        for gives_away in (self.has_one_unknown, self.adds_up_to_little, self.is_open):
            for line in filter(gives_away, self.lines()):
                shown = [place for place in line if place not in self.hidden]
                counts = [place for place in shown if self.value(place)]
                if counts:
                    return min(
                        counts,
                        key=lambda place: (self.is_total(place), self.value(place)),
                    )
        return None

    def hidden_in(self, line: list[Place]) -> list[Place]:
        return [place for place in line if place in self.hidden]

    def has_one_unknown(self, line: list[Place]) -> bool:
        return len(self.hidden_in(line)) == 1

    def adds_up_to_little(self, line: list[Place]) -> bool:
        cells = [place for place in self.hidden_in(line) if place != line[-1]]
        total_is_shown = line[-1] not in self.hidden
        return bool(cells) and total_is_shown and sum(map(self.value, cells)) < LEAST

    def is_open(self, line: list[Place]) -> bool:
        return any(map(self.is_exposed, self.hidden_in(line)))

    def is_exposed(self, place: Place) -> bool:
        """Without the entry, no path of hidden entries joins its row with its column."""
        others = self.hidden - {place}
        reached, waiting = {("row", place[0])}, [("row", place[0])]
        while waiting:
            kind, number = waiting.pop()
            for row, column in others:
                here, there = ("row", row), ("column", column)
                if kind == "column":
                    here, there = there, here
                if here == (kind, number) and there not in reached:
                    reached.add(there)
                    waiting.append(there)
        return ("column", place[1]) not in reached

    def is_total(self, place: Place) -> bool:
        return place[0] == self.height - 1 or place[1] == self.width - 1

    def shown(self, row: int) -> list[Cell]:
        return [
            HIDDEN if (row, column) in self.hidden else cell
            for column, cell in enumerate(self.values[row])
        ]


def suppressed(table: Table) -> Table:
    """The table with small cells hidden, and what would give them away."""
    if not table.is_count:
        return table
    grid = Grid(table)
    grid.hide_small()
    grid.protect()
    shown = [grid.shown(row) for row in range(len(grid.values))]
    rows = [
        # A rate would give the hidden number back.
        replace(row, cells=cells[:-1], extra=[word and HIDDEN for word in row.extra])
        for row, cells in zip(table.rows, shown, strict=False)
    ]
    margins = {
        "rows": [cells[-1] for cells in shown[:-1]],
        "columns": shown[-1][:-1],
        "total": shown[-1][-1],
    }
    return replace(table, rows=rows, margins=margins, notes=[], outside=0)


@dataclass(frozen=True)
class Edition:
    """What is published of a recap, and what was left out of it altogether."""

    tables: list[Table]
    left_out: list[str]


def public_edition(recap: Recap) -> Edition:
    tables = recap.tables
    barred = BY_NATIONALITY if recap.district_id else frozenset()
    return Edition(
        tables=[suppressed(table) for table in tables if table.code not in barred],
        left_out=[table.title for table in tables if table.code in barred],
    )
