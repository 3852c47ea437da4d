"""Opening and closing the session of a meeting."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services import audit
from meetings.models import Meeting, Minutes
from timpora.errors import DomainError


class NotInvited(DomainError):
    pass


class NotInSession(DomainError):
    pass


@transaction.atomic
def open_session(meeting: Meeting, *, by: User) -> Minutes:
    """Begin the session of a summoned meeting, with empty minutes to write in."""
    won = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.INVITED).update(
        state=Meeting.State.IN_SESSION, opened_at=timezone.now()
    )
    meeting.refresh_from_db()
    if not won:
        raise NotInvited(
            _("Rapat tidak dapat dibuka: rapat berstatus “%(state)s”.")
            % {"state": meeting.get_state_display()}
        )
    minutes = Minutes.objects.create(meeting=meeting)
    audit.record(by, "meetings.open_session", meeting, office_id=meeting.office_id)
    return minutes


@transaction.atomic
def close_session(meeting: Meeting, *, by: User) -> None:
    """End the session; the minutes stay open until they go out for review."""
    won = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.IN_SESSION).update(
        state=Meeting.State.MINUTES, closed_at=timezone.now()
    )
    meeting.refresh_from_db()
    if not won:
        raise NotInSession(
            _("Rapat tidak dapat ditutup: rapat berstatus “%(state)s”.")
            % {"state": meeting.get_state_display()}
        )
    audit.record(by, "meetings.close_session", meeting, office_id=meeting.office_id)
