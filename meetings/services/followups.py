"""What agencies owe: they report, the secretariat accepts or returns, until it is done."""

import datetime as dt
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.services.uploads import accept_letter
from meetings.models import FollowUp, Progress
from timpora.dates import local_date
from timpora.errors import DomainError


class FollowUpClosed(DomainError):
    pass


class ProgressAlreadyJudged(DomainError):
    pass


class ReasonMissing(DomainError):
    pass


@transaction.atomic
def report_progress(
    follow_up: FollowUp,
    *,
    text: str,
    is_final: bool,
    evidence: Sequence[UploadedFile],
    by: User,
) -> Progress:
    """The agency says what it did; a final report waits for the secretariat's verdict."""
    state = FollowUp.State.REPORTED if is_final else FollowUp.State.OPEN
    moved = FollowUp.objects.filter(pk=follow_up.pk, state=FollowUp.State.OPEN)
    if not moved.update(state=state):
        raise FollowUpClosed(
            _("Tindak lanjut ini sudah dilaporkan selesai atau ditutup.")
        )
    progress = Progress.objects.create(
        follow_up=follow_up, text=text, is_final=is_final, reported_by=by
    )
    progress.evidence.set([accept_letter(file, by=by) for file in evidence])
    record(
        by,
        "meetings.report_progress",
        follow_up,
        office_id=follow_up.office_id,
        progress=progress.pk,
        is_final=is_final,
    )
    follow_up.refresh_from_db()
    return progress


@transaction.atomic
def accept_progress(progress: Progress, *, note: str, by: User) -> None:
    """Accept a report; a final one closes the follow-up on the day it was reported."""
    judge(progress, verdict=Progress.Verdict.ACCEPTED, reason=note, by=by)
    follow_up = progress.follow_up
    if progress.is_final:
        zone = follow_up.office.time_zone
        FollowUp.objects.filter(pk=follow_up.pk, state=FollowUp.State.REPORTED).update(
            state=FollowUp.State.DONE, done_on=local_date(progress.reported_at, zone)
        )
        follow_up.refresh_from_db()


@transaction.atomic
def return_progress(progress: Progress, *, reason: str, by: User) -> None:
    """Send a report back with a reason; the agency owes it again."""
    if not reason.strip():
        raise ReasonMissing(
            _("Tulis alasan pengembalian agar instansi tahu apa yang kurang.")
        )
    judge(progress, verdict=Progress.Verdict.RETURNED, reason=reason, by=by)
    FollowUp.objects.filter(
        pk=progress.follow_up_id, state=FollowUp.State.REPORTED
    ).update(state=FollowUp.State.OPEN)
    progress.follow_up.refresh_from_db()


def judge(progress: Progress, *, verdict: str, reason: str, by: User) -> None:
    """Write the verdict once; whoever comes second reads that it was given."""
    won = Progress.objects.filter(
        pk=progress.pk, verdict=Progress.Verdict.PENDING
    ).update(
        verdict=verdict,
        verdict_reason=reason.strip(),
        verdict_by=by,
        verdict_at=timezone.now(),
    )
    if not won:
        raise ProgressAlreadyJudged(_("Laporan ini sudah diperiksa oleh petugas lain."))
    record(
        by,
        "meetings.judge_progress",
        progress.follow_up,
        office_id=progress.follow_up.office_id,
        reason=reason.strip(),
        progress=progress.pk,
        verdict=verdict,
    )
    progress.refresh_from_db()


@transaction.atomic
def move_due_date(
    follow_up: FollowUp, *, due_on: dt.date, reason: str, by: User
) -> None:
    """Give an open follow-up another due date; the one before stays in the audit."""
    if not reason.strip():
        raise ReasonMissing(_("Tulis alasan perubahan tenggat."))
    before = follow_up.due_on
    if not FollowUp.objects.open().filter(pk=follow_up.pk).update(due_on=due_on):
        raise FollowUpClosed(_("Tindak lanjut ini sudah ditutup."))
    record(
        by,
        "meetings.move_due_date",
        follow_up,
        office_id=follow_up.office_id,
        reason=reason.strip(),
        before=before,
        after=due_on,
    )
    follow_up.refresh_from_db()


@transaction.atomic
def cancel_follow_up(follow_up: FollowUp, *, reason: str, by: User) -> None:
    """Release the agency from what it owes, with a reason that stays readable."""
    if not reason.strip():
        raise ReasonMissing(_("Tulis alasan pembatalan."))
    released = FollowUp.objects.open().filter(pk=follow_up.pk)
    if not released.update(state=FollowUp.State.CANCELLED, close_reason=reason.strip()):
        raise FollowUpClosed(_("Tindak lanjut ini sudah ditutup."))
    record(
        by,
        "meetings.cancel_follow_up",
        follow_up,
        office_id=follow_up.office_id,
        reason=reason.strip(),
    )
    follow_up.refresh_from_db()
