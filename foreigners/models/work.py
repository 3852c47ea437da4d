"""What is done in a case before it is decided: orders, examinations, the conference."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foreigners.models.case import Case

if TYPE_CHECKING:
    from agencies.models import User


class OfCaseQuerySet(models.QuerySet[Any]):
    """Rows that belong to a case are seen by whoever sees the case."""

    def visible_to(self, user: "User") -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))


class Order(models.Model):
    """The surat perintah before a field check, or one of the three exceptions.

    Permenimipas 2/2025 art. 30: without an order only for who is on the cegah-tangkal
    list, on a wanted list or caught in the act; report and approval first, and the order
    the same day or at most one day later.
    """

    class Exemption(models.TextChoices):
        NONE = "", _("Dengan surat perintah")
        LISTED = "cegah_tangkal", _("Tercantum dalam daftar cegah tangkal")
        WANTED = "dpo", _("Tercantum dalam daftar pencarian orang")
        CAUGHT = "tertangkap", _("Tertangkap melakukan perbuatan yang diduga melanggar")

    class Standing(models.TextChoices):
        """Kept for ever: how the order stands to the check."""

        BEFORE = "sebelum", _("Terbit sebelum pemeriksaan")
        WITHIN = "menyusul", _("Menyusul dalam batas waktu")
        LATE = "terlambat", _("Menyusul lewat batas waktu")
        MISSING = "belum", _("Belum terbit")

    case = models.ForeignKey(Case, models.PROTECT, related_name="orders")
    exception = models.CharField(
        _("dasar tanpa surat perintah"),
        max_length=15,
        choices=Exemption,
        blank=True,
        default="",
    )
    approver = models.ForeignKey(
        "agencies.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("disetujui oleh"),
    )
    approved_at = models.DateTimeField(_("disetujui"), null=True, blank=True)
    task = models.TextField(_("tugas"))
    place = models.CharField(_("sasaran"), max_length=250)
    officers = models.ManyToManyField(
        "agencies.User", related_name="+", verbose_name=_("petugas")
    )
    check_on = models.DateField(_("tanggal pemeriksaan"))
    check_until = models.DateField(_("sampai"), null=True, blank=True)
    issued_on = models.DateField(_("terbit"), null=True)
    signed_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    version = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, related_name="+"
    )
    # What was found, nihil included.
    result = models.TextField(_("hasil"), blank=True)
    result_at = models.DateTimeField(null=True)
    result_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("surat perintah")
        verbose_name_plural = _("surat perintah")
        constraints = [
            models.CheckConstraint(
                name="order_issued_iff_signed",
                condition=Q(issued_on=None, signed_by=None, version=None)
                | Q(
                    issued_on__isnull=False,
                    signed_by__isnull=False,
                    version__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="exception_approved_by_somebody_at_some_time",
                condition=Q(approver=None, approved_at=None)
                | Q(approver__isnull=False, approved_at__isnull=False)
                & ~Q(exception=""),
            ),
            models.CheckConstraint(
                name="order_without_exception_is_not_dated_after_the_check",
                condition=~Q(exception="")
                | Q(issued_on=None)
                | Q(issued_on__lte=F("check_on")),
            ),
        ]
        indexes = [models.Index(fields=["check_on", "case"])]

    def __str__(self) -> str:
        return f"surat perintah {self.pk}"


class Examination(models.Model):
    """The interview behind a BAP: who examined whom, in which language, and what was
    asked and answered. Signed, it is evidence and never edited."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Berlangsung")
        SIGNED = "signed", _("Ditandatangani")

    class Consular(models.TextChoices):
        NOT_ASKED = "", _("Belum ditanyakan")
        WANTED = "diminta", _("Diminta, perwakilan diberi tahu")
        DECLINED = "ditolak", _("Ditolak oleh yang bersangkutan")

    case = models.ForeignKey(Case, models.PROTECT, related_name="examinations")
    person = models.ForeignKey(
        "foreigners.CasePerson", models.PROTECT, related_name="examinations"
    )
    examiner = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    place = models.CharField(_("tempat"), max_length=150)
    started_at = models.DateTimeField(_("mulai"))
    ended_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    language = models.CharField(_("bahasa pemeriksaan"), max_length=60)
    # Empty when the person is examined in Indonesian.
    interpreter = models.CharField(_("juru bahasa"), max_length=120, blank=True)
    companion = models.CharField(_("pendamping"), max_length=120, blank=True)
    rights_read_at = models.DateTimeField(_("hak dibacakan"), null=True, blank=True)
    consular = models.CharField(
        _("pemberitahuan konsuler"),
        max_length=10,
        choices=Consular,
        blank=True,
        default="",
    )
    consular_note = models.CharField(
        _("keterangan konsuler"), max_length=200, blank=True
    )
    # Read back in a language the person understands, and confirmed.
    read_back = models.BooleanField(_("dibacakan kembali"), default=False)
    examinee_signature = models.ForeignKey(
        "documents.Upload", models.PROTECT, null=True, related_name="+"
    )
    refused_to_sign = models.TextField(_("alasan tidak menandatangani"), blank=True)
    state = models.CharField(
        _("status"), max_length=6, choices=State, default=State.DRAFT, editable=False
    )
    signed_at = models.DateTimeField(null=True, editable=False)
    version = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("pemeriksaan")
        verbose_name_plural = _("pemeriksaan")
        constraints = [
            models.CheckConstraint(
                name="examination_signed_iff_a_paper_exists",
                condition=Q(
                    state="signed", signed_at__isnull=False, version__isnull=False
                )
                | Q(state="draft", signed_at=None, version=None),
            )
        ]

    def __str__(self) -> str:
        return f"pemeriksaan {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("foreigners:examination", args=[self.pk])

    @property
    def is_signed(self) -> bool:
        return self.state == self.State.SIGNED


class Question(models.Model):
    """A numbered question and its answer, in the order in which they were asked."""

    examination = models.ForeignKey(
        Examination, models.CASCADE, related_name="questions"
    )
    number = models.PositiveSmallIntegerField(_("nomor"))
    question = models.TextField(_("pertanyaan"))
    answer = models.TextField(_("jawaban"), blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="question_number_once_per_examination",
                fields=["examination", "number"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.examination_id}.{self.number}"


class Conference(models.Model):
    """The gelar kasus: members, quorum, frozen materials, positions, the one outcome.

    Permenimipas 2/2025 art. 59. The outcome stands here and can't be entered elsewhere.
    """

    class State(models.TextChoices):
        CONVENED = "convened", _("Disiapkan")
        HELD = "held", _("Selesai")
        CANCELLED = "cancelled", _("Dibatalkan")

    class Outcome(models.TextChoices):
        NONE = "", _("Belum ada hasil")
        TAK = "tak", _("Tindakan Administratif Keimigrasian")
        PROSECUTE = "projustisia", _("Pro justitia")
        NOT_PROVEN = "tidak_terbukti", _("Tidak terbukti")
        PROTECT = "pelindungan", _("Pelindungan")

    class Criterion(models.TextChoices):
        """Art. 59(2): why an administrative measure and not an investigation."""

        EVIDENCE = "bukti", _("Kurang dari dua alat bukti yang cukup")
        ABUSE = "upaya", _("Risiko penyalahgunaan upaya hukum atau melarikan diri")
        INTEREST = (
            "kepentingan",
            _("Pertimbangan politik, ekonomi, sosial budaya, atau keamanan"),
        )

    case = models.ForeignKey(Case, models.PROTECT, related_name="conferences")
    planned_at = models.DateTimeField(_("waktu"))
    place = models.CharField(_("tempat"), max_length=150)
    chair = models.ForeignKey(
        "agencies.User", models.PROTECT, related_name="+", verbose_name=_("pimpinan")
    )
    quorum = models.PositiveSmallIntegerField(_("kuorum"))
    # Each material with its kind, object and the version or revision that was shown.
    materials = models.JSONField(default=list)
    state = models.CharField(
        _("status"),
        max_length=10,
        choices=State,
        default=State.CONVENED,
        editable=False,
    )
    outcome = models.CharField(
        _("hasil"), max_length=15, choices=Outcome, blank=True, default=""
    )
    criteria = models.JSONField(_("kriteria pasal 59 ayat (2)"), default=list)
    conclusion = models.TextField(_("kesimpulan"), blank=True)
    held_at = models.DateTimeField(null=True, editable=False)
    version = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("gelar kasus")
        verbose_name_plural = _("gelar kasus")
        constraints = [
            models.CheckConstraint(
                name="conference_held_iff_it_has_an_outcome",
                condition=Q(state="held", held_at__isnull=False, version__isnull=False)
                & ~Q(outcome="")
                | ~Q(state="held") & Q(outcome="", held_at=None, version=None),
            ),
            models.UniqueConstraint(
                name="one_open_conference_per_case",
                fields=["case"],
                condition=Q(state="convened"),
            ),
        ]

    def __str__(self) -> str:
        return f"gelar kasus {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("foreigners:conference", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.CONVENED


class Position(models.Model):
    """A member of the conference and where they stand, with the reason; dissent is kept."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="positions")
    member = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    role = models.CharField(_("kedudukan"), max_length=80)
    outcome = models.CharField(
        _("pendapat"),
        max_length=15,
        choices=Conference.Outcome,
        blank=True,
        default="",
    )
    reason = models.TextField(_("alasan"), blank=True)
    stated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="member_once_per_conference", fields=["conference", "member"]
            ),
            models.CheckConstraint(
                name="position_stated_iff_reasoned",
                condition=Q(outcome="", reason="", stated_at=None)
                | ~Q(outcome="") & ~Q(reason="") & Q(stated_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.role}"
