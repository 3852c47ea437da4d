"""Papers: HTML in, one archivable, accessible PDF out, however long it is."""

from timpora.pdf.drawing import (
    FatalURLFetchingError,
    PaperFetcher,
    fonts,
    render_stamp,
    stylesheet,
)
from timpora.pdf.finishing import page_count
from timpora.pdf.papers import MOST_CELLS, AfterPart, nobody_waits, render_pdf

__all__ = [
    "MOST_CELLS",
    "AfterPart",
    "FatalURLFetchingError",
    "PaperFetcher",
    "fonts",
    "nobody_waits",
    "page_count",
    "render_pdf",
    "render_stamp",
    "stylesheet",
]
