from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.document import Classification


class Dossier(models.Model):
    """The papers of one meeting or case bound into one PDF for one kind of reader.

    A copy for reading, never a paper: it has no number and no signature of its own. The
    row is the job; ``parts`` is what it binds, and other parts make it anew. ``key`` names
    what it is of and for whom; whoever holds that subject's door derives it.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Menunggu")
        READY = "ready", _("Siap")
        FAILED = "failed", _("Gagal")

    key = models.CharField(max_length=60, unique=True)
    office = models.ForeignKey(
        "agencies.Office", models.PROTECT, related_name="dossiers"
    )
    title = models.CharField(_("judul"), max_length=250)
    classification = models.CharField(
        _("klasifikasi"), max_length=10, choices=Classification
    )
    # Papers by their version, drawn pages with the data that they are drawn from.
    parts = models.JSONField()
    parts_sha256 = models.CharField(max_length=64)
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.QUEUED
    )
    queued_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(_("sebab"), max_length=200, blank=True)
    # How many parts are bound in, for whoever waits.
    done = models.PositiveIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    is_archivable = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("bundel berkas")
        verbose_name_plural = _("bundel berkas")
        constraints = [
            models.CheckConstraint(
                name="dossier_ready_iff_a_file_stands_behind_it",
                condition=Q(state="ready", ready_at__isnull=False)
                & ~Q(file="")
                & ~Q(sha256="")
                | ~Q(state="ready") & Q(ready_at=None, file="", sha256=""),
            )
        ]
        indexes = [
            models.Index(
                name="dossier_owed",
                fields=["leased_until"],
                condition=Q(state="queued"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_queued(self) -> bool:
        return self.state == self.State.QUEUED

    @property
    def file_name(self) -> str:
        """What a reader's device calls it: what it is of, no names."""
        return f"bundel_{self.key.replace(':', '-')}.pdf"
