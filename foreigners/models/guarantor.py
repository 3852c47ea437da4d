from django.db import models
from django.utils.translation import gettext_lazy as _


class Guarantor(models.Model):
    """A person or company responsible for a foreigner's presence and activity."""

    class Kind(models.TextChoices):
        COMPANY = "perusahaan", _("Perusahaan")
        PERSON = "perorangan", _("Perorangan")

    office = models.ForeignKey(
        "agencies.Office", models.PROTECT, related_name="guarantors"
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    name = models.CharField(_("nama"), max_length=150)
    nib = models.CharField(_("NIB"), max_length=20, blank=True)
    kbli = models.CharField(_("KBLI"), max_length=10, blank=True)
    address = models.CharField(_("alamat"), max_length=250, blank=True)
    region = models.ForeignKey(
        "agencies.Region", models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact = models.CharField(_("narahubung"), max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("penjamin")
        verbose_name_plural = _("penjamin")

    def __str__(self) -> str:
        return self.name


class Guarantee(models.Model):
    """That a guarantor stands for a foreigner, from when to when, and who says so."""

    foreigner = models.ForeignKey(
        "foreigners.Foreigner", models.CASCADE, related_name="guarantees"
    )
    guarantor = models.ForeignKey(Guarantor, models.PROTECT, related_name="guarantees")
    role = models.CharField(_("sebagai"), max_length=60, blank=True)
    starts_on = models.DateField(_("sejak"), null=True, blank=True)
    ends_on = models.DateField(_("sampai"), null=True, blank=True)
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-starts_on", "pk"]

    def __str__(self) -> str:
        return f"penjaminan {self.pk}"
