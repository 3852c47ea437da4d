"""Remarks of the working file, each with a class and files of its own."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.services.uploads import accept_letter
from foreigners.models import Case, CaseNote
from foreigners.services.casefile import touch
from timpora.errors import DomainError


class NoteEmpty(DomainError):
    pass


@transaction.atomic
def add_note(
    case: Case,
    *,
    text: str,
    classification: str,
    attachments: Sequence[UploadedFile],
    by: User,
) -> CaseNote:
    """Add a note, also to a case that has ended: new evidence is what reopens it."""
    if not text.strip():
        raise NoteEmpty(_("Tulis isi catatan."))
    note = CaseNote.objects.create(
        case=case, text=text.strip(), classification=classification, by=by
    )
    note.files.set([accept_letter(file, by=by) for file in attachments])
    touch(case)
    record(
        by,
        "foreigners.add_note",
        case,
        office_id=case.office_id,
        note=note.pk,
        classification=classification,
        files=len(attachments),
    )
    return note
