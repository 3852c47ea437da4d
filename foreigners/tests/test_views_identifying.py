"""Searching, registering and correcting a person through the pages."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEntry, User
from agencies.tests.factories import OfficeFactory, RegionFactory, UserFactory
from foreigners.models import (
    Case,
    Foreigner,
    OtherName,
    Reading,
    Statement,
    TravelDocument,
)
from foreigners.mrz_lines import BY_EYE, Format
from foreigners.services.matching import index_names
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
    ForeignerFactory,
    NationalityFactory,
    StatementFactory,
    StayPermitFactory,
    TravelDocumentFactory,
)
from foreigners.tests.test_mrz import SPECIMENS, digit_for, replaced

pytestmark = pytest.mark.django_db

SEARCH, NEW, LIST = (
    reverse(f"foreigners:{name}") for name in ("person_search", "person_new", "persons")
)
PASSPORT = SPECIMENS[Format.TD3]
UNREADABLE = "A" * 10_000


@pytest.fixture
def officer(client):
    user = UserFactory()
    client.force_login(user)
    NationalityFactory()
    NationalityFactory(code="UTO", name="Utopia")
    return user


@pytest.fixture
def office(officer):
    return officer.agency.office


def known(office, **fields):
    person = ForeignerFactory(office=office, **fields)
    index_names(person)
    return person


def search(client, **fields):
    return client.post(SEARCH, fields)


def token_of(client, **fields):
    return search(client, **(fields or {"name": "TIDAK ADA"})).context["token"]


def form(token, **fields):
    values = {
        "act": "save",
        "token": token,
        "name": "ANNA CONTOH",
        "sex": "P",
        "birth_year": "1985",
        "nationality": "KOR",
        "identity": "terbuka",
        "revision": "0",
        "dokumen-kind": "paspor",
        "dokumen-state": "dipegang",
        "lain-noted_on": timezone.localdate().isoformat(),
    }
    return values | fields


def with_document(office, **fields):
    values = {
        "dokumen-number": "ZZ00A0001",
        "dokumen-issuer": "KOR",
        "dokumen-expires_on": "2030-01-01",
        "dokumen-agency": str(office.pk),
    }
    return values | fields


def read_from(zone, office, **fields):
    """The registration form as it comes back from the MRZ, everything ticked."""
    values = {
        "birth_year": "1974",
        "birth_month": "8",
        "birth_day": "12",
        "nationality": "UTO",
        "dokumen-number": "L898902C3",
        "dokumen-issuer": "UTO",
        "dokumen-expires_on": "2012-04-15",
        "dokumen-agency": str(office.pk),
        "dokumen-mrz": "\n".join(zone),
        "dokumen-confirmed_fields": list(BY_EYE),
    }
    return values | fields


# --- search first, create second -----------------------------------------------------


def test_nobody_is_registered_without_a_search(client, officer):
    response = client.post(NEW, form("", name="ANNA CONTOH"))

    assert response.status_code == 422
    assert "Cari orangnya lebih dulu" in response.content.decode()
    assert not Foreigner.objects.exists()


def test_token_of_another_officer_opens_nothing(client, officer):
    other = Client()
    other.force_login(UserFactory(agency=officer.agency))

    response = client.post(NEW, form(token_of(other)))

    assert response.status_code == 422
    assert not Foreigner.objects.exists()


@pytest.mark.parametrize("spoilt", ["x", "e30:1:abc", "\x00", "a" * 10_000])
def test_made_up_token_opens_nothing(client, officer, spoilt):
    assert client.post(NEW, form(spoilt)).status_code == 422
    assert not Foreigner.objects.exists()


def test_search_of_more_than_half_an_hour_ago_is_no_search(client, officer):
    token = token_of(client)

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=29)):
        assert client.post(NEW, {"token": token}).status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=31)):
        response = client.post(NEW, form(token))

    assert response.status_code in {422, 302}
    assert not Foreigner.objects.exists()


def test_form_opened_by_its_address_leads_to_the_search(client, officer):
    assert client.get(NEW).url == SEARCH


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Tulis nama atau nomor dokumen"),
        ({"birth_year": "1985"}, "Tulis nama atau nomor dokumen"),
        ({"name": "'; --"}, "dua huruf"),
        ({"name": "A" * 10_000}, "100"),
        ({"number": "--"}, "huruf dan angka"),
        ({"name": "ANNA", "birth_year": "3000"}, "masa depan"),
        ({"name": "ANNA", "birth_year": "lalu"}, "dengan angka"),
    ],
)
def test_search_that_asks_for_nothing_is_refused_in_words(
    client, officer, fields, told
):
    response = search(client, **fields)

    assert response.status_code == 422
    assert told in response.content.decode()
    assert not Reading.objects.exists()


def test_search_by_get_finds_nobody(client, officer, office):
    known(office, name="ANNA CONTOH")

    page = client.get(SEARCH, {"name": "ANNA CONTOH"}).content.decode()

    assert "ANNA CONTOH" not in page


def test_person_is_found_by_an_old_document_and_by_a_spelling(client, officer, office):
    person = known(office, name="ANNA CONTOH")
    TravelDocumentFactory(foreigner=person, number="ZZ00A0001", state="diganti")

    by_number = search(client, number="zz-00 a0001").context["found"]
    by_name = search(client, name="Ana Chontoh", birth_year="1985").context["found"]

    assert [one.person for one in by_number] == [person]
    assert [one.person for one in by_name] == [person]


def test_whoever_is_listed_is_noted_and_the_question_is_not(client, officer, office):
    person = known(office, name="ANNA CONTOH")
    known(office, name="TANAKA FIKTIF")

    search(client, name="Anna Chontoh")

    (reading,) = Reading.objects.all()
    assert (reading.verb, reading.foreigner, reading.reader) == (
        "listed",
        person,
        officer,
    )
    (entry,) = AuditEntry.objects.all()
    assert (entry.verb, entry.data["persons"]) == ("foreigners.listed", [person.pk])
    assert "honto" not in str(entry.data).lower() + entry.reason.lower()


def test_search_that_finds_nobody_is_in_the_audit_without_its_words(client, officer):
    search(client, name="ANNA CONTOH", number="ZZ00A0001")

    (entry,) = AuditEntry.objects.all()
    assert (entry.verb, entry.data) == (
        "foreigners.search",
        {"fields": ["name", "number"]},
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_search_needs_the_same_queries_for_any_number(
    client, officer, office, rows, django_assert_max_num_queries
):
    client.get(LIST)
    for _nth in range(rows):
        TravelDocumentFactory(foreigner=known(office, name="ANNA CONTOH"))

    with django_assert_max_num_queries(18):
        found = search(client, name="ANNA CONTOH").context["found"]

    assert len(found) == rows


# --- registering ---------------------------------------------------------------------


def test_person_is_registered_and_found_again(client, officer, office):
    response = client.post(NEW, form(token_of(client), **with_document(office)))

    person = Foreigner.objects.get()
    assert response.url == person.get_absolute_url()
    assert (person.name, person.office, person.created_by) == (
        "ANNA CONTOH",
        office,
        officer,
    )
    document = person.travel_documents.get()
    assert document.number_masked == "Z••••001"
    assert "ZZ00A0001" not in document.number_sealed
    assert [one.person for one in search(client, number="ZZ00A0001").context["found"]] == [person]  # fmt: skip


def test_audit_of_a_registration_holds_no_name_and_no_number(client, officer, office):
    client.post(NEW, form(token_of(client), **with_document(office)))

    entry = AuditEntry.objects.get(verb="foreigners.register_person")
    assert entry.data == {"document": "paspor"}


def test_person_without_name_and_papers_has_an_open_identity(client, officer):
    client.post(NEW, form(token_of(client), name="", birth_year="", sex="X"))

    person = Foreigner.objects.get()
    assert (person.display_name, person.identity) == ("Nama tidak diketahui", "terbuka")
    assert not person.travel_documents.exists()


@pytest.mark.parametrize("fields", [{}, {"name": ""}])
def test_identity_is_not_established_without_name_and_document(
    client, officer, office, fields
):
    papers = with_document(office) if fields else {}

    response = client.post(
        NEW, form(token_of(client), identity="pasti", **papers, **fields)
    )

    assert response.status_code == 422
    assert "dipastikan bila ada nama dan dokumen" in response.content.decode()
    assert not Foreigner.objects.exists()


def test_same_form_sent_twice_makes_one_person(client, officer):
    token = token_of(client)

    first = client.post(NEW, form(token))
    second = client.post(NEW, form(token))

    assert first.url == second.url
    assert Foreigner.objects.count() == 1


def test_document_that_is_known_leads_to_its_person(client, officer, office):
    person = known(office, name="TANAKA FIKTIF")
    TravelDocumentFactory(foreigner=person, number="ZZ00A0001")

    response = client.post(NEW, form(token_of(client), **with_document(office)))

    page = response.content.decode()
    assert response.status_code == 422
    assert f"sudah tercatat pada {person}" in page
    assert person.get_absolute_url() in page
    assert "ANNA CONTOH" in page
    assert Foreigner.objects.count() == 1


def test_same_document_of_another_office_is_no_hint(client, officer, office):
    TravelDocumentFactory(number="ZZ00A0001")

    client.post(NEW, form(token_of(client), **with_document(office)))

    assert Foreigner.objects.filter(office=office).count() == 1


def test_search_for_one_name_does_not_excuse_registering_another(
    client, officer, office
):
    person = known(office, name="ANNA CONTOH")
    token = token_of(client, name="TIDAK ADA")

    warned = client.post(NEW, form(token))

    assert warned.status_code == 409
    assert "belum Anda periksa" in warned.content.decode()
    assert Foreigner.objects.count() == 1
    assert Reading.objects.get(verb="listed").foreigner == person

    client.post(NEW, form(warned.context["token"]))
    assert Foreigner.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"birth_year": "1985", "birth_month": "2", "birth_day": "30"}, "tidak ada pada bulan itu"),
        ({"birth_year": "1985", "birth_month": "13"}, "pilihan yang valid"),
        ({"birth_year": "1985", "birth_month": "4", "birth_day": "32"}, "31"),
        ({"birth_year": "", "birth_month": "4"}, "tahunnya"),
        ({"birth_year": "1985", "birth_day": "4"}, "bulannya"),
        ({"birth_year": "1800"}, "tidak mungkin"),
        ({"birth_year": "2999"}, "tidak mungkin"),
        ({"nationality": ""}, "tidak boleh kosong"),
        ({"name": "A" * 10_000}, "100"),
    ],
)  # fmt: skip
def test_impossible_identity_is_refused_and_what_was_typed_stays(
    client, officer, fields, told
):
    response = client.post(
        NEW, form(token_of(client), birth_place="KXTEMPAT", **fields)
    )

    assert response.status_code == 422
    assert told in response.content.decode()
    assert "KXTEMPAT" in response.content.decode()
    assert not Foreigner.objects.exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"dokumen-issued_on": "2031-01-01"}, "masa depan"),
        (
            {"dokumen-issued_on": "2020-01-01", "dokumen-expires_on": "2019-01-01"},
            "mendahului",
        ),
        ({"dokumen-expires_on": "2026-02-30"}, "tanggal"),
        ({"dokumen-number": "-"}, "huruf dan angka"),
        ({"dokumen-issuer": ""}, "tidak boleh kosong"),
    ],
)
def test_impossible_document_is_refused(client, officer, office, fields, told):
    response = client.post(
        NEW, form(token_of(client), **with_document(office, **fields))
    )

    assert response.status_code == 422
    assert told in response.content.decode()
    assert not Foreigner.objects.exists()


def test_expired_document_warns_and_blocks_nothing(client, officer, office):
    papers = with_document(office, **{"dokumen-expires_on": "2020-01-01"})

    response = client.post(NEW, form(token_of(client), **papers), follow=True)

    assert Foreigner.objects.count() == 1
    assert "sudah habis berlaku" in response.content.decode()


@pytest.mark.parametrize(
    "name", ["'; --", "=1+1", "<script>alert(1)</script>", "\u202eYNNA", "عبد الرحمن"]
)
def test_hostile_name_is_kept_as_written_and_shown_isolated(client, officer, name):
    response = client.post(NEW, form(token_of(client), name=name), follow=True)

    page = response.content.decode()
    assert Foreigner.objects.get().name == name
    assert "<script>alert" not in page
    assert f"<bdi>{name.replace('<', '&lt;').replace('>', '&gt;').replace(chr(39), '&#x27;')}</bdi>" in page  # fmt: skip


# --- the MRZ -------------------------------------------------------------------------


def test_zone_fills_the_form_and_leaves_to_the_eye_what_no_digit_covers(
    client, officer
):
    page = client.post(
        NEW, {"token": token_of(client), "zone": "\n".join(PASSPORT).lower()}
    )

    text = page.content.decode()
    assert page.status_code == 200
    assert 'value="ANNA MARIA ERIKSSON"' in text
    assert 'value="L898902C3"' in text
    assert text.count('name="dokumen-confirmed_fields"') == len(BY_EYE)
    assert 'name="dokumen-confirmed_fields" value="name" checked' not in text
    assert "tidak membuktikan" in text


def test_zone_that_is_none_is_refused_and_stays_in_its_place(client, officer):
    page = client.post(NEW, {"token": token_of(client), "zone": "P<UTOERIKSSON"})

    assert page.status_code == 422
    assert "yang terbaca 13 karakter" in page.content.decode()
    assert "P&lt;UTOERIKSSON</textarea>" in page.content.decode()


def test_ten_thousand_characters_are_no_zone(client, officer):
    page = client.post(NEW, {"token": token_of(client), "zone": UNREADABLE})

    assert page.status_code == 422
    assert "terlalu panjang" in page.content.decode()


def test_failing_field_is_named_and_the_look_alike_can_be_taken(client, officer):
    token = token_of(client)
    wrong = replaced(PASSPORT, 1, 5, "O")

    page = client.post(NEW, {"token": token, "zone": "\n".join(wrong)})
    text = page.content.decode()
    taken = client.post(
        NEW, {"token": token, "zone": "\n".join(wrong), "offer": "".join(PASSPORT)}
    )

    assert "Nomor dokumen: digit pemeriksa tertulis 6" in text
    assert f'value="{"".join(PASSPORT).replace("<", "&lt;")}"' in text
    assert "Semua digit pemeriksa cocok" in taken.content.decode()


def test_person_from_a_zone_keeps_the_lines_sealed_and_who_confirmed_what(
    client, officer, office
):
    response = client.post(NEW, form(token_of(client), **read_from(PASSPORT, office)))

    assert response.status_code == 302
    document = TravelDocument.objects.get()
    assert sorted(document.confirmed_fields) == sorted(BY_EYE)
    assert document.mrz_faults == []
    assert "ERIKSSON" not in document.mrz_sealed


@pytest.mark.parametrize("missing", BY_EYE)
def test_every_field_without_a_digit_must_be_ticked(client, officer, office, missing):
    ticked = [name for name in BY_EYE if name != missing]

    response = client.post(
        NEW,
        form(
            token_of(client),
            **read_from(PASSPORT, office, **{"dokumen-confirmed_fields": ticked}),
        ),
    )

    assert response.status_code == 422
    assert "lalu centang" in response.content.decode()
    assert not Foreigner.objects.exists()


def test_wrong_digit_is_recorded_as_printed_once_somebody_says_so(
    client, officer, office
):
    wrong = replaced(PASSPORT, 1, 9, "7")
    token = token_of(client)

    refused = client.post(NEW, form(token, **read_from(wrong, office)))
    accepted = client.post(
        NEW,
        form(token, **read_from(wrong, office, **{"dokumen-accepts_faults": "on"})),
        follow=True,
    )

    assert refused.status_code == 422
    assert "Nomor dokumen: digit pemeriksa tertulis 7" in refused.content.decode()
    assert TravelDocument.objects.get().mrz_faults == ["number"]
    assert "tercatat tidak cocok" in accepted.content.decode()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"dokumen-number": "L898902C4"}, "Nomor ini berbeda dari MRZ"),
        ({"dokumen-expires_on": "2013-04-15"}, "Tanggal ini berbeda dari MRZ"),
        ({"birth_day": "13"}, "Tanggal lahir ini berbeda"),
        ({"birth_year": "1975"}, "Tanggal lahir ini berbeda"),
    ],
)
def test_form_may_not_contradict_the_zone_in_silence(
    client, officer, office, fields, told
):
    response = client.post(
        NEW, form(token_of(client), **read_from(PASSPORT, office, **fields))
    )

    assert response.status_code == 422
    assert told in response.content.decode()


def test_century_is_the_eyes_to_say(client, officer, office):
    born = replaced(PASSPORT, 1, 13, "2")
    second = born[1][:13] + "240812" + digit_for("240812") + born[1][20:43]
    covered = second[0:10] + second[13:20] + second[21:43]
    zone = (PASSPORT[0], second + digit_for(covered))

    response = client.post(
        NEW,
        form(token_of(client), **read_from(zone, office, birth_year="1924")),
    )

    assert response.status_code == 302
    assert Foreigner.objects.get().birth_year == 1924


# --- correcting ----------------------------------------------------------------------


def edit(client, person, revision=None, **fields):
    values = {
        "name": person.name,
        "sex": person.sex,
        "birth_year": person.birth_year or "",
        "nationality": person.nationality_id,
        "identity": "terbuka",
        "revision": person.revision if revision is None else revision,
    }
    return client.post(
        reverse("foreigners:person_edit", args=[person.pk]), values | fields
    )


def test_second_of_two_officers_reads_the_first_ones_text_and_loses_nothing(
    client, officer, office
):
    person = known(office, name="ANNA CONTOH")
    edit(client, person, name="ANNA MARIA CONTOH")

    late = edit(client, person, name="HANNA CONTOH")

    page = late.content.decode()
    assert late.status_code == 409
    assert "<bdi>ANNA MARIA CONTOH</bdi>" in page
    assert 'value="HANNA CONTOH"' in page
    assert Foreigner.objects.get().name == "ANNA MARIA CONTOH"

    edit(client, person, late.context["form"]["revision"].value(), name="HANNA CONTOH")
    assert Foreigner.objects.get().name == "HANNA CONTOH"


def test_correction_is_audited_by_field_alone_and_searched_at_once(
    client, officer, office
):
    person = known(office, name="ANNA CONTOH")

    edit(client, person, name="LI WEI", birth_place="KXTEMPAT")

    entry = AuditEntry.objects.get(verb="foreigners.edit_person")
    assert entry.data == {"changed": ["name", "birth_place", "identity"]}
    assert [one.person for one in search(client, name="Li Wei").context["found"]] == [person]  # fmt: skip


def test_corrected_person_makes_the_receipts_of_their_open_cases_stale(
    client, officer, office
):
    person = known(office)
    running = CasePersonFactory(case__office=office, foreigner=person).case
    ended = CasePersonFactory(
        case=CaseFactory(office=office, state="closed"), foreigner=person
    ).case
    before = running.revision, ended.revision

    edit(client, person, name="ANNA CONTOH")

    running.refresh_from_db()
    ended.refresh_from_db()
    assert (running.revision, ended.revision) == (before[0] + 1, before[1])


def test_impossible_correction_changes_nothing(client, officer, office):
    person = known(office, name="ANNA CONTOH")

    response = edit(client, person, birth_year="2999", name="LI WEI")

    assert response.status_code == 422
    assert Foreigner.objects.get().name == "ANNA CONTOH"


def test_established_identity_needs_a_document_on_record(client, officer, office):
    person = known(office, name="ANNA CONTOH", identity="terbuka")

    assert edit(client, person, identity="pasti").status_code == 422
    TravelDocumentFactory(foreigner=person)
    assert edit(client, person, identity="pasti").status_code == 302


# --- the page ------------------------------------------------------------------------


def test_every_opening_is_noted_once(client, officer, office):
    person = known(office)

    client.get(person.get_absolute_url())
    client.get(person.get_absolute_url())

    assert (
        list(Reading.objects.values_list("verb", "foreigner", "reader"))
        == [("opened", person.pk, officer.pk)] * 2
    )


def test_title_and_address_name_nobody(client, officer, office):
    person = known(office, name="ANNA CONTOH")

    page = client.get(person.get_absolute_url()).content.decode()

    title = page.partition("<title>")[2].partition("</title>")[0]
    assert title == f"OA-{person.pk} · TIMPORA"


def test_sealed_and_secret_cases_leave_no_trace_on_the_page(client, officer, office):
    person = known(office)
    seen = CasePersonFactory(
        case=CaseFactory(office=office, title="Kasus terlihat"), foreigner=person
    ).case
    for fields in (
        {"state": "not_proven", "sealed_at": timezone.now()},
        {"classification": "rahasia"},
    ):
        CasePersonFactory(
            case=CaseFactory(office=office, title="KXTERSEGEL", **fields),
            foreigner=person,
        )

    page = client.get(person.get_absolute_url())

    assert list(page.context["cases"]) == [seen]
    assert "KXTERSEGEL" not in page.content.decode()


def test_page_is_not_kept_by_the_browser(client, officer, office):
    response = client.get(known(office).get_absolute_url())

    assert "no-store" in response["Cache-Control"]


# --- the list ------------------------------------------------------------------------


def listed(client, **query):
    return {person.pk for person in client.get(LIST, query).context["page"]}


def test_list_filters_by_permit(client, officer, office):
    today = timezone.localdate()
    none, valid, soon, over = (known(office) for _nth in range(4))
    StayPermitFactory(foreigner=valid, ends_on=today + dt.timedelta(days=200))
    StayPermitFactory(foreigner=soon, ends_on=today + dt.timedelta(days=20))
    StayPermitFactory(foreigner=over, ends_on=today - dt.timedelta(days=1))

    assert listed(client, izin="tanpa") == {none.pk}
    assert listed(client, izin="berlaku") == {valid.pk, soon.pk}
    assert listed(client, izin="habis") == {over.pk}
    assert listed(client, hari="30") == {soon.pk}
    assert listed(client, hari="14") == set()


def test_permit_that_was_extended_does_not_expire_soon(client, officer, office):
    today = timezone.localdate()
    person = known(office)
    StayPermitFactory(foreigner=person, ends_on=today + dt.timedelta(days=20))
    StayPermitFactory(foreigner=person, ends_on=today + dt.timedelta(days=300))

    assert listed(client, hari="30") == set()


def test_cancelled_permit_is_none(client, officer, office):
    person = known(office)
    StayPermitFactory(foreigner=person, state="dibatalkan")

    assert listed(client, izin="tanpa") == {person.pk}


def test_nationality_and_kelurahan_are_never_crossed(client, officer, office):
    city = RegionFactory()
    office.work_regions.add(city)
    district = RegionFactory(code="36.72.06", name="Gerogol", level="kecamatan", parent=city)  # fmt: skip
    village = RegionFactory(
        code="36.72.06.1001", name="Gerem", level="kelurahan_desa", parent=district
    )
    person = known(office)
    StatementFactory(
        foreigner=person, subject=Statement.Subject.ADDRESS, region=village
    )

    crossed = client.get(LIST, {"warga": "KOR", "kelurahan": village.code})

    assert listed(client, kelurahan=village.code) == {person.pk}
    assert listed(client, warga="KOR") == {person.pk}
    assert list(crossed.context["page"]) == []
    assert "tidak digabungkan" in crossed.content.decode()


def test_name_in_the_address_of_the_list_finds_nobody(client, officer, office):
    one, other = known(office, name="ANNA CONTOH"), known(office, name="LI WEI")

    assert listed(client, q="ANNA", name="ANNA", nama="ANNA") == {one.pk, other.pk}


def test_list_of_one_office_is_its_own(client, officer, office):
    mine = known(office)
    known(OfficeFactory())

    assert listed(client) == {mine.pk}


def test_list_alone_notes_no_reading(client, officer, office):
    known(office)

    client.get(LIST)

    assert not Reading.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_needs_the_same_queries_for_any_number_of_rows(
    client, officer, office, rows, django_assert_num_queries
):
    client.get(LIST)
    for _nth in range(rows):
        person = known(office)
        TravelDocumentFactory.create_batch(2, foreigner=person)
        StayPermitFactory.create_batch(2, foreigner=person)

    with django_assert_num_queries(10):
        response = client.get(LIST)

    assert len(response.context["page"]) == rows


@pytest.mark.parametrize("role", [User.Role.ADMINISTRATOR, User.Role.AUDITOR])
def test_register_of_persons_is_not_for_those_without_content(client, office, role):
    client.force_login(UserFactory(agency=office.agency, role=role))

    assert client.get(LIST).status_code == 403
    assert client.post(SEARCH, {"name": "ANNA"}).status_code == 403
    assert not Reading.objects.exists()


def test_person_is_brought_into_an_open_case_that_the_officer_sees(
    client, officer, office
):
    person = known(office)
    case = CaseFactory(office=office)
    other = CaseFactory()
    url = reverse("foreigners:person_to_case", args=[person.pk])

    refused = client.post(url, {"case": other.pk, "role": "terduga"})
    client.post(url, {"case": case.pk, "role": "terduga"})

    assert refused.status_code == 422
    assert list(Case.objects.filter(persons__foreigner=person)) == [case]
    assert not OtherName.objects.exists()
