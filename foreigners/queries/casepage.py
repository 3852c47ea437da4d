"""What the page of a case says: where it stands, what is due, what each outcome lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from foreigners.models import Case, CaseEvent, CasePerson
from foreigners.services.attempt import Attempt
from foreigners.services.casefile import identity_of
from foreigners.services.receipts import Missing, missing_of
from foreigners.services.transitions import Transition, open_from

State = Case.State
# The way of most cases; the side ways join it with a word of their own.
MAIN_WAY = (
    State.REPORTED,
    State.VERIFICATION,
    State.EXAMINATION,
    State.CONFERENCE,
    State.DECIDED,
    State.OBJECTION_WINDOW,
    State.EXECUTION,
    State.CLOSED,
)
IDENTITY_WORDS = {
    "name": _("Nama"),
    "other_names": _("Nama lain"),
    "sex": _("Jenis kelamin"),
    "birth_date": _("Tanggal lahir"),
    "birth_place": _("Tempat lahir"),
    "nationality": _("Kewarganegaraan"),
    "document": _("Dokumen"),
}
# Where on the page of the case somebody does what a step still lacks.
PART_OF = {
    "order_or_exception": "judul-perintah",
    "order_stands": "judul-perintah",
    "check_recorded": "judul-perintah",
    "somebody_named": "orang",
    "violation_named": "pelanggaran",
    "violations_allow_warning": "pelanggaran",
    "warning_proven": "judul-limpah",
    "referral_sent": "judul-limpah",
    "referrals_refused": "judul-limpah",
    "referral_accepted": "judul-limpah",
    "protection_determined": "judul-pelindungan",
    "gate_answered": "judul-pelindungan",
    "examinations_signed": "judul-periksa",
    "conference_convened": "judul-gelar",
    "held_for_measure": "judul-gelar",
    "held_for_prosecution": "judul-gelar",
    "held_for_not_proven": "judul-gelar",
    "held_for_protection": "judul-gelar",
    "criteria_chosen": "judul-gelar",
    "measures_decided": "judul-tindakan",
    "measures_served": "judul-tindakan",
    "measures_executed": "judul-tindakan",
    "early_execution_chosen": "judul-tindakan",
    "objection_open": "judul-tindakan",
}


@dataclass(frozen=True)
class Stage:
    label: Any
    is_behind: bool = False
    is_here: bool = False


def stages_of(case: Case, events: Iterable[CaseEvent]) -> list[Stage]:
    """Words in a row: what the case went through, where it is, what usually follows."""
    here = State(case.state)
    behind = [State(event.from_state) for event in events]
    way = list(dict.fromkeys(state for state in behind if state != here))
    if here not in MAIN_WAY:
        ahead: list[Case.State] = []
    else:
        ahead = [s for s in MAIN_WAY[MAIN_WAY.index(here) + 1 :] if s not in way]
    return [
        *(Stage(state.label, is_behind=True) for state in way),
        Stage(here.label, is_here=True),
        *(Stage(state.label) for state in ahead),
    ]


@dataclass(frozen=True)
class PossibleOutcome:
    """A step that the table knows from here, with everything that it still lacks."""

    row: Transition
    missing: list[Missing]
    is_mine: bool

    @property
    def is_open(self) -> bool:
        return not self.missing

    @property
    def lacking(self) -> list[tuple[str, str]]:
        """Each sentence with the part of the page that it is about, or with none."""
        return [(one.sentence, PART_OF.get(one.guard, "")) for one in self.missing]


def possible_outcomes(attempt: Attempt, viewer: User) -> list[PossibleOutcome]:
    """All of them alike, *tidak terbukti* like the rest: nobody is pulled one way."""
    return [
        PossibleOutcome(row, missing_of(row, attempt), viewer.role in row.roles)
        for row in open_from(attempt.case.state)
    ]


@dataclass(frozen=True)
class Difference:
    label: Any
    then: Any
    now: Any


def differences(person: CasePerson) -> list[Difference]:
    """Where the person's record now says something else than the case has frozen."""
    now = identity_of(person.foreigner)
    then = person.identity
    return [
        Difference(label, as_words(then[name]), as_words(now[name]))
        for name, label in IDENTITY_WORDS.items()
        if name in then and then[name] != now[name]
    ]


def as_words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
