from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from agencies.models.user import User


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, user: "User") -> Self:
        """Design 4: own acts; section head, chief and auditor the office's; the
        administrator those on accounts."""
        match user.role:
            case "section_head" | "chief" | "auditor":
                return self.filter(office=user.office_id)
            case "administrator":
                return self.filter(office=user.office_id, verb__startswith="accounts.")
            case _:
                return self.filter(actor=user)


class AuditEntry(models.Model):
    """Who did what to what, when, from where and why: appended, chained, never edited.

    ``digest`` covers the row and the digest before it in the same chain (one chain an
    office), so a changed, deleted, inserted or moved row shows.
    """

    chain = models.CharField(max_length=20)
    position = models.PositiveBigIntegerField()
    office = models.ForeignKey(
        "agencies.Office", models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("waktu"))
    actor = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    # A person without account acts through a personal link: their agency stands here.
    on_behalf_of = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+"
    )
    verb = models.CharField(_("tindakan"), max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_pk = models.CharField(max_length=40, blank=True)
    address = models.GenericIPAddressField(_("alamat jaringan"), null=True)
    reason = models.TextField(_("alasan"), blank=True)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("jejak audit")
        verbose_name_plural = _("jejak audit")
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "position"], name="audit_position_once_per_chain"
            )
        ]
        indexes = [
            models.Index(fields=["office", "-at"]),
            models.Index(fields=["object_type", "object_pk"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_pk}"


class AuditHead(models.Model):
    """The last digest of a chain; taking its row lock orders the writers."""

    chain = models.CharField(max_length=20, primary_key=True)
    position = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.chain} {self.position}"
