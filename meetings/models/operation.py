from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import Meeting

if TYPE_CHECKING:
    from agencies.models import User


class Operation(models.Model):
    """What a joint operation adds to its meeting: order, leader, and the words of the
    laporan kegiatan, which is issued once and then corrected in new versions."""

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, primary_key=True, related_name="operation"
    )
    order_number = models.CharField(
        _("nomor surat tugas/surat perintah"), max_length=120, blank=True
    )
    ordered_on = models.DateField(_("tanggal surat"), null=True, blank=True)
    leader = models.ForeignKey(
        "agencies.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ketua tim"),
    )
    purpose = models.TextField(_("maksud dan tujuan"), blank=True)
    course = models.TextField(_("pelaksanaan"), blank=True)
    obstacles = models.TextField(_("kendala"), blank=True)
    advice = models.TextField(_("saran/rekomendasi"), blank=True)
    closing = models.TextField(_("penutup"), blank=True)
    report = models.OneToOneField(
        "documents.Document",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="operation",
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("operasi gabungan")
        verbose_name_plural = _("operasi gabungan")

    def __str__(self) -> str:
        return f"operasi {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:operation", args=[self.pk])


class OperationPlaceQuerySet(models.QuerySet["OperationPlace"]):
    def visible_to(self, user: "User") -> Self:
        """The office's: where an operation goes is told to nobody before it has gone."""
        if user.is_liaison:
            return self.none()
        return self.filter(meeting__office=user.office_id)

    def for_list(self) -> Self:
        return self.select_related("region__parent").prefetch_related("photos")


class OperationPlace(models.Model):
    """A place that an operation goes to, and what came of it; *nihil* is a result too."""

    class Result(models.TextChoices):
        NONE = "", _("Belum dikunjungi")
        NIL = "nihil", _("Nihil temuan")
        FINDINGS = "temuan", _("Ada temuan")
        STOPPED = "berhenti", _("Dihentikan")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="operation_places"
    )
    order = models.PositiveSmallIntegerField(_("urutan"))
    place = models.CharField(_("tempat"), max_length=200)
    region = models.ForeignKey(
        "agencies.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kelurahan/desa"),
    )
    team = models.CharField(
        _("tim"),
        max_length=250,
        blank=True,
        help_text=_("Instansi yang ikut, misalnya Kanim, Polres, Disnaker."),
    )
    planned_at = models.TimeField(_("rencana jam"), null=True, blank=True)
    result = models.CharField(
        _("hasil"), max_length=10, choices=Result, blank=True, default=""
    )
    visited_at = models.DateTimeField(_("dikunjungi"), null=True, blank=True)
    note = models.TextField(_("keterangan"), blank=True)
    photos = models.ManyToManyField("documents.Upload", blank=True, related_name="+")
    findings = models.ManyToManyField(
        "foreigners.Finding", blank=True, related_name="operation_places"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = OperationPlaceQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("tempat operasi")
        verbose_name_plural = _("tempat operasi")
        constraints = [
            models.CheckConstraint(
                name="place_was_visited_iff_it_has_a_result",
                condition=Q(result="", visited_at=None)
                | ~Q(result="") & Q(visited_at__isnull=False),
            ),
            models.CheckConstraint(
                name="stopped_place_says_why",
                condition=~Q(result="berhenti") | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def is_visited(self) -> bool:
        return self.result != ""
