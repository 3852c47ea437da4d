import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _


class TravelDocument(models.Model):
    """A passport or other travel document; the number is sealed, searched by its hash."""

    class Kind(models.TextChoices):
        PASSPORT = "paspor", _("Paspor")
        EMERGENCY = "splp", _("Dokumen perjalanan darurat")
        IDENTITY = "kartu", _("Kartu identitas atau kartu perjalanan")
        REFUGEE = "pengungsi", _("Kartu UNHCR")
        OTHER = "lain", _("Dokumen lain")

    class State(models.TextChoices):
        HELD = "dipegang", _("Masih dipegang")
        REPLACED = "diganti", _("Sudah diganti")
        LOST = "hilang", _("Dilaporkan hilang")
        DOUBTED = "diragukan", _("Keasliannya diragukan")

    foreigner = models.ForeignKey(
        "foreigners.Foreigner", models.PROTECT, related_name="travel_documents"
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    number_sealed = models.CharField(max_length=200)
    number_hash = models.CharField(max_length=64, db_index=True)
    number_masked = models.CharField(_("nomor"), max_length=12)
    issuer = models.ForeignKey(
        "foreigners.Nationality",
        models.PROTECT,
        related_name="+",
        verbose_name=_("penerbit"),
    )
    issued_on = models.DateField(_("terbit"), null=True, blank=True)
    expires_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    state = models.CharField(
        _("keadaan"), max_length=10, choices=State, default=State.HELD
    )
    mrz_sealed = models.TextField(blank=True)
    # Fields that no check digit covers and that a person confirmed by eye.
    confirmed_fields = models.JSONField(default=list)
    # Fields whose check digit did not fit; recorded as printed, shown as a warning.
    mrz_faults = models.JSONField(default=list)
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("instansi sumber"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["-expires_on", "pk"]
        verbose_name = _("dokumen perjalanan")
        verbose_name_plural = _("dokumen perjalanan")
        constraints = [
            models.UniqueConstraint(
                name="travel_document_once_per_person",
                fields=["foreigner", "number_hash", "issuer"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number_masked}"

    def has_expired_on(self, day: dt.date) -> bool:
        return self.expires_on is not None and self.expires_on < day
