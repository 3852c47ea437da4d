import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from agencies.models.user import User


class AgencyType(models.Model):
    """A kind of agency that takes part in oversight: KANIM, POLRES, DISDUKCAPIL, …"""

    code = models.CharField(_("kode"), max_length=20, primary_key=True)
    name = models.CharField(_("nama"), max_length=120)
    order = models.PositiveSmallIntegerField(_("urutan"), default=100)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("jenis instansi")
        verbose_name_plural = _("jenis instansi")

    def __str__(self) -> str:
        return self.name


class AgencyQuerySet(models.QuerySet["Agency"]):
    def visible_to(self, user: "User") -> Self:
        """The directory is common to all offices; a liaison sees their own agency."""
        if user.is_immigration:
            return self
        return self.filter(pk=user.agency_id)

    def kept_by(self, user: "User") -> Self:
        """The rows that the user's office maintains."""
        return self.filter(keeper=user.office_id)

    def active_on(self, day: dt.date) -> Self:
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gte=day),
        )

    def with_names(self) -> Self:
        """Ready for ``name_on``: earlier names in one query more."""
        return self.prefetch_related("names")


class Agency(models.Model):
    """A unit of a body that takes part: Polres Cilegon, BKK Banten, Kecamatan Jombang.

    ``name`` is today's; a paper carries ``name_on`` its own date.
    """

    type = models.ForeignKey(
        AgencyType, models.PROTECT, related_name="agencies", verbose_name=_("jenis")
    )
    name = models.CharField(_("nama resmi"), max_length=200)
    short_name = models.CharField(_("nama singkat"), max_length=60)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("instansi induk"),
    )
    region = models.ForeignKey(
        "agencies.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agencies",
        verbose_name=_("wilayah"),
    )
    address = models.CharField(_("alamat"), max_length=250, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    phone = models.CharField(_("telepon"), max_length=40, blank=True)
    # Some bodies do not give names: their people are written "Perwakilan" (BIN, BAIS).
    withholds_names = models.BooleanField(
        _("nama petugas tidak ditulis"), default=False
    )
    valid_from = models.DateField(_("berdiri sejak"), null=True, blank=True)
    valid_to = models.DateField(_("sampai"), null=True, blank=True)
    keeper = models.ForeignKey(
        "agencies.Office",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="kept_agencies",
        verbose_name=_("dikelola oleh"),
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["type__order", "name"]
        verbose_name = _("instansi")
        verbose_name_plural = _("instansi")

    def __str__(self) -> str:
        return self.short_name

    def name_on(self, day: dt.date) -> str:
        """The official name that was valid on ``day`` (KKP until 2023, then BKK)."""
        for earlier in self.names.all():
            if (earlier.valid_from or dt.date.min) <= day <= earlier.valid_to:
                return earlier.name
        return self.name

    def short_name_on(self, day: dt.date) -> str:
        for earlier in self.names.all():
            if (earlier.valid_from or dt.date.min) <= day <= earlier.valid_to:
                return earlier.short_name
        return self.short_name


class AgencyName(models.Model):
    """A name that an agency had before today's; valid from and to the dates, inclusive."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="names", verbose_name=_("instansi")
    )
    name = models.CharField(_("nama resmi"), max_length=200)
    short_name = models.CharField(_("nama singkat"), max_length=60)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"))
    ground = models.CharField(_("dasar perubahan"), max_length=200, blank=True)

    class Meta:
        ordering = ["-valid_to"]
        verbose_name = _("nama terdahulu")
        verbose_name_plural = _("nama terdahulu")
        constraints = [
            models.CheckConstraint(
                name="earlier_name_ends_after_it_starts",
                condition=Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name
