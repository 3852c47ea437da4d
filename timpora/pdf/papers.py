"""HTML in, one archivable, accessible PDF out; a long paper is drawn in parts."""

import datetime as dt
import gc
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from weasyprint import CSS, HTML, Attachment, Document, Page

from timpora.merging import move_tags, next_tag
from timpora.pdf.cutting import Cuttable
from timpora.pdf.drawing import PaperFetcher, fonts, no_uploads, stylesheet
from timpora.pdf.finishing import NO_FIELDS, finish, finish_part
from timpora.pdf.joining import Bookmark, Joined

# WeasyPrint needs some 25 kB for each cell that it has laid out.
MOST_CELLS = 3000
# Points for each pixel of CSS.
SCALE = 0.75
AfterPart = Callable[[int, int], None]


def nobody_waits(done: int, of: int) -> None:
    pass


@dataclass(frozen=True)
class Part:
    """Some pages of a paper as WeasyPrint wrote them."""

    content: bytes
    pages: int
    bookmarks: list[Bookmark]


@dataclass(frozen=True)
class Paper:
    """What is drawn, and what WeasyPrint needs for it."""

    html: Cuttable
    css: str
    source: Attachment
    fetcher: PaperFetcher

    def lay_out(self, html: str, *styles: CSS) -> Document:
        return HTML(string=html, base_url="static:", url_fetcher=self.fetcher).render(
            stylesheets=[stylesheet(self.css), *styles],
            font_config=fonts(),
            pdf_variant="pdf/a-3a",
        )

    def write(self, document: Document, *, is_first: bool) -> bytes:
        content: bytes = document.write_pdf(
            attachments=[self.source] if is_first else [], pdf_variant="pdf/a-3a"
        )
        return content


def render_pdf(
    html: str,
    *,
    css: str,
    data: dict[str, Any],
    read_upload: Callable[[int], tuple[bytes, str]] = no_uploads,
    dated: dt.datetime | None = None,
    fields: Mapping[str, str] = NO_FIELDS,
    after_part: AfterPart = nobody_waits,
    most_cells: int = MOST_CELLS,
) -> bytes:
    """A PDF/A-3a and PDF/UA-1 file of ``html`` with ``data`` embedded as JSON.

    A link to ``field:name`` becomes an empty signature field of that name, if ``fields``
    says how a screen reader calls it. The same input, ``dated`` the same, gives the same
    bytes, whoever draws it and when.
    Fetches nothing but static files and uploads; anything else raises. Pictures go in as
    they are: an upload was made small when it came, and WeasyPrint's ``optimize_images``
    would encode each JPEG once more, at a lower quality, in a third of the time of a paper.

    A paper with tables of more than ``most_cells`` cells is drawn in parts, for WeasyPrint
    keeps in memory whatever it has laid out. ``after_part`` is told after each how many
    are done, and of how many as far as that is known; what it raises ends the drawing.
    """
    source = Attachment(
        string=json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True),
        name="data.json",
        description="Data dokumen ini",
        relationship="Source",
        created=dated,
        modified=dated,
    )
    paper = Paper(Cuttable(html), css, source, PaperFetcher(read_upload))
    if paper.html.end(0, most_cells) is None:
        document = paper.lay_out(html, numbered())
        return finish(paper.write(document, is_first=True), fields)
    return draw_in_parts(paper, fields, after_part, most_cells)


def draw_in_parts(
    paper: Paper, fields: Mapping[str, str], after_part: AfterPart, most_cells: int
) -> bytes:
    parts: list[Part] = []
    start: int | None = 0
    while start is not None:
        part, start = draw_part(paper, start, most_cells, first=pages_of(parts) + 1)
        parts.append(part)
        # Boxes refer to each other in circles, and the next part needs the room.
        gc.collect()
        after_part(len(parts), len(parts) + parts_left(paper.html, start, len(parts)))
    whole, tags = Joined(), 0
    for number, part in enumerate(parts, 1):
        sheet = number_sheet(paper, parts, number)
        with pikepdf.open(BytesIO(part.content)) as pdf:
            read_last = finish_part(pdf, fields, number=number, sheet=sheet)
            move_tags(pdf, by=tags)
            tags = next_tag(pdf)
            whole.add(pdf, read_last=read_last)
    return whole.finish(mark for part in parts for mark in part.bookmarks)


def draw_part(
    paper: Paper, start: int, most_cells: int, *, first: int
) -> tuple[Part, int | None]:
    """The pages from row ``start`` on, ``first`` being the number of the first of them,
    and the row that the next part starts from, if there is one.

    More is laid out than is drawn: up to the last page that begins with a row that a part
    may start from. So the pages break where they would if nothing had been cut.
    """
    end = paper.html.end(start, most_cells)
    document = paper.lay_out(paper.html.part(start, end))
    length, following = len(document.pages), None
    if end is not None:
        found = last_start(paper.html, start, document)
        if found is None:
            # A page of text fills it, or one row; somewhere further on it can be cut.
            del document
            return draw_part(paper, start, 2 * most_cells, first=first)
        length, following = found
    kept = document.copy(document.pages[:length])
    content = paper.write(kept, is_first=first == 1)
    return Part(content, length, bookmarks_of(kept.pages, first)), following


def last_start(
    html: Cuttable, start: int, document: Document
) -> tuple[int, int] | None:
    """How many pages come before the last one that a part may start from, and its row."""
    rows = list(root_of(document.pages[0]).element.iter("tr"))
    for length in range(len(document.pages) - 1, 0, -1):
        before, page = document.pages[length - 1 : length + 1]
        top = top_row(page)
        if top is not None and not is_on(before, top):
            row = html.row_of_part(start, rows.index(top))
            if html.rows[row].table:
                return length, row
    return None


def top_row(page: Page) -> Any:
    """The element of the row that a page begins with, below the head of its table."""
    [body] = [box for box in root_of(page).children if box.element_tag == "body"]
    flow = [box for box in body.children if box.is_in_normal_flow()]
    if not flow or not flow[0].is_table_wrapper:
        return None
    groups = flow[0].get_wrapped_table().children
    bodies = [group for group in groups if not group.is_header]
    return bodies[0].children[0].element if bodies else None


def root_of(page: Page) -> Any:
    """The box of ``<html>``; what is fixed on every page stands in it as well."""
    return page._page_box.children[0]


def is_on(page: Page, element: Any) -> bool:
    return any(box.element is element for box in root_of(page).descendants())


def bookmarks_of(pages: list[Page], first: int) -> list[Bookmark]:
    return [
        Bookmark(level, label, number, SCALE * left, SCALE * (page.height - top))
        for number, page in enumerate(pages, first - 1)
        for level, label, (left, top), _state in page.bookmarks
    ]


def pages_of(parts: list[Part]) -> int:
    return sum(part.pages for part in parts)


def parts_left(html: Cuttable, start: int | None, done: int) -> int:
    """How many parts as large as those before the rest will make."""
    if start is None:
        return 0
    drawn = html.rows[start].cells
    return max(1, round((html.cells - drawn) * done / drawn))


def number_sheet(paper: Paper, parts: list[Part], number: int) -> bytes:
    """The page numbers of part ``number``: only once all is drawn is it known of how many.

    Uncompressed and without tags, like a stamp: it is laid over pages that have theirs.
    """
    first, length = pages_of(parts[: number - 1]) + 1, parts[number - 1].pages
    head = paper.html.html.partition("<body>")[0]
    empty = '<div style="break-after: page"></div>' * (length - 1)
    document = paper.lay_out(
        f"{head}<body>{empty}<div></div></body></html>",
        numbering(f'"{pages_of(parts)}"', first),
    )
    content: bytes = document.write_pdf(uncompressed_pdf=True)
    return content


def numbering(total: str, first: int = 1) -> CSS:
    words = f'"Halaman " counter(page) " dari " {total}'
    return CSS(
        string=f"""
            @page {{ @bottom-right {{ content: {words}; }} }}
            @page :first {{ counter-reset: page {first}; }}
        """,
        font_config=fonts(),
    )


@cache
def numbered() -> CSS:
    """For a paper in one piece: there WeasyPrint knows how many pages there are."""
    return numbering("counter(pages)")
