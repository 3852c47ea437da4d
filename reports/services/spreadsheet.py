"""A recap as XLSX: one sheet a table, official headings, numbers as numbers."""

from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from documents.models import DocumentVersion
from documents.services.storing import store
from reports.models import Recap, Table
from reports.services.layout import NIL

# Zero is a dash, a dot stands between thousands; the number stays a number.
NUMBER = '#,##0;-#,##0;"-"'
LABEL_WIDTH = 44


class Styles:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        font = {"font_name": "Liberation Serif", "font_size": 10}
        edge = {**font, "border": 1, "valign": "vcenter", "text_wrap": True}
        self.title = book.add_format({**font, "bold": True, "font_size": 12})
        self.plain = book.add_format({**font, "text_wrap": False})
        self.head = book.add_format(
            {**edge, "bold": True, "align": "center", "bg_color": "#E8EAF0"}
        )
        self.text = book.add_format(edge)
        self.number = book.add_format({**edge, "num_format": NUMBER, "align": "right"})
        self.sum = book.add_format(
            {**edge, "num_format": NUMBER, "align": "right", "bold": True}
        )
        self.section = book.add_format({**edge, "bold": True, "italic": True})


def keep_spreadsheet(recap: Recap, version: DocumentVersion) -> str:
    """Store the file of frozen figures; answers its path, which never changes."""
    return store(spreadsheet_of(recap, version))


def spreadsheet_of(recap: Recap, version: DocumentVersion | None = None) -> bytes:
    """The same figures and version give the same bytes. A draft says that it is one."""
    out = BytesIO()
    # Words stay words: a label that begins with "=" is no formula.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        made = version.created_at if version else recap.created_at
        book.set_properties({"title": str(recap), "created": made.replace(tzinfo=None)})
        styles = Styles(book)
        for table in recap.tables:
            sheet = book.add_worksheet(table.code)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            write_table(sheet, table, styles, heading=heading_of(recap, version))
    return out.getvalue()


def heading_of(recap: Recap, version: DocumentVersion | None) -> str:
    state = (
        _("Nomor %(number)s, versi %(version)d")
        % {"number": version.document.number, "version": version.version}
        if version
        else _("KONSEP, belum dibekukan")
    )
    return f"{recap.office}. {recap.period.label}. {state}."


def write_table(
    sheet: Worksheet, table: Table, styles: Styles, *, heading: str
) -> None:
    sheet.write_string(0, 0, f"{table.code} {table.title}", styles.title)
    sheet.write_string(1, 0, heading, styles.plain)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, LABEL_WIDTH)
    sheet.set_column(2, 1 + len(table.columns), 11 if table.is_count else 32)
    row = write_headings(sheet, table, styles, 3)
    sheet.freeze_panes(row, 2)
    sheet.repeat_rows(3, row - 1)
    if table.is_nil:
        width = 1 + len(table.columns) + table.is_count + len(table.extras)
        sheet.merge_range(row, 0, row, width, NIL, styles.head)
        row += 1
    else:
        row = write_rows(sheet, table, styles, row)
    for line in [*table.notes, *table.rules]:
        row += 1
        sheet.write_string(row, 0, line, styles.plain)


def write_headings(sheet: Worksheet, table: Table, styles: Styles, top: int) -> int:
    """Two lines where neighbours share a heading, else one; answers the row below."""
    is_grouped = any(column.group for column in table.columns)
    last = top + is_grouped
    headings = [column.label for column in table.columns]
    tail = [table.total_label] * table.is_count + table.extras
    places = [(0, _("No")), (1, table.head)]
    places += [(2 + len(headings) + turn, label) for turn, label in enumerate(tail)]
    for column, label in places:
        merge(sheet, (top, column, last, column), label, styles.head)
    for turn, label in enumerate(headings):
        sheet.write_string(last, 2 + turn, label, styles.head)
    if is_grouped:
        write_groups(sheet, table, styles, top)
    return last + 1


def write_groups(sheet: Worksheet, table: Table, styles: Styles, top: int) -> None:
    start = 0
    groups = [column.group for column in table.columns]
    for turn, group in enumerate(groups):
        if turn + 1 == len(groups) or groups[turn + 1] != group:
            merge(sheet, (top, 2 + start, top, 2 + turn), group, styles.head)
            start = turn + 1


def merge(
    sheet: Worksheet, area: tuple[int, int, int, int], words: str, style: Format
) -> None:
    """A single cell can't be merged."""
    if area[:2] == area[2:]:
        sheet.write_string(area[0], area[1], words, style)
    else:
        sheet.merge_range(*area, words, style)


def write_rows(sheet: Worksheet, table: Table, styles: Styles, row: int) -> int:
    section = ""
    totals = table.row_totals
    for number, (line, total) in enumerate(zip(table.rows, totals, strict=True), 1):
        if line.section != section:
            section = line.section
            sheet.write_string(row, 1, section, styles.section)
            row += 1
        sheet.write_number(row, 0, number, styles.text)
        sheet.write_string(row, 1, line.label, styles.text)
        cells = [*line.cells, *([total] if table.is_count else []), *line.extra]
        write_cells(sheet, row, cells, styles.number, styles)
        row += 1
    if table.is_count and table.sums_down:
        sheet.write_blank(row, 0, None, styles.text)
        sheet.write_string(row, 1, _("JUMLAH"), styles.head)
        write_cells(sheet, row, [*table.column_totals, table.total], styles.sum, styles)
        row += 1
    return row


def write_cells(
    sheet: Worksheet, row: int, cells: list[Any], style: Format, styles: Styles
) -> None:
    for column, cell in enumerate(cells, 2):
        if isinstance(cell, int):
            sheet.write_number(row, column, cell, style)
        else:
            sheet.write_string(row, column, cell, styles.text)
