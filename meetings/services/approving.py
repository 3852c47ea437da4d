"""From the review to the paper: submit, return, approve; each one statement wins once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.services.audit import record
from documents.models import DocumentVersion
from documents.services.snapshots import signer_for
from meetings.models import Consent, Meeting, Minutes, Objection
from meetings.services.checking import refuse_incomplete
from meetings.services.minutes_mail import announce, tell_returned, tell_submitted
from meetings.services.minutes_papers import issue_papers
from meetings.services.results import register_results
from meetings.services.reviewing import reviewers
from timpora.dates import long_date
from timpora.errors import DomainError


class ReviewStillOpen(DomainError):
    pass


class MinutesMoved(DomainError):
    pass


@transaction.atomic
def submit_minutes(minutes: Minutes, *, by: User, revision: int) -> None:
    """Hand the reviewed text to the chief; agencies that stayed silent consent.

    Refused while the window is open and somebody has not answered, while an objection is
    unsettled, and for another text than ``by`` has read.
    """
    meeting = minutes.meeting
    submitted = Minutes.objects.filter(
        pk=minutes.pk, state=Minutes.State.REVIEW, revision=revision
    ).update(
        state=Minutes.State.SUBMITTED, submitted_at=timezone.now(), submitted_by=by
    )
    if not submitted:
        raise MinutesMoved(
            _("Notula berubah sejak Anda membacanya atau tidak sedang ditinjau.")
        )
    refuse_incomplete(minutes)
    waiting, end = unanswered(minutes), minutes.review_ends_on
    if waiting and end is not None and meeting.office.today <= end:
        raise ReviewStillOpen(
            _(
                "Masa tinjauan berlangsung sampai %(end)s dan %(count)d instansi belum "
                "menjawab. Notula dapat diajukan setelah tanggal itu."
            )
            % {"end": long_date(end), "count": len(waiting)}
        )
    silent = _record_consents(minutes, waiting)
    minutes.refresh_from_db()
    record(
        by,
        "meetings.submit_minutes",
        minutes,
        office_id=meeting.office_id,
        revision=revision,
        silent=silent,
    )
    tell_submitted(minutes)


def unanswered(minutes: Minutes) -> list[Agency]:
    """Agencies that came and neither confirmed nor contested in this round."""
    answered = set(minutes.consents.values_list("agency", flat=True))
    answered |= _contesting(minutes)
    return [
        invitation.agency
        for invitation in reviewers(minutes.meeting)
        if invitation.agency_id not in answered
    ]


def _contesting(minutes: Minutes) -> set[int]:
    return set(
        Objection.objects.filter(
            entry__minutes=minutes, review_round=minutes.review_round
        ).values_list("agency", flat=True)
    )


def _record_consents(minutes: Minutes, silent: list[Agency]) -> list[int]:
    now = timezone.now()
    confirmed = set(minutes.consents.values_list("agency", flat=True))
    forms = dict.fromkeys(_contesting(minutes) - confirmed, Consent.Form.CONTESTED)
    forms |= {agency.pk: Consent.Form.SILENT for agency in silent}
    Consent.objects.bulk_create(
        Consent(minutes=minutes, agency_id=pk, form=form, at=now)
        for pk, form in forms.items()
    )
    return [agency.pk for agency in silent]


@transaction.atomic
def return_minutes(minutes: Minutes, *, reason: str, by: User) -> None:
    """Send the submitted text back to the minute-taker; a new review window follows."""
    meeting = minutes.meeting
    returned = Minutes.objects.filter(
        pk=minutes.pk, state=Minutes.State.SUBMITTED
    ).update(
        state=Minutes.State.DRAFT,
        returned_reason=reason,
        submitted_at=None,
        submitted_by=None,
        review_opened_at=None,
        review_ends_on=None,
    )
    if not returned:
        raise MinutesMoved(_("Notula ini tidak sedang menunggu pengesahan."))
    # A correction leaves the meeting approved.
    Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.REVIEW).update(
        state=Meeting.State.MINUTES
    )
    minutes.refresh_from_db()
    record(
        by,
        "meetings.return_minutes",
        minutes,
        office_id=meeting.office_id,
        reason=reason,
        round=minutes.review_round,
    )
    tell_returned(minutes)


@transaction.atomic
def approve_minutes(minutes: Minutes, *, by: User, revision: int) -> Minutes:
    """Lock exactly the text that the chief has read: papers, follow-ups and findings come
    into being with it, or nothing does. A second click finds it done and changes nothing.
    """
    # The no-op UPDATE takes the row lock before a number is taken, so that two chiefs'
    # clicks pass here one after the other and the later one burns no number.
    held = Minutes.objects.filter(
        pk=minutes.pk, state=Minutes.State.SUBMITTED, revision=revision
    ).update(state=Minutes.State.SUBMITTED)
    minutes = Minutes.objects.select_related("meeting__office__agency").get(
        pk=minutes.pk
    )
    if minutes.is_locked and minutes.revision == revision:
        return minutes
    if not held:
        raise MinutesMoved(
            _("Notula berubah sejak Anda membacanya atau tidak menunggu pengesahan.")
        )
    refuse_incomplete(minutes)
    signer = signer_for(minutes.meeting.office, by)
    circulation, annex = issue_papers(minutes, signer=signer, by=by)
    _stamp(minutes, by, circulation, annex)
    register_results(minutes, by=by)
    record(
        by,
        "meetings.approve_minutes",
        minutes,
        office_id=minutes.meeting.office_id,
        reason=minutes.reason,
        revision=revision,
        version=minutes.version,
        number=circulation.document.number,
    )
    announce(minutes, circulation.document)
    minutes.refresh_from_db()
    return minutes


def _stamp(
    minutes: Minutes,
    by: User,
    circulation: DocumentVersion,
    annex: DocumentVersion | None,
) -> None:
    Minutes.objects.filter(pk=minutes.pk).update(
        state=Minutes.State.APPROVED,
        approved_at=timezone.now(),
        approved_by=by,
        circulation=circulation,
        restricted=annex,
    )
    Meeting.objects.filter(pk=minutes.meeting_id).update(state=Meeting.State.APPROVED)
