import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from agencies.models import User

WARNED_BEFORE = dt.timedelta(days=30)


class SigningCertificateQuerySet(models.QuerySet["SigningCertificate"]):
    def visible_to(self, user: "User") -> Self:
        """Of their own office, to its administrator alone."""
        if user.role != "administrator":
            return self.none()
        return self.filter(signer__office=user.office_id)

    def in_use(self) -> Self:
        return self.filter(removed_at=None)


class SigningCertificate(models.Model):
    """With what a signer of the office signs papers: key sealed, certificate in the open.

    One is in use at a time; what is removed or replaced loses its key and stays as a row
    that says who could sign when.
    """

    signer = models.ForeignKey(
        "agencies.Signer", models.CASCADE, related_name="certificates"
    )
    # PKCS#12 without a password of its own, sealed by the vault.
    key_sealed = models.TextField(blank=True)
    holder = models.CharField(_("pemegang"), max_length=200)
    issuer = models.CharField(_("penerbit"), max_length=200)
    serial = models.CharField(_("nomor seri"), max_length=64)
    fingerprint = models.CharField(_("sidik jari"), max_length=64)
    valid_from = models.DateTimeField(_("berlaku sejak"))
    valid_to = models.DateTimeField(_("berlaku sampai"))
    is_self_made = models.BooleanField(_("buatan sendiri"), default=False)
    name_reason = models.CharField(_("alasan nama berbeda"), max_length=250, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    objects = SigningCertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("sertifikat tanda tangan")
        verbose_name_plural = _("sertifikat tanda tangan")
        constraints = [
            models.UniqueConstraint(
                name="one_certificate_in_use_per_signer",
                fields=["signer"],
                condition=Q(removed_at=None),
            ),
            models.CheckConstraint(
                name="key_kept_iff_certificate_in_use",
                condition=Q(removed_at=None) & ~Q(key_sealed="")
                | Q(removed_at__isnull=False, key_sealed=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} ({self.issuer})"

    @property
    def is_expired(self) -> bool:
        return self.valid_to < timezone.now()

    @property
    def expires_soon(self) -> bool:
        return not self.is_expired and self.valid_to < timezone.now() + WARNED_BEFORE
