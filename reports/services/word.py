"""The monthly chapter as DOCX, for the office that pastes it into its own report."""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document as open_document
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import Table as WordTable

from reports.models import ADVICE, PROBLEMS, Recap
from reports.services.layout import NIL
from reports.services.recap_papers import part_of, with_text

Json = dict[str, Any]


def chapter_of(recap: Recap) -> bytes:
    """Cover, tables with their sentences, problems and advice; a draft says so."""
    paper = open_document()
    lay_across(paper)
    paper.core_properties.title = str(recap)
    paper.core_properties.author = str(recap.office)
    write_cover(paper, recap)
    for table in recap.tables:
        write_table(paper, with_text(recap, table))
    for heading, name in ((_("Permasalahan"), PROBLEMS), (_("Saran"), ADVICE)):
        paper.add_heading(heading, level=1)
        paper.add_paragraph(recap.narrative.get(name, "") or "-")
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def lay_across(paper: Document) -> None:
    """A4 landscape and the letter of the official form."""
    page = paper.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(18)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(11)


def write_cover(paper: Document, recap: Recap) -> None:
    lines = [
        f"{_('LAPORAN')} {recap.get_kind_display().upper()}",
        recap.period.label.upper(),
        part_of(recap),
        str(recap.office.agency.name),
        "" if recap.is_frozen else _("KONSEP, belum dibekukan"),
    ]
    for line in filter(None, lines):
        paragraph = paper.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(line)
        run.bold, run.font.size = True, Pt(16)
    paper.add_page_break()


def write_table(paper: Document, table: Json) -> None:
    paper.add_heading(f"{table['code']} {table['title']}", level=2)
    if table["text"]:
        paper.add_paragraph(table["text"])
    width = table["width"]
    grid = paper.add_table(rows=0, cols=width, style="Table Grid")
    write_headings(grid, table)
    if table["is_nil"]:
        row = grid.add_row().cells
        put(row[0].merge(row[width - 1]), NIL)
    else:
        write_rows(grid, table)
    for line in [*table["notes"], *table["rules"]]:
        paper.add_paragraph(line).runs[0].font.size = Pt(8)


def write_headings(grid: WordTable, table: Json) -> None:
    tail = [table["total_label"]] * table["is_count"] + table["extras"]
    if table["is_grouped"]:
        upper = grid.add_row().cells
        start = 2
        for group in table["groups"]:
            end = start + group["span"] - 1
            put(upper[start].merge(upper[end]), group["label"])
            start = end + 1
    lower = grid.add_row().cells
    words = [_("No"), table["head"], *table["columns"], *tail]
    for cell, word in zip(lower, words, strict=True):
        put(cell, word)


def write_rows(grid: WordTable, table: Json) -> None:
    for section in table["sections"]:
        if section["title"]:
            row = grid.add_row().cells
            put(
                row[0].merge(row[-1]), f"{section['number']} {section['title']}".strip()
            )
        for line in section["rows"]:
            total = [line["total"]] * table["is_count"]
            words = [line["number"], line["label"], *line["cells"], *total]
            write_row(grid, [*words, *line["extra"]])
    if table["totals"]:
        blank = ["" for _heading in table["extras"]]
        write_row(grid, ["", _("JUMLAH"), *table["totals"], table["total"], *blank])


def write_row(grid: WordTable, words: list[str]) -> None:
    for cell, word in zip(grid.add_row().cells, words, strict=True):
        put(cell, word)


def put(cell: Any, words: str) -> None:
    cell.text = words
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(8)
