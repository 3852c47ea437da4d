import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from agencies.models.office import Office


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def free_days(self, office: "Office") -> frozenset[dt.date]:
        """The dates on which the office does not work, weekends apart."""
        days = self.all()
        if not office.collective_leave_is_free:
            days = days.exclude(kind=Holiday.Kind.COLLECTIVE_LEAVE)
        return frozenset(days.values_list("date", flat=True))


class Holiday(models.Model):
    """A free day from the government's joint decree; editable, for it changes mid-year."""

    class Kind(models.TextChoices):
        PUBLIC = "libur_nasional", _("Libur nasional")
        COLLECTIVE_LEAVE = "cuti_bersama", _("Cuti bersama")

    date = models.DateField(_("tanggal"), unique=True)
    name = models.CharField(_("nama"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=15, choices=Kind)
    decree = models.CharField(_("dasar"), max_length=150, blank=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["date"]
        verbose_name = _("hari libur")
        verbose_name_plural = _("hari libur")

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
