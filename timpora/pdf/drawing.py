"""The only module that knows WeasyPrint: what a paper may fetch, its fonts and styles."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse


class PaperFetcher(URLFetcher):
    """Gives a paper the project's static files, its own uploads, and nothing else.

    ``static:css/paper.css`` and ``upload:12`` are the only addresses; ``read_upload``
    answers the bytes of an upload and its media type.
    """

    def __init__(self, read_upload: Callable[[int], tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.read_upload = read_upload

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        scheme, _colon, rest = url.partition(":")
        if scheme == "static":
            return URLFetcherResponse(url, static_file(rest), {})
        if scheme == "upload" and rest.isdigit():
            content, mime = self.read_upload(int(rest))
            return URLFetcherResponse(url, content, {"Content-Type": mime})
        if scheme == "data":
            return super().fetch(url, headers)
        raise FatalURLFetchingError(f"A paper may not fetch {url[:80]}")


def static_file(path: str) -> bytes:
    found = finders.find(path)
    if not found:
        raise FatalURLFetchingError(f"No static file {path}")
    with open(found, "rb") as file:
        return file.read()


@cache
def fonts() -> FontConfiguration:
    return FontConfiguration()


def no_uploads(pk: int) -> tuple[bytes, str]:
    raise FatalURLFetchingError(f"This paper has no uploads, not even {pk}")


@cache
def stylesheet(path: str) -> CSS:
    """Parsed once per process, as the fonts are: that halves a warm rendering."""
    return CSS(
        string=static_file(path).decode(),
        base_url="static:",
        url_fetcher=PaperFetcher(no_uploads),
        font_config=fonts(),
    )


def render_stamp(html: str, width: float, height: float) -> bytes:
    """One small page of points: what a signature field looks like."""
    page = f"@page {{ size: {width}pt {height}pt; margin: 0; }}"
    content: bytes = HTML(
        string=html, base_url="static:", url_fetcher=PaperFetcher(no_uploads)
    ).write_pdf(
        stylesheets=[
            stylesheet("css/stamp.css"),
            CSS(string=page, font_config=fonts()),
        ],
        font_config=fonts(),
        # Packed data may end in a line break by chance, which checkers of PDF/A take for
        # the one that stands before "endstream".
        uncompressed_pdf=True,
    )
    return content
