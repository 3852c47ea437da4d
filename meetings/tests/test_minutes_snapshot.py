import datetime as dt
import json

import pytest

from agencies.models import AgencyName
from documents.models import Classification
from meetings.models import Entry
from meetings.services.minutes_snapshot import Audience, minutes_snapshot
from meetings.tests.held import CANARY, DECISIONS, Held

pytestmark = pytest.mark.django_db


def circulated(held):
    return minutes_snapshot(held.minutes, audience=Audience.CIRCULATION)


def keys(snapshot):
    return {
        entry["key"] for section in snapshot["sections"] for entry in section["entries"]
    }


def test_circulation_carries_no_restricted_word_and_counts_what_it_leaves_out():
    held = Held()
    held.carry(text=f"{CANARY} tindak lanjut", classification=Classification.RESTRICTED)

    snapshot = circulated(held)

    assert CANARY not in json.dumps(snapshot)
    assert snapshot["withheld"] == 3
    assert [section["withheld"] for section in snapshot["sections"]] == [
        0,
        0,
        0,
        0,
        3,
        0,
    ]


def test_annex_carries_what_circulation_leaves_out_and_nothing_else():
    held = Held()

    snapshot = minutes_snapshot(held.minutes, audience=Audience.ANNEX)

    restricted = {held.finding, held.restricted, held.secret}
    assert keys(snapshot) == {str(entry.key) for entry in restricted}
    assert json.dumps(snapshot).count(CANARY) == 3


def test_office_reads_everything():
    held = Held()

    snapshot = minutes_snapshot(held.minutes, audience=Audience.OFFICE)

    assert json.dumps(snapshot).count(CANARY) == 3
    assert snapshot["withheld"] == 0


def test_restricted_answer_of_an_open_question_does_not_circulate():
    held = Held()
    Entry.objects.filter(pk=held.answer.pk).update(
        classification=Classification.SECRET, text=CANARY
    )

    assert CANARY not in json.dumps(circulated(held))


def test_decisions_keep_their_numbers_when_one_is_restricted():
    held = Held()
    second = Entry.objects.filter(kind=Entry.Kind.DECISION)[1]
    Entry.objects.filter(pk=second.pk).update(classification=Classification.RESTRICTED)

    numbers = [decision["number"] for decision in circulated(held)["decisions"]]

    assert numbers == [1, 3, 4, 5, 6, 7, 8]


def test_question_carries_its_answer_and_the_answer_stands_nowhere_else():
    held = Held()

    [question] = circulated(held)["sections"][3]["entries"]

    assert question["key"] == str(held.question.key)
    assert [answer["key"] for answer in question["answers"]] == [str(held.answer.key)]


def test_follow_ups_are_the_tasks_and_the_decisions_with_owner_and_date():
    snapshot = circulated(Held())

    dated = [text for text, _code, days in DECISIONS if days]
    assert [row["text"] for row in snapshot["follow_ups"]] == [
        *dated,
        "Mengirim rekapitulasi tenaga kerja asing per perusahaan.",
    ]


def test_attendance_counts_each_state_apart_and_shows_no_phone_and_no_reason():
    snapshot = circulated(Held())["attendance"]

    counts = {group["state"]: len(group["agencies"]) for group in snapshot["groups"]}
    assert counts == {"hadir": 11, "diwakilkan": 1, "izin": 1, "tidak_hadir": 1}
    assert (snapshot["came"], snapshot["invited"]) == (12, 14)
    assert "0812" not in json.dumps(snapshot)
    assert CANARY not in json.dumps(snapshot)


def test_bodies_that_withhold_names_are_written_as_representatives():
    rows = {row["agency"]: row for row in circulated(Held())["attendance"]["rows"]}

    assert rows["BAIS TNI"]["person"] == "Perwakilan"
    assert rows["BAIS TNI"]["post"] == ""


def test_agency_stands_under_the_name_that_was_valid_on_the_day():
    held = Held()
    AgencyName.objects.create(
        agency=held.agencies["BKK"],
        name="Kantor Kesehatan Pelabuhan Banten",
        short_name="KKP Banten",
        valid_to=dt.date(2025, 12, 31),
    )

    rows = circulated(held)["attendance"]["rows"]

    assert "Kantor Kesehatan Pelabuhan Banten" in [row["agency"] for row in rows]


def test_carried_follow_up_shows_state_and_age_at_this_meeting_not_today():
    held = Held()
    held.carry(text="Masih terbuka")
    held.carry(text="Selesai tepat", state="done", done_on=dt.date(2025, 7, 1))
    held.carry(text="Selesai kemudian", state="done", done_on=dt.date(2025, 9, 1))

    rows = {row["text"]: row for row in circulated(held)["carried"]}

    assert rows["Masih terbuka"]["is_overdue"]
    assert rows["Masih terbuka"]["age"] == 120
    assert rows["Masih terbuka"]["moved"] == "Belum ada kemajuan"
    assert rows["Selesai tepat"]["moved"] == "Selesai 1 Juli 2025"
    assert not rows["Selesai kemudian"]["is_done"]


@pytest.mark.parametrize("extra", [1, 30])
def test_snapshot_costs_the_same_for_many_entries(extra, django_assert_num_queries):
    held = Held(extra_entries=extra)
    held.carry()
    held.carry()

    with django_assert_num_queries(15):
        circulated(held)
