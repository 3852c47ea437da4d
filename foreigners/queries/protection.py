"""What the protective gate knows of a person: asked, answered, in the way of a removal.

Sentences for the whole office say that the gate stands, never which fact stands behind
it; the facts are for those on duty (``foreigners.read_protection``).
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from foreigners.models import CasePerson, Foreigner, Protection

# Who is protected is not a case against them (UU 6/2011 art. 86-87, Perpres 125/2016).
LEADS_TO_PROTECTION = (
    Protection.Kind.TRAFFICKING,
    Protection.Kind.REFUGEE,
    Protection.Kind.CHILD,
    Protection.Kind.STATELESS,
)
STANDS = (Protection.Answer.YES, Protection.Answer.PENDING)
ADULT_AT = 18


def newest_answers(foreigner: Foreigner) -> dict[str, str]:
    """The answer that counts of each kind that was asked; newest rows come first."""
    answers: dict[str, str] = {}
    for protection in foreigner.protections.all():
        answers.setdefault(protection.kind, protection.answer)
    return answers


def unasked(foreigner: Foreigner) -> list[Protection.Kind]:
    """Not asked is not "no"."""
    answers = newest_answers(foreigner)
    return [kind for kind in Protection.Kind if kind not in answers]


def is_protected(foreigner: Foreigner) -> bool:
    answers = newest_answers(foreigner)
    return any(
        answers.get(kind) == Protection.Answer.YES for kind in LEADS_TO_PROTECTION
    )


def is_shielded(foreigner: Foreigner) -> bool:
    """A victim or a refugee, or perhaps one: neither removed nor held."""
    answers = newest_answers(foreigner)
    return any(answers.get(kind) in STANDS for kind in Protection.BLOCKS_REMOVAL)


def what_blocks_detention(foreigner: Foreigner) -> str | None:
    """Why the person may not be held now (UU 6/2011 art. 86-87, Perpres 125/2016)."""
    if not is_shielded(foreigner):
        return None
    return _(
        "%s: gerbang pelindungan menahan pendetensian sampai Kepala Seksi menetapkan lain."
    ) % (foreigner)


def what_blocks_removal(foreigner: Foreigner) -> str | None:
    """Why the person may not be removed now; None when nothing stands in the way."""
    if is_shielded(foreigner):
        return _(
            "%s: gerbang pelindungan menahan pemindahan sampai Kepala Seksi menetapkan "
            "lain."
        ) % (foreigner)
    if foreigner.identity == Foreigner.Identity.OPEN:
        return _("%s: identitasnya belum dipastikan.") % foreigner
    return None


def may_be_placed_elsewhere(foreigner: Foreigner, on: dt.date) -> bool:
    """UU 6/2011 art. 83(2): a child, the sick, who is about to give birth.

    Whose year of birth is unknown may be a child.
    """
    age = foreigner.age_on(on)
    answers = newest_answers(foreigner)
    return (
        age is None
        or age < ADULT_AT
        or any(
            answers.get(kind) == Protection.Answer.YES for kind in Protection.ELSEWHERE
        )
    )


def names_of(kinds: Iterable[Protection.Kind]) -> str:
    return "; ".join(str(kind.label) for kind in kinds)


def questions_of(foreigner: Foreigner) -> list[dict[str, Any]]:
    """Every question of the gate with its newest answer, or none yet, and those before."""
    asked: dict[str, list[Protection]] = {}
    for protection in foreigner.protections.all():
        asked.setdefault(protection.kind, []).append(protection)
    return [
        {
            "kind": kind.value,
            "label": kind.label,
            "newest": asked[kind][0] if kind in asked else None,
            "before": asked[kind][1:] if kind in asked else [],
        }
        for kind in Protection.Kind
    ]


def gates_of(persons: Iterable[CasePerson]) -> dict[str, Any]:
    """The gate of each person of a case: how many questions are open, what it holds."""
    return {
        "gates": [
            {
                "person": person,
                "unasked": len(unasked(person.foreigner)),
                "block": what_blocks_removal(person.foreigner),
            }
            for person in persons
        ]
    }
