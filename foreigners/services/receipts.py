"""The lawfulness receipt of a step: what it rests on, shown before and kept after.

Plain JSON, made the same way for the page that asks and for the step that is taken, so
that a digest tells whether what was confirmed is what was shown.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Holiday
from foreigners.models import Clock, ClockRule, Ground
from foreigners.queries.law import RuleMissing, in_force
from foreigners.services.attempt import Attempt
from foreigners.services.clocks import due_date
from foreigners.services.step_clocks import Start
from foreigners.services.transitions import Transition
from timpora.dates import long_date

LAYOUT = 1
GROUND = "ground"
CLOCK_RULE = "clock_rule"


@dataclass(frozen=True)
class Missing:
    """A condition that is not met: its stable name and the sentence for the officer."""

    guard: str
    sentence: str


def missing_of(row: Transition, attempt: Attempt) -> list[Missing]:
    """Everything that stands in the way of the step, in the order of the table."""
    found = [
        Missing(one.name, sentence)
        for one in row.guards
        if (sentence := one.missing(attempt)) is not None
    ]
    if row.ground_code(attempt) not in attempt.grounds:
        found.insert(0, Missing(GROUND, _no_ground(row.ground_code(attempt))))
    for start in starts_of(row, attempt):
        try:
            in_force(ClockRule, start.code, on=start.on)
        except RuleMissing as error:
            found.append(Missing(CLOCK_RULE, str(error)))
    return found


def _no_ground(code: str) -> str:
    return _(
        "Dasar hukum “%(code)s” belum ada untuk tanggal ini. Administrator dapat "
        "menambahkannya pada data hukum."
    ) % {"code": code}


def starts_of(row: Transition, attempt: Attempt) -> list[Start]:
    return [start for starts in row.starts for start in starts(attempt)]


def stopped_by(row: Transition, attempt: Attempt) -> list[Clock]:
    if not row.cancels_clocks:
        return []
    return [clock for clock in attempt.clocks if clock.ended_on is None]


def receipt_of(row: Transition, attempt: Attempt) -> dict[str, Any]:
    """What the step would rest on now."""
    missing = missing_of(row, attempt)
    unmet = {one.guard for one in missing}
    case = attempt.case
    return {
        "layout": LAYOUT,
        "case": case.number,
        "revision": case.revision,
        "on": attempt.on.isoformat(),
        "action": row.action,
        "title": str(row.title),
        "from": str(case.get_state_display()),
        "to": str(row.target_from(case.state).label),
        "who": row.who,
        "ground": ground_words(attempt.grounds.get(row.ground_code(attempt))),
        "conditions": [
            {"guard": one.name, "label": str(one.label), "met": one.name not in unmet}
            for one in row.guards
        ],
        "facts": [asdict(fact) for facts in row.facts for fact in facts(attempt)],
        "missing": [asdict(one) for one in missing],
        "clocks_started": list(clock_words(row, attempt)),
        "clocks_stopped": [
            {"name": str(clock.rule), "due_on": clock.due_on.isoformat()}
            for clock in stopped_by(row, attempt)
        ],
        "papers": [str(paper) for paper in row.papers],
        "notices": [str(notice) for notice in row.notices],
        "unchecked": [str(sentence) for sentence in row.unchecked],
        "is_override": row.is_override,
    }


def ground_words(ground: Ground | None) -> dict[str, Any] | None:
    if ground is None:
        return None
    return {
        "pk": ground.pk,
        "code": ground.code,
        "article": ground.article,
        "instrument": ground.instrument,
        "text": ground.text,
        "valid_from": ground.valid_from.isoformat() if ground.valid_from else None,
        "valid_to": ground.valid_to.isoformat() if ground.valid_to else None,
        "certainty": ground.certainty,
        "certainty_words": str(ground.get_certainty_display()),
        "source": ground.source,
    }


def clock_words(row: Transition, attempt: Attempt) -> Iterator[dict[str, Any]]:
    """Each clock with its last day and how that was computed; without a rule, nothing."""
    starts = starts_of(row, attempt)
    if not starts:
        return
    free_days = Holiday.objects.free_days(attempt.case.office)
    for start in starts:
        try:
            rule = in_force(ClockRule, start.code, on=start.on)
        except RuleMissing:
            # Listed among what is missing; the step is refused.
            continue
        due, basis = due_date(rule, start.on, free_days)
        yield {
            "code": rule.code,
            "rule": rule.pk,
            "name": rule.name,
            "article": rule.article,
            "certainty": rule.certainty,
            "started_on": start.on.isoformat(),
            "due_on": due.isoformat(),
            "due": long_date(due),
            "basis": basis,
        }


def digest_of(receipt: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON: sorted keys, no blanks, as UTF-8."""
    text = json.dumps(
        receipt, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()
