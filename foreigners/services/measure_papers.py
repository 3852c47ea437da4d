"""The papers of a measure: the decision, its service, the receipt of an objection.

Each says what the person has to know in order to object. Articles that nobody has verified
are not printed; the screen shows them with their mark.
"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Office, User
from documents.models import Document, DocumentVersion, NumberPattern
from documents.services.snapshots import letterhead_of, signer_for, signer_of
from foreigners.models import (
    CasePerson,
    Certainty,
    Clock,
    ClockRule,
    Conference,
    Foreigner,
    Ground,
    Measure,
    Objection,
)
from foreigners.models.law import Dated
from foreigners.queries.law import in_force
from foreigners.services.casefile import issue_case_paper
from timpora.dates import day_and_date, local_date, long_date
from timpora.numbers import in_words, rupiah

DECISION = "foreigners/pdf/keputusan.html"
SERVICE = "foreigners/pdf/penyampaian.html"
RECEIPT = "foreigners/pdf/tanda_terima_keberatan.html"


def issue_decision(
    measure: Measure, conference: Conference | None, *, on: dt.date, by: User
) -> DocumentVersion:
    """The numbered decision under the chief's name; the verify page names nobody."""
    case = measure.case
    signer = signer_for(case.office, by)
    return issue_case_paper(
        case,
        kind=Document.Kind.MEASURE,
        title=_("Keputusan tindakan keimigrasian"),
        dated_on=on,
        template=DECISION,
        snapshot={
            "office": letterhead_of(case.office),
            "signer": signer_of(signer),
            "day": long_date(on),
            "case_number": case.number,
            "person": identity_on(measure.person),
            "measure": measure_block(measure),
            "violations": violations_of(measure),
            "conference": conference_block(conference) if conference else None,
            "detention": detention_block(measure, on=on),
            "grounds": grounds_of(measure, conference, on=on),
            "objection": objection_notice(case.office, on=on),
        },
        by=by,
        persons=[measure.person.foreigner],
        signer=signer,
    )


def issue_service(measure: Measure, window: Clock, *, by: User) -> DocumentVersion:
    """That the decision was handed over, to whom and when, and the exact last day."""
    case = measure.case
    served_on = measure.served_on or window.started_on
    signer = signer_for(case.office, by)
    return issue_case_paper(
        case,
        kind=Document.Kind.SERVICE,
        title=_("Berita acara penyampaian keputusan"),
        dated_on=served_on,
        template=SERVICE,
        snapshot={
            "office": letterhead_of(case.office),
            "signer": signer_of(signer),
            "case_number": case.number,
            "person": identity_on(measure.person),
            "measure": measure_block(measure),
            "decision": decision_block(measure),
            "served": {
                "day": day_and_date(served_on),
                "to": measure.served_to,
            },
            "objection": {
                **objection_notice(case.office, on=served_on),
                "last_day": day_and_date(window.due_on),
                "basis": window.basis,
            },
        },
        by=by,
        persons=[measure.person.foreigner],
        numbered=has_pattern(case.office, Document.Kind.SERVICE),
        signer=signer,
    )


def issue_receipt(objection: Objection, *, by: User) -> DocumentVersion:
    """The receipt that the person takes home. Nothing of numbering may stand in its way."""
    measure = objection.measure
    case = measure.case
    signer = signer_for(case.office, by)
    return issue_case_paper(
        case,
        kind=Document.Kind.OBJECTION,
        title=_("Tanda terima keberatan"),
        dated_on=objection.received_on,
        template=RECEIPT,
        snapshot={
            "office": letterhead_of(case.office),
            "signer": signer_of(signer),
            "case_number": case.number,
            "person": identity_on(measure.person),
            "decision": decision_block(measure),
            "measure": measure_block(measure),
            "received": {
                "day": day_and_date(objection.received_on),
                "by_proxy": objection.by_proxy,
                "files": objection.evidence.count(),
                "is_late": objection.is_late,
            },
            "next": next_steps(objection),
        },
        by=by,
        persons=[measure.person.foreigner],
        numbered=has_pattern(case.office, Document.Kind.OBJECTION),
        signer=signer,
    )


def has_pattern(office: Office, kind: str) -> bool:
    return NumberPattern.objects.filter(office=office, kind=kind).exists()


def identity_on(person: CasePerson) -> dict[str, Any]:
    """The identity that the case knew, with the sex in words."""
    sex = person.identity.get("sex", Foreigner.Sex.UNKNOWN)
    return {**person.identity, "sex": str(Foreigner.Sex(sex).label)}


def measure_block(measure: Measure) -> dict[str, Any]:
    starts_on, ends_on, amount = measure.starts_on, measure.ends_on, measure.amount
    return {
        "kind": measure.kind.name,
        "content": measure.content,
        # Each is a clause that the paper ends with its own mark.
        "reason": measure.reason.rstrip(" ."),
        "place": measure.place.rstrip(" ."),
        "placement_reason": measure.placement_reason.rstrip(" ."),
        "period": _("%(start)s sampai dengan %(end)s")
        % {"start": long_date(starts_on), "end": long_date(ends_on)}
        if starts_on and ends_on
        else "",
        "amount": rupiah(amount) if amount is not None else "",
        "amount_words": in_words(amount) if amount is not None else "",
        "sheet": [line["text"] for line in measure.sheet.derivation["lines"]]
        if measure.sheet
        else [],
    }


def decision_block(measure: Measure) -> dict[str, str]:
    document = measure.version.document if measure.version else None
    return {
        "number": document.number if document else "",
        "day": long_date(measure.decided_on) if measure.decided_on else "",
    }


def violations_of(measure: Measure) -> list[str]:
    """The alleged conduct; its article only where that is confirmed."""
    rows = measure.case.violations.select_related("violation")
    return [
        f"{row.violation.name} ({row.violation.article})"
        if is_confirmed(row.violation)
        else row.violation.name
        for row in rows
    ]


def conference_block(conference: Conference) -> dict[str, Any]:
    """When it was held, and why it chose a measure (Permenimipas 2/2025 art. 59(2))."""
    zone = conference.case.office.time_zone
    held = conference.held_at or conference.planned_at
    return {
        "day": long_date(local_date(held, zone)),
        "criteria": [
            str(Conference.Criterion(code).label) for code in conference.criteria
        ],
        "conclusion": conference.conclusion,
    }


def detention_block(measure: Measure, *, on: dt.date) -> dict[str, str] | None:
    """Why the person is held, and until when at the latest."""
    if not measure.detention_ground:
        return None
    limit = ""
    if measure.kind.period_rule:
        rule = in_force(ClockRule, measure.kind.period_rule, on=on)
        limit = _(
            "%(length)d (%(words)s) %(unit)s sejak dilaksanakan (%(article)s)"
        ) % {
            "length": rule.length,
            "words": in_words(rule.length),
            "unit": rule.get_unit_display(),
            "article": rule.article,
        }
    return {
        "letter": measure.detention_ground,
        "ground": str(measure.get_detention_ground_display()),
        "limit": limit,
    }


def grounds_of(
    measure: Measure, conference: Conference | None, *, on: dt.date
) -> list[str]:
    """What the decision rests on, confirmed rows alone, the article of the kind first."""
    kind = measure.kind
    main = in_force(Ground, "detention" if kind.detains else "tak", on=on)
    codes = ("conference", "objection") if conference else ("objection",)
    rows = [main, *(in_force(Ground, code, on=on) for code in codes)]
    texts = [f"{row.article} {row.instrument}" for row in rows if is_confirmed(row)]
    if is_confirmed(kind):
        texts.insert(0, f"{kind.article} {main.instrument}")
    return texts


def is_confirmed(row: Dated) -> bool:
    return row.certainty == Certainty.CONFIRMED


def objection_notice(office: Office, *, on: dt.date) -> dict[str, Any]:
    """How long, from when, and which days do not count; the exact last day follows from
    the service."""
    rule = in_force(ClockRule, "objection", on=on)
    ground = in_force(Ground, "objection", on=on)
    free = _("Sabtu, Minggu, dan hari libur nasional")
    if office.collective_leave_is_free:
        free = _("Sabtu, Minggu, hari libur nasional, dan cuti bersama")
    return {
        "article": f"{ground.article} {ground.instrument}",
        "length": rule.length,
        "length_words": in_words(rule.length),
        "unit": str(rule.get_unit_display()),
        "free": free,
    }


def next_steps(objection: Objection) -> list[str]:
    """What happens to the objection, and by when."""
    steps = []
    for code, act in (
        ("forward", _("diteruskan dengan pertimbangan")),
        ("minister", _("diputus oleh Menteri")),
    ):
        rule = in_force(ClockRule, code, on=objection.received_on)
        steps.append(
            _("%(act)s paling lama %(length)d (%(words)s) %(unit)s")
            % {
                "act": act,
                "length": rule.length,
                "words": in_words(rule.length),
                "unit": rule.get_unit_display(),
            }
        )
    return steps
