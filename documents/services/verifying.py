"""Whether a paper is ours and in force; says number, title, date, digest and no more."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from documents.models import DocumentVersion
from timpora.errors import DomainError
from timpora.throttle import too_many

MOST_A_MINUTE = 20


class TooManyQuestions(DomainError):
    pass


class Verdict(StrEnum):
    GENUINE = "asli"
    SUPERSEDED = "diganti"
    UNKNOWN = "tidak dikenal"


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    version: DocumentVersion | None = None


def throttle(address: str) -> None:
    """Refuse the 21st question of an address within a minute: no guessing of codes."""
    if too_many(f"verify:{address}", MOST_A_MINUTE):
        raise TooManyQuestions(
            _("Terlalu banyak pemeriksaan. Coba lagi satu menit lagi.")
        )


def by_code(code: str) -> Answer:
    """What the QR on a paper leads to."""
    return answer_for(
        DocumentVersion.objects.filter(
            verify_code=code, state=DocumentVersion.State.READY
        )
    )


def by_digest(sha256: str) -> Answer:
    """Whether a file with this SHA-256 is one of ours, stamped or not."""
    sha256 = sha256.lower()
    return answer_for(
        DocumentVersion.objects.filter(
            Q(sha256=sha256) | Q(stamped_sha256=sha256)
        ).exclude(sha256="")
    )


def answer_for(versions: QuerySet[DocumentVersion]) -> Answer:
    version = (
        versions.select_related("document__office__agency").defer("snapshot").first()
    )
    if version is None:
        return Answer(Verdict.UNKNOWN)
    verdict = Verdict.SUPERSEDED if version.is_superseded else Verdict.GENUINE
    return Answer(verdict, version)


def digest_of(file: UploadedFile) -> str:
    """SHA-256 of a file of any size, a piece at a time."""
    summing = hashlib.sha256()
    for chunk in file.chunks():
        summing.update(chunk)
    return summing.hexdigest()
