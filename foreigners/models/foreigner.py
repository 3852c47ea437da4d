import datetime as dt
import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timpora.dates import MONTHS
from timpora.vault import masked

if TYPE_CHECKING:
    from agencies.models import User


class ForeignerQuerySet(models.QuerySet["Foreigner"]):
    def visible_to(self, user: "User") -> Self:
        """The office's for those who work on content; nobody else opens a person.

        A liaison reads what their own agency brought, on its findings.
        """
        if user.works_on_content:
            return self.filter(office=user.office_id, merged_into=None)
        return self.none()

    def merged_for(self, user: "User") -> Self:
        """Records that went into another: their address leads to the one that stayed."""
        if user.works_on_content:
            return self.filter(office=user.office_id, merged_into__isnull=False)
        return self.none()

    def logged_for(self, user: "User") -> Self:
        """Whose access log the data-protection officer may read: the office's."""
        if user.role == user.Role.AUDITOR:
            return self.filter(office=user.office_id)
        return self.none()

    def for_list(self) -> Self:
        """Everything that one row of the list shows, in three queries."""
        return self.select_related("nationality").prefetch_related(
            "travel_documents", "stay_permits__kind"
        )

    def holding(self, state: str, on: dt.date) -> Self:
        """By the stay permit: "berlaku", "habis" (all have ended) or "tanpa"."""
        granted = StayPermit.objects.filter(
            foreigner=OuterRef("pk"), state=StayPermit.State.GRANTED
        )
        valid = granted.filter(
            Q(starts_on=None) | Q(starts_on__lte=on),
            Q(ends_on=None) | Q(ends_on__gte=on),
        )
        match state:
            case "berlaku":
                return self.filter(Exists(valid))
            case "habis":
                return self.filter(Exists(granted), ~Exists(valid))
            case _:
                return self.filter(~Exists(granted))

    def expiring(self, on: dt.date, days: int) -> Self:
        """Whose last permit that is in force ends within ``days``."""
        granted = StayPermit.objects.filter(
            foreigner=OuterRef("pk"), state=StayPermit.State.GRANTED
        )
        until = on + dt.timedelta(days=days)
        return self.filter(
            Exists(granted.filter(ends_on__gte=on, ends_on__lte=until)),
            ~Exists(granted.filter(Q(ends_on=None) | Q(ends_on__gt=until))),
        )

    def living_in(self, region_code: str) -> Self:
        """Whose newest stated address of some agency lies in the region, until moved."""
        addresses = Statement.objects.filter(
            Q(region=region_code) | Q(region__code__startswith=f"{region_code}."),
            foreigner=OuterRef("pk"),
            subject=Statement.Subject.ADDRESS,
            until=None,
        )
        return self.filter(Exists(addresses))


class Foreigner(models.Model):
    """A person whom the office deals with. Identity alone: no religion, ethnicity,
    politics, face template, score or ranking; those columns do not exist.

    A person without papers has an unknown identity, which blocks removal until settled.
    """

    class Sex(models.TextChoices):
        MALE = "L", _("Laki-laki")
        FEMALE = "P", _("Perempuan")
        UNKNOWN = "X", _("Tidak diketahui")

    class Identity(models.TextChoices):
        OPEN = "terbuka", _("Identitas belum dipastikan")
        ESTABLISHED = "pasti", _("Identitas dipastikan")

    office = models.ForeignKey(
        "agencies.Office", models.PROTECT, related_name="foreigners"
    )
    # Of the form that made it: the same form sent twice makes one person.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # As in the passport; empty when the name is unknown.
    name = models.CharField(_("nama sesuai paspor"), max_length=100, blank=True)
    sex = models.CharField(
        _("jenis kelamin"), max_length=1, choices=Sex, default=Sex.UNKNOWN
    )
    # Any part may be missing: 1985, 1985-04 and 1985-04-12 are all birth dates.
    birth_year = models.PositiveSmallIntegerField(
        _("tahun lahir"), null=True, blank=True
    )
    birth_month = models.PositiveSmallIntegerField(
        _("bulan lahir"), null=True, blank=True
    )
    birth_day = models.PositiveSmallIntegerField(
        _("tanggal lahir"), null=True, blank=True
    )
    birth_place = models.CharField(_("tempat lahir"), max_length=80, blank=True)
    nationality = models.ForeignKey(
        "foreigners.Nationality",
        models.PROTECT,
        related_name="+",
        verbose_name=_("kewarganegaraan"),
    )
    identity = models.CharField(
        _("identitas"), max_length=7, choices=Identity, default=Identity.OPEN
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        db_index=False,
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ForeignerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("orang asing")
        verbose_name_plural = _("orang asing")
        constraints = [
            models.CheckConstraint(
                name="birth_date_is_known_from_the_year_down",
                condition=Q(birth_month=None, birth_day=None)
                | Q(birth_year__isnull=False, birth_day=None)
                | Q(birth_year__isnull=False, birth_month__isnull=False),
            ),
            models.CheckConstraint(
                name="birth_month_and_day_are_of_a_calendar",
                condition=(Q(birth_month=None) | Q(birth_month__range=(1, 12)))
                & (Q(birth_day=None) | Q(birth_day__range=(1, 31))),
            ),
            models.CheckConstraint(
                name="nobody_is_merged_into_themselves",
                condition=~Q(merged_into=F("id")),
            ),
        ]
        indexes = [
            models.Index(fields=["office", "name"]),
            models.Index(fields=["office", "birth_year"]),
            # Nearly all are merged into nobody: a full index would mislead the planner.
            models.Index(
                name="foreigner_merged_into",
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        # Never the name: this text reaches logs and error pages.
        return f"OA-{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("foreigners:person", args=[self.pk])

    @property
    def display_name(self) -> str:
        return self.name or str(_("Nama tidak diketahui"))

    @property
    def last_permit(self) -> "StayPermit | None":
        """The granted permit that ends last; ready after ``for_list``."""
        granted = StayPermit.State.GRANTED
        return next(
            (one for one in self.stay_permits.all() if one.state == granted), None
        )

    @property
    def birth_date_text(self) -> str:
        """1985, April 1985 or 12 April 1985, as far as it is known."""
        month = MONTHS[self.birth_month - 1] if self.birth_month else None
        parts = (self.birth_day, month, self.birth_year)
        return " ".join(str(part) for part in parts if part)

    def age_on(self, day: dt.date) -> int | None:
        """Completed years at the most; None without a year. A minor is one who may be."""
        if self.birth_year is None:
            return None
        birthday = (self.birth_month or 12, self.birth_day or 31)
        return day.year - self.birth_year - ((day.month, day.day) < birthday)


class OtherName(models.Model):
    """A name in another script or spelling, an alias, a former name; with its source."""

    foreigner = models.ForeignKey(Foreigner, models.CASCADE, related_name="other_names")
    name = models.CharField(_("nama lain"), max_length=100)
    source = models.CharField(_("sumber"), max_length=150)
    noted_on = models.DateField(_("dicatat pada"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"nama lain {self.pk}"


class NameKey(models.Model):
    """What a search by name compares: one row per person and key, with the birth year.

    Keys are made by ``foreigners.services.matching``; they propose, never decide.
    """

    UNKNOWN_YEAR = 0

    foreigner = models.ForeignKey(Foreigner, models.CASCADE, related_name="name_keys")
    office = models.ForeignKey(
        "agencies.Office", models.CASCADE, related_name="+", db_index=False
    )
    key = models.CharField(max_length=8)
    birth_year = models.PositiveSmallIntegerField(default=UNKNOWN_YEAR)

    class Meta:
        # Holds all that a search reads, so that it need not look at the rows.
        indexes = [models.Index(fields=["office", "key", "birth_year", "foreigner"])]

    def __str__(self) -> str:
        return f"kunci {self.pk}"


class TravelDocument(models.Model):
    """A passport or other travel document; the number is sealed, searched by its hash."""

    class Kind(models.TextChoices):
        PASSPORT = "paspor", _("Paspor")
        EMERGENCY = "splp", _("Dokumen perjalanan darurat")
        IDENTITY = "kartu", _("Kartu identitas atau kartu perjalanan")
        REFUGEE = "pengungsi", _("Kartu UNHCR")
        OTHER = "lain", _("Dokumen lain")

    class State(models.TextChoices):
        HELD = "dipegang", _("Masih dipegang")
        REPLACED = "diganti", _("Sudah diganti")
        LOST = "hilang", _("Dilaporkan hilang")
        DOUBTED = "diragukan", _("Keasliannya diragukan")

    foreigner = models.ForeignKey(
        Foreigner, models.PROTECT, related_name="travel_documents"
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    number_sealed = models.CharField(max_length=200)
    number_hash = models.CharField(max_length=64, db_index=True)
    number_masked = models.CharField(_("nomor"), max_length=12)
    issuer = models.ForeignKey(
        "foreigners.Nationality",
        models.PROTECT,
        related_name="+",
        verbose_name=_("penerbit"),
    )
    issued_on = models.DateField(_("terbit"), null=True, blank=True)
    expires_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    state = models.CharField(
        _("keadaan"), max_length=10, choices=State, default=State.HELD
    )
    mrz_sealed = models.TextField(blank=True)
    # Fields that no check digit covers and that a person confirmed by eye.
    confirmed_fields = models.JSONField(default=list)
    # Fields whose check digit did not fit; recorded as printed, shown as a warning.
    mrz_faults = models.JSONField(default=list)
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("instansi sumber"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["-expires_on", "pk"]
        verbose_name = _("dokumen perjalanan")
        verbose_name_plural = _("dokumen perjalanan")
        constraints = [
            models.UniqueConstraint(
                name="travel_document_once_per_person",
                fields=["foreigner", "number_hash", "issuer"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number_masked}"

    def has_expired_on(self, day: dt.date) -> bool:
        return self.expires_on is not None and self.expires_on < day


class Statement(models.Model):
    """What one agency says of a person on one subject; statements never overwrite.

    Two agencies that differ make a conflict, which a settlement ends.
    """

    class Subject(models.TextChoices):
        ADDRESS = "alamat", _("Alamat")
        MARRIAGE = "perkawinan", _("Status perkawinan")
        OCCUPATION = "pekerjaan", _("Pekerjaan dan tempat kerja")
        BIRTH_DATE = "lahir", _("Tanggal lahir")
        NATIONALITY = "kewarganegaraan", _("Kewarganegaraan")
        NAME = "nama", _("Nama")

    foreigner = models.ForeignKey(Foreigner, models.CASCADE, related_name="statements")
    subject = models.CharField(_("hal"), max_length=15, choices=Subject)
    value = models.CharField(_("keterangan"), max_length=250)
    # The kelurahan, when the statement is an address.
    region = models.ForeignKey(
        "agencies.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kelurahan/desa"),
    )
    lodging = models.CharField(_("tempat menginap"), max_length=120, blank=True)
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        related_name="+",
        verbose_name=_("instansi sumber"),
    )
    stated_on = models.DateField(_("tanggal keterangan"))
    until = models.DateField(_("sampai"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["subject", "-stated_on", "-pk"]
        verbose_name = _("keterangan instansi")
        verbose_name_plural = _("keterangan instansi")

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.pk}"


class Settlement(models.Model):
    """Which statement the office holds to be right, why, and who said so."""

    foreigner = models.ForeignKey(Foreigner, models.CASCADE, related_name="settlements")
    subject = models.CharField(_("hal"), max_length=15, choices=Statement.Subject)
    kept = models.ForeignKey(Statement, models.PROTECT, related_name="settlements")
    # The newest statement that whoever settled had read; a later one opens it again.
    upto = models.PositiveBigIntegerField()
    reason = models.TextField(_("alasan"))
    settled_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.pk}"


class StayPermit(models.Model):
    """A stay permit that a person holds or held."""

    class State(models.TextChoices):
        GRANTED = "berlaku", _("Diberikan")
        CANCELLED = "dibatalkan", _("Dibatalkan")

    foreigner = models.ForeignKey(
        Foreigner, models.PROTECT, related_name="stay_permits"
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

    def __str__(self) -> str:
        return f"izin {self.pk}"

    @property
    def number_masked(self) -> str:
        return masked(self.number)

    def is_valid_on(self, day: dt.date) -> bool:
        return (
            self.state == self.State.GRANTED
            and (self.starts_on is None or self.starts_on <= day)
            and (self.ends_on is None or self.ends_on >= day)
        )


class Guarantor(models.Model):
    """A person or company responsible for a foreigner's presence and activity."""

    class Kind(models.TextChoices):
        COMPANY = "perusahaan", _("Perusahaan")
        PERSON = "perorangan", _("Perorangan")

    office = models.ForeignKey(
        "agencies.Office", models.PROTECT, related_name="guarantors"
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    name = models.CharField(_("nama"), max_length=150)
    nib = models.CharField(_("NIB"), max_length=20, blank=True)
    kbli = models.CharField(_("KBLI"), max_length=10, blank=True)
    address = models.CharField(_("alamat"), max_length=250, blank=True)
    region = models.ForeignKey(
        "agencies.Region", models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact = models.CharField(_("narahubung"), max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("penjamin")
        verbose_name_plural = _("penjamin")

    def __str__(self) -> str:
        return self.name


class Guarantee(models.Model):
    """That a guarantor stands for a foreigner, from when to when, and who says so."""

    foreigner = models.ForeignKey(Foreigner, models.CASCADE, related_name="guarantees")
    guarantor = models.ForeignKey(Guarantor, models.PROTECT, related_name="guarantees")
    role = models.CharField(_("sebagai"), max_length=60, blank=True)
    starts_on = models.DateField(_("sejak"), null=True, blank=True)
    ends_on = models.DateField(_("sampai"), null=True, blank=True)
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-starts_on", "pk"]

    def __str__(self) -> str:
        return f"penjaminan {self.pk}"


class Protection(models.Model):
    """One question of the protective gate and its answer; not asked is not "no".

    The newest row of a kind counts. Facts of health and harm raise protection, never
    suspicion; only those on duty read the note.
    """

    class Kind(models.TextChoices):
        TRAFFICKING = "tppo", _("Korban perdagangan atau penyelundupan orang")
        CHILD = "anak", _("Anak")
        REFUGEE = "pengungsi", _("Pengungsi atau pencari suaka")
        ILLNESS = "sakit", _("Sakit")
        PREGNANCY = "hamil", _("Hamil atau akan melahirkan")
        FAMILY = "keluarga", _("Kesatuan keluarga")
        STATELESS = "tanpa_kewarganegaraan", _("Tanpa kewarganegaraan")

    class Answer(models.TextChoices):
        PENDING = "diperiksa", _("Sedang diperiksa")
        YES = "ya", _("Ya")
        NO = "tidak", _("Tidak")

    # What stands in the way of a removal while it is "yes" or still being examined.
    BLOCKS_REMOVAL = (Kind.TRAFFICKING, Kind.REFUGEE)
    # UU 6/2011 art. 83(2): may be placed elsewhere than in detention.
    ELSEWHERE = (Kind.CHILD, Kind.ILLNESS, Kind.PREGNANCY)

    foreigner = models.ForeignKey(Foreigner, models.CASCADE, related_name="protections")
    kind = models.CharField(_("hal"), max_length=25, choices=Kind)
    answer = models.CharField(_("jawaban"), max_length=10, choices=Answer)
    note = models.TextField(_("dasar"))
    evidence = models.ForeignKey(
        "documents.Upload", models.PROTECT, null=True, related_name="+"
    )
    determined_at = models.DateTimeField(auto_now_add=True)
    determined_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_answer_display()}"


class Verdict(models.Model):
    """Whether two records are one person: same, not the same, can't tell; remembered."""

    class Answer(models.TextChoices):
        SAME = "sama", _("Orang yang sama")
        NOT_SAME = "beda", _("Bukan orang yang sama")
        UNCLEAR = "belum", _("Tidak dapat dipastikan")

    first = models.ForeignKey(Foreigner, models.CASCADE, related_name="+")
    second = models.ForeignKey(Foreigner, models.CASCADE, related_name="+")
    answer = models.CharField(_("putusan"), max_length=5, choices=Answer)
    ground = models.TextField(_("dasar"))
    # Revisions that were compared: the pair is proposed again when either changed.
    first_revision = models.PositiveIntegerField()
    second_revision = models.PositiveIntegerField()
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="verdict_pairs_are_ordered", condition=Q(first__lt=F("second"))
            )
        ]

    def __str__(self) -> str:
        return self.get_answer_display()


class Merge(models.Model):
    """Two records made one, with every link that moved, so that it can be undone."""

    class Basis(models.TextChoices):
        """A name is none: it proposes, and never decides."""

        DOCUMENT = "dokumen", _("Nomor dokumen perjalanan yang sama")
        BIRTH_DATE = "lahir", _("Tanggal lahir lengkap yang sama")

    kept = models.ForeignKey(Foreigner, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Foreigner, models.PROTECT, related_name="+")
    basis = models.CharField(_("dasar"), max_length=7, choices=Basis)
    ground = models.TextField(_("penjelasan"))
    # {"foreigners.CasePerson.foreigner": [pk, …], …}: what pointed at ``gone``.
    moved = models.JSONField(default=dict)
    merged_at = models.DateTimeField(auto_now_add=True)
    merged_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    undo_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_record_is_merged_once_at_a_time",
                fields=["gone"],
                condition=Q(undone_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"penggabungan {self.pk}"
