"""The one table of what may be done with a case: from where, by whom, on what ground.

``foreigners.services.stepping`` is the only reader that moves a case. A row says what the
machine looks at (guards) and, as plainly, what it does not look at (unchecked).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from foreigners.models import Case
from foreigners.services import detention_guards as detention
from foreigners.services import facts as fact
from foreigners.services import guards as guard
from foreigners.services import outcome_guards as outcome
from foreigners.services.attempt import REOPEN, Attempt, role_names
from foreigners.services.detaining import decide_detentions
from foreigners.services.guards import Guard, is_approved_exception
from foreigners.services.measuring import DETAINABLE
from foreigners.services.step_clocks import (
    Starts,
    after_exception,
    forwarding,
    investigation_notice,
)

State = Case.State
OFFICERS = frozenset({User.Role.OFFICER, User.Role.SECTION_HEAD})
HEAD = frozenset({User.Role.SECTION_HEAD})
HEADS = frozenset({User.Role.SECTION_HEAD, User.Role.CHIEF})
CHIEF = frozenset({User.Role.CHIEF})
NOBODY: frozenset[User.Role] = frozenset()
LEAST_REASON = 10
LEAST_GRAVE_REASON = 30
WINDOW_OVER = "window_over"


@dataclass(frozen=True)
class Transition:
    """``roles`` is empty for what the law does by itself; ``ground`` names a Ground row.

    Without a ``target`` the case stays where it is. ``acts`` do what the step decides, in
    its transaction, once every condition is met.
    """

    action: str
    title: Any
    sources: tuple[Case.State, ...]
    target: Case.State | None
    roles: frozenset[User.Role]
    ground: str
    guards: tuple[Guard, ...]
    facts: tuple[fact.Facts, ...]
    starts: tuple[Starts, ...] = ()
    acts: tuple[Callable[[Attempt], None], ...] = ()
    papers: tuple[Any, ...] = ()
    notices: tuple[Any, ...] = ()
    unchecked: tuple[Any, ...] = ()
    least_reason: int = LEAST_REASON
    cancels_clocks: bool = False
    seals: bool = False
    unseals: bool = False
    is_override: bool = False

    @property
    def is_of_the_law(self) -> bool:
        return not self.roles

    @property
    def who(self) -> str:
        return role_names(self.roles)

    def target_from(self, state: str) -> Case.State:
        return Case.State(state) if self.target is None else self.target

    def ground_code(self, attempt: Attempt) -> str:
        """A check without an order rests on the exception that was approved."""
        if self.ground != "order":
            return self.ground
        orders = attempt.new_orders
        is_excepted = any(is_approved_exception(order) for order in orders)
        has_order = any(order.issued_on for order in orders)
        return "exception" if is_excepted and not has_order else "order"


FAIRNESS = _("Apakah alasan kecurigaan cukup, dan bebas dari kewarganegaraan orangnya.")
TRUTH = _("Apakah isi surat dan bukti benar; yang dilihat hanya bahwa keduanya ada.")
REPORTER = _("Instansi pelapor melihat hasil kasus tanpa data pribadi.")
INFORM = _("Orang yang bersangkutan diberi tahu dalam bahasa yang dimengertinya.")

TABLE = (
    Transition(
        action="start_verification",
        title=_("Mulai verifikasi lapangan"),
        sources=(State.REPORTED, State.REOPENED),
        target=State.VERIFICATION,
        roles=OFFICERS,
        ground="order",
        guards=(guard.order_or_exception,),
        facts=(fact.orders,),
        starts=(after_exception,),
        papers=(_("Surat perintah pengawasan keimigrasian"),),
        notices=(_("Petugas memperkenalkan diri dan menjelaskan maksud pemeriksaan."),),
        unchecked=(
            _("Apakah penanda tangan surat perintah berwenang pada tanggal itu."),
            _("Apakah orangnya benar tercantum dalam daftar atau tertangkap tangan."),
            FAIRNESS,
        ),
    ),
    Transition(
        action="examine",
        title=_("Mulai pemeriksaan"),
        sources=(State.VERIFICATION, State.REOPENED),
        target=State.EXAMINATION,
        roles=OFFICERS,
        ground="examination",
        guards=(
            guard.order_stands,
            guard.check_recorded,
            guard.somebody_named,
            guard.violation_named,
        ),
        facts=(fact.orders, fact.persons, fact.violations, fact.protections),
        papers=(_("Berita acara pemeriksaan (BAP)"),),
        notices=(
            _("Hak dibacakan, juru bahasa ditawarkan."),
            _("Pemberitahuan kepada perwakilan negaranya ditawarkan."),
        ),
        unchecked=(FAIRNESS, TRUTH),
    ),
    Transition(
        action="warn",
        title=_("Selesaikan dengan teguran"),
        sources=(State.VERIFICATION,),
        target=State.CLOSED,
        roles=HEAD,
        ground="warning",
        guards=(guard.violations_allow_warning, guard.warning_proven),
        facts=(fact.orders, fact.violations, fact.warnings),
        papers=(_("Surat teguran atau bukti perbaikan"),),
        notices=(INFORM, REPORTER),
        unchecked=(_("Apakah teguran sepadan dengan perbuatannya."), TRUTH),
    ),
    Transition(
        action="not_proven",
        title=_("Nyatakan tidak terbukti"),
        sources=(State.VERIFICATION,),
        target=State.NOT_PROVEN,
        roles=HEAD,
        ground="not_proven",
        guards=(guard.check_recorded,),
        facts=(fact.orders, fact.persons, fact.violations),
        notices=(INFORM, REPORTER),
        unchecked=(_("Apakah pemeriksaan lapangan cukup menyeluruh."),),
        least_reason=LEAST_GRAVE_REASON,
        cancels_clocks=True,
        seals=True,
    ),
    Transition(
        action="refer",
        title=_("Limpahkan ke instansi lain"),
        sources=(State.REPORTED, State.VERIFICATION, State.EXAMINATION),
        target=State.REFERRED,
        roles=HEAD,
        ground="referral",
        guards=(guard.referral_sent, outcome.no_running_detention),
        facts=(fact.violations, fact.referrals, fact.detentions),
        papers=(_("Surat pelimpahan"),),
        notices=(_("Instansi tujuan menjawab dengan tanda terima."), REPORTER),
        unchecked=(_("Apakah instansi tujuan berwenang atas perkara ini."),),
    ),
    Transition(
        action="referral_refused",
        title=_("Tangani sendiri setelah pelimpahan ditolak"),
        sources=(State.REFERRED,),
        target=State.VERIFICATION,
        roles=HEAD,
        ground="referral",
        guards=(guard.referrals_refused,),
        facts=(fact.referrals,),
        unchecked=(_("Apakah ada instansi lain yang berwenang."),),
    ),
    Transition(
        action="protect",
        title=_("Alihkan ke pelindungan"),
        sources=(State.VERIFICATION, State.EXAMINATION),
        target=State.PROTECTION,
        roles=HEAD,
        ground="protection",
        guards=(guard.protection_determined, outcome.no_running_detention),
        facts=(fact.persons, fact.protections, fact.detentions),
        notices=(_("Unit atau lembaga pelindungan dihubungi."), INFORM),
        unchecked=(TRUTH,),
        cancels_clocks=True,
    ),
    Transition(
        action="detain",
        title=_("Tetapkan pendetensian di luar gelar kasus"),
        sources=DETAINABLE,
        target=None,
        roles=CHIEF,
        ground="detention",
        guards=(
            detention.detention_drafted,
            detention.detention_grounded,
            detention.detention_placed,
            detention.detention_gate_answered,
            detention.detention_unblocked,
            detention.detention_decider_apart,
        ),
        facts=(fact.persons, fact.examinations, fact.detentions, fact.protections),
        acts=(decide_detentions,),
        papers=(_("Surat keputusan pendetensian"),),
        notices=(
            _("Keputusan disampaikan dengan bukti; sejak itu masa keberatan berjalan."),
            _("Pemberitahuan kepada perwakilan negaranya ditawarkan."),
            _(
                "Pendetensian ditinjau berkala; yang tidak ditinjau naik ke Kepala Kantor."
            ),
        ),
        unchecked=(
            _("Apakah menahan orang ini perlu, dan tidak ada cara yang lebih ringan."),
            _("Apakah orangnya benar ditolak masuk, bila itu alasannya."),
            FAIRNESS,
            TRUTH,
        ),
        least_reason=LEAST_GRAVE_REASON,
    ),
    Transition(
        action="convene",
        title=_("Bawa ke gelar kasus"),
        sources=(State.EXAMINATION,),
        target=State.CONFERENCE,
        roles=HEADS,
        ground="conference",
        guards=(guard.examinations_signed, guard.conference_convened),
        facts=(fact.persons, fact.examinations, fact.conference, fact.violations),
        papers=(_("Berita acara gelar kasus"),),
        unchecked=(_("Apakah alat bukti cukup; itu yang dinilai gelar kasus."),),
    ),
    Transition(
        action="decide_tak",
        title=_("Tetapkan keputusan TAK"),
        sources=(State.CONFERENCE,),
        target=State.DECIDED,
        roles=CHIEF,
        ground="tak",
        guards=(
            outcome.held_for_measure,
            outcome.criteria_chosen,
            outcome.measures_decided,
            outcome.decider_apart,
            outcome.gate_answered,
            outcome.removal_unblocked,
        ),
        facts=(
            fact.conference,
            fact.violations,
            fact.examinations,
            fact.measures,
            fact.protections,
        ),
        papers=(_("Surat keputusan TAK dengan pemberitahuan hak keberatan"),),
        notices=(
            _("Keputusan disampaikan dengan bukti; sejak itu masa keberatan berjalan."),
        ),
        unchecked=(
            _("Apakah tindakan sepadan, dan apakah pertimbangannya meyakinkan."),
            TRUTH,
        ),
    ),
    Transition(
        action="prosecute",
        title=_("Lanjutkan ke pro justitia"),
        sources=(State.CONFERENCE,),
        target=State.PROSECUTION,
        roles=HEADS,
        ground="prosecution",
        guards=(outcome.held_for_prosecution, outcome.prosecution_ordered),
        facts=(fact.conference, fact.violations, fact.prosecutions),
        starts=(investigation_notice,),
        papers=(_("Surat pemberitahuan dimulainya penyidikan (SPDP)"),),
        notices=(
            _("SPDP kepada penuntut umum melalui Korwas PPNS."),
            _("Tembusan kepada terperiksa, keluarga, dan perwakilan negaranya."),
        ),
        unchecked=(_("Apakah sedikitnya dua alat bukti cukup."), TRUTH),
    ),
    Transition(
        action="conference_not_proven",
        title=_("Nyatakan tidak terbukti menurut gelar kasus"),
        sources=(State.CONFERENCE,),
        target=State.NOT_PROVEN,
        roles=CHIEF,
        ground="conference",
        guards=(outcome.held_for_not_proven, outcome.no_running_detention),
        facts=(fact.conference, fact.persons, fact.violations, fact.detentions),
        notices=(INFORM, REPORTER),
        unchecked=(TRUTH,),
        cancels_clocks=True,
        seals=True,
    ),
    Transition(
        action="conference_protect",
        title=_("Alihkan ke pelindungan menurut gelar kasus"),
        sources=(State.CONFERENCE,),
        target=State.PROTECTION,
        roles=CHIEF,
        ground="protection",
        guards=(
            outcome.held_for_protection,
            guard.protection_determined,
            outcome.no_running_detention,
        ),
        facts=(fact.conference, fact.persons, fact.protections, fact.detentions),
        notices=(_("Unit atau lembaga pelindungan dihubungi."), INFORM),
        unchecked=(TRUTH,),
        cancels_clocks=True,
    ),
    Transition(
        action="serve",
        title=_("Nyatakan keputusan sudah disampaikan"),
        sources=(State.DECIDED,),
        target=State.OBJECTION_WINDOW,
        roles=OFFICERS,
        ground="objection",
        guards=(outcome.measures_served,),
        facts=(fact.measures, fact.objection_clocks),
        papers=(_("Berita acara penyampaian keputusan"),),
        notices=(_("Hari terakhir keberatan tercantum pada keputusan."),),
        unchecked=(_("Apakah penerima benar orang yang bersangkutan."), TRUTH),
    ),
    Transition(
        action="object",
        title=_("Nyatakan ada keberatan"),
        sources=(State.OBJECTION_WINDOW,),
        target=State.OBJECTION,
        roles=OFFICERS,
        ground="objection",
        guards=(outcome.objection_open,),
        facts=(fact.measures, fact.objections, fact.objection_clocks),
        starts=(forwarding,),
        papers=(_("Tanda terima keberatan"),),
        notices=(_("Keberatan diteruskan dengan pertimbangan."),),
        unchecked=(
            _("Apakah keberatan memenuhi syarat isi; itu yang diputus Menteri."),
        ),
    ),
    Transition(
        action=WINDOW_OVER,
        title=_("Masa keberatan habis"),
        sources=(State.OBJECTION_WINDOW,),
        target=State.EXECUTION,
        roles=NOBODY,
        ground="objection",
        guards=(outcome.objection_window_over, outcome.no_open_objection),
        facts=(fact.measures, fact.objections, fact.objection_clocks),
        unchecked=(_("Apakah keberatan pernah disampaikan di luar kantor ini."),),
    ),
    Transition(
        action="execute_early",
        title=_("Laksanakan sebelum keberatan selesai"),
        sources=(State.OBJECTION_WINDOW, State.OBJECTION),
        target=State.EXECUTION,
        roles=CHIEF,
        ground="early_execution",
        guards=(outcome.early_execution_chosen,),
        facts=(fact.measures, fact.objections, fact.objection_clocks),
        notices=(INFORM,),
        unchecked=(
            _(
                "Apakah keberatan menunda pelaksanaan: belum dipastikan dari teks hukum."
            ),
        ),
        least_reason=LEAST_GRAVE_REASON,
        is_override=True,
    ),
    Transition(
        action="objection_decided",
        title=_("Laksanakan setelah keberatan diputus"),
        sources=(State.OBJECTION,),
        target=State.EXECUTION,
        roles=HEADS,
        ground="objection",
        guards=(outcome.no_open_objection, outcome.measure_stands),
        facts=(fact.measures, fact.objections, fact.objection_clocks),
        notices=(INFORM,),
        unchecked=(_("Apakah putusan Menteri dibaca dengan benar."), TRUTH),
    ),
    Transition(
        action="objection_annulled",
        title=_("Tutup karena keputusan dibatalkan"),
        sources=(State.OBJECTION,),
        target=State.CLOSED,
        roles=CHIEF,
        ground="objection",
        guards=(outcome.all_annulled, outcome.no_running_detention),
        facts=(fact.measures, fact.objections, fact.detentions),
        notices=(INFORM, REPORTER),
        unchecked=(_("Apakah akibat keputusan sudah dipulihkan."),),
        cancels_clocks=True,
        seals=True,
    ),
    Transition(
        action="close",
        title=_("Tutup kasus"),
        sources=(State.EXECUTION,),
        target=State.CLOSED,
        roles=HEAD,
        ground="closing",
        guards=(
            outcome.measures_executed,
            outcome.removal_unblocked,
            outcome.no_running_detention,
        ),
        facts=(fact.measures, fact.objections, fact.protections, fact.detentions),
        notices=(REPORTER,),
        unchecked=(TRUTH,),
    ),
    Transition(
        action="close_prosecution",
        title=_("Tutup kasus setelah perkara selesai"),
        sources=(State.PROSECUTION,),
        target=State.CLOSED,
        roles=HEAD,
        ground="closing",
        guards=(
            outcome.prosecution_ended,
            outcome.spdp_sent,
            outcome.no_running_detention,
        ),
        facts=(fact.prosecutions, fact.detentions),
        notices=(REPORTER,),
        unchecked=(TRUTH,),
    ),
    Transition(
        action="close_protection",
        title=_("Tutup kasus setelah penyerahan"),
        sources=(State.PROTECTION,),
        target=State.CLOSED,
        roles=HEAD,
        ground="closing",
        guards=(guard.hand_over_recorded,),
        facts=(fact.protections, fact.referrals),
        notices=(REPORTER,),
        unchecked=(_("Apakah orangnya sungguh berada dalam pelindungan."),),
    ),
    Transition(
        action="close_referred",
        title=_("Tutup kasus yang dilimpahkan"),
        sources=(State.REFERRED,),
        target=State.CLOSED,
        roles=HEAD,
        ground="closing",
        guards=(guard.referral_accepted,),
        facts=(fact.referrals,),
        notices=(REPORTER,),
        unchecked=(_("Apa hasil perkara di instansi tujuan."),),
    ),
    Transition(
        action=REOPEN,
        title=_("Buka kembali"),
        sources=(State.CLOSED, State.NOT_PROVEN, State.REFERRED),
        target=State.REOPENED,
        roles=CHIEF,
        ground="reopening",
        guards=(outcome.new_evidence,),
        facts=(fact.new_findings, fact.persons, fact.violations),
        notices=(INFORM,),
        unchecked=(_("Apakah bukti itu sungguh baru dan berbobot."),),
        least_reason=LEAST_GRAVE_REASON,
        unseals=True,
    ),
)

TRANSITIONS = {row.action: row for row in TABLE}


def open_from(state: str) -> list[Transition]:
    """Every outcome that the table knows for a case in this state, in its order."""
    return [row for row in TABLE if state in row.sources]
