import base64
import io
import re
from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Template
from pypdf import PdfReader

from reports.services.charts import (
    FILLS,
    INKS,
    SHADES,
    Series,
    bars,
    marks_up_to,
    tiles,
)
from timpora.pdf import render_pdf

TITLE, TOLD = "Kehadiran <b>instansi</b>", "Polres: hadir 3 & izin 1"


def attendance():
    return bars(
        TITLE,
        TOLD,
        ["Polres & BNN", "Disdukcapil"],
        [Series("Hadir", [3, 0]), Series("Izin", [1, 12.5])],
    )


def district_map(count=7):
    return tiles(
        TITLE,
        TOLD,
        {"Kota Cilegon": [("Gerogol", count), ("Jombang", None), ("Cibeber", 0)]},
        hidden="< 5",
    )


PICTURES = pytest.mark.parametrize("draw", [attendance, district_map])


@PICTURES
def test_picture_is_whole_and_says_what_it_is(draw):
    root = ET.fromstring(draw().svg)  # noqa: S314 -- our own

    name = {"svg": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "judul uraian"
    assert [one.text for one in root.findall("svg:title", name)] == [TITLE]
    assert [one.text for one in root.findall("svg:desc", name)] == [TOLD]


@PICTURES
def test_picture_runs_nothing_and_asks_for_nothing(draw):
    svg = draw().svg

    assert "<script" not in svg
    assert "<!--" not in svg
    assert not re.search(r"\son\w+=|javascript:|@import|xlink:href", svg)
    assert set(re.findall(r"https?://[^\"' )]+", svg)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert set(re.findall(r"url\(([^)]*)\)", svg)) <= {"#stripes", "#dots"}


@PICTURES
def test_same_numbers_make_the_same_picture(draw):
    assert draw() == draw()


@PICTURES
def test_picture_travels_in_the_page(draw):
    packed = draw().data_uri.removeprefix("data:image/svg+xml;base64,")

    assert base64.b64decode(packed).decode() == draw().svg


def test_numbers_and_names_stand_in_the_picture():
    svg = attendance().svg

    texts = re.findall(r">([^<>]+)</text>", svg)
    assert {"Polres &amp; BNN", "Disdukcapil", "Hadir", "Izin", "3", "12,5"} <= set(
        texts
    )


@pytest.mark.parametrize("most", [0, 7, 900])
def test_number_that_is_not_told_keeps_one_tint_whatever_the_others_are(most):
    svg = district_map(count=most).svg

    tints = re.findall(r'<rect[^>]*fill="(#\w+)"', svg)
    assert "&lt; 5" in svg
    assert tints[1:] == [SHADES[1][0], SHADES[0][0]]


def lightness(colour):
    """WCAG's relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return sum(
        weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )  # fmt: skip


def contrast(one, other):
    light, dark = sorted(map(lightness, (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# The ground of a pattern is what its number is read on, the strokes included.
GROUNDS = {
    "url(#stripes)": ["#f7e7c0", "#d9a441"],
    "url(#dots)": ["#ffffff", "#8a94a3"],
}


@pytest.mark.parametrize(("fill", "ink"), [*zip(FILLS, INKS, strict=True), *SHADES])
def test_every_number_is_read_on_its_ground(fill, ink):
    grounds = GROUNDS.get(fill, [fill])

    assert contrast(grounds[0], ink) >= 4.5


def test_tints_grow_darker_and_none_is_red():
    steps = [lightness(fill) for fill, _ink in SHADES]

    assert steps == sorted(steps, reverse=True)
    for colour in [one for one in FILLS if one.startswith("#")] + [
        s[0] for s in SHADES
    ]:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        assert red <= max(green, blue)


@pytest.mark.slow
def test_the_same_picture_is_drawn_on_paper():
    page = Template(
        '<html lang="id"><head><title>Uji</title></head><body>'
        "{% for one in pictures %}"
        '<img src="{{ one.data_uri }}" alt="{{ one.title }}" width="480">'
        "{% endfor %}</body></html>"
    ).render(Context({"pictures": [attendance(), district_map()]}))

    content = render_pdf(page, css="css/paper.css", data={})

    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "Disdukcapil" in text
    assert "12,5" in text
    assert "Gerogol" in text
    assert "< 5" in text


@pytest.mark.parametrize(
    ("longest", "marks"),
    [
        (0, [0, 1]),
        (0.3, [0, 1]),
        (2, [0, 1, 2]),
        (6, [0, 1, 2, 3, 4, 5, 6]),
        (7, [0, 2, 4, 6, 8]),
        (79.3, [0, 20, 40, 60, 80]),
        (1_000_000, [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]),
    ],
)
def test_axis_is_marked_in_whole_numbers(longest, marks):
    assert marks_up_to(longest) == marks
