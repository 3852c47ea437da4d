import random
import uuid

import pytest

from agencies.models import AuditEntry
from agencies.tests.factories import UserFactory
from meetings.models import Entry, Minutes
from meetings.queries.minutes import agency_tiles, decision_numbers
from meetings.services.entries import (
    EntryChanged,
    EntryContested,
    EntryGone,
    MinutesClosed,
    Said,
    WrongMeeting,
    delete_entry,
    move_entry,
    save_entry,
)
from meetings.tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    EntryFactory,
    MinutesFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes():
    return MinutesFactory()


@pytest.fixture
def item(minutes):
    return AgendaItemFactory(meeting=minutes.meeting)


@pytest.fixture
def officer(minutes):
    return minutes.meeting.created_by


def said(item, text="Disampaikan.", **fields):
    return Said(item=item, kind=fields.pop("kind", "pernyataan"), text=text, **fields)


def save(minutes, item, officer, text, *, key, revision=0, **fields):
    return save_entry(
        minutes, key=key, revision=revision, said=said(item, text, **fields), by=officer
    )


@pytest.mark.parametrize("state", ["review", "submitted"])
def test_minutes_that_circulate_take_no_entry(minutes, item, officer, state):
    Minutes.objects.update(state=state)

    with pytest.raises(MinutesClosed, match="Notula tidak dapat diubah"):
        save(minutes, item, officer, "Terlambat.", key=uuid.uuid4())

    assert not Entry.objects.exists()


def test_a_cancelled_meeting_takes_no_entry(minutes, item, officer):
    meeting = minutes.meeting
    meeting.state, meeting.cancel_reason = "cancelled", "Banjir."
    meeting.save()

    with pytest.raises(MinutesClosed):
        save(minutes, item, officer, "Terlambat.", key=uuid.uuid4())

    assert not minutes.takes_entries


def test_a_correction_of_approved_minutes_takes_entries(minutes, item, officer):
    meeting = minutes.meeting
    meeting.state = "approved"
    meeting.save()
    correction = MinutesFactory(meeting=meeting, version=2, reason="Salah nama.")

    save(correction, item, officer, "Diperbaiki.", key=uuid.uuid4())

    assert correction.takes_entries
    assert correction.entries.get().text == "Diperbaiki."


def test_an_item_or_a_question_of_another_meeting_is_refused(minutes, item, officer):
    with pytest.raises(WrongMeeting):
        save(minutes, AgendaItemFactory(), officer, "Salah.", key=uuid.uuid4())
    with pytest.raises(WrongMeeting):
        save(
            minutes,
            item,
            officer,
            "Salah.",
            key=uuid.uuid4(),
            kind="jawaban",
            answers=EntryFactory(kind="pertanyaan"),
        )

    assert not minutes.entries.exists()


def test_a_stale_edit_is_refused_and_changes_nothing(minutes, item, officer):
    key = uuid.uuid4()
    save(minutes, item, officer, "Awal.", key=key)
    save(minutes, item, officer, "Punya Ani.", key=key, revision=1)

    with pytest.raises(EntryChanged):
        save(minutes, item, officer, "Punya Budi.", key=key, revision=1)

    entry = Entry.objects.get()
    assert (entry.text, entry.revision) == ("Punya Ani.", 2)


def test_somebody_elses_key_is_not_overwritten_by_a_new_entry(minutes, item, officer):
    key = uuid.uuid4()
    save(minutes, item, officer, "Milik petugas.", key=key)
    other = UserFactory(agency=officer.agency)

    with pytest.raises(EntryChanged):
        save(minutes, item, other, "Tulisan lain.", key=key)

    assert Entry.objects.get().text == "Milik petugas."


def test_an_edit_of_a_deleted_entry_is_told_so(minutes, item, officer):
    entry = save(minutes, item, officer, "Sementara.", key=uuid.uuid4())
    delete_entry(minutes, entry, revision=1, by=officer)

    with pytest.raises(EntryGone):
        save(minutes, item, officer, "Diubah.", key=entry.key, revision=1)


def test_an_entry_is_deleted_only_as_it_was_seen(minutes, item, officer):
    entry = save(minutes, item, officer, "Awal.", key=uuid.uuid4())
    save(minutes, item, officer, "Baru.", key=entry.key, revision=1)

    with pytest.raises(EntryChanged):
        delete_entry(minutes, entry, revision=1, by=officer)

    assert Entry.objects.get().text == "Baru."


def test_an_entry_that_was_contested_is_not_deleted(minutes, item, officer):
    entry = save(minutes, item, officer, "Dibantah.", key=uuid.uuid4())
    agency = AttendanceFactory(invitation__meeting=minutes.meeting).agency
    entry.objections.create(agency=agency, text="Bukan begitu.", review_round=1)

    with pytest.raises(EntryContested):
        delete_entry(minutes, entry, revision=1, by=officer)

    assert Entry.objects.exists()


def test_the_same_creation_twice_makes_one_entry(minutes, item, officer):
    key = uuid.uuid4()

    first = save(minutes, item, officer, "Sekali.", key=key)
    second = save(minutes, item, officer, "Sekali.", key=key)

    assert first == second
    assert Entry.objects.count() == 1
    assert [e.verb for e in AuditEntry.objects.all()] == ["meetings.add_entry"]


def test_what_was_typed_after_a_lost_answer_is_kept(minutes, item, officer):
    key = uuid.uuid4()
    save(minutes, item, officer, "Dua puluh", key=key)

    save(minutes, item, officer, "Dua puluh lima orang.", key=key)

    assert Entry.objects.get().text == "Dua puluh lima orang."


def test_each_change_moves_the_revision_of_the_minutes(minutes, item, officer):
    entry = save(minutes, item, officer, "Satu.", key=uuid.uuid4())
    other = save(minutes, item, officer, "Dua.", key=uuid.uuid4())
    save(minutes, item, officer, "Satu, diubah.", key=entry.key, revision=1)
    move_entry(minutes, other, up=True, by=officer)
    delete_entry(minutes, other, revision=1, by=officer)

    assert Minutes.objects.get().revision == 6


def test_entries_move_by_one_and_stop_at_the_edge(minutes, item, officer):
    rows = [
        save(minutes, item, officer, text, key=uuid.uuid4()) for text in ("a", "b", "c")
    ]

    move_entry(minutes, rows[2], up=True, by=officer)
    move_entry(minutes, rows[0], up=True, by=officer)

    assert "".join(Entry.objects.values_list("text", flat=True)) == "acb"


def test_an_answer_lets_go_of_what_is_no_question_any_more(minutes, item, officer):
    question = save(
        minutes, item, officer, "Mengapa?", key=uuid.uuid4(), kind="pertanyaan"
    )
    answer = save(
        minutes,
        item,
        officer,
        "Karena.",
        key=uuid.uuid4(),
        kind="jawaban",
        answers=question,
    )

    save(minutes, item, officer, "Mengapa?", key=question.key, revision=1)

    answer.refresh_from_db()
    assert answer.answers is None


def test_decisions_are_numbered_in_order_without_gaps(minutes, item, officer):
    for kind in ("keputusan", "catatan", "keputusan"):
        save(minutes, item, officer, kind, key=uuid.uuid4(), kind=kind)

    numbers = decision_numbers(minutes.entries.all())

    assert list(numbers.values()) == [1, 2]


def test_tiles_show_the_office_then_who_came_under_the_name_of_the_day(minutes):
    meeting = minutes.meeting
    away = AttendanceFactory(invitation__meeting=meeting)
    came = AttendanceFactory(invitation__meeting=meeting, present=True)
    came.agency.names.create(name="KKP Banten", short_name="KKP", valid_to=meeting.day)

    tiles = agency_tiles(meeting)

    assert [tile.pk for tile in tiles] == [
        meeting.office_id,
        came.agency_id,
        away.agency_id,
    ]
    assert tiles[1].short_name == "KKP"
    assert [tile.came for tile in tiles] == [True, True, False]


def test_two_writers_never_lose_a_word_in_silence(minutes, item, officer):
    key = uuid.uuid4()
    save(minutes, item, officer, "0", key=key)
    chance = random.Random(7)  # noqa: S311 -- a reproducible order of turns
    seen = {name: Entry.objects.get() for name in "ab"}
    won, refused = [], 0

    for turn in range(60):
        name = chance.choice("ab")
        text = f"{seen[name].text},{name}{turn}"
        try:
            save(minutes, item, officer, text, key=key, revision=seen[name].revision)
            won.append(f"{name}{turn}")
        except EntryChanged:
            refused += 1
        seen[name] = Entry.objects.get()

    entry = Entry.objects.get()
    assert entry.text.split(",")[1:] == won
    assert refused > 0
    assert len(won) + refused == 60
    assert entry.revision == 1 + len(won)
