import datetime as dt
import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Classification
from meetings.models.meeting import Meeting

if TYPE_CHECKING:
    from agencies.models import User


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: "User") -> Self:
        """That there is a duty, whose and until when: the office sees what it is owed,
        an agency what it owes."""
        if user.works_on_content or user.role == user.Role.AUDITOR:
            return self.filter(office=user.office_id)
        if user.is_liaison:
            return self.filter(owner=user.agency_id)
        return self.none()

    def readable_by(self, user: "User") -> Self:
        """What the duty says as well: to an auditor it stays closed (design 4)."""
        if user.role == user.Role.AUDITOR:
            return self.none()
        return self.visible_to(user)

    def open(self) -> Self:
        return self.filter(state__in=FollowUp.OPEN)

    def overdue(self, today: dt.date) -> Self:
        return self.open().filter(due_on__lt=today)

    def for_list(self) -> Self:
        return self.select_related("owner", "origin", "office__agency")

    def most_urgent_first(self) -> Self:
        """Open ones by their due date, then what is settled, the newest on top."""
        is_open = Q(state__in=FollowUp.OPEN)
        return self.order_by(
            Case(When(is_open, then=Value(0)), default=Value(1)),
            Case(When(is_open, then=F("due_on"))),
            F("done_on").desc(nulls_last=True),
            "-pk",
        )


class FollowUp(models.Model):
    """What an agency owes since a meeting; one identity through all meetings until done."""

    class State(models.TextChoices):
        OPEN = "open", _("Belum selesai")
        REPORTED = "reported", _("Dilaporkan, menunggu pemeriksaan")
        DONE = "done", _("Selesai")
        CANCELLED = "cancelled", _("Dibatalkan")

    OPEN = (State.OPEN, State.REPORTED)

    office = models.ForeignKey(
        "agencies.Office", models.PROTECT, related_name="follow_ups"
    )
    team = models.ForeignKey("agencies.Team", models.PROTECT, related_name="follow_ups")
    origin = models.ForeignKey(
        Meeting, models.PROTECT, related_name="follow_ups", verbose_name=_("asal")
    )
    # The key of the entry that it came from, the same in every version of the minutes.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField(_("tindak lanjut"))
    owner = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        related_name="follow_ups",
        verbose_name=_("penanggung jawab"),
    )
    due_on = models.DateField(_("tenggat"))
    classification = models.CharField(
        _("klasifikasi"),
        max_length=10,
        choices=Classification,
        default=Classification.OPEN,
    )
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.OPEN, editable=False
    )
    created_on = models.DateField(_("sejak"))
    done_on = models.DateField(_("selesai pada"), null=True, editable=False)
    close_reason = models.TextField(blank=True, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("tindak lanjut")
        verbose_name_plural = _("tindak lanjut")
        constraints = [
            models.CheckConstraint(
                name="follow_up_done_iff_dated",
                condition=Q(state="done", done_on__isnull=False)
                | ~Q(state="done") & Q(done_on=None),
            )
        ]
        indexes = [models.Index(fields=["office", "due_on"])]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("meetings:follow_up", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def is_overdue(self, on: dt.date | None = None) -> bool:
        """Open and past its due date on a day; without one, today."""
        return self.is_open and self.due_on < (on or timezone.localdate())

    def age(self, on: dt.date | None = None) -> int:
        """Days since the meeting that settled it, to its end or to a day (today)."""
        return ((self.done_on or on or timezone.localdate()) - self.created_on).days


class Progress(models.Model):
    """An agency's report on a follow-up, and the secretariat's verdict on it."""

    class Verdict(models.TextChoices):
        PENDING = "", _("Belum diperiksa")
        ACCEPTED = "diterima", _("Diterima")
        RETURNED = "dikembalikan", _("Dikembalikan")

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="progress")
    text = models.TextField(_("laporan kemajuan"))
    is_final = models.BooleanField(_("pekerjaan sudah selesai"), default=True)
    evidence = models.ManyToManyField("documents.Upload", blank=True, related_name="+")
    reported_at = models.DateTimeField(auto_now_add=True)
    reported_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    verdict = models.CharField(
        _("hasil pemeriksaan"), max_length=12, choices=Verdict, blank=True, default=""
    )
    verdict_at = models.DateTimeField(null=True)
    verdict_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    verdict_reason = models.TextField(_("catatan pemeriksa"), blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="returned_progress_has_a_reason",
                condition=~Q(verdict="dikembalikan") | ~Q(verdict_reason=""),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
