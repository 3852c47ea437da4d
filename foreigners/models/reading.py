from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models import Document

if TYPE_CHECKING:
    from agencies.models import User


# What can be shown, in the words of the access log; a paper goes by its kind.
SHOWN = {
    **{kind.value: kind.label for kind in Document.Kind},
    "name": _("pencarian nama"),
    "number": _("pencarian nomor dokumen"),
    "year": _("pencarian tahun lahir"),
    "identity": _("identitas"),
    "documents": _("dokumen (disamarkan)"),
    "permits": _("izin tinggal"),
    "statements": _("keterangan instansi"),
    "guarantees": _("penjamin"),
    "cases": _("kasus"),
    "dossier": _("bundel berkas kasus"),
    "travel_documents": _("dokumen (disamarkan)"),
    "stay_permits": _("izin tinggal"),
    "travel_document": _("nomor dokumen lengkap"),
    "stay_permit": _("nomor izin lengkap"),
    "finding_persons": _("orang dalam temuan: nama, ciri, nomor (disamarkan)"),
    "finding_files": _("foto dan berkas temuan"),
    "case": _("data kasus"),
    "penanganan": _("penanganan kasus"),
    "berkas": _("berkas dan catatan kasus"),
    "note": _("berkas catatan kasus"),
    "receipt": _("lembar dasar hukum"),
    "measure": _("tindakan"),
    "measure_proof": _("bukti tindakan"),
    "objection": _("keberatan"),
    "objection_file": _("berkas keberatan"),
    "evidence": _("barang bukti"),
    "overstay_sheet": _("lembar hitung lewat izin tinggal"),
    "protection": _("gerbang pelindungan"),
    "protection_proof": _("bukti pelindungan"),
    "sealed": _("daftar kasus tersegel"),
}


def in_words(field: str) -> str:
    """What the log says of a field; "travel_document.12" is the number of one.

    Raises KeyError: no row may be written that the data-protection officer could not read.
    """
    return str(SHOWN[field.partition(".")[0]])


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, user: "User") -> Self:
        """The access log is for the data-protection officer of the office."""
        if user.role == user.Role.AUDITOR:
            return self.filter(office=user.office_id)
        return self.none()


class Reading(models.Model):
    """Who looked at whom: one row for each person that a view, an unmasking, a print, a
    download or an export showed, in the transaction of the act. Listed is not opened.

    The act itself stands in the audit chain as well; this row finds it by person.
    """

    class Verb(models.TextChoices):
        LISTED = "listed", _("Muncul dalam daftar")
        OPENED = "opened", _("Dibuka")
        UNMASKED = "unmasked", _("Penyamaran dibuka")
        PRINTED = "printed", _("Dicetak")
        DOWNLOADED = "downloaded", _("Diunduh")
        EXPORTED = "exported", _("Diekspor")
        # The access log itself was read.
        LOG = "log", _("Catatan akses dibaca")

    class Purpose(models.TextChoices):
        """What a masked number may be shown for: a closed list."""

        CHECK = "lapangan", _("Pemeriksaan lapangan")
        EXAMINATION = "bap", _("Pemeriksaan (BAP)")
        PAPER = "surat", _("Surat keputusan atau surat dinas")
        CONSULAR = "perwakilan", _("Koordinasi dengan perwakilan negara")
        REQUEST = "permintaan", _("Permintaan orang yang bersangkutan")
        IDENTITY = "identitas", _("Pencocokan identitas")

    office = models.ForeignKey("agencies.Office", models.PROTECT, related_name="+")
    foreigner = models.ForeignKey(
        "foreigners.Foreigner", models.PROTECT, null=True, related_name="readings"
    )
    case = models.ForeignKey(
        "foreigners.Case", models.PROTECT, null=True, related_name="readings"
    )
    verb = models.CharField(_("perbuatan"), max_length=10, choices=Verb)
    reader = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    purpose = models.CharField(
        _("keperluan"), max_length=10, choices=Purpose, blank=True, default=""
    )
    reason = models.TextField(_("alasan"), blank=True)
    # Which fields were shown, never what they held.
    fields = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("catatan akses")
        verbose_name_plural = _("catatan akses")
        indexes = [
            models.Index(fields=["foreigner", "-at"]),
            models.Index(fields=["case", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"

    @property
    def shown(self) -> list[str]:
        return [in_words(field) for field in self.fields]
