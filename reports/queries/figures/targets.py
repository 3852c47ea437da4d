"""R12: the measures that were decided, against what the office planned for the year."""

import datetime as dt

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast, ExtractYear
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.models import Column, Target
from reports.queries.crosstab import Axis, Crosstab, Facts, Scope
from reports.queries.figures.common import percent
from reports.queries.figures.enforcement import decided_in, measure
from reports.queries.figures.rules import rules
from timpora.dates import long_date
from timpora.numbers import grouped

EARLIER, IN_PERIOD = "sebelum", "periode"


def realised(scope: Scope) -> list[Facts]:
    """From 1 January, because the target is for a year: before the period, and in it."""
    days = (new_year(scope), scope.period.ends_on)
    placed = decided_in(scope, days).annotate(
        row=Cast(ExtractYear("decided_on"), CharField()),
        column=Case(
            When(decided_on__lt=scope.period.starts_on, then=Value(EARLIER)),
            default=Value(IN_PERIOD),
            output_field=CharField(),
        ),
    )
    return [Facts(placed)]


def new_year(scope: Scope) -> dt.date:
    return dt.date(scope.period.starts_on.year, 1, 1)


def years_of(scope: Scope) -> range:
    return range(scope.period.starts_on.year, scope.period.ends_on.year + 1)


def target_units(scope: Scope, keys: set[str]) -> Axis:
    """The office, once for each year: nobody else is given a target."""
    office = scope.office.agency.short_name_on(scope.period.ends_on)
    return [(str(year), f"{office}, {year}", "") for year in years_of(scope)]


def spans(scope: Scope, keys: set[str]) -> list[Column]:
    """A period that begins with the year has nothing before it."""
    columns = [Column(IN_PERIOD, gettext("Dalam periode"), gettext("Realisasi"))]
    if scope.period.starts_on > new_year(scope):
        earlier = gettext("Sebelumnya pada tahun itu")
        columns.insert(0, Column(EARLIER, earlier, gettext("Realisasi")))
    return columns


def targets(scope: Scope) -> dict[int, Target | None]:
    """For each year the last one that was set by the end of the period."""
    day = scope.period.ends_on
    return {
        year: scope.office.targets.in_force(year, on=day) for year in years_of(scope)
    }


def achieved(scope: Scope, counted: dict[str, dict[str, int]]) -> dict[str, list[str]]:
    """Target and share; a year without a target has neither, a target of nought no share."""
    told = {}
    for year, target in targets(scope).items():
        made = sum(counted.get(str(year), {}).values())
        told[str(year)] = (
            [grouped(target.measures), percent(made, target.measures)]
            if target
            else [gettext("belum ditetapkan"), ""]
        )
    return told


def grounds(scope: Scope) -> list[str]:
    """What each target rests on; it stands under a NIHIL as well."""
    return [
        gettext("Target tahun %(year)d: %(measures)s tindakan, %(ground)s (%(day)s).")
        % {
            "year": year,
            "measures": grouped(target.measures),
            "ground": target.ground,
            "day": long_date(target.set_on),
        }
        if target
        else gettext("Target tahun %(year)d belum ditetapkan sampai %(day)s.")
        % {"year": year, "day": long_date(scope.period.ends_on)}
        for year, target in targets(scope).items()
    ]


R12 = Crosstab(
    code="R12",
    title=_("Realisasi tindakan administratif terhadap target"),
    unit=_("tindakan"),
    head=_("Satuan kerja dan tahun"),
    facts=realised,
    rows=target_units,
    columns=spans,
    describe=measure,
    rules=rules("period", "measure", "target"),
    total_label=_("Sampai akhir periode"),
    extras=(_("Target setahun"), _("Capaian")),
    extra_of=achieved,
    notes_of=grounds,
    # Each year has a target of its own.
    sums_down=False,
)
