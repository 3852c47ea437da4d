"""Taking a step: the only way in which a case changes its state."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from foreigners.models import Case, CaseEvent
from foreigners.services.attempt import Attempt
from foreigners.services.clocks import cancel, start_clock
from foreigners.services.receipts import (
    Missing,
    digest_of,
    missing_of,
    receipt_of,
    starts_of,
    stopped_by,
)
from foreigners.services.transitions import TRANSITIONS, Transition
from timpora.dates import clock_time, local_date, long_date
from timpora.errors import DomainError

UNKNOWN_ACTION = "unknown_action"
WRONG_ROLE = "wrong_role"
WRONG_STATE = "wrong_state"
STALE = "stale"
REASON = "reason"


class StepRefused(DomainError):
    """``code`` is stable: unknown_action, wrong_role, wrong_state, stale, or ``missing:``
    and the name of the first condition that is not met; ``missing`` holds all of them."""

    def __init__(
        self, code: str, sentence: str, missing: tuple[Missing, ...] = ()
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.missing = missing


@transaction.atomic
def take_step(
    case: Case,
    action: str,
    *,
    by: User | None,
    reason: str,
    revision: int,
    shown: str = "",
) -> CaseEvent:
    """Move the case as the table says, and keep the receipt that the step rests on.

    ``revision`` is what ``by`` has read and ``shown`` the digest of the receipt that they
    confirmed: if the world has moved on since, nothing happens. ``by`` is None when the
    law itself moves the case.
    """
    row = row_called(action)
    current = Case.objects.select_related("office").get(pk=case.pk)
    refuse_role(row, current, by)
    refuse_stale(current, revision)
    refuse_state(row, current)
    attempt = Attempt(current, on=current.office.today, by=by)
    receipt = receipt_of(row, attempt)
    if shown and shown != digest_of(receipt):
        raise StepRefused(
            STALE, _("Dasar langkah ini berubah sejak Anda membacanya. Periksa lagi.")
        )
    refuse_missing(row, attempt, reason)
    event = move(row, attempt, receipt, reason.strip())
    case.refresh_from_db()
    return event


def row_called(action: str) -> Transition:
    if action not in TRANSITIONS:
        raise StepRefused(UNKNOWN_ACTION, _("Langkah ini tidak dikenal."))
    return TRANSITIONS[action]


def refuse_role(row: Transition, case: Case, by: User | None) -> None:
    if by is None:
        may = row.is_of_the_law
    else:
        may = by.role in row.roles and by.office_id == case.office_id
    if not may:
        raise StepRefused(
            WRONG_ROLE,
            _("Langkah “%(step)s” hanya dapat diambil oleh %(who)s.")
            % {"step": row.title, "who": row.who},
        )


def refuse_stale(case: Case, revision: int) -> None:
    if case.revision != revision:
        raise StepRefused(STALE, what_happened(case, revision))


def what_happened(case: Case, revision: int) -> str:
    """Who moved the case since that revision, and when; or that something else changed."""
    event = case.events.select_related("by").last()
    if event is None or event.receipt.get("revision", 0) < revision:
        return _("Kasus ini berubah sejak Anda membacanya. Periksa lagi.")
    zone = case.office.time_zone
    return _(
        "%(who)s sudah mengambil langkah “%(step)s” pada %(day)s pukul %(time)s. Periksa "
        "lagi apa yang masih diperlukan."
    ) % {
        "who": event.by or _("Sistem"),
        "step": event.receipt["title"],
        "day": long_date(local_date(event.at, zone)),
        "time": clock_time(event.at, zone),
    }


def refuse_state(row: Transition, case: Case) -> None:
    if case.state not in row.sources:
        raise StepRefused(
            WRONG_STATE,
            _(
                "Langkah “%(step)s” tidak dapat diambil dari status “%(state)s”, hanya "
                "dari: %(sources)s."
            )
            % {
                "step": row.title,
                "state": case.get_state_display(),
                "sources": ", ".join(str(state.label) for state in row.sources),
            },
        )


def refuse_missing(row: Transition, attempt: Attempt, reason: str) -> None:
    missing = missing_of(row, attempt)
    if len(reason.strip()) < row.least_reason:
        sentence = _("Tulis alasan, sedikitnya %d karakter.") % row.least_reason
        missing.append(Missing(REASON, sentence))
    if missing:
        raise StepRefused(
            f"missing:{missing[0].guard}",
            " ".join(one.sentence for one in missing),
            tuple(missing),
        )


def move(
    row: Transition, attempt: Attempt, receipt: dict[str, Any], reason: str
) -> CaseEvent:
    case, now = attempt.case, timezone.now()
    changes: dict[str, Any] = {}
    if row.target is not None:
        changes |= {"state": row.target, "state_since": now}
    if row.seals or row.unseals:
        changes["sealed_at"] = now if row.seals else None
    # Of two who confirm at once one finds the row moved: the count decides.
    moved = Case.objects.filter(
        pk=case.pk, state=case.state, revision=case.revision
    ).update(revision=F("revision") + 1, **changes)
    if not moved:
        raise StepRefused(STALE, what_happened(case, case.revision))
    event = keep_event(row, attempt, receipt, reason, at=now)
    for clock in stopped_by(row, attempt):
        cancel(clock, on=attempt.on)
    for start in starts_of(row, attempt):
        start_clock(case, start.code, on=start.on, **start.about)
    for act in row.acts:
        act(attempt)
    return event


def keep_event(
    row: Transition,
    attempt: Attempt,
    receipt: dict[str, Any],
    reason: str,
    *,
    at: dt.datetime,
) -> CaseEvent:
    by = attempt.by
    kept = {
        **receipt,
        "confirmed": {
            "by": by.name if by else None,
            "role": str(by.get_role_display()) if by else None,
            "at": at.isoformat(),
            "reason": reason,
        },
    }
    event = CaseEvent.objects.create(
        case=attempt.case,
        action=row.action,
        from_state=attempt.case.state,
        to_state=row.target_from(attempt.case.state),
        ground=attempt.grounds[row.ground_code(attempt)],
        reason=reason,
        receipt=kept,
        receipt_sha256=digest_of(kept),
        at=at,
        by=by,
        is_override=row.is_override,
    )
    # The reason may speak of a person: it stays in the file, the trail has its digest.
    record(
        by,
        "foreigners.step",
        attempt.case,
        office_id=attempt.case.office_id,
        action=row.action,
        before=attempt.case.state,
        after=event.to_state,
        event=event.pk,
        sha256=event.receipt_sha256,
        is_override=row.is_override,
    )
    return event
