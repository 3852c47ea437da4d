"""Findings and cases by state and age, measures and their target, what the law asks."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foreigners.models import Case, Finding, Order
from reports.models import Target
from reports.queries.dashboard_figures import AGES, Tally
from reports.queries.dashboard_outlook import Outlook
from reports.queries.dashboard_section import Cell, Section, drawn, number, summed
from timpora.dates import long_date
from timpora.numbers import decimal

RISKS = {
    "lewat": gettext_lazy("Sudah lewat"),
    "dekat": gettext_lazy("Habis dalam 3 hari"),
    "pekan": gettext_lazy("Habis dalam 4–7 hari"),
}
NOT_SEALED = gettext_lazy("Kasus yang disegel tidak dihitung.")


def lawfulness(outlook: Outlook, found: dict[str, Tally]) -> Section:
    """What the office owes the law. No score, and nothing about persons."""
    clocks = found["tenggat"]
    rows = [
        [
            Cell(_("Tenggat: %s") % str(label).lower()),
            number(outlook, "tenggat", clocks[(key,)], key),
        ]
        for key, label in RISKS.items()
    ]
    standings = (Order.Standing.WITHIN, Order.Standing.LATE, Order.Standing.MISSING)
    orders = found["perintah-menyusul"]
    rows += [
        [
            Cell(_("Surat perintah: %s") % str(standing.label).lower()),
            number(
                outlook, "perintah-menyusul", orders[(standing.value,)], standing.value
            ),
        ]
        for standing in standings
    ]
    rows += [
        [Cell(label), number(outlook, figure, summed(found[figure]))]
        for figure, label in (
            ("belum-disampaikan", _("Keputusan yang belum disampaikan")),
            ("pilihan-tertulis", _("Langkah menyimpang atas pilihan tertulis")),
            ("lebih-awal", _("Pelaksanaan sebelum keberatan selesai")),
        )
    ]
    return Section(
        "keabsahan",
        _("Papan keabsahan"),
        (_("Yang perlu diperhatikan"), _("Jumlah")),
        rows,
        lead=_(
            "Kewajiban kantor menurut hukum. Orang dan kewarganegaraan tidak dinilai."
        ),
        notes=(
            _(
                "Tenggat dan keputusan yang belum disampaikan: keadaan hari ini. "
                "Selebihnya: tanggal pemeriksaan, langkah, atau pelaksanaannya dalam "
                "periode."
            ),
            NOT_SEALED,
        ),
    )


def findings(outlook: Outlook, tally: Tally) -> Section:
    """By state; with its age where it still waits."""
    states = [state for state in Finding.State if summed(tally, state.value)]
    waiting = {Finding.State.SUBMITTED, Finding.State.RETURNED}
    since, until = (day.isoformat() for day in outlook.period.days)

    def listed(state: Finding.State) -> str:
        query = {"state": state.value, "since": since, "until": until}
        return f"{reverse('foreigners:findings')}?{urlencode(query)}"

    return Section(
        "temuan",
        _("Temuan menurut status"),
        (_("Status"), _("Jumlah"), *(label for _key, _bound, label in AGES)),
        [
            [
                Cell(state.label),
                Cell(decimal(summed(tally, state.value)), listed(state)),
                *(
                    number(
                        outlook, "temuan", tally[(state.value, age)], state.value, age
                    )
                    if state in waiting
                    else Cell("–")
                    for age, _bound, _label in AGES
                ),
            ]
            for state in states
        ],
        total=[
            Cell(_("Jumlah")),
            number(outlook, "temuan", summed(tally)),
            *(Cell("") for _age in AGES),
        ],
        empty=_("Belum ada temuan yang dilaporkan dalam periode ini."),
        picture=drawn(
            _("Temuan menurut status"),
            [state.label for state in states],
            [(_("Temuan"), [summed(tally, state.value) for state in states])],
        )
        if states
        else None,
        notes=(
            _(
                "Dilaporkan dalam periode ini. Umur dihitung sejak laporan, selama "
                "temuan masih menunggu telaah atau pelengkapan."
            ),
        ),
    )


def cases(outlook: Outlook, tally: Tally, ended: Tally) -> Section:
    """Those that are open today by their age, then those that ended in the period."""
    states = [state for state in Case.State if summed(tally, state.value)]

    def listed(state: Case.State, age: str = "") -> str:
        query = {"state": state.value} | ({"umur": age} if age else {})
        return f"{reverse('foreigners:cases')}?{urlencode(query)}"

    def cell(state: Case.State, age: str) -> Cell:
        count = tally[(state.value, age)]
        return Cell(decimal(count), listed(state, age) if count else "")

    rows: list[Sequence[Cell]] = [
        [
            Cell(state.label),
            Cell(decimal(summed(tally, state.value)), listed(state)),
            *(cell(state, age) for age, _bound, _label in AGES),
        ]
        for state in states
    ]
    rows += [
        [
            Cell(_("Berakhir dalam periode: %s") % Case.State(state).label.lower()),
            number(outlook, "kasus-selesai", count, state),
            *(Cell("–") for _age in AGES),
        ]
        for (state,), count in sorted(ended.items())
    ]
    return Section(
        "kasus",
        _("Kasus menurut status dan umur"),
        (_("Status"), _("Jumlah"), *(label for _key, _bound, label in AGES)),
        rows,
        empty=_("Tidak ada kasus terbuka, dan tidak ada yang berakhir dalam periode."),
        picture=drawn(
            _("Kasus terbuka menurut status dan umur"),
            [state.label for state in states],
            [
                (label, [tally[(state.value, age)] for state in states])
                for age, _bound, label in AGES
            ],
        )
        if states
        else None,
        notes=(
            _("Kasus terbuka: keadaan hari ini; umur dihitung sejak terdaftar."),
            NOT_SEALED,
        ),
    )


def measures(outlook: Outlook, tally: Tally) -> Section:
    """Decided this year against what the office plans for it."""
    year = outlook.period.ends_on.year
    target = Target.objects.visible_to(outlook.user).in_force(year, on=outlook.today)
    made = summed(tally)
    if target is None:
        lead = _("Belum ada target untuk tahun %(year)d. Sejauh ini %(made)s tindakan.")
    elif target.measures:
        lead = _("%(made)s dari target %(target)s (%(percent)s %%), tahun %(year)d.")
    else:
        lead = _("%(made)s tindakan; target tahun %(year)d nol.")
    planned = target.measures if target else 0
    kinds = sorted(tally.items())
    labels = [f"{code}. {name}" for (code, name), _count in kinds]
    return Section(
        "tindakan",
        _("Tindakan administratif dan target"),
        (_("Jenis tindakan"), _("Diputuskan")),
        [
            [Cell(label), number(outlook, "tindakan", count, *key)]
            for label, (key, count) in zip(labels, kinds, strict=True)
        ],
        total=[Cell(_("Jumlah")), number(outlook, "tindakan", made)],
        lead=lead
        % {
            "made": decimal(made),
            "target": decimal(planned),
            "percent": decimal(100 * made / planned) if planned else "",
            "year": year,
        },
        empty=_("Belum ada tindakan yang diputuskan tahun itu."),
        picture=drawn(
            _("Tindakan yang diputuskan tahun %d") % year,
            labels,
            [(_("Tindakan"), [count for _key, count in kinds])],
        )
        if kinds
        else None,
        notes=(
            _(
                "Menurut tanggal keputusan dalam tahun itu, juga bila periodenya lebih "
                "pendek; yang dibatalkan atas keberatan tidak dihitung."
            ),
            _("Target ditetapkan %(day)s: %(ground)s.")
            % {"day": long_date(target.set_on), "ground": target.ground}
            if target
            else _("Kepala Seksi atau Kepala Kantor mencatat target di bawah ini."),
        ),
    )
