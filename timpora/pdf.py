"""The only place that knows WeasyPrint: HTML in, one archivable, accessible PDF out."""

import datetime as dt
import json
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

PDF_UA = "http://www.aiim.org/pdfua/ns/id/"
NO_FIELDS: Mapping[str, str] = {}
FIELD = "field:"
# A widget that is printed, and one that nobody can fill but by signing.
PRINTED = 4

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


UNSIGNED = '<p class="unsigned">Belum ditandatangani</p>'


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
    fields: Mapping[str, str] = NO_FIELDS,
) -> bytes:
    """A PDF/A-3a and PDF/UA-1 file of ``html`` with ``data`` embedded as JSON.

    A link to ``field:name`` becomes an empty signature field of that name, if ``fields``
    says how a screen reader calls it. The same input, ``dated`` the same, gives the same bytes, whoever draws it and when.
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
    return finish(content, fields)


def finish(content: bytes, fields: Mapping[str, str]) -> bytes:
    """What WeasyPrint leaves open: both marks in the one XMP block, whole structure."""
    with pikepdf.open(BytesIO(content)) as pdf:
        adopt_links(pdf)
        add_fields(pdf, fields)
        smooth_nothing(pdf)
        name_every_glyph(pdf)
        xmp = pdf.Root.Metadata.read_bytes().decode()
        marked = xmp.replace("</rdf:RDF>", f"{PDF_UA_SCHEMA}</rdf:RDF>")
        pdf.Root.Metadata = pdf.make_stream(
            marked.encode().strip(),
            Type=pikepdf.Name.Metadata,
            Subtype=pikepdf.Name.XML,
        )
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pack(pdf)
        out = BytesIO()
        # Plain objects: a packed table of them could end in a line break as well.
        pdf.save(
            out,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
        )
    return out.getvalue()


def pack(pdf: pikepdf.Pdf) -> None:
    """Compress what is plain, and let no data end in a line break.

    PDF/A wants a line break of its own before "endstream"; where the data ends in one by
    chance, none is written. A byte after the end of packed data is read by nobody.
    """
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream) or item.get("/Type") == "/Metadata":
            continue
        packed, parms = item.read_raw_bytes(), item.get("/DecodeParms")
        if "/Filter" not in item:
            packed = zlib.compress(packed)
        elif item.Filter != pikepdf.Name.FlateDecode:
            continue
        if packed.endswith((b"\r", b"\n")):
            packed += b"\0"
        item.write(
            packed,
            filter=pikepdf.Name.FlateDecode,
            decode_parms=parms,  # type: ignore[arg-type]  # a dictionary, if it is there
        )


def name_every_glyph(pdf: pikepdf.Pdf) -> None:
    """PDF/A wants a character for each glyph. Where several glyphs draw one syllable, as
    in Burmese, the first carries its letters and the others nothing: a space of no width."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
            names = item.ToUnicode.read_bytes()
            if b"<>" in names:
                item.ToUnicode.write(names.replace(b"<>", b"<200b>"))


def smooth_nothing(pdf: pikepdf.Pdf) -> None:
    """PDF/A forbids a picture to ask for smoothing, as WeasyPrint's do."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and "/Interpolate" in item:
            item.Interpolate = False


def adopt_links(pdf: pikepdf.Pdf) -> None:
    """The footer's link is read once, after everything else.

    WeasyPrint leaves the footer of each page outside the structure, links included, and a
    link must stand in it. On the second page and later it would only be read again.
    """
    root = pdf.Root.StructTreeRoot.K[0]
    owners = structure_of_annotations(pdf)
    adopted = False
    for page in pdf.pages:
        links = page.obj.get("/Annots", pikepdf.Array())
        kept = [
            link
            for link in links
            if not is_outside(owners[int(link.StructParent)], root) or not adopted
        ]
        for link in kept:
            owner = owners[int(link.StructParent)]
            if is_outside(owner, root):
                owner.P = root
                root.K.append(owner)
                adopted = True
        if kept:
            page.obj.Annots = pikepdf.Array(kept)
            page.obj.Tabs = pikepdf.Name.S
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]


def structure_of_annotations(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    return {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}


def is_outside(element: pikepdf.Object, root: pikepdf.Object) -> bool:
    """Whether no way leads down to ``element`` from the ``root`` of the document."""
    above = element.P
    while above.objgen != root.objgen:
        element, above = above, above.P
    return all(
        getattr(kid, "objgen", None) != element.objgen for kid in root.K.as_list()
    )


def add_fields(pdf: pikepdf.Pdf, fields: Mapping[str, str]) -> None:
    """Turn each link to ``field:name`` into an empty signature field, tagged as a form.

    Made here and not by the signer, because a signer does not know the structure; the
    appearance carries its fonts, and says that nobody has signed yet.
    """
    owners = structure_of_annotations(pdf)
    made = pikepdf.Array()
    for page in pdf.pages:
        for link in page.obj.get("/Annots", pikepdf.Array()):
            name = field_named(link)
            if name not in fields:
                continue
            owner = owners[int(link.StructParent)]
            owner.S = pikepdf.Name.Form
            # Not in an array: so a check of what changed since finds the widget there.
            owner.K = owner.K[0]
            for key in ("/A", "/BS", "/Contents"):
                del link[key]
            left, bottom, right, top = (float(side) for side in link.Rect)
            link.Subtype = pikepdf.Name.Widget
            link.FT = pikepdf.Name.Sig
            link.T = pikepdf.String(name)
            link.TU = pikepdf.String(fields[name])
            link.F = PRINTED
            link.P = page.obj
            link.AP = pikepdf.Dictionary(
                N=drawn(pdf, UNSIGNED, right - left, abs(top - bottom))
            )
            made.append(link)
    # Also an empty form: to sign outside is then to fill in what was there.
    pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=made))


def field_named(link: pikepdf.Object) -> str:
    address = str(link.A.URI) if "/A" in link and "/URI" in link.A else ""
    return address.removeprefix(FIELD) if address.startswith(FIELD) else ""


def drawn(pdf: pikepdf.Pdf, html: str, width: float, height: float) -> pikepdf.Object:
    with pikepdf.open(BytesIO(render_stamp(html, width, height))) as stamp:
        return pdf.copy_foreign(stamp.pages[0].as_form_xobject())


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
