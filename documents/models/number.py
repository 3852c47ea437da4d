from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document


class NumberPattern(models.Model):
    """How an office numbers one kind of paper; tokens in braces, checked on saving."""

    office = models.ForeignKey(
        "agencies.Office", models.CASCADE, related_name="number_patterns"
    )
    kind = models.CharField(_("jenis surat"), max_length=20, choices=Document.Kind)
    pattern = models.CharField(
        _("pola nomor"),
        max_length=120,
        help_text=_("Token: {unit} {klasifikasi} {nomor} {bulan_romawi} {tahun}"),
    )
    classification_code = models.CharField(_("kode klasifikasi"), max_length=20)

    class Meta:
        ordering = ["kind"]
        verbose_name = _("pola nomor")
        verbose_name_plural = _("pola nomor")
        constraints = [
            models.UniqueConstraint(
                name="one_pattern_per_office_and_kind", fields=["office", "kind"]
            )
        ]

    def __str__(self) -> str:
        return self.pattern


class NumberRegister(models.Model):
    """The counter of one office, kind and year; it only ever counts up."""

    office = models.ForeignKey("agencies.Office", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Document.Kind)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_register_per_office_kind_year",
                fields=["office", "kind", "year"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class TakenNumber(models.Model):
    """One number that was taken, used by a paper or voided with a reason; never reused."""

    register = models.ForeignKey(
        NumberRegister, models.PROTECT, related_name="taken_numbers"
    )
    serial = models.PositiveIntegerField()
    text = models.CharField(_("nomor"), max_length=120)
    document = models.OneToOneField(
        Document, models.PROTECT, null=True, related_name="taken_number"
    )
    taken_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.TextField(_("alasan pembatalan"), blank=True)

    class Meta:
        ordering = ["register", "serial"]
        constraints = [
            models.UniqueConstraint(
                name="serial_once_per_register", fields=["register", "serial"]
            ),
            models.CheckConstraint(
                name="void_number_has_a_reason",
                condition=Q(voided_at=None, void_reason="")
                | Q(voided_at__isnull=False) & ~Q(void_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.text
