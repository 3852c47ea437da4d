"""R4 and R5: who is present on the last day, by kecamatan, nationality and permit."""

import datetime as dt
from functools import partial

from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Left
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foreigners.models import Foreigner, Measure, PermitKind, Statement, StayPermit
from reports.models import Column
from reports.queries.crosstab import Crosstab, Facts, Rows, Scope
from reports.queries.figures.common import (
    DISTRICT_CODE,
    SEXES,
    district_rows,
    text,
)
from reports.queries.figures.enforcement import nationalities
from reports.queries.figures.rules import rules

WITHOUT = "tanpa"


def address_on(day: dt.date, path: str = "") -> Q:
    """Statements that say where somebody lives on the day."""
    said = {"subject": Statement.Subject.ADDRESS, "region__isnull": False}
    said |= {"stated_on__lte": day}
    in_force = Q(**{f"{path}until": None}) | Q(**{f"{path}until__gte": day})
    return in_force & Q(**{f"{path}{name}": value for name, value in said.items()})


def present(scope: Scope) -> Rows:
    """Persons with an address on the last day; of several the one that was stated last.

    Whoever was removed since the address was stated does not live there any more.
    """
    day = scope.period.ends_on
    later = Statement.objects.filter(
        address_on(day),
        Q(stated_on__gt=OuterRef("address__stated_on"))
        | Q(stated_on=OuterRef("address__stated_on"), pk__gt=OuterRef("address__pk")),
        foreigner=OuterRef("pk"),
    )
    removed = Measure.objects.filter(
        person__foreigner=OuterRef("pk"),
        kind__removes=True,
        execution=Measure.Execution.COMPLETE,
        executed_on__range=(OuterRef("address__stated_on"), day),
    )
    address = FilteredRelation("statements", condition=address_on(day, "statements__"))
    persons = (
        Foreigner.objects.filter(office=scope.office, merged_into=None)
        .alias(address=address)
        .filter(~Exists(later), ~Exists(removed), address__isnull=False)
        .annotate(district=Left("address__region", DISTRICT_CODE))
    )
    return persons.filter(district=scope.district) if scope.district else persons


def permit_on(day: dt.date) -> Combinable:
    """The code of the permit that a person has on the day; of several the longest."""
    granted = (
        StayPermit.objects.filter(
            Q(starts_on=None) | Q(starts_on__lte=day),
            Q(ends_on=None) | Q(ends_on__gte=day),
            foreigner=OuterRef("pk"),
            state=StayPermit.State.GRANTED,
        )
        .order_by(F("ends_on").desc(nulls_first=True), "-pk")
        .values("kind__code")[:1]
    )
    return Coalesce(Subquery(granted), Value(WITHOUT))


def by_district(scope: Scope) -> list[Facts]:
    permit = permit_on(scope.period.ends_on)
    return [Facts(present(scope).annotate(row=F("district"), column=permit))]


def by_nationality(scope: Scope) -> list[Facts]:
    placed = present(scope).annotate(
        row=F("nationality__name"),
        column=text(permit_on(scope.period.ends_on), "sex"),
    )
    return [Facts(placed)]


def permits(scope: Scope, keys: set[str]) -> list[Column]:
    """The kinds that were counted; all others would be columns of dashes."""
    codes = sorted(
        PermitKind.objects.filter(code__in=keys).values_list("code", flat=True)
    )
    return [
        *(Column(code, code) for code in dict.fromkeys(codes)),
        Column(WITHOUT, gettext("Tanpa izin berlaku")),
    ]


def permits_by_sex(scope: Scope, keys: set[str]) -> list[Column]:
    kinds = permits(scope, {key.rpartition("/")[0] for key in keys})
    return [
        Column(f"{kind.key}/{sex}", sex, kind.label) for kind in kinds for sex in SEXES
    ]


def person(one: Foreigner) -> tuple[str, str]:
    return str(one), one.get_absolute_url()


R4 = Crosstab(
    code="R4",
    title=_("Orang asing menurut kecamatan dan izin tinggal"),
    unit=_("orang"),
    head=_("Kecamatan"),
    facts=by_district,
    rows=partial(district_rows, without=_("(kecamatan tidak tercatat)")),
    columns=permits,
    describe=person,
    rules=rules("period", "present"),
)
R5 = Crosstab(
    code="R5",
    title=_("Orang asing menurut kewarganegaraan, izin tinggal, dan jenis kelamin"),
    unit=_("orang"),
    head=_("Kewarganegaraan"),
    facts=by_nationality,
    rows=nationalities,
    columns=permits_by_sex,
    describe=person,
    rules=rules("period", "present", "sex", "presence_note"),
    outside_note=_("Tidak termasuk %d orang yang jenis kelaminnya tidak diketahui."),
)
