from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Statement(models.Model):
    """What one agency says of a person on one subject; statements never overwrite.

    Two agencies that differ make a conflict, which a settlement ends.
    """

    class Subject(models.TextChoices):
        ADDRESS = "alamat", _("Alamat")
        MARRIAGE = "perkawinan", _("Status perkawinan")
        OCCUPATION = "pekerjaan", _("Pekerjaan dan tempat kerja")
        BIRTH_DATE = "lahir", _("Tanggal lahir")
        NATIONALITY = "kewarganegaraan", _("Kewarganegaraan")
        NAME = "nama", _("Nama")

    foreigner = models.ForeignKey(
        "foreigners.Foreigner", models.CASCADE, related_name="statements"
    )
    subject = models.CharField(_("hal"), max_length=15, choices=Subject)
    value = models.CharField(_("keterangan"), max_length=250)
    # The kelurahan, when the statement is an address.
    region = models.ForeignKey(
        "agencies.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kelurahan/desa"),
    )
    lodging = models.CharField(_("tempat menginap"), max_length=120, blank=True)
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        related_name="+",
        verbose_name=_("instansi sumber"),
    )
    stated_on = models.DateField(_("tanggal keterangan"))
    until = models.DateField(_("sampai"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["subject", "-stated_on", "-pk"]
        verbose_name = _("keterangan instansi")
        verbose_name_plural = _("keterangan instansi")
        # Where a person lives is asked of everybody at once; it holds all that is read.
        indexes = [
            models.Index(
                name="statement_of_address",
                fields=["foreigner", "stated_on", "id"],
                include=["until", "region"],
                condition=Q(subject="alamat", region__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.pk}"


class Settlement(models.Model):
    """Which statement the office holds to be right, why, and who said so."""

    foreigner = models.ForeignKey(
        "foreigners.Foreigner", models.CASCADE, related_name="settlements"
    )
    subject = models.CharField(_("hal"), max_length=15, choices=Statement.Subject)
    kept = models.ForeignKey(Statement, models.PROTECT, related_name="settlements")
    # The statements that whoever settled had read; any other that differs opens it again.
    # No highest number would do: a merge brings older rows, commits come in any order.
    seen = models.JSONField()
    reason = models.TextField(_("alasan"))
    settled_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.pk}"
