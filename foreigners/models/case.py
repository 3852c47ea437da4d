from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models import Classification

if TYPE_CHECKING:
    from agencies.models import User
    from foreigners.models.clock import Clock


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: "User") -> Self:
        """The office's; *rahasia* for the assigned, the section head and the chief.

        What was not proven is sealed: it leaves every list, for the section head and the
        chief it stays in the register of sealed cases (``sealed_for``).
        """
        if not user.works_on_content:
            return self.none()
        cases = self.filter(office=user.office_id, sealed_at=None)
        if user.role == user.Role.OFFICER:
            assigned = Case.assigned.through.objects.filter(
                case=OuterRef("pk"), user=user.pk
            )
            cases = cases.filter(
                ~Q(classification=Classification.SECRET)
                | Q(responsible=user)
                | Exists(assigned)
            )
        return cases

    def sealed_for(self, user: "User") -> Self:
        """Sealed cases: the section head and the chief may still open them."""
        if user.role in {user.Role.SECTION_HEAD, user.Role.CHIEF}:
            return self.filter(office=user.office_id, sealed_at__isnull=False)
        return self.none()

    def listed_for(self, user: "User") -> Self:
        """That there is a case, in which state, since when: the auditor's list as well."""
        if user.role == user.Role.AUDITOR:
            return self.filter(office=user.office_id)
        return self.visible_to(user)

    def for_list(self) -> Self:
        """Everything that one row of the list shows, in three queries."""
        return self.select_related("responsible", "region").prefetch_related(
            "violations__violation", "clocks__rule"
        )


class Case(models.Model):
    """What the office works on since a finding was accepted.

    ``state`` moves only through ``foreigners.services.stepping``, which reads the one
    table of transitions; each move keeps its ground and its receipt.
    """

    class State(models.TextChoices):
        REPORTED = "reported", _("Dilaporkan")
        VERIFICATION = "verification", _("Verifikasi lapangan")
        EXAMINATION = "examination", _("Pemeriksaan")
        CONFERENCE = "conference", _("Gelar kasus")
        DECIDED = "decided", _("Keputusan TAK")
        OBJECTION_WINDOW = "window", _("Masa keberatan")
        OBJECTION = "objection", _("Keberatan")
        EXECUTION = "execution", _("Pelaksanaan")
        PROSECUTION = "prosecution", _("Pro justitia")
        PROTECTION = "protection", _("Pelindungan")
        REFERRED = "referred", _("Dilimpahkan")
        NOT_PROVEN = "not_proven", _("Tidak terbukti")
        CLOSED = "closed", _("Selesai")
        REOPENED = "reopened", _("Dibuka kembali")

    ENDED = (State.REFERRED, State.NOT_PROVEN, State.CLOSED)

    office = models.ForeignKey("agencies.Office", models.PROTECT, related_name="cases")
    number = models.CharField(_("nomor kasus"), max_length=30)
    title = models.CharField(_("pokok perkara"), max_length=150)
    summary = models.TextField(_("uraian singkat"), blank=True)
    region = models.ForeignKey(
        "agencies.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kelurahan/desa"),
    )
    classification = models.CharField(
        _("klasifikasi"),
        max_length=10,
        choices=Classification,
        default=Classification.RESTRICTED,
    )
    state = models.CharField(
        _("status"),
        max_length=12,
        choices=State,
        default=State.REPORTED,
        editable=False,
    )
    registered_on = models.DateField(_("terdaftar"))
    responsible = models.ForeignKey(
        "agencies.User",
        models.PROTECT,
        related_name="+",
        verbose_name=_("petugas penanggung jawab"),
    )
    # Who else works on it, and so may open it when it is *rahasia*.
    assigned = models.ManyToManyField(
        "agencies.User", blank=True, related_name="+", verbose_name=_("petugas")
    )
    state_since = models.DateTimeField(editable=False)
    sealed_at = models.DateTimeField(null=True, editable=False)
    # Grows with every step and every change of what a step relies on.
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-registered_on", "-pk"]
        verbose_name = _("kasus")
        verbose_name_plural = _("kasus")
        constraints = [
            models.UniqueConstraint(
                name="case_number_once_per_office", fields=["office", "number"]
            ),
            models.CheckConstraint(
                name="only_what_was_not_proven_is_sealed",
                condition=Q(sealed_at=None) | Q(state__in=["not_proven", "closed"]),
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state"]),
            models.Index(fields=["office", "registered_on"]),
            # Whatever hangs on a case is an office's by its case.
            models.Index(name="case_of_office", fields=["office", "id"]),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("foreigners:case", args=[self.pk])

    @property
    def has_ended(self) -> bool:
        return self.state in self.ENDED

    @property
    def is_sealed(self) -> bool:
        return self.sealed_at is not None

    @property
    def next_clock(self) -> "Clock | None":
        """What runs out first; of a row of ``for_list``, without a query."""
        running = [clock for clock in self.clocks.all() if clock.is_running]
        return min(running, key=lambda clock: clock.due_on, default=None)


class CasePersonQuerySet(models.QuerySet["CasePerson"]):
    def visible_to(self, user: "User") -> Self:
        """What a person's page may tell of their cases: a sealed case leaves no link."""
        return self.filter(case__in=Case.objects.visible_to(user))


class CasePerson(models.Model):
    """A person in a case, with the identity as it was known then.

    A later correction of the person never rewrites ``identity``, which papers carry.
    """

    class Role(models.TextChoices):
        SUBJECT = "terduga", _("Terduga")
        WITNESS = "saksi", _("Saksi")
        VICTIM = "korban", _("Korban")

    case = models.ForeignKey(Case, models.CASCADE, related_name="persons")
    foreigner = models.ForeignKey(
        "foreigners.Foreigner", models.PROTECT, related_name="case_persons"
    )
    role = models.CharField(
        _("sebagai"), max_length=10, choices=Role, default=Role.SUBJECT
    )
    identity = models.JSONField(default=dict)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    objects = CasePersonQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="person_once_per_case", fields=["case", "foreigner"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: OA-{self.foreigner_id}"


class CaseGuarantor(models.Model):
    """A guarantor or lodging whom a case concerns: the two are not foreigners."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="guarantors")
    guarantor = models.ForeignKey(
        "foreigners.Guarantor", models.PROTECT, related_name="cases"
    )
    role = models.CharField(_("sebagai"), max_length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="guarantor_once_per_case", fields=["case", "guarantor"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.role}"


class CaseViolation(models.Model):
    """An alleged violation of the catalogue row that is in force for this case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="violations")
    violation = models.ForeignKey(
        "foreigners.Violation", models.PROTECT, related_name="+"
    )
    is_main = models.BooleanField(_("pokok"), default=False)

    class Meta:
        ordering = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="violation_once_per_case", fields=["case", "violation"]
            ),
            models.UniqueConstraint(
                name="one_main_violation_per_case",
                fields=["case"],
                condition=Q(is_main=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.violation_id}"


class CaseEvent(models.Model):
    """One step of a case with the receipt that was shown and confirmed. Never edited."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    action = models.CharField(_("langkah"), max_length=30)
    from_state = models.CharField(max_length=12, choices=Case.State)
    to_state = models.CharField(max_length=12, choices=Case.State)
    ground = models.ForeignKey(
        "foreigners.Ground", models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(_("alasan"))
    # What the system relied on, the clocks, the notices, and what it did not check.
    receipt = models.JSONField()
    receipt_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(_("waktu"))
    # None when the law itself moved the case: a window that ran out.
    by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    # A step against a warning, chosen in writing; counted on the lawfulness board.
    is_override = models.BooleanField(_("atas pilihan tertulis"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="no_step_without_reason", condition=~Q(reason="")
            )
        ]
        # The state of every case on some day: it holds all that is read.
        indexes = [
            models.Index(
                name="steps_of_case",
                fields=["case", "id"],
                include=["at", "to_state"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.action}"

    def get_absolute_url(self) -> str:
        return reverse("foreigners:receipt", args=[self.case_id, self.pk])


class CaseNoteQuerySet(models.QuerySet["CaseNote"]):
    def readable_by(self, user: "User") -> Self:
        """Of a case that the person may open; a *rahasia* note is for its writer, those
        who work on the case, the section head and the chief."""
        if not user.works_on_content:
            return self.none()
        notes = self.filter(case__office=user.office_id)
        if user.role != user.Role.OFFICER:
            return notes
        assigned = Case.assigned.through.objects.filter(
            case=OuterRef("case"), user=user.pk
        )
        return notes.filter(
            ~Q(classification=Classification.SECRET)
            | Q(by=user)
            | Q(case__responsible=user)
            | Exists(assigned)
        )


class CaseNote(models.Model):
    """A remark of the working file, with a class of its own."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    text = models.TextField(_("catatan"))
    classification = models.CharField(
        _("klasifikasi"),
        max_length=10,
        choices=Classification,
        default=Classification.RESTRICTED,
    )
    files = models.ManyToManyField("documents.Upload", blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    objects = CaseNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"catatan {self.pk}"


class CasePaper(models.Model):
    """An official paper of a case: guarded, so the case is its only door."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    document = models.OneToOneField(
        "documents.Document", models.PROTECT, related_name="case_paper"
    )
    # Whom it concerns: a download is a reading of theirs.
    persons = models.ManyToManyField(
        "foreigners.Foreigner", blank=True, related_name="papers"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.document)


class Hold(models.Model):
    """A time in which the case waits: for another agency, the person, or the law."""

    class Kind(models.TextChoices):
        AGENCY = "instansi", _("Menunggu instansi lain")
        PERSON = "orang", _("Menunggu orang yang bersangkutan")
        LAW = "hukum", _("Ditangguhkan menurut hukum")

    case = models.ForeignKey(Case, models.CASCADE, related_name="holds")
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    ground = models.TextField(_("dasar"))
    since = models.DateTimeField(_("sejak"))
    until = models.DateTimeField(_("sampai"), null=True)
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_hold_per_case_and_kind",
                fields=["case", "kind"],
                condition=Q(until=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class SavedFilter(models.Model):
    """A list's filter under a name of its owner's."""

    user = models.ForeignKey(
        "agencies.User", models.CASCADE, related_name="saved_filters"
    )
    name = models.CharField(_("nama"), max_length=60)
    # The name of the list's address and its query, as "foreigners:cases" and "status=…".
    view = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="filter_name_once_per_list", fields=["user", "view", "name"]
            )
        ]

    def __str__(self) -> str:
        return self.name
