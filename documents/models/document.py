from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from agencies.models import User


class Classification(models.TextChoices):
    """Who may read an item: open to the invited, to those who attended, to the named."""

    OPEN = "biasa", _("Biasa")
    RESTRICTED = "terbatas", _("Terbatas")
    SECRET = "rahasia", _("Rahasia")


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: "User") -> Self:
        """The office's papers for those who work on content, its list for the auditor;
        a liaison reads the papers that name their agency as reader. A guarded paper is
        reached through the file that it belongs to, never here."""
        if user.works_on_content or user.role == "auditor":
            return self.filter(office=user.office_id, is_guarded=False)
        if user.is_liaison:
            return self.filter(readers=user.agency_id, is_guarded=False)
        return self.none()

    def for_list(self) -> Self:
        """Everything that one row of the list shows, in three queries."""
        return self.prefetch_related("versions", "readers")


class Document(models.Model):
    """An official paper: its kind, number and readers. What it says is in its versions."""

    class Kind(models.TextChoices):
        INVITATION = "undangan", _("Undangan")
        ATTENDANCE_BLANK = "daftar_hadir_kosong", _("Daftar hadir (kosong)")
        ATTENDANCE = "daftar_hadir", _("Daftar hadir")
        MINUTES = "notula", _("Notula")
        MINUTES_RESTRICTED = "notula_terbatas", _("Lampiran terbatas notula")
        ORDER = "surat_perintah", _("Surat perintah pengawasan")
        EXAMINATION = "bap", _("Berita acara pemeriksaan")
        CONFERENCE = "gelar_kasus", _("Berita acara gelar kasus")
        MEASURE = "keputusan_tak", _("Keputusan tindakan administratif")
        SERVICE = "penyampaian", _("Berita acara penyampaian keputusan")
        OBJECTION = "terima_keberatan", _("Tanda terima keberatan")
        EVIDENCE = "terima_barang", _("Tanda terima barang bukti")
        EVIDENCE_CARD = "kartu_barang", _("Kartu barang bukti")
        REFERRAL = "pelimpahan", _("Surat pelimpahan")
        OPERATION = "laporan_kegiatan", _("Laporan kegiatan")
        RECAP = "rekap", _("Rekap periode")
        RECAP_PUBLIC = "rekap_publik", _("Rekap periode, edisi publik")

    office = models.ForeignKey(
        "agencies.Office", models.PROTECT, related_name="documents"
    )
    kind = models.CharField(_("jenis"), max_length=20, choices=Kind)
    title = models.CharField(_("hal"), max_length=250)
    number = models.CharField(_("nomor"), max_length=120, blank=True)
    dated_on = models.DateField(_("tanggal"))
    classification = models.CharField(
        _("klasifikasi"),
        max_length=10,
        choices=Classification,
        default=Classification.OPEN,
    )
    readers = models.ManyToManyField(
        "agencies.Agency", blank=True, related_name="readable_documents"
    )
    # Of a person's file: whoever may open the file may open the paper, nobody else.
    is_guarded = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-dated_on", "-pk"]
        verbose_name = _("berkas")
        verbose_name_plural = _("berkas")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    def get_absolute_url(self) -> str:
        return reverse("documents:detail", args=[self.pk])

    @property
    def current(self) -> "DocumentVersion":
        """The version in force; versions come newest first."""
        return self.versions.all()[0]


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    def with_owed(self) -> Self:
        """With what keeps a drawn version from being handed out, in the same query."""
        owed = Signature.objects.filter(
            version=OuterRef("pk"), state=Signature.State.OWED
        )
        return self.annotate(owes_signature=Exists(owed))


class DocumentVersion(models.Model):
    """One rendering of a paper from one snapshot. Never edited, only superseded.

    ``state`` moves queued → ready; ``failed`` after the last attempt, or because somebody
    stopped it. The bytes behind ``sha256`` never change; a superseded version gets a
    second file that carries the stamp *diganti* on every page.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Menunggu")
        READY = "ready", _("Siap")
        FAILED = "failed", _("Gagal")

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField(_("versi"), default=1)
    snapshot = models.JSONField()
    template = models.CharField(max_length=80)
    # Digest of the template's source at issue: tells a paper of an older layout.
    template_revision = models.CharField(max_length=64)
    verify_code = models.CharField(max_length=32, unique=True)
    reason = models.TextField(_("alasan perubahan"), blank=True)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.QUEUED
    )
    queued_at = models.DateTimeField(auto_now_add=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(_("sebab"), max_length=200, blank=True)
    # A long paper is drawn in parts; how many there will be is an estimate until the end.
    parts_done = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=0)
    stopped_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    ready_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    superseded_at = models.DateTimeField(null=True)
    stamped_file = models.CharField(max_length=100, blank=True)
    stamped_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    # The same file with the signatures so far appended; ``file`` stays as it was drawn.
    signed_file = models.CharField(max_length=100, blank=True)
    signed_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    signed_size = models.PositiveIntegerField(default=0)
    # Of ``with_owed()`` alone.
    owes_signature: bool

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name = _("versi berkas")
        verbose_name_plural = _("versi berkas")
        constraints = [
            models.UniqueConstraint(
                name="version_once_per_document", fields=["document", "version"]
            ),
            models.CheckConstraint(
                name="ready_iff_a_file_stands_behind_it",
                condition=Q(state="ready", ready_at__isnull=False)
                & ~Q(file="")
                & ~Q(sha256="")
                | ~Q(state="ready") & Q(ready_at=None, file="", sha256=""),
            ),
            models.CheckConstraint(
                name="what_was_stopped_has_failed",
                condition=Q(stopped_by=None) | Q(state="failed"),
            ),
            models.CheckConstraint(
                name="signed_only_what_is_ready",
                condition=Q(signed_file="", signed_sha256="") | Q(state="ready"),
            ),
        ]
        indexes = [
            models.Index(
                name="version_owed",
                fields=["leased_until"],
                condition=Q(state="queued"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} v{self.version}"

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_queued(self) -> bool:
        return self.state == self.State.QUEUED

    @property
    def is_final(self) -> bool:
        """Ready, and signed by whoever signed it in the act of issuing it."""
        return self.is_ready and not any(
            signature.state == Signature.State.OWED
            for signature in self.signatures.all()
        )

    @property
    def is_superseded(self) -> bool:
        return self.superseded_at is not None

    @property
    def latest_file(self) -> str:
        """What readers get: with all signatures so far."""
        return self.signed_file or self.file

    @property
    def latest_sha256(self) -> str:
        return self.signed_sha256 or self.sha256

    @property
    def latest_size(self) -> int:
        return self.signed_size or self.size

    @property
    def file_name(self) -> str:
        """What a reader's device calls it: kind, number and version, no names."""
        number = (
            self.document.number.replace("/", "-").replace(" ", "-") or "tanpa-nomor"
        )
        return f"{self.document.kind}_{number}_v{self.version}.pdf"


class Signature(models.Model):
    """Who stands under a version, in which capacity, and by which method.

    An internal approval is not a certified electronic signature and never printed as one.
    A signature by certificate moves asked → owed → done, or failed with a reason; done, it
    has a file of its own, to which nothing but later signatures is ever appended.
    """

    class Method(models.TextChoices):
        INTERNAL = "internal", _("Persetujuan dalam aplikasi")
        CERTIFICATE = "sertifikat", _("Tanda tangan elektronik")
        EXTERNAL = "luar", _("Tanda tangan elektronik dari luar aplikasi")

    class State(models.TextChoices):
        ASKED = "diminta", _("Menunggu penanda tangan")
        OWED = "antri", _("Sedang dibubuhkan")
        DONE = "selesai", _("Dibubuhkan")
        FAILED = "gagal", _("Gagal")

    version = models.ForeignKey(
        DocumentVersion, models.PROTECT, related_name="signatures"
    )
    # A file that was signed outside names its signer itself.
    user = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    signer = models.ForeignKey(
        "agencies.Signer", models.SET_NULL, null=True, related_name="+"
    )
    name = models.CharField(_("nama"), max_length=200)
    post = models.CharField(_("jabatan"), max_length=120, blank=True)
    capacity = models.CharField(_("kapasitas"), max_length=5, blank=True)
    method = models.CharField(max_length=10, choices=Method, default=Method.INTERNAL)
    state = models.CharField(max_length=10, choices=State, default=State.DONE)
    order = models.PositiveSmallIntegerField(default=1)
    field = models.CharField(max_length=60, blank=True)
    signed_at = models.DateTimeField(null=True)

    queued_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(_("sebab"), max_length=200, blank=True)
    # What an outside service calls a signature that it has not finished.
    reference = models.CharField(max_length=120, blank=True)

    file = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    size = models.PositiveIntegerField(default=0)
    holder = models.CharField(_("pemegang"), max_length=200, blank=True)
    issuer = models.CharField(_("penerbit"), max_length=200, blank=True)
    serial = models.CharField(_("nomor seri"), max_length=64, blank=True)
    fingerprint = models.CharField(_("sidik jari"), max_length=64, blank=True)
    certificate_from = models.DateTimeField(null=True)
    certificate_to = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_signature_per_field_of_a_version",
                fields=["version", "field"],
                condition=~Q(field=""),
            ),
            models.CheckConstraint(
                name="signature_has_its_moment_once_made",
                condition=Q(state="diminta", signed_at=None)
                | ~Q(state="diminta") & Q(signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="certified_iff_a_certificate_stands_behind_it",
                condition=Q(method="internal", state="selesai", fingerprint="", file="")
                | ~Q(method="internal")
                & Q(state="selesai")
                & ~Q(fingerprint="")
                & ~Q(file="")
                | ~Q(method="internal")
                & ~Q(state="selesai")
                & Q(fingerprint="", file=""),
            ),
        ]
        indexes = [
            models.Index(
                name="signature_owed",
                fields=["leased_until"],
                condition=Q(state="antri"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.post}"

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE
