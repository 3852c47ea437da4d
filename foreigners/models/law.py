"""What the law says, as dated rows with source and certainty: never constants."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from timpora.numbers import rupiah


class Certainty(models.TextChoices):
    """How sure the project is of a row; an unsure one is shown as such."""

    CONFIRMED = "pasti", _("Terkonfirmasi dari sumber")
    WEAK = "lemah", _("Satu sumber lemah, periksa")
    UNVERIFIED = "belum", _("Belum diverifikasi, tanyakan")


class DatedQuerySet(models.QuerySet[Any]):
    def on(self, day: dt.date) -> Self:
        """The rows in force on ``day``."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gte=day),
        )

    def newest_first(self) -> Self:
        """The latest start first; a row without start is the oldest on any database."""
        return self.order_by(F("valid_from").desc(nulls_last=True), "-pk")


class Dated(models.Model):
    """A row of reference data with the days it is in force, its source, its certainty."""

    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=250)
    certainty = models.CharField(
        _("kepastian"),
        max_length=6,
        choices=Certainty,
        default=Certainty.UNVERIFIED,
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_starts",
                condition=Q(valid_from=None)
                | Q(valid_to=None)
                | Q(valid_to__gte=F("valid_from")),
            )
        ]


def once_per_code(name: str) -> list[models.BaseConstraint]:
    """A code starts once on a day, and once without a day: SQL tells no two NULLs alike."""
    return [
        models.UniqueConstraint(
            name=f"{name}_once_per_code_and_start", fields=["code", "valid_from"]
        ),
        models.UniqueConstraint(
            name=f"{name}_once_without_start",
            fields=["code"],
            condition=Q(valid_from=None),
        ),
    ]


class Ground(Dated):
    """An article that a step, an order or a measure rests on.

    ``code`` is what the project's own tables name ("order", "conference", "objection");
    the row in force on a date gives the words: ``article`` of ``instrument``.
    """

    class Code(models.TextChoices):
        ORDER = "order", _("Surat perintah pengawasan")
        EXCEPTION = "exception", _("Pemeriksaan tanpa surat perintah")
        EXAMINATION = "examination", _("Pemeriksaan (BAP)")
        CONFERENCE = "conference", _("Gelar kasus")
        TAK = "tak", _("Tindakan administratif")
        DETENTION = "detention", _("Pendetensian")
        OBJECTION = "objection", _("Keberatan")
        EARLY_EXECUTION = "early_execution", _("Pelaksanaan selama masa keberatan")
        PROSECUTION = "prosecution", _("Pro justitia")
        PROTECTION = "protection", _("Pelindungan")
        REFERRAL = "referral", _("Pelimpahan")
        WARNING = "warning", _("Teguran")
        NOT_PROVEN = "not_proven", _("Tidak terbukti")
        CLOSING = "closing", _("Penutupan kasus")
        REOPENING = "reopening", _("Pembukaan kembali")

    code = models.CharField(_("dipakai untuk"), max_length=30, choices=Code)
    article = models.CharField(_("pasal"), max_length=60)
    instrument = models.CharField(_("peraturan"), max_length=120)
    text = models.TextField(_("isi ringkas"))

    class Meta(Dated.Meta):
        ordering = ["code", "-valid_from"]
        verbose_name = _("dasar hukum")
        verbose_name_plural = _("dasar hukum")
        constraints = [
            *Dated.Meta.constraints,
            *once_per_code("ground"),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.instrument}"


class Violation(Dated):
    """A kind of conduct in the catalogue (OVS-60, SIT-KEG, …) with its article."""

    class Path(models.TextChoices):
        IMMIGRATION = "keimigrasian", _("Ditangani imigrasi")
        REFER = "limpah", _("Urusan instansi lain, dilimpahkan")
        PROTECT = "lindungi", _("Bukan pelanggaran, jalur pelindungan")
        NIL = "nihil", _("Tidak ada temuan")

    code = models.CharField(_("kode"), max_length=10)
    name = models.CharField(_("nama"), max_length=150)
    article = models.CharField(_("pasal"), max_length=80)
    # As the monthly report prints it: "78(1) dan (2)".
    report_article = models.CharField(
        _("pasal dalam laporan"), max_length=80, blank=True
    )
    path = models.CharField(
        _("jalur"), max_length=12, choices=Path, default=Path.IMMIGRATION
    )
    # Practice, never automation: shown to the officer, decided by the conference.
    usual_outcome = models.CharField(_("hasil yang lazim"), max_length=200, blank=True)
    allows_warning = models.BooleanField(
        _("dapat selesai dengan teguran"), default=False
    )
    refer_to = models.ForeignKey(
        "agencies.AgencyType",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dilimpahkan ke"),
    )

    class Meta(Dated.Meta):
        ordering = ["code", "-valid_from"]
        verbose_name = _("pelanggaran")
        verbose_name_plural = _("katalog pelanggaran")
        constraints = [
            *Dated.Meta.constraints,
            *once_per_code("violation"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class MeasureKind(Dated):
    """A kind of TAK (UU 6/2011 art. 75(2) a-f) or detention (art. 83), and the column of
    the monthly report that counts it."""

    code = models.CharField(_("huruf"), max_length=10)
    name = models.CharField(_("nama"), max_length=150)
    article = models.CharField(_("pasal"), max_length=80)
    # Empty: the report has no column for it (domain 5.2, kind d).
    report_column = models.CharField(_("kolom laporan"), max_length=60, blank=True)
    has_period = models.BooleanField(_("berjangka waktu"), default=False)
    # A removal is blocked while a protection stands; detention asks art. 83(2).
    removes = models.BooleanField(_("memindahkan orang"), default=False)
    detains = models.BooleanField(_("menahan orang"), default=False)
    # An amount is asked, and it comes from an overstay sheet.
    charges = models.BooleanField(_("memungut biaya beban"), default=False)
    # The clock rule that says how long it may last and ends it by law; empty for none.
    period_rule = models.CharField(
        _("kode aturan jangka waktu"), max_length=30, blank=True
    )

    class Meta(Dated.Meta):
        ordering = ["code"]
        verbose_name = _("jenis tindakan")
        verbose_name_plural = _("jenis tindakan")
        constraints = [
            *Dated.Meta.constraints,
            *once_per_code("measure_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.name}"


class Tariff(Dated):
    """The overstay charge (biaya beban) of one day, in whole rupiah."""

    amount = models.PositiveIntegerField(_("rupiah per hari"))

    class Meta(Dated.Meta):
        ordering = ["-valid_from"]
        verbose_name = _("tarif biaya beban")
        verbose_name_plural = _("tarif biaya beban")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(name="one_tariff_per_start", fields=["valid_from"]),
        ]

    def __str__(self) -> str:
        return rupiah(self.amount)


class ClockRule(Dated):
    """How long a thing may take: "objection" is 21 working days after service."""

    class Unit(models.TextChoices):
        DAYS = "hari", _("hari kalender")
        WORKING_DAYS = "hari_kerja", _("hari kerja")
        MONTHS = "bulan", _("bulan")

    class End(models.TextChoices):
        """What the last day's passing does."""

        LATE = "terlambat", _("Terlambat, ditampilkan dan dinaikkan")
        LAPSE = "gugur", _("Berakhir demi hukum")
        PASS = "lewat", _("Masa habis, langkah berikut terbuka")

    code = models.CharField(_("kode"), max_length=30)
    name = models.CharField(_("nama"), max_length=120)
    length = models.PositiveSmallIntegerField(_("lama"))
    unit = models.CharField(_("satuan"), max_length=10, choices=Unit)
    article = models.CharField(_("pasal"), max_length=120)
    end = models.CharField(
        _("bila habis"), max_length=10, choices=End, default=End.LATE
    )
    may_pause = models.BooleanField(_("dapat dijeda"), default=False)
    most_extensions = models.PositiveSmallIntegerField(_("perpanjangan"), default=0)
    extension_length = models.PositiveSmallIntegerField(
        _("lama perpanjangan"), default=0
    )
    # Whoever extends later than this many days before the end comes too late.
    extend_by_days = models.PositiveSmallIntegerField(
        _("perpanjangan paling lambat (hari sebelum berakhir)"), default=0
    )
    # Days before the end on which people are reminded, as "7,3,1".
    remind_before = models.CharField(_("pengingat"), max_length=30, default="3,1")

    class Meta(Dated.Meta):
        ordering = ["code", "-valid_from"]
        verbose_name = _("aturan tenggat")
        verbose_name_plural = _("aturan tenggat")
        constraints = [
            *Dated.Meta.constraints,
            *once_per_code("clock_rule"),
        ]

    def __str__(self) -> str:
        return self.name


class Setting(Dated):
    """A legal choice that a text leaves open, made by an office and dated.

    "overstay_day_60": whether day 60 still belongs to the charge; the row says who chose.
    """

    class Code(models.TextChoices):
        FIRST_DAY = "overstay_first_day", _("Hari pertama lewat izin tinggal")
        LAST_DAY = "overstay_last_day", _("Hari ditemukan atau berangkat")
        DAY_60 = "overstay_day_60", _("Hari ke-60")
        EARLY_EXECUTION = (
            "execution_before_objection_ends",
            _("Pelaksanaan selama masa keberatan"),
        )
        ESCALATION = (
            "clock_escalation_days",
            _("Hari sampai Kepala Kantor diberi tahu tenggat yang lewat"),
        )

    office = models.ForeignKey(
        "agencies.Office", models.CASCADE, null=True, blank=True, related_name="+"
    )
    code = models.CharField(_("pilihan"), max_length=40, choices=Code)
    value = models.CharField(_("nilai"), max_length=60)
    note = models.TextField(_("penjelasan"), blank=True)

    class Meta(Dated.Meta):
        ordering = ["code", "-valid_from"]
        verbose_name = _("pilihan hukum")
        verbose_name_plural = _("pilihan hukum")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="setting_once_per_office_code_and_start",
                fields=["office", "code", "valid_from"],
            ),
            models.UniqueConstraint(
                name="setting_once_per_office_without_start",
                fields=["office", "code"],
                condition=Q(valid_from=None),
            ),
            models.UniqueConstraint(
                name="common_setting_once_per_code_and_start",
                fields=["code", "valid_from"],
                condition=Q(office=None),
            ),
            models.UniqueConstraint(
                name="common_setting_once_without_start",
                fields=["code"],
                condition=Q(office=None, valid_from=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.value}"


class PermitKind(Dated):
    """A kind of stay permit (ITK, ITAS, ITAP, …)."""

    code = models.CharField(_("kode"), max_length=15)
    name = models.CharField(_("nama"), max_length=120)
    # Diplomatic and service permits are largely outside immigration supervision.
    is_outside_supervision = models.BooleanField(
        _("di luar pengawasan keimigrasian"), default=False
    )

    class Meta(Dated.Meta):
        ordering = ["code"]
        verbose_name = _("jenis izin tinggal")
        verbose_name_plural = _("jenis izin tinggal")
        constraints = [
            *Dated.Meta.constraints,
            *once_per_code("permit_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.name})"


class VisaIndex(Dated):
    """An index code of a visa or permit (C20, E23, …)."""

    code = models.CharField(_("indeks"), max_length=8)
    name = models.CharField(_("nama"), max_length=150)
    days = models.PositiveSmallIntegerField(
        _("lama tinggal (hari)"), null=True, blank=True
    )

    class Meta(Dated.Meta):
        ordering = ["code"]
        verbose_name = _("indeks visa")
        verbose_name_plural = _("indeks visa")
        constraints = [
            *Dated.Meta.constraints,
            *once_per_code("visa_index"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Nationality(models.Model):
    """A nationality under its ICAO 9303 code, with its Indonesian name."""

    code = models.CharField(_("kode ICAO"), max_length=3, primary_key=True)
    name = models.CharField(_("nama"), max_length=80)
    source = models.CharField(_("sumber"), max_length=120)

    class Meta:
        ordering = ["name"]
        verbose_name = _("kewarganegaraan")
        verbose_name_plural = _("kewarganegaraan")

    def __str__(self) -> str:
        return self.name
