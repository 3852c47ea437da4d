"""Pieces that several figures are made of."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, FilteredRelation, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, Left, NullIf

from agencies.models import Agency, Region
from reports.models import Column
from reports.queries.crosstab import Axis, Scope

SEXES = ("L", "P")
# "36.72.06": what a kelurahan's code starts with.
DISTRICT_CODE = 8


def in_district(scope: Scope, path: str) -> Q:
    """The region at ``path`` lies in the kecamatan of the scope, if it has one."""
    if not scope.district:
        return Q()
    return Q(**{path: scope.district}) | Q(
        **{f"{path}__code__startswith": f"{scope.district}."}
    )


def district_of(path: str) -> Combinable:
    """The code of the kecamatan that a region's code lies in; empty without a region."""
    return Coalesce(Left(F(path), DISTRICT_CODE), Value(""), output_field=CharField())


def text(*parts: str | Combinable) -> Concat:
    """Field names and values joined with a slash in between."""
    joined: list[Combinable] = []
    for part in parts:
        joined += [Value("/"), F(part) if isinstance(part, str) else part]
    return Concat(*joined[1:], Value(""), output_field=CharField())


def main_violation(path: str) -> FilteredRelation:
    """The one violation of a case that its figures are counted under."""
    return FilteredRelation(path, condition=Q(**{f"{path}__is_main": True}))


# As the monthly report writes it; of a row without that, the article itself.
ARTICLE = Coalesce(
    NullIf(F("main__violation__report_article"), Value("")),
    F("main__violation__article"),
    Value(""),
)


def by_sex(groups: Iterable[tuple[str, str]]) -> list[Column]:
    """Two columns, L and P, under each heading."""
    return [
        Column(f"{key}/{sex}", sex, label) for key, label in groups for sex in SEXES
    ]


def district_rows(scope: Scope, keys: set[str], *, without: Any) -> Axis:
    """Every kecamatan of the work area, those that were counted elsewhere, and the rest."""
    rows = [(region.code, region.name, "") for region in districts(scope, keys)]
    return [*rows, ("", without, "")] if "" in keys else rows


def district_columns(scope: Scope, keys: set[str], *, without: Any) -> list[Column]:
    return [
        Column(key, str(label))
        for key, label, _section in district_rows(scope, keys, without=without)
    ]


def districts(scope: Scope, keys: set[str]) -> QuerySet[Region]:
    codes = [region.code for region in scope.office.work_regions.all()]
    if scope.district:
        codes = [scope.district]
    area = Region.objects.within_any(codes).filter(level=Region.Level.DISTRICT)
    found = Region.objects.filter(code__in=keys, level=Region.Level.DISTRICT)
    return (area | found).order_by("code")


def agency_rows(scope: Scope, keys: set[str]) -> Axis:
    """Agencies under the name that they had on the last day, in the order of papers."""
    agencies = (
        Agency.objects.filter(pk__in=[key for key in keys if key])
        .select_related("type")
        .prefetch_related("names")
        .order_by("type__order", "name")
    )
    day = scope.period.ends_on
    return [(str(agency.pk), agency.short_name_on(day), "") for agency in agencies]


def percent(part: int, whole: int) -> str:
    """73 %; nothing of nothing."""
    return f"{part / whole:.0%}".replace("%", " %") if whole else ""
