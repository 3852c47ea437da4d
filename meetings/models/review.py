from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.minutes import Entry, Minutes


class Objection(models.Model):
    """An agency contests one entry of the minutes in review, until somebody settles it."""

    class Outcome(models.TextChoices):
        PENDING = "", _("Belum diselesaikan")
        ACCEPTED = "diterima", _("Diterima, butir diubah")
        REJECTED = "ditolak", _("Ditolak dengan alasan")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="objections")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    text = models.TextField(_("keberatan dan usul perbaikan"))
    raised_at = models.DateTimeField(auto_now_add=True)
    raised_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    outcome = models.CharField(
        _("hasil"), max_length=10, choices=Outcome, blank=True, default=""
    )
    settlement = models.TextField(_("penyelesaian"), blank=True)
    review_round = models.PositiveSmallIntegerField(editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_objection_per_entry_and_agency",
                fields=["entry", "agency"],
                condition=Q(settled_at=None),
            ),
            models.CheckConstraint(
                name="objection_settled_iff_answered",
                condition=Q(settled_at=None, settlement="", outcome="")
                | Q(settled_at__isnull=False) & ~Q(settlement="") & ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.text[:60]}"

    @property
    def is_open(self) -> bool:
        return self.settled_at is None


class Consent(models.Model):
    """How an agency that attended stands to the minutes: by word, or by silence."""

    class Form(models.TextChoices):
        CONFIRMED = "setuju", _("Menyetujui")
        CONTESTED = "keberatan", _("Berkeberatan, telah diselesaikan")
        SILENT = "diam", _("Tidak menjawab, dianggap setuju")

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="consents")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    form = models.CharField(max_length=10, choices=Form)
    at = models.DateTimeField()
    by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["agency__type__order", "agency__name"]
        constraints = [
            models.UniqueConstraint(
                name="one_consent_per_agency", fields=["minutes", "agency"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_form_display()}"
