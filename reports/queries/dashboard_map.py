"""Counts per kecamatan on tiles: no boundaries, no individuals.

One tile for each kecamatan of the office's work area: under its regency, in the order of
the official codes, row by row. The place of a tile says nothing of where the kecamatan
lies; what leaves the office hides cells under five.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from agencies.models import Region, User
from foreigners.queries.regions import within_work_area

# Published editions say no smaller number than this; nought is not a person.
LEAST_SHOWN = 5
HIDDEN = "< 5"


@dataclass(frozen=True)
class Tile:
    """A kecamatan with what is counted there; None is a number that is not told."""

    code: str
    name: str
    regency: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True)
class TileMap:
    tiles: list[Tile]
    # What lies outside the work area or has no place.
    elsewhere: tuple[int | None, ...]
    totals: tuple[int | None, ...]

    @property
    def blocks(self) -> dict[str, list[Tile]]:
        found: dict[str, list[Tile]] = {}
        for tile in self.tiles:
            found.setdefault(tile.regency, []).append(tile)
        return found


def tile_map(
    user: User, counted: tuple[Mapping[tuple[str, ...], int], ...], *, outside: bool
) -> TileMap:
    """The map of the user's office; suppressed for whoever does not work there."""
    regions: list[Region] = list(
        within_work_area(user, Region.Level.DISTRICT)
        .select_related("parent")
        .order_by("code")
    )
    columns = []
    for tally in counted:
        cells = [tally.get((region.code,), 0) for region in regions]
        elsewhere = sum(tally.values()) - sum(cells)
        column: list[int | None] = [*cells, elsewhere]
        if outside or not user.works_on_content:
            column = suppressed(column)
        total = None if None in column else sum(tally.values())
        columns.append((column, total))
    tiles = [
        Tile(
            region.code,
            region.name,
            region.parent.name if region.parent else "",
            tuple(column[place] for column, _total in columns),
        )
        for place, region in enumerate(regions)
    ]
    return TileMap(
        tiles,
        tuple(column[-1] for column, _total in columns),
        tuple(total for _column, total in columns),
    )


def suppressed(counts: list[int | None]) -> list[int | None]:
    """Cells from one to four are not told; the total that would give them away neither."""
    return [
        None if count is not None and 0 < count < LEAST_SHOWN else count
        for count in counts
    ]
