"""A measure is carried out: in part, in full or not at all, always with proof.

While an objection is open or may still come, only by the chief's choice in writing; while
a protection stands, nobody is removed.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.services.uploads import accept_letter
from foreigners.models import (
    Clock,
    ExecutionRecord,
    Measure,
    Objection,
)
from foreigners.queries.choices import EARLY_IS_FORBIDDEN
from foreigners.queries.law import choice_of
from foreigners.services.casefile import touch
from foreigners.services.clocks import (
    meet,
    start_clock,
)
from foreigners.services.detaining import REVIEW
from foreigners.services.overstay_sheets import LIMIT
from foreigners.services.protecting import refuse_detention, refuse_removal
from timpora.dates import long_date
from timpora.errors import DomainError

LEAST_CHOICE = 30
LEAST_REASON = 10
PAYMENT_NUMBER = re.compile(r"[0-9A-Z]{8,30}")


class ExecutionRefused(DomainError):
    pass


class ChoiceMissing(DomainError):
    """Carried out while an objection may come, without the chief's choice in writing."""


def objection_may_come(measure: Measure) -> bool:
    """Whether the window still runs or an objection is not decided."""
    window = Clock.objects.filter(
        measure=measure, rule__code="objection", ended_on=None
    )
    open_objections = Objection.objects.filter(measure=measure, decided_on=None)
    return window.exists() or open_objections.exists()


@transaction.atomic
def choose_early_execution(measure: Measure, *, reason: str, by: User) -> None:
    """The chief's written choice to carry it out before the objection is over.

    Whether the law suspends the execution is not certain; an office may forbid it.
    """
    case = measure.case
    today = case.office.today
    choice = choice_of(case.office, "execution_before_objection_ends", on=today)
    if choice.value == EARLY_IS_FORBIDDEN:
        raise ExecutionRefused(
            _("Kantor ini tidak melaksanakan tindakan selama masa keberatan.")
        )
    if len(reason.strip()) < LEAST_CHOICE:
        raise ChoiceMissing(
            _("Tulis alasannya sekurangnya %d karakter; pilihan ini dihitung.")
            % LEAST_CHOICE
        )
    chosen = Measure.objects.filter(
        pk=measure.pk,
        state__in=[Measure.State.DECIDED, Measure.State.SERVED],
        executed_on=None,
    ).update(
        early_execution_reason=reason.strip(),
        early_execution_by=by,
        revision=F("revision") + 1,
    )
    if not chosen:
        raise ExecutionRefused(_("Tindakan ini tidak menunggu pelaksanaan."))
    measure.refresh_from_db()
    touch(case)
    record(by, "foreigners.choose_early_execution", measure, office_id=case.office_id)


@dataclass(frozen=True)
class Execution:
    """What somebody says was carried out, and what proves it."""

    outcome: str
    on: dt.date
    note: str
    proof: UploadedFile
    payment_number: str = ""

    @property
    def is_done(self) -> bool:
        return self.outcome != Measure.Execution.IMPOSSIBLE

    @property
    def receipt(self) -> str:
        """The payment number as it is compared."""
        return self.payment_number.replace(" ", "").upper()


@transaction.atomic
def execute_measure(measure: Measure, done: Execution, *, by: User) -> Measure:
    """Record what was carried out; the rest of a partial one may follow."""
    case = measure.case
    refuse_execution(measure, on=done.on)
    refuse_unfit(measure, done)
    # Held at once or not at all: art. 83 is no TAK that an objection could overtake.
    early = (
        done.is_done
        and not measure.is_outside_conference
        and objection_may_come(measure)
    )
    if early and not measure.early_execution_reason:
        raise ChoiceMissing(
            _(
                "Masa keberatan belum habis atau keberatan belum diputus. Pelaksanaan "
                "memerlukan pilihan tertulis Kepala Kantor."
            )
        )
    proof = accept_letter(done.proof, by=by)
    executed = Measure.objects.filter(
        pk=measure.pk, state=Measure.State.SERVED, revision=measure.revision
    ).update(
        execution=done.outcome,
        executed_on=done.on,
        execution_note=done.note.strip(),
        execution_proof=proof,
        executed_by=by,
        executed_early=early or measure.executed_early,
        payment_number=done.receipt,
        revision=F("revision") + 1,
    )
    if not executed:
        raise ExecutionRefused(_("Tindakan ini berubah sejak Anda membukanya."))
    ExecutionRecord.objects.create(
        measure=measure,
        outcome=done.outcome,
        on=done.on,
        note=done.note.strip(),
        proof=proof,
        by=by,
    )
    measure.refresh_from_db()
    run_clocks(measure, done)
    touch(case)
    record(
        by,
        "foreigners.execute_measure",
        measure,
        office_id=case.office_id,
        outcome=done.outcome,
        on=done.on,
        early=early,
        proof=proof.sha256,
    )
    return measure


def refuse_unfit(measure: Measure, done: Execution) -> None:
    """The protection before a removal, the payment behind a charge, the reason of a
    failure."""
    if done.is_done and measure.kind.removes:
        refuse_removal(measure.person.foreigner)
    if done.is_done and measure.kind.detains:
        refuse_detention(measure.person.foreigner)
    if done.outcome == Measure.Execution.COMPLETE and measure.kind.charges:
        refuse_unpaid(measure, done.receipt)
    if not done.is_done and len(done.note.strip()) < LEAST_REASON:
        raise ExecutionRefused(
            _("Tulis mengapa tindakan ini tidak dapat dilaksanakan.")
        )


def refuse_execution(measure: Measure, *, on: dt.date) -> None:
    """When it may be carried out at all: decided, served, in its state, in order of days."""
    case = measure.case
    if measure.state != Measure.State.SERVED or measure.served_on is None:
        raise ExecutionRefused(
            _("Tindakan dilaksanakan setelah keputusannya disampaikan.")
        )
    if not measure.is_executable:
        raise ExecutionRefused(
            _("Kasus belum berada dalam pelaksanaan. Ambil langkahnya dahulu.")
        )
    if measure.execution == Measure.Execution.COMPLETE:
        raise ExecutionRefused(_("Tindakan ini sudah selesai dilaksanakan."))
    if on < measure.served_on:
        raise ExecutionRefused(
            _("Pelaksanaan tidak dapat mendahului penyampaian tanggal %s.")
            % long_date(measure.served_on)
        )
    if on > case.office.today:
        raise ExecutionRefused(_("Tanggal pelaksanaan belum tiba."))


def refuse_unpaid(measure: Measure, payment_number: str) -> None:
    """Paid at the state's till: no charge is closed with cash."""
    if measure.amount and not PAYMENT_NUMBER.fullmatch(payment_number):
        raise ExecutionRefused(
            _("Isi NTPN dari bukti setor ke kas negara (huruf dan angka).")
        )


def run_clocks(measure: Measure, done: Execution) -> None:
    """A detention is reviewed and has an end; who paid or left needs no watch."""
    kind, case = measure.kind, measure.case
    if not done.is_done:
        return
    if kind.detains and not measure.clocks.filter(rule__code=REVIEW).exists():
        for code in filter(None, (REVIEW, kind.period_rule)):
            start_clock(case, code, on=done.on, measure=measure)
    if measure.is_executed and (kind.charges or kind.removes):
        watched = case.clocks.filter(
            person=measure.person, rule__code=LIMIT, ended_on=None
        )
        for clock in watched:
            meet(clock, on=done.on)
