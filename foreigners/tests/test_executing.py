import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.models import AuditEntry
from foreigners.models import Case, Clock, Foreigner, Measure, Setting
from foreigners.services.detaining import (
    DetentionRefused,
    release_detention,
    review_detention,
)
from foreigners.services.executing import (
    ChoiceMissing,
    ExecutionRefused,
    choose_early_execution,
)
from foreigners.services.objecting import Filing, register_objection
from foreigners.services.overstay_sheets import keep_sheet
from foreigners.services.protecting import RemovalBlocked, determine
from foreigners.services.ticking import tick
from foreigners.tests.measures import bench, carry_out, pdf_file

pytestmark = pytest.mark.django_db

CHOICE = "Orangnya meminta dipulangkan segera dan menandatangani pernyataan."


def today(days=0):
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.fixture
def table():
    return bench()


def waiting(table, code="b", *, window_is_open=False, **fields):
    """A served measure in a case that is being executed."""
    measure = table.served(code, **fields)
    if not window_is_open:
        Clock.objects.filter(rule__code="objection").update(
            state=Clock.State.PASSED, ended_on=today()
        )
    table.move(Case.State.EXECUTION)
    measure.refresh_from_db()
    return measure


def refused(measure, by, error, sentence=None, outcome="penuh", **fields):
    with pytest.raises(error, match=sentence):
        carry_out(measure, by, outcome, **fields)
    measure.refresh_from_db()
    assert (measure.execution, measure.executed_on) == ("", None)
    assert not measure.execution_records.exists()


def test_decision_that_was_not_served_is_not_carried_out(table):
    measure = table.decided()
    table.move(Case.State.EXECUTION)

    refused(measure, table.officer, ExecutionRefused, "disampaikan")


@pytest.mark.parametrize("state", [s for s in Case.State if s != Case.State.EXECUTION])
def test_measure_is_carried_out_in_the_execution_alone(table, state):
    measure = waiting(table)
    table.move(state)
    measure.refresh_from_db()

    refused(measure, table.officer, ExecutionRefused, "belum berada dalam pelaksanaan")


@pytest.mark.parametrize(("days", "sentence"), [(-1, "mendahului"), (1, "belum tiba")])
def test_execution_before_the_service_or_in_the_future_is_refused(
    table, days, sentence
):
    measure = waiting(table)

    refused(measure, table.officer, ExecutionRefused, sentence, on=today(days))


def test_open_window_asks_for_the_chief_s_choice_in_writing(table):
    measure = waiting(table, window_is_open=True)

    refused(measure, table.officer, ChoiceMissing, "pilihan tertulis")


def test_open_objection_asks_for_the_chief_s_choice_in_writing(table):
    measure = waiting(table)
    register_objection(
        measure,
        Filing(received_on=today(), reasons="Tidak benar adanya."),
        by=table.officer,
    )
    measure.refresh_from_db()

    refused(measure, table.officer, ChoiceMissing)


@pytest.mark.parametrize("reason", ["", "Segera.", " " * 40])
def test_choice_without_a_real_reason_is_refused(table, reason):
    measure = table.served()

    with pytest.raises(ChoiceMissing, match="30 karakter"):
        choose_early_execution(measure, reason=reason, by=table.chief)

    assert Measure.objects.get().early_execution_reason == ""


def test_office_may_forbid_early_execution(table):
    Setting.objects.create(
        office=table.case.office,
        code="execution_before_objection_ends",
        value="dilarang",
        source="Keputusan kantor",
    )

    with pytest.raises(ExecutionRefused, match="tidak melaksanakan"):
        choose_early_execution(table.served(), reason=CHOICE, by=table.chief)


def test_draft_waits_for_no_execution(table):
    with pytest.raises(ExecutionRefused, match="tidak menunggu"):
        choose_early_execution(table.draft(), reason=CHOICE, by=table.chief)


def test_early_execution_is_counted_with_the_name_of_the_chief(table):
    measure = waiting(table, window_is_open=True)
    choose_early_execution(measure, reason=CHOICE, by=table.chief)

    carry_out(measure, table.officer)

    assert (measure.executed_early, measure.early_execution_by) == (True, table.chief)
    entry = AuditEntry.objects.get(verb="foreigners.execute_measure")
    assert entry.data["early"] is True
    assert CHOICE not in str(AuditEntry.objects.values_list("data", "reason"))


def test_execution_after_the_window_is_not_counted_as_early(table):
    measure = waiting(table)
    choose_early_execution(measure, reason=CHOICE, by=table.chief)

    carry_out(measure, table.officer)

    assert not measure.executed_early


def test_database_knows_that_an_early_execution_was_chosen(table):
    measure = table.served()

    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(executed_early=True)


def test_protection_blocks_again_at_the_execution(table):
    measure = waiting(table, "f")
    determine(
        table.person.foreigner,
        kind="pengungsi",
        answer="diperiksa",
        note="Permohonan suaka diajukan kemarin.",
        answers_read=table.person.foreigner.protections.count(),
        by=table.head,
    )

    refused(measure, table.officer, RemovalBlocked)


def test_removal_of_an_open_identity_is_blocked_at_the_execution(table):
    measure = waiting(table, "f")
    Foreigner.objects.update(identity=Foreigner.Identity.OPEN)
    measure = Measure.objects.get(pk=measure.pk)

    refused(measure, table.officer, RemovalBlocked, "identitas")


def test_blocked_removal_may_be_recorded_as_impossible_with_its_reason(table):
    measure = waiting(table, "f")
    determine(
        table.person.foreigner,
        kind="tppo",
        answer="ya",
        note="Ditetapkan sebagai korban.",
        answers_read=table.person.foreigner.protections.count(),
        by=table.head,
    )

    refused(
        measure,
        table.officer,
        ExecutionRefused,
        "mengapa",
        outcome="tidak_mungkin",
        note="",
    )
    carry_out(measure, table.officer, "tidak_mungkin")

    assert (measure.execution, measure.is_executed) == ("tidak_mungkin", True)


def charge(table, amount_days=12, **fields):
    sheet = keep_sheet(
        table.case,
        table.person,
        permit_ends_on=today(-amount_days),
        found_at=timezone.now(),
        by=table.officer,
        **fields,
    )
    return waiting(table, "e", sheet=sheet)


@pytest.mark.parametrize("number", ["", "   ", "12;34", "abc"])
def test_charge_is_not_closed_without_the_number_of_the_payment(table, number):
    measure = charge(table)

    refused(measure, table.officer, ExecutionRefused, "NTPN", payment_number=number)


def test_paid_charge_keeps_its_number_and_ends_the_watch_of_day_60(table):
    measure = charge(table)

    carry_out(measure, table.officer, payment_number="1a2b 3c4d 5e6f 7g8h")

    assert (measure.payment_number, measure.execution) == ("1A2B3C4D5E6F7G8H", "penuh")
    assert Clock.objects.get(rule__code="overstay_day_60").state == "terpenuhi"


def test_charge_of_nothing_needs_no_payment(table):
    measure = charge(table, exemption="Permenimipas 14/2025")

    carry_out(measure, table.officer)

    assert (measure.amount, measure.execution) == (0, "penuh")


def test_partial_execution_may_be_followed_by_the_rest_and_both_stay(table):
    measure = waiting(table)

    carry_out(measure, table.officer, "sebagian")
    assert not measure.is_executed
    carry_out(measure, table.head, "penuh")

    assert list(measure.execution_records.values_list("outcome", "by")) == [
        ("sebagian", table.officer.pk),
        ("penuh", table.head.pk),
    ]
    assert measure.execution == "penuh"


def test_complete_execution_is_not_recorded_twice(table):
    measure = waiting(table)
    carry_out(measure, table.officer)

    with pytest.raises(ExecutionRefused, match="sudah selesai"):
        carry_out(measure, table.officer)

    assert measure.execution_records.count() == 1


def test_second_of_two_who_record_at_once_reads_why(table):
    measure = waiting(table)
    stale = Measure.objects.get(pk=measure.pk)
    carry_out(measure, table.officer, "sebagian")

    with pytest.raises(ExecutionRefused, match="berubah"):
        carry_out(stale, table.head, "penuh")

    assert measure.execution_records.count() == 1


def detained(table):
    measure = waiting(table, "83")
    return carry_out(measure, table.officer)


def test_detention_gets_a_review_and_an_end(table):
    measure = detained(table)

    assert measure.holds_somebody
    assert dict(measure.clocks.values_list("rule__code", "state")) == {
        "objection": "lewat",
        "detention_review": "berjalan",
        "detention_limit": "berjalan",
    }
    limit = measure.clocks.get(rule__code="detention_limit")
    assert limit.due_on.year == today().year + 10


def test_review_starts_the_next_one_from_its_own_day(table):
    measure = detained(table)

    review_detention(
        measure, on=today(), reason="Dokumen perjalanan belum terbit.", by=table.head
    )

    reviews = measure.clocks.filter(rule__code="detention_review").order_by("pk")
    assert [clock.state for clock in reviews] == ["terpenuhi", "berjalan"]
    assert measure.reviews.get().by == table.head


@pytest.mark.parametrize(
    ("days", "reason"),
    [(1, "Dokumen belum terbit."), (-1, "Dokumen belum terbit."), (0, "Ya.")],
)
def test_review_in_the_future_before_the_detention_or_without_reason_is_refused(
    table, days, reason
):
    measure = detained(table)

    with pytest.raises(DetentionRefused):
        review_detention(measure, on=today(days), reason=reason, by=table.head)

    assert not measure.reviews.exists()


def test_release_ends_the_detention_and_its_clocks(table):
    measure = detained(table)

    release_detention(measure, on=today(), note="Diserahkan ke Rudenim.", by=table.head)

    assert (measure.state, measure.ended_on) == ("ended", today())
    assert not measure.holds_somebody
    assert not measure.clocks.filter(ended_on=None).exists()


def test_nobody_is_released_twice(table):
    measure = detained(table)
    stale = Measure.objects.get(pk=measure.pk)
    release_detention(measure, on=today(), note="Diserahkan ke Rudenim.", by=table.head)

    with pytest.raises(DetentionRefused, match="sudah berakhir"):
        release_detention(stale, on=today(), note="Dilepaskan hari ini.", by=table.head)


def test_detention_past_its_absolute_limit_ends_by_law(table):
    measure = detained(table)
    limit = measure.clocks.get(rule__code="detention_limit")

    later = dt.datetime.combine(limit.due_on, dt.time(5), tzinfo=dt.UTC)
    tick(later + dt.timedelta(days=1))

    measure.refresh_from_db()
    assert (measure.state, measure.ended_on) == ("ended", limit.due_on)
    assert "Pasal 85" in measure.end_note


def test_measure_that_holds_nobody_is_neither_reviewed_nor_released(table):
    measure = carry_out(waiting(table), table.officer)

    with pytest.raises(DetentionRefused, match="Tidak ada"):
        release_detention(measure, on=today(), note="Dilepaskan.", by=table.head)


def test_execution_leaves_the_hash_of_its_proof(table):
    measure = waiting(table)
    proof = pdf_file()

    carry_out(measure, table.officer, proof=proof)

    entry = AuditEntry.objects.get(verb="foreigners.execute_measure")
    assert entry.data["proof"] == measure.execution_proof.sha256
