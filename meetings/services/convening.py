"""From an idea to a draft: from scratch, from a template, or from the last meeting."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import Region, User
from agencies.services.audit import record
from meetings.models import Invitation, Meeting, MeetingTemplate
from meetings.services.agenda import (
    agenda_of,
    following_agenda,
    usual_agenda,
    write_agenda,
)
from meetings.services.inviting import add_roster
from timpora.errors import DomainError


class MeetingChanged(DomainError):
    """Somebody else saved the meeting since it was read; nothing was written."""


class MeetingNotDraft(DomainError):
    pass


class FormNotYours(DomainError):
    """The form's token belongs to a meeting of another office."""


class FormSentBefore(DomainError):
    """The form's token made a meeting that says something else by now."""


@transaction.atomic
def create_meeting(
    *,
    by: User,
    form_token: uuid.UUID,
    scope_regions: list[Region],
    previous: Meeting | None = None,
    template: MeetingTemplate | None = None,
    **fields: Any,
) -> Meeting:
    """A draft with rundown and invitees; the same form sent twice makes one meeting, and
    is refused if it says something else the second time.

    Invited are the members whose seat is held on the meeting's date; with ``previous``
    also the guests of then, and the rundown starts with what is still owed.
    """
    if Meeting.objects.filter(form_token=form_token).exclude(office=by.office_id):
        raise FormNotYours(_("Formulir ini tidak berlaku. Muat ulang lalu isi lagi."))
    meeting, created = Meeting.objects.get_or_create(
        form_token=form_token,
        office_id=by.office_id,
        defaults={"created_by": by, "previous": previous, **fields},
    )
    if not created:
        _refuse_another_text(meeting, fields)
        return meeting
    meeting.scope_regions.set(scope_regions or meeting.team.regions.all())
    if previous:
        write_agenda(meeting, following_agenda(previous))
    else:
        write_agenda(meeting, template.agenda if template else usual_agenda())
    add_roster(meeting)
    if previous:
        invite_guests_again(meeting, previous)
    record(
        by,
        "meetings.create",
        meeting,
        office_id=meeting.office_id,
        previous=previous and previous.pk,
    )
    return meeting


def _refuse_another_text(meeting: Meeting, fields: dict[str, Any]) -> None:
    if any(getattr(meeting, name) != value for name, value in fields.items()):
        raise FormSentBefore(
            _(
                "Formulir ini sudah dikirim dan rapatnya tersimpan. Ubahlah pada halaman "
                "rapat itu; untuk rapat lain, tekan Rapat baru lagi."
            )
        )


def invite_guests_again(meeting: Meeting, previous: Meeting) -> None:
    invited = set(meeting.invitations.values_list("agency", flat=True))
    guests = previous.invitations.filter(role=Invitation.Role.GUEST)
    Invitation.objects.bulk_create(
        Invitation(
            meeting=meeting,
            agency_id=guest.agency_id,
            role=Invitation.Role.GUEST,
            addressee=guest.addressee,
            email=guest.email,
        )
        for guest in guests
        if guest.agency_id not in invited
    )


@transaction.atomic
def edit_meeting(
    meeting: Meeting,
    *,
    by: User,
    revision: int,
    scope_regions: list[Region],
    **fields: Any,
) -> None:
    """Change a draft that nobody else changed since ``revision`` was read."""
    saved = Meeting.objects.filter(
        pk=meeting.pk, revision=revision, state=Meeting.State.DRAFT
    ).update(revision=F("revision") + 1, **fields)
    if not saved:
        refuse_stale(meeting)
    meeting.refresh_from_db()
    meeting.scope_regions.set(scope_regions or meeting.team.regions.all())
    record(by, "meetings.edit", meeting, office_id=meeting.office_id, revision=revision)


def refuse_stale(meeting: Meeting) -> None:
    now = Meeting.objects.get(pk=meeting.pk)
    if not now.is_draft:
        raise MeetingNotDraft(
            _("Undangan rapat ini sudah terkirim. Pakai menu perubahan jadwal.")
        )
    raise MeetingChanged(
        _(
            "Orang lain menyimpan rapat ini sejak Anda membukanya. Bandingkan, lalu simpan."
        )
    )


@transaction.atomic
def save_as_template(meeting: Meeting, *, name: str, by: User) -> MeetingTemplate:
    """Keep the texts and the rundown for the next meeting of this sort."""
    template, _created = MeetingTemplate.objects.update_or_create(
        office_id=meeting.office_id,
        name=name,
        defaults={
            "kind": meeting.kind,
            "title": meeting.title,
            "theme": meeting.theme,
            "attire": meeting.attire,
            "request": meeting.request,
            "agenda": agenda_of(meeting),
        },
    )
    record(
        by, "meetings.save_template", template, office_id=meeting.office_id, name=name
    )
    return template
