"""The list of cases and the page of one: who reads what, and what it says."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEntry, Region
from agencies.tests.factories import RegionFactory, UserFactory
from foreigners.models import (
    Case,
    CaseNote,
    Foreigner,
    OtherName,
    Reading,
)
from foreigners.queries.casepage import PART_OF, possible_outcomes, stages_of
from foreigners.services.attempt import Attempt
from foreigners.services.transitions import TABLE
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
    CaseViolationFactory,
    TravelDocumentFactory,
    ViolationFactory,
    proof,
)
from foreigners.tests.law import law
from foreigners.tests.ready import (
    TODAY,
    clock,
    office_people,
    paper_of,
    ready_for,
)
from foreigners.views.casepage import PARTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return office_people()


def url(name, *args):
    return reverse(f"foreigners:{name}", args=args)


def case_of(people, **fields):
    office, by_role = people
    return CaseFactory(
        **{"office": office, "responsible": by_role["officer"], **fields}
    )


def listed(client, user, **query):
    client.force_login(user)
    response = client.get(url("cases"), query)
    return {case.number for case in response.context["page"]}


def text(client, user, address):
    client.force_login(user)
    return client.get(address).content.decode()


def test_officer_does_not_find_a_secret_case_of_others(client, people):
    secret = case_of(
        people,
        classification="rahasia",
        title="Kata rahasia",
        responsible=people[1]["section_head"],
    )
    officer = people[1]["officer"]

    before = listed(client, officer, q="Kata rahasia")
    secret.assigned.add(officer)
    after = listed(client, officer, q="Kata rahasia")

    assert (before, after) == (set(), {secret.number})


def test_auditor_lists_numbers_and_states_and_reads_nothing_else(client, people):
    case = case_of(people, title="Kata tertutup")
    CasePersonFactory(case=case, foreigner__name="NAMA TERTUTUP")
    auditor = people[1]["auditor"]

    page = text(client, auditor, url("cases"))

    assert case.number in page
    assert "Kata tertutup" not in page
    assert "NAMA TERTUTUP" not in page
    assert listed(client, auditor, q="Kata tertutup") == set()
    # A filter that the auditor does not have tells nothing apart.
    assert listed(client, auditor, pelanggaran="OVS-60") == {case.number}


def test_case_of_another_office_is_neither_listed_nor_there(client, people):
    foreign = CaseFactory()
    chief = people[1]["chief"]

    found = listed(client, chief, q=foreign.number)
    answers = {
        client.get(address).status_code
        for address in (
            foreign.get_absolute_url(),
            url("step", foreign.pk, "examine"),
            url("case_edit", foreign.pk),
        )
    }

    assert (found, answers) == (set(), {404})


def districts(office):
    area = RegionFactory(code="36.72", name="Kota Cilegon")
    office.work_regions.add(area)
    for code, name, level in [
        ("36.72.06", "Gerogol", Region.Level.DISTRICT),
        ("36.72.06.1001", "Kotasari", Region.Level.VILLAGE),
        ("36.72.07", "Jombang", Region.Level.DISTRICT),
    ]:
        RegionFactory(code=code, name=name, level=level, parent=area)


def test_filters_of_the_list_find_what_they_say(client, people):
    law()
    districts(people[0])
    today = TODAY()
    old = case_of(
        people,
        registered_on=today - dt.timedelta(days=40),
        region_id="36.72.06.1001",
        state="examination",
        title="Perkara lama",
    )
    new = case_of(people, responsible=people[1]["chief"], title="Perkara baru")
    CaseViolationFactory(case=old, violation=ViolationFactory(code="OVS-60"))
    running = ready_for("examine")
    Case.objects.filter(pk=running.case.pk).update(office=people[0])
    clock(running, "spdp", due_on=today + dt.timedelta(days=2))
    officer = people[1]["officer"]

    found = {
        str(query): listed(client, officer, **query)
        for query in (
            {"state": "examination"},
            {"kecamatan": "36.72.06"},
            {"kecamatan": "36.72.07"},
            {"pelanggaran": "OVS-60"},
            {"petugas": people[1]["chief"].pk},
            {"umur": "90"},
            {"tenggat": "dekat"},
            {"tenggat": "lewat"},
            {"q": "PERKARA BA"},
            {"q": old.number},
        )
    }

    assert list(found.values()) == [
        {old.number},
        {old.number},
        set(),
        {old.number},
        {new.number},
        {old.number},
        {running.case.number},
        set(),
        {new.number},
        {old.number},
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"state": "'; --"},
        {"q": "x" * 10_000},
        {"q": "\x00"},
        {"petugas": "abc"},
        {"umur": "-1"},
        {"halaman": "9" * 40},
    ],
)
def test_list_answers_a_question_that_makes_no_sense(client, people, query):
    client.force_login(people[1]["officer"])

    assert client.get(url("cases"), query).status_code == 200


def test_nobody_filters_or_sorts_cases_by_nationality(client, people):
    case_of(people)
    client.force_login(people[1]["chief"])

    response = client.get(url("cases"), {"o": "nationality", "nationality": "KOR"})

    names = set(response.context["filter"].form.fields)
    assert not [name for name in names if "nation" in name or "kewarga" in name]
    assert "Kewarganegaraan" not in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [("officer", 13), ("auditor", 5)])
def test_case_list_needs_the_same_queries_for_any_number_of_rows(
    client, people, role, queries, rows, django_assert_num_queries
):
    for _row in range(rows):
        ready = ready_for("examine")
        Case.objects.filter(pk=ready.case.pk).update(office=people[0])
        clock(ready, "spdp")
    client.force_login(people[1][role])
    client.get(url("cases"))

    with django_assert_num_queries(queries):
        response = client.get(url("cases"))

    assert len(response.context["page"]) == rows


def test_page_names_for_every_outcome_what_is_missing_tidak_terbukti_included(
    client,
):
    ready = ready_for("not_proven")
    ready.case.orders.update(result_at=None)

    page = text(client, ready.people["section_head"], ready.case.get_absolute_url())

    for row in TABLE:
        assert (f"{row.title}</h3>" in page) is ("verification" in row.sources)
    assert "Hasil pemeriksaan lapangan belum dicatat" in page
    assert "Dugaan pelanggaran belum dipilih" in page


def test_what_a_step_lacks_leads_to_the_part_where_it_is_done(client):
    ready = ready_for("not_proven")
    ready.case.orders.update(result_at=None)

    page = text(client, ready.people["section_head"], ready.case.get_absolute_url())

    assert '<a href="#judul-perintah">Hasil pemeriksaan lapangan belum dicatat' in page
    known = {guard.name for row in TABLE for guard in row.guards}
    assert set(PART_OF) <= known
    assert [part for part in PART_OF.values() if f'id="{part}"' not in page] == []


def test_outcomes_are_those_of_the_table_with_what_they_lack():
    ready = ready_for("not_proven")
    attempt = Attempt(ready.case, on=TODAY(), by=ready.officer)

    found = {
        outcome.row.action: ([m.guard for m in outcome.missing], outcome.is_mine)
        for outcome in possible_outcomes(attempt, ready.officer)
    }

    assert found == {
        "examine": (["somebody_named", "violation_named"], True),
        "warn": (["violations_allow_warning", "warning_proven"], False),
        "not_proven": ([], False),
        "refer": (["referral_sent"], False),
        "protect": (["protection_determined"], False),
    }


@pytest.mark.parametrize(
    ("state", "passed", "words"),
    [
        (
            "verification",
            ["reported"],
            "Dilaporkan|*Verifikasi lapangan|Pemeriksaan|Gelar kasus|Keputusan TAK|"
            "Masa keberatan|Pelaksanaan|Selesai",
        ),
        (
            "prosecution",
            ["reported", "conference"],
            "Dilaporkan|Gelar kasus|*Pro justitia",
        ),
        ("closed", ["verification"], "Verifikasi lapangan|*Selesai"),
    ],
)
def test_stages_are_words_of_what_was_what_is_and_what_usually_follows(
    state, passed, words
):
    case = CaseFactory.build(state=state, office=None, responsible=None)
    events = [type("Event", (), {"from_state": one}) for one in passed]

    stages = stages_of(case, events)

    found = "|".join(f"{'*' * stage.is_here}{stage.label}" for stage in stages)
    assert found == words


def test_opening_a_case_is_a_reading_of_everybody_in_it(client, people):
    case = case_of(people)
    persons = {CasePersonFactory(case=case).foreigner for _number in range(2)}

    text(client, people[1]["officer"], case.get_absolute_url())

    readings = Reading.objects.filter(verb="opened", case=case)
    assert {reading.foreigner for reading in readings} == persons
    assert {reading.reader for reading in readings} == {people[1]["officer"]}
    assert AuditEntry.objects.filter(verb="foreigners.opened").count() == 1


def test_opening_a_part_of_a_case_is_a_reading_of_the_case(client, people):
    case = case_of(people)
    CasePersonFactory(case=case)

    text(client, people[1]["officer"], url("case_part", case.pk, "penanganan"))

    reading = Reading.objects.get()
    assert (reading.case, reading.foreigner, reading.fields) == (
        case,
        None,
        ["penanganan"],
    )


def test_page_leads_to_its_parts_with_and_without_a_script(client, people):
    case = case_of(people)
    officer = people[1]["officer"]

    page = text(client, officer, case.get_absolute_url())

    for name, heading in (("penanganan", "Surat perintah"), ("berkas", "Catatan")):
        address = url("case_part", case.pk, name)
        assert f'href="{address}"' in page
        assert f'hx-get="{address}"' in page
        whole = client.get(address).content.decode()
        within = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert case.get_absolute_url() in whole
        assert f"{heading}</h2>" in within
        assert [id for id in PARTS[name].contents if f'id="{id}"' not in within] == []
        assert "<html" in whole
        assert "<html" not in within


def test_part_that_no_case_has_is_missing(client, people):
    client.force_login(people[1]["officer"])

    assert client.get(url("case_part", case_of(people).pk, "lain")).status_code == 404


def test_case_without_persons_is_read_all_the_same(client, people):
    case = case_of(people)

    text(client, people[1]["officer"], case.get_absolute_url())

    assert Reading.objects.get().case == case


def test_list_is_no_reading(client, people):
    CasePersonFactory(case=case_of(people))

    listed(client, people[1]["officer"])

    assert not Reading.objects.exists()


def test_title_and_address_of_a_case_name_nobody(client, people):
    case = case_of(people, title="Perkara Tuan Fulan")
    CasePersonFactory(case=case, foreigner__name="TUAN FULAN")

    page = text(client, people[1]["officer"], case.get_absolute_url())

    head = page[: page.index("</title>")]
    assert f"<title>{case.number}" in head
    assert "Fulan" not in head


def test_person_stands_under_the_identity_of_then_with_what_differs_now(client, people):
    person = CasePersonFactory(case=case_of(people), foreigner__name="NAMA LAMA")
    document = TravelDocumentFactory(foreigner=person.foreigner, number="ZZ00A9876")
    officer = people[1]["officer"]
    before = text(client, officer, person.case.get_absolute_url())

    Foreigner.objects.update(name="NAMA BARU")
    OtherName.objects.create(
        foreigner=person.foreigner, name="ALIAS", source="KTP", noted_on=TODAY()
    )
    after = text(client, officer, person.case.get_absolute_url())

    assert "Data orang ini berubah" not in before
    assert "Nama: NAMA LAMA → NAMA BARU" in " ".join(after.split())
    assert "ZZ00A9876" not in after
    assert document.number_masked == "Z••••876"


def test_secret_note_is_for_its_writer_the_assigned_and_the_heads(client, people):
    case = case_of(people, responsible=people[1]["section_head"])
    note = CaseNote.objects.create(
        case=case,
        text="Kata simpanan",
        classification="rahasia",
        by=people[1]["section_head"],
    )
    note.files.add(proof())
    file = url("note_file", case.pk, note.pk, note.files.get().pk)
    officer = people[1]["officer"]
    part = url("case_part", case.pk, "berkas")
    client.force_login(officer)

    hidden = "Kata simpanan" in text(client, officer, part)
    no_file = client.get(file).status_code
    case.assigned.add(officer)
    shown = "Kata simpanan" in text(client, officer, part)
    sent = b"".join(client.get(file).streaming_content)

    assert (hidden, no_file, shown, sent) == (False, 404, True, b"%PDF-1.7 bukti")
    assert Reading.objects.filter(verb="downloaded", case=case).count() == 1
    assert "Kata simpanan" in text(client, people[1]["chief"], part)


def test_paper_of_a_case_is_sent_through_its_case_and_noted(client):
    ready = ready_for("examine")
    person = ready.case.persons.get().foreigner
    paper, version = paper_of(ready)
    paper.persons.add(person)
    client.force_login(ready.officer)

    answer = b"".join(client.get(url("paper", version.pk)).streaming_content)

    reading = Reading.objects.get(verb="downloaded")
    assert answer == b"%PDF-1.7 keputusan"
    assert (reading.foreigner, reading.case, reading.sha256) == (
        person,
        ready.case,
        version.sha256,
    )
    # The door of ordinary papers stays shut.
    assert client.get(reverse("documents:download", args=[version.pk])).status_code == (
        404
    )


def test_superseded_paper_comes_stamped_or_not_at_all(client):
    ready = ready_for("examine")
    _paper, version = paper_of(ready, superseded_at=timezone.now())
    client.force_login(ready.officer)

    assert client.get(url("paper", version.pk)).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "auditor", "administrator", "liaison"])
def test_paper_of_a_case_is_missing_for_whoever_may_not_open_the_case(client, who):
    ready = ready_for("examine")
    _paper, version = paper_of(ready)
    client.force_login({"stranger": UserFactory(), **ready.people}[who])

    assert client.get(url("paper", version.pk)).status_code == 404
    assert not Reading.objects.exists()


def test_shared_filter_shares_no_access(client, people):
    case_of(people, state="examination")
    stranger = UserFactory()

    assert listed(client, stranger, state="examination") == set()
