"""The kelurahan and desa of work areas, under the labels that a person picks or types."""

import re

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.models import Office, Region
from timpora.errors import DomainError

Villages = dict[str, Region]


class VillageUnclear(DomainError):
    """What was typed names no village of the work area, or several."""


def label_of(region: Region) -> str:
    """Warnasari, Citangkil"""
    return f"{region.name}, {region.parent.name}" if region.parent else region.name


def villages_of(offices: QuerySet[Office]) -> Villages:
    codes = set(offices.values_list("work_regions", flat=True)) - {None}
    villages = Region.objects.within_any(codes).filter(level=Region.Level.VILLAGE)
    return {label_of(village): village for village in villages.select_related("parent")}


def village_meant(typed: str, villages: Villages) -> Region | None:
    """By its label, its code, or its name or alias if only one bears it; None for
    nothing typed."""
    text = " ".join(typed.split()).casefold()
    if not text:
        return None
    labels = {label.casefold(): village for label, village in villages.items()}
    if text in labels:
        return labels[text]
    meant = [one for one in villages.values() if text in names_of(one)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise VillageUnclear(
            _("Ada beberapa kelurahan/desa bernama itu: %(labels)s. Pilih satu.")
            % {"labels": "; ".join(label_of(one) for one in meant)}
        )
    raise VillageUnclear(
        _("Kelurahan/desa ini tidak ada di wilayah kerja kantor. Pilih dari daftar.")
    )


def names_of(village: Region) -> set[str]:
    names = [village.code, village.name, *re.split(r"[,/;]", village.aliases)]
    return {name.strip().casefold() for name in names if name.strip()}
