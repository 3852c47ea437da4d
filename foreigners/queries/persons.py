"""What is known of a person, where agencies differ, and two records side by side."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agencies.models import User
from foreigners.models import (
    Case,
    Finding,
    Foreigner,
    Protection,
    Settlement,
    Statement,
)
from foreigners.names import WORTH_A_LOOK, in_words, likeness, plain


@dataclass(frozen=True)
class Conflict:
    """What agencies say on one subject, where it differs; settled or not."""

    subject: str
    label: str
    statements: list[Statement]
    settlement: Settlement | None
    is_open: bool


def meaning(statement: Statement) -> tuple[str | None, str]:
    """What is compared: the kelurahan and the words, whatever their case and gaps."""
    return statement.region_id, " ".join(statement.value.casefold().split())


def conflicts_in(
    statements: Iterable[Statement], settlements: Iterable[Settlement], *, on: dt.date
) -> list[Conflict]:
    """Subjects on which the newest words of two agencies differ.

    A settlement ends a conflict until something else is said that it did not look at.
    """
    said: dict[str, dict[int, Statement]] = defaultdict(dict)
    for statement in sorted(statements, key=lambda one: (one.stated_on, one.pk)):
        if statement.until is None or statement.until >= on:
            said[statement.subject][statement.agency_id] = statement
    differing = {
        subject: list(by_agency.values())
        for subject, by_agency in said.items()
        if len(set(map(meaning, by_agency.values()))) > 1
    }
    settled: dict[str, Settlement] = {}
    for settlement in sorted(settlements if differing else (), key=lambda one: one.pk):
        settled[settlement.subject] = settlement
    conflicts = []
    for subject, current in differing.items():
        last = settled.get(subject)
        is_open = last is None or any(
            one.pk not in last.seen and meaning(one) != meaning(last.kept)
            for one in current
        )
        label = current[0].get_subject_display()
        conflicts.append(Conflict(subject, label, current, last, is_open))
    return conflicts


def page_of(person: Foreigner, user: User, *, on: dt.date) -> dict[str, Any]:
    """Everything that the person's page shows to ``user``."""
    statements = list(person.statements.select_related("agency", "region__parent"))
    settlements = person.settlements.select_related("kept__agency", "settled_by")
    return {
        "other_names": person.other_names.all(),
        "documents": person.travel_documents.select_related("issuer", "agency"),
        "permits": person.stay_permits.select_related("kind", "index", "agency"),
        "statements": statements,
        "conflicts": conflicts_in(statements, settlements, on=on),
        "guarantees": person.guarantees.select_related("guarantor", "agency"),
        "protections": standing_protections(person.protections.all()),
        # Sealed and secret ones stay away: what a person may not see is not there.
        "cases": Case.objects.visible_to(user).filter(persons__foreigner=person),
        "findings": Finding.objects.visible_to(user)
        .filter(named_persons__foreigner=person)
        .distinct(),
        "merges": person.merges.filter(undone_at=None).select_related("merged_by"),
        "today": on,
    }


def standing_protections(protections: Iterable[Protection]) -> list[Protection]:
    """The newest answer on each question, where it is not "no"."""
    newest: dict[str, Protection] = {}
    for protection in sorted(protections, key=lambda one: one.pk):
        newest[protection.kind] = protection
    return [one for one in newest.values() if one.answer != Protection.Answer.NO]


@dataclass(frozen=True)
class Row:
    """One field of two records; ``agrees`` is None where one of them does not know."""

    label: str | Promise
    left: str
    right: str
    agrees: bool | None
    how: str = ""


def side_by_side(one: Foreigner, other: Foreigner) -> list[Row]:
    """Field by field; numbers stay masked and are compared behind the mask."""
    pair = (one, other)
    rows = [
        name_row(one.name, other.name),
        shared_row(_("Nama lain"), *map(other_names_of, pair)),
        plain_row(_("Jenis kelamin"), *map(sex_of, pair)),
        plain_row(_("Tanggal lahir"), *(p.birth_date_text for p in pair)),
        plain_row(_("Tempat lahir"), *(p.birth_place for p in pair)),
        plain_row(_("Kewarganegaraan"), *(str(p.nationality) for p in pair)),
        shared_row(_("Dokumen perjalanan"), *map(documents_of, pair)),
        shared_row(_("Izin tinggal"), *map(permits_of, pair)),
        shared_row(_("Alamat"), *map(addresses_of, pair)),
    ]
    return [row for row in rows if row.left or row.right]


def plain_row(label: str, left: str, right: str) -> Row:
    same = left.casefold().split() == right.casefold().split()
    return Row(label, left, right, same if left and right else None)


def name_row(left: str, right: str) -> Row:
    if not (left and right):
        return Row(_("Nama"), left, right, None)
    alike = likeness(plain(left), plain(right)) if plain(left) else 0
    if alike >= 99:
        how = "" if alike == 100 else _("urutan atau spasi berbeda")
        return Row(_("Nama"), left, right, True, how)
    how = str(in_words(alike)) if alike >= WORTH_A_LOOK else ""
    return Row(_("Nama"), left, right, False, how)


# What is compared, and the text that is shown of it.
Values = list[tuple[Any, str]]


def shared_row(label: str, left: Values, right: Values) -> Row:
    """Of several values each: they agree where one of them is shared."""
    keys = [{key for key, _text in values} for values in (left, right)]
    texts = ["; ".join(text for _key, text in values) for values in (left, right)]
    agrees = bool(keys[0] & keys[1]) if left and right else None
    how = _("ada yang sama") if agrees and keys[0] != keys[1] else ""
    return Row(label, texts[0], texts[1], agrees, how)


def other_names_of(person: Foreigner) -> Values:
    return [(plain(one.name) or one.name, one.name) for one in person.other_names.all()]


def sex_of(person: Foreigner) -> str:
    is_unknown = person.sex == Foreigner.Sex.UNKNOWN
    return "" if is_unknown else str(person.get_sex_display())


def documents_of(person: Foreigner) -> Values:
    return [(one.number_hash, str(one)) for one in person.travel_documents.all()]


def permits_of(person: Foreigner) -> Values:
    return [
        ((one.kind.code, one.number or one.pk), f"{one.kind.code} {one.number_masked}")
        for one in person.stay_permits.all()
    ]


def addresses_of(person: Foreigner) -> Values:
    return [
        (meaning(one), one.value)
        for one in person.statements.all()
        if one.subject == Statement.Subject.ADDRESS
    ]
