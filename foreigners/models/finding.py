import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models import Classification

if TYPE_CHECKING:
    from agencies.models import User


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: "User") -> Self:
        """The office's for those who work on content; a liaison's own agency's."""
        if user.works_on_content:
            return self.filter(office=user.office_id)
        if user.is_liaison:
            return self.filter(reporter=user.agency_id)
        return self.none()


class Finding(models.Model):
    """What an agency reports to have seen, registered when the minutes are approved.

    An allegation, not a verdict. Names of foreigners stand in ``persons`` alone, which no
    circulated paper carries.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Diterima")
        WITHDRAWN = "withdrawn", _("Ditarik melalui perbaikan notula")

    office = models.ForeignKey(
        "agencies.Office", models.PROTECT, related_name="findings"
    )
    reporter = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        related_name="findings",
        verbose_name=_("instansi pelapor"),
    )
    # The key of the entry that it came from, the same in every version of the minutes.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("nomor temuan"), max_length=20)
    reported_on = models.DateField(_("tanggal laporan"))
    activity = models.TextField(_("kegiatan yang dilihat"))
    persons = models.TextField(_("nama orang asing (terbatas)"), blank=True)
    classification = models.CharField(
        _("klasifikasi"),
        max_length=10,
        choices=Classification,
        default=Classification.RESTRICTED,
    )
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.SUBMITTED
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("temuan")
        verbose_name_plural = _("temuan")
        constraints = [
            models.UniqueConstraint(
                name="finding_number_once_per_office", fields=["office", "number"]
            )
        ]

    def __str__(self) -> str:
        return self.number
