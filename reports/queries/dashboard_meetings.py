"""Meetings held, who of the invited came, and what the agencies owe since."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Attendance, Meeting
from reports.queries.dashboard_figures import Tally
from reports.queries.dashboard_outlook import Outlook
from reports.queries.dashboard_section import Cell, Section, drawn, number, summed
from timpora.numbers import decimal

SEATS = {"anggota": gettext_lazy("anggota SK"), "tamu": gettext_lazy("tamu")}
DUES = {
    "tepat": gettext_lazy("Selesai tepat waktu"),
    "susulan": gettext_lazy("Selesai lewat tenggat"),
    "berjalan": gettext_lazy("Belum, masih dalam tenggat"),
    "terlambat": gettext_lazy("Belum, lewat tenggat"),
}
CAME = (Attendance.State.PRESENT, Attendance.State.REPRESENTED)


def meetings(outlook: Outlook, tally: Tally) -> Section:
    kinds = [kind for kind in Meeting.Kind if tally[(kind.value,)]]
    return Section(
        "kegiatan",
        _("Kegiatan dilaksanakan"),
        (_("Jenis kegiatan"), _("Jumlah")),
        [
            [
                Cell(kind.label),
                number(outlook, "kegiatan", tally[(kind.value,)], kind.value),
            ]
            for kind in kinds
        ],
        total=[Cell(_("Jumlah")), number(outlook, "kegiatan", summed(tally))],
        empty=_("Belum ada rapat atau operasi yang dilaksanakan dalam periode ini."),
        notes=(_("Dihitung menurut tanggal mulai; yang dibatalkan tidak."),),
    )


def attendance(outlook: Outlook, tally: Tally, names: dict[str, str]) -> Section:
    """By agency and seat; what is not known is neither present nor absent."""
    states = list(Attendance.State)
    lines = [
        (seat, key)
        for seat in SEATS
        for key in names
        if summed(tally, seat, key)
    ]  # fmt: skip
    labels = [
        f"{names[key]} ({SEATS[seat]})" if seat == "tamu" else names[key]
        for seat, key in lines
    ]
    rows = [
        [
            Cell(label),
            number(outlook, "kehadiran", summed(tally, seat, key), seat, key),
            *(
                number(
                    outlook,
                    "kehadiran",
                    tally[(seat, key, state.value)],
                    seat,
                    key,
                    state.value,
                )
                for state in states
            ),
            Cell(share(tally, seat, key)),
        ]
        for (seat, key), label in zip(lines, labels, strict=True)
    ]
    known_first = [*states[1:], states[0]]
    return Section(
        "kehadiran",
        _("Kehadiran instansi"),
        (
            _("Instansi"),
            _("Diundang"),
            *(state.label for state in states),
            _("Hadir dari yang diundang"),
        ),
        rows,
        empty=_("Belum ada undangan ke kegiatan yang dilaksanakan dalam periode ini."),
        picture=drawn(
            _("Kehadiran instansi"),
            labels,
            [
                (
                    state.label,
                    [tally[(seat, key, state.value)] for seat, key in lines],
                )
                for state in known_first
            ],
        )
        if lines
        else None,
        notes=(
            _(
                "Penyebut adalah undangan yang terkirim ke kegiatan yang dilaksanakan; "
                "hadir termasuk yang diwakilkan. Yang belum diketahui tetap dalam "
                "penyebut dan tidak dihitung hadir atau tidak hadir."
            ),
            _("Anggota menurut SK dan tamu dihitung terpisah."),
        ),
    )


def share(tally: Tally, seat: str | None, key: str) -> str:
    """Three of four (75 %)."""
    invited = summed(tally, seat, key)
    came = sum(summed(tally, seat, key, state.value) for state in CAME)
    return _("%(came)s dari %(invited)s (%(percent)d %%)") % {
        "came": decimal(came),
        "invited": decimal(invited),
        "percent": round(100 * came / invited) if invited else 0,
    }


def follow_ups(outlook: Outlook, tally: Tally, names: dict[str, str]) -> Section:
    owners = [key for key in names if summed(tally, key)]
    return Section(
        "tindak-lanjut",
        _("Tindak lanjut menurut instansi"),
        (_("Penanggung jawab"), _("Bertenggat"), *DUES.values()),
        [
            [
                Cell(names[key]),
                number(outlook, "tindak-lanjut", summed(tally, key), key),
                *(
                    number(outlook, "tindak-lanjut", tally[(key, due)], key, due)
                    for due in DUES
                ),
            ]
            for key in owners
        ],
        total=[
            Cell(_("Jumlah")),
            number(outlook, "tindak-lanjut", summed(tally)),
            *(Cell(decimal(summed(tally, None, due))) for due in DUES),
        ],
        empty=_("Tidak ada tindak lanjut yang tenggatnya jatuh dalam periode ini."),
        picture=drawn(
            _("Tindak lanjut menurut instansi"),
            [names[key] for key in owners],
            [(label, [tally[(key, due)] for key in owners]) for due, label in DUES.items()],
        )
        if owners
        else None,
        notes=(
            _("Tenggatnya jatuh dalam periode ini; yang dibatalkan tidak dihitung."),
        ),
    )  # fmt: skip
