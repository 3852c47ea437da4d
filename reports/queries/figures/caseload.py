"""R6 and R7: what cases are about, where they come from, and where they stand."""

import datetime as dt
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    Case as When_,
)
from django.db.models import (
    CharField,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foreigners.models import Case, CaseEvent, Finding, Violation
from reports.models import Column
from reports.queries.crosstab import Axis, Crosstab, Facts, Rows, Scope
from reports.queries.figures.common import (
    agency_rows,
    district_columns,
    district_of,
    in_district,
    main_violation,
)
from reports.queries.figures.rules import rules

OFFICE = "kantor"
# Days since registration: up to and including the number, then all that is older.
AGES = (30, 60, 90)
OLDER = "lebih"


CODE = Coalesce(F("main__violation__code"), Value(""))


def registered(scope: Scope) -> Rows:
    return Case.objects.filter(
        in_district(scope, "region"),
        office=scope.office,
        registered_on__range=(scope.period.starts_on, scope.period.ends_on),
    )


def by_violation(cases: Rows, **place: Any) -> Facts:
    placed = cases.alias(main=main_violation("violations")).annotate(**place)
    return Facts(placed, control=cases)


def by_district(scope: Scope) -> list[Facts]:
    return [by_violation(registered(scope), row=CODE, column=district_of("region"))]


def by_reporter(scope: Scope) -> list[Facts]:
    first = Finding.objects.filter(case=OuterRef("pk")).order_by("pk")
    reporter = Cast(Subquery(first.values("reporter")[:1]), CharField())
    whom = Coalesce(reporter, Value(OFFICE))
    return [by_violation(registered(scope), row=whom, column=CODE)]


def violations(scope: Scope, keys: set[str]) -> Axis:
    named = dict(
        Violation.objects.filter(code__in=keys)
        .order_by("valid_from", "pk")
        .values_list("code", "name")
    )
    rows = [(code, f"{code} {named[code]}", "") for code in sorted(named)]
    return (
        [*rows, ("", gettext("(pelanggaran belum dicatat)"), "")]
        if "" in keys
        else rows
    )


def violation_columns(scope: Scope, keys: set[str]) -> list[Column]:
    return [
        Column(key, key or gettext("(belum dicatat)"))
        for key in sorted(keys, key=last_if_none)
    ]


def last_if_none(key: str) -> tuple[bool, str]:
    return not key, key


def reporters(scope: Scope, keys: set[str]) -> Axis:
    rows = agency_rows(scope, keys - {OFFICE})
    office = scope.office.agency.short_name
    return (
        [*rows, (OFFICE, gettext("%s sendiri") % office, "")]
        if OFFICE in keys
        else rows
    )


def standing(scope: Scope) -> list[Facts]:
    """Cases that were open in the period, in the state they had when it ended."""
    day, zone = scope.period.ends_on, ZoneInfo(scope.office.time_zone)
    begins, after = scope.period.moments(scope.office.time_zone)
    last = CaseEvent.objects.filter(case=OuterRef("pk"), at__lt=after).order_by("-pk")
    # Joined, it is looked for once; as a value, wherever it is named.
    step = FilteredRelation(
        "events", condition=Q(events__pk=Subquery(last.values("pk")[:1]))
    )
    cases = (
        Case.objects.filter(
            in_district(scope, "region"), office=scope.office, registered_on__lte=day
        )
        .alias(step=step)
        .annotate(
            row=Coalesce(F("step__to_state"), Value(Case.State.REPORTED.value)),
            moved_at=F("step__at"),
        )
    )
    ended = Q(row__in=Case.ENDED)
    until = When_(
        When(ended, then=TruncDate("moved_at", tzinfo=zone)),
        default=Value(day),
        output_field=DateField(),
    )
    age = ExpressionWrapper(until - F("registered_on"), output_field=DurationField())
    placed = cases.filter(~ended | Q(moved_at__gte=begins)).annotate(age=age)
    return [Facts(placed.annotate(column=bucket("age")))]


def bucket(age: str) -> When_:
    return When_(
        *(
            When(**{f"{age}__lte": dt.timedelta(days=days)}, then=Value(str(days)))
            for days in AGES
        ),
        default=Value(OLDER),
        output_field=CharField(),
    )


def states(scope: Scope, keys: set[str]) -> Axis:
    """Every state, so that an empty one is seen to be empty."""
    open_, over = gettext("Masih berjalan"), gettext("Berakhir dalam periode")
    return [
        (state.value, str(state.label), over if state in Case.ENDED else open_)
        for state in sorted(Case.State, key=lambda state: state in Case.ENDED)
    ]


def ages(scope: Scope, keys: set[str]) -> list[Column]:
    starts = (0, *(days + 1 for days in AGES))
    spans = [
        Column(
            str(days), gettext("%(start)d–%(end)d hari") % {"start": start, "end": days}
        )
        for start, days in zip(starts, AGES, strict=False)
    ]
    return [*spans, Column(OLDER, gettext("lebih dari %d hari") % AGES[-1])]


def case(one: Case) -> tuple[str, str]:
    return f"{one.number} {one.title}", one.get_absolute_url()


R6A = Crosstab(
    code="R6a",
    title=_("Kasus menurut pelanggaran dan kecamatan"),
    unit=_("kasus"),
    head=_("Pelanggaran"),
    facts=by_district,
    rows=violations,
    columns=partial(district_columns, without=_("Tanpa wilayah")),
    describe=case,
    rules=rules("period", "case", "main_violation"),
)
R6B = Crosstab(
    code="R6b",
    title=_("Kasus menurut instansi pelapor dan pelanggaran"),
    unit=_("kasus"),
    head=_("Instansi pelapor"),
    facts=by_reporter,
    rows=reporters,
    columns=violation_columns,
    describe=case,
    rules=rules("period", "case", "main_violation", "reporter"),
)
R7 = Crosstab(
    code="R7",
    title=_("Kedudukan dan hasil kasus menurut umur"),
    unit=_("kasus"),
    head=_("Status"),
    facts=standing,
    rows=states,
    columns=ages,
    describe=case,
    rules=rules("period", "age"),
)
