from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from timpora.vault import masked


class StayPermit(models.Model):
    """A stay permit that a person holds or held."""

    class State(models.TextChoices):
        GRANTED = "berlaku", _("Diberikan")
        CANCELLED = "dibatalkan", _("Dibatalkan")

    foreigner = models.ForeignKey(
        "foreigners.Foreigner", models.PROTECT, related_name="stay_permits"
    )
    kind = models.ForeignKey(
        "foreigners.PermitKind",
        models.PROTECT,
        related_name="+",
        verbose_name=_("jenis"),
    )
    index = models.ForeignKey(
        "foreigners.VisaIndex",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("indeks"),
    )
    number = models.CharField(_("nomor"), max_length=40, blank=True)
    starts_on = models.DateField(_("mulai"), null=True, blank=True)
    ends_on = models.DateField(_("berakhir"), null=True, blank=True)
    issuing_office = models.CharField(_("kantor penerbit"), max_length=120, blank=True)
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.GRANTED
    )
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        # One without an end comes first: it is the one that holds.
        ordering = [F("ends_on").desc(nulls_first=True), "-pk"]
        verbose_name = _("izin tinggal")
        verbose_name_plural = _("izin tinggal")
        constraints = [
            models.CheckConstraint(
                name="permit_ends_after_it_starts",
                condition=Q(starts_on=None)
                | Q(ends_on=None)
                | Q(ends_on__gte=F("starts_on")),
            )
        ]
        # Which permit holds is asked of everybody at once; it holds all that is read.
        indexes = [
            models.Index(
                name="permit_granted",
                fields=["foreigner", "ends_on", "id"],
                include=["starts_on", "kind"],
                condition=Q(state="berlaku"),
            )
        ]

    def __str__(self) -> str:
        return f"izin {self.pk}"

    @property
    def number_masked(self) -> str:
        return masked(self.number)
