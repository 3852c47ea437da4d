"""The protective gate: asked and answered by the section head, before anybody is removed
or held; raised by whoever works on the case, lifted by the section head with evidence.
Facts of health and harm raise protection, never suspicion."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.services.uploads import accept_letter
from foreigners.models import Case, Foreigner, MeasureKind, Protection
from foreigners.queries.protection import (
    STANDS,
    may_be_placed_elsewhere,
    names_of,
    newest_answers,
    unasked,
    what_blocks_detention,
    what_blocks_removal,
)
from foreigners.services.casefile import touch
from timpora.errors import DomainError

LEAST_NOTE = 10


class NoteMissing(DomainError):
    pass


class EvidenceMissing(DomainError):
    pass


class NotTheirsToLower(DomainError):
    pass


class AnswersChanged(DomainError):
    """Somebody answered at the gate since it was read; nothing was written."""


class GateNotAsked(DomainError):
    pass


class RemovalBlocked(DomainError):
    pass


class DetentionBlocked(DomainError):
    pass


@transaction.atomic
def determine(
    foreigner: Foreigner,
    *,
    kind: str,
    answer: str,
    note: str,
    answers_read: int,
    by: User,
    proof: UploadedFile | None = None,
) -> Protection:
    """Answer one question of the gate; the ``answers_read`` before it stay. The newest
    counts, so nobody answers over one that they have not read; what protects or may
    protect is lifted with evidence alone.

    Every case of the person that is still open feels it: a receipt shown before is stale.
    """
    # Writes nothing: takes the person's row, so that of two answers the second waits.
    Foreigner.objects.filter(pk=foreigner.pk).update(revision=F("revision"))
    if Protection.objects.filter(foreigner=foreigner).count() != answers_read:
        raise AnswersChanged(
            _(
                "Ada jawaban baru sejak Anda membuka gerbang ini. Baca dulu, lalu tetapkan "
                "sekali lagi."
            )
        )
    stood = newest_answers(foreigner).get(kind) in STANDS
    if stood and answer == Protection.Answer.NO and proof is None:
        raise EvidenceMissing(
            _("Pelindungan yang berlaku dicabut dengan bukti. Lampirkan berkasnya.")
        )
    if len(note.strip()) < LEAST_NOTE:
        raise NoteMissing(_("Tulis dasar penetapan, sekurangnya satu kalimat."))
    protection = Protection.objects.create(
        foreigner=foreigner,
        kind=kind,
        answer=answer,
        note=note.strip(),
        evidence=accept_letter(proof, by=by) if proof else None,
        determined_by=by,
    )
    for case in Case.objects.filter(persons__foreigner=foreigner):
        touch(case)
    # That a question was answered, not which: the audit is read by others.
    record(
        by,
        "foreigners.determine_protection",
        foreigner,
        office_id=foreigner.office_id,
        protection=protection.pk,
    )
    return protection


@transaction.atomic
def raise_protection(
    foreigner: Foreigner,
    *,
    kind: str,
    answer: str,
    note: str,
    answers_read: int,
    by: User,
    proof: UploadedFile | None = None,
) -> Protection:
    """Protect at once: yes, or to be examined; refused where it would protect less."""
    newest = newest_answers(foreigner).get(kind)
    lowers = newest == Protection.Answer.YES and answer != newest
    if answer not in STANDS or lowers:
        raise NotTheirsToLower(
            _("Pelindungan diturunkan atau dicabut oleh Kepala Seksi, dengan bukti.")
        )
    return determine(
        foreigner,
        kind=kind,
        answer=answer,
        note=note,
        answers_read=answers_read,
        by=by,
        proof=proof,
    )


def blocks_removal(foreigner: Foreigner) -> str | None:
    """Why the person may not be removed now; None when nothing stands in the way."""
    return what_blocks_removal(foreigner)


def asks_placement(
    foreigner: Foreigner, kind: MeasureKind, *, on: dt.date | None = None
) -> bool:
    """Whether art. 83(2) asks why this detention is not spent elsewhere."""
    day = on or foreigner.office.today
    return kind.detains and may_be_placed_elsewhere(foreigner, day)


def refuse_unasked(foreigner: Foreigner) -> None:
    """Nobody is removed or held before every question of the gate was asked."""
    kinds = unasked(foreigner)
    if kinds:
        raise GateNotAsked(
            _(
                "Gerbang pelindungan %(person)s belum lengkap. Kepala Seksi menetapkan "
                "dahulu: %(kinds)s."
            )
            % {"person": foreigner, "kinds": names_of(kinds)}
        )


def refuse_removal(foreigner: Foreigner) -> None:
    block = blocks_removal(foreigner)
    if block:
        raise RemovalBlocked(
            _("Pemindahan tidak dapat ditetapkan atau dilaksanakan. %s") % block
        )


def refuse_detention(foreigner: Foreigner) -> None:
    block = what_blocks_detention(foreigner)
    if block:
        raise DetentionBlocked(
            _("Pendetensian tidak dapat ditetapkan atau dilaksanakan. %s") % block
        )
