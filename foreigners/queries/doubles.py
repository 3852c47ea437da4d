"""Findings that may be about the same thing: proposed with what agrees, never joined."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from anyascii import anyascii
from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from agencies.models import User
from foreigners.models import Finding, FindingPerson
from foreigners.models.finding import FindingQuerySet
from timpora.vault import keyed_hash

DAYS_APART = 7
ALIKE = 85
MOST_COMPARED = 300
MOST_SHOWN = 5
# Words that every address has say nothing about the place.
COMMON = {"jalan", "jln", "nomor", "kampung", "kelurahan", "desa", "kecamatan", "blok"}


@dataclass(frozen=True)
class Trace:
    """What a finding, written or being written, is compared by."""

    region: str = ""
    place: str = ""
    seen_on: dt.date | None = None
    documents: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    key: uuid.UUID | None = None


@dataclass
class Double:
    """A finding that agrees, and in what; the words say no name and no number."""

    finding: Finding
    agreed: list[str] = field(default_factory=list)


def name_key(name: str) -> str:
    """The name's words in Latin letters, in order of the alphabet: "Kim, Contoh" and
    "CONTOH Kim" are one."""
    words = re.findall(r"[a-z]+", anyascii(name).lower().replace("'", ""))
    return " ".join(sorted(words))[:100]


def place_words(place: str) -> str:
    words = re.findall(r"[a-z0-9]+", anyascii(place).lower())
    return " ".join(word for word in words if len(word) > 2 and word not in COMMON)


def is_alike(one: str, other: str) -> bool:
    return bool(one and other) and fuzz.token_set_ratio(one, other) >= ALIKE


def trace_of(finding: Finding) -> Trace:
    persons = finding.named_persons.values_list("document_number_hash", "name_key")
    return Trace(
        region=finding.region_id or "",
        place=finding.place,
        seen_on=finding.seen_on,
        documents=frozenset(number for number, _name in persons if number),
        names=frozenset(name for _number, name in persons if name),
        key=finding.key,
    )


def typed_trace(
    *,
    region: str,
    place: str,
    seen_on: dt.date | None,
    persons: Iterable[tuple[str, str]],
    key: uuid.UUID | None,
) -> Trace:
    """The same of a card that is being filled in; persons are (name, document number)."""
    said = list(persons)
    return Trace(
        region=region,
        place=place,
        seen_on=seen_on,
        documents=frozenset(filter(None, (keyed_hash(number) for _n, number in said))),
        names=frozenset(filter(None, (name_key(name) for name, _number in said))),
        key=key,
    )


def doubles_while_typing(trace: Trace, *, user: User) -> list[Double]:
    """Among the findings that the user may read. Persons are compared only where the user
    may read persons: whoever types a name must not learn that it stands elsewhere."""
    return _doubles(
        trace,
        Finding.objects.visible_to(user),
        Finding.objects.showing_persons_to(user),
    )


def doubles_at_triage(finding: Finding, *, user: User) -> list[Double]:
    """Among all findings of the office; that a number agrees tells nobody the number."""
    readable = Finding.objects.visible_to(user)
    return _doubles(trace_of(finding), readable, readable)


def _doubles(
    trace: Trace, readable: FindingQuerySet, showing_persons: FindingQuerySet
) -> list[Double]:
    others = readable.exclude(state=Finding.State.WITHDRAWN)
    if trace.key:
        others = others.exclude(key=trace.key)
    found: dict[int, Double] = {}
    for finding in _same_place_and_days(trace, others.for_list()):
        double = found.setdefault(finding.pk, Double(finding))
        double.agreed += [_("Tempat sama"), _("Tanggal berdekatan")]
    _add_same_persons(trace, others.for_list(), showing_persons, found)
    by_weight = sorted(
        found.values(), key=lambda one: (-len(one.agreed), -one.finding.pk)
    )
    return by_weight[:MOST_SHOWN]


def _same_place_and_days(trace: Trace, others: FindingQuerySet) -> list[Finding]:
    words = place_words(trace.place)
    if not words or trace.seen_on is None:
        return []
    apart = dt.timedelta(days=DAYS_APART)
    near = others.filter(
        seen_on__range=(trace.seen_on - apart, trace.seen_on + apart),
        region=trace.region or None,
    )
    return [
        finding
        for finding in near[:MOST_COMPARED]
        if is_alike(words, place_words(finding.place))
    ]


def _add_same_persons(
    trace: Trace,
    others: FindingQuerySet,
    showing_persons: FindingQuerySet,
    found: dict[int, Double],
) -> None:
    if not trace.documents and not trace.names:
        return
    agreeing = FindingPerson.objects.filter(
        Q(document_number_hash__in=trace.documents) | Q(name_key__in=trace.names),
        finding__in=showing_persons.values("pk"),
    )
    same = list(agreeing.order_by("-pk")[:MOST_COMPARED])
    findings = others.in_bulk([person.finding_id for person in same])
    for person in same:
        finding = findings.get(person.finding_id)
        if finding is None:
            continue
        double = found.setdefault(finding.pk, Double(finding))
        reason = _("Nama serupa")
        if person.document_number_hash in trace.documents:
            reason = _("Nomor dokumen sama")
        if reason not in double.agreed:
            double.agreed.append(reason)
