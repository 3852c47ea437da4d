import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.dates import local_date


class Office(models.Model):
    """An immigration office that runs a team: letterhead, zone, area, house rules.

    Meetings, papers and cases belong to exactly one office; offices that share an
    installation never see each other's content.
    """

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    agency = models.OneToOneField(
        "agencies.Agency", models.PROTECT, primary_key=True, related_name="office"
    )
    unit_code = models.CharField(
        _("kode unit penomoran"),
        max_length=40,
        help_text=_("Token {unit} pada pola nomor surat, misalnya WIM.12.IMI.IMI.3."),
    )
    time_zone = models.CharField(
        _("zona waktu"), max_length=20, choices=Zone, default=Zone.WIB
    )
    city = models.CharField(_("tempat surat"), max_length=60)
    letterhead = models.TextField(
        _("baris kop surat"),
        help_text=_("Satu baris per baris kop; baris terakhir dicetak paling besar."),
    )
    address = models.CharField(_("alamat"), max_length=250)
    website = models.CharField(_("laman"), max_length=100, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    phone = models.CharField(_("telepon/faks"), max_length=60, blank=True)
    logo = models.ForeignKey(
        "agencies.Logo",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    work_regions = models.ManyToManyField(
        "agencies.Region",
        blank=True,
        related_name="offices",
        verbose_name=_("wilayah kerja"),
    )
    review_days = models.PositiveSmallIntegerField(
        _("masa tinjauan notula (hari kerja)"), default=3
    )
    # Whether cuti bersama is a working day is a legal choice of the office.
    collective_leave_is_free = models.BooleanField(
        _("cuti bersama bukan hari kerja"), default=True
    )
    legal_bases = models.TextField(
        _("dasar hukum pada undangan"),
        blank=True,
        help_text=_("Satu dasar hukum per baris."),
    )
    data_protection_contact = models.CharField(
        _("kontak pejabat pelindungan data"), max_length=200, blank=True
    )

    class Meta:
        verbose_name = _("kantor")
        verbose_name_plural = _("kantor")

    def __str__(self) -> str:
        return str(self.agency)

    @property
    def today(self) -> dt.date:
        """The civil date in the office's zone."""
        return local_date(timezone.now(), self.time_zone)


class Logo(models.Model):
    """The emblem on an office's letterhead: a PNG made by us from what was uploaded."""

    png = models.BinaryField()
    uploaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"logo {self.pk}"


class SignerQuerySet(models.QuerySet["Signer"]):
    def on(self, day: dt.date) -> Self:
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gte=day),
        )


class Signer(models.Model):
    """Who signs an office's papers, in which capacity and from when to when."""

    class Capacity(models.TextChoices):
        OWN = "", _("Pejabat definitif")
        PLH = "Plh.", _("Plh. (pelaksana harian)")
        PLT = "Plt.", _("Plt. (pelaksana tugas)")
        ON_BEHALF = "a.n.", _("a.n. (atas nama)")

    office = models.ForeignKey(Office, models.CASCADE, related_name="signers")
    user = models.ForeignKey(
        "agencies.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("akun"),
    )
    name = models.CharField(_("nama dan gelar"), max_length=120)
    rank = models.CharField(_("pangkat/golongan"), max_length=80, blank=True)
    nip = models.CharField(_("NIP"), max_length=18, blank=True)
    post = models.CharField(_("jabatan"), max_length=120)
    capacity = models.CharField(
        _("kapasitas"), max_length=5, choices=Capacity, blank=True, default=""
    )
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)

    objects = SignerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("penanda tangan")
        verbose_name_plural = _("penanda tangan")

    def __str__(self) -> str:
        return f"{self.name}, {self.capacity} {self.post}".replace(",  ", ", ")
