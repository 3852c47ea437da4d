import secrets
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import Meeting

if TYPE_CHECKING:
    import datetime as dt

    from agencies.models import User


def new_token() -> str:
    """192 random bits: a personal link can't be guessed."""
    return secrets.token_urlsafe(24)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: "User") -> Self:
        """The office sees all of a meeting's invitations, a liaison their agency's."""
        visible = self.filter(meeting__in=Meeting.objects.visible_to(user))
        return visible if user.is_immigration else visible.filter(agency=user.agency_id)

    def usable(self, at: "dt.datetime") -> Self:
        """Personal links that still open: sent, not revoked, not expired."""
        return self.filter(
            sent_at__isnull=False, revoked_at=None, token_expires_at__gt=at
        ).exclude(meeting__state=Meeting.State.CANCELLED)


class Invitation(models.Model):
    """One agency's invitation: its letter, its personal link, what it answered."""

    class Role(models.TextChoices):
        MEMBER = "anggota", _("Anggota (SK)")
        GUEST = "tamu", _("Undangan/tamu")
        SPEAKER = "narasumber", _("Narasumber")

    class Answer(models.TextChoices):
        NONE = "", _("Belum menjawab")
        COMING = "hadir", _("Akan hadir")
        SUBSTITUTE = "diwakilkan", _("Mengirim wakil")
        EXCUSED = "berhalangan", _("Berhalangan")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations")
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        related_name="invitations",
        verbose_name=_("instansi"),
    )
    role = models.CharField(
        _("diundang sebagai"), max_length=12, choices=Role, default=Role.MEMBER
    )
    addressee = models.CharField(
        _("kepada (jabatan)"), max_length=150, help_text=_("Tertulis setelah Yth.")
    )
    email = models.EmailField(_("surel tujuan"), blank=True)
    letter = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(_("dikirim"), null=True)
    # A mail with the letter, a change or a cancellation is owed to the agency.
    mail_owed = models.BooleanField(default=False)
    resent = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    notification = models.ForeignKey(
        "agencies.Notification", models.PROTECT, null=True, related_name="+"
    )
    token = models.CharField(max_length=40, unique=True, default=new_token)
    token_expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(_("dibuka"), null=True)
    answer = models.CharField(
        _("jawaban"), max_length=12, choices=Answer, blank=True, default=""
    )
    answered_at = models.DateTimeField(null=True)
    person = models.CharField(_("nama yang hadir"), max_length=120, blank=True)
    person_rank = models.CharField(_("pangkat/golongan"), max_length=80, blank=True)
    person_nip = models.CharField(_("NIP/NRP"), max_length=18, blank=True)
    person_post = models.CharField(_("jabatan"), max_length=120, blank=True)
    excuse = models.TextField(_("alasan berhalangan"), blank=True)
    excuse_letter = models.ForeignKey(
        "documents.Upload", models.PROTECT, null=True, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        # "anggota" < "narasumber" < "tamu": the members of the decree come first.
        ordering = ["role", "agency__type__order", "agency__name"]
        verbose_name = _("undangan")
        verbose_name_plural = _("undangan")
        constraints = [
            models.UniqueConstraint(
                name="agency_invited_once_per_meeting", fields=["meeting", "agency"]
            ),
            models.CheckConstraint(
                name="excused_agency_gives_a_reason",
                condition=~Q(answer="berhalangan") | ~Q(excuse=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.meeting}"

    def get_link(self) -> str:
        """The path of the personal link; whoever has it speaks for the agency."""
        return reverse("meetings:link", args=[self.token])

    @property
    def is_guest(self) -> bool:
        return self.role == self.Role.GUEST
