from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from timpora.merging import Bound, bind, is_marked, pages_of
from timpora.pdf import render_pdf

pytestmark = pytest.mark.slow


def paper(word: str, *, pages: int = 1) -> bytes:
    """A paper with a heading a page, a link within and a link out."""
    body = "".join(
        f'<h1 id="h{n}" style="break-before: page">{word} {n}</h1>'
        f'<p><a href="#h0">Ke awal</a> <a href="https://contoh.example/">Keluar</a></p>'
        for n in range(pages)
    )
    return render_pdf(
        f'<html lang="id"><head><title>{word}</title></head><body>{body}</body></html>',
        css="css/paper.css",
        data={"word": word},
    )


def bookmarks(reader: PdfReader, items: list) -> list:
    """(title, page) of each, a list below for those under it."""
    return [
        bookmarks(reader, item)
        if isinstance(item, list)
        else (item.title, reader.get_destination_page_number(item))
        for item in items
    ]


def test_parts_follow_the_cover_in_order_with_their_own_headings_below():
    told = []

    whole = bind(
        paper("Sampul"),
        [
            Bound("Surat A", paper("Alfa"), group="Undangan"),
            Bound("Surat B", paper("Beta", pages=2), group="Undangan"),
            Bound("Notula", paper("Gama")),
        ],
        cover_title="Isi",
        after_each=told.append,
    )

    reader = PdfReader(BytesIO(whole))
    words = [page.extract_text().split()[0] for page in reader.pages]
    assert words == ["Sampul", "Alfa", "Beta", "Beta", "Gama"]
    assert told == [1, 2, 3]
    with pikepdf.open(BytesIO(whole)) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        letters = [item.title for item in outline.root[1].children]
        headings = [item.title for item in outline.root[1].children[1].children]
    assert titles == ["Isi", "Undangan", "Notula"]
    assert letters == ["Surat A", "Surat B"]
    assert headings == ["Beta 0", "Beta 1"]
    assert pages_of(whole) == 5


def test_a_link_within_a_part_stays_within_it():
    whole = bind(
        paper("Sampul"),
        [Bound("A", paper("Alfa", pages=2)), Bound("B", paper("Beta", pages=2))],
        cover_title="Isi",
    )

    with pikepdf.open(BytesIO(whole)) as pdf:
        targets = pikepdf.NameTree(pdf.Root.Names.Dests)
        link = pdf.pages[4].obj.Annots[0]
        target = targets[str(link.Dest)]
        target = target.D if isinstance(target, pikepdf.Dictionary) else target
        assert target[0].objgen == pdf.pages[3].obj.objgen


def test_every_tag_leads_to_the_page_of_its_own_part():
    whole = bind(
        paper("Sampul"),
        [Bound("A", paper("Alfa")), Bound("B", paper("Beta", pages=2))],
        cover_title="Isi",
    )

    with pikepdf.open(BytesIO(whole)) as pdf:
        assert is_marked(pdf)
        tags = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        numbers = [int(page.obj.StructParents) for page in pdf.pages]
        assert len(set(numbers)) == 4
        for page, number in zip(pdf.pages, numbers, strict=True):
            assert {tag.Pg.objgen for tag in tags[number]} == {page.obj.objgen}
            for link in page.obj.Annots:
                tag = tags[int(link.StructParent)]
                assert tag.Pg.objgen == page.obj.objgen
        (document,) = pdf.Root.StructTreeRoot.K
        parts = [kid for kid in document.K if str(kid.S) == "/Part"]
        assert [str(part.T) for part in parts] == ["A", "B"]
        assert all(part.P.objgen == document.objgen for part in parts)


def test_a_part_without_marks_takes_them_from_the_whole():
    bare = pikepdf.new()
    bare.add_blank_page()
    out = BytesIO()
    bare.save(out)

    whole = bind(
        paper("Sampul"),
        [Bound("Pindaian", out.getvalue()), Bound("A", paper("Alfa"))],
        cover_title="Isi",
    )

    with pikepdf.open(BytesIO(whole)) as pdf:
        assert not is_marked(pdf)
        assert b"pdfaid:part" not in pdf.Root.Metadata.read_bytes()
        assert len(pdf.pages) == 3


def test_a_signature_field_stays_with_the_original():
    with pikepdf.open(BytesIO(paper("Alfa"))) as pdf:
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Sig,
                T="tanda-tangan",
                Rect=[0, 0, 0, 0],
                StructParent=90,
            )
        )
        (document,) = pdf.Root.StructTreeRoot.K
        tag = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem, S=pikepdf.Name.Form, P=document
            )
        )
        document.K.append(tag)
        pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[90] = tag
        pdf.pages[0].obj.Annots.append(field)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
        out = BytesIO()
        pdf.save(out)

    whole = bind(paper("Sampul"), [Bound("A", out.getvalue())], cover_title="Isi")

    with pikepdf.open(BytesIO(whole)) as pdf:
        kinds = [str(link.Subtype) for link in pdf.pages[1].obj.Annots]
        (document,) = pdf.Root.StructTreeRoot.K
        part = document.K[-1]
        assert kinds == ["/Link", "/Link"]
        assert "/AcroForm" not in pdf.Root
        assert "/Form" not in [str(tag.S) for tag in part.K]


def test_the_same_parts_give_the_same_bytes():
    cover, part = paper("Sampul"), Bound("A", paper("Alfa"))

    assert bind(cover, [part], cover_title="Isi") == bind(
        cover, [part], cover_title="Isi"
    )
