import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from agencies.models import User


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, user: "User") -> Self:
        """The office's own people; an agency is not told what an office plans."""
        if not user.is_immigration:
            return self.none()
        return self.filter(office=user.office_id)

    def in_force(self, year: int, *, on: dt.date) -> "Target | None":
        """The last one that was set for the year by that day."""
        return self.filter(year=year, set_on__lte=on).order_by("-set_on").first()


class Target(models.Model):
    """How many administrative measures an office plans for a year.

    A plan that is revised is a new row with its own day; the old one stays.
    """

    office = models.ForeignKey(
        "agencies.Office", models.CASCADE, related_name="targets"
    )
    year = models.PositiveSmallIntegerField(_("tahun"))
    measures = models.PositiveIntegerField(_("target tindakan administratif"))
    set_on = models.DateField(_("ditetapkan"))
    ground = models.CharField(
        _("dasar"),
        max_length=200,
        help_text=_("Misalnya nomor perjanjian kinerja atau surat Kanwil."),
    )

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-set_on"]
        verbose_name = _("target tahunan")
        verbose_name_plural = _("target tahunan")
        constraints = [
            models.UniqueConstraint(
                name="target_once_per_office_year_and_day",
                fields=["office", "year", "set_on"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.measures}"
