"""The tiles of the work area and the table that says the same."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reports.queries.dashboard_cases import NOT_SEALED
from reports.queries.dashboard_figures import Tally, tallies
from reports.queries.dashboard_map import HIDDEN, TileMap, tile_map
from reports.queries.dashboard_outlook import Outlook
from reports.queries.dashboard_section import Cell, Section, number
from reports.services.charts import Picture, tiles
from timpora.numbers import decimal

OF_DISTRICTS = ("kasus-wilayah", "temuan-wilayah")


def outside_page(outlook: Outlook) -> list[Section]:
    """The tiles alone, in the edition that may leave the office."""
    found = tallies(outlook, OF_DISTRICTS)
    return [places(outlook, *found.values(), outside=True)]


def places(
    outlook: Outlook, of_cases: Tally, of_findings: Tally, *, outside: bool = False
) -> Section:
    """The tiles of the work area; what leaves the office hides cells under five."""
    found = tile_map(outlook.user, (of_cases, of_findings), outside=outside)

    def cells(counts: tuple[int | None, ...], *keys: str) -> list[Cell]:
        return [
            Cell(HIDDEN)
            if count is None
            else Cell(decimal(count))
            if outside or not keys
            else number(outlook, figure, count, *keys)
            for figure, count in zip(OF_DISTRICTS, counts, strict=True)
        ]

    rows: list[Sequence[Cell]] = [
        [Cell(f"{tile.name}, {tile.regency}"), *cells(tile.counts, tile.code)]
        for tile in found.tiles
    ]
    if any(found.elsewhere) or None in found.elsewhere:
        rows.append(
            [
                Cell(_("Di luar wilayah kerja atau tanpa wilayah")),
                *cells(found.elsewhere),
            ]
        )
    return Section(
        "peta",
        _("Peta kecamatan"),
        (_("Kecamatan"), _("Kasus"), _("Temuan")),
        rows,
        total=[
            Cell(_("Jumlah")),
            *(
                Cell(_("tidak ditampilkan") if total is None else decimal(total))
                for total in found.totals
            ),
        ],
        empty=_(
            "Wilayah kerja kantor belum diisi; Administrator mengisinya di Kelola."
        ),
        picture=map_picture(found) if found.tiles else None,
        notes=(
            _(
                "Kasus yang terdaftar dan temuan yang dilaporkan dalam periode ini. "
                "Angka pada ubin: kasus."
            ),
            _(
                "Satu ubin per kecamatan, di bawah kabupaten/kotanya, menurut urutan "
                "kode wilayah; letak ubin bukan letak geografis."
            ),
            _("Sel 1 sampai 4 ditulis “< 5”, dan jumlahnya tidak ditampilkan.")
            if outside
            else NOT_SEALED,
        ),
    )


def map_picture(found: TileMap) -> Picture:
    blocks = {
        regency: [(tile.name, tile.counts[0]) for tile in block]
        for regency, block in found.blocks.items()
    }
    told = "; ".join(
        f"{tile.name}: {HIDDEN if tile.counts[0] is None else decimal(tile.counts[0])}"
        for tile in found.tiles
    )
    return tiles(str(_("Kasus per kecamatan")), told, blocks, hidden=HIDDEN)
