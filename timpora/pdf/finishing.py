"""What WeasyPrint leaves open in one file: marks, form, whole structure, packed streams."""

import zlib
from collections.abc import Mapping
from io import BytesIO

import pikepdf

from timpora.pdf.drawing import render_stamp

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


def finish(content: bytes, fields: Mapping[str, str]) -> bytes:
    """The one file of a paper that was drawn in one piece."""
    with pikepdf.open(BytesIO(content)) as pdf:
        adopt_links(pdf)
        mend(pdf, fields)
        out = BytesIO()
        # Plain objects: a packed table of them could end in a line break as well.
        pdf.save(
            out,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
        )
    return out.getvalue()


def page_count(content: bytes) -> int:
    """As the root of the pages says; to go through them would unpack a long paper."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return int(pdf.Root.Pages.Count)


def finish_part(
    pdf: pikepdf.Pdf, fields: Mapping[str, str], *, number: int, sheet: bytes
) -> int:
    """What ``finish`` does, for the part ``number`` of a longer paper, counted from 1.

    The pages get what ``sheet`` shows on as many. Answers how many of the last tags are
    read after those of all other parts.
    """
    adopted = adopt_links(pdf, at_most=1 if number == 1 else 0)
    tell_headings_apart(pdf, number)
    lay_over(pdf, sheet)
    mend(pdf, fields)
    return adopted


def mend(pdf: pikepdf.Pdf, fields: Mapping[str, str]) -> None:
    """The form, both marks in the one XMP block, glyphs and streams as PDF/A wants them."""
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


def tell_headings_apart(pdf: pikepdf.Pdf, number: int) -> None:
    """WeasyPrint counts the cells of headings in each part anew."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary):
            continue
        if item.get("/S") == "/TH":
            item.ID = renamed(item.ID, number)
        elif item.get("/S") == "/TD" and "/Headers" in item.get("/A", {}):
            item.A.Headers = pikepdf.Array(
                [renamed(one, number) for one in item.A.Headers.as_list()]
            )


def renamed(name: pikepdf.Object, number: int) -> pikepdf.String:
    return pikepdf.String(f"{number}-{name}")


def lay_over(pdf: pikepdf.Pdf, sheet: bytes) -> None:
    """Draw each page of ``sheet`` over the one in its place, outside the structure."""
    with pikepdf.open(BytesIO(sheet)) as other:
        for number, (page, over) in enumerate(zip(pdf.pages, other.pages, strict=True)):
            name = pikepdf.Name(f"/Lembar{number}")
            drawn = pdf.copy_foreign(over.as_form_xobject())
            page.obj.Resources.XObject[name] = drawn
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(
                b"\nQ /Artifact << /Type /Pagination >> BDC q %s Do Q EMC"
                % str(name).encode()
            )
            page.contents_coalesce()


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


def adopt_links(pdf: pikepdf.Pdf, *, at_most: int = 1) -> int:
    """The footer's link is read once, after everything else.

    WeasyPrint leaves the footer of each page outside the structure, links included, and a
    link must stand in it. On the second page and later it would only be read again.
    Answers how many links were adopted, from ``at_most`` so many pages.
    """
    root = pdf.Root.StructTreeRoot.K[0]
    owners = structure_of_annotations(pdf)
    adopted = pages = 0
    for page in pdf.pages:
        links = page.obj.get("/Annots", pikepdf.Array())
        outside = [is_outside(owners[int(link.StructParent)], root) for link in links]
        kept = [
            link
            for link, leads_out in zip(links, outside, strict=True)
            if pages < at_most or not leads_out
        ]
        for link, leads_out in zip(links, outside, strict=True):
            if leads_out and pages < at_most:
                owner = owners[int(link.StructParent)]
                owner.P = root
                root.K.append(owner)
                adopted += 1
        pages += any(outside)
        if kept:
            page.obj.Annots = pikepdf.Array(kept)
            page.obj.Tabs = pikepdf.Name.S
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]
    return adopted


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
