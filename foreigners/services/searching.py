"""Search first, create second: a search notes whom it listed and gives a token."""

import uuid
from dataclasses import dataclass, field

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Office, User
from agencies.services.audit import record
from foreigners.models import Reading
from foreigners.services.disclosing import note_reading
from foreigners.services.matching import Candidate, Wanted, find_candidates
from timpora.errors import DomainError
from timpora.vault import keyed_hash

SALT = "foreigners.search"
# A search is "just before" for this long.
VALID_SECONDS = 30 * 60


class SearchFirst(DomainError):
    """There was no search, it was somebody else's, or it is too long ago."""


@dataclass(frozen=True)
class Searched:
    """What a token says: who searched, whom they were shown, the key of a new person."""

    by: int
    key: uuid.UUID
    seen: frozenset[int] = field(default_factory=frozenset)


def token_for(searched: Searched) -> str:
    return signing.dumps(
        {"by": searched.by, "key": str(searched.key), "seen": sorted(searched.seen)},
        salt=SALT,
    )


def read_token(token: str, *, by: User) -> Searched:
    try:
        said = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature as error:
        raise SearchFirst(please_search()) from error
    if said["by"] != by.pk:
        raise SearchFirst(please_search())
    return Searched(said["by"], uuid.UUID(said["key"]), frozenset(said["seen"]))


def please_search() -> str:
    return _(
        "Cari orangnya lebih dulu: pencarian sebelumnya tidak ada atau sudah lebih dari "
        "30 menit. Bila tidak ditemukan, orang itu dapat didaftarkan."
    )


@transaction.atomic
def search_persons(
    *, by: User, name: str = "", number: str = "", birth_year: int | None = None
) -> tuple[list[Candidate], str]:
    """Who fits, with the token that a registration asks for. Whoever is listed is noted;
    what was asked is not."""
    office = Office.objects.get(pk=by.office_id)
    wanted = Wanted(
        office.pk,
        names=(name,) if name else (),
        birth=(birth_year, None, None),
        number_hashes=frozenset(filter(None, [keyed_hash(number)])),
    )
    found = find_candidates(wanted)
    asked = [
        label
        for label, value in (("name", name), ("number", number), ("year", birth_year))
        if value
    ]
    if found:
        note_reading(
            by,
            Reading.Verb.LISTED,
            office_id=office.pk,
            foreigners=[candidate.person for candidate in found],
            fields=asked,
        )
    else:
        record(by, "foreigners.search", office, office_id=office.pk, fields=asked)
    seen = frozenset(candidate.pk for candidate in found)
    return found, token_for(Searched(by.pk, uuid.uuid4(), seen))
