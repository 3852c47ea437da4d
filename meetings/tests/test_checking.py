import pytest

from meetings.models import AgendaItem, Attendance, Entry
from meetings.services.checking import MinutesIncomplete, missing, refuse_incomplete
from meetings.services.reviewing import contest, open_review
from meetings.tests.factories import AgendaItemFactory, AttendanceFactory
from meetings.tests.held import Held

pytestmark = pytest.mark.django_db


def texts(held):
    return [flaw.text for flaw in missing(held.minutes) if flaw.blocks]


def test_complete_minutes_lack_nothing():
    assert missing(Held().minutes) == []


def test_unknown_attendance_is_named_with_its_agency():
    held = Held()
    attendance = AttendanceFactory(invitation__meeting=held.meeting)

    assert texts(held) == [f"Kehadiran belum diketahui: {attendance.agency}."]


def test_a_meeting_to_which_nobody_came_has_no_minutes():
    held = Held()
    Attendance.objects.update(state=Attendance.State.ABSENT)

    assert texts(held) == ["Tidak ada satu pun instansi yang tercatat hadir."]


def test_an_item_under_which_nothing_stands_is_missing():
    held = Held()
    AgendaItemFactory(
        meeting=held.meeting, kind=AgendaItem.Kind.OTHER, title="Lain-lain", order=9
    )

    assert texts(held) == ["Mata acara “Lain-lain” belum berisi apa pun."]


def test_an_entry_needs_a_text():
    held = Held()
    Entry.objects.filter(pk=held.said.pk).update(text="  ")

    assert texts(held) == [
        "Pernyataan pada acara “Pertukaran informasi antarpeserta” tidak berisi uraian."
    ]


def test_a_decision_needs_an_owner_and_is_named_by_its_number():
    held = Held()
    third = Entry.objects.filter(kind=Entry.Kind.DECISION)[2]
    Entry.objects.filter(pk=third.pk).update(owner=None)

    assert texts(held) == [
        "Keputusan 3 pada acara “Kesimpulan dan rekomendasi” belum mempunyai "
        "penanggung jawab."
    ]


def test_a_follow_up_needs_an_owner_and_a_date():
    held = Held()
    Entry.objects.filter(pk=held.task.pk).update(owner=None, due_on=None)

    assert [text.split("” ")[1] for text in texts(held)] == [
        "belum mempunyai penanggung jawab.",
        "belum mempunyai tenggat.",
    ]


def test_a_finding_needs_the_agency_that_reports_it():
    held = Held()
    Entry.objects.filter(pk=held.finding.pk).update(agency=None)

    assert texts(held) == [
        "Temuan pada acara “Pertukaran informasi antarpeserta” belum menyebut "
        "instansi pelapor."
    ]


def test_an_unanswered_question_warns_and_blocks_nothing():
    held = Held()
    held.answer.delete()

    refuse_incomplete(held.minutes)

    assert [(flaw.text, flaw.blocks) for flaw in missing(held.minutes)] == [
        ("Pertanyaan pada acara “Tanya jawab” belum dijawab.", False)
    ]


def test_an_unsettled_objection_is_missing_its_settlement():
    held = Held()
    open_review(held.minutes, by=held.officer)
    contest(held.said, agency=held.agencies["KSOP"], text="Bukan 35, melainkan 53.")

    assert texts(held) == ["Keberatan KSOP Kelas I Banten belum diselesaikan."]


def test_the_refusal_names_the_first_flaw_and_counts_the_others():
    held = Held()
    Entry.objects.filter(pk=held.task.pk).update(owner=None, due_on=None)

    with pytest.raises(
        MinutesIncomplete, match=r"penanggung jawab\. \(dan 1 hal lain\)"
    ):
        refuse_incomplete(held.minutes)


@pytest.mark.parametrize("extra", [1, 30])
def test_checking_costs_the_same_for_many_entries(extra, django_assert_num_queries):
    held = Held(extra_entries=extra)

    with django_assert_num_queries(4):
        missing(held.minutes)
