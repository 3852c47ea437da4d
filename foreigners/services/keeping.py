"""What is known of a person beside their identity, each with its source and dates.

Documents, permits and guarantees are corrected by whoever read the last text; names and
statements are only ever added.
"""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from foreigners.models import (
    Foreigner,
    Guarantee,
    Guarantor,
    OtherName,
    Statement,
    StayPermit,
    TravelDocument,
)
from foreigners.services.identifying import bump, claim, put_document
from foreigners.services.matching import index_names
from timpora.errors import DomainError
from timpora.vault import keyed_hash


class AlreadyKept(DomainError):
    pass


@transaction.atomic
def add_name(person: Foreigner, *, by: User, **fields: Any) -> OtherName:
    """Another name that leads to the person: script, spelling, alias, former name."""
    name = OtherName.objects.create(foreigner=person, **fields)
    index_names(person)
    bump_and_record(person, name, by)
    return name


@transaction.atomic
def add_document(person: Foreigner, *, by: User, **fields: Any) -> TravelDocument:
    """One more document; the same number of the same issuer stands there once."""
    if person.travel_documents.filter(
        number_hash=keyed_hash(fields["number"]), issuer=fields["issuer"]
    ).exists():
        raise AlreadyKept(_("Dokumen dengan nomor ini sudah tercatat pada orang ini."))
    document = put_document(person, fields, by=by)
    bump_and_record(person, document, by)
    return document


def others_with(document: TravelDocument, by: User) -> list[Foreigner]:
    """Who else holds this very document: they are to be compared."""
    return list(
        Foreigner.objects.visible_to(by)
        .filter(
            travel_documents__number_hash=document.number_hash,
            travel_documents__issuer=document.issuer_id,
        )
        .exclude(pk=document.foreigner_id)
        .distinct()
    )


@transaction.atomic
def add_permit(person: Foreigner, *, by: User, **fields: Any) -> StayPermit:
    permit = StayPermit.objects.create(foreigner=person, **fields)
    bump_and_record(person, permit, by)
    return permit


@transaction.atomic
def add_statement(person: Foreigner, *, by: User, **fields: Any) -> Statement:
    """What an agency says; where another says otherwise, both stay until settled."""
    statement = Statement.objects.create(foreigner=person, created_by=by, **fields)
    bump_and_record(person, statement, by)
    return statement


@transaction.atomic
def add_guarantee(
    person: Foreigner,
    *,
    by: User,
    guarantor: Guarantor | None,
    new_guarantor: dict[str, Any],
    **fields: Any,
) -> Guarantee:
    """That somebody stands for the person: known to the office, or recorded with this."""
    if guarantor is None:
        guarantor = Guarantor.objects.create(
            office_id=person.office_id, **new_guarantor
        )
        record(by, "foreigners.add_guarantor", guarantor, office_id=person.office_id)
    guarantee = Guarantee.objects.create(
        foreigner=person, guarantor=guarantor, **fields
    )
    bump_and_record(person, guarantee, by)
    return guarantee


def bump_and_record(person: Foreigner, row: Model, by: User) -> None:
    bump(person)
    record(
        by,
        f"foreigners.add_{row._meta.model_name}",
        person,
        office_id=person.office_id,
        row=row.pk,
    )


@transaction.atomic
def correct_row(
    person: Foreigner,
    row: TravelDocument | StayPermit | Guarantee,
    *,
    revision: int,
    by: User,
    **fields: Any,
) -> None:
    """Correct a document, permit or guarantee, unless the person was changed since."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    claim(person, revision)
    type(row)._default_manager.filter(pk=row.pk, foreigner=person).update(**fields)
    row.refresh_from_db()
    person.refresh_from_db()
    record(
        by,
        f"foreigners.correct_{row._meta.model_name}",
        person,
        office_id=person.office_id,
        row=row.pk,
        changed=changed,
    )
