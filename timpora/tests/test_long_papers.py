"""A paper drawn in parts is the paper drawn in one piece, for eye, ear and archive."""

import datetime as dt
import json
from io import BytesIO

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from pypdf import PdfReader

from documents.tests.certificates import key_of
from timpora import pades
from timpora.pdf import page_count, render_pdf, render_stamp
from timpora.pdf.cutting import Cuttable
from timpora.tests.judges import complaints

pytestmark = [pytest.mark.slow, pytest.mark.once]
COLUMNS = 9
# Some two pages of the recap's tables.
MOST_CELLS = 700


def table(number: int, rows: int) -> dict:
    lines = [
        {
            "number": str(place + 1),
            "label": f"Negara (contoh) {place} 0 R",
            "cells": [str((place * column) % 97) for column in range(COLUMNS)],
            "total": str(place),
        }
        for place in range(rows)
    ]
    halves = [lines[: rows // 2], lines[rows // 2 :]]
    return {
        "code": f"R{number}",
        "title": "Kebangsaan / bulan (contoh)",
        "is_count": True,
        "head": "Kebangsaan",
        "width": COLUMNS + 3,
        "headings": [f"Bulan\n{column}" for column in range(COLUMNS)],
        "total_label": "Jumlah",
        "sections": [
            {"number": "", "title": f"Bagian {half}", "rows": found}
            for half, found in enumerate(halves)
        ],
        "totals": ["1"] * COLUMNS,
        "total": "9",
        "notes": ["Catatan di bawah tabel."],
        "rules": ["Dasar hukum di bawah tabel."],
    }


SNAPSHOT = {
    "document": {
        "title": "Laporan bulanan",
        "number": "WIM.12-1",
        "version": 1,
        "classification": "terbatas",
        "verify_url": "https://contoh.example/v/x/",
    },
    "office": {"lines": ["KANTOR IMIGRASI CONTOH"], "address": "Jalan Contoh"},
    "recap": {"kind": "Bulanan", "label": "Juli 2026", "starts": "1", "ends": "31"},
    "signer": {"name": "Bima Contoh", "post": "Kepala Kantor"},
    "signing": {"signer": {"field": "TandaTangan1", "label": "Tanda tangan"}},
    "tables": [table(number, rows) for number, rows in enumerate((90, 3, 150))],
}
EMPTY_SVG = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"


def html() -> str:
    facts = SNAPSHOT | {"verify_qr": EMPTY_SVG, "demo": True}
    return render_to_string("reports/pdf/rekap.html", facts)


def drawn(most_cells: int, **more) -> bytes:
    return render_pdf(
        html(),
        css="css/paper.css",
        data=SNAPSHOT,
        dated=dt.datetime(2026, 8, 1, tzinfo=dt.UTC),
        fields={"TandaTangan1": "Tanda tangan Kepala Kantor"},
        most_cells=most_cells,
        **more,
    )


@pytest.fixture(scope="module")
def whole() -> bytes:
    return drawn(1_000_000)


@pytest.fixture(scope="module")
def joined() -> bytes:
    return drawn(MOST_CELLS)


def texts(content: bytes) -> list[str]:
    return [one.extract_text() for one in PdfReader(BytesIO(content)).pages]


def bookmarks(content: bytes) -> list:
    reader = PdfReader(BytesIO(content))

    def told(items):
        return [
            told(item)
            if isinstance(item, list)
            else (
                item.title,
                reader.get_destination_page_number(item),
                round(float(item.top), 1),
            )
            for item in items
        ]

    return told(reader.outline)


def spoken(element: pikepdf.Object) -> list:
    """The structure without the numbers: kinds, and how many pieces of text."""
    kids = element.get("/K", pikepdf.Array())
    return [
        str(element.S),
        [spoken(kid) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid else "-"
         for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])],
    ]  # fmt: skip


def test_every_page_of_the_parts_says_what_it_says_in_one_piece(whole, joined):
    pages = texts(joined)

    assert len(pages) == page_count(joined) > 8
    assert pages == texts(whole)
    for number, text in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in text


def test_parts_are_read_aloud_and_skimmed_as_one_piece(whole, joined):
    with pikepdf.open(BytesIO(whole)) as one, pikepdf.open(BytesIO(joined)) as other:
        [first], [second] = one.Root.StructTreeRoot.K, other.Root.StructTreeRoot.K
        assert spoken(first) == spoken(second)
    assert bookmarks(joined) == bookmarks(whole)
    assert [item[0] for item in bookmarks(joined)[1][0:1]] == [
        "A. Intelijen dan Penindakan"
    ]


def test_every_tag_and_every_heading_of_a_column_is_found_by_its_number(joined):
    with pikepdf.open(BytesIO(joined)) as pdf:
        tags = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        numbers = [int(one.obj.StructParents) for one in pdf.pages]
        assert len(set(numbers)) == len(pdf.pages)
        for number, one in zip(numbers, pdf.pages, strict=True):
            owners = [tag for tag in tags[number] if tag is not None]
            assert {owner.Pg.objgen for owner in owners} == {one.obj.objgen}
            for link in one.obj.get("/Annots", []):
                assert tags[int(link.StructParent)].S in ("/Link", "/Form")
        headings, used, parts = set(), set(), set()
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH":
                headings.add(str(item.ID))
                parts.add(str(item.ID).partition("-")[0])
            elif isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TD":
                used |= {str(name) for name in item.A.Headers}
        assert used <= headings
        assert len(parts) > 3


def test_joined_paper_is_pdf_a_and_pdf_ua_and_carries_its_data_once(joined, tmp_path):
    assert complaints(joined, tmp_path) == []
    with pikepdf.open(BytesIO(joined)) as pdf:
        [(_name, attached)] = pdf.attachments.items()
        assert json.loads(attached.get_file().read_bytes()) == SNAPSHOT
        files = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Type") == "/EmbeddedFile"
        ]
        assert (len(files), len(pdf.Root.OutputIntents)) == (1, 1)
        assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == ["TandaTangan1"]
        links = [one for one in pdf.pages if "/Annots" in one.obj]
        assert len(links) == 2


def test_joined_paper_stays_pdf_a_and_pdf_ua_when_it_is_signed(joined, tmp_path):
    now = timezone.now()
    key = key_of("Bima Contoh")
    stamp = render_stamp("<p>Ditandatangani</p>", 187, 45)

    signed = pades.sign(joined, field="TandaTangan1", key=key, at=now, stamp=stamp)

    [found] = pades.signatures(signed)
    assert (found.is_intact, found.covers_file) == (True, True)
    assert pades.only_signed_since(signed, before=len(joined))
    assert complaints(signed, tmp_path) == []


def test_same_paper_in_parts_has_the_same_bytes(joined):
    assert drawn(MOST_CELLS) == joined


def test_whoever_waits_is_told_after_each_part_and_may_end_it(joined):
    told = []

    class Enough(Exception):
        pass

    def stop_after_two(done, of):
        told.append((done, of))
        if done == 2:
            raise Enough

    with pytest.raises(Enough):
        drawn(MOST_CELLS, after_part=stop_after_two)
    assert [done for done, _of in told] == [1, 2]
    assert all(of > done for done, of in told)

    told.clear()
    drawn(MOST_CELLS, after_part=lambda done, of: told.append((done, of)))
    assert [done for done, _of in told] == list(range(1, len(told) + 1))
    assert told[-1][0] == told[-1][1]


HEAD = "<table class=a><thead><tr><th>K</th></tr></thead><tbody>"
ROWS = "".join(f"<tr><td>{number}</td></tr>" for number in range(4))
START = '<body><p>kaki</p><header class="letterhead">'


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (f"{HEAD}{ROWS}</tbody></table>", 3),
        (f"{HEAD}{ROWS}</tbody><tbody>{ROWS}</tbody></table>", 3),
        (f"<table><tbody>{ROWS}</tbody></table>", 0),
        (f"<table><tr><td>{HEAD}{ROWS}</tbody></table></td></tr></table>", 0),
        (f"{HEAD}<tr><td>{HEAD}{ROWS}</tbody></table></td></tr>{ROWS}</tbody>", 4),
    ],
)
def test_paper_is_cut_only_between_rows_of_a_table_with_a_head(text, starts):
    paper = Cuttable(START + text)

    assert sum(bool(row.table) for row in paper.rows) == starts
    for number, row in enumerate(paper.rows):
        if row.table:
            part = paper.part(number, None)
            assert part.startswith("<body><p>kaki</p><table style=")
            assert part.endswith(paper.html[row.at :])


def test_what_has_no_letterhead_is_never_cut():
    assert Cuttable(f"<body>{HEAD}{ROWS}</tbody></table>").end(0, 1) is None


def test_row_that_is_longer_than_a_page_stays_in_one_part():
    words = " ".join(f"kata{number}" for number in range(1200))
    rows = f"<tr><td>{words}</td></tr>" * 3 + ROWS
    paper = (
        '<html lang="id"><head><title>Berkas</title></head><body>'
        '<header class="letterhead">KANTOR</header>'
        f"{HEAD}{rows}</tbody></table></body></html>"
    )
    told = []

    def both(most_cells):
        return texts(
            render_pdf(
                paper,
                css="css/paper.css",
                data={},
                most_cells=most_cells,
                after_part=lambda done, of: told.append(done),
            )
        )

    assert both(1) == both(1000)
    assert told[-1] == len(told) > 1
