"""The only place that knows WeasyPrint: HTML in, one archivable, accessible PDF out."""

import datetime as dt
import json
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

PDF_UA = "http://www.aiim.org/pdfua/ns/id/"

# The PDF/A profile wants the PDF/UA property described before it is used.
PDF_UA_SCHEMA = """
<rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
  <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
"""


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


def render_pdf(
    html: str,
    *,
    css: str,
    data: dict[str, Any],
    read_upload: Callable[[int], tuple[bytes, str]] = no_uploads,
    dated: dt.datetime | None = None,
) -> bytes:
    """A PDF/A-3a and PDF/UA-1 file of ``html`` with ``data`` embedded as JSON.

    The same input, ``dated`` the same, gives the same bytes, whoever draws it and when.
    Fetches nothing but static files and uploads; anything else raises. Pictures go in as
    they are: an upload was made small when it came, and WeasyPrint's ``optimize_images``
    would encode each JPEG once more, at a lower quality, in a third of the time of a paper.
    """
    source = Attachment(
        string=json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True),
        name="data.json",
        description="Data dokumen ini",
        relationship="Source",
        created=dated,
        modified=dated,
    )
    content = HTML(
        string=html, base_url="static:", url_fetcher=PaperFetcher(read_upload)
    ).write_pdf(
        stylesheets=[stylesheet(css)],
        font_config=fonts(),
        attachments=[source],
        pdf_variant="pdf/a-3a",
    )
    return mark_accessible(content)


def mark_accessible(content: bytes) -> bytes:
    """Add the PDF/UA mark to the one XMP block; WeasyPrint writes one mark only."""
    with pikepdf.open(BytesIO(content)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
        marked = xmp.replace("</rdf:RDF>", f"{PDF_UA_SCHEMA}</rdf:RDF>")
        pdf.Root.Metadata = pdf.make_stream(
            marked.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        out = BytesIO()
        pdf.save(out, compress_streams=True, deterministic_id=True)
    return out.getvalue()
