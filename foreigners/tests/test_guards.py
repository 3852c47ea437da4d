"""Each condition of each step refuses alone, and would be missed if it were gone.

A refusal case spoils one thing in a case that is ready for the step, so that the one
condition is all that stands in its way: with the condition taken out of the table the same
case must pass, or the case proves nothing.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from foreigners.models import (
    Admonition,
    CaseGuarantor,
    CaseNote,
    CasePerson,
    CaseViolation,
    Clock,
    Conference,
    Examination,
    FindingEvent,
    Foreigner,
    Measure,
    Objection,
    Order,
    Prosecution,
    Protection,
    Referral,
    StageEvent,
)
from foreigners.services.attempt import Attempt
from foreigners.services.stepping import StepRefused, take_step
from foreigners.services.transitions import TABLE, TRANSITIONS
from foreigners.tests.factories import (
    FindingFactory,
    GuarantorFactory,
    StayPermitFactory,
    TravelDocumentFactory,
)
from foreigners.tests.ready import (
    REASON,
    TODAY,
    Ready,
    answer_gate,
    clock,
    conference,
    detention,
    examination,
    exception,
    executed,
    kind,
    measure,
    objection,
    order,
    person,
    prosecution,
    ready_for,
    referral,
)

pytestmark = pytest.mark.django_db

Spoil = Callable[[Ready], object]
YESTERDAY = dt.timedelta(days=1)


def no_order(ready: Ready) -> None:
    Order.objects.update(issued_on=None, signed_by=None, version=None)


def unapproved_exception(ready: Ready) -> None:
    Order.objects.all().delete()
    order(ready, exception="dpo", issued_on=None, signed_by=None, version=None)


def exception_without_clock(ready: Ready) -> None:
    Order.objects.all().delete()
    exception(ready)


def exception_with_late_clock(ready: Ready) -> None:
    Order.objects.all().delete()
    clock(
        ready,
        "order_after_exception",
        order=exception(ready),
        due_on=TODAY() - YESTERDAY,
    )


def unapproved_with_clock(ready: Ready) -> None:
    unapproved_exception(ready)
    clock(ready, "order_after_exception", order=Order.objects.get())


def other_conference(outcome: str) -> Spoil:
    def hold(ready: Ready) -> None:
        conference(ready, outcome)

    return hold


def unheld(ready: Ready) -> None:
    Conference.objects.update(state="convened", outcome="", held_at=None, version=None)


def subject_without_examination(ready: Ready) -> None:
    person(ready)


def only_guarantor(ready: Ready) -> None:
    Examination.objects.all().delete()
    CasePerson.objects.all().delete()


def draft(ready: Ready) -> None:
    Examination.objects.update(state="draft", signed_at=None, version=None)


def another_draft(ready: Ready) -> None:
    measure(ready, CasePerson.objects.get(), "draft")


def examiner_is_chief(ready: Ready) -> None:
    Examination.objects.update(examiner=ready.chief)


def decided_by_the_examiner(ready: Ready) -> None:
    """Somebody who is chief now and examined this person in an earlier post."""
    before = ready.people["section_head"]
    examination(ready, CasePerson.objects.get(), examiner=before)
    Measure.objects.update(decided_by=before)


def drafted_by_chief(ready: Ready) -> None:
    Measure.objects.update(
        decided_by=ready.people["section_head"], drafted_by=ready.chief
    )


def newest(answer: str, kind: str = "pengungsi") -> Spoil:
    def answered(ready: Ready) -> None:
        answer_gate(CasePerson.objects.get(), answer, [Protection.Kind(kind)])

    return answered


def identity_open(ready: Ready) -> None:
    Foreigner.objects.update(identity="terbuka")


def held(state: str = "served", execution: str = "") -> Spoil:
    """Somebody is detained outside the conference."""

    def detained(ready: Ready) -> None:
        subject = CasePerson.objects.first() or person(ready)
        fields = executed(execution) if execution else {}
        detention(ready, subject, state, **fields)

    return detained


detained = held(execution="penuh")
DETAINED = [detained, held("decided"), held("draft")]


def ground(letter: str) -> Spoil:
    return set_to(Measure, detention_ground=letter)


def permit_on_record(ready: Ready) -> None:
    StayPermitFactory(foreigner=Foreigner.objects.get())


def passport_on_record(ready: Ready) -> None:
    ground("b")(ready)
    TravelDocumentFactory(foreigner=Foreigner.objects.get())


def deported_already(ready: Ready) -> None:
    ground("d")(ready)
    another_served(ready, **executed())


def child(ready: Ready) -> None:
    Foreigner.objects.update(birth_year=None)


def written_by_chief(ready: Ready) -> None:
    Measure.objects.get().drafters.add(ready.chief)


def examined_by_chief(ready: Ready) -> None:
    examination(ready, CasePerson.objects.get(), examiner=ready.chief)


def another_served(ready: Ready, **fields) -> Measure:
    return measure(ready, CasePerson.objects.get(), "served", **fields)


def other_still_open(ready: Ready) -> None:
    another = another_served(ready)
    clock(ready, "objection", measure=another, state="terpenuhi", ended_on=TODAY())
    objection(ready, another)


def second_prosecution(ready: Ready) -> None:
    prosecution(ready, spdp_sent_on=TODAY())


def ends_later(ready: Ready) -> None:
    """The note was written before the case ended."""
    type(ready.case).objects.update(state_since=timezone.now() + YESTERDAY)
    ready.case.refresh_from_db()


def gone(model: type) -> Spoil:
    return lambda ready: model.objects.all().delete()


def set_to(model: type, **fields) -> Spoil:
    return lambda ready: model.objects.update(**fields)


PENDING = newest("diperiksa")
# (action, condition): each way in which it alone is not met.
REFUSALS: dict[tuple[str, str], list[Spoil]] = {
    ("start_verification", "order_or_exception"): [
        gone(Order),
        no_order,
        unapproved_exception,
    ],
    ("examine", "order_stands"): [
        no_order,
        exception_without_clock,
        exception_with_late_clock,
        unapproved_with_clock,
    ],
    ("examine", "check_recorded"): [set_to(Order, result_at=None)],
    ("examine", "somebody_named"): [gone(CasePerson), set_to(CasePerson, role="saksi")],
    ("examine", "violation_named"): [gone(CaseViolation)],
    ("warn", "violations_allow_warning"): [
        gone(CaseViolation),
        lambda r: CaseViolation.objects.get().violation.__class__.objects.update(
            allows_warning=False
        ),
    ],
    ("warn", "warning_proven"): [gone(Admonition)],
    ("not_proven", "check_recorded"): [gone(Order), set_to(Order, result_at=None)],
    ("refer", "referral_sent"): [
        gone(Referral),
        set_to(Referral, state="ditarik"),
    ],
    ("referral_refused", "referrals_refused"): [
        gone(Referral),
        lambda r: referral(r, "dikirim"),
        lambda r: referral(r, "diterima"),
    ],
    ("refer", "no_running_detention"): DETAINED,
    ("protect", "no_running_detention"): DETAINED,
    ("detain", "detention_drafted"): [
        gone(Measure),
    ],
    ("detain", "detention_grounded"): [
        permit_on_record,
        passport_on_record,
        ground("c"),
        ground("d"),
        deported_already,
    ],
    ("detain", "detention_placed"): [
        child,
        newest("ya", "sakit"),
        newest("ya", "hamil"),
    ],
    ("detain", "detention_gate_answered"): [
        gone(Protection),
        lambda r: Protection.objects.filter(kind="keluarga").delete(),
    ],
    ("detain", "detention_unblocked"): [
        newest("diperiksa"),
        newest("ya"),
        newest("ya", "tppo"),
    ],
    ("detain", "detention_decider_apart"): [
        written_by_chief,
        examined_by_chief,
    ],
    ("protect", "protection_determined"): [
        gone(Protection),
        newest("tidak", "tppo"),
        set_to(Protection, answer="diperiksa"),
        set_to(Protection, kind="sakit"),
    ],
    ("convene", "examinations_signed"): [
        draft,
        gone(Examination),
        subject_without_examination,
        only_guarantor,
    ],
    ("convene", "conference_convened"): [
        gone(Conference),
        set_to(Conference, state="cancelled"),
    ],
    ("decide_tak", "held_for_measure"): [
        other_conference("projustisia"),
        unheld,
    ],
    ("decide_tak", "criteria_chosen"): [set_to(Conference, criteria=[])],
    ("decide_tak", "measures_decided"): [
        another_draft,
        set_to(Measure, state="ended", ended_on=TODAY()),
    ],
    ("decide_tak", "decider_apart"): [
        examiner_is_chief,
        decided_by_the_examiner,
        drafted_by_chief,
    ],
    ("decide_tak", "gate_answered"): [
        gone(Protection),
        lambda r: Protection.objects.filter(kind="hamil").delete(),
    ],
    ("decide_tak", "removal_unblocked"): [
        PENDING,
        newest("ya"),
        newest("ya", "tppo"),
        identity_open,
    ],
    ("prosecute", "held_for_prosecution"): [other_conference("tak"), unheld],
    ("prosecute", "prosecution_ordered"): [
        gone(Prosecution),
        set_to(Prosecution, order_number=""),
    ],
    ("conference_not_proven", "held_for_not_proven"): [
        other_conference("tak"),
        unheld,
        gone(Conference),
    ],
    ("conference_not_proven", "no_running_detention"): DETAINED,
    ("conference_protect", "no_running_detention"): DETAINED,
    ("conference_protect", "held_for_protection"): [other_conference("tak"), unheld],
    ("conference_protect", "protection_determined"): [gone(Protection)],
    ("serve", "measures_served"): [
        set_to(Measure, state="decided", served_on=None, service_proof=None),
        set_to(Measure, state="annulled"),
    ],
    ("object", "objection_open"): [
        gone(Objection),
        set_to(Objection, outcome="ditolak", decided_on=timezone.localdate()),
    ],
    ("window_over", "objection_window_over"): [
        gone(Clock),
        set_to(Clock, state="berjalan", ended_on=None),
        set_to(Clock, state="terlambat", ended_on=None),
        set_to(Clock, state="batal"),
        lambda r: another_served(r),
        set_to(Measure, state="annulled"),
    ],
    ("window_over", "no_open_objection"): [
        lambda r: objection(r, Measure.objects.get())
    ],
    ("execute_early", "early_execution_chosen"): [
        set_to(Measure, early_execution_reason=""),
        set_to(Measure, early_execution_reason=" " * 40),
        lambda r: another_served(r),
        lambda r: Measure.objects.update(**executed()),
    ],
    ("objection_decided", "no_open_objection"): [other_still_open],
    ("objection_decided", "measure_stands"): [set_to(Measure, state="annulled")],
    ("objection_annulled", "all_annulled"): [another_served, gone(Measure)],
    ("objection_annulled", "no_running_detention"): DETAINED,
    ("close", "measures_executed"): [
        lambda r: another_served(r),
        lambda r: Measure.objects.update(**executed("sebagian")),
    ],
    ("close", "removal_unblocked"): [PENDING, identity_open],
    ("close", "no_running_detention"): DETAINED,
    ("close_prosecution", "no_running_detention"): DETAINED,
    ("close_prosecution", "prosecution_ended"): [
        set_to(Prosecution, stage="sidang"),
        gone(StageEvent),
        set_to(StageEvent, proof=None),
        second_prosecution,
        lambda r: (
            StageEvent.objects.all().delete(),
            Prosecution.objects.all().delete(),
        ),
    ],
    ("close_prosecution", "spdp_sent"): [set_to(Prosecution, spdp_sent_on=None)],
    ("close_protection", "hand_over_recorded"): [
        gone(CaseNote),
        ends_later,
    ],
    ("close_referred", "referral_accepted"): [
        gone(Referral),
        lambda r: Referral.objects.update(state="ditolak", answer_reason="Bukan kami."),
        lambda r: referral(r, "dikirim"),
    ],
    ("reopen", "new_evidence"): [
        gone(CaseNote),
        lambda r: CaseNote.objects.get().files.clear(),
        ends_later,
    ],
}
CASES = [
    pytest.param(action, name, spoil, id=f"{action}-{name}-{number}")
    for (action, name), spoils in REFUSALS.items()
    for number, spoil in enumerate(spoils)
]


def attempt(ready: Ready, action: str):
    row = TRANSITIONS[action]
    ready.case.refresh_from_db()
    return take_step(
        ready.case,
        action,
        by=ready.people[min(row.roles)] if row.roles else None,
        reason=REASON,
        revision=ready.case.revision,
    )


def test_every_condition_of_the_table_has_its_refusals():
    assert REFUSALS.keys() == {
        (row.action, guard.name) for row in TABLE for guard in row.guards
    }


@pytest.mark.parametrize(("action", "name", "spoil"), CASES)
def test_condition_refuses_alone_and_would_be_missed_if_it_were_gone(
    action, name, spoil, monkeypatch
):
    ready = ready_for(action)
    spoil(ready)
    row = TRANSITIONS[action]

    with pytest.raises(StepRefused) as refused:
        attempt(ready, action)
    without = tuple(guard for guard in row.guards if guard.name != name)
    monkeypatch.setitem(TRANSITIONS, action, dataclasses.replace(row, guards=without))
    attempt(ready, action)

    assert refused.value.code == f"missing:{name}"
    assert [one.guard for one in refused.value.missing] == [name]
    assert len(str(refused.value)) > 20
    ready.case.refresh_from_db()
    assert ready.case.state == row.target_from(row.sources[0])


def under_exception(ready: Ready) -> None:
    Order.objects.all().delete()
    clock(ready, "order_after_exception", order=exception(ready))


def guarantor_instead(ready: Ready) -> None:
    CasePerson.objects.all().delete()
    CaseGuarantor.objects.create(
        case=ready.case,
        guarantor=GuarantorFactory(office=ready.office),
        role="penjamin",
    )


def witness_of_a_guarantor(ready: Ready) -> None:
    CasePerson.objects.update(role="saksi")


def check_of_a_guarantor(ready: Ready) -> None:
    only_guarantor(ready)
    order(ready)


def refused_and_accepted(ready: Ready) -> None:
    referral(ready, "ditolak")


def removal_that_was_impossible(ready: Ready) -> None:
    Measure.objects.update(**executed("tidak_mungkin"))
    answer_gate(CasePerson.objects.get(), "ya", [Protection.Kind.REFUGEE])


def joined_finding(ready: Ready) -> None:
    CaseNote.objects.all().delete()
    finding = FindingFactory(office=ready.office, case=ready.case, state="joined")
    FindingEvent.objects.create(finding=finding, state="joined", reason="Sama.")


def ended_detention(ready: Ready) -> None:
    detained(ready)
    Measure.objects.filter(kind__detains=True).update(state="ended", ended_on=TODAY())


def detention_that_was_impossible(ready: Ready) -> None:
    held(execution="tidak_mungkin")(ready)


def decided_beside(letter: str, **fields) -> Spoil:
    """The measure that the ground of the detention rests on."""

    def beside(ready: Ready) -> None:
        ground(letter)(ready)
        another_served(ready, **fields)

    return beside


def cancelled_permit(ready: Ready) -> None:
    StayPermitFactory(foreigner=Foreigner.objects.get(), state="dibatalkan")
    StayPermitFactory(foreigner=Foreigner.objects.get(), kind__code="TANPA")


def expired_passport(ready: Ready) -> None:
    ground("b")(ready)
    TravelDocumentFactory(
        foreigner=Foreigner.objects.get(), expires_on=TODAY() - YESTERDAY
    )


def child_with_a_reason(ready: Ready) -> None:
    child(ready)
    Measure.objects.update(placement_reason="Keluarganya berada di tempat yang sama.")


def measure_that_moves_nobody(ready: Ready) -> None:
    """Only a removal or a detention asks the protective gate."""
    Protection.objects.all().delete()
    Measure.objects.update(kind=kind(code="e", name="Biaya beban", article="78"))


# (action, condition): other ways in which it is met than the one of ``ready_for``.
PASSES: list[tuple[str, str, Spoil]] = [
    ("start_verification", "order_or_exception", exception_without_clock),
    ("examine", "order_stands", under_exception),
    ("examine", "somebody_named", guarantor_instead),
    ("convene", "examinations_signed", witness_of_a_guarantor),
    ("convene", "examinations_signed", check_of_a_guarantor),
    ("decide_tak", "gate_answered", measure_that_moves_nobody),
    ("refer", "referral_sent", lambda r: referral(r, "diterima")),
    ("close_referred", "referral_accepted", refused_and_accepted),
    ("close", "removal_unblocked", removal_that_was_impossible),
    ("close", "no_running_detention", ended_detention),
    ("close", "no_running_detention", detention_that_was_impossible),
    ("detain", "detention_grounded", cancelled_permit),
    ("detain", "detention_grounded", expired_passport),
    ("detain", "detention_grounded", ground("e")),
    ("detain", "detention_grounded", decided_beside("d")),
    (
        "detain",
        "detention_grounded",
        lambda r: decided_beside("c", kind=kind(code="b", name="Pembatalan"))(r),
    ),
    ("detain", "detention_placed", child_with_a_reason),
    ("close_prosecution", "prosecution_ended", lambda r: prosecution_stopped(r)),
    (
        "close_protection",
        "hand_over_recorded",
        lambda r: (CaseNote.objects.all().delete(), referral(r, "diterima")),
    ),
    ("reopen", "new_evidence", joined_finding),
]


def prosecution_stopped(ready: Ready) -> None:
    Prosecution.objects.update(stage="dihentikan")
    StageEvent.objects.update(stage="dihentikan")


@pytest.mark.parametrize(("action", "name", "change"), PASSES)
def test_condition_is_met_in_its_other_ways(action, name, change):
    ready = ready_for(action)
    change(ready)

    attempt(ready, action)

    ready.case.refresh_from_db()
    row = TRANSITIONS[action]
    assert ready.case.state == row.target_from(row.sources[0])


def test_step_names_everything_that_is_missing_at_once():
    ready = ready_for("examine")
    Order.objects.all().delete()
    CasePerson.objects.all().delete()

    with pytest.raises(StepRefused) as refused:
        attempt(ready, "examine")

    assert [one.guard for one in refused.value.missing] == [
        "order_stands",
        "check_recorded",
        "somebody_named",
    ]


def test_conditions_read_nothing_twice(django_assert_max_num_queries):
    ready = ready_for("decide_tak")
    looked = Attempt(ready.case, on=TODAY(), by=ready.chief)
    for one in TRANSITIONS["decide_tak"].guards:
        one.missing(looked)

    with django_assert_max_num_queries(0):
        for one in TRANSITIONS["decide_tak"].guards:
            one.missing(looked)
