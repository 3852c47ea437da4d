"""R1 Projustisia, R2 TAK and R8: what was decided about persons, by article and kind."""

import datetime as dt
import re

from django.db.models import F, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foreigners.models import CasePerson, Measure, MeasureKind, Prosecution
from reports.models import Column
from reports.queries.crosstab import Axis, Crosstab, Facts, Rows, Scope
from reports.queries.figures.common import (
    ARTICLE,
    SEXES,
    by_sex,
    in_district,
    main_violation,
    text,
)
from reports.queries.figures.rules import rules

# The headings of the official form (domain 6.1), with the column of the law's kinds.
STAGES = (
    (Prosecution.Stage.INVESTIGATION, "SIDIK"),
    (Prosecution.Stage.CHARGE, "PENUNTUTAN"),
    (Prosecution.Stage.TRIAL, "SIDANG"),
)
REPORT_COLUMNS = (
    ("Daftar cekal", "Daftar cekal"),
    ("Pembatalan izin tinggal/dokim", "Pembatalan izin tinggal/dokim"),
    ("Larangan berada di wilayah Indonesia", "Larangan berada"),
    ("Deportasi/pemindahan", "Deportasi/pemindahan"),
    ("Ruang detensi", "Ruang detensi"),
    ("Biaya beban", "Biaya beban"),
)
# The first row of the official form.
FIRST_ARTICLE = "Pasal 78 ayat (1) dan ayat (2)"
DEPORTATION = "f"


def prosecuted(scope: Scope) -> list[Facts]:
    """Suspects by the stage that their case reached: the order opens the first one."""
    days = (scope.period.starts_on, scope.period.ends_on)
    suspects = CasePerson.objects.filter(
        in_district(scope, "case__region"),
        case__office=scope.office,
        role=CasePerson.Role.SUBJECT,
    ).select_related("case")
    ordered = suspects.filter(case__prosecutions__ordered_on__range=days)
    later = [stage for stage, _label in STAGES[1:]]
    moved = suspects.filter(
        case__prosecutions__stages__on__range=days,
        case__prosecutions__stages__stage__in=later,
    )
    first = Value(Prosecution.Stage.INVESTIGATION.value)
    return [
        Facts(
            suspects.alias(main=main_violation("case__violations")).annotate(
                row=ARTICLE, column=text(stage, "foreigner__sex")
            ),
            control=suspects,
        )
        for suspects, stage in (
            (ordered, first),
            (moved, "case__prosecutions__stages__stage"),
        )
    ]


def decided(scope: Scope) -> Rows:
    return decided_in(scope, (scope.period.starts_on, scope.period.ends_on))


def decided_in(scope: Scope, days: tuple[dt.date, dt.date]) -> Rows:
    """From the first to the last of the days, both counted; later annulled or not."""
    return Measure.objects.filter(
        in_district(scope, "case__region"),
        case__office=scope.office,
        decided_on__range=days,
    ).select_related("case", "kind")


def decided_by_article(scope: Scope) -> list[Facts]:
    measures = decided(scope)
    placed = measures.alias(main=main_violation("case__violations")).annotate(
        row=ARTICLE, column=text("kind__report_column", "person__foreigner__sex")
    )
    return [Facts(placed, control=measures)]


def decided_by_nationality(scope: Scope) -> list[Facts]:
    placed = decided(scope).annotate(
        row=F("person__foreigner__nationality__name"), column=F("kind__code")
    )
    return [Facts(placed)]


def articles(scope: Scope, keys: set[str]) -> Axis:
    """The form's first row, then the others by the numbers in them."""
    known = sorted(keys - {"", FIRST_ARTICLE}, key=numbers_in)
    rows = [(article, article, "") for article in (FIRST_ARTICLE, *known)]
    return [*rows, ("", gettext("(pasal belum dicatat)"), "")] if "" in keys else rows


def numbers_in(article: str) -> tuple[list[int], str]:
    return [int(number) for number in re.findall(r"\d+", article)], article


def nationalities(scope: Scope, keys: set[str]) -> Axis:
    return [(name, name, "") for name in sorted(keys)]


def kinds(scope: Scope, keys: set[str]) -> list[Column]:
    in_force = MeasureKind.objects.on(scope.period.ends_on)
    counted = MeasureKind.objects.filter(code__in=keys)
    names = {kind.code: kind.name for kind in [*counted, *in_force]}
    return [Column(code, names[code]) for code in sorted(names, key=as_letter)]


def as_letter(code: str) -> tuple[bool, str]:
    """Letters of article 75 before detention, which is article 83."""
    return not code[0].isalpha(), code


def removed_in(scope: Scope) -> list[str]:
    """Deportations that were carried out in the period, whenever they were decided."""
    days = (scope.period.starts_on, scope.period.ends_on)
    carried_out = Measure.objects.filter(
        in_district(scope, "case__region"),
        case__office=scope.office,
        kind__code=DEPORTATION,
        execution=Measure.Execution.COMPLETE,
        executed_on__range=days,
    )
    sexes = list(carried_out.values_list("person__foreigner__sex", flat=True))
    men, women = (sexes.count(sex) for sex in SEXES)
    return [
        gettext(
            "Deportasi yang dilaksanakan dalam periode: %(all)d (L %(men)d, P %(women)d)."
        )
        % {"all": len(sexes), "men": men, "women": women}
    ]


def person_in_case(one: CasePerson) -> tuple[str, str]:
    return f"{one.case.number}: OA-{one.foreigner_id}", one.case.get_absolute_url()


def measure(one: Measure) -> tuple[str, str]:
    return f"{one.case.number}: {one.kind.name}", one.get_absolute_url()


R1 = Crosstab(
    code="R1",
    title=_("Projustisia"),
    unit=_("orang"),
    head=_("Pasal yang dilanggar"),
    facts=prosecuted,
    rows=articles,
    columns=lambda scope, keys: by_sex(STAGES),
    describe=person_in_case,
    rules=rules("period", "person_stage", "main_violation", "sex"),
    outside_note=_("Tidak termasuk %d orang yang jenis kelaminnya tidak diketahui."),
)
R2 = Crosstab(
    code="R2",
    title=_("Tindakan Administratif Keimigrasian"),
    unit=_("tindakan"),
    head=_("Pasal yang dilanggar"),
    facts=decided_by_article,
    rows=articles,
    columns=lambda scope, keys: by_sex(REPORT_COLUMNS),
    describe=measure,
    rules=rules("period", "measure", "main_violation", "sex", "execution"),
    notes_of=removed_in,
    outside_note=_(
        "Tidak termasuk %d tindakan tanpa kolom dalam laporan (Pasal 75 ayat (2) huruf d) "
        "atau terhadap orang yang jenis kelaminnya tidak diketahui."
    ),
)
R8 = Crosstab(
    code="R8",
    title=_("Jenis TAK menurut kewarganegaraan"),
    unit=_("tindakan"),
    head=_("Kewarganegaraan"),
    facts=decided_by_nationality,
    rows=nationalities,
    columns=kinds,
    describe=measure,
    rules=rules("period", "measure", "presence_note"),
)
