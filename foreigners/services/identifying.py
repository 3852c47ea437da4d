"""Who a person is: registered after a search, corrected by whoever read the last text."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from foreigners.models import Case, Foreigner, OtherName, TravelDocument
from foreigners.names import VERY_ALIKE
from foreigners.services.matching import (
    Candidate,
    Wanted,
    find_candidates,
    index_names,
)
from foreigners.services.searching import (
    Searched,
    SearchFirst,
    please_search,
    read_token,
    token_for,
)
from timpora.errors import DomainError
from timpora.vault import keyed_hash, masked, seal

IDENTITY = (
    "name",
    "sex",
    "birth_year",
    "birth_month",
    "birth_day",
    "birth_place",
    "nationality",
    "identity",
)


class PersonChanged(DomainError):
    """Somebody else changed the person since they were read; nothing was written."""


class DocumentKnown(DomainError):
    """The document is already recorded, with ``person``."""

    def __init__(self, message: str, person: Foreigner) -> None:
        super().__init__(message)
        self.person = person


class LooksLikeOthers(DomainError):
    """People who look alike were not on the list of the search; ``token`` adds them."""

    def __init__(self, message: str, candidates: list[Candidate], token: str) -> None:
        super().__init__(message)
        self.candidates = candidates
        self.token = token


class IdentityUnproven(DomainError):
    pass


@transaction.atomic
def register_person(
    *,
    token: str,
    identity: dict[str, Any],
    by: User,
    other_name: dict[str, Any] | None = None,
    document: dict[str, Any] | None = None,
) -> Foreigner:
    """A new person, unless the search was skipped, their document is known, or somebody
    who looks the same was not looked at. One token makes one person."""
    searched = read_token(token, by=by)
    made = Foreigner.objects.filter(key=searched.key).first()
    if made is not None:
        if made.created_by_id != by.pk:
            raise SearchFirst(please_search())
        return made
    refuse_unproven(identity, has_document=document is not None)
    refuse_known_document(document, by)
    refuse_unseen(searched, identity, other_name, document, by)
    person = Foreigner.objects.create(
        office_id=by.office_id, key=searched.key, created_by=by, **identity
    )
    if other_name:
        OtherName.objects.create(foreigner=person, **other_name)
    if document:
        put_document(person, document, by=by)
    index_names(person)
    record(
        by,
        "foreigners.register_person",
        person,
        office_id=person.office_id,
        document=document["kind"] if document else "",
    )
    return person


def refuse_unproven(identity: dict[str, Any], *, has_document: bool) -> None:
    """Established means: a name and a document. Anything less stays open."""
    is_open = identity["identity"] == Foreigner.Identity.OPEN
    if not is_open and not (identity["name"] and has_document):
        raise IdentityUnproven(
            _(
                "Identitas baru dapat dipastikan bila ada nama dan dokumen perjalanan. "
                "Catat dokumennya, atau biarkan identitasnya belum dipastikan."
            )
        )


def refuse_known_document(document: dict[str, Any] | None, by: User) -> None:
    if document is None:
        return
    known = (
        TravelDocument.objects.filter(
            number_hash=keyed_hash(document["number"]),
            issuer=document["issuer"],
            foreigner__in=Foreigner.objects.visible_to(by),
        )
        .select_related("foreigner")
        .first()
    )
    if known is not None:
        raise DocumentKnown(
            _("Dokumen ini sudah tercatat pada %(person)s. Buka orang itu.")
            % {"person": known.foreigner},
            known.foreigner,
        )


def refuse_unseen(
    searched: Searched,
    identity: dict[str, Any],
    other_name: dict[str, Any] | None,
    document: dict[str, Any] | None,
    by: User,
) -> None:
    """A search for one name does not excuse registering another."""
    names = [identity["name"], other_name["name"] if other_name else ""]
    wanted = Wanted(
        by.office_id,
        names=tuple(filter(None, names)),
        birth=(
            identity["birth_year"],
            identity["birth_month"],
            identity["birth_day"],
        ),
        nationality=identity["nationality"].pk,
        number_hashes=frozenset([keyed_hash(document["number"])] if document else []),
    )
    unseen = [
        one
        for one in find_candidates(wanted)
        if one.pk not in searched.seen
        and (one.by_document or one.name_likeness >= VERY_ALIKE)
    ]
    if unseen:
        seen = searched.seen | {one.pk for one in unseen}
        raise LooksLikeOthers(
            _(
                "Ada orang yang mirip dan belum Anda periksa. Bandingkan dulu; bila bukan "
                "orang yang sama, simpan sekali lagi."
            ),
            unseen,
            token_for(Searched(searched.by, searched.key, seen)),
        )


def put_document(
    person: Foreigner, document: dict[str, Any], *, by: User
) -> TravelDocument:
    """Sealed, with a keyed hash to find it by and a mask to show."""
    fields = dict(document)
    number, mrz = fields.pop("number"), fields.pop("mrz", "")
    return TravelDocument.objects.create(
        foreigner=person,
        number_sealed=seal(number),
        number_hash=keyed_hash(number),
        number_masked=masked(number),
        mrz_sealed=seal(mrz),
        created_by=by,
        **fields,
    )


@transaction.atomic
def edit_person(
    person: Foreigner, *, revision: int, identity: dict[str, Any], by: User
) -> None:
    """Correct who a person is, unless somebody saved since ``revision`` was read."""
    refuse_unproven(identity, has_document=person.travel_documents.exists())
    changed = [name for name in IDENTITY if getattr(person, name) != identity[name]]
    claim(person, revision)
    Foreigner.objects.filter(pk=person.pk).update(**identity)
    person.refresh_from_db()
    index_names(person)
    # Which fields, never what they hold.
    record(
        by,
        "foreigners.edit_person",
        person,
        office_id=person.office_id,
        changed=changed,
    )


def claim(person: Foreigner, revision: int) -> None:
    """Take the next revision, or raise: the conditional UPDATE settles who was first."""
    won = Foreigner.objects.filter(
        pk=person.pk, revision=revision, merged_into=None
    ).update(revision=F("revision") + 1)
    if not won:
        raise PersonChanged(
            _(
                "Data orang ini diubah orang lain sejak Anda membukanya. Bandingkan, lalu "
                "simpan."
            )
        )
    touch_cases_of([person])


def bump(person: Foreigner) -> None:
    """Something was added to what is known of a person: no text can be lost by it."""
    Foreigner.objects.filter(pk=person.pk).update(revision=F("revision") + 1)
    touch_cases_of([person])


def touch_cases_of(people: Iterable[Foreigner]) -> None:
    """What their cases rely on has changed: a receipt shown before is stale."""
    Case.objects.filter(persons__foreigner__in=list(people)).exclude(
        state__in=Case.ENDED
    ).update(revision=F("revision") + 1)
