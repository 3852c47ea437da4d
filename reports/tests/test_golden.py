"""Recaps of the demonstration against figures that were counted by hand (golden/README.md)."""

import csv
import datetime as dt
from collections import defaultdict
from pathlib import Path

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from documents.services.storing import stored
from reports.demonstration.clock import ZONE
from reports.management.commands.load_demo import load
from reports.models import Recap, Table
from reports.services.layout import NIL
from reports.services.recaps import freeze

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GOLDEN = Path(__file__).parent / "golden"
# The day on which the demonstration is seen; the scripts count their days from it.
TODAY = dt.date(2026, 1, 20)
PERIODS = {
    "2025-07.csv": ("bulanan", dt.date(2025, 7, 1)),
    "2025-12.csv": ("bulanan", dt.date(2025, 12, 1)),
    "2025-semester-2.csv": ("semester", dt.date(2025, 7, 1)),
}
NOTES = "Catatan"
SUMS = "JUMLAH"
# By row and column as they are headed; what is not there is zero or empty.
Cells = dict[tuple[str, str], str]


def test_frozen_recaps_say_what_was_counted_by_hand():
    wrong: list[str] = []
    with time_machine.travel(dt.datetime.combine(TODAY, dt.time(16), tzinfo=ZONE)):
        cast = load(today=TODAY)
        for name, (kind, starts_on) in PERIODS.items():
            recap = Recap.objects.get(
                office=cast.office, kind=kind, starts_on=starts_on
            )
            if not recap.is_frozen:
                freeze(recap, revision=recap.revision, by=cast.staff["section_head"])
            wrong += [f"{name} {told}" for told in compared(recap, golden(name))]

    assert not wrong, "\n".join(wrong)
    july = Recap.objects.get(kind="bulanan", starts_on=dt.date(2025, 7, 1))
    assert Table.from_json(july.figures["R1"]).is_nil
    assert sheets_of(july)["R1"][5][0] == NIL


def golden(name: str) -> dict[str, Cells]:
    """By table; a figure without its derivation, or twice, is a mistake."""
    found: dict[str, Cells] = defaultdict(dict)
    with (GOLDEN / name).open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            place = (line["row"], line["column"])
            assert line["derivation"], line
            assert place not in found[line["table"]], line
            found[line["table"]][place] = line["value"]
    return found


def compared(recap: Recap, expected: dict[str, Cells]) -> list[str]:
    """Sentences, one for each cell that differs, in the figures and in the file."""
    sheets = sheets_of(recap)
    assert list(sheets) == [table.code for table in recap.tables]
    assert set(sheets) == set(recap.figures)
    wrong = [f"{code}: no such table" for code in expected if code not in sheets]
    for table in recap.tables:
        cells = expected.get(table.code, {})
        notes = {row: text for row, text in cells.items() if row[0] == NOTES}
        body = {row: value for row, value in cells.items() if row[0] != NOTES}
        body |= sums_of(table, body)
        wrong += differing(f"{table.code} figures", body | notes, figures_in(table))
        rows = sheets[table.code]
        wrong += differing(f"{table.code} sheet", body, cells_in(rows))
        lines = [str(row[0]) for row in rows]
        wrong += [
            f"{table.code} sheet lacks: {note}"
            for note in notes.values()
            if note not in lines
        ]
    return wrong


def differing(where: str, expected: Cells, found: Cells) -> list[str]:
    return [
        f"{where}: {place} by hand {expected.get(place, '-')}, computed {found.get(place, '-')}"
        for place in [*expected, *(place for place in found if place not in expected)]
        if expected.get(place) != found.get(place)
    ]


def sums_of(table: Table, body: Cells) -> Cells:
    """Totals of the figures that were counted by hand, to the right and at the bottom."""
    if not table.is_count:
        return {}
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for (row, column), value in body.items():
        if column in table.extras:
            continue
        sums[row, table.total_label] += int(value)
        if table.sums_down:
            sums[SUMS, column] += int(value)
            sums[SUMS, table.total_label] += int(value)
    return {place: str(number) for place, number in sums.items()}


def figures_in(table: Table) -> Cells:
    """What is neither zero nor empty in the stored figures, totals and notes included."""
    headings = [f"{one.group} {one.label}".strip() for one in table.columns]
    lines = [
        (f"{row.section} {row.label}".strip(), [*row.cells, total], row.extra)
        for row, total in zip(table.rows, table.row_totals, strict=True)
    ]
    if table.sums_down:
        lines.append((SUMS, [*table.column_totals, table.total], []))
    found = {
        (label, heading): str(cell)
        for label, cells, extra in lines
        for heading, cell in [
            *zip([*headings, table.total_label], cells, strict=True),
            *zip(table.extras, extra, strict=False),
        ]
        if cell and (table.is_count or heading != table.total_label)
    }
    if table.is_nil:
        found = {}
    notes = {(NOTES, str(turn)): note for turn, note in enumerate(table.notes, 1)}
    return found | notes


# --- the file that was kept ------------------------------------------------------------
def sheets_of(recap: Recap) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(stored(recap.spreadsheet))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def cells_in(rows: list[list[object]]) -> Cells:
    """The same places, read as somebody reads the sheet: headings, sections, rows, sums."""
    upper, lower = rows[3], rows[4]
    is_grouped = not any(lower[:2]) and any(lower)
    headings, group = [], ""
    for place, word in enumerate(upper):
        group = str(word) or group
        below = str(lower[place]) if is_grouped else ""
        headings.append(f"{group} {below}".strip())
    body = rows[5 if is_grouped else 4 :]
    found: Cells = {}
    if body[0][0] == NIL:
        return found
    section = ""
    for number, label, *cells in body:
        if not label:
            break
        if not number and not any(cells) and label != SUMS:
            section = str(label)
            continue
        head = f"{section} {label}".strip() if number else str(label)
        for heading, cell in zip(headings[2:], cells, strict=True):
            if cell:
                word = f"{cell:g}" if isinstance(cell, float) else str(cell)
                found[head, heading] = word
    return found
