"""Where a finding may go, and what each reader is shown and told of it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership, Office, User
from documents.models import Upload
from foreigners.models import Case, Finding, FindingEvent, FindingPerson

Words = str | Promise


@dataclass(frozen=True)
class Status:
    """What a reporter is told: a word, what it means, and why if it was returned."""

    code: str
    label: Words
    meaning: Words = ""


DRAFT = Status("draf", _("Draf"), _("Belum dikirim; hanya instansi Anda yang melihat."))
RECEIVED = Status("diterima", _("Diterima"), _("Menunggu telaah kantor imigrasi."))
RETURNED = Status("dikembalikan", _("Dikembalikan"), _("Lengkapi lalu kirim lagi."))
WITHDRAWN = Status("ditarik", _("Ditarik"), _("Ditarik melalui perbaikan notula."))
JOINED = Status(
    "digabung",
    _("Digabung dengan laporan lain"),
    _("Ditangani bersama laporan lain tentang hal yang sama."),
)
EXAMINED = Status("diperiksa", _("Sedang diperiksa"), _("Kasus sedang ditangani."))
REFERRED = Status(
    "dilimpahkan",
    _("Dilimpahkan"),
    _("Diteruskan ke instansi lain yang berwenang."),
)
OUTSIDE = Status(
    "bukan_imigrasi",
    _("Bukan urusan keimigrasian"),
    _("Tidak ditindaklanjuti sebagai perkara keimigrasian."),
)
NOT_PROVEN = Status("tidak_terbukti", _("Tidak terbukti"))
MEASURE = Status("tindakan", _("Selesai dengan tindakan administratif"))
PROSECUTION = Status("pro_justitia", _("Selesai melalui pro justitia"))
PROTECTION = Status("pelindungan", _("Selesai melalui pelindungan"))
WARNING = Status("teguran", _("Selesai dengan teguran"))

# A closing step that tells no class.
CLOSED = Status("selesai", _("Selesai"))

# The step that closed a case says in which class it ended.
OUTCOMES = {
    "close": MEASURE,
    "close_prosecution": PROSECUTION,
    "close_protection": PROTECTION,
    "close_referred": REFERRED,
    "warn": WARNING,
    "objection_annulled": NOT_PROVEN,
}
BY_STATE = {
    Finding.State.DRAFT: DRAFT,
    Finding.State.SUBMITTED: RECEIVED,
    Finding.State.RETURNED: RETURNED,
    Finding.State.REFERRED: REFERRED,
    Finding.State.OUTSIDE: OUTSIDE,
    Finding.State.WITHDRAWN: WITHDRAWN,
}


def status_of(finding: Finding) -> Status:
    """What the reporter reads; of a case, only its class. Needs a row of ``for_list``."""
    case = finding.case
    action: str | None = finding.closing_action  # type: ignore[attr-defined]
    return status_for(finding.state, case.state if case else "", action or "")


def status_for(state: str, case_state: str, closing_action: str) -> Status:
    """The same from the three things that it depends on; no case is an empty state."""
    if not case_state:
        return BY_STATE[Finding.State(state)]
    if case_state == Case.State.NOT_PROVEN:
        return NOT_PROVEN
    if case_state == Case.State.REFERRED:
        return REFERRED
    if case_state == Case.State.CLOSED:
        return OUTCOMES.get(closing_action, CLOSED)
    return JOINED if state == Finding.State.JOINED else EXAMINED


def offices_of(user: User, *, on: dt.date) -> QuerySet[Office]:
    """The offices that take a report of this person: one's own, or those in whose teams
    the agency sits today and that keep it."""
    if not user.is_liaison:
        return Office.objects.filter(pk=user.office_id)
    seats = Membership.objects.on(on).filter(agency=user.agency_id)
    return (
        Office.objects.filter(
            Q(pk__in=seats.values("team__office")) | Q(pk=user.agency.keeper_id)
        )
        .select_related("agency")
        .order_by("agency__name")
    )


@dataclass(frozen=True)
class FindingPage:
    """What one reader is shown of a finding; what they may not see is not in here."""

    reads: bool
    shows_persons: bool
    persons: list[FindingPerson]
    files: list[Upload]
    # For the agency that reported it.
    status: Status | None
    returned_because: str
    # For the office.
    events: list[FindingEvent]
    case: Case | None

    @property
    def opens_persons(self) -> bool:
        return bool(self.persons or self.files)


def finding_page(finding: Finding, *, user: User) -> FindingPage:
    """Needs a row of ``for_list``."""
    reads = user.has_perm("foreigners.read_finding", finding)
    shows = finding.shows_persons_to(user)
    follows = user.has_perm("foreigners.follow_finding", finding)
    events = list(finding.events.select_related("by")) if reads else []
    is_office = reads and not user.is_liaison
    cases = Case.objects.visible_to(user) | Case.objects.sealed_for(user)
    case = cases.filter(findings=finding).first() if is_office else None
    return FindingPage(
        reads=reads,
        shows_persons=shows,
        persons=list(finding.named_persons.select_related("foreigner"))
        if shows
        else [],
        files=list(finding.files.all()) if shows else [],
        status=status_of(finding) if follows else None,
        returned_because=_reason_of_return(finding, events),
        events=events if is_office else [],
        case=case,
    )


def _reason_of_return(finding: Finding, events: list[FindingEvent]) -> str:
    if finding.state != Finding.State.RETURNED:
        return ""
    returns = [event for event in events if event.state == Finding.State.RETURNED]
    return returns[-1].reason if returns else ""
