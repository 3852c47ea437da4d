from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RegionQuerySet(models.QuerySet["Region"]):
    def within(self, code: str) -> Self:
        """The region itself and everything below it: the code is the path."""
        return self.within_any([code])

    def within_any(self, codes: Iterable[str]) -> Self:
        """Any of the regions and everything below them; no code, no region."""
        area = Q(pk__in=[])
        for code in codes:
            area |= Q(code=code) | Q(code__startswith=f"{code}.")
        return self.filter(area)

    def matching(self, text: str) -> Self:
        """By name or by a name that people use: "Grogol" finds Gerogol."""
        return self.filter(Q(name__icontains=text) | Q(aliases__icontains=text))


class Region(models.Model):
    """An area of government under its Kemendagri code ("36.72.06"), which is its path."""

    class Level(models.TextChoices):
        PROVINCE = "provinsi", _("Provinsi")
        REGENCY = "kabupaten_kota", _("Kabupaten/Kota")
        DISTRICT = "kecamatan", _("Kecamatan")
        VILLAGE = "kelurahan_desa", _("Kelurahan/Desa")

    code = models.CharField(_("kode"), max_length=13, primary_key=True)
    name = models.CharField(_("nama"), max_length=100)
    level = models.CharField(_("tingkat"), max_length=15, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    aliases = models.CharField(_("nama lain"), max_length=200, blank=True)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=200, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")

    def __str__(self) -> str:
        return self.name
