"""A number is shown once, for a purpose and a reason; who looked is there to be read."""

import pytest
from django.urls import reverse

from agencies.models import AuditEntry, User
from agencies.tests.factories import OfficeFactory, UserFactory
from foreigners.models import Reading
from foreigners.services.disclosing import note_reading
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
    ForeignerFactory,
    ProtectionFactory,
    StayPermitFactory,
    TravelDocumentFactory,
)

pytestmark = pytest.mark.django_db

NUMBER = "KX7712349"
REASON = "Dicocokkan untuk surat panggilan."


@pytest.fixture
def document(officer):
    return TravelDocumentFactory(
        foreigner=ForeignerFactory(office=officer.agency.office, name="ANNA CONTOH"),
        number=NUMBER,
    )


def unmask(client, row, what="dokumen", **fields):
    url = reverse("foreigners:unmask", args=[row.foreigner_id, what, row.pk])
    return client.post(url, {"purpose": "surat", "reason": REASON} | fields)


def as_role(client, officer, role):
    user = UserFactory(agency=officer.agency, role=role)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": ""},
        {"reason": "perlu"},
        {"reason": "          "},
        {"purpose": ""},
        {"purpose": "iseng"},
        {"reason": f"Nomornya {NUMBER} bukan?"},
        {"reason": "Anna Contoh memintanya sendiri."},
        {"reason": "x" * 10_000},
    ],
)
def test_number_stays_masked_without_purpose_and_reason(client, document, fields):
    response = unmask(client, document, **fields)

    assert response.status_code == 422
    assert NUMBER not in response.content.decode().replace(
        fields.get("reason", "-"), ""
    )
    assert not Reading.objects.exists()
    assert not AuditEntry.objects.exists()


def test_number_is_shown_once_and_noted(client, officer, document):
    shown = unmask(client, document).content.decode()
    after = client.get(document.foreigner.get_absolute_url()).content.decode()

    assert NUMBER in shown
    assert NUMBER not in after
    assert "K••••349" in after
    reading = Reading.objects.get(verb="unmasked")
    assert (reading.reader, reading.purpose, reading.reason, reading.fields) == (
        officer,
        "surat",
        REASON,
        [f"travel_document.{document.pk}"],
    )


def test_audit_of_an_unmasking_holds_the_reason_and_no_number(client, document):
    unmask(client, document)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.reason) == ("foreigners.unmasked", REASON)
    assert NUMBER not in str(entry.data)


def test_number_is_never_asked_for_by_an_address(client, document):
    url = reverse(
        "foreigners:unmask", args=[document.foreigner_id, "dokumen", document.pk]
    )

    assert client.get(url, {"purpose": "surat", "reason": REASON}).status_code == 405
    assert not Reading.objects.exists()


def test_number_comes_as_a_fragment_for_htmx(client, document):
    url = reverse(
        "foreigners:unmask", args=[document.foreigner_id, "dokumen", document.pk]
    )

    response = client.post(
        url, {"purpose": "surat", "reason": REASON}, headers={"HX-Request": "true"}
    )

    assert NUMBER in response.content.decode()
    assert "<html" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_permit_number_is_masked_and_unmasked_in_the_same_way(client, document):
    permit = StayPermitFactory(foreigner=document.foreigner, number="2C11DEMO0009")

    page = client.get(document.foreigner.get_absolute_url()).content.decode()
    shown = unmask(client, permit, "izin").content.decode()

    assert "2C11DEMO0009" not in page
    assert "2C11DEMO0009" in shown
    assert Reading.objects.get(verb="unmasked").fields == [f"stay_permit.{permit.pk}"]


def test_document_of_one_person_is_not_opened_through_another(
    client, officer, document
):
    other = ForeignerFactory(office=officer.agency.office)
    url = reverse("foreigners:unmask", args=[other.pk, "dokumen", document.pk])

    assert client.post(url, {"purpose": "surat", "reason": REASON}).status_code == 404


@pytest.mark.parametrize("what", ["paspor", "nama", "x"])
def test_only_numbers_are_masked_and_opened(client, document, what):
    assert unmask(client, document, what).status_code == 404


def test_number_sealed_with_a_key_that_is_gone_is_said_to_be_so(
    client, document, settings
):
    settings.FIELD_KEYS = ["kunci lain"]

    response = unmask(client, document)

    assert response.status_code == 422
    assert "FIELD_KEYS" in response.content.decode()
    assert not Reading.objects.exists()


# --- protection ----------------------------------------------------------------------


@pytest.fixture
def protected(document):
    return ProtectionFactory(foreigner=document.foreigner, note="KXLINDUNG")


def page_of(client, protection):
    return client.get(protection.foreigner.get_absolute_url()).content.decode()


def test_officer_who_is_not_on_duty_reads_that_not_why(client, protected):
    page = page_of(client, protected)

    assert "Ada pelindungan" in page
    assert "KXLINDUNG" not in page
    assert "suaka" not in page


def test_officer_on_the_persons_case_reads_why(client, officer, protected):
    CasePersonFactory(
        foreigner=protected.foreigner,
        case=CaseFactory(office=protected.foreigner.office, responsible=officer),
    )

    assert "KXLINDUNG" in page_of(client, protected)


@pytest.mark.parametrize("role", [User.Role.SECTION_HEAD, User.Role.CHIEF])
def test_heads_read_why(client, officer, protected, role):
    as_role(client, officer, role)

    assert "KXLINDUNG" in page_of(client, protected)


def test_answer_no_is_no_protection(client, officer, protected):
    ProtectionFactory(foreigner=protected.foreigner, answer="tidak")
    as_role(client, officer, User.Role.CHIEF)

    assert "Ada pelindungan" not in page_of(client, protected)


# --- who looked ----------------------------------------------------------------------


@pytest.fixture
def auditor(client, officer, document):
    """After the officer opened the person and a number of theirs."""
    client.get(document.foreigner.get_absolute_url())
    unmask(client, document)
    return as_role(client, officer, User.Role.AUDITOR)


def log_of(document):
    return reverse("foreigners:person_access", args=[document.foreigner_id])


def test_auditor_reads_who_looked_when_and_why_and_nothing_of_the_person(
    client, officer, document, auditor
):
    page = client.get(log_of(document)).content.decode()

    assert officer.name in page
    assert "Surat keputusan atau surat dinas" in page
    assert REASON in page
    assert "nomor dokumen lengkap" in page
    assert f"OA-{document.foreigner_id}" in page
    for hidden in ("ANNA CONTOH", NUMBER, "K••••349", "Korea"):
        assert hidden not in page


def test_reading_the_log_is_in_the_log(client, document, auditor):
    client.get(log_of(document))

    assert list(Reading.objects.order_by("pk").values_list("verb", "reader_id"))[
        -1
    ] == ("log", auditor.pk)


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ({"perbuatan": "unmasked"}, ["unmasked"]),
        ({"perbuatan": "opened"}, ["opened"]),
        ({"sejak": "2999-01-01"}, []),
        ({}, ["log", "unmasked", "opened"]),
    ],
)
def test_log_filters(client, document, auditor, query, verbs):
    page = client.get(log_of(document), query).context["page"]

    assert [reading.verb for reading in page] == verbs


def test_log_says_in_words_what_was_shown(client, document, auditor):
    reader = UserFactory(agency=auditor.agency)
    for field in ("receipt", "bap", f"travel_document.{document.pk}"):
        note_reading(
            reader,
            Reading.Verb.OPENED,
            office_id=document.foreigner.office_id,
            foreigners=[document.foreigner],
            fields=[field],
        )

    page = client.get(log_of(document)).content.decode()

    for words in (
        "lembar dasar hukum",
        "Berita acara pemeriksaan",
        "nomor dokumen lengkap",
    ):
        assert words in page


def test_what_has_no_words_for_the_log_is_not_shown(officer, document):
    with pytest.raises(KeyError):
        note_reading(
            officer,
            Reading.Verb.OPENED,
            office_id=document.foreigner.office_id,
            foreigners=[document.foreigner],
            fields=["secret_column"],
        )


@pytest.mark.parametrize("typed", ["OA-{pk}", "oa-{pk}", " {pk} "])
def test_auditor_finds_a_person_by_number(client, document, auditor, typed):
    response = client.post(
        reverse("foreigners:access_log"),
        {"oa": typed.format(pk=document.foreigner_id)},
    )

    assert response.url == log_of(document)


@pytest.mark.parametrize("typed", ["ANNA CONTOH", "", "0", "999999999999", "9" * 99])
def test_auditor_finds_nobody_by_name(client, document, auditor, typed):
    response = client.post(reverse("foreigners:access_log"), {"oa": typed})

    assert response.status_code == 422


def test_log_of_another_office_is_missing(client, document, auditor):
    theirs = ForeignerFactory(office=OfficeFactory())

    url = reverse("foreigners:person_access", args=[theirs.pk])
    assert client.get(url).status_code == 404
    found = client.post(reverse("foreigners:access_log"), {"oa": theirs.pk})
    assert found.status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_log_needs_the_same_queries_for_any_number_of_rows(
    client, document, auditor, rows, django_assert_num_queries
):
    client.get(log_of(document))
    Reading.objects.all().delete()
    for _nth in range(rows - 1):
        Reading.objects.create(
            office_id=document.foreigner.office_id,
            foreigner=document.foreigner,
            verb="opened",
            reader=UserFactory(agency=auditor.agency),
        )

    with django_assert_num_queries(10):
        response = client.get(log_of(document))

    assert len(response.context["page"]) == rows
