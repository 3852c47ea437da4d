import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models import Classification
from foreigners.models.case import Case, CaseEvent

if TYPE_CHECKING:
    from agencies.models import User


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: "User") -> Self:
        """The office's for those who work on content; a liaison's own agency's and those
        that were shared with it. A draft is its writer's agency's alone."""
        others_draft = Q(state=Finding.State.DRAFT) & ~Q(
            created_by__agency=user.agency_id
        )
        if user.works_on_content:
            return self.filter(~others_draft, office=user.office_id)
        if user.is_liaison:
            shared = Finding.shared_with.through.objects.filter(
                finding=OuterRef("pk"), agency=user.agency_id
            )
            return self.filter(Q(reporter=user.agency_id) | Exists(shared)).exclude(
                others_draft
            )
        return self.none()

    def listed_for(self, user: "User") -> Self:
        """That there is a finding, without what it says: the auditor's list as well."""
        if user.role == user.Role.AUDITOR:
            return self.filter(office=user.office_id).exclude(state=Finding.State.DRAFT)
        return self.visible_to(user)

    def showing_persons_to(self, user: "User") -> Self:
        """Whose names, numbers and files the user may read: ``shows_persons_to`` in SQL."""
        if user.works_on_content:
            return self.visible_to(user).filter(
                Q(ground_at__isnull=False) | Q(created_by=user)
            )
        return self.visible_to(user).filter(reporter=user.agency_id)

    def waiting(self) -> Self:
        """For the section head's decision, the oldest first."""
        return self.filter(state=Finding.State.SUBMITTED).order_by("pk")

    def for_list(self) -> Self:
        """Everything that one row of the list shows, its outcome included, in one query."""
        closing = CaseEvent.objects.filter(
            case=OuterRef("case"), to_state=Case.State.CLOSED
        ).order_by("-pk")
        return self.select_related("reporter", "region__parent", "case").annotate(
            closing_action=Subquery(closing.values("action")[:1])
        )


class Finding(models.Model):
    """What an agency reports to have seen: an allegation, never a verdict.

    It becomes or joins a case by a decision with a reason. Names of persons stand in
    ``FindingPerson`` and ``persons``, which no circulated paper carries; the office reads
    them, and the files, once the ground for suspicion is written down.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Diterima, menunggu telaah")
        RETURNED = "returned", _("Dikembalikan untuk dilengkapi")
        ACCEPTED = "accepted", _("Menjadi kasus")
        JOINED = "joined", _("Digabung ke kasus yang ada")
        REFERRED = "referred", _("Dilimpahkan ke instansi lain")
        OUTSIDE = "outside", _("Bukan urusan keimigrasian")
        WITHDRAWN = "withdrawn", _("Ditarik melalui perbaikan notula")

    class Origin(models.TextChoices):
        MEETING = "rapat", _("Rapat Tim Pora")
        OPERATION = "operasi", _("Operasi gabungan")
        AGENCY = "instansi", _("Laporan instansi")
        OFFICER = "petugas", _("Petugas imigrasi")

    office = models.ForeignKey(
        "agencies.Office", models.PROTECT, related_name="findings"
    )
    reporter = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        related_name="findings",
        verbose_name=_("instansi pelapor"),
    )
    # The key of the entry that it came from, the same in every version of the minutes;
    # a phone that sends the same card twice makes one finding.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Taken when it is handed in; a draft has none.
    number = models.CharField(_("nomor temuan"), max_length=20, blank=True)
    origin = models.CharField(
        _("asal"), max_length=10, choices=Origin, default=Origin.AGENCY
    )
    reported_on = models.DateField(_("tanggal laporan"))
    seen_on = models.DateField(_("tanggal kejadian"), null=True, blank=True)
    place = models.CharField(_("tempat"), max_length=200, blank=True)
    region = models.ForeignKey(
        "agencies.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kelurahan/desa"),
    )
    latitude = models.DecimalField(
        _("lintang"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("bujur"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    activity = models.TextField(_("kegiatan yang dilihat"))
    person_count = models.PositiveSmallIntegerField(
        _("jumlah orang asing"), null=True, blank=True
    )
    persons = models.TextField(_("nama orang asing (terbatas)"), blank=True)
    classification = models.CharField(
        _("klasifikasi"),
        max_length=10,
        choices=Classification,
        default=Classification.RESTRICTED,
    )
    shared_with = models.ManyToManyField(
        "agencies.Agency",
        blank=True,
        related_name="+",
        verbose_name=_("dibagikan kepada"),
    )
    files = models.ManyToManyField("documents.Upload", blank=True, related_name="+")
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.SUBMITTED
    )
    # Written before names and photos are looked at: no face and no nationality steers it.
    ground = models.TextField(_("dasar dugaan"), blank=True, editable=False)
    ground_at = models.DateTimeField(null=True, editable=False)
    ground_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )
    case = models.ForeignKey(
        "foreigners.Case", models.PROTECT, null=True, related_name="findings"
    )
    referred_to = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("dilimpahkan kepada"),
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("temuan")
        verbose_name_plural = _("temuan")
        constraints = [
            models.UniqueConstraint(
                name="finding_number_once_per_office",
                fields=["office", "number"],
                condition=~Q(number=""),
            ),
            models.CheckConstraint(
                name="only_a_draft_has_no_number",
                condition=Q(state="draft") | ~Q(number=""),
            ),
            models.CheckConstraint(
                name="accepted_or_joined_finding_has_its_case",
                condition=Q(state__in=["accepted", "joined"], case__isnull=False)
                | ~Q(state__in=["accepted", "joined"]) & Q(case=None),
            ),
            models.CheckConstraint(
                name="finding_ground_written_iff_stamped",
                condition=Q(ground="", ground_at=None, ground_by=None)
                | Q(ground_at__isnull=False, ground_by__isnull=False) & ~Q(ground=""),
            ),
            models.CheckConstraint(
                name="referred_finding_names_its_agency",
                condition=Q(state="referred", referred_to__isnull=False)
                | ~Q(state="referred") & Q(referred_to=None),
            ),
            models.CheckConstraint(
                name="finding_position_is_whole",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state"]),
            models.Index(fields=["office", "region", "seen_on"]),
        ]

    def __str__(self) -> str:
        return self.number or f"draf temuan {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("foreigners:finding", args=[self.pk])

    @property
    def waits(self) -> bool:
        """For the office's decision."""
        return self.state == self.State.SUBMITTED

    @property
    def is_writable(self) -> bool:
        """Until it is decided its reporter may still complete it."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def has_ground(self) -> bool:
        return self.ground_at is not None

    def shows_persons_to(self, user: "User") -> bool:
        """Names, numbers and files: to the agency that reported them, and in the office
        to whoever wrote them or once the ground for suspicion is written down."""
        if user.works_on_content:
            return user.office_id == self.office_id and (
                self.has_ground or self.created_by_id == user.pk
            )
        return user.is_liaison and user.agency_id == self.reporter_id


class FindingPerson(models.Model):
    """A person as the reporting agency wrote them down; the office may know who it is."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="named_persons")
    name = models.CharField(_("nama"), max_length=100, blank=True)
    description = models.CharField(_("keterangan"), max_length=200, blank=True)
    document_number_sealed = models.CharField(max_length=200, blank=True)
    document_number_hash = models.CharField(max_length=64, blank=True, db_index=True)
    document_number_masked = models.CharField(
        _("nomor dokumen"), max_length=12, blank=True
    )
    # Proposes doubles, never decides.
    name_key = models.CharField(max_length=100, blank=True, db_index=True)
    foreigner = models.ForeignKey(
        "foreigners.Foreigner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="finding_persons",
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"orang {self.pk}"


class FindingEvent(models.Model):
    """One step of a finding: what was decided, by whom, why. The reporter reads the
    reason of a return; the others stay in the office."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="events")
    state = models.CharField(_("status"), max_length=10, choices=Finding.State)
    reason = models.TextField(_("alasan"), blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.state}"
