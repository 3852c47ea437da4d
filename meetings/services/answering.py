"""An agency's answer to its invitation, by personal link or by its liaison's account."""

import re
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.services.uploads import accept_letter
from meetings.models import Invitation, Meeting
from timpora.errors import DomainError

Answer = Invitation.Answer


class TooLateToAnswer(DomainError):
    pass


class AnswerIncomplete(DomainError):
    pass


def takes_answer(invitation: Invitation) -> bool:
    """Until the meeting starts; from then on the attendance sheet speaks."""
    meeting = invitation.meeting
    return meeting.state == Meeting.State.INVITED and meeting.starts_at > timezone.now()


@transaction.atomic
def answer_invitation(
    invitation: Invitation,
    *,
    answer: str,
    person: str = "",
    person_rank: str = "",
    person_nip: str = "",
    person_post: str = "",
    excuse: str = "",
    letter: UploadedFile | None = None,
    by: User | None = None,
) -> None:
    """Write what the agency says; it may say otherwise until the meeting starts."""
    if answer == Answer.SUBSTITUTE and not person.strip():
        raise AnswerIncomplete(_("Tulis nama wakil yang hadir."))
    if answer == Answer.EXCUSED and not excuse.strip():
        raise AnswerIncomplete(_("Tulis alasan berhalangan."))
    if not takes_answer(invitation):
        raise TooLateToAnswer(
            _("Rapat sudah dimulai atau tidak lagi menerima jawaban undangan.")
        )
    comes = answer != Answer.EXCUSED
    excuse_letter = None if comes else invitation.excuse_letter
    if letter and not comes:
        excuse_letter = accept_letter(letter, by=by)
    Invitation.objects.filter(pk=invitation.pk).update(
        answer=answer,
        answered_at=timezone.now(),
        person=person.strip() if comes else "",
        person_rank=person_rank.strip() if comes else "",
        person_nip=re.sub(r"\s", "", person_nip) if comes else "",
        person_post=person_post.strip() if comes else "",
        excuse="" if comes else excuse.strip(),
        # A corrected reason keeps the letter that came with the first one.
        excuse_letter=excuse_letter,
    )
    invitation.refresh_from_db()
    record(
        by,
        "meetings.answer_invitation",
        invitation,
        office_id=invitation.meeting.office_id,
        agency=invitation.agency,
        answer=answer,
    )


def note_opening(invitation: Invitation) -> None:
    """Remember when the agency first opened its link."""
    Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(
        opened_at=timezone.now()
    )


class LinkNotSent(DomainError):
    """An agency that was not summoned has no link to renew or revoke."""


@transaction.atomic
def renew_link(invitation: Invitation, *, token: str, by: User) -> None:
    """Give the agency a new link; the one before stops working at once."""
    change_link(invitation, token=token, revoked_at=None)
    note_link(invitation, by, "renewed")


@transaction.atomic
def revoke_link(invitation: Invitation, *, by: User) -> None:
    """Close the agency's link; its liaison's account still works."""
    change_link(invitation, revoked_at=timezone.now())
    note_link(invitation, by, "revoked")


def change_link(invitation: Invitation, **fields: Any) -> None:
    sent = Invitation.objects.filter(pk=invitation.pk, sent_at__isnull=False)
    if not sent.update(**fields):
        raise LinkNotSent(_("Undangan instansi ini belum dikirim."))
    invitation.refresh_from_db()


def note_link(invitation: Invitation, by: User, act: str) -> None:
    record(
        by,
        "meetings.change_link",
        invitation,
        office_id=invitation.meeting.office_id,
        act=act,
    )
