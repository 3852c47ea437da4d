"""The circulation copy of approved minutes, to each agency that came, once."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.services.audit import record
from documents.models import Document
from meetings.models import Attendance, Circulation, Minutes
from meetings.services.minutes_mail import send_copy
from timpora.errors import DomainError


class NothingToCirculate(DomainError):
    pass


class AlreadyCirculated(DomainError):
    pass


@dataclass(frozen=True)
class Recipient:
    """An agency that came, where its copy goes, and what became of it so far."""

    agency: Agency
    addressee: str
    address: str
    sent: Circulation | None

    @property
    def has_failed(self) -> bool:
        mail = self.sent.notification if self.sent else None
        return mail is not None and mail.failed_at is not None

    @property
    def is_reached(self) -> bool:
        """It has the mail, or the mail is on its way."""
        return self.sent is not None and not self.has_failed

    @property
    def is_open(self) -> bool:
        return not self.is_reached and bool(self.address)


def recipients_of(minutes: Minutes) -> list[Recipient]:
    """Every agency that came, the convening office aside, in the order of the sheet."""
    lines = (
        Attendance.objects.came()
        .filter(meeting=minutes.meeting_id, agency__isnull=False)
        .exclude(agency=minutes.meeting.office_id)
        .select_related("agency", "invitation")
        .order_by("agency__type__order", "agency__name", "pk")
    )
    sent = {
        row.agency_id: row
        for row in minutes.circulations.select_related("notification", "asked_by")
    }
    found: dict[int, Recipient] = {}
    for line in lines:
        agency, invitation = line.agency, line.invitation
        if agency is None or agency.pk in found and invitation is None:
            continue
        found[agency.pk] = Recipient(
            agency,
            invitation.addressee if invitation else _("Kepala"),
            (invitation and invitation.email) or agency.email,
            sent.get(agency.pk),
        )
    return list(found.values())


@transaction.atomic
def circulate(minutes: Minutes, *, by: User) -> list[Recipient]:
    """Mail the copy to whoever came and was not reached; answers to whom.

    A second click finds them reached and sends nothing.
    """
    if not minutes.is_locked or minutes.circulation is None:
        raise NothingToCirculate(_("Notula ini belum disahkan."))
    recipients = recipients_of(minutes)
    paper = minutes.circulation.document
    open_ones = [one for one in recipients if one.is_open]
    sent = [one for one in open_ones if _send(minutes, paper, one, by)]
    if not sent:
        raise _nothing_sent(recipients)
    # Whoever sat in the room without a letter reads the copy as well.
    paper.readers.add(*(one.agency for one in sent))
    record(
        by,
        "meetings.circulate_minutes",
        minutes,
        office_id=minutes.meeting.office_id,
        agencies=[one.agency.pk for one in sent],
        version=minutes.version,
    )
    return sent


def _send(minutes: Minutes, paper: Document, recipient: Recipient, by: User) -> bool:
    """False if somebody else's click was first."""
    now = timezone.now()
    row, is_new = Circulation.objects.get_or_create(
        minutes=minutes,
        agency=recipient.agency,
        defaults={"asked_at": now, "asked_by": by},
    )
    if not is_new:
        again = Circulation.objects.filter(
            pk=row.pk, tries=row.tries, notification__failed_at__isnull=False
        ).update(tries=row.tries + 1, asked_at=now, asked_by=by)
        if not again:
            return False
        row.tries += 1
    row.minutes = minutes
    mail = send_copy(
        row, paper, address=recipient.address, addressee=recipient.addressee
    )
    Circulation.objects.filter(pk=row.pk).update(notification=mail)
    return True


def _nothing_sent(recipients: list[Recipient]) -> DomainError:
    if not recipients:
        return NothingToCirculate(_("Tidak ada instansi yang tercatat hadir."))
    missing = [str(one.agency) for one in recipients if not one.is_reached]
    if missing:
        return NothingToCirculate(
            _("Instansi ini belum mempunyai alamat surel: %s.") % "; ".join(missing)
        )
    return AlreadyCirculated(
        _("Salinan sudah dikirim kepada semua instansi yang hadir.")
    )
