import datetime as dt
import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from agencies.models import User


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: "User") -> Self:
        """What one asked for oneself: a list shows each reader something else."""
        return self.filter(created_by=user)

    def waiting(self) -> Self:
        return self.filter(state=Export.State.QUEUED)

    def expired(self, at: dt.datetime) -> Self:
        """Files whose time is over; the rows stay, to say that there was one."""
        return self.filter(state=Export.State.READY, expires_at__lte=at)


class Export(models.Model):
    """A page that somebody wants as a file: what is owed, how far it is, where it lies.

    ``query`` is the filter of the page's address. The file holds what its owner could
    see when it was written, and goes when ``expires_at`` has come.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Sedang disusun")
        READY = "ready", _("Siap")
        FAILED = "failed", _("Gagal")
        CANCELLED = "cancelled", _("Dibatalkan")
        EXPIRED = "expired", _("Sudah dihapus")

    class Format(models.TextChoices):
        XLSX = "xlsx", _("Excel (XLSX)")
        CSV = "csv", _("CSV, dipisah titik koma")
        PDF = "pdf", _("PDF")

    # Of the form that asked: the same form sent twice makes one file.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The office whose audit trail tells of it: for a liaison the one that keeps them.
    office = models.ForeignKey(
        "agencies.Office", models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(_("halaman"), max_length=20)
    query = models.CharField(max_length=2000, blank=True)
    format = models.CharField(_("bentuk"), max_length=4, choices=Format)
    reason = models.TextField(_("alasan"), blank=True)
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.QUEUED
    )
    total = models.PositiveIntegerField(_("baris"), default=0)
    written = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField(_("diminta"), auto_now_add=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(_("sebab"), max_length=200, blank=True)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(_("dihapus"), null=True)
    file = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, related_name="exports"
    )

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("ekspor")
        verbose_name_plural = _("ekspor")
        constraints = [
            models.CheckConstraint(
                name="export_ready_iff_a_file_stands_behind_it",
                condition=Q(
                    state="ready", ready_at__isnull=False, expires_at__isnull=False
                )
                & ~Q(file="")
                & ~Q(sha256="")
                | ~Q(state="ready") & Q(file=""),
            ),
            models.CheckConstraint(
                name="no_more_rows_written_than_there_are",
                condition=Q(written__lte=F("total")),
            ),
        ]
        indexes = [
            models.Index(
                name="export_owed", fields=["leased_until"], condition=Q(state="queued")
            ),
            models.Index(
                name="export_expiring",
                fields=["expires_at"],
                condition=Q(state="ready"),
            ),
        ]

    def __str__(self) -> str:
        return f"E-{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("reports:export", args=[self.pk])

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.QUEUED

    @property
    def percent(self) -> int:
        return 100 * self.written // self.total if self.total else 0

    @property
    def file_name(self) -> str:
        return f"{self.kind}_{self}.{self.format}"
