import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models import Classification
from meetings.models.attendance import Attendance
from meetings.models.meeting import AgendaItem, Meeting

if TYPE_CHECKING:
    import datetime as dt

    from agencies.models import User


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: "User") -> Self:
        """That there are minutes, and where they stand; what they say is Entry's."""
        if user.role == user.Role.ADMINISTRATOR:
            return self.none()
        if user.is_liaison:
            return self.circulated_to(user.agency_id)
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def circulated_to(self, agency_id: int) -> Self:
        """What an invited agency may know of, by account or by personal link."""
        return self.filter(
            state__in=Minutes.CIRCULATED,
            meeting__invitations__agency=agency_id,
            meeting__invitations__sent_at__isnull=False,
        )

    def taking_entries(self) -> Self:
        """Drafts that may still be written, a correction after approval included."""
        return self.filter(state=Minutes.State.DRAFT).exclude(
            meeting__state=Meeting.State.CANCELLED
        )

    def compared_by(self, user: "User") -> Self:
        """Versions that may stand side by side: for a liaison, only what was issued."""
        return self.filter(state=Minutes.State.APPROVED) if user.is_liaison else self


class Minutes(models.Model):
    """One version of what a meeting said and decided; approved, it is evidence.

    A correction is the next version, with a reason and its own entries; the version
    before it stays as it was.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Disusun")
        REVIEW = "review", _("Ditinjau peserta")
        SUBMITTED = "submitted", _("Menunggu pengesahan")
        APPROVED = "approved", _("Disahkan")

    # What the agencies that attended may read.
    CIRCULATED = (State.REVIEW, State.SUBMITTED, State.APPROVED)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField(_("versi"), default=1)
    reason = models.TextField(_("alasan perbaikan"), blank=True)
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    # Grows with every change of an entry: nobody approves a text they have not read.
    revision = models.PositiveIntegerField(default=1, editable=False)
    closing = models.TextField(_("penutup"), blank=True)
    # How often the minutes went out for review; what the chief returns goes out again.
    review_round = models.PositiveSmallIntegerField(default=0, editable=False)
    review_opened_at = models.DateTimeField(null=True, editable=False)
    review_ends_on = models.DateField(
        _("akhir masa tinjauan"), null=True, editable=False
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )
    returned_reason = models.TextField(_("alasan pengembalian"), blank=True)
    # The papers of this version; a correction issues new versions of the same papers.
    circulation = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, related_name="+"
    )
    restricted = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name = _("notula")
        verbose_name_plural = _("notula")
        constraints = [
            models.UniqueConstraint(
                name="minutes_version_once_per_meeting", fields=["meeting", "version"]
            ),
            models.CheckConstraint(
                name="correction_has_a_reason",
                condition=Q(version=1) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="minutes_approved_iff_stamped",
                condition=Q(
                    state="approved",
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                    circulation__isnull=False,
                )
                | ~Q(state="approved")
                & Q(approved_at=None, approved_by=None, circulation=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Notula {self.meeting} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:minutes", args=[self.meeting_id])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def takes_entries(self) -> bool:
        return self.is_draft and not self.meeting.is_cancelled

    @property
    def is_locked(self) -> bool:
        return self.state == self.State.APPROVED

    @property
    def is_in_review(self) -> bool:
        return self.state == self.State.REVIEW

    @property
    def is_submitted(self) -> bool:
        return self.state == self.State.SUBMITTED

    @property
    def is_correction(self) -> bool:
        return self.version > 1

    def window_is_over(self, today: "dt.date") -> bool:
        """The last day of the window still belongs to the agencies."""
        return self.review_ends_on is not None and today > self.review_ends_on


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: "User") -> Self:
        """Design 4. The office's for those who work on content; an agency's for its
        liaison."""
        if user.works_on_content:
            return self.filter(minutes__meeting__office=user.office_id)
        if user.is_liaison:
            return self.readable_by(user.agency_id)
        return self.none()

    def readable_by(self, agency: int) -> Self:
        """An agency reads, once the minutes circulate: *biasa*; *terbatas* if it
        attended; *rahasia* if the entry names it as speaker, owner or reader."""
        attended = Attendance.objects.came().filter(
            meeting=OuterRef("minutes__meeting"), agency=agency
        )
        named = Entry.shared_with.through.objects.filter(
            entry=OuterRef("pk"), agency=agency
        )
        return self.filter(
            Q(classification=Classification.OPEN)
            | Q(classification=Classification.RESTRICTED) & Exists(attended)
            | Q(agency=agency)
            | Q(owner=agency)
            | Exists(named),
            minutes__in=Minutes.objects.circulated_to(agency),
        )

    def for_list(self) -> Self:
        return self.select_related("agency", "owner", "item", "answers")


class Entry(models.Model):
    """One thing that was said or settled, by an agency, under an agenda item.

    ``text`` may circulate under its classification; names of foreigners and intelligence
    remarks stand in ``restricted_text``, which only the restricted annex carries.
    """

    class Kind(models.TextChoices):
        STATEMENT = "pernyataan", _("Pernyataan")
        QUESTION = "pertanyaan", _("Pertanyaan")
        ANSWER = "jawaban", _("Jawaban")
        FINDING = "temuan", _("Temuan")
        DECISION = "keputusan", _("Keputusan")
        FOLLOW_UP = "tindak_lanjut", _("Tindak lanjut")
        NOTE = "catatan", _("Catatan")

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="entries")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="entries", verbose_name=_("mata acara")
    )
    # The same entry in the next version of the minutes keeps its key; a phone that sends
    # the same new entry twice makes one.
    key = models.UUIDField(default=uuid.uuid4)
    order = models.PositiveIntegerField(_("urutan"), default=0)
    kind = models.CharField(_("jenis"), max_length=15, choices=Kind)
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("instansi"),
    )
    speaker = models.CharField(_("nama pembicara"), max_length=120, blank=True)
    text = models.TextField(_("uraian"), blank=True)
    restricted_text = models.TextField(
        _("keterangan terbatas"),
        blank=True,
        help_text=_(
            "Nama orang asing dan catatan intelijen: hanya di lampiran terbatas."
        ),
    )
    classification = models.CharField(
        _("klasifikasi"),
        max_length=10,
        choices=Classification,
        default=Classification.OPEN,
    )
    shared_with = models.ManyToManyField(
        "agencies.Agency",
        blank=True,
        related_name="+",
        verbose_name=_("boleh dibaca juga oleh"),
    )
    answers = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("menjawab pertanyaan"),
    )
    owner = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_entries",
        verbose_name=_("penanggung jawab"),
    )
    due_on = models.DateField(_("tenggat"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )
    edited_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["item__order", "order", "pk"]
        verbose_name = _("butir notula")
        verbose_name_plural = _("butir notula")
        constraints = [
            models.UniqueConstraint(
                name="entry_key_once_per_minutes", fields=["minutes", "key"]
            ),
            models.CheckConstraint(
                name="only_an_answer_answers",
                condition=Q(answers=None) | Q(kind="jawaban"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"
