"""An objection (Permenimipas 2/2025 art. 73): received with a receipt, forwarded, decided.

Each may be entered later than it happened, under its own day. A late one is heard.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.services.uploads import accept_letter
from foreigners.models import Clock, Measure, Objection
from foreigners.services.casefile import touch
from foreigners.services.clocks import cancel, meet, start_clock
from foreigners.services.measure_papers import issue_receipt
from timpora.dates import long_date
from timpora.errors import DomainError

LEAST_REASON = 10


class ObjectionRefused(DomainError):
    pass


class ObjectionIsOpen(DomainError):
    pass


@dataclass(frozen=True)
class Filing:
    """An objection as it came in."""

    received_on: dt.date
    reasons: str
    by_proxy: str = ""
    power_of_attorney: UploadedFile | None = None
    evidence: Sequence[UploadedFile] = ()
    late_reason: str = ""


def window_of(measure: Measure) -> Clock | None:
    """The clock of the objection: from the service, once."""
    return measure.clocks.filter(rule__code="objection").first()


@transaction.atomic
def register_objection(measure: Measure, filed: Filing, *, by: User) -> Objection:
    """Take an objection in, whatever the state of the case, and print its receipt.

    After the window it says why it is late; it is never turned away for that.
    """
    case, window = measure.case, window_of(measure)
    is_late = window is not None and filed.received_on > window.due_on
    refuse_unfit(measure, filed, window if is_late else None)
    proxy = filed.by_proxy.strip()
    letter = filed.power_of_attorney if proxy else None
    objection = _open_objection(
        Objection(
            measure=measure,
            received_on=filed.received_on,
            reasons=filed.reasons.strip(),
            by_proxy=proxy,
            power_of_attorney=accept_letter(letter, by=by) if letter else None,
            is_late=is_late,
            late_reason=filed.late_reason.strip() if is_late else "",
            recorded_by=by,
        )
    )
    objection.evidence.set([accept_letter(file, by=by) for file in filed.evidence])
    Objection.objects.filter(pk=objection.pk).update(
        receipt=issue_receipt(objection, by=by)
    )
    objection.refresh_from_db()
    if window is not None:
        meet(window, on=filed.received_on)
    start_clock(
        case, "forward", on=filed.received_on, measure=measure, objection=objection
    )
    touch(case)
    record(
        by,
        "foreigners.register_objection",
        measure,
        office_id=case.office_id,
        objection=objection.pk,
        received_on=filed.received_on,
        is_late=is_late,
    )
    return objection


def refuse_unfit(measure: Measure, filed: Filing, missed: Clock | None) -> None:
    """What an objection has to be; ``missed`` is the window that it came after."""
    if measure.served_on is None:
        raise ObjectionRefused(
            _("Keberatan diajukan terhadap keputusan yang sudah disampaikan.")
        )
    refuse_day(
        filed.received_on,
        since=measure.served_on,
        until=measure.case.office.today,
        what=_("Keberatan"),
    )
    if len(filed.reasons.strip()) < LEAST_REASON:
        raise ObjectionRefused(_("Tulis alasan keberatannya."))
    if filed.by_proxy.strip() and filed.power_of_attorney is None:
        raise ObjectionRefused(_("Keberatan oleh kuasa disertai surat kuasa."))
    if missed is not None and len(filed.late_reason.strip()) < LEAST_REASON:
        raise ObjectionRefused(
            _("Masa keberatan habis pada %s. Tulis alasan keterlambatannya.")
            % long_date(missed.due_on)
        )


def _open_objection(objection: Objection) -> Objection:
    """The constraint settles a race of two who take the same one in."""
    try:
        with transaction.atomic():
            objection.save()
    except IntegrityError as error:
        raise ObjectionIsOpen(
            _("Keberatan terhadap tindakan ini sudah dicatat dan belum diputus.")
        ) from error
    return objection


@transaction.atomic
def forward_objection(
    objection: Objection, *, on: dt.date, advice: str, by: User
) -> None:
    """Passed on with the advice; from that day the Minister's days run."""
    case = objection.measure.case
    refuse_day(
        on,
        since=objection.received_on,
        until=case.office.today,
        what=_("Penerusan"),
    )
    if len(advice.strip()) < LEAST_REASON:
        raise ObjectionRefused(_("Tulis pertimbangan yang diteruskan."))
    forwarded = Objection.objects.filter(
        pk=objection.pk, forwarded_on=None, decided_on=None
    ).update(forwarded_on=on, advice=advice.strip(), forwarded_by=by)
    if not forwarded:
        raise ObjectionRefused(_("Keberatan ini sudah diteruskan atau sudah diputus."))
    objection.refresh_from_db()
    end_clocks(objection, "forward", on=on)
    start_clock(case, "minister", on=on, measure=objection.measure, objection=objection)
    touch(case)
    record(
        by,
        "foreigners.forward_objection",
        objection.measure,
        office_id=case.office_id,
        objection=objection.pk,
        on=on,
    )


@transaction.atomic
def decide_objection(
    objection: Objection,
    *,
    on: dt.date,
    outcome: str,
    note: str,
    proof: UploadedFile,
    by: User,
) -> None:
    """Record what was decided above the office; annulled, the measure is annulled."""
    measure, case = objection.measure, objection.measure.case
    if objection.forwarded_on is None:
        raise ObjectionRefused(
            _("Catat dahulu kapan keberatan diteruskan, juga bila sudah lama.")
        )
    refuse_day(
        on,
        since=objection.forwarded_on,
        until=case.office.today,
        what=_("Putusan"),
    )
    if len(note.strip()) < LEAST_REASON:
        raise ObjectionRefused(_("Tulis isi putusannya."))
    decided = Objection.objects.filter(pk=objection.pk, decided_on=None).update(
        decided_on=on,
        outcome=outcome,
        outcome_note=note.strip(),
        outcome_proof=accept_letter(proof, by=by),
    )
    if not decided:
        raise ObjectionRefused(_("Keberatan ini sudah diputus."))
    objection.refresh_from_db()
    end_clocks(objection, "minister", on=on)
    if outcome == Objection.Outcome.ANNULLED:
        annul(measure, on=on)
    touch(case)
    record(
        by,
        "foreigners.decide_objection",
        measure,
        office_id=case.office_id,
        objection=objection.pk,
        outcome=outcome,
        on=on,
    )


def annul(measure: Measure, *, on: dt.date) -> None:
    """The decision is gone, and with it whatever still ran because of it."""
    Measure.objects.filter(pk=measure.pk).exclude(state=Measure.State.ANNULLED).update(
        state=Measure.State.ANNULLED, revision=F("revision") + 1
    )
    measure.refresh_from_db()
    for clock in measure.clocks.filter(ended_on=None):
        cancel(clock, on=on)


def end_clocks(objection: Objection, code: str, *, on: dt.date) -> None:
    for clock in Clock.objects.filter(
        objection=objection, rule__code=code, ended_on=None
    ):
        meet(clock, on=on)


def refuse_day(day: dt.date, *, since: dt.date, until: dt.date, what: str) -> None:
    if day < since:
        raise ObjectionRefused(
            _("%(what)s tidak dapat mendahului %(day)s.")
            % {"what": what, "day": long_date(since)}
        )
    if day > until:
        raise ObjectionRefused(_("%s: tanggalnya belum tiba.") % what)
