import uuid

import pytest
from django.urls import reverse

from agencies.tests.factories import UserFactory
from meetings.models import Entry, Minutes
from meetings.tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    EntryFactory,
    FollowUpFactory,
    MeetingFactory,
    MinutesFactory,
)
from meetings.tests.held import CANARY, Held

pytestmark = pytest.mark.django_db
EDITOR_QUERIES = 18
JSON = {"Accept": "application/json"}


@pytest.fixture
def minutes():
    return MinutesFactory()


@pytest.fixture
def item(minutes):
    return AgendaItemFactory(meeting=minutes.meeting)


@pytest.fixture
def client(client, minutes):
    client.force_login(minutes.meeting.created_by)
    return client


def page(minutes):
    return reverse("meetings:minutes", args=[minutes.meeting_id])


def address(minutes, key):
    return reverse("meetings:entry_save", args=[minutes.meeting_id, key])


def typed(item, text="Disampaikan.", **fields):
    start = {"item": item.pk, "kind": "pernyataan", "classification": "biasa"}
    return start | {"text": text, "revision": 0} | fields


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "   "},
        {"text": "x" * 10_001},
        {"text": "a\x00b"},
        {"kind": "rahasia"},
        {"classification": "umum"},
        {"item": "999999"},
        {"item": "1 OR 1=1"},
        {"revision": "-1"},
        {"revision": "banyak"},
        {"due_on": "2001-01-01", "kind": "keputusan"},
        {"due_on": "kapan-kapan"},
        {"agency": "999999"},
        {"owner": "0"},
        {"answers": "999999", "kind": "jawaban"},
        {"speaker": "x" * 121},
    ],
)
def test_wrong_input_comes_back_with_what_was_typed(client, minutes, item, wrong):
    data = typed(item, "Tulisan panjang saya.") | wrong

    response = client.post(address(minutes, uuid.uuid4()), data)

    assert response.status_code == 422
    assert not Entry.objects.exists()
    if "text" not in wrong:
        assert "Tulisan panjang saya." in response.content.decode()


def test_an_item_or_agency_of_another_meeting_is_no_choice(client, minutes, item):
    other = AttendanceFactory(present=True)
    for wrong in (
        {"item": AgendaItemFactory(meeting=other.meeting).pk},
        {"agency": other.agency_id},
        {"owner": other.agency_id},
    ):
        data = typed(item, kind="keputusan") | wrong
        assert client.post(address(minutes, uuid.uuid4()), data).status_code == 422

    assert not Entry.objects.exists()


def test_a_key_of_another_meetings_entry_makes_an_entry_of_its_own(
    client, minutes, item
):
    foreign = EntryFactory(text="Rapat lain.")

    client.post(address(minutes, foreign.key), typed(item))

    foreign.refresh_from_db()
    assert foreign.text == "Rapat lain."
    assert minutes.entries.get().text == "Disampaikan."


def test_a_forged_key_leads_nowhere(client, minutes):
    assert client.post(f"{page(minutes)}butir/bukan-kunci/").status_code == 404


def test_html_is_shown_as_typed(client, minutes, item):
    client.post(address(minutes, uuid.uuid4()), typed(item, "<script>x</script>"))

    html = client.get(page(minutes)).content.decode()

    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html


def test_the_second_of_two_writers_sees_both_texts(client, minutes, item):
    entry = EntryFactory(
        minutes=minutes,
        item=item,
        text="Versi Ani.",
        revision=2,
        agency=None,
        edited_by=UserFactory(name="Ani Contoh"),
    )

    response = client.post(
        address(minutes, entry.key), typed(item, "Versi Budi.", revision=1)
    )
    merged = client.post(
        address(minutes, entry.key), typed(item, "Versi Ani dan Budi.", revision=2)
    )

    html = response.content.decode()
    assert response.status_code == 409
    assert "Versi Ani." in html
    assert "Versi Budi.</textarea>" in html
    assert "Ani Contoh" in html
    assert '<input type="hidden" name="revision" value="2">' in html
    assert merged.status_code == 302
    assert Entry.objects.get().text == "Versi Ani dan Budi."


def test_autosave_answers_in_json_and_creates_once(client, minutes, item):
    url = address(minutes, uuid.uuid4())

    first = client.post(url, typed(item, "Se"), headers=JSON)
    second = client.post(url, typed(item, "Selesai."), headers=JSON)
    stale = client.post(url, typed(item, "Lama.", revision=1), headers=JSON)
    empty = client.post(url, typed(item, "", revision=2), headers=JSON)

    assert (first.json(), second.json()) == ({"revision": 1}, {"revision": 2})
    assert (stale.status_code, empty.status_code) == (409, 422)
    assert "diubah orang lain" in stale.json()["refusal"]
    assert empty.json()["errors"] == {"text": ["Tulis uraiannya."]}
    assert Entry.objects.get().text == "Selesai."


def test_minutes_closed_meanwhile_keep_what_was_typed(client, minutes, item):
    Minutes.objects.update(state="review")

    response = client.post(address(minutes, uuid.uuid4()), typed(item, "Masih sempat?"))

    assert response.status_code == 409
    assert "Masih sempat?" in response.content.decode()
    assert not Entry.objects.exists()


def test_an_entry_is_moved_and_deleted_from_the_list(client, minutes, item):
    rows = [
        EntryFactory(minutes=minutes, item=item, order=n, text=f"Butir {n}")
        for n in (1, 2)
    ]
    args = [minutes.meeting_id, rows[1].key]

    client.post(reverse("meetings:entry_move", args=args), {"naik": ""})
    fragment = client.post(
        reverse("meetings:entry_move", args=args),
        {"turun": ""},
        headers={"HX-Request": "true"},
    )
    client.post(reverse("meetings:entry_delete", args=args), {"revision": 1})

    assert fragment.content.decode().lstrip().startswith('<div id="butir"')
    assert list(Entry.objects.values_list("text", flat=True)) == ["Butir 1"]


def test_the_list_is_sent_only_when_something_changed(client, minutes, item):
    EntryFactory(minutes=minutes, item=item, text="Butir rekan.")
    url = reverse("meetings:minutes_entries", args=[minutes.meeting_id])

    same = client.get(url, {"acara": item.pk, "revisi": minutes.revision})
    older = client.get(url, {"acara": item.pk, "revisi": 0})

    assert same.status_code == 204
    assert "Butir rekan." in older.content.decode()


def test_open_follow_ups_stand_under_their_item_with_their_age(client, minutes):
    meeting = minutes.meeting
    AgendaItemFactory(meeting=meeting, kind="tindak_lanjut_lalu", order=0)
    before = MeetingFactory(team=meeting.team)
    FollowUpFactory(
        origin=before,
        text="Data TKA dikirim.",
        created_on=meeting.day.replace(year=meeting.day.year - 1),
    )

    html = client.get(page(minutes)).content.decode()

    assert "Data TKA dikirim." in html
    assert "umur 36" in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_editor_asks_the_same_number_of_questions(
    client, minutes, item, count, django_assert_num_queries
):
    for _ in range(count):
        line = AttendanceFactory(invitation__meeting=minutes.meeting, present=True)
        EntryFactory(minutes=minutes, item=item, agency=line.agency, owner=line.agency)
    client.get(page(minutes))

    with django_assert_num_queries(EDITOR_QUERIES):
        client.get(page(minutes))


def test_a_large_meeting_costs_no_more(
    client, minutes, item, django_assert_max_num_queries
):
    for _ in range(50):
        line = AttendanceFactory(invitation__meeting=minutes.meeting, present=True)
        EntryFactory(minutes=minutes, item=item, agency=line.agency)

    with django_assert_max_num_queries(25):
        html = client.get(page(minutes)).content.decode()

    assert html.count('class="tile ') >= 50


@pytest.mark.parametrize(
    ("code", "reads"),
    [
        ("KESBANGPOL", {"TERBATAS"}),
        ("LANAL", set()),
        ("POLRES", {"TERBATAS", "ORANG-ASING"}),
        ("BIN", {"TERBATAS", "RAHASIA"}),
    ],
)
def test_no_canary_reaches_an_agency_that_may_not_read_it(client, code, reads):
    held = Held()
    if code == "BIN":
        held.secret.shared_with.add(held.agencies["BIN"])
    Minutes.objects.filter(pk=held.minutes.pk).update(state="review")
    liaison = held.liaison(code)
    client.force_login(liaison)
    came = held.invitation(code).attendance.came

    html = client.get(page(held.minutes)).content.decode()

    expected = reads if came else reads - {"TERBATAS"}
    found = {
        word
        for word in ("TERBATAS", "RAHASIA", "ORANG-ASING")
        if f"{CANARY} {word}" in html
    }
    if code == "BIN":
        assert "RAHASIA" in found
        assert "ORANG-ASING" not in found
    else:
        assert found == expected
    assert "Terdapat 35 kapal asing" in html


def test_a_liaison_reads_nothing_before_the_minutes_circulate(client):
    held = Held()
    client.force_login(held.liaison("POLRES"))

    html = client.get(page(held.minutes)).content.decode()

    assert "Notula belum diedarkan" in html
    assert CANARY not in html
    assert "kapal asing" not in html


def test_an_auditor_sees_that_minutes_exist_and_nothing_of_them(client):
    held = Held()
    client.force_login(UserFactory(agency=held.office.agency, role="auditor"))

    html = client.get(page(held.minutes)).content.decode()

    assert "Disusun" in html
    assert CANARY not in html
    assert "kapal asing" not in html
