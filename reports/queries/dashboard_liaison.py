"""A liaison's page: what their own agency was asked to, owes and reported. Nothing else."""

from django.utils.translation import gettext as _

from foreigners.queries import findings as status
from meetings.models import Attendance
from reports.queries.dashboard_figures import Tally, tallies
from reports.queries.dashboard_meetings import DUES, share
from reports.queries.dashboard_outlook import Outlook
from reports.queries.dashboard_section import Cell, Section, drawn, number, summed

OF_AGENCY = ("kehadiran", "tindak-lanjut", "hasil-temuan")
# In the order of a finding's way.
OUTCOMES = (
    status.DRAFT,
    status.RECEIVED,
    status.RETURNED,
    status.JOINED,
    status.EXAMINED,
    status.REFERRED,
    status.OUTSIDE,
    status.NOT_PROVEN,
    status.MEASURE,
    status.PROSECUTION,
    status.PROTECTION,
    status.WARNING,
    status.CLOSED,
    status.WITHDRAWN,
)


def agency_page(outlook: Outlook) -> list[Section]:
    found = tallies(outlook, OF_AGENCY)
    return [
        attendance(outlook, found["kehadiran"]),
        duties(outlook, found["tindak-lanjut"]),
        findings(outlook, found["hasil-temuan"]),
    ]


def attendance(outlook: Outlook, tally: Tally) -> Section:
    key = str(outlook.user.agency_id)
    states = [state for state in Attendance.State if summed(tally, None, key, state)]
    counts = [summed(tally, None, key, state) for state in states]
    return Section(
        "kehadiran",
        _("Kehadiran instansi Anda"),
        (_("Kehadiran"), _("Kegiatan")),
        [
            [Cell(state.label), Cell(str(count), attendance_url(outlook, state))]
            for state, count in zip(states, counts, strict=True)
        ],
        lead=_("Hadir atau diwakilkan: %s undangan.") % share(tally, None, key)
        if states
        else "",
        empty=_("Belum ada undangan ke kegiatan yang dilaksanakan dalam periode ini."),
        picture=drawn(
            _("Kehadiran instansi Anda"),
            [state.label for state in states],
            [(_("Kegiatan"), counts)],
        )
        if states
        else None,
        notes=(
            _("Yang belum diketahui tidak dihitung hadir dan tidak dihitung absen."),
        ),
    )


def attendance_url(outlook: Outlook, state: Attendance.State) -> str:
    """Whatever seat the agency had: the first two keys stay open."""
    return f"{outlook.rows_url('kehadiran')}&k3={state.value}"


def duties(outlook: Outlook, tally: Tally) -> Section:
    key = str(outlook.user.agency_id)
    dues = {due: label for due, label in DUES.items() if tally[(key, due)]}
    return Section(
        "tindak-lanjut",
        _("Tindak lanjut instansi Anda"),
        (_("Keadaan"), _("Jumlah")),
        [
            [
                Cell(label),
                number(outlook, "tindak-lanjut", tally[(key, due)], key, due),
            ]
            for due, label in dues.items()
        ],
        total=[
            Cell(_("Jumlah")),
            number(outlook, "tindak-lanjut", summed(tally, key), key),
        ],
        empty=_("Tidak ada tindak lanjut yang tenggatnya jatuh dalam periode ini."),
        picture=drawn(
            _("Tindak lanjut instansi Anda"),
            list(dues.values()),
            [(_("Tindak lanjut"), [tally[(key, due)] for due in dues])],
        )
        if dues
        else None,
        notes=(
            _("Tenggatnya jatuh dalam periode ini; yang dibatalkan tidak dihitung."),
        ),
    )


def findings(outlook: Outlook, tally: Tally) -> Section:
    """By the word that the reporter is told, and no more than the word."""
    words = [word for word in OUTCOMES if tally[(word.code,)]]
    return Section(
        "temuan",
        _("Temuan instansi Anda"),
        (_("Hasil"), _("Jumlah")),
        [
            [
                Cell(word.label),
                number(outlook, "hasil-temuan", tally[(word.code,)], word.code),
            ]
            for word in words
        ],
        total=[Cell(_("Jumlah")), number(outlook, "hasil-temuan", summed(tally))],
        empty=_("Instansi Anda belum melaporkan temuan dalam periode ini."),
        picture=drawn(
            _("Temuan instansi Anda menurut hasilnya"),
            [word.label for word in words],
            [(_("Temuan"), [tally[(word.code,)] for word in words])],
        )
        if words
        else None,
        notes=(_("Dilaporkan oleh instansi Anda dalam periode ini."),),
    )
