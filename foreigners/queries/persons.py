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
    CasePerson,
    Finding,
    Foreigner,
    Protection,
    Settlement,
    Statement,
)
from foreigners.names import likeness, plain


@dataclass(frozen=True)
class Conflict:
    """What agencies say on one subject, where it differs; settled or not."""

    subject: str
    label: str
    statements: list[Statement]
    settlement: Settlement | None
    is_open: bool
    upto: int


def meaning(statement: Statement) -> tuple[str | None, str]:
    """What is compared: the kelurahan and the words, whatever their case and gaps."""
    return statement.region_id, " ".join(statement.value.casefold().split())


def conflicts_in(
    statements: Iterable[Statement], settlements: Iterable[Settlement], *, on: dt.date
) -> list[Conflict]:
    """Subjects on which the newest words of two agencies differ.

    A settlement ends a conflict until an agency says something else afterwards.
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
            one.pk > last.upto and meaning(one) != meaning(last.kept) for one in current
        )
        conflicts.append(
            Conflict(
                subject,
                current[0].get_subject_display(),
                current,
                last,
                is_open,
                max(one.pk for one in current),
            )
        )
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
    """Field by field; numbers stay masked, compared by their hash."""
    rows = [
        row_of(_("Nama"), one.name, other.name, how=how_alike(one.name, other.name)),
        row_of(_("Nama lain"), *(joined(p.other_names.all()) for p in (one, other))),
        row_of(_("Jenis kelamin"), *(known_sex(p) for p in (one, other))),
        row_of(_("Tanggal lahir"), one.birth_date_text, other.birth_date_text),
        row_of(_("Tempat lahir"), one.birth_place, other.birth_place),
        row_of(_("Kewarganegaraan"), str(one.nationality), str(other.nationality)),
        documents_row(one, other),
        row_of(_("Izin tinggal"), *(permits_text(p) for p in (one, other))),
        row_of(_("Alamat"), *(addresses_text(p) for p in (one, other))),
    ]
    return [row for row in rows if row.left or row.right]


def row_of(label: str, left: str, right: str, *, how: str = "") -> Row:
    agrees = (
        plain(left) == plain(right) if plain(left) or plain(right) else left == right
    )
    return Row(label, left, right, agrees if left and right else None, how)


def how_alike(one: str, other: str) -> str:
    if not (one and other) or plain(one) == plain(other):
        return ""
    alike = likeness(plain(one), plain(other))
    return _("sangat mirip") if alike >= 88 else _("mirip") if alike >= 60 else ""


def joined(names: Iterable[Any]) -> str:
    return ", ".join(one.name for one in names)


def known_sex(person: Foreigner) -> str:
    is_unknown = person.sex == Foreigner.Sex.UNKNOWN
    return "" if is_unknown else str(person.get_sex_display())


def documents_row(one: Foreigner, other: Foreigner) -> Row:
    held = [list(person.travel_documents.all()) for person in (one, other)]
    hashes = [{document.number_hash for document in documents} for documents in held]
    agrees = bool(hashes[0] & hashes[1]) if all(hashes) else None
    texts = [", ".join(map(str, documents)) for documents in held]
    return Row(
        _("Dokumen perjalanan"),
        texts[0],
        texts[1],
        agrees,
        _("ada nomor yang sama") if agrees else "",
    )


def permits_text(person: Foreigner) -> str:
    return ", ".join(
        f"{permit.kind.code} {permit.number_masked}".strip()
        for permit in person.stay_permits.all()
    )


def addresses_text(person: Foreigner) -> str:
    return "; ".join(
        statement.value
        for statement in person.statements.all()
        if statement.subject == Statement.Subject.ADDRESS
    )


def for_case(case: Case) -> list[CasePerson]:
    """The persons of a case with what is known of them now; three queries."""
    return list(
        case.persons.select_related("foreigner__nationality").prefetch_related(
            "foreigner__travel_documents", "foreigner__protections"
        )
    )
