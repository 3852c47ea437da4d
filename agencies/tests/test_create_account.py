"""The first account of an office comes from the command line."""

import re

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Agency, AuditEntry, Office, User
from agencies.tests.factories import AgencyFactory, OfficeFactory
from agencies.tests.test_accounts import logs_in, set_password

pytestmark = pytest.mark.django_db

OFFICE = "Kantor Imigrasi Kelas II TPI Cilegon"


def create_account(**options):
    call_command(
        "create_account",
        **{
            "office": OFFICE,
            "city": "Cilegon",
            "role": "administrator",
            "email": "Admin@Kantor.example",
            "name": "Nama Lengkap",
            **options,
        },
    )


def test_unknown_role_is_refused_in_words_and_leaves_nothing():
    with pytest.raises(CommandError, match="Peran “raja” tidak dikenal") as refusal:
        create_account(role="raja")

    assert refusal.value.returncode == 1
    assert not Office.objects.exists()


def test_liaison_belongs_to_another_agency_and_no_office_is_made():
    with pytest.raises(CommandError, match="Penghubung berasal dari instansi lain"):
        create_account(role="liaison")

    assert not Agency.objects.exists()


@pytest.mark.parametrize(
    ("option", "value"), [("email", "bukan surel"), ("name", ""), ("office", "K" * 201)]
)
def test_senseless_value_is_refused_and_its_option_named(option, value):
    with pytest.raises(CommandError, match=f"--{option}: "):
        create_account(**{option: value})

    assert not Office.objects.exists()


def test_second_account_of_the_same_address_is_refused():
    create_account()

    with pytest.raises(CommandError, match="sudah dipakai akun lain"):
        create_account(email="admin@kantor.example", role="chief")

    assert User.objects.get().role == "administrator"


def test_new_office_needs_a_city():
    with pytest.raises(CommandError, match="--city"):
        create_account(city="")

    assert not Agency.objects.exists()


def test_account_and_office_are_made_and_leave_a_trace():
    create_account()

    user = User.objects.get()
    assert (user.email, user.name) == ("admin@kantor.example", "Nama Lengkap")
    assert not user.has_usable_password()
    office = Office.objects.get()
    assert (user.office_id, office.city) == (office.pk, "Cilegon")
    assert (office.agency.name, office.agency.type_id) == (OFFICE, "KANIM")
    assert office.agency.short_name == "Kanim Kelas II TPI Cilegon"
    assert set(AuditEntry.objects.values_list("verb", "office", "actor")) == {
        ("masters.open_office", office.pk, None),
        ("accounts.invite", office.pk, None),
    }


def test_office_that_exists_is_found_by_its_name_in_any_letters():
    office = OfficeFactory(agency__name=OFFICE.upper())

    create_account(city="")

    assert Office.objects.get() == office
    assert User.objects.get().office_id == office.pk


def test_agency_of_the_directory_becomes_an_office():
    agency = AgencyFactory(type__code="KANIM", name=OFFICE)

    create_account()

    assert Office.objects.get().agency == agency


def test_printed_link_sets_the_password_once_and_lets_its_owner_in(client, capsys):
    create_account()
    link = re.search(r"http\S+", capsys.readouterr().out)[0]

    first = set_password(client, link)
    second = set_password(client, link)

    assert (first, second) == (True, False)
    assert logs_in(client, "admin@kantor.example")
