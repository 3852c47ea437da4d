"""R13: whether the steps of the law were kept, each with its own denominator."""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from foreigners.models import Clock, Conference, Measure, Objection, Order, Prosecution
from reports.queries.crosstab import (
    Counted,
    Crosstab,
    Facts,
    Rows,
    Scope,
    fixed_columns,
    fixed_rows,
)
from reports.queries.figures.common import in_district, percent
from reports.queries.figures.enforcement import decided
from reports.queries.figures.rules import rules

KEPT, MISSED = "ya", "tidak"
ORDERED, LATE_ORDER = "perintah", "menyusul"
CONFERRED, SERVED = "gelar", "sampai"
FILED, ANSWERED, SPDP = "diajukan", "diputus", "spdp"


def steps(scope: Scope) -> list[tuple[Rows, dict[str, Q]]]:
    """What the steps are asked of, and of each step when it was kept."""
    days = (scope.period.starts_on, scope.period.ends_on)
    of_office = Q(in_district(scope, "case__region"), case__office=scope.office)
    checks = Order.objects.filter(of_office, check_on__range=days).select_related(
        "case"
    )
    measures = decided(scope)
    objections = Objection.objects.filter(
        in_district(scope, "measure__case__region"),
        measure__case__office=scope.office,
        received_on__range=days,
    ).select_related("measure__case")
    opened = Prosecution.objects.filter(
        of_office, ordered_on__range=days
    ).select_related("case")
    overrun = Clock.objects.filter(objection=OuterRef("pk")).filter(
        Q(ended_on__gt=F("due_on")) | Q(state=Clock.State.LATE)
    )
    conferred = Conference.objects.filter(
        case=OuterRef("case"),
        state=Conference.State.HELD,
        held_at__date__lte=OuterRef("decided_on"),
    )
    return [
        (checks.filter(exception=""), {ORDERED: Q(issued_on__lte=F("check_on"))}),
        (
            checks.exclude(exception="").alias(last=last_day("order")),
            {LATE_ORDER: Q(issued_on__lte=F("last"))},
        ),
        (
            measures,
            {
                CONFERRED: Q(Exists(conferred)),
                SERVED: Q(served_on__lte=scope.period.ends_on),
            },
        ),
        (
            objections,
            {
                FILED: Q(is_late=False),
                ANSWERED: Q(~Exists(overrun), decided_on__isnull=False),
            },
        ),
        (
            opened.alias(last=last_day("prosecution")),
            {SPDP: Q(spdp_sent_on__lte=F("last"))},
        ),
    ]


def last_day(what: str) -> Combinable:
    """Of the clock that the step started: computed then, by the rule in force then."""
    return Subquery(
        Clock.objects.filter(**{what: OuterRef("pk")})
        .order_by("pk")
        .values("due_on")[:1]
    )


def kept_or_not(kept: Q) -> Case:
    return Case(
        When(kept, then=Value(KEPT)),
        default=Value(MISSED),
        output_field=CharField(),
    )


def facts(scope: Scope) -> list[Facts]:
    """The same order as the rows; each fact says whether its step was kept."""
    return [
        Facts(
            rows.annotate(
                row=Value(step, output_field=CharField()), column=kept_or_not(kept)
            )
        )
        for rows, asked in steps(scope)
        for step, kept in asked.items()
    ]


class Steps(Crosstab):
    """What several steps are asked of is read once."""

    def count(self, scope: Scope) -> tuple[Counted, int]:
        found: Counted = {}
        for rows, asked in steps(scope):
            marks = {step: kept_or_not(kept) for step, kept in asked.items()}
            grouped = rows.order_by().annotate(**marks).values_list(*marks)
            for *kept, number in grouped.annotate(n=Count("*")):
                for cell in zip(marks, kept, strict=True):
                    found[cell] = found.get(cell, 0) + number
        return found, sum(found.values())


def shares(scope: Scope, counted: dict[str, dict[str, int]]) -> dict[str, list[str]]:
    return {
        row: [percent(cells.get(KEPT, 0), sum(cells.values()))]
        for row, cells in counted.items()
    }


def step(one: Any) -> tuple[str, str]:
    case = one.measure.case if isinstance(one, Objection) else one.case
    where = one if isinstance(one, Measure | Objection) else case
    return f"{case.number}: {one._meta.verbose_name}", where.get_absolute_url()


R13 = Steps(
    code="R13",
    title=_("Kepatuhan pada langkah hukum"),
    unit=_("langkah"),
    head=_("Langkah"),
    facts=facts,
    rows=fixed_rows(
        (ORDERED, _("Pemeriksaan lapangan yang surat perintahnya terbit lebih dulu")),
        (LATE_ORDER, _("Pengecualian yang surat perintahnya menyusul dalam tenggat")),
        (CONFERRED, _("Tindakan yang diputus setelah gelar kasus")),
        (SERVED, _("Keputusan yang sudah disampaikan")),
        (FILED, _("Keberatan yang diajukan dalam tenggat")),
        (ANSWERED, _("Keberatan yang diputus dalam tenggat")),
        (SPDP, _("SPDP yang dikirim dalam tenggat")),
    ),
    columns=fixed_columns((KEPT, _("Terpenuhi")), (MISSED, _("Tidak atau belum"))),
    describe=step,
    rules=rules("period", "process"),
    total_label=_("Seluruhnya"),
    extras=(_("Terpenuhi (persen)"),),
    extra_of=shares,
    sums_down=False,
)
