"""What is kept of a case, and what leaves it for others."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foreigners.models.case import Case
from foreigners.models.work import OfCaseQuerySet

if TYPE_CHECKING:
    from agencies.models import User

# A hand-over that its taker has not confirmed by then is a gap, and stays one.
CONFIRMED_WITHIN = dt.timedelta(days=1)


class Evidence(models.Model):
    """A thing or file that was taken: what, from whom, where, under which order.

    A file's hash is computed at receipt and again every night; a difference stays.
    """

    class State(models.TextChoices):
        KEPT = "disimpan", _("Disimpan")
        RETURNED = "dikembalikan", _("Dikembalikan")
        DESTROYED = "dimusnahkan", _("Dimusnahkan")
        HANDED_OVER = "diserahkan", _("Diserahkan ke instansi lain")

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    number = models.CharField(_("nomor barang bukti"), max_length=30)
    description = models.CharField(_("barang"), max_length=250)
    taken_from = models.CharField(_("diambil dari"), max_length=150)
    taken_at = models.DateTimeField(_("waktu"))
    place = models.CharField(_("tempat"), max_length=200)
    order = models.ForeignKey(
        "foreigners.Order", models.PROTECT, null=True, blank=True, related_name="+"
    )
    upload = models.ForeignKey(
        "documents.Upload", models.PROTECT, null=True, related_name="+"
    )
    # Hash at receipt of the bytes as they came in; empty for a thing.
    sha256 = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    state = models.CharField(
        _("keadaan"), max_length=15, choices=State, default=State.KEPT
    )
    holder = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    received_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    receipt = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, related_name="+"
    )
    # Its newest version says how the thing stood when it was printed.
    card = models.OneToOneField(
        "documents.Document",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="evidence_card",
    )

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("barang bukti")
        verbose_name_plural = _("barang bukti")
        constraints = [
            models.UniqueConstraint(
                name="evidence_number_once_per_case", fields=["case", "number"]
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("foreigners:evidence", args=[self.pk])


class Custody(models.Model):
    """A hand-over of evidence; it counts when giver and taker have both confirmed.

    A row that nobody confirmed in time is a gap, and stays visible.
    """

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="custody")
    giver = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    taker = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    # When it leaves the office: to the owner, to the prosecutor, to destruction.
    taker_text = models.CharField(_("penerima luar"), max_length=150, blank=True)
    purpose = models.CharField(_("keperluan"), max_length=200)
    given_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    proof = models.ForeignKey(
        "documents.Upload", models.PROTECT, null=True, related_name="+"
    )
    refused_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="custody_goes_to_somebody",
                condition=Q(taker__isnull=False) | ~Q(taker_text=""),
            ),
            models.UniqueConstraint(
                name="one_open_hand_over_per_evidence",
                fields=["evidence"],
                condition=Q(taken_at=None, refused_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"serah terima {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.taken_at is None and not self.refused_reason

    def is_gap(self, now: dt.datetime) -> bool:
        """Nobody answered for the thing for longer than a day; it can't be mended."""
        return (self.taken_at or now) - self.given_at > CONFIRMED_WITHIN


class ReferralQuerySet(OfCaseQuerySet):
    def visible_to(self, user: "User") -> Self:
        """Whoever sees the case; of the others the agency that it was sent to."""
        if user.is_liaison:
            return self.filter(agency=user.agency_id).exclude(
                state=Referral.State.REVOKED
            )
        return super().visible_to(user)


class Referral(models.Model):
    """A limpah to another agency: before acceptance it reads a minimum card only."""

    class State(models.TextChoices):
        SENT = "dikirim", _("Dikirim")
        ACCEPTED = "diterima", _("Diterima")
        REFUSED = "ditolak", _("Ditolak")
        REVOKED = "ditarik", _("Ditarik")

    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        related_name="referrals",
        verbose_name=_("instansi tujuan"),
    )
    reason = models.TextField(_("alasan"))
    # Type, area, urgency: what the agency reads before it accepts.
    card = models.CharField(_("kartu ringkas"), max_length=250)
    # What it reads once it has accepted.
    content = models.TextField(_("isi pelimpahan"))
    version = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.SENT
    )
    sent_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    receipt_number = models.CharField(
        _("nomor tanda terima"), max_length=80, blank=True
    )
    answer_reason = models.TextField(_("alasan jawaban"), blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("pelimpahan")
        verbose_name_plural = _("pelimpahan")
        constraints = [
            models.CheckConstraint(
                name="accepted_referral_has_a_receipt",
                condition=~Q(state="diterima") | ~Q(receipt_number=""),
            ),
            models.CheckConstraint(
                name="refused_referral_says_why",
                condition=~Q(state="ditolak") | ~Q(answer_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"pelimpahan {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("foreigners:referral", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.SENT

    @property
    def shows_content(self) -> bool:
        """Before it accepts, the agency reads the card alone."""
        return self.state == self.State.ACCEPTED


class Prosecution(models.Model):
    """The pro justitia route: order of investigation, SPDP, stages, verdict."""

    class Stage(models.TextChoices):
        INVESTIGATION = "sidik", _("Penyidikan")
        CHARGE = "penuntutan", _("Penuntutan")
        TRIAL = "sidang", _("Sidang")
        VERDICT = "putusan", _("Putusan")
        STOPPED = "dihentikan", _("Dihentikan (SP3)")

    case = models.ForeignKey(Case, models.PROTECT, related_name="prosecutions")
    order_number = models.CharField(_("nomor surat perintah penyidikan"), max_length=80)
    ordered_on = models.DateField(_("tanggal surat perintah penyidikan"))
    investigator = models.ForeignKey(
        "agencies.User", models.PROTECT, related_name="+", verbose_name=_("PPNS")
    )
    spdp_number = models.CharField(_("nomor SPDP"), max_length=80, blank=True)
    spdp_sent_on = models.DateField(_("SPDP dikirim"), null=True, blank=True)
    spdp_proof = models.ForeignKey(
        "documents.Upload", models.PROTECT, null=True, related_name="+"
    )
    stage = models.CharField(
        _("tahap"), max_length=12, choices=Stage, default=Stage.INVESTIGATION
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("pro justitia")
        verbose_name_plural = _("pro justitia")
        indexes = [models.Index(fields=["ordered_on", "case"])]

    def __str__(self) -> str:
        return f"pro justitia {self.pk}"


class StageEvent(models.Model):
    """When a prosecution reached a stage, and on which paper that rests."""

    prosecution = models.ForeignKey(Prosecution, models.CASCADE, related_name="stages")
    stage = models.CharField(_("tahap"), max_length=12, choices=Prosecution.Stage)
    on = models.DateField(_("tanggal"))
    note = models.TextField(_("keterangan"))
    proof = models.ForeignKey(
        "documents.Upload", models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["on", "prosecution"])]

    def __str__(self) -> str:
        return f"{self.prosecution_id} {self.stage}"


class Admonition(models.Model):
    """A written warning or an accepted correction that settles a light case without TAK."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="warnings")
    text = models.TextField(_("isi teguran atau perbaikan"))
    proof = models.ForeignKey("documents.Upload", models.PROTECT, related_name="+")
    settled_on = models.DateField(_("tanggal"))
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("teguran")
        verbose_name_plural = _("teguran")

    def __str__(self) -> str:
        return f"teguran {self.pk}"
