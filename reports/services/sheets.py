"""Rows into a file, one at a time: XLSX or CSV, and never a formula."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import timezone

# Of every form that a file can have.
MIMES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
# What a spreadsheet would run if a text began with it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_TEXT = 32_767
WriteRow = Callable[[Sequence[Any]], None]


@contextmanager
def sheet(
    path: Path, *, form: str, title: str, heads: Sequence[str], mark: str
) -> Iterator[WriteRow]:
    """A file that says on top and at its end who took it out, and when."""
    make = xlsx if form == "xlsx" else plain_csv
    with make(path, title=title, heads=heads, mark=mark) as write:
        yield write


@contextmanager
def xlsx(
    path: Path, *, title: str, heads: Sequence[str], mark: str
) -> Iterator[WriteRow]:
    """Row by row: what was written leaves the memory. Texts stay texts."""
    book = xlsxwriter.Workbook(
        path,
        {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "dd-mm-yyyy",
        },
    )
    page = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    quiet = book.add_format({"italic": True, "font_color": "#56606e"})
    moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
    page.set_column(0, len(heads) - 1, 22)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(1)
    # An ampersand begins a code in a page's foot, which holds 255 letters.
    page.set_footer("&L" + mark.replace("&", "&&")[:230] + "&R&P/&N")
    book.set_properties({"title": title, "comments": mark})
    page.write_string(0, 0, mark[:LONGEST_TEXT], quiet)
    for column, head in enumerate(heads):
        page.write_string(1, column, head, bold)
    place = 2

    def write(values: Sequence[Any]) -> None:
        nonlocal place
        for column, value in enumerate(values):
            if isinstance(value, dt.datetime):
                local = timezone.localtime(value).replace(tzinfo=None)
                page.write_datetime(place, column, local, moment)
            elif isinstance(value, dt.date):
                page.write_datetime(place, column, value)
            elif isinstance(value, int):
                page.write_number(place, column, value)
            elif value is not None and value != "":
                page.write_string(place, column, str(value)[:LONGEST_TEXT])
        place += 1

    try:
        yield write
        page.write_string(place + 1, 0, mark[:LONGEST_TEXT], quiet)
        book.close()
    finally:
        # Given up half way, it would leave the file of its rows open.
        page.row_data_fh.close()


@contextmanager
def plain_csv(
    path: Path, *, title: str, heads: Sequence[str], mark: str
) -> Iterator[WriteRow]:
    """As an Indonesian Excel opens it: semicolons, and a mark that says UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow([harmless(mark)])
        out.writerow([harmless(head) for head in heads])
        yield lambda values: out.writerow([csv_text(value) for value in values])
        out.writerow([harmless(mark)])


def csv_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else harmless(str(value))


def harmless(text: str) -> str:
    """What a spreadsheet would run gets an apostrophe and stays a text."""
    return f"'{text}" if text.startswith(FORMULA) else text
