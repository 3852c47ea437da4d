import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from agencies.masters import MASTERS
from agencies.models import Agency, AuditEntry, Decree, Holiday, Logo, Office, User
from agencies.queries.overview import gaps_of
from agencies.services.masters import RowChanged, fingerprint, keep_row
from agencies.tests.factories import (
    AgencyFactory,
    DecreeFactory,
    MembershipFactory,
    OfficeFactory,
    RegionFactory,
    SignerFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = UserFactory(role=User.Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def url(name, *args):
    return reverse(f"agencies:{name}", args=args)


def agency_data(**fields):
    return {
        "type": "POLRES",
        "name": "Polres Contoh",
        "short_name": "Polres C",
        "email": "a@b.example",
        **fields,
    }


def office_data(office, **fields):
    names = ("letterhead", "address", "city", "unit_code", "time_zone", "review_days")
    seen = fingerprint(office, OFFICE_FIELDS)
    return {**{n: getattr(office, n) for n in names}, "seen": seen, **fields}


OFFICE_FIELDS = [
    "letterhead", "address", "city", "website", "email", "phone", "unit_code",
    "time_zone", "work_regions", "review_days", "collective_leave_is_free",
    "legal_bases", "data_protection_contact",
]  # fmt: skip


def test_new_agency_is_kept_by_the_administrator_s_office(client, administrator):
    AgencyFactory()

    response = client.post(url("master_new", "instansi"), agency_data())

    made = Agency.objects.get(name="Polres Contoh")
    assert (response.status_code, made.keeper_id) == (302, administrator.office_id)
    assert AuditEntry.objects.get().data["after"]["name"] == "Polres Contoh"


def test_agency_of_another_keeper_is_not_there(client, administrator):
    foreign = AgencyFactory(keeper=UserFactory().agency.office)

    response = client.post(url("master_edit", "instansi", foreign.pk), agency_data())

    assert response.status_code == 404
    assert Agency.objects.get(pk=foreign.pk).name == foreign.name


@pytest.mark.parametrize("pk", ["abc", "999999"])
def test_key_of_nothing_is_not_found(client, administrator, pk):
    assert client.get(url("master_edit", "instansi", pk)).status_code == 404


def test_unknown_kind_is_not_found(client, administrator):
    assert client.get(url("master_list", "rahasia")).status_code == 404


def test_stale_form_gets_both_texts_and_changes_nothing(client, administrator):
    agency = AgencyFactory(keeper=administrator.agency.office)
    page = client.get(url("master_edit", "instansi", agency.pk))
    seen = page.context["form"].initial["seen"]
    Agency.objects.filter(pk=agency.pk).update(name="Disimpan orang lain")

    response = client.post(
        url("master_edit", "instansi", agency.pk), agency_data(seen=seen)
    )

    text = response.content.decode()
    assert response.status_code == 409
    assert "Disimpan orang lain" in text
    assert "Polres Contoh" in text
    assert Agency.objects.get(pk=agency.pk).name == "Disimpan orang lain"


def test_two_who_read_the_same_state_do_not_both_save(administrator):
    agency = AgencyFactory(keeper=administrator.agency.office)
    seen = fingerprint(agency, ["name"])
    keep_row(agency, values={"name": "Pertama"}, seen=seen, by=administrator)

    with pytest.raises(RowChanged):
        keep_row(agency, values={"name": "Kedua"}, seen=seen, by=administrator)

    assert Agency.objects.get(pk=agency.pk).name == "Pertama"


def test_decree_that_ends_before_it_starts_is_refused_with_what_was_typed(
    client, administrator
):
    team = TeamFactory(office=administrator.agency.office)

    response = client.post(
        url("master_new", "sk"),
        {
            "team": team.pk,
            "number": "SK-CONTOH-9",
            "signed_on": "2026-01-02",
            "valid_from": "2026-01-02",
            "valid_to": "2025-01-02",
        },
    )

    assert response.status_code == 422
    assert "SK-CONTOH-9" in response.content.decode()
    assert not Decree.objects.exists()


def test_team_of_another_office_is_no_choice(client, administrator):
    foreign = TeamFactory()

    response = client.post(
        url("master_new", "sk"),
        {
            "team": foreign.pk,
            "number": "1",
            "signed_on": "2026-01-02",
            "valid_from": "2026-01-02",
            "valid_to": "2027-01-02",
        },
    )

    assert response.status_code == 422
    assert not Decree.objects.exists()


def test_nip_has_eighteen_digits(client, administrator):
    response = client.post(
        url("master_new", "penanda-tangan"),
        {"name": "A", "post": "Kepala", "nip": "123"},
    )

    assert response.status_code == 422
    assert "18 angka" in response.content.decode()


def test_holiday_is_added_once_and_removed_with_a_trace(client, administrator):
    data = {"date": "2026-12-24", "name": "Cuti", "kind": "cuti_bersama"}
    made = client.post(url("master_new", "hari-libur"), data)
    again = client.post(url("master_new", "hari-libur"), data)
    day = Holiday.objects.get(date=dt.date(2026, 12, 24))

    client.post(url("master_remove", "hari-libur", day.pk))

    assert (made.status_code, again.status_code) == (302, 422)
    assert not Holiday.objects.exists()
    assert AuditEntry.objects.first().verb == "masters.remove"


def test_agency_cannot_be_removed(client, administrator):
    agency = AgencyFactory(keeper=administrator.agency.office)

    response = client.post(url("master_remove", "instansi", agency.pk))

    assert response.status_code == 404
    assert Agency.objects.filter(pk=agency.pk).exists()


def logo(format="PNG"):
    made = BytesIO()
    Image.new("RGB", (900, 900), "navy").save(made, format)
    return made.getvalue()


def test_logo_is_made_anew_and_small(client, administrator):
    office = administrator.agency.office

    client.post(
        url("office"),
        office_data(office, logo_file=SimpleUploadedFile("a.svg", logo("JPEG"))),
    )

    office = Office.objects.get(pk=office.pk)
    with Image.open(BytesIO(bytes(office.logo.png))) as picture:
        assert (picture.format, picture.size) == ("PNG", (400, 400))


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html>",
        logo()[:200],
        b"\x89PNG" + bytes(3 * 1024 * 1024),
    ],
    ids=["svg", "html", "truncated", "too large"],
)
def test_what_is_no_logo_is_refused(client, administrator, content):
    office = administrator.agency.office

    response = client.post(
        url("office"),
        office_data(office, logo_file=SimpleUploadedFile("logo.png", content)),
    )

    assert response.status_code == 422
    assert Office.objects.get(pk=office.pk).logo is None


def test_office_without_anything_is_told_what_is_missing(administrator):
    office = administrator.agency.office
    AgencyFactory(keeper=office, email="")
    DecreeFactory(
        team=TeamFactory(office=office, name="Tim A"), valid_to=dt.date(2025, 12, 31)
    )

    gaps = " ".join(gaps_of(office.pk))

    for word in ("penanda tangan", "sudah berakhir", "surel", "Hari libur", "Petugas"):
        assert word in gaps


def fill(kind, office, rows):
    for number in range(rows):
        match kind:
            case "instansi":
                AgencyFactory(keeper=office)
            case "nama-terdahulu":
                AgencyFactory(keeper=office).names.create(
                    name="A", short_name="A", valid_to=dt.date(2020, 1, 1)
                )
            case "tim":
                TeamFactory(office=office)
            case "sk":
                DecreeFactory(team=TeamFactory(office=office))
            case "keanggotaan":
                MembershipFactory(team=TeamFactory(office=office))
            case "penanda-tangan":
                SignerFactory(office=office)
            case "hari-libur":
                day = dt.date(2026, 5, number + 1)
                Holiday.objects.create(date=day, name="A", kind="libur_nasional")
            case "wilayah":
                RegionFactory(code=f"36.7{number}")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("kind", MASTERS)
def test_each_list_needs_the_same_queries_for_any_number_of_rows(
    client, administrator, kind, rows, django_assert_max_num_queries
):
    fill(kind, administrator.agency.office, rows)
    client.get(url("master_list", kind))

    with django_assert_max_num_queries(4):
        response = client.get(url("master_list", kind))

    assert len(response.context["rows"]) == rows


def test_team_stands_with_its_own_decrees_and_members_only(client, administrator):
    office = administrator.agency.office
    team = TeamFactory(office=office)
    decree = DecreeFactory(team=team)
    seat = MembershipFactory(team=team)
    other = DecreeFactory(team=TeamFactory(office=office))

    page = client.get(url("master_edit", "tim", team.pk)).content.decode()

    assert decree.number in page
    assert str(seat.agency) in page
    assert f"{url('master_new', 'sk')}?team={team.pk}" in page
    assert url("master_edit", "sk", other.pk) not in page


def test_new_decree_begins_with_the_team_one_came_from(client, administrator):
    team = TeamFactory(office=administrator.agency.office)

    form = client.get(url("master_new", "sk"), {"team": team.pk}).context["form"]

    assert form["team"].value() == str(team.pk)


def test_logo_is_shown_to_the_administrator_of_its_own_office(client, administrator):
    own = Logo.objects.create(png=b"milik sendiri")
    Office.objects.filter(pk=administrator.office_id).update(logo=own)
    OfficeFactory(logo=Logo.objects.create(png=b"milik kantor lain"))

    response = client.get(url("logo"))

    assert (response["Content-Type"], response.content) == (
        "image/png",
        b"milik sendiri",
    )


def test_dates_in_lists_are_written_as_in_letters(client, administrator):
    decree = DecreeFactory(
        team__office=administrator.agency.office, valid_to=dt.date(2027, 12, 31)
    )

    page = client.get(url("master_list", "sk")).content.decode()

    assert decree.number in page
    assert "31 Desember 2027" in page
