"""The review: agencies that attended confirm or contest; silence is consent, recorded."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, Holiday, User
from agencies.services.audit import record
from documents.models import Classification
from meetings.models import (
    Attendance,
    Consent,
    Entry,
    Invitation,
    Meeting,
    Minutes,
    Objection,
)
from meetings.services.checking import refuse_incomplete
from meetings.services.minutes_mail import (
    ask_for_review,
    tell_changed,
    tell_contested,
    tell_settled,
)
from timpora.dates import add_working_days
from timpora.errors import DomainError


class NotReadyForReview(DomainError):
    pass


class ReviewClosed(DomainError):
    pass


class NotAReviewer(DomainError):
    pass


class ObjectionRefused(DomainError):
    pass


def reviewers(meeting: Meeting) -> QuerySet[Invitation]:
    """The invited agencies that came; who walked in uninvited has no link to answer by."""
    return Invitation.objects.filter(
        meeting=meeting, attendance__state__in=Attendance.CAME
    ).select_related("agency__type", "meeting")


@transaction.atomic
def open_review(minutes: Minutes, *, by: User) -> None:
    """Send complete minutes to the agencies that came, for the office's working days."""
    meeting = minutes.meeting
    refuse_incomplete(minutes)
    ends_on = add_working_days(
        meeting.office.today,
        meeting.office.review_days,
        Holiday.objects.free_days(meeting.office),
    )
    opened = Minutes.objects.filter(pk=minutes.pk, state=Minutes.State.DRAFT).update(
        state=Minutes.State.REVIEW,
        review_round=F("review_round") + 1,
        review_opened_at=timezone.now(),
        review_ends_on=ends_on,
    )
    if not opened or not _meeting_goes_to_review(meeting, minutes):
        raise NotReadyForReview(
            _("Notula ini belum atau tidak lagi dapat ditinjau. Muat ulang halaman.")
        )
    minutes.refresh_from_db()
    # What was agreed to before the chief returned the text was another text.
    minutes.consents.all().delete()
    invited = list(reviewers(meeting))
    _keep_links_open(invited, until=ends_on, zone=meeting.office.time_zone)
    for invitation in invited:
        ask_for_review(invitation, minutes)
    record(
        by,
        "meetings.open_review",
        minutes,
        office_id=meeting.office_id,
        ends_on=ends_on,
        round=minutes.review_round,
        agencies=[invitation.agency_id for invitation in invited],
    )


def _meeting_goes_to_review(meeting: Meeting, minutes: Minutes) -> bool:
    """A correction leaves the meeting approved: its papers stay in force meanwhile."""
    if minutes.is_correction:
        return Meeting.objects.filter(
            pk=meeting.pk, state=Meeting.State.APPROVED
        ).exists()
    moved = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.MINUTES).update(
        state=Meeting.State.REVIEW
    )
    meeting.refresh_from_db(fields=["state"])
    return bool(moved)


def _keep_links_open(invited: list[Invitation], *, until: dt.date, zone: str) -> None:
    end = dt.datetime.combine(until, dt.time.max, tzinfo=ZoneInfo(zone))
    Invitation.objects.filter(
        pk__in=[invitation.pk for invitation in invited], token_expires_at__lt=end
    ).update(token_expires_at=end)


@transaction.atomic
def confirm(minutes: Minutes, *, agency: Agency, by: User | None = None) -> None:
    """The agency agrees to the whole text; saying so twice counts once."""
    _refuse_stranger(minutes, agency)
    if _objections(minutes, agency).filter(settled_at=None).exists():
        raise ObjectionRefused(
            _("Keberatan instansi Anda belum diselesaikan; tunggu penyelesaiannya.")
        )
    _consent, created = Consent.objects.get_or_create(
        minutes=minutes,
        agency=agency,
        defaults={
            "form": Consent.Form.CONFIRMED,
            "at": timezone.now(),
            "by": by,
        },
    )
    if created:
        record(
            by,
            "meetings.confirm_minutes",
            minutes,
            office_id=minutes.meeting.office_id,
            agency=agency,
            revision=minutes.revision,
        )


@transaction.atomic
def contest(
    entry: Entry, *, agency: Agency, text: str, by: User | None = None
) -> Objection:
    """The agency contests one entry that it may read; an earlier consent falls."""
    minutes = entry.minutes
    _refuse_stranger(minutes, agency)
    if not Entry.objects.readable_by(agency.pk).filter(pk=entry.pk).exists():
        raise NotAReviewer(_("Butir ini tidak ditujukan kepada instansi Anda."))
    objection, created = Objection.objects.get_or_create(
        entry=entry,
        agency=agency,
        settled_at=None,
        defaults={
            "text": text,
            "raised_by": by,
            "review_round": minutes.review_round,
        },
    )
    if not created:
        raise ObjectionRefused(
            _("Instansi Anda sudah mengajukan keberatan atas butir ini.")
        )
    minutes.consents.filter(agency=agency).delete()
    record(
        by,
        "meetings.contest_entry",
        entry,
        office_id=minutes.meeting.office_id,
        agency=agency,
        objection=objection.pk,
    )
    tell_contested(objection, minutes)
    return objection


def _refuse_stranger(minutes: Minutes, agency: Agency) -> None:
    """Only an agency that came, and only while the window is open."""
    if not reviewers(minutes.meeting).filter(agency=agency).exists():
        raise NotAReviewer(
            _("Hanya instansi yang hadir dalam rapat yang meninjau notula ini.")
        )
    # The no-op UPDATE takes the row lock: an answer never slips past the submission.
    held = Minutes.objects.filter(pk=minutes.pk, state=Minutes.State.REVIEW).update(
        state=Minutes.State.REVIEW
    )
    if not held or minutes.window_is_over(minutes.meeting.office.today):
        raise ReviewClosed(_("Masa tinjauan notula ini sudah berakhir."))


def _objections(minutes: Minutes, agency: Agency) -> QuerySet[Objection]:
    return Objection.objects.filter(
        entry__minutes=minutes, agency=agency, review_round=minutes.review_round
    )


def accept_objection(
    objection: Objection, *, text: str, settlement: str, by: User
) -> None:
    """Change the contested text as agreed; the minutes' revision grows with it.

    While the window is open, whoever had agreed to the old text is asked again.
    """
    with transaction.atomic():
        _settle(objection, Objection.Outcome.ACCEPTED, settlement, by)
        Entry.objects.filter(pk=objection.entry_id).update(
            text=text, revision=F("revision") + 1, edited_by=by
        )
        Minutes.objects.filter(entries=objection.entry_id).update(
            revision=F("revision") + 1
        )
        _ask_again(objection, by)


def _ask_again(objection: Objection, by: User) -> None:
    """Nobody agrees to a text that they have not read: confirmations of it fall."""
    entry, minutes = objection.entry, objection.entry.minutes
    if minutes.window_is_over(minutes.meeting.office.today):
        return
    fallen = minutes.consents.filter(form=Consent.Form.CONFIRMED)
    if entry.classification == Classification.SECRET:
        named = [*entry.shared_with.values_list("pk", flat=True)]
        fallen = fallen.filter(agency__in=[*named, entry.agency_id, entry.owner_id])
    agencies = list(fallen.values_list("agency", flat=True))
    fallen.delete()
    for invitation in reviewers(minutes.meeting).filter(agency__in=agencies):
        tell_changed(invitation, objection)
    if agencies:
        record(
            by,
            "meetings.ask_again",
            minutes,
            office_id=minutes.meeting.office_id,
            objection=objection.pk,
            agencies=agencies,
        )


def reject_objection(objection: Objection, *, settlement: str, by: User) -> None:
    """Leave the text as it is and say why."""
    with transaction.atomic():
        _settle(objection, Objection.Outcome.REJECTED, settlement, by)


def _settle(objection: Objection, outcome: str, settlement: str, by: User) -> None:
    settled = Objection.objects.filter(
        pk=objection.pk,
        settled_at=None,
        entry__minutes__state=Minutes.State.REVIEW,
    ).update(
        outcome=outcome,
        settlement=settlement,
        settled_at=timezone.now(),
        settled_by=by,
    )
    if not settled:
        raise ReviewClosed(
            _("Keberatan ini sudah diselesaikan atau tinjauan berakhir.")
        )
    objection.refresh_from_db()
    minutes = objection.entry.minutes
    record(
        by,
        "meetings.settle_objection",
        objection,
        office_id=minutes.meeting.office_id,
        outcome=outcome,
    )
    tell_settled(objection, minutes)
