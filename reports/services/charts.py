"""Charts as SVG, drawn on the server: the same picture on a page and on paper.

A picture is an image of its own, so its style sheet meets no policy of the page; its
script, which only a page could run, is left out. Each series differs in lightness and
pattern and carries its numbers, so that a grey print reads as well.
"""

import base64
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import pygal
from django.utils.html import escape
from pygal.style import Style

from timpora.numbers import decimal

# It looks for plug-ins in a way that Python warns of at every later import; none is used.
sys.meta_path[:] = [
    finder
    for finder in sys.meta_path
    if not isinstance(finder, pygal.PluginImportFixer)
]

NAVY, INK, LINE, PAPER = "#14284b", "#1d2530", "#d5dbe5", "#ffffff"
FONT = "Liberation Sans, Arial, sans-serif"
WIDTH, ROW_HEIGHT, LABEL_LENGTH, TEXT = 480, 32, 24, 13
# Of each series, and the ink of a number upon it. No red: these are people.
FILLS = (NAVY, "url(#stripes)", "#b4becd", "url(#dots)", PAPER)
INKS = (PAPER, INK, INK, INK, INK)
PATTERNS = (
    '<pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#f7e7c0"/>'
    '<path d="M0 6 6 0" stroke="#d9a441" stroke-width="1.5"/></pattern>',
    '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#ffffff"/>'
    '<circle cx="3" cy="3" r="1.1" fill="#8a94a3"/></pattern>',
)
# The same picture has the same text, whenever it is drawn.
NAME = "grafik"
EDGES = (
    f"#chart-{NAME} .bar .reactive, #chart-{NAME} .legend .reactive"
    f"{{stroke: {NAVY}; stroke-opacity: 1}}"
)
STYLE = Style(
    background=PAPER,
    plot_background=PAPER,
    foreground=INK,
    foreground_strong=INK,
    foreground_subtle=LINE,
    guide_stroke_color=LINE,
    major_guide_stroke_color="#8a94a3",
    guide_stroke_dasharray="0",
    major_guide_stroke_dasharray="0",
    opacity="1",
    opacity_hover="1",
    transition="0s",
    colors=FILLS,
    value_colors=INKS,
    font_family=FONT,
    label_font_size=TEXT,
    major_label_font_size=TEXT,
    legend_font_size=TEXT,
    value_font_size=12,
)
# What pygal writes for its script, for a pointer over a bar, and about itself.
UNWANTED = re.compile(
    r"<script.*?</script>|<!--.*?-->|<(desc|title)\b.*?</\1>", re.DOTALL
)
# Tiles from nought to the most: lighter and darker shades of one blue.
SHADES = (
    (PAPER, INK),
    ("#e9edf5", INK),
    ("#c3cde0", INK),
    ("#5a6d94", PAPER),
    (NAVY, PAPER),
)
TILE_COLUMNS, TILE_WIDTH, TILE_HEIGHT, TILE_GAP = 4, 114, 64, 6


@dataclass(frozen=True)
class Series:
    label: str
    values: Sequence[float]


@dataclass(frozen=True)
class Picture:
    """A drawing with the words that stand for it."""

    title: str
    description: str
    svg: str
    width: int
    height: int

    @property
    def data_uri(self) -> str:
        packed = base64.b64encode(self.svg.encode()).decode()
        return f"data:image/svg+xml;base64,{packed}"


def bars(
    title: str, description: str, labels: Sequence[str], series: Sequence[Series]
) -> Picture:
    """Lying bars from above to below, one a label, the series of each end to end."""
    has_legend = len(series) > 1
    columns = 1 if any(len(one.label) > 16 for one in series) else 2
    legend = 24 * -(-len(series) // columns) if has_legend else 0
    height = ROW_HEIGHT * max(len(labels), 1) + 44 + legend
    chart = pygal.HorizontalStackedBar(
        width=WIDTH,
        height=height,
        js=[],
        css=["file://style.css", "file://graph.css", f"inline:{EDGES}"],
        defs=list(PATTERNS),
        style=STYLE,
        margin=8,
        # It forgets the last line of a legend that is not full.
        margin_bottom=30 if has_legend and len(series) % columns else 8,
        spacing=6,
        show_legend=has_legend,
        legend_at_bottom=True,
        legend_at_bottom_columns=columns,
        truncate_legend=-1,
        print_values=True,
        formatter=lambda value: decimal(value) if value else "",
        disable_xml_declaration=True,
    )
    chart.uuid = NAME
    # It draws from below to above.
    chart.x_labels = [shortened(label) for label in reversed(labels)]
    longest = max(
        map(sum, zip(*(one.values for one in series), strict=True)), default=0
    )
    chart.y_labels = [
        {"label": decimal(mark), "value": mark} for mark in marks_up_to(longest)
    ]
    for one in series:
        chart.add(one.label, list(reversed(one.values)))
    drawn = UNWANTED.sub("", chart.render(is_unicode=True))
    inner = drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")]
    return _picture(title, description, inner, WIDTH, height, name=f"chart-{NAME}")


def shortened(label: str) -> str:
    return label if len(label) <= LABEL_LENGTH else f"{label[: LABEL_LENGTH - 1]}…"


def marks_up_to(longest: float) -> list[int]:
    """At most seven whole numbers along the axis, in steps of 1, 2 or 5 and their tens."""
    step = next(
        digit * 10**power
        for power in range(12)
        for digit in (1, 2, 5)
        if longest <= 6 * digit * 10**power
    )
    return list(range(0, max(ceil(longest), 1) + step, step))


def tiles(
    title: str,
    description: str,
    blocks: Mapping[str, Sequence[tuple[str, int | None]]],
    *,
    hidden: str,
) -> Picture:
    """Blocks of tiles, each with a name and a number; ``hidden`` stands for None."""
    counts = [count or 0 for block in blocks.values() for _name, count in block]
    most = max(counts, default=0)
    parts, top = [], 0
    for heading, block in blocks.items():
        parts.append(
            _text(heading, 0, top + 18, size=15, weight="bold", anchor="start")
        )
        top += 28
        for place, (name, count) in enumerate(block):
            row, column = divmod(place, TILE_COLUMNS)
            left = column * (TILE_WIDTH + TILE_GAP)
            above = top + row * (TILE_HEIGHT + TILE_GAP)
            said = hidden if count is None else decimal(count)
            parts += _tile(left, above, name, said, _shade(count, most))
        top += -(-len(block) // TILE_COLUMNS) * (TILE_HEIGHT + TILE_GAP) + 10
    width = TILE_COLUMNS * (TILE_WIDTH + TILE_GAP) - TILE_GAP
    return _picture(title, description, "".join(parts), width, max(top, 1), name="peta")


def _tile(
    left: int, above: int, name: str, said: str, shade: tuple[str, str]
) -> list[str]:
    fill, ink = shade
    # Room for the longest name, by what a letter takes of its size at most.
    size = max(9, min(14, int((TILE_WIDTH - 10) / (0.58 * max(len(name), 1)))))
    middle = left + TILE_WIDTH / 2
    return [
        f'<rect x="{left + 0.5}" y="{above + 0.5}" width="{TILE_WIDTH - 1}"'
        f' height="{TILE_HEIGHT - 1}" rx="4" fill="{fill}" stroke="#8a94a3"/>',
        _text(name, middle, above + 22, size=size, ink=ink),
        _text(said, middle, above + 50, size=22, weight="bold", ink=ink),
    ]


def _shade(count: int | None, most: int) -> tuple[str, str]:
    """A number that is not told has the same tint whatever it is."""
    if count is None:
        return SHADES[1]
    steps = len(SHADES) - 1
    return SHADES[min(1 + count * steps // (most + 1), steps)] if count else SHADES[0]


def _text(
    text: str,
    x: float,
    y: float,
    *,
    size: int,
    weight: str = "normal",
    ink: str = INK,
    anchor: str = "middle",
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-family="{FONT}" font-size="{size}"'
        f' font-weight="{weight}" text-anchor="{anchor}" fill="{ink}">'
        f"{escape(text)}</text>"
    )


def _picture(
    title: str, description: str, inner: str, width: int, height: int, *, name: str
) -> Picture:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" role="img"'
        f' aria-labelledby="judul uraian" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}">'
        f'<title id="judul">{escape(title)}</title>'
        f'<desc id="uraian">{escape(description)}</desc>{inner}</svg>'
    )
    return Picture(title, description, svg, width, height)
