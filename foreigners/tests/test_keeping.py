"""Documents, permits, statements, guarantors and names: added with source and dates,
corrected by whoever read the last text."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEntry
from agencies.tests.factories import AgencyFactory, RegionFactory
from foreigners.models import Foreigner, Guarantor, StayPermit, TravelDocument
from foreigners.mrz_lines import BY_EYE, Format
from foreigners.services.matching import index_names
from foreigners.tests.factories import (
    CasePersonFactory,
    ForeignerFactory,
    GuaranteeFactory,
    GuarantorFactory,
    NationalityFactory,
    PermitKindFactory,
    StayPermitFactory,
    TravelDocumentFactory,
)
from foreigners.tests.test_mrz import SPECIMENS

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(officer):
    return officer.agency.office


@pytest.fixture
def person(office):
    known = ForeignerFactory(office=office, name="ANNA CONTOH")
    index_names(known)
    return known


def add(client, person, what, **fields):
    url = reverse("foreigners:person_add", args=[person.pk, what])
    return client.post(url, {"agency": str(person.office_id)} | fields)


def correct(client, person, what, row, **fields):
    url = reverse("foreigners:person_correct", args=[person.pk, what, row.pk])
    values = {"agency": str(person.office_id), "revision": person.revision}
    return client.post(url, values | fields)


def document_fields(**fields):
    values = {
        "kind": "paspor",
        "number": "ZZ00A0009",
        "issuer": "KOR",
        "state": "dipegang",
    }
    return values | fields


def fresh(person):
    return Foreigner.objects.get(pk=person.pk)


def test_same_document_stands_with_a_person_once(client, person):
    TravelDocumentFactory(
        foreigner=person, number="ZZ00A0009", issuer=NationalityFactory()
    )

    response = add(client, person, "dokumen", **document_fields(number="zz00a-0009"))

    assert response.status_code == 422
    assert "sudah tercatat pada orang ini" in response.content.decode()
    assert TravelDocument.objects.count() == 1


def test_second_document_is_kept_beside_the_first_and_finds_the_person(client, person):
    TravelDocumentFactory(foreigner=person, state="diganti")

    add(client, person, "dokumen", **document_fields())

    assert person.travel_documents.count() == 2
    assert fresh(person).revision == 2
    entry = AuditEntry.objects.get(verb="foreigners.add_traveldocument")
    assert "ZZ00A0009" not in str(entry.data)


def test_document_that_somebody_else_holds_is_pointed_out(client, office, person):
    other = ForeignerFactory(office=office)
    TravelDocumentFactory(
        foreigner=other, number="ZZ00A0009", issuer=NationalityFactory()
    )

    response = client.post(
        reverse("foreigners:person_add", args=[person.pk, "dokumen"]),
        {"agency": str(office.pk)} | document_fields(),
        follow=True,
    )

    assert f"tercatat juga pada {other}" in response.content.decode()
    assert person.travel_documents.count() == 1


def test_document_with_its_zone_asks_for_the_eye(client, person):
    NationalityFactory(code="UTO", name="Utopia")
    fields = document_fields(
        number="L898902C3",
        issuer="UTO",
        expires_on="2012-04-15",
        mrz="\n".join(SPECIMENS[Format.TD3]),
    )

    refused = add(client, person, "dokumen", **fields)
    add(client, person, "dokumen", **fields, confirmed_fields=list(BY_EYE))

    assert refused.status_code == 422
    assert TravelDocument.objects.get().confirmed_fields == list(BY_EYE)


@pytest.mark.parametrize(
    ("what", "fields", "told"),
    [
        ("izin", {"starts_on": "2026-02-01", "ends_on": "2026-01-01"}, "mendahului"),
        ("keterangan", {"subject": "alamat", "value": "Jalan Contoh 1"}, "kelurahan"),
        ("keterangan", {"subject": "nama", "stated_on": "2999-01-01"}, "masa depan"),
        ("keterangan", {"subject": "nama", "value": "A" * 10_000}, "250"),
        ("penjamin", {"new_kind": "perusahaan"}, "tulis nama yang baru"),
        ("nama", {"name": "", "source": "Paspor"}, "tidak boleh kosong"),
        ("nama", {"name": "A" * 10_000}, "100"),
        ("dokumen", {"mrz": "P<UTO"}, "yang terbaca 5 karakter"),
    ],
)
def test_row_that_cannot_be_is_refused_and_what_was_typed_stays(
    client, person, what, fields, told
):
    response = add(client, person, what, **fields)

    assert response.status_code == 422
    assert told in response.content.decode()
    assert fresh(person).revision == 1


@pytest.mark.parametrize("what", ["kasus", "pelindungan", "x"])
def test_kinds_that_are_none_are_missing(client, person, what):
    assert add(client, person, what).status_code == 404


@pytest.mark.parametrize("what", ["nama", "keterangan"])
def test_names_and_statements_are_never_corrected(client, person, what):
    row = TravelDocumentFactory(foreigner=person)

    assert correct(client, person, what, row).status_code == 404


def test_permit_is_added_with_source_and_dates(client, person):
    kind = PermitKindFactory()

    add(
        client, person, "izin", kind=kind.pk, number="2C11DEMO0009",
        starts_on="2026-01-01", ends_on="2026-12-31", state="berlaku",
    )  # fmt: skip

    permit = StayPermit.objects.get()
    assert (permit.kind, permit.ends_on, permit.agency_id) == (
        kind,
        dt.date(2026, 12, 31),
        person.office_id,
    )


def test_address_is_what_an_agency_says_on_a_day(client, office, person):
    city = RegionFactory()
    office.work_regions.add(city)
    village = RegionFactory(
        code="36.72.06.1001", name="Gerem", level="kelurahan_desa", parent=city
    )
    source = AgencyFactory(keeper=office)

    add(
        client, person, "keterangan", subject="alamat", value="Jalan Contoh 1",
        region=village.code, agency=str(source.pk), stated_on="2026-01-05",
    )  # fmt: skip

    statement = person.statements.get()
    assert (statement.region, statement.agency) == (village, source)


def test_source_is_an_agency_that_the_office_keeps(client, person):
    stranger = AgencyFactory()

    response = add(
        client, person, "keterangan", subject="nama", value="Anna",
        agency=str(stranger.pk), stated_on="2026-01-05",
    )  # fmt: skip

    assert response.status_code == 422


def test_guarantor_is_new_or_one_that_the_office_knows(client, office, person):
    known = GuarantorFactory(office=office)
    stranger = GuarantorFactory()

    add(client, person, "penjamin", new_kind="perusahaan", new_name="PT Fiktif Baru")
    add(client, person, "penjamin", new_kind="perusahaan", guarantor=known.pk)
    refused = add(
        client, person, "penjamin", new_kind="perusahaan", guarantor=stranger.pk
    )

    assert refused.status_code == 422
    assert [one.guarantor.name for one in person.guarantees.order_by("pk")] == [
        "PT Fiktif Baru",
        known.name,
    ]
    assert Guarantor.objects.filter(office=office).count() == 2


def test_other_name_is_searched_at_once(client, person):
    add(
        client, person, "nama", name="김하늘", source="Halaman 2 paspor",
        noted_on="2026-01-05",
    )  # fmt: skip

    found = client.post(
        reverse("foreigners:person_search"), {"name": "KIM HANEUL"}
    ).context["found"]
    assert [one.person for one in found] == [person]


def test_correction_never_touches_what_the_form_does_not_show(client, person):
    document = TravelDocumentFactory(
        foreigner=person, mrz_faults=["number"], confirmed_fields=["name"]
    )
    before = TravelDocument.objects.values().get()

    correct(
        client, person, "dokumen", document, kind="paspor", state="hilang",
        expires_on="2031-01-01",
    )  # fmt: skip

    after = TravelDocument.objects.values().get()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"state", "expires_on", "agency_id"}


def test_correction_of_a_permit_keeps_its_number(client, person):
    permit = StayPermitFactory(foreigner=person, number="2C11DEMO0009")

    correct(
        client, person, "izin", permit, kind=permit.kind_id, state="dibatalkan",
        number="LAIN",
    )  # fmt: skip

    permit.refresh_from_db()
    assert (permit.state, permit.number) == ("dibatalkan", "2C11DEMO0009")


def test_second_of_two_corrections_reads_the_first(client, person):
    document = TravelDocumentFactory(foreigner=person)
    fields = {"kind": "paspor", "expires_on": "2031-01-01"}
    correct(client, person, "dokumen", document, state="hilang", **fields)

    late = correct(client, person, "dokumen", document, state="diragukan", **fields)

    document.refresh_from_db()
    assert late.status_code == 409
    assert document.state == "hilang"
    assert "<bdi>Dilaporkan hilang</bdi>" in late.content.decode()
    again = late.context["revision"]
    correct(
        client, person, "dokumen", document, state="diragukan", revision=again, **fields
    )
    document.refresh_from_db()
    assert document.state == "diragukan"


def test_row_of_one_person_is_not_corrected_through_another(client, office, person):
    theirs = GuaranteeFactory(foreigner__office=office)

    response = correct(client, person, "penjamin", theirs, role="Pasangan")

    assert response.status_code == 404


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 40])
def test_form_without_its_revision_changes_nothing(client, person, revision):
    document = TravelDocumentFactory(foreigner=person)

    response = correct(
        client, person, "dokumen", document, kind="paspor", state="hilang",
        revision=revision,
    )  # fmt: skip

    assert response.status_code == 409
    document.refresh_from_db()
    assert document.state == "dipegang"


def test_what_is_added_makes_the_receipts_of_open_cases_stale(client, office, person):
    case = CasePersonFactory(case__office=office, foreigner=person).case

    add(
        client, person, "nama", name="HANNA", source="Paspor",
        noted_on=timezone.localdate().isoformat(),
    )  # fmt: skip

    before = case.revision
    case.refresh_from_db()
    assert case.revision == before + 1
