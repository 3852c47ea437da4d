"""Days that cases stand at each stage, with the rules that say whose days they are."""

from django.utils.translation import gettext as _

from foreigners.models import Case
from reports.queries.dashboard_cases import NOT_SEALED
from reports.queries.dashboard_section import Cell, Section, drawn
from reports.queries.dashboard_stages import HOLDS, PAUSED, STAGES, Kind, Stage
from timpora.numbers import decimal


def delays(found: list[Stage]) -> Section:
    """Days a case stands at a stage, by who holds it."""
    labels = [Case.State(stage.state).label for stage in found]
    rules = [
        f"{Case.State(state).label}: {kind.label.lower()}. {why}"
        for state, (kind, why) in STAGES.items()
    ]
    rules += [
        f"{why} {_('Terhitung')}: {kind.label.lower()}."
        for kind, why in (*HOLDS.values(), PAUSED)
    ]
    return Section(
        "waktu",
        _("Waktu per tahap"),
        (_("Tahap"), _("Kasus"), *(kind.label for kind in Kind), _("Hari per kasus")),
        [
            [
                Cell(label),
                Cell(decimal(len(stage.cases))),
                *(Cell(decimal(stage.days_per_case(kind))) for kind in Kind),
                Cell(decimal(stage.all_days_per_case)),
            ]
            for label, stage in zip(labels, found, strict=True)
        ],
        lead=_("Rata-rata hari per kasus dalam periode ini, menurut yang menahannya."),
        empty=_("Tidak ada kasus yang berjalan dalam periode ini."),
        picture=drawn(
            _("Hari per kasus di tiap tahap"),
            labels,
            [
                (kind.label, [stage.days_per_case(kind) for stage in found])
                for kind in Kind
            ],
        )
        if found
        else None,
        notes=(
            _(
                "Dari langkah kasus yang tercatat. Bila beberapa hal berlaku bersama, "
                "penangguhan hukum didahulukan, lalu penantian."
            ),
            *rules,
            NOT_SEALED,
        ),
    )
