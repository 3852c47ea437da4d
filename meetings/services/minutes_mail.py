"""The mails around minutes. None says what the minutes say: that stays behind the link."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Notification, User
from agencies.services.notifying import notify
from documents.models import Document
from meetings.models import Circulation, Invitation, Minutes, Objection
from timpora.dates import long_date


def ask_for_review(invitation: Invitation, minutes: Minutes) -> None:
    address = invitation.email or invitation.agency.email
    if not address:
        return
    meeting = minutes.meeting
    notify(
        key=f"review:{minutes.pk}:{minutes.review_round}:{invitation.pk}",
        to=address,
        subject=_("Mohon tinjauan notula: %(meeting)s") % {"meeting": meeting.title},
        body=_(
            "Yth. %(addressee)s\n\n"
            "Rancangan notula %(meeting)s tanggal %(day)s dapat ditinjau sampai "
            "%(end)s:\n%(link)s\n\n"
            "Mohon menyetujuinya atau mengajukan keberatan atas butir tertentu. "
            "Instansi yang tidak menjawab sampai tanggal tersebut dianggap menyetujui.\n"
            "Tautan ini pribadi; siapa pun yang memegangnya menjawab atas nama instansi.\n"
        )
        % {
            "addressee": invitation.addressee,
            "meeting": meeting.title,
            "day": long_date(meeting.day),
            "end": long_date(minutes.review_ends_on or meeting.day),
            "link": _review_link(invitation),
        },
        office_id=meeting.office_id,
    )


def _review_link(invitation: Invitation) -> str:
    """The personal link, or the page behind the login if the link was revoked."""
    path = reverse("meetings:link_review", args=[invitation.token])
    if invitation.revoked_at is not None:
        path = reverse("meetings:review", args=[invitation.meeting_id])
    return settings.SITE_URL + path


def tell_settled(objection: Objection, minutes: Minutes) -> None:
    invitation = (
        Invitation.objects.filter(
            meeting=minutes.meeting_id, agency=objection.agency_id
        )
        .select_related("agency")
        .first()
    )
    address = invitation and (invitation.email or invitation.agency.email)
    if not invitation or not address:
        return
    notify(
        key=f"settled:{objection.pk}",
        to=address,
        subject=_("Keberatan atas notula diselesaikan: %(meeting)s")
        % {"meeting": minutes.meeting.title},
        body=_(
            "Keberatan instansi Anda atas satu butir notula telah diselesaikan. "
            "Penyelesaiannya dapat dibaca di:\n%(link)s\n"
        )
        % {"link": _review_link(invitation)},
        office_id=minutes.meeting.office_id,
    )


def tell_changed(invitation: Invitation, objection: Objection) -> None:
    address = invitation.email or invitation.agency.email
    if not address:
        return
    meeting = invitation.meeting
    notify(
        key=f"changed:{objection.pk}:{invitation.pk}",
        to=address,
        subject=_("Mohon tinjau kembali notula: %(meeting)s")
        % {"meeting": meeting.title},
        body=_(
            "Satu butir notula yang sudah disetujui instansi Anda diubah setelah keberatan "
            "instansi lain. Mohon ditinjau dan disetujui kembali:\n%(link)s\n"
        )
        % {"link": _review_link(invitation)},
        office_id=meeting.office_id,
    )


def tell_contested(objection: Objection, minutes: Minutes) -> None:
    """The minute-taker settles it; the agency waits."""
    _tell_office(
        minutes,
        [minutes.meeting.minute_taker],
        key=f"contested:{objection.pk}",
        subject=_("Keberatan atas notula: %(meeting)s"),
        sentence=_("Satu instansi berkeberatan atas satu butir notula."),
        page="review",
    )


def tell_submitted(minutes: Minutes) -> None:
    meeting = minutes.meeting
    _tell_office(
        minutes,
        User.objects.filter(
            agency=meeting.office_id, role=User.Role.CHIEF, is_active=True
        ),
        key=f"submitted:{minutes.pk}:{minutes.review_round}",
        subject=_("Notula menunggu pengesahan: %(meeting)s"),
        sentence=_("Notula sudah ditinjau dan menunggu pengesahan Anda."),
        page="approval",
    )


def tell_returned(minutes: Minutes) -> None:
    _tell_office(
        minutes,
        [minutes.meeting.minute_taker],
        key=f"returned:{minutes.pk}:{minutes.review_round}",
        subject=_("Notula dikembalikan: %(meeting)s"),
        sentence=_("Kepala Kantor mengembalikan notula dengan alasan."),
        page="review",
    )


def _tell_office(
    minutes: Minutes,
    people: Iterable[User | None],
    *,
    key: str,
    subject: str,
    sentence: str,
    page: str,
) -> None:
    meeting = minutes.meeting
    link = settings.SITE_URL + reverse(f"meetings:{page}", args=[meeting.pk])
    for person in people:
        if person is not None:
            notify(
                key=f"{key}:{person.pk}",
                to=person.email,
                subject=subject % {"meeting": meeting.title},
                body=f"{sentence}\n{link}\n",
                office_id=meeting.office_id,
            )


def announce(minutes: Minutes, document: Document) -> None:
    """Tell the invited agencies that the paper exists; what it says stays behind a login."""
    meeting = minutes.meeting
    link = settings.SITE_URL + reverse("documents:detail", args=[document.pk])
    subject = _("Notula disahkan: %(meeting)s") % {"meeting": meeting.title}
    if minutes.is_correction:
        subject = _("Notula diperbaiki: %(meeting)s") % {"meeting": meeting.title}
    invitations = Invitation.objects.filter(
        meeting=meeting, sent_at__isnull=False
    ).select_related("agency")
    for invitation in invitations:
        if address := invitation.email or invitation.agency.email:
            notify(
                key=f"approved:{minutes.pk}:{invitation.pk}",
                to=address,
                subject=subject,
                body=_(
                    "Yth. %(addressee)s\n\nNotula %(meeting)s tanggal %(day)s sudah "
                    "disahkan. Penghubung instansi dapat mengunduhnya di:\n%(link)s\n"
                )
                % {
                    "addressee": invitation.addressee,
                    "meeting": meeting.title,
                    "day": long_date(meeting.day),
                    "link": link,
                },
                office_id=meeting.office_id,
            )


def send_copy(
    row: Circulation, document: Document, *, address: str, addressee: str
) -> Notification:
    """The circulation copy to an agency that came: where it lies, not what it says."""
    meeting = row.minutes.meeting
    link = settings.SITE_URL + reverse("documents:detail", args=[document.pk])
    return notify(
        key=f"copy:{row.pk}:{row.tries}",
        to=address,
        subject=_("Salinan notula: %(meeting)s") % {"meeting": meeting.title},
        body=_(
            "Yth. %(addressee)s\n\nTerima kasih atas kehadiran instansi Bapak/Ibu pada "
            "%(meeting)s tanggal %(day)s. Salinan edaran notula nomor %(number)s dapat "
            "diunduh penghubung instansi di:\n%(link)s\n"
        )
        % {
            "addressee": addressee,
            "meeting": meeting.title,
            "day": long_date(meeting.day),
            "number": document.number,
            "link": link,
        },
        office_id=meeting.office_id,
    )
