"""R4 and R5: who is present on the last day, by kecamatan, nationality and permit."""

from functools import partial

from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Left
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foreigners.models import Foreigner, Measure, PermitKind, Statement, StayPermit
from reports.models import Column
from reports.queries.crosstab import Crosstab, Facts, Scope
from reports.queries.figures.common import (
    DISTRICT_CODE,
    SEXES,
    district_rows,
    text,
)
from reports.queries.figures.enforcement import nationalities
from reports.queries.figures.rules import rules

WITHOUT = "tanpa"


def present(scope: Scope) -> Facts:
    """Persons with an address on the last day, the permit that was valid then, if any.

    Whoever was removed since the address was stated does not live there any more.
    """
    day = scope.period.ends_on
    removed = Measure.objects.filter(
        person__foreigner=OuterRef("foreigner"),
        kind__removes=True,
        execution=Measure.Execution.COMPLETE,
        executed_on__range=(OuterRef("stated_on"), day),
    )
    address = (
        Statement.objects.filter(
            ~Exists(removed),
            Q(until=None) | Q(until__gte=day),
            foreigner=OuterRef("pk"),
            subject=Statement.Subject.ADDRESS,
            region__isnull=False,
            stated_on__lte=day,
        )
        .order_by("-stated_on", "-pk")
        .values("region")[:1]
    )
    permit = (
        StayPermit.objects.filter(
            Q(starts_on=None) | Q(starts_on__lte=day),
            Q(ends_on=None) | Q(ends_on__gte=day),
            foreigner=OuterRef("pk"),
            state=StayPermit.State.GRANTED,
        )
        .order_by(F("ends_on").desc(nulls_first=True), "-pk")
        .values("kind__code")[:1]
    )
    found = Foreigner.objects.filter(office=scope.office, merged_into=None).annotate(
        district=Left(Subquery(address), DISTRICT_CODE),
        permit=Coalesce(Subquery(permit), Value(WITHOUT)),
    )
    return (
        found.filter(district=scope.district)
        if scope.district
        else found.filter(district__isnull=False)
    )


def by_district(scope: Scope) -> list[Facts]:
    return [present(scope).annotate(row=F("district"), column=F("permit"))]


def by_nationality(scope: Scope) -> list[Facts]:
    return [
        present(scope).annotate(
            row=F("nationality__name"), column=text("permit", "sex")
        )
    ]


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
