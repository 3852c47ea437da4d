"""Who looked at whom: written in the transaction of the act that shows a person."""

from collections.abc import Iterable, Sequence
from itertools import islice

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from foreigners.models import Case, Foreigner, Reading, StayPermit, TravelDocument
from foreigners.models.reading import in_words
from timpora.errors import DomainError
from timpora.vault import KeyUnknown, normalised, unseal

LEAST_REASON = 10
AT_A_TIME = 1000


class ReasonMissing(DomainError):
    pass


class NumberSealed(DomainError):
    pass


@transaction.atomic(savepoint=False)
def note_reading(
    by: User,
    verb: Reading.Verb,
    *,
    office_id: int,
    foreigners: Iterable[Foreigner] = (),
    case: Case | None = None,
    purpose: str = "",
    reason: str = "",
    fields: Sequence[str] = (),
    sha256: str = "",
) -> None:
    """One row for each person that was shown, or one for the case, and one audit line.

    ``fields`` names what was shown, never what it held; KeyError for what has no words.
    """
    for field in fields:
        in_words(field)
    shown = list(foreigners)
    common = {
        "office_id": office_id,
        "case": case,
        "verb": verb,
        "reader": by,
        "purpose": purpose,
        "reason": reason,
        "fields": list(fields),
        "sha256": sha256,
    }
    subjects: list[Foreigner | None] = [*shown] or [None]
    Reading.objects.bulk_create(
        Reading(foreigner=subject, **common) for subject in subjects
    )
    about: Model | None = case or (shown[0] if shown else None)
    if about is not None:
        record(
            by,
            f"foreigners.{verb}",
            about,
            office_id=office_id,
            reason=reason,
            fields=list(fields),
            persons=[person.pk for person in shown],
            purpose=purpose,
        )


def note_exported(
    by: User, person_pks: Iterable[int], *, office_id: int, reason: str, sha256: str
) -> None:
    """One row for each person that left in a file; the audit line is the exporter's."""
    rows = (
        Reading(
            office_id=office_id,
            foreigner_id=pk,
            verb=Reading.Verb.EXPORTED,
            reader=by,
            reason=reason,
            fields=["identity", "documents", "permits"],
            sha256=sha256,
        )
        for pk in person_pks
    )
    while batch := list(islice(rows, AT_A_TIME)):
        Reading.objects.bulk_create(batch)


@transaction.atomic
def unmask_document(
    document: TravelDocument, *, purpose: str, reason: str, by: User
) -> str:
    """The number in full, for a stated purpose; nothing is shown that is not noted."""
    try:
        number = unseal(document.number_sealed)
    except KeyUnknown as error:
        raise NumberSealed(
            _(
                "Nomor ini disegel dengan kunci yang tidak terpasang lagi. Minta "
                "Administrator memasang kunci lama pada FIELD_KEYS."
            )
        ) from error
    note_unmasking(
        document.foreigner,
        number,
        field=f"travel_document.{document.pk}",
        purpose=purpose,
        reason=reason,
        by=by,
    )
    return number


@transaction.atomic
def unmask_permit(permit: StayPermit, *, purpose: str, reason: str, by: User) -> str:
    note_unmasking(
        permit.foreigner,
        permit.number,
        field=f"stay_permit.{permit.pk}",
        purpose=purpose,
        reason=reason,
        by=by,
    )
    return permit.number


def note_unmasking(
    person: Foreigner, number: str, *, field: str, purpose: str, reason: str, by: User
) -> None:
    reason = reason.strip()
    if purpose not in Reading.Purpose.values or len(reason) < LEAST_REASON:
        raise ReasonMissing(
            _("Pilih keperluan dan tulis alasannya, paling sedikit 10 huruf.")
        )
    if tells_who(reason, person, number):
        raise ReasonMissing(
            _(
                "Alasan tersimpan dalam jejak audit. Tulis tanpa nama dan nomor orang itu."
            )
        )
    note_reading(
        by,
        Reading.Verb.UNMASKED,
        office_id=person.office_id,
        foreigners=[person],
        purpose=purpose,
        reason=reason,
        fields=[field],
    )


def tells_who(text: str, person: Foreigner, number: str = "") -> bool:
    """Whether a text for the audit holds the person's whole name or the number."""
    squeezed = normalised(text)
    secrets = [normalised(person.name), normalised(number)]
    return any(len(secret) > 5 and secret in squeezed for secret in secrets)
