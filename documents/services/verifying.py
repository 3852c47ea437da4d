"""Whether a paper is ours and in force, and whether its signatures hold.

Says number, title, date and digest, and of a signature whom its certificate names, by whom
it was issued and when; no more.
"""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext as _

from documents.models import DocumentVersion, Signature
from documents.services.storing import digest, stored
from documents.services.uploads import MOST_FILE_BYTES
from timpora.certificates import trusted_roots
from timpora.errors import DomainError
from timpora.throttle import too_many

MOST_A_MINUTE = 20
# A signed paper has as many ends as it was added to; a file with more is no paper.
MOST_ENDS = 60


class TooManyQuestions(DomainError):
    pass


class Verdict(StrEnum):
    GENUINE = "asli"
    SUPERSEDED = "diganti"
    UNKNOWN = "tidak dikenal"


class Standing(StrEnum):
    TRUSTED = "rantai sertifikat tepercaya"
    TRIAL = "sertifikat uji, dibuat sendiri"
    STRANGE = "penerbit sertifikat tidak dikenal di sini"


@dataclass(frozen=True)
class SignatureSaid:
    """What the page says of one signature."""

    holder: str
    issuer: str
    at: dt.datetime | None
    is_intact: bool
    standing: Standing


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    version: DocumentVersion | None = None
    signatures: list[SignatureSaid] = field(default_factory=list)
    # What a file of ours became after we let it go.
    note: str = ""


def throttle(address: str) -> None:
    """Refuse the 21st question of an address within a minute: no guessing of codes."""
    if too_many(f"verify:{address}", MOST_A_MINUTE):
        raise TooManyQuestions(
            _("Terlalu banyak pemeriksaan. Coba lagi satu menit lagi.")
        )


def by_code(code: str) -> Answer:
    """What the QR on a paper leads to: the file as it is handed out today."""
    version = version_where(Q(verify_code=code, state=DocumentVersion.State.READY))
    return answer_for(version, version.signed_file if version else "")


def by_digest(sha256: str) -> Answer:
    """Whether a file with this SHA-256 is one of ours, signed or not, stamped or not."""
    sha256 = sha256.lower()
    signature = Signature.objects.filter(sha256=sha256).exclude(sha256="").first()
    if signature:
        version = version_where(Q(pk=signature.version_id))
        return answer_for(version, signature.file)
    version = version_where(
        (Q(sha256=sha256) | Q(stamped_sha256=sha256)) & ~Q(sha256="")
    )
    return answer_for(version, "")


def by_file(file: UploadedFile) -> Answer:
    """A file itself: one of ours, one of ours with something added, or unknown."""
    known = by_digest(digest_of(file))
    if known.version or (file.size or 0) > MOST_FILE_BYTES:
        return known
    file.seek(0)
    content = file.read()
    version, length = origin_of(content)
    return judge_addition(content, version, length) if version else known


def origin_of(content: bytes) -> tuple[DocumentVersion | None, int]:
    """The paper of ours that the file begins with, and how long that is."""
    ends: dict[str, int] = {}
    for end in list(re.finditer(rb"%%EOF", content))[:MOST_ENDS]:
        for tail in (b"\n", b"\r\n", b""):
            if content.startswith(tail, end.end()):
                length = end.end() + len(tail)
                ends[digest(content[:length])] = length
    found = version_where(Q(sha256__in=ends) | Q(signed_sha256__in=ends))
    if found is None:
        return None, 0
    known = {found.sha256, found.signed_sha256}
    return found, max(length for sha, length in ends.items() if sha in known)


def judge_addition(content: bytes, version: DocumentVersion, length: int) -> Answer:
    """Only a file that starts as ours is ever parsed: nobody else's is our business."""
    from timpora import pades  # noqa: PLC0415 -- slow import

    try:
        only_signed = pades.only_signed_since(content, before=length)
        signatures = said_of(content)
    except pades.Unreadable:
        only_signed, signatures = False, []
    if only_signed and signatures and all(one.is_intact for one in signatures):
        return Answer(
            verdict_on(version),
            version,
            signatures,
            _(
                "Berkas asli, ditandatangani di luar aplikasi dan belum dicatat di sini."
            ),
        )
    return Answer(
        Verdict.UNKNOWN,
        signatures=signatures,
        note=_("Berkas ini berawal dari berkas resmi, tetapi diubah sesudahnya."),
    )


def version_where(condition: Q) -> DocumentVersion | None:
    return (
        DocumentVersion.objects.filter(condition)
        .select_related("document__office__agency")
        .defer("snapshot")
        .first()
    )


def answer_for(version: DocumentVersion | None, file: str) -> Answer:
    """The verdict, and what the signatures in the stored bytes of ``file`` say now."""
    if version is None:
        return Answer(Verdict.UNKNOWN)
    signatures = said_of(stored(file).read_bytes()) if file else []
    return Answer(verdict_on(version), version, signatures)


def verdict_on(version: DocumentVersion) -> Verdict:
    return Verdict.SUPERSEDED if version.is_superseded else Verdict.GENUINE


def said_of(content: bytes) -> list[SignatureSaid]:
    from timpora import pades  # noqa: PLC0415 -- slow import

    path = settings.TRUSTED_ROOTS
    found = pades.signatures(content, roots=trusted_roots(path) if path else ())
    # What follows the last signature was signed by nobody.
    whole = bool(found) and found[-1].covers_file
    return [
        SignatureSaid(
            holder=one.certificate.holder,
            issuer=one.certificate.issuer,
            at=one.signed_at,
            is_intact=one.is_intact and whole,
            standing=standing_of(one.is_trusted, one.certificate.is_self_made),
        )
        for one in found
    ]


def standing_of(is_trusted: bool, is_self_made: bool) -> Standing:
    if is_trusted:
        return Standing.TRUSTED
    return Standing.TRIAL if is_self_made else Standing.STRANGE


def digest_of(file: UploadedFile) -> str:
    """SHA-256 of a file of any size, a piece at a time."""
    summing = hashlib.sha256()
    for chunk in file.chunks():
        summing.update(chunk)
    return summing.hexdigest()
