"""The mail behind a summons: owed until the letter is there, then handed over once."""

import datetime as dt
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Notification
from agencies.services.notifying import notify
from meetings.models import Invitation, Meeting
from meetings.services.calendar import calendar_file
from meetings.services.letters import salutation
from meetings.tasks import deliver_invitation
from timpora.dates import clock_time, day_and_date
from timpora.outbox import claim, owed, send


def waiting() -> QuerySet[Invitation]:
    return Invitation.objects.filter(mail_owed=True)


def deliver(pk: int) -> None:
    """Queue the mail of one invitation, if its letter is ready; else the sweep returns.

    Delivered twice, the second finds nothing owed.
    """
    if not claim(waiting(), pk, lease=dt.timedelta(seconds=30)):
        return
    invitation = Invitation.objects.select_related(
        "meeting__office__agency", "meeting__team", "agency", "letter"
    ).get(pk=pk)
    if invitation.letter is None:
        return
    version = invitation.letter.current
    if not (version.is_final or invitation.meeting.is_cancelled):
        return
    with transaction.atomic():
        notification = None
        if invitation.email:
            attachments = [calendar_attachment(invitation)]
            if version.is_final:
                attachments.append(
                    {
                        "name": version.file_name,
                        "mime": "application/pdf",
                        "path": version.latest_file,
                    }
                )
            notification = mail(invitation, attachments)
        settle(invitation, notification)


def settle(invitation: Invitation, notification: Notification | None) -> None:
    """Note the mail as handed over, unless a newer one came to be owed meanwhile."""
    meeting = invitation.meeting
    Invitation.objects.filter(
        pk=invitation.pk,
        resent=invitation.resent,
        meeting__sequence=meeting.sequence,
        meeting__state=meeting.state,
    ).update(mail_owed=False, leased_until=None, notification=notification)


def calendar_attachment(invitation: Invitation) -> dict[str, Any]:
    method = "CANCEL" if invitation.meeting.is_cancelled else "REQUEST"
    return {
        "name": "undangan.ics",
        "mime": f"text/calendar; method={method}; charset=utf-8",
        "text": calendar_file(invitation),
    }


def mail(invitation: Invitation, attachments: list[dict[str, Any]]) -> Notification:
    meeting = invitation.meeting
    if meeting.is_cancelled:
        subject = _("Pembatalan: %s") % meeting.title
    elif meeting.sequence:
        subject = _("Perubahan undangan: %s") % meeting.title
    else:
        subject = _("Undangan: %s") % meeting.title
    occasion = f"{meeting.sequence}:{meeting.state}:{invitation.resent}"
    return notify(
        key=f"invitation:{invitation.pk}:{occasion}",
        to=invitation.email,
        subject=subject,
        body=message_text(invitation),
        office_id=meeting.office_id,
        attachments=attachments,
    )


def message_text(invitation: Invitation) -> str:
    """The summons in plain words, for mail and for sharing by WhatsApp."""
    meeting = invitation.meeting
    to, agency = salutation(
        invitation.addressee, invitation.agency.name_on(meeting.day)
    )
    head = _("Yth. %s") % " ".join(filter(None, [to, agency]))
    facts = "\n".join(
        [
            f"{_('Acara')}: {meeting.title}",
            f"{_('Hari/tanggal')}: {day_and_date(meeting.day)}",
            f"{_('Waktu')}: {clock_time(meeting.starts_at, meeting.office.time_zone)}",
            f"{_('Tempat')}: {meeting.venue}",
        ]
    )
    if meeting.is_cancelled:
        call = _("Rapat ini dibatalkan. Alasan: %s") % meeting.cancel_reason
    else:
        call = (
            _("Mohon konfirmasi kehadiran, dan catat kehadiran pada hari rapat, di:")
            + f"\n{settings.SITE_URL}{invitation.get_link()}\n\n"
            + _("Tautan ini khusus instansi Anda; mohon tidak disebarkan.")
        )
    return "\n\n".join([head, facts, call, str(meeting.office)])


def send_owed() -> None:
    """The sweep: ring again for mail whose letter came after the bell."""
    for pk in owed(waiting(), at=timezone.now()).values_list("pk", flat=True)[:200]:
        send(deliver_invitation, pk)


@transaction.atomic
def owe_mail_to_all(meeting: Meeting) -> None:
    """Every agency that was summoned is owed word of what changed."""
    sent = meeting.invitations.filter(sent_at__isnull=False)
    sent.update(mail_owed=True, leased_until=None)
    for pk in sent.values_list("pk", flat=True):
        transaction.on_commit(partial(send, deliver_invitation, pk))
