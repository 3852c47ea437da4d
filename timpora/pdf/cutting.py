"""Where a long paper may be drawn in parts: between two rows of a table with a head.

Columns of a paper's tables are as wide as its style says, whatever stands in the rows, and
a row stays on one page. So a table that goes on at the top of a page looks the same if it
is drawn from there, with its head. Shorter pieces of text are never cut.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

TAG = re.compile(r"<(/?)(table|thead|tbody|tr|td|th)\b[^>]*>")
# What stands before is on every page: footer, marks.
LETTERHEAD = '<header class="letterhead">'


@dataclass(frozen=True)
class Row:
    """Where a ``<tr>`` starts, and how many cells of the paper come before it.

    ``table`` is the head of its table, to be opened anew; empty where no part may start.
    """

    at: int
    cells: int
    table: str


@dataclass(frozen=True)
class Cuttable:
    """A paper as HTML; its rows are counted from 0, as they follow each other."""

    html: str

    @cached_property
    def repeated(self) -> str:
        return self.html[: self.html.index(LETTERHEAD)]

    @cached_property
    def rows(self) -> list[Row]:
        if LETTERHEAD not in self.html:
            return []
        return rows_of(self.html)

    @cached_property
    def cells(self) -> int:
        return len(re.findall(r"<t[dh]\b", self.html))

    def end(self, start: int, most: int) -> int | None:
        """The row before which a part of ``most`` cells from row ``start`` ends, or None
        for the end of the paper."""
        enough = (self.rows[start].cells if start else 0) + most
        first = bisect_left(self.rows, enough, key=lambda row: row.cells)
        return next(
            (n for n in range(first, len(self.rows)) if self.rows[n].table), None
        )

    def part(self, start: int, end: int | None) -> str:
        """The paper from row ``start`` (0: from its beginning) to before row ``end``."""
        if not start and end is None:
            return self.html
        row = self.rows[start]
        opened = self.repeated + row.table if start else ""
        written = self.html[row.at if start else 0 : end and self.rows[end].at]
        return opened + written + ("</tbody></table></body></html>" if end else "")

    def row_of_part(self, start: int, place: int) -> int:
        """Which row of the paper the ``place``-th of a part is."""
        return start + place - (self.rows[start].table.count("<tr") if start else 0)


def rows_of(html: str) -> list[Row]:
    """All rows; one may start a part if it follows another in the body of a table that
    has a head and stands in no other table."""
    rows: list[Row] = []
    depth = cells = table_at = bodies = 0
    has_head = is_first = False
    table = ""
    for tag in TAG.finditer(html):
        closes, name = tag.groups()
        if name == "table":
            depth += -1 if closes else 1
            if depth == 1 and not closes:
                table_at, bodies, has_head = tag.start(), 0, False
        elif closes:
            continue
        elif name in ("td", "th"):
            cells += 1
        elif name == "thead":
            has_head = has_head or depth == 1
        elif name == "tbody" and depth == 1:
            bodies, is_first = bodies + 1, True
            # A second body would be opened anew with the rows of the first.
            head = html[table_at : tag.end()] if has_head and bodies == 1 else ""
            table = going_on(head)
        elif name == "tr":
            may_start = depth == 1 and table and not is_first
            rows.append(Row(tag.start(), cells, table if may_start else ""))
            is_first = is_first and depth != 1
    return rows


def going_on(head: str) -> str:
    """The head of a table that is opened anew: no space above, as at the top of a page."""
    return head.replace("<table", '<table style="margin-top: 0"', 1)
