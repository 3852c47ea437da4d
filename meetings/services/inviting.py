"""Who is invited, and the summons: one numbered letter per agency, or nothing."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, Membership, Signer, User
from agencies.services.audit import record
from documents.models import Document
from documents.services.issuing import correct, issue
from meetings.models import Attendance, Invitation, Meeting
from meetings.queries.readiness import Problem, problems_of
from meetings.services.letters import letter_snapshot
from meetings.tasks import deliver_invitation
from timpora.errors import DomainError
from timpora.outbox import send

LETTER = "meetings/pdf/undangan.html"
# A personal link outlives the meeting by a fortnight: corrections, review, papers.
LINK_LIFE = dt.timedelta(days=14)


class AlreadyInvited(DomainError):
    pass


class InvitationSent(DomainError):
    pass


class InvitationNotSent(DomainError):
    pass


class NotReadyToSend(DomainError):
    """``problems`` is what the check found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(
            _("Undangan belum dapat dikirim. Perbaiki dulu yang tertulis.")
        )
        self.problems = problems


class MeetingMoved(DomainError):
    pass


def add_roster(meeting: Meeting) -> int:
    """Invite the team's members on the meeting's date who are not yet invited.

    The office itself convenes; it is not sent a letter.
    """
    invited = set(meeting.invitations.values_list("agency", flat=True))
    seats = (
        Membership.objects.on(meeting.day)
        .filter(team=meeting.team_id)
        .exclude(agency=meeting.office_id)
        .select_related("agency")
    )
    new = {
        seat.agency_id: Invitation(
            meeting=meeting,
            agency=seat.agency,
            addressee=seat.post or _("Kepala"),
            email=seat.agency.email,
        )
        for seat in seats
        if seat.agency_id not in invited
    }
    Invitation.objects.bulk_create(new.values())
    return len(new)


@transaction.atomic
def add_invitee(
    meeting: Meeting, *, agency: Agency, role: str, addressee: str, email: str, by: User
) -> Invitation:
    """Invite one more agency; after the summons its letter goes out at once."""
    require_open(meeting)
    invitation, created = Invitation.objects.get_or_create(
        meeting=meeting,
        agency=agency,
        defaults={
            "role": role,
            "addressee": addressee,
            "email": email or agency.email,
        },
    )
    if not created:
        raise AlreadyInvited(_("%s sudah ada dalam daftar undangan.") % agency)
    record(
        by,
        "meetings.add_invitee",
        meeting,
        office_id=meeting.office_id,
        agency_added=agency.pk,
    )
    if not meeting.is_draft:
        summon(meeting, [invitation], by=by)
    return invitation


@transaction.atomic
def edit_invitee(
    invitation: Invitation, *, addressee: str, email: str, role: str, by: User
) -> None:
    """Correct whom a letter addresses, as long as it was not sent."""
    saved = Invitation.objects.filter(pk=invitation.pk, sent_at=None).update(
        addressee=addressee, email=email, role=role
    )
    if not saved:
        raise InvitationSent(_("Undangan instansi ini sudah terkirim."))
    record(
        by,
        "meetings.edit_invitee",
        invitation.meeting,
        office_id=invitation.meeting.office_id,
        agency_changed=invitation.agency_id,
    )


@transaction.atomic
def remove_invitee(invitation: Invitation, *, by: User) -> None:
    """Take an agency off the list before its letter is sent."""
    deleted, _rows = Invitation.objects.filter(pk=invitation.pk, sent_at=None).delete()
    if not deleted:
        raise InvitationSent(
            _("Undangan sudah terkirim dan tidak dapat dihapus dari daftar.")
        )
    record(
        by,
        "meetings.remove_invitee",
        invitation.meeting,
        office_id=invitation.meeting.office_id,
        agency_removed=invitation.agency_id,
    )


def require_open(meeting: Meeting) -> None:
    if meeting.state not in {
        Meeting.State.DRAFT,
        Meeting.State.INVITED,
        Meeting.State.IN_SESSION,
    }:
        raise MeetingMoved(_("Rapat ini tidak lagi menerima undangan."))


@transaction.atomic
def send_invitations(
    meeting: Meeting, *, by: User, revision: int, accepts_warnings: bool = False
) -> None:
    """Summon every invited agency: numbers, letters, links and sheet, all or nothing.

    Refused with the list of problems while one stands; warnings need a tick. A second
    click finds the meeting moved and sends nothing.
    """
    problems = problems_of(meeting)
    if any(problem.blocks or not accepts_warnings for problem in problems):
        raise NotReadyToSend(problems)
    moved = Meeting.objects.filter(
        pk=meeting.pk, state=Meeting.State.DRAFT, revision=revision
    ).update(state=Meeting.State.INVITED, revision=F("revision") + 1)
    if not moved:
        raise MeetingMoved(
            _("Rapat berubah atau undangannya sudah terkirim. Periksa lagi.")
        )
    meeting.refresh_from_db()
    summon(meeting, list(meeting.invitations.select_related("agency")), by=by)
    record(
        by,
        "meetings.send_invitations",
        meeting,
        office_id=meeting.office_id,
        warnings=[problem.sentence for problem in problems],
    )


def summon(meeting: Meeting, invitations: list[Invitation], *, by: User) -> None:
    """Letter, link and attendance line for each invitation; mail follows the letter."""
    now = timezone.now()
    signer = signer_on(meeting)
    signers = signing_in_person(signer, by)
    for invitation in invitations:
        version = issue(
            office=meeting.office,
            kind=Document.Kind.INVITATION,
            title=_("Undangan %s") % meeting.title,
            dated_on=timezone.localdate(now),
            template=LETTER,
            snapshot=letter_snapshot(invitation, signer=signer),
            by=by,
            readers=[invitation.agency],
            signers=signers,
            then=deliver_invitation.si(invitation.pk),
        )
        Invitation.objects.filter(pk=invitation.pk).update(
            letter=version.document,
            sent_at=now,
            mail_owed=True,
            token_expires_at=meeting.ends_at + LINK_LIFE,
        )
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, invitation=invitation, agency=invitation.agency)
        for invitation in invitations
    )


def signing_in_person(signer: Signer, by: User) -> dict[str, Signer]:
    """A letter goes out at once: with the signature of whoever sends it, or with none."""
    return {"signer": signer} if signer.user_id == by.pk else {}


def signer_on(meeting: Meeting) -> Signer:
    """Who signs today: the head's own signature before any stand-in's."""
    signer = (
        Signer.objects.on(timezone.localdate())
        .filter(office=meeting.office_id)
        .order_by("capacity", "pk")
        .first()
    )
    if signer is None:
        raise MeetingMoved(_("Kantor belum mempunyai penanda tangan yang berlaku."))
    return signer


@transaction.atomic
def reschedule(
    meeting: Meeting,
    *,
    by: User,
    revision: int,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    venue: str,
    venue_region_id: str | None,
    reason: str,
) -> None:
    """Move a meeting that was summoned: each letter gets a new version, each calendar a
    higher sequence."""
    moved = Meeting.objects.filter(
        pk=meeting.pk, state=Meeting.State.INVITED, revision=revision
    ).update(
        starts_at=starts_at,
        ends_at=ends_at,
        venue=venue,
        venue_region=venue_region_id,
        sequence=F("sequence") + 1,
        revision=F("revision") + 1,
    )
    if not moved:
        raise MeetingMoved(
            _("Rapat ini berubah sejak Anda membukanya. Muat ulang lalu ulangi.")
        )
    meeting.refresh_from_db()
    signer = signer_on(meeting)
    sent = meeting.invitations.filter(sent_at__isnull=False)
    for invitation in sent.select_related("agency", "letter"):
        if invitation.letter:
            correct(
                invitation.letter,
                snapshot=letter_snapshot(invitation, signer=signer),
                reason=reason,
                by=by,
                template=LETTER,
                signers=signing_in_person(signer, by),
                then=deliver_invitation.si(invitation.pk),
            )
    sent.update(mail_owed=True, token_expires_at=ends_at + LINK_LIFE)
    record(
        by,
        "meetings.reschedule",
        meeting,
        office_id=meeting.office_id,
        reason=reason,
        sequence=meeting.sequence,
    )


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> None:
    """Owe the mail of a sent invitation once more."""
    owed = Invitation.objects.filter(pk=invitation.pk, sent_at__isnull=False).update(
        mail_owed=True, resent=F("resent") + 1, leased_until=None
    )
    if not owed:
        raise InvitationNotSent(_("Undangan instansi ini belum dikirim."))
    record(
        by,
        "meetings.resend_invitation",
        invitation.meeting,
        office_id=invitation.meeting.office_id,
        agency_mailed=invitation.agency_id,
    )
    transaction.on_commit(partial(send, deliver_invitation, invitation.pk))
