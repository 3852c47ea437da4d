import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEntry, Region
from agencies.tests.factories import AgencyFactory, UserFactory
from foreigners.models import Finding, Reading
from foreigners.services.triage import write_ground
from foreigners.tests.factories import (
    FindingFactory,
    FindingPersonFactory,
    ForeignerFactory,
    proof,
)

pytestmark = pytest.mark.django_db

LIST = reverse("foreigners:findings")


@pytest.fixture
def finding():
    return FindingFactory()


@pytest.fixture
def officer(finding, client):
    user = UserFactory(agency=finding.office.agency)
    client.force_login(user)
    return user


def listed(client, **query):
    return [row for row, _status in client.get(LIST, query).context["rows"]]


def test_list_of_a_liaison_ends_at_the_agency(client, finding):
    FindingFactory(office=finding.office)
    client.force_login(finding.created_by)

    assert listed(client) == [finding]


def test_administrator_has_no_list(client, finding):
    client.force_login(UserFactory(agency=finding.office.agency, role="administrator"))

    assert client.get(LIST).status_code == 403


def test_list_is_filtered_by_the_address(client, finding, officer):
    district = Region.objects.create(
        code="36.72.08", name="Citangkil", level="kecamatan"
    )
    village = Region.objects.create(
        code="36.72.08.1001", name="Warnasari", level="kelurahan_desa", parent=district
    )
    other = FindingFactory(
        office=finding.office,
        state="outside",
        region=village,
        activity="Kenari bernyanyi",
        reported_on=timezone.localdate() - timezone.timedelta(days=40),
    )
    long_ago = (timezone.localdate() - timezone.timedelta(days=30)).isoformat()

    assert listed(client) == [other, finding]
    for query in (
        {"state": "outside"},
        {"region": "36.72.08"},
        {"reporter": other.reporter_id},
        {"until": long_ago},
        {"q": "kenari"},
        {"q": other.number},
    ):
        assert listed(client, **query) == [other]
    assert listed(client, since=long_ago) == [finding]
    assert listed(client, region="99.99") == [other, finding]


def test_search_by_a_person_finds_what_may_be_read_alone(client, finding, officer):
    FindingPersonFactory(finding=finding, name="CONTOH KENARI")
    Finding.objects.update(persons="Kenari Kedua")

    assert listed(client, q="kenari") == []
    write_ground(finding, ground="Bekerja tanpa izin.", by=officer)
    assert listed(client, q="kenari") == [finding]


def test_auditor_lists_numbers_and_finds_no_word(client, finding):
    Finding.objects.update(activity="KENARI", place="KENARI")
    client.force_login(UserFactory(agency=finding.office.agency, role="auditor"))

    page = client.get(LIST)

    assert finding.number in page.content.decode()
    assert "KENARI" not in page.content.decode()
    assert listed(client, q="kenari") == []
    assert "region" not in page.context["filter"].form.fields
    detail = client.get(finding.get_absolute_url()).content.decode()
    assert finding.number in detail
    assert "KENARI" not in detail


@pytest.mark.parametrize("who", ["officer", "liaison", "auditor"])
@pytest.mark.parametrize("rows", [1, 3])
def test_list_needs_the_same_queries_for_any_number_of_rows(
    client, who, rows, django_assert_max_num_queries
):
    agency = AgencyFactory()
    finding = FindingFactory(reporter=agency)
    for _number in range(rows - 1):
        FindingFactory(office=finding.office, reporter=agency)
    user = UserFactory(liaison=True, agency=agency)
    if who != "liaison":
        user = UserFactory(agency=finding.office.agency, role=who)
    client.force_login(user)
    client.get(LIST)

    with django_assert_max_num_queries(7):
        assert len(listed(client)) == rows


def test_page_before_the_ground_shows_no_name_number_or_file(client, finding, officer):
    FindingPersonFactory(finding=finding, name="CONTOH KENARI", number="ZZ00A0001")
    Finding.objects.update(persons="KENARI KEDUA")
    finding.files.add(proof())

    page = client.get(finding.get_absolute_url()).content.decode()

    for word in ("KENARI", "Z••••001", "bukti.pdf"):
        assert word not in page
    assert "Dibuka setelah Kepala Seksi menulis dasar dugaan." in page
    assert not AuditEntry.objects.filter(
        verb="foreigners.open_finding_persons"
    ).exists()


def test_opening_the_persons_is_noted_and_is_a_reading_of_whoever_is_known(
    client, finding, officer
):
    person = FindingPersonFactory(finding=finding, name="CONTOH KENARI")
    person.foreigner = ForeignerFactory(office=finding.office)
    person.save()
    write_ground(finding, ground="Bekerja tanpa izin.", by=officer)

    page = client.get(finding.get_absolute_url()).content.decode()

    assert "CONTOH KENARI" in page
    entry = AuditEntry.objects.get(verb="foreigners.open_finding_persons")
    assert "CONTOH" not in str(entry.data)
    reading = Reading.objects.get()
    assert (reading.foreigner, reading.reader) == (person.foreigner, officer)


def test_person_is_linked_with_the_register_of_the_office_alone(
    client, finding, officer
):
    write_ground(finding, ground="Bekerja tanpa izin.", by=officer)
    person = FindingPersonFactory(finding=finding)
    url = reverse("foreigners:finding_person_link", args=[finding.pk, person.pk])
    elsewhere, here = ForeignerFactory(), ForeignerFactory(office=finding.office)

    for wrong in (str(elsewhere), "OA-0", "'; --", ""):
        client.post(url, {"foreigner": wrong})
        person.refresh_from_db()
        assert person.foreigner is None
    client.post(url, {"foreigner": f"oa-{here.pk}"})

    person.refresh_from_db()
    assert person.foreigner == here


def test_page_title_and_address_name_nobody(client, finding, officer):
    Finding.objects.update(place="KENARI")

    page = client.get(finding.get_absolute_url()).content.decode()

    title = page.split("<title>")[1].split("</title>")[0]
    assert title == "Temuan · TIMPORA"
    assert finding.get_absolute_url() == f"/temuan/{finding.pk}/"
