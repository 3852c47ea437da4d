"""The pages that can be taken out as a file: one entry each, one mechanism for all.

Of a list, ``rows`` is what its page shows to the same reader under the same filter, and
``columns`` what it says of each row; a test compares the two. A dashboard goes out as a
paper of the sections that its page shows.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.forms.audit import AuditFilter
from agencies.models import AuditEntry, User
from agencies.verbs import kind_in_words, verb_in_words
from documents.forms.papers import DocumentFilter
from documents.models import Classification, Document
from foreigners.forms.cases import CaseFilter, CaseListFilter
from foreigners.forms.clocks import ClockFilter
from foreigners.forms.findings import FindingFilter
from foreigners.forms.identifying import PersonFilter
from foreigners.models import Case, Finding, Foreigner, Measure
from foreigners.queries.clocks import open_clocks
from foreigners.queries.findings import status_of
from meetings.forms.convening import MeetingFilter
from meetings.forms.followups import FollowUpFilter
from meetings.models import FollowUp, Meeting
from reports.models import Export
from reports.queries.dashboard import dashboard_page
from reports.queries.dashboard_outlook import Outlook
from reports.queries.dashboard_places import outside_page
from reports.queries.dashboard_section import Section

# The query of a list's address, as its filter reads it.
Query = dict[str, str]
Value = str | int | dt.date | dt.datetime | None
Columns = tuple[tuple[str | Promise, Callable[[Any], Value]], ...]


@dataclass(frozen=True)
class Exportable:
    """``persons`` names whom a row tells of: their access log says that it went out."""

    title: str | Promise
    permission: str
    # The address of the list's page.
    page: str
    rows: Callable[[User, Query], QuerySet[Any]]
    columns: Callable[[User], Columns]
    # Where personal data leaves the application, a reason goes on record.
    is_personal: bool = False
    persons: Callable[[Any], int] | None = None
    formats: ClassVar[tuple[Export.Format, ...]] = (
        Export.Format.XLSX,
        Export.Format.CSV,
    )


@dataclass(frozen=True)
class FigurePage:
    """A dashboard: numbers and their pictures, nobody's name."""

    title: str | Promise
    permission: str
    page: str
    sections: Callable[[Outlook], Sequence[Section]]
    classification: Classification
    is_personal: ClassVar[bool] = False
    formats: ClassVar[tuple[Export.Format, ...]] = (Export.Format.PDF,)


def asked_by(user: User) -> Any:
    """A filter asks a request for its user, and for nothing else."""
    return SimpleNamespace(user=user)


# --- meetings ------------------------------------------------------------------------
def meetings(user: User, query: Query) -> QuerySet[Any]:
    return MeetingFilter(query, Meeting.objects.visible_to(user).for_list()).qs


def meeting_columns(user: User) -> Columns:
    return (
        (_("Rapat"), lambda one: one.title),
        (_("Jenis kegiatan"), lambda one: one.get_kind_display()),
        (_("Wilayah"), lambda one: ", ".join(map(str, one.scope_regions.all()))),
        (_("Mulai"), lambda one: one.starts_at),
        (_("Selesai"), lambda one: one.ends_at),
        (_("Tempat"), lambda one: one.venue),
        (_("Status"), lambda one: one.get_state_display()),
    )


def follow_ups(user: User, query: Query) -> QuerySet[Any]:
    return FollowUpFilter(
        query,
        FollowUp.objects.visible_to(user).for_list().most_urgent_first(),
        request=asked_by(user),
    ).qs


def follow_up_columns(user: User) -> Columns:
    """To an auditor what a duty says stays closed, as on the page."""
    reads = user.works_on_content or user.is_liaison
    text: Columns = ((_("Tindak lanjut"), lambda one: one.text),) if reads else ()
    return (
        (_("Nomor"), lambda one: one.pk),
        *text,
        (_("Asal"), lambda one: one.origin.title),
        (_("Penanggung jawab"), lambda one: str(one.owner)),
        (_("Sejak"), lambda one: one.created_on),
        (_("Tenggat"), lambda one: one.due_on),
        (_("Selesai pada"), lambda one: one.done_on),
        (_("Status"), lambda one: one.get_state_display()),
        (_("Terlambat"), lambda one: _("ya") if one.is_overdue() else _("tidak")),
    )


# --- findings, cases, persons --------------------------------------------------------
def findings(user: User, query: Query) -> QuerySet[Any]:
    return FindingFilter(
        query, Finding.objects.listed_for(user).for_list(), user=user
    ).qs


def finding_columns(user: User) -> Columns:
    reads = user.works_on_content or user.is_liaison
    said: Columns = (
        (_("Kegiatan yang dilihat"), lambda one: one.activity),
        (_("Tempat"), lambda one: one.place),
        (_("Kelurahan/desa"), lambda one: str(one.region or "")),
    )

    def state(finding: Finding) -> str:
        if not user.is_liaison:
            return str(finding.get_state_display())
        if finding.reporter_id == user.agency_id:
            return str(status_of(finding).label)
        return _("Dibagikan kepada instansi Anda")

    return (
        (_("Temuan"), str),
        *(said if reads else ()),
        (_("Pelapor"), lambda one: str(one.reporter)),
        (_("Dilaporkan"), lambda one: one.reported_on),
        (_("Status"), state),
    )


def cases(user: User, query: Query) -> QuerySet[Any]:
    listed = Case.objects.listed_for(user)
    if user.works_on_content:
        return CaseFilter(query, listed.for_list(), request=asked_by(user)).qs
    return CaseListFilter(query, listed, request=asked_by(user)).qs


def case_columns(user: User) -> Columns:
    """To an auditor that there is a case, in which state, since when."""
    common: Columns = (
        (_("Nomor"), lambda one: one.number),
        (_("Status"), lambda one: one.get_state_display()),
        (_("Sejak"), lambda one: one.state_since),
        (_("Terdaftar"), lambda one: one.registered_on),
    )
    if not user.works_on_content:
        return common
    return (
        *common,
        (_("Pokok perkara"), lambda one: one.title),
        (_("Kelurahan/desa"), lambda one: str(one.region or "")),
        (_("Klasifikasi"), lambda one: one.get_classification_display()),
        (
            _("Dugaan pelanggaran"),
            lambda one: ", ".join(row.violation.code for row in one.violations.all()),
        ),
        (_("Tenggat terdekat"), lambda one: one.next_clock and one.next_clock.due_on),
        (_("Penanggung jawab"), lambda one: str(one.responsible)),
    )


def persons(user: User, query: Query) -> QuerySet[Any]:
    return PersonFilter(
        query, Foreigner.objects.visible_to(user).for_list(), request=asked_by(user)
    ).qs


def person_columns(user: User) -> Columns:
    """As the list shows them: the numbers of documents stay masked."""

    def document(person: Foreigner) -> str:
        return next((str(one) for one in person.travel_documents.all()), "")

    def permit(person: Foreigner) -> str:
        return person.last_permit.kind.code if person.last_permit else ""

    return (
        (_("Kode"), str),
        (_("Nama"), lambda one: one.display_name),
        (_("Kewarganegaraan"), lambda one: str(one.nationality)),
        (_("Dokumen (disamarkan)"), document),
        (_("Izin tinggal"), permit),
        (
            _("Berlaku sampai"),
            lambda one: one.last_permit and one.last_permit.ends_on,
        ),
    )


# --- clocks and measures -------------------------------------------------------------
def clocks(user: User, query: Query) -> QuerySet[Any]:
    chosen = ClockFilter(query, user=user)
    responsible = chosen.cleaned_data.get("petugas") if chosen.is_valid() else None
    return open_clocks(user, responsible=responsible)


def clock_columns(user: User) -> Columns:
    return (
        (_("Kasus"), lambda one: one.case.number),
        (_("Tenggat"), lambda one: str(one.rule)),
        (_("Mulai"), lambda one: one.started_on),
        (_("Hari terakhir"), lambda one: one.due_on),
        (_("Status"), lambda one: one.get_state_display()),
        (_("Penanggung jawab"), lambda one: str(one.case.responsible)),
    )


def measures(user: User, query: Query) -> QuerySet[Any]:
    """Measures have no list page of their own: all that the reader may see."""
    return (
        Measure.objects.visible_to(user)
        .select_related("case", "kind", "person")
        .order_by("-decided_on", "-pk")
    )


def measure_columns(user: User) -> Columns:
    return (
        (_("Kasus"), lambda one: one.case.number),
        (_("Kode orang"), lambda one: f"OA-{one.person.foreigner_id}"),
        (_("Tindakan"), lambda one: str(one.kind)),
        (_("Status"), lambda one: one.get_state_display()),
        (_("Diputuskan"), lambda one: one.decided_on),
        (_("Disampaikan"), lambda one: one.served_on),
        (_("Berlaku sejak"), lambda one: one.starts_on),
        (_("Sampai"), lambda one: one.ends_on),
        (_("Rupiah"), lambda one: one.amount),
        (_("Pelaksanaan"), lambda one: one.get_execution_display()),
        (_("Dilaksanakan"), lambda one: one.executed_on),
    )


# --- papers and the audit ------------------------------------------------------------
def papers(user: User, query: Query) -> QuerySet[Any]:
    return DocumentFilter(query, Document.objects.visible_to(user).for_list()).qs


def paper_columns(user: User) -> Columns:
    return (
        (_("Jenis"), lambda one: one.get_kind_display()),
        (_("Hal"), lambda one: one.title),
        (_("Nomor"), lambda one: one.number),
        (_("Tanggal"), lambda one: one.dated_on),
        (_("Klasifikasi"), lambda one: one.get_classification_display()),
        (_("Versi"), lambda one: one.current.version),
        (_("Status"), lambda one: one.current.get_state_display()),
        ("SHA-256", lambda one: one.current.sha256),
    )


def audit(user: User, query: Query) -> QuerySet[Any]:
    return AuditFilter(
        query,
        AuditEntry.objects.visible_to(user).select_related("actor", "on_behalf_of"),
    ).qs


def audit_columns(user: User) -> Columns:
    return (
        (_("Rantai"), lambda one: one.chain),
        (_("Nomor urut"), lambda one: one.position),
        (_("Waktu"), lambda one: one.at),
        (_("Pelaku"), lambda one: str(one.actor or one.on_behalf_of or _("sistem"))),
        (_("Tindakan"), lambda one: verb_in_words(one.verb)),
        (_("Objek"), lambda one: f"{kind_in_words(one.object_type)} {one.object_pk}"),
        (_("Alasan"), lambda one: one.reason),
        (_("Sidik baris"), lambda one: one.digest),
    )


EXPORTS: dict[str, Exportable] = {
    "rapat": Exportable(
        gettext_lazy("Rapat"),
        "reports.export_meetings",
        "meetings:list",
        meetings,
        meeting_columns,
    ),
    "tindak-lanjut": Exportable(
        gettext_lazy("Tindak lanjut"),
        "meetings.list_follow_ups",
        "meetings:follow_ups",
        follow_ups,
        follow_up_columns,
    ),
    "temuan": Exportable(
        gettext_lazy("Temuan"),
        "foreigners.list_findings",
        "foreigners:findings",
        findings,
        finding_columns,
        is_personal=True,
    ),
    "kasus": Exportable(
        gettext_lazy("Kasus"),
        "foreigners.list_cases",
        "foreigners:cases",
        cases,
        case_columns,
        is_personal=True,
    ),
    "orang-asing": Exportable(
        gettext_lazy("Orang Asing"),
        "foreigners.list_persons",
        "foreigners:persons",
        persons,
        person_columns,
        is_personal=True,
        persons=lambda person: person.pk,
    ),
    "tenggat": Exportable(
        gettext_lazy("Tenggat"),
        "foreigners.list_clocks",
        "foreigners:clocks",
        clocks,
        clock_columns,
    ),
    "tindakan": Exportable(
        gettext_lazy("Tindakan administratif"),
        "reports.export_measures",
        "reports:dashboard",
        measures,
        measure_columns,
        is_personal=True,
        persons=lambda measure: measure.person.foreigner_id,
    ),
    "berkas": Exportable(
        gettext_lazy("Berkas"),
        "documents.list",
        "documents:list",
        papers,
        paper_columns,
    ),
    "audit": Exportable(
        gettext_lazy("Jejak audit"),
        "agencies.view_audit",
        "agencies:audit",
        audit,
        audit_columns,
        is_personal=True,
    ),
}


# The map is the edition for readers outside: small numbers are not told.
PAGES = {
    "dasbor": FigurePage(
        gettext_lazy("Dasbor"),
        "reports.view_dashboard",
        "reports:dashboard",
        dashboard_page,
        Classification.RESTRICTED,
    ),
    "peta": FigurePage(
        gettext_lazy("Peta kecamatan, edisi luar kantor"),
        "reports.view_map",
        "reports:district_map",
        outside_page,
        Classification.OPEN,
    ),
}


def taken_out(kind: str) -> Exportable | FigurePage | None:
    return EXPORTS.get(kind) or PAGES.get(kind)


def rows_of(kind: str, user: User, query: str) -> QuerySet[Any]:
    """What the list shows to ``user`` under the query of its address."""
    return EXPORTS[kind].rows(user, dict(parse_qsl(query)))
