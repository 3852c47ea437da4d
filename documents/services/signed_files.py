"""A paper that somebody signed outside and brings back: checked against its version."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.models import DocumentVersion, Signature
from documents.services.certificates import names_match
from documents.services.signing import SigningRefused, note_certificate
from documents.services.storing import digest, store, stored
from documents.services.uploads import MOST_FILE_BYTES, read
from timpora import pades


class NotThisPaper(SigningRefused):
    pass


class NotSigned(SigningRefused):
    pass


class SignatureBroken(SigningRefused):
    pass


def accept_signed(
    version: DocumentVersion, *, file: UploadedFile, by: User
) -> list[Signature]:
    """Keep a file that is this version's, byte for byte, with signatures appended.

    Refused: another paper or one that was saved anew, a file without a new signature, and
    one in which anything but a signature was added, or anything after the last one.
    """
    if not version.is_ready or version.is_superseded:
        raise NotThisPaper(_("Berkas ini belum jadi atau sudah diganti versi baru."))
    content = read(file, most=MOST_FILE_BYTES)
    before = stored(version.latest_file).read_bytes()
    if not content.startswith(before):
        raise NotThisPaper(why_not(version, content))
    found = new_signatures(content, before)
    return keep(version, content, found, by)


def why_not(version: DocumentVersion, content: bytes) -> str:
    if not content.startswith(b"%PDF-"):
        return _("Berkas ini bukan PDF.")
    if version.signed_file and content.startswith(stored(version.file).read_bytes()):
        return _(
            "Berkas ini ditandatangani dari salinan lama, sebelum tanda tangan dalam "
            "aplikasi dibubuhkan. Unduh berkas terbaru dari halaman ini, lalu "
            "tandatangani yang itu."
        )
    return _(
        "Berkas ini bukan versi ini apa adanya: berkas lain, atau disimpan ulang oleh "
        "alat penanda tangan. Unduh berkas dari halaman ini, tandatangani tanpa "
        "mencetak atau menyimpan ulang, lalu unggah."
    )


def new_signatures(content: bytes, before: bytes) -> list[pades.Found]:
    try:
        old = {one.field for one in pades.signatures(before)}
        found = pades.signatures(content)
        only_signed = pades.only_signed_since(content, before=len(before))
    except pades.Unreadable as error:
        raise SignatureBroken(
            _("Tanda tangan dalam berkas ini rusak atau tidak terbaca.")
        ) from error
    new = [one for one in found if one.field not in old]
    if not new:
        raise NotSigned(_("Berkas ini belum ditandatangani secara elektronik."))
    if not all(one.is_intact for one in found):
        raise SignatureBroken(
            _("Tanda tangan dalam berkas ini tidak utuh: isinya berubah sesudahnya.")
        )
    if not only_signed or not found[-1].covers_file:
        raise SignatureBroken(
            _("Isi berkas ini diubah, bukan hanya ditandatangani. Tidak diterima.")
        )
    for one in new:
        refuse_expired(one)
    return new


def refuse_expired(found: pades.Found) -> None:
    certificate, at = found.certificate, found.signed_at or timezone.now()
    if not certificate.valid_from <= at <= certificate.valid_to:
        raise SignatureBroken(
            _("Sertifikat %s tidak berlaku pada saat menandatangani.")
            % certificate.holder
        )


@transaction.atomic
def keep(
    version: DocumentVersion, content: bytes, found: list[pades.Found], by: User
) -> list[Signature]:
    path, sha256 = store(content), digest(content)
    won = DocumentVersion.objects.filter(
        pk=version.pk, signed_sha256=version.signed_sha256
    ).update(signed_file=path, signed_sha256=sha256, signed_size=len(content))
    if not won:
        raise NotThisPaper(
            _("Berkas ini baru saja ditandatangani orang lain. Unduh yang terbaru.")
        )
    lines = [line_for(version, one, order) for order, one in enumerate(found, 100)]
    for line in lines:
        line.file, line.sha256, line.size = path, sha256, len(content)
        line.save()
    record(
        by,
        "documents.accept_signed",
        version.document,
        office_id=version.document.office_id,
        version=version.version,
        sha256=sha256,
        fingerprints=[line.fingerprint for line in lines],
    )
    return lines


def line_for(version: DocumentVersion, found: pades.Found, order: int) -> Signature:
    """After those of the application's own places, in the order of the file."""
    at: dt.datetime = found.signed_at or timezone.now()
    line = Signature(
        version=version,
        name=found.certificate.holder,
        method=Signature.Method.EXTERNAL,
        order=order,
        field=found.field[:60],
        signed_at=at,
    )
    # A box that waited for somebody of the office may have been filled outside.
    asked = version.signatures.filter(field=line.field).first()
    if asked:
        line.pk, line.order = asked.pk, asked.order
        if names_match(asked.name, line.name):
            line.user_id, line.signer_id = asked.user_id, asked.signer_id
            line.post, line.capacity = asked.post, asked.capacity
    note_certificate(line, found.certificate)
    return line
