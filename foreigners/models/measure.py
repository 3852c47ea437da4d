"""What is decided in a case, told to the person, contested and carried out."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foreigners.models.case import Case
from foreigners.models.work import OfCaseQuerySet

if TYPE_CHECKING:
    from agencies.models import User


class DetentionGround(models.TextChoices):
    """UU 6/2011 art. 83(1): who may be held, and nobody else."""

    NO_PERMIT = "a", _("tidak memiliki izin tinggal yang sah")
    NO_DOCUMENT = "b", _("tidak memiliki dokumen perjalanan yang sah")
    PERMIT_CANCELLED = (
        "c",
        _("izin tinggalnya dibatalkan dengan tindakan administratif"),
    )
    AWAITS_DEPORTATION = "d", _("menunggu pelaksanaan deportasi")
    AWAITS_DEPARTURE = "e", _("menunggu keberangkatan karena ditolak masuk")


class Measure(models.Model):
    """One TAK (art. 75(2) a-f) or detention (art. 83) against one person of a case.

    Drafted, decided by the chief, served with proof, then carried out; served is what
    starts the clock of the objection.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Konsep")
        DECIDED = "decided", _("Diputuskan")
        SERVED = "served", _("Disampaikan")
        ENDED = "ended", _("Berakhir")
        ANNULLED = "annulled", _("Dibatalkan atas keberatan")

    class Execution(models.TextChoices):
        NONE = "", _("Belum dilaksanakan")
        PARTIAL = "sebagian", _("Dilaksanakan sebagian")
        COMPLETE = "penuh", _("Dilaksanakan")
        IMPOSSIBLE = "tidak_mungkin", _("Tidak dapat dilaksanakan")

    case = models.ForeignKey(Case, models.PROTECT, related_name="measures")
    person = models.ForeignKey(
        "foreigners.CasePerson", models.PROTECT, related_name="measures"
    )
    kind = models.ForeignKey("foreigners.MeasureKind", models.PROTECT, related_name="+")
    content = models.TextField(_("isi tindakan"))
    reason = models.TextField(_("pertimbangan"))
    starts_on = models.DateField(_("berlaku sejak"), null=True, blank=True)
    ends_on = models.DateField(_("sampai"), null=True, blank=True)
    # Biaya beban: what the overstay sheet says, in whole rupiah.
    sheet = models.ForeignKey(
        "foreigners.OverstaySheet",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("lembar hitung"),
    )
    amount = models.PositiveBigIntegerField(_("jumlah rupiah"), null=True, blank=True)
    place = models.CharField(_("tempat"), max_length=150, blank=True)
    detention_ground = models.CharField(
        _("alasan pendetensian"),
        max_length=1,
        choices=DetentionGround,
        blank=True,
        default="",
    )
    # Art. 83 knows no gelar kasus: a way of its own, beside that of the case.
    is_outside_conference = models.BooleanField(
        _("di luar gelar kasus"), default=False, editable=False
    )
    # Why a detained child or sick person is not placed elsewhere (art. 83(2)).
    placement_reason = models.TextField(_("alasan penempatan"), blank=True)
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    decided_on = models.DateField(_("tanggal keputusan"), null=True, editable=False)
    decided_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )
    version = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, related_name="+"
    )
    served_on = models.DateField(_("tanggal penyampaian"), null=True, editable=False)
    served_to = models.CharField(_("diterima oleh"), max_length=120, blank=True)
    service_proof = models.ForeignKey(
        "documents.Upload", models.PROTECT, null=True, related_name="+"
    )
    served_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )
    # The berita acara penyampaian, with the last day of the objection.
    service_version = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, related_name="+"
    )
    execution = models.CharField(
        _("pelaksanaan"), max_length=15, choices=Execution, blank=True, default=""
    )
    executed_on = models.DateField(_("tanggal pelaksanaan"), null=True)
    execution_note = models.TextField(_("keterangan pelaksanaan"), blank=True)
    execution_proof = models.ForeignKey(
        "documents.Upload", models.PROTECT, null=True, related_name="+"
    )
    executed_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )
    # The chief's written choice to carry out while an objection is open or may come.
    early_execution_reason = models.TextField(blank=True, editable=False)
    early_execution_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )
    # Carried out while an objection was open or could still come; counted.
    executed_early = models.BooleanField(default=False, editable=False)
    # The receipt of the state's till (NTPN); paid outside this application.
    payment_number = models.CharField(_("NTPN"), max_length=30, blank=True)
    # When it stopped having effect: its period ran out, or the person was let go.
    ended_on = models.DateField(_("berakhir"), null=True, editable=False)
    end_note = models.TextField(_("keterangan berakhir"), blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    drafted_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    # Whoever wrote on the draft: none of them decides it, whatever they are by then.
    drafters = models.ManyToManyField("agencies.User", related_name="+", editable=False)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("tindakan")
        verbose_name_plural = _("tindakan")
        constraints = [
            models.CheckConstraint(
                name="measure_decided_iff_dated_and_written",
                condition=Q(
                    state="draft", decided_on=None, decided_by=None, version=None
                )
                | ~Q(state="draft")
                & Q(
                    decided_on__isnull=False,
                    decided_by__isnull=False,
                    version__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="measure_served_iff_proven",
                condition=Q(served_on=None, service_proof=None)
                | Q(served_on__isnull=False, service_proof__isnull=False),
            ),
            models.CheckConstraint(
                name="execution_is_dated_and_proven",
                condition=Q(execution="", executed_on=None, execution_proof=None)
                | ~Q(execution="")
                & Q(executed_on__isnull=False, execution_proof__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_ends_after_it_starts",
                condition=Q(starts_on=None)
                | Q(ends_on=None)
                | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="nobody_decides_their_own_draft",
                condition=Q(decided_by=None) | ~Q(decided_by=F("drafted_by")),
            ),
            models.CheckConstraint(
                name="amount_comes_from_a_sheet",
                condition=Q(amount=None, sheet=None)
                | Q(amount__isnull=False, sheet__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_ended_iff_dated",
                condition=Q(ended_on=None) & ~Q(state="ended")
                | Q(ended_on__isnull=False, state__in=["ended", "annulled"]),
            ),
            models.CheckConstraint(
                name="measure_outside_the_conference_is_a_detention_with_its_ground",
                condition=Q(is_outside_conference=False) | ~Q(detention_ground=""),
            ),
            models.CheckConstraint(
                name="early_execution_was_chosen_in_writing",
                condition=Q(executed_early=False) | ~Q(early_execution_reason=""),
            ),
        ]
        # Recaps ask for the days of a period; with its case a row tells its office.
        indexes = [
            models.Index(fields=["decided_on", "case"]),
            models.Index(
                name="measure_executed",
                fields=["executed_on", "case"],
                condition=Q(executed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"tindakan {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("foreigners:measure", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_served(self) -> bool:
        return self.served_on is not None

    @property
    def is_executed(self) -> bool:
        return self.execution not in {"", self.Execution.PARTIAL}

    @property
    def is_executable(self) -> bool:
        """In its state the case lets it be carried out; what else it takes is another's."""
        return self.is_outside_conference or self.case.state == Case.State.EXECUTION

    @property
    def holds_somebody(self) -> bool:
        """A detention that was carried out and has not ended."""
        held = {self.Execution.PARTIAL, self.Execution.COMPLETE}
        return (
            self.kind.detains
            and self.execution in held
            and self.state == self.State.SERVED
        )


class ExecutionRecord(models.Model):
    """One report of a measure being carried out; the measure itself shows the newest."""

    measure = models.ForeignKey(
        Measure, models.CASCADE, related_name="execution_records"
    )
    outcome = models.CharField(
        _("pelaksanaan"), max_length=15, choices=Measure.Execution
    )
    on = models.DateField(_("tanggal"))
    note = models.TextField(_("keterangan"), blank=True)
    proof = models.ForeignKey("documents.Upload", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"pelaksanaan {self.pk}"


class DetentionReview(models.Model):
    """That somebody looked again whether a detention still has to last, and why."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="reviews")
    on = models.DateField(_("tanggal"))
    reason = models.TextField(_("alasan dilanjutkan"))
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"peninjauan {self.pk}"


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(measure__in=Measure.objects.visible_to(user))


class Objection(models.Model):
    """A keberatan against one measure: Permenimipas 2/2025 art. 73."""

    class Outcome(models.TextChoices):
        NONE = "", _("Belum diputus")
        UPHELD = "ditolak", _("Ditolak, keputusan tetap")
        CHANGED = "diubah", _("Diterima sebagian, keputusan diubah")
        ANNULLED = "dibatalkan", _("Diterima, keputusan dibatalkan")

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="objections")
    received_on = models.DateField(_("diterima"))
    by_proxy = models.CharField(_("kuasa"), max_length=120, blank=True)
    power_of_attorney = models.ForeignKey(
        "documents.Upload", models.PROTECT, null=True, related_name="+"
    )
    reasons = models.TextField(_("alasan keberatan"))
    evidence = models.ManyToManyField("documents.Upload", blank=True, related_name="+")
    is_late = models.BooleanField(_("lewat waktu"), default=False)
    # Late filing is heard: its reason, and whether it was taken up.
    late_reason = models.TextField(_("alasan keterlambatan"), blank=True)
    receipt = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, related_name="+"
    )
    forwarded_on = models.DateField(_("diteruskan"), null=True)
    advice = models.TextField(_("pertimbangan yang diteruskan"), blank=True)
    forwarded_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    decided_on = models.DateField(_("diputus"), null=True)
    outcome = models.CharField(
        _("hasil"), max_length=12, choices=Outcome, blank=True, default=""
    )
    outcome_note = models.TextField(_("isi putusan"), blank=True)
    outcome_proof = models.ForeignKey(
        "documents.Upload", models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("keberatan")
        verbose_name_plural = _("keberatan")
        constraints = [
            models.CheckConstraint(
                name="objection_decided_iff_it_has_an_outcome",
                condition=Q(decided_on=None, outcome="")
                | Q(decided_on__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="late_objection_says_why",
                condition=Q(is_late=False) | ~Q(late_reason=""),
            ),
            models.UniqueConstraint(
                name="one_open_objection_per_measure",
                fields=["measure"],
                condition=Q(decided_on=None),
            ),
            models.CheckConstraint(
                name="proxy_has_a_power_of_attorney",
                condition=Q(by_proxy="") | Q(power_of_attorney__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["received_on", "measure"])]

    def __str__(self) -> str:
        return f"keberatan {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("foreigners:objection", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.decided_on is None


class OverstaySheet(models.Model):
    """Days and charge of an overstay with their derivation, line by line, as computed.

    Never a debt: a charge is owed by a decided measure alone (domain 5.3).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="overstay_sheets")
    person = models.ForeignKey(
        "foreigners.CasePerson", models.PROTECT, related_name="overstay_sheets"
    )
    permit_ends_on = models.DateField(_("izin berakhir"))
    counted_until = models.DateField(_("dihitung sampai"))
    # What follows from the lines, and what the officer sets, which may depart from it.
    computed_days = models.PositiveIntegerField()
    computed_amount = models.PositiveBigIntegerField()
    days = models.PositiveIntegerField(_("hari"))
    amount = models.PositiveBigIntegerField(_("rupiah"))
    is_beyond_charge = models.BooleanField(_("lewat batas biaya beban"))
    exemption = models.CharField(_("pembebasan"), max_length=200, blank=True)
    derivation = models.JSONField()
    departure_reason = models.TextField(_("alasan penyimpangan"), blank=True)
    # The rows that it rests on; what a sheet used is not edited any more.
    tariffs = models.ManyToManyField("foreigners.Tariff", related_name="+")
    choices = models.ManyToManyField("foreigners.Setting", related_name="+")
    limit = models.ForeignKey("foreigners.ClockRule", models.PROTECT, related_name="+")
    computed_at = models.DateTimeField(auto_now_add=True)
    computed_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("lembar hitung lewat izin tinggal")
        verbose_name_plural = _("lembar hitung lewat izin tinggal")
        constraints = [
            models.CheckConstraint(
                name="departure_from_the_derivation_says_why",
                condition=Q(days=F("computed_days"), amount=F("computed_amount"))
                | ~Q(departure_reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"lembar hitung {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("foreigners:overstay", args=[self.pk])

    @property
    def departs(self) -> bool:
        computed = (self.computed_days, self.computed_amount)
        return (self.days, self.amount) != computed
