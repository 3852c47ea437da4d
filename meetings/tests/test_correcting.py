import datetime as dt
import json

import pytest
import time_machine

from agencies.models import AuditEntry
from documents.models import Classification
from foreigners.models import Finding
from meetings.models import Entry, FollowUp, Minutes
from meetings.services.approving import approve_minutes, submit_minutes
from meetings.services.correcting import (
    NothingToCorrect,
    Piece,
    differences,
    drop_correction,
    entries_of,
    start_correction,
    word_changes,
)
from meetings.services.reviewing import open_review
from meetings.tests.held import CANARY, Held

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def clock():
    start = dt.datetime(2025, 7, 24, 3, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as traveller:
        yield traveller


def approve(held, minutes, clock):
    """The whole way from a draft to the paper."""
    open_review(minutes, by=held.officer)
    clock.shift(10 * DAY)
    submit_minutes(minutes, by=held.head, revision=minutes.revision)
    return approve_minutes(minutes, by=held.chief, revision=minutes.revision)


@pytest.fixture
def approved(clock):
    held = Held()
    held.secret.shared_with.add(held.agencies["LANAL"])
    held.minutes = approve(held, held.minutes, clock)
    return held


@pytest.fixture
def corrected(approved):
    return start_correction(
        approved.meeting, reason="Angka kapal keliru.", by=approved.officer
    )


def copy_of(minutes, entry):
    return minutes.entries.get(key=entry.key)


def test_only_approved_minutes_are_corrected(clock):
    held = Held()

    with pytest.raises(NothingToCorrect):
        start_correction(held.meeting, reason="Terlalu dini.", by=held.officer)

    assert Minutes.objects.count() == 1


def test_one_correction_runs_at_a_time(approved, corrected):
    with pytest.raises(NothingToCorrect):
        start_correction(approved.meeting, reason="Sekali lagi.", by=approved.officer)

    assert Minutes.objects.count() == 2


def test_dropped_correction_leaves_the_approved_minutes_and_a_trace(
    approved, corrected
):
    drop_correction(corrected, by=approved.officer)

    assert list(Minutes.objects.all()) == [approved.minutes]
    assert AuditEntry.objects.get(verb="meetings.drop_correction").reason == (
        "Angka kapal keliru."
    )


def test_first_version_and_a_correction_in_review_are_not_dropped(approved, corrected):
    open_review(corrected, by=approved.officer)

    for minutes in (approved.minutes, corrected):
        with pytest.raises(NothingToCorrect):
            drop_correction(minutes, by=approved.officer)

    assert Minutes.objects.count() == 2


def test_correction_copies_entries_with_keys_answers_and_readers(approved, corrected):
    old = approved.minutes.entries.values_list("key", "text", "item", "order")
    new = corrected.entries.values_list("key", "text", "item", "order")
    assert list(old) == list(new)
    answer = copy_of(corrected, approved.answer)
    assert answer.answers == copy_of(corrected, approved.question)
    assert list(copy_of(corrected, approved.secret).shared_with.all()) == [
        approved.agencies["LANAL"]
    ]
    approved.meeting.refresh_from_db()
    assert approved.meeting.is_approved
    assert corrected.is_draft


def test_approved_correction_supersedes_the_papers_and_keeps_the_old(
    approved, corrected, clock
):
    corrected.entries.filter(key=approved.said.key).update(text="Terdapat 53 kapal.")

    minutes = approve(approved, corrected, clock)

    old = Minutes.objects.get(version=1)
    assert old.is_locked
    assert minutes.circulation.document == old.circulation.document
    assert (old.circulation.version, minutes.circulation.version) == (1, 2)
    assert old.circulation.is_superseded
    assert minutes.circulation.reason == "Angka kapal keliru."
    assert "53 kapal" in json.dumps(minutes.circulation.snapshot)
    assert "35 kapal" in json.dumps(old.circulation.snapshot)


def test_follow_ups_are_found_again_by_their_key(approved, corrected, clock):
    copies = corrected.entries
    copies.filter(key=approved.task.key).update(
        owner=approved.agencies["KESBANGPOL"], due_on=dt.date(2025, 12, 1)
    )
    first = copies.filter(kind=Entry.Kind.DECISION)[0]
    first.delete()
    before = FollowUp.objects.count()

    approve(approved, corrected, clock)

    assert FollowUp.objects.count() == before
    task = FollowUp.objects.get(key=approved.task.key)
    assert task.owner == approved.agencies["KESBANGPOL"]
    assert task.due_on == dt.date(2025, 12, 1)
    dropped = FollowUp.objects.get(key=first.key)
    assert dropped.state == FollowUp.State.CANCELLED
    assert dropped.close_reason == "Perbaikan notula: Angka kapal keliru."
    assert set(
        AuditEntry.objects.filter(object_type="meetings.followup").values_list(
            "verb", "object_pk"
        )
    ) == {
        ("meetings.correct_follow_up", str(task.pk)),
        ("meetings.cancel_follow_up", str(dropped.pk)),
    }


def test_done_follow_up_stays_done_when_a_correction_drops_it(
    approved, corrected, clock
):
    FollowUp.objects.filter(key=approved.task.key).update(
        state=FollowUp.State.DONE, done_on=dt.date(2025, 8, 1)
    )
    corrected.entries.filter(key=approved.task.key).delete()

    approve(approved, corrected, clock)

    assert FollowUp.objects.get(key=approved.task.key).state == FollowUp.State.DONE


def test_untouched_entry_leaves_alone_what_the_reporter_completed_since(
    approved, corrected, clock
):
    finding = Finding.objects.get()
    Finding.objects.update(
        activity="Dilengkapi pelapor.", place="Gudang", state="returned"
    )

    approve(approved, corrected, clock)

    finding.refresh_from_db()
    assert (finding.activity, finding.state) == ("Dilengkapi pelapor.", "returned")


def test_finding_is_corrected_or_withdrawn_under_its_number(approved, corrected, clock):
    corrected.entries.filter(key=approved.finding.key).update(text="Dugaan lain.")
    again = approve(approved, corrected, clock)

    finding = Finding.objects.get()
    assert (finding.number, finding.activity) == ("TM-0001/2025", "Dugaan lain.")

    third = start_correction(approved.meeting, reason="Ditarik.", by=approved.officer)
    third.entries.filter(key=approved.finding.key).delete()
    approve(approved, third, clock)

    finding.refresh_from_db()
    assert again.version == 2
    assert finding.state == Finding.State.WITHDRAWN


def test_emptied_annex_is_corrected_too_so_that_the_old_is_not_in_force(
    approved, corrected, clock
):
    corrected.entries.exclude(classification=Classification.OPEN).delete()
    corrected.entries.update(restricted_text="")

    minutes = approve(approved, corrected, clock)

    assert minutes.restricted.version == 2
    assert minutes.restricted.snapshot["sections"] == []


def test_differences_name_what_was_added_removed_and_changed(approved, corrected):
    corrected.entries.filter(key=approved.said.key).update(text="Terdapat 53 kapal.")
    corrected.entries.filter(key=approved.task.key).update(due_on=dt.date(2025, 12, 1))
    corrected.entries.filter(key=approved.answer.key).delete()

    found = differences(
        entries_of(approved.minutes, with_restricted=True),
        entries_of(corrected, with_restricted=True),
    )

    assert [(change.kind, change.entry["key"]) for change in found] == [
        ("changed", str(approved.said.key)),
        ("changed", str(approved.task.key)),
        ("removed", str(approved.answer.key)),
    ]
    assert found[1].fields == [("Tenggat", "22 Agustus 2025", "1 Desember 2025")]


def test_agencies_compare_without_the_restricted_entries(approved, corrected):
    corrected.entries.filter(key=approved.secret.key).update(text=f"{CANARY} baru")

    seen = entries_of(approved.minutes, with_restricted=False)
    then = entries_of(corrected, with_restricted=False)

    assert differences(seen, then) == []
    assert CANARY not in json.dumps([seen, then])


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("sama", "sama", [Piece("sama")]),
        (
            "ada 35 kapal",
            "ada 53 kapal",
            [
                Piece("ada "),
                Piece("35 ", "removed"),
                Piece("53 ", "added"),
                Piece("kapal"),
            ],
        ),
        ("", "baru", [Piece("baru", "added")]),
        ("hapus ini", "", [Piece("hapus ini", "removed")]),
    ],
)
def test_words_are_marked_one_by_one(old, new, pieces):
    assert list(word_changes(old, new)) == pieces
