"""A measure: drafted by an officer, decided by the chief alone, in a case whose conference
came to it. Who examined or drafted never decides, whatever their role is by then.

A detention may be decided outside the conference as well: by the step ``detain``.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from foreigners.models import (
    Case,
    ClockRule,
    Conference,
    Examination,
    Measure,
    MeasureKind,
)
from foreigners.queries.law import in_force
from foreigners.services.casefile import touch
from foreigners.services.clocks import start_clock
from foreigners.services.detention_guards import what_contradicts
from foreigners.services.measure_checks import (
    Content,
    MeasureRefused,
    amount_of,
    refuse_unfit,
    refuse_unprotected,
)
from foreigners.services.measure_papers import issue_decision
from timpora.dates import long_date
from timpora.errors import DomainError

# Where the step ``detain`` may be taken: since somebody is examined, until it is carried
# out. Art. 83 names grounds and a decision (art. 84), and no gelar kasus.
DETAINABLE = (
    Case.State.EXAMINATION,
    Case.State.CONFERENCE,
    Case.State.DECIDED,
    Case.State.OBJECTION_WINDOW,
    Case.State.OBJECTION,
    Case.State.EXECUTION,
)


class NotInConference(DomainError):
    pass


class MeasureChanged(DomainError):
    """Somebody else saved or decided it since it was read; nothing was written."""


class DeciderNotApart(DomainError):
    pass


@transaction.atomic
def draft_measure(case: Case, drafted: Content, *, by: User) -> Measure:
    """A draft against one person of a case that stands in its conference, or may detain."""
    refuse_drafting(case, drafted.kind)
    refuse_unfit(case, drafted, on=case.office.today)
    measure = Measure.objects.create(
        case=case, drafted_by=by, amount=amount_of(drafted), **vars(drafted)
    )
    measure.drafters.add(by)
    touch(case)
    record(
        by,
        "foreigners.draft_measure",
        measure,
        office_id=case.office_id,
        kind=drafted.kind.code,
    )
    return measure


@transaction.atomic
def edit_draft(measure: Measure, drafted: Content, *, revision: int, by: User) -> None:
    """Replace what an undecided measure says; whoever writes becomes a drafter too."""
    case = measure.case
    refuse_drafting(case, drafted.kind)
    refuse_unfit(case, drafted, on=case.office.today)
    # Before the draft, as a step does: of two who lock both, none waits for the other.
    touch(case)
    written = drafts(measure, revision).update(
        amount=amount_of(drafted),
        revision=F("revision") + 1,
        **vars(drafted),
    )
    if not written:
        raise MeasureChanged(
            _("Konsep ini diubah atau diputuskan orang lain sejak Anda membukanya.")
        )
    measure.refresh_from_db()
    measure.drafters.add(by)
    record(by, "foreigners.edit_measure", measure, office_id=case.office_id)


@transaction.atomic
def drop_draft(measure: Measure, *, revision: int, by: User) -> None:
    """Take out exactly the draft that ``by`` has read, if it will not be decided; that it
    was there stays in the audit."""
    record(
        by,
        "foreigners.drop_measure",
        measure,
        office_id=measure.case.office_id,
        kind=measure.kind.code,
    )
    gone, _rows = drafts(measure, revision).delete()
    if not gone:
        raise MeasureChanged(
            _("Konsep ini diubah atau diputuskan orang lain sejak Anda membacanya.")
        )
    touch(measure.case)


def drafts(measure: Measure, revision: int) -> QuerySet[Measure]:
    return Measure.objects.filter(
        pk=measure.pk, state=Measure.State.DRAFT, revision=revision
    )


@transaction.atomic
def decide_measure(measure: Measure, *, revision: int, by: User) -> Measure:
    """Decide exactly the draft that ``by`` has read: number, paper and clock come with it.

    A second click of the same person finds it done and changes nothing.
    """
    # The no-op UPDATE takes the row lock before a number is taken: of two who decide at
    # once the later one waits here, finds it decided and burns no number.
    held = drafts(measure, revision).update(state=Measure.State.DRAFT)
    measure = Measure.objects.select_related(
        "case__office__agency", "person__foreigner", "kind", "sheet"
    ).get(pk=measure.pk)
    if not measure.is_draft and measure.decided_by_id == by.pk:
        return measure
    if not held:
        raise MeasureChanged(
            _("Tindakan ini diubah atau diputuskan orang lain sejak Anda membacanya.")
        )
    case = measure.case
    refuse_examiner_or_drafter(measure, by)
    conference = conference_behind(case)
    today = case.office.today
    refuse_unfit(case, Content.of(measure), on=today)
    refuse_unprotected(measure)
    refuse_baseless(measure, on=today)
    settle(measure, conference, on=today, by=by)
    touch(case)
    return measure


def refuse_baseless(measure: Measure, *, on: dt.date) -> None:
    """A detention whose ground the records contradict."""
    if not measure.kind.detains:
        return
    beside = measure.case.measures.select_related("kind", "person__foreigner")
    contradiction = what_contradicts(measure, beside, on)
    if contradiction:
        raise MeasureRefused(contradiction)


def settle(
    measure: Measure, conference: Conference | None, *, on: dt.date, by: User
) -> None:
    """Give the draft its paper, its number and its clock; refused if it changed."""
    version = issue_decision(measure, conference, on=on, by=by)
    written = drafts(measure, measure.revision).update(
        state=Measure.State.DECIDED,
        decided_on=on,
        decided_by=by,
        version=version,
        is_outside_conference=conference is None,
        revision=F("revision") + 1,
    )
    if not written:
        raise MeasureChanged(_("Konsep ini berubah sejak Anda membacanya."))
    measure.refresh_from_db()
    run_period(measure)
    record(
        by,
        "foreigners.decide_measure",
        measure,
        office_id=measure.case.office_id,
        kind=measure.kind.code,
        number=version.document.number,
    )


def may_draft(case: Case, kind: MeasureKind) -> bool:
    if kind.detains:
        return case.state in DETAINABLE
    return case.state == Case.State.CONFERENCE


def refuse_drafting(case: Case, kind: MeasureKind) -> None:
    if may_draft(case, kind):
        return
    if kind.detains:
        raise NotInConference(
            _("Pendetensian disusun sejak pemeriksaan sampai pelaksanaan.")
        )
    raise NotInConference(
        _("Tindakan disusun dan diputuskan selama kasus berada di gelar kasus.")
    )


def refuse_outside_conference(case: Case) -> None:
    if case.state != Case.State.CONFERENCE:
        raise NotInConference(
            _("Tindakan disusun dan diputuskan selama kasus berada di gelar kasus.")
        )


def conference_behind(case: Case) -> Conference:
    """The conference that came to an administrative measure (Permenimipas 2/2025
    art. 59(1)): the newest, held, with that outcome."""
    refuse_outside_conference(case)
    newest = (
        case.conferences.exclude(state=Conference.State.CANCELLED)
        .order_by("-pk")
        .first()
    )
    if (
        newest is None
        or newest.state != Conference.State.HELD
        or newest.outcome != Conference.Outcome.TAK
    ):
        raise NotInConference(
            _(
                "Gelar kasus belum selesai dengan hasil tindakan administratif. Tindakan "
                "diputuskan sesudahnya."
            )
        )
    return newest


def refuse_examiner_or_drafter(measure: Measure, by: User) -> None:
    """Compares persons, not roles: who examined as an officer stays an examiner as chief."""
    if Examination.objects.filter(case=measure.case, examiner=by).exists():
        raise DeciderNotApart(
            _(
                "Anda memeriksa seseorang dalam kasus ini, jadi pejabat lain yang "
                "memutuskan tindakannya."
            )
        )
    if measure.drafted_by_id == by.pk or measure.drafters.contains(by):
        raise DeciderNotApart(
            _("Anda menyusun konsep ini, jadi pejabat lain yang memutuskannya.")
        )


def run_period(measure: Measure) -> None:
    """What has an end by law ends by its clock, not by anybody's click."""
    if not (measure.kind.has_period and measure.kind.period_rule):
        return
    starts_on, ends_on = measure.starts_on, measure.ends_on
    if starts_on is None or ends_on is None:
        return
    rule = in_force(ClockRule, measure.kind.period_rule, on=starts_on)
    start_clock(
        measure.case,
        rule.code,
        on=starts_on,
        until=ends_on,
        measure=measure,
        basis=[
            f"{rule.article}.",
            _("Menurut keputusan: %(start)s sampai %(end)s.")
            % {"start": long_date(starts_on), "end": long_date(ends_on)},
        ],
    )
