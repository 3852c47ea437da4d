"""The transition matrix: who may take which step from where, and what stops them."""

import datetime as dt

import pytest

from agencies.models import AuditEntry, User
from agencies.tests.factories import UserFactory
from foreigners.models import Case, CaseEvent, Clock, ClockRule, Ground
from foreigners.services.attempt import Attempt
from foreigners.services.casefile import touch
from foreigners.services.receipts import digest_of, receipt_of
from foreigners.services.stepping import StepRefused, take_step
from foreigners.services.transitions import TABLE, TRANSITIONS
from foreigners.tests.factories import CaseFactory, CasePersonFactory
from foreigners.tests.ready import (
    REASON,
    TODAY,
    clock,
    exception,
    note,
    office_people,
    order,
    ready_for,
)

pytestmark = pytest.mark.django_db

ACTIONS = [row.action for row in TABLE]
BY_PEOPLE = [row for row in TABLE if row.roles]
ALLOWED = [
    (row.action, state, role)
    for row in BY_PEOPLE
    for state in row.sources
    for role in sorted(row.roles)
]


def receipt_for(ready, action, by=None):
    attempt = Attempt(ready.case, on=TODAY(), by=by or ready.officer)
    return receipt_of(TRANSITIONS[action], attempt)


def refusal(case, action, *, by, reason=REASON, revision=None, shown=""):
    """The code of the refusal and its sentence; nothing may have happened."""
    before = (Case.objects.get(pk=case.pk).state, CaseEvent.objects.count())
    with pytest.raises(StepRefused) as refused:
        take_step(
            case,
            action,
            by=by,
            reason=reason,
            revision=case.revision if revision is None else revision,
            shown=shown,
        )
    assert (Case.objects.get(pk=case.pk).state, CaseEvent.objects.count()) == before
    assert len(str(refused.value)) > 20
    return refused.value


def step(ready, action, by=None, **fields):
    row = TRANSITIONS[action]
    actor = by or (ready.people[min(row.roles)] if row.roles else None)
    values = {"reason": REASON, "revision": ready.case.revision, **fields}
    return take_step(ready.case, action, by=actor, **values)


@pytest.mark.parametrize("action", ACTIONS)
def test_every_state_and_role_that_the_table_does_not_name_is_refused(action):
    row = TRANSITIONS[action]
    office, people = office_people()

    codes = {}
    for state in Case.State:
        case = CaseFactory(office=office, responsible=people["officer"], state=state)
        for role in User.Role:
            if state in row.sources and role in row.roles:
                continue
            codes[state, role] = refusal(case, action, by=people[role]).code

    assert codes == {
        (state, role): "wrong_state" if role in row.roles else "wrong_role"
        for state in Case.State
        for role in User.Role
        if not (state in row.sources and role in row.roles)
    }


@pytest.mark.parametrize(("action", "state", "role"), ALLOWED)
def test_step_that_the_table_names_is_taken_when_nothing_is_missing(
    action, state, role
):
    ready = ready_for(action, state)

    event = step(ready, action, by=ready.people[role])

    case = Case.objects.get()
    target = TRANSITIONS[action].target_from(state)
    assert (case.state, case.revision) == (target, 2)
    assert (event.from_state, event.to_state, event.by) == (
        state,
        case.state,
        ready.people[role],
    )
    assert event.receipt["missing"] == []
    assert event.receipt_sha256 == digest_of(event.receipt)


def test_window_runs_out_by_law_and_by_nobody_s_hand():
    ready = ready_for("window_over")

    codes = {
        role: refusal(ready.case, "window_over", by=person).code
        for role, person in ready.people.items()
    }
    event = step(ready, "window_over")

    assert set(codes.values()) == {"wrong_role"}
    assert (event.by, Case.objects.get().state) == (None, "execution")


@pytest.mark.parametrize("row", BY_PEOPLE, ids=lambda row: row.action)
def test_system_takes_no_step_that_needs_a_person(row):
    ready = ready_for(row.action)

    assert refusal(ready.case, row.action, by=None).code == "wrong_role"


def test_step_that_the_table_does_not_know_is_refused():
    ready = ready_for("examine")

    assert refusal(ready.case, "deport", by=ready.chief).code == "unknown_action"


def test_officer_of_another_office_takes_no_step():
    ready = ready_for("examine")

    assert refusal(ready.case, "examine", by=UserFactory()).code == "wrong_role"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.action)
def test_step_without_a_reason_is_refused(row):
    ready = ready_for(row.action)
    by = ready.people[min(row.roles)] if row.roles else None

    assert refusal(ready.case, row.action, by=by, reason=" \n ").code == (
        "missing:reason"
    )


def test_reason_that_says_nothing_is_refused():
    ready = ready_for("examine")

    codes = {
        refusal(ready.case, "examine", by=ready.officer, reason=reason).code
        for reason in ("", "ok", "x" * 9 + " " * 30)
    }

    assert codes == {"missing:reason"}


@pytest.mark.parametrize(
    "action", [row.action for row in TABLE if row.least_reason == 30]
)
def test_grave_step_asks_for_thirty_characters(action):
    ready = ready_for(action)
    by = ready.people[min(TRANSITIONS[action].roles)]

    assert refusal(ready.case, action, by=by, reason="x" * 29).code == "missing:reason"


def test_grave_steps_are_these():
    assert {row.action for row in TABLE if row.least_reason == 30} == {
        "not_proven",
        "detain",
        "execute_early",
        "reopen",
    }


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.action)
def test_step_without_its_ground_in_the_law_is_refused(row):
    ready = ready_for(row.action)
    Ground.objects.filter(code=row.ground).delete()
    by = ready.people[min(row.roles)] if row.roles else None

    found = refusal(ready.case, row.action, by=by)

    assert [one.guard for one in found.missing] == ["ground"]


def test_ground_is_the_row_in_force_on_the_day_of_the_step():
    ready = ready_for("examine")
    yesterday = TODAY() - dt.timedelta(days=1)
    Ground.objects.filter(code="examination").update(valid_to=yesterday)
    now = Ground.objects.create(
        code="examination",
        article="Pasal 31",
        instrument="Permenimipas 9/2030",
        text="Aturan baru.",
        valid_from=TODAY(),
        source="uji",
    )

    event = step(ready, "examine")

    assert (event.ground, event.receipt["ground"]["article"]) == (now, "Pasal 31")
    assert event.receipt["ground"]["certainty_words"] == (
        "Belum diverifikasi, tanyakan"
    )


def test_check_under_an_exception_rests_on_the_exception_and_starts_its_clock():
    ready = ready_for("start_verification")
    ready.case.orders.all().delete()
    awaited = exception(ready, result_at=None)

    event = step(ready, "start_verification")

    started = Clock.objects.get()
    assert event.ground.code == "exception"
    assert (started.rule.code, started.order, started.due_on) == (
        "order_after_exception",
        awaited,
        TODAY() + dt.timedelta(days=1),
    )
    assert [one["due_on"] for one in event.receipt["clocks_started"]] == [
        started.due_on.isoformat()
    ]


def test_exception_whose_order_has_come_starts_no_clock():
    ready = ready_for("start_verification")
    ready.case.orders.all().delete()
    order(
        ready, exception="dpo", approver=ready.chief, approved_at=ready.case.created_at
    )

    event = step(ready, "start_verification")

    assert event.ground.code == "order"
    assert not Clock.objects.exists()


@pytest.mark.parametrize(
    ("action", "code"), [("object", "forward"), ("prosecute", "spdp")]
)
def test_step_starts_the_clock_of_what_it_sets_going_once(action, code):
    ready = ready_for(action)

    step(ready, action)
    Case.objects.update(state=TRANSITIONS[action].sources[0])
    ready.case.refresh_from_db()
    step(ready, action)

    assert [one.rule.code for one in Clock.objects.all()] == [code]


def test_step_whose_clock_has_no_rule_is_refused():
    ready = ready_for("prosecute")
    ClockRule.objects.filter(code="spdp").delete()

    found = refusal(ready.case, "prosecute", by=ready.chief)

    assert found.code == "missing:clock_rule"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.action)
def test_running_clocks_stop_where_nothing_is_due_any_more(row):
    ready = ready_for(row.action)
    running = clock(ready, "spdp")
    done = clock(ready, "spdp", state="terpenuhi", ended_on=TODAY())

    event = step(ready, row.action)

    running.refresh_from_db()
    done.refresh_from_db()
    stops = row.action in {
        "not_proven",
        "protect",
        "conference_not_proven",
        "conference_protect",
        "objection_annulled",
    }
    assert (running.state == "batal") is stops
    assert (done.state, len(event.receipt["clocks_stopped"])) == ("terpenuhi", stops)


SEALING = {"not_proven", "conference_not_proven", "objection_annulled"}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.action)
def test_what_was_not_proven_is_sealed_and_leaves_every_list(row):
    ready = ready_for(row.action)
    people = {"officer", "section_head", "chief"}

    step(ready, row.action)

    seen = {p for p in people if Case.objects.visible_to(ready.people[p]).exists()}
    kept = {p for p in people if Case.objects.sealed_for(ready.people[p]).exists()}
    is_sealed = row.action in SEALING
    assert Case.objects.get().is_sealed is is_sealed
    assert seen == (set() if is_sealed else people)
    assert kept == ({"section_head", "chief"} if is_sealed else set())


def test_person_of_a_sealed_case_has_no_visible_case_any_more():
    ready = ready_for("conference_not_proven")
    subject = CasePersonFactory(case=ready.case)
    before = subject.foreigner.case_persons.visible_to(ready.chief).count()

    step(ready, "conference_not_proven")

    after = subject.foreigner.case_persons.visible_to(ready.chief).count()
    assert (before, after) == (1, 0)
    assert subject.foreigner.case_persons.count() == 1


def test_reopened_case_is_unsealed_and_its_clocks_stay_stopped():
    ready = ready_for("reopen", "not_proven")
    Case.objects.update(sealed_at=ready.case.state_since)
    stopped = clock(ready, "spdp", state="batal", ended_on=TODAY())

    step(ready, "reopen")

    stopped.refresh_from_db()
    assert (Case.objects.get().sealed_at, stopped.state) == (None, "batal")


def test_only_the_early_execution_is_an_override():
    made = {}
    for row in TABLE:
        made[row.action] = step(ready_for(row.action), row.action).is_override

    assert {action for action, counted in made.items() if counted} == {"execute_early"}


def test_audit_tells_the_step_and_not_what_was_written():
    ready = ready_for("examine")

    event = step(ready, "examine", reason="Tuan Fulan bekerja tanpa izin.")

    entry = AuditEntry.objects.get(verb="foreigners.step")
    assert (entry.actor, entry.reason) == (ready.people["officer"], "")
    assert entry.data == {
        "action": "examine",
        "before": "verification",
        "after": "examination",
        "event": event.pk,
        "sha256": event.receipt_sha256,
        "is_override": False,
    }


def test_step_on_a_case_that_changed_since_it_was_read_is_refused():
    ready = ready_for("examine")
    touch(ready.case)

    found = refusal(ready.case, "examine", by=ready.officer, revision=1)

    assert found.code == "stale"
    assert "berubah sejak Anda membacanya" in str(found)


def test_second_officer_reads_who_took_the_step_and_when():
    ready = ready_for("examine")
    stale = Case.objects.get()
    step(ready, "examine", by=ready.officer)

    found = refusal(
        stale, "examine", by=ready.people["section_head"], revision=stale.revision
    )

    assert found.code == "stale"
    assert f"{ready.officer} sudah mengambil langkah “Mulai pemeriksaan”" in str(found)


def test_step_whose_receipt_is_not_the_one_that_was_shown_is_refused():
    ready = ready_for("examine")
    shown = digest_of(receipt_for(ready, "examine"))
    Ground.objects.filter(code="examination").update(article="Pasal 99")

    found = refusal(ready.case, "examine", by=ready.officer, shown=shown)

    assert found.code == "stale"


def test_kept_receipt_is_the_shown_one_and_who_confirmed_it():
    ready = ready_for("decide_tak")
    shown = receipt_for(ready, "decide_tak", by=ready.chief)

    event = step(ready, "decide_tak", by=ready.chief, shown=digest_of(shown))

    kept = dict(event.receipt)
    confirmed = kept.pop("confirmed")
    assert kept == shown
    assert (confirmed["by"], confirmed["reason"]) == (ready.chief.name, REASON)


def test_receipt_names_no_person():
    ready = ready_for("decide_tak")
    subject = ready.case.persons.get().foreigner

    event = step(ready, "decide_tak")

    text = str(event.receipt)
    assert subject.name not in text
    assert str(subject) in text


def test_receipt_tells_that_the_gate_was_asked_and_not_what_it_answered():
    ready = ready_for("protect")

    event = step(ready, "protect")

    text = str(event.receipt["facts"])
    assert "6 pertanyaan belum dijawab" in text
    assert "perdagangan" not in text


def test_guards_are_asked_again_on_every_step_of_a_later_round():
    """The outcome of a conference is spent when the case was opened again."""
    ready = ready_for("conference_not_proven")
    step(ready, "conference_not_proven")
    note(ready, with_file=True)
    ready.case.refresh_from_db()
    step(ready, "reopen", by=ready.chief)

    found = refusal(ready.case, "start_verification", by=ready.officer)

    assert [one.guard for one in found.missing] == ["order_or_exception"]


def test_order_of_an_earlier_round_does_not_cover_a_new_check():
    ready = ready_for("not_proven")
    step(ready, "not_proven")
    note(ready, with_file=True)
    ready.case.refresh_from_db()
    step(ready, "reopen", by=ready.chief)
    refused = refusal(ready.case, "start_verification", by=ready.officer)
    order(ready)

    step(ready, "start_verification")

    assert refused.code == "missing:order_or_exception"
    assert Case.objects.get().state == "verification"
