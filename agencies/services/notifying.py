"""E-mail: a row first, the task after the commit; a sweep finds what was left behind."""

import datetime as dt
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from agencies.models import Notification
from agencies.tasks import send_notification
from timpora.outbox import back_off, claim, owed, send

MOST_ATTEMPTS = 8


def notify(
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    office_id: int | None,
    attachments: list[dict[str, Any]] | None = None,
) -> Notification:
    """Owe one e-mail for the occasion ``key``; the same occasion is never owed twice."""
    notification, created = Notification.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": subject,
            "body": body,
            "office_id": office_id,
            "attachments": attachments or [],
        },
    )
    if created:
        transaction.on_commit(partial(send, send_notification, notification.pk))
    return notification


def waiting() -> Any:
    return Notification.objects.filter(sent_at=None, failed_at=None)


def deliver(pk: int) -> None:
    """Send one owed e-mail; a second delivery of the task finds nothing to do."""
    if not claim(waiting(), pk):
        return
    notification = Notification.objects.get(pk=pk)
    message = EmailMessage(
        notification.subject,
        notification.body,
        to=[notification.to],
        # The receiving server drops a second copy if we die between sending and noting.
        headers={
            "Message-ID": f"<timpora-{notification.pk}-{notification.key}@timpora>"
        },
    )
    for part in notification.attachments:
        content = part.get("text")
        if content is None:
            with default_storage.open(part["path"]) as file:
                content = file.read()
        message.attach(part["name"], content, part["mime"])
    try:
        message.send()
    except (SMTPException, OSError) as error:
        note_failure(notification, error)
        return
    Notification.objects.filter(pk=pk).update(
        sent_at=timezone.now(), leased_until=None, error=""
    )


def note_failure(notification: Notification, error: Exception) -> None:
    """Try again later, each time twice as late; after the last attempt say why."""
    now = timezone.now()
    reason = f"{type(error).__name__}: {error}"[:200]
    row = Notification.objects.filter(pk=notification.pk)
    if notification.attempts >= MOST_ATTEMPTS:
        row.update(failed_at=now, error=reason)
        return
    row.update(error=reason)
    back_off(notification, at=now + dt.timedelta(minutes=2**notification.attempts))


def send_owed() -> None:
    """The sweep: send again whatever nobody has been sending for a minute."""
    now = timezone.now()
    late = owed(waiting(), at=now).filter(queued_at__lt=now - dt.timedelta(minutes=1))
    for pk in late.order_by("pk").values_list("pk", flat=True)[:200]:
        send(send_notification, pk)
