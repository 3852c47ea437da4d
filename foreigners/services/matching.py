"""Who might be the same person: by document, birth date, nationality and name.

Candidates are proposed with what agrees and how. A name alone decides nothing; nothing
here joins two records.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foreigners.models import Foreigner, NameKey, OtherName, TravelDocument
from foreigners.names import WORTH_A_LOOK, in_words, keys_of, likeness, plain

# How many people the database proposes by their keys, and how many are shown.
PROPOSED = 300
SHOWN = 20
# In favour of a document, against a birth year that is unknown or one off.
SAME_DOCUMENT, YEAR_UNKNOWN, YEAR_OFF, SAME_NATIONALITY = 100, 3, 8, 3


@dataclass(frozen=True)
class Wanted:
    """What is known of whom somebody looks for."""

    office_id: int | None
    names: tuple[str, ...] = ()
    birth: tuple[int | None, int | None, int | None] = (None, None, None)
    nationality: str = ""
    number_hashes: frozenset[str] = frozenset()
    but_not: int = 0


@dataclass(frozen=True)
class Likeness:
    """One field that two records were compared in: how it agrees, or that it differs."""

    field: str | Promise
    how: str | Promise
    agrees: bool


@dataclass
class Candidate:
    pk: int
    closeness: float = 0
    name_likeness: float = 0
    by_other_name: bool = False
    by_document: bool = False
    person: Foreigner = field(init=False)
    likenesses: list[Likeness] = field(default_factory=list)


def find_candidates(wanted: Wanted) -> list[Candidate]:
    """At most ``SHOWN`` people, the closest first, each with what agrees and how."""
    found = by_name(wanted) if any(map(plain, wanted.names)) else {}
    for pk in by_document(wanted):
        candidate = found.setdefault(pk, Candidate(pk))
        candidate.by_document = True
        candidate.closeness += SAME_DOCUMENT
    closest = sorted(found.values(), key=lambda one: (-one.closeness, one.pk))[:SHOWN]
    people = (
        Foreigner.objects.select_related("nationality")
        .prefetch_related("travel_documents", "merged")
        .in_bulk([one.pk for one in closest])
    )
    for candidate in closest:
        candidate.person = people[candidate.pk]
        candidate.likenesses = compare(candidate, wanted)
    return closest


def by_document(wanted: Wanted) -> list[int]:
    if not wanted.number_hashes:
        return []
    return list(
        TravelDocument.objects.filter(
            number_hash__in=wanted.number_hashes,
            foreigner__office=wanted.office_id,
            foreigner__merged_into=None,
        )
        .exclude(foreigner=wanted.but_not)
        .values_list("foreigner", flat=True)
        .distinct()
    )


def by_name(wanted: Wanted) -> dict[int, Candidate]:
    """The people who share most keys, judged anew by how their whole names read."""
    keys = set().union(*map(keys_of, wanted.names))
    rows = NameKey.objects.filter(office=wanted.office_id, key__in=keys)
    year = wanted.birth[0]
    if year:
        rows = rows.filter(
            birth_year__in=[year, year - 1, year + 1, NameKey.UNKNOWN_YEAR]
        )
    # A record that was merged has left rows of its own for some keys: those are counted
    # anew below.
    shared = dict(
        rows.values("foreigner")
        .annotate(shared=Count("*"))
        .order_by("-shared", "foreigner")
        .values_list("foreigner", "shared")[:PROPOSED]
    )
    asked = [plain(name) for name in wanted.names if plain(name)]
    found: dict[int, Candidate] = {}
    for pk, known in known_of(shared).items():
        if pk == wanted.but_not:
            continue
        candidate = Candidate(pk)
        for nth, name in enumerate(known.names):
            other = plain(name)
            alike = max((likeness(one, other) for one in asked if other), default=0)
            if alike > candidate.name_likeness:
                candidate.name_likeness, candidate.by_other_name = alike, nth > 0
        if candidate.name_likeness < WORTH_A_LOOK:
            continue
        agreeing = shared[pk]
        if known.has_merged:
            agreeing = len(keys & set().union(*map(keys_of, known.names)))
        candidate.closeness = 0.6 * candidate.name_likeness
        candidate.closeness += 40 * min(agreeing / len(keys), 1)
        if year and year not in known.years:
            candidate.closeness -= YEAR_UNKNOWN if None in known.years else YEAR_OFF
        candidate.closeness += SAME_NATIONALITY * (
            known.nationality == wanted.nationality
        )
        found[pk] = candidate
    return found


@dataclass
class Known:
    """All that a person is found by, records that were merged into them included."""

    nationality: str
    # Their own name comes first.
    names: list[str]
    years: set[int | None]
    has_merged: bool = False


def known_of(pks: Iterable[int]) -> dict[int, Known]:
    rows = (
        Foreigner.objects.filter(pk__in=list(pks), merged_into=None)
        .order_by()
        .values_list(
            "pk",
            "nationality",
            "name",
            "birth_year",
            "other_names__name",
            "merged",
            "merged__name",
            "merged__birth_year",
        )
    )
    found: dict[int, Known] = {}
    for pk, nationality, name, year, other_name, merged, merged_name, born in rows:
        known = found.get(pk)
        if known is None:
            known = found[pk] = Known(nationality, [name], {year})
        if other_name:
            known.names.append(other_name)
        if merged:
            known.names.append(merged_name)
            known.years.add(born)
            known.has_merged = True
    return found


def compare(candidate: Candidate, wanted: Wanted) -> list[Likeness]:
    """Field by field, in words."""
    person = candidate.person
    told = []
    if wanted.number_hashes:
        told.append(
            Likeness(
                _("Nomor dokumen"),
                _("sama") if candidate.by_document else _("berbeda"),
                candidate.by_document,
            )
        )
    if wanted.names:
        how = in_words(candidate.name_likeness)
        told.append(
            Likeness(
                _("Nama lain") if candidate.by_other_name else _("Nama"),
                how,
                candidate.name_likeness >= WORTH_A_LOOK,
            )
        )
    told += compare_births(wanted.birth, person)
    if wanted.nationality:
        same = person.nationality_id == wanted.nationality
        told.append(
            Likeness(_("Kewarganegaraan"), _("sama") if same else _("berbeda"), same)
        )
    return told


def compare_births(
    wanted: tuple[int | None, int | None, int | None], person: Foreigner
) -> list[Likeness]:
    """As far as both know it. What a merged record says is told where the person's own
    birth date does not agree and that one does."""
    own = compare_birth(wanted, person)
    if not any(one.agrees for one in own):
        for record in person.merged.all():
            for one in compare_birth(wanted, record):
                if one.agrees:
                    how = _("sama, pada catatan yang digabungkan")
                    return [Likeness(one.field, how, True)]
    return own


def compare_birth(
    wanted: tuple[int | None, int | None, int | None], person: Foreigner
) -> list[Likeness]:
    """A missing month is no difference."""
    held = (person.birth_year, person.birth_month, person.birth_day)
    both = [
        (one, other) for one, other in zip(wanted, held, strict=True) if one and other
    ]
    label = _("Tanggal lahir") if len(both) == 3 else _("Tahun lahir")
    if not both:
        return []
    if all(one == other for one, other in both):
        return [Likeness(label, _("sama"), True)]
    if both[0][0] != both[0][1] and abs(both[0][0] - both[0][1]) == 1:
        return [Likeness(label, _("selisih satu tahun"), False)]
    return [Likeness(label, _("berbeda"), False)]


@transaction.atomic
def index_names(person: Foreigner) -> None:
    """Bring the keys of a person in line with all names that lead to them."""
    wanted = key_rows(person)
    held = defaultdict(list)
    for pk, *row in person.name_keys.values_list("pk", "key", "birth_year"):
        held[tuple(row)].append(pk)
    stale = [
        pk for row, pks in held.items() for pk in (pks if row not in wanted else [])
    ]
    NameKey.objects.filter(pk__in=stale).delete()
    NameKey.objects.bulk_create(
        NameKey(foreigner=person, office_id=person.office_id, key=key, birth_year=year)
        for key, year in sorted(wanted - held.keys())
    )


def key_rows(person: Foreigner) -> set[tuple[str, int]]:
    """Each key of each of their names, under each birth year that leads to them: records
    that were merged into a person bring theirs along."""
    records = Foreigner.objects.filter(Q(pk=person.pk) | Q(merged_into=person))
    others = OtherName.objects.filter(foreigner__in=records)
    names = list(others.values_list("name", flat=True))
    years = set()
    for name, year in records.values_list("name", "birth_year"):
        names.append(name)
        years.add(year or NameKey.UNKNOWN_YEAR)
    keys = set().union(*map(keys_of, names))
    return {(key, year) for key in keys for year in years}
