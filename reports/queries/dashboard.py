"""The chief's page: how the office stands, each number with the way to its rows."""

from agencies.models import Agency
from reports.queries.dashboard_cases import cases, findings, lawfulness, measures
from reports.queries.dashboard_delays import delays
from reports.queries.dashboard_figures import tallies
from reports.queries.dashboard_liaison import agency_page
from reports.queries.dashboard_meetings import attendance, follow_ups, meetings
from reports.queries.dashboard_outlook import Outlook
from reports.queries.dashboard_places import places
from reports.queries.dashboard_section import Section
from reports.queries.dashboard_stages import stages_of

OF_OFFICE = (
    "kegiatan",
    "kehadiran",
    "tindak-lanjut",
    "temuan",
    "kasus",
    "kasus-selesai",
    "tenggat",
    "tindakan",
    "belum-disampaikan",
    "perintah-menyusul",
    "pilihan-tertulis",
    "lebih-awal",
    "kasus-wilayah",
    "temuan-wilayah",
)


def office_page(outlook: Outlook) -> list[Section]:
    """All sections; twelve queries, whatever the size."""
    found = tallies(outlook, OF_OFFICE)
    owners = {key[0] for key in found["tindak-lanjut"]}
    names = names_of({key[1] for key in found["kehadiran"]} | owners)
    return [
        lawfulness(outlook, found),
        meetings(outlook, found["kegiatan"]),
        attendance(outlook, found["kehadiran"], names),
        follow_ups(outlook, found["tindak-lanjut"], names),
        findings(outlook, found["temuan"]),
        cases(outlook, found["kasus"], found["kasus-selesai"]),
        measures(outlook, found["tindakan"]),
        delays(stages_of(outlook)),
        places(outlook, found["kasus-wilayah"], found["temuan-wilayah"]),
    ]


def dashboard_page(outlook: Outlook) -> list[Section]:
    """The office's page, or that of the liaison's own agency."""
    page = agency_page if outlook.user.is_liaison else office_page
    return page(outlook)


def names_of(keys: set[str]) -> dict[str, str]:
    agencies = Agency.objects.filter(pk__in=keys).order_by("type__order", "name")
    return {str(agency.pk): agency.short_name for agency in agencies}
