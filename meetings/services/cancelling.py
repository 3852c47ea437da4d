"""Calling a meeting off: with a reason, and with word to everybody who was summoned."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from meetings.models import Meeting
from meetings.services.delivering import owe_mail_to_all
from timpora.errors import DomainError

CANCELLABLE = (
    Meeting.State.DRAFT,
    Meeting.State.INVITED,
    Meeting.State.IN_SESSION,
    Meeting.State.MINUTES,
    Meeting.State.REVIEW,
)


class NotCancellable(DomainError):
    pass


class ReasonMissing(DomainError):
    pass


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: User) -> None:
    """Cancel a meeting whose minutes are not approved; calendars are told to drop it."""
    if not reason.strip():
        raise ReasonMissing(_("Tulis alasan pembatalan; instansi membacanya."))
    cancelled = Meeting.objects.filter(pk=meeting.pk, state__in=CANCELLABLE).update(
        state=Meeting.State.CANCELLED,
        cancel_reason=reason.strip(),
        sequence=F("sequence") + 1,
        revision=F("revision") + 1,
    )
    if not cancelled:
        raise NotCancellable(
            _("Rapat ini sudah dibatalkan atau notulanya sudah disahkan.")
        )
    meeting.refresh_from_db()
    owe_mail_to_all(meeting)
    record(
        by,
        "meetings.cancel",
        meeting,
        office_id=meeting.office_id,
        reason=reason.strip(),
    )
