import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models.region import Region

if TYPE_CHECKING:
    from agencies.models.user import User


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, user: "User") -> Self:
        if user.is_immigration:
            return self.filter(office=user.office_id)
        return self.filter(memberships__agency=user.agency_id).distinct()


class Team(models.Model):
    """A standing Tim Pora: one level, the regions it covers, the office that runs it."""

    class Level(models.TextChoices):
        PROVINCE = "provinsi", _("Provinsi")
        REGENCY = "kabupaten_kota", _("Kabupaten/Kota")
        DISTRICT = "kecamatan", _("Kecamatan")

    office = models.ForeignKey("agencies.Office", models.PROTECT, related_name="teams")
    name = models.CharField(_("nama tim"), max_length=150)
    level = models.CharField(_("tingkat"), max_length=15, choices=Level)
    regions = models.ManyToManyField(
        Region, related_name="teams", verbose_name=_("wilayah")
    )
    is_active = models.BooleanField(_("aktif"), default=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("tim")
        verbose_name_plural = _("tim")

    def __str__(self) -> str:
        return self.name


class DecreeQuerySet(models.QuerySet["Decree"]):
    def valid_on(self, day: dt.date) -> Self:
        return self.filter(valid_from__lte=day, valid_to__gte=day)


class Decree(models.Model):
    """The Surat Keputusan that forms a team, valid from and to the dates, inclusive."""

    team = models.ForeignKey(
        Team, models.PROTECT, related_name="decrees", verbose_name=_("tim")
    )
    number = models.CharField(_("nomor SK"), max_length=100)
    signed_on = models.DateField(_("tanggal SK"))
    valid_from = models.DateField(_("berlaku sejak"))
    valid_to = models.DateField(_("berlaku sampai"))

    objects = DecreeQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("surat keputusan")
        verbose_name_plural = _("surat keputusan")
        constraints = [
            models.CheckConstraint(
                name="decree_ends_after_it_starts",
                condition=Q(valid_to__gte=F("valid_from")),
            ),
            models.UniqueConstraint(
                fields=["team", "number"], name="decree_number_once_per_team"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: dt.date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Membership(models.Model):
    """An agency's seat in a team under its decree, with the dates it is held."""

    class Role(models.TextChoices):
        CHAIR = "ketua", _("Ketua")
        VICE_CHAIR = "wakil_ketua", _("Wakil Ketua")
        SECRETARY = "sekretaris", _("Sekretaris")
        MEMBER = "anggota", _("Anggota")

    team = models.ForeignKey(
        Team, models.CASCADE, related_name="memberships", verbose_name=_("tim")
    )
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("instansi"),
    )
    role = models.CharField(
        _("kedudukan"), max_length=15, choices=Role, default=Role.MEMBER
    )
    post = models.CharField(_("jabatan dalam SK"), max_length=120, blank=True)
    valid_from = models.DateField(_("sejak"))
    valid_to = models.DateField(_("sampai"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["agency__type__order", "agency__name"]
        verbose_name = _("keanggotaan")
        verbose_name_plural = _("keanggotaan")
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.UniqueConstraint(
                fields=["team", "agency", "valid_from"],
                name="membership_once_per_agency_and_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} ({self.get_role_display()})"
