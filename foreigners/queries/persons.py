"""What is known of a person: where agencies differ, and what a case shows of people."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from foreigners.models import Case, CasePerson, Settlement, Statement


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
    settled: dict[str, Settlement] = {}
    for settlement in sorted(settlements, key=lambda one: one.pk):
        settled[settlement.subject] = settlement
    conflicts = []
    for subject, by_agency in said.items():
        current = list(by_agency.values())
        if len({meaning(one) for one in current}) < 2:
            continue
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


def for_case(case: Case) -> list[CasePerson]:
    """The persons of a case with what is known of them now; three queries."""
    return list(
        case.persons.select_related("foreigner__nationality").prefetch_related(
            "foreigner__travel_documents", "foreigner__protections"
        )
    )
