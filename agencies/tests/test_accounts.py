import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from agencies.models import AuditEntry, Notification, User
from agencies.services.accounts import (
    AccountInactive,
    EmailTaken,
    LastAdministrator,
    OwnAccount,
    WrongAgency,
    activate,
    change_account,
    deactivate,
    invite_account,
    password_link,
    send_link_again,
)
from agencies.tests.factories import AgencyFactory, UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "kata-sandi-yang-panjang-7"


@pytest.fixture
def administrator():
    return UserFactory(role=User.Role.ADMINISTRATOR)


def invited(administrator, **fields):
    return invite_account(
        **{
            "email": "Baru@Contoh.example",
            "name": "Orang Baru",
            "role": User.Role.LIAISON,
            "agency": AgencyFactory(keeper=administrator.agency.office),
            "office_id": administrator.office_id,
            "by": administrator,
            **fields,
        }
    )


def set_password(client, link):
    """Follow the link as its owner would; True if a password could be set."""
    path = "/" + link.split("/", 3)[3]
    page = client.get(path, follow=True)
    form = page.context.get("form")
    if form is None:
        return False
    done = client.post(
        page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD}
    )
    return done.status_code == 302


def logs_in(client, email):
    client.post(
        reverse("account_login"), {"login": email, "password": PASSWORD}, follow=True
    )
    return "_auth_user_id" in client.session


def test_invited_person_sets_a_password_once_and_logs_in(client, administrator):
    user = invited(administrator)
    link = re.search(r"http\S+", Notification.objects.get().body)[0]

    first = set_password(client, link)
    second = set_password(client, link)

    assert (first, second) == (True, False)
    assert user.email == "baru@contoh.example"
    assert logs_in(client, "baru@contoh.example")


def test_account_without_a_set_password_opens_nothing(client, administrator):
    user = invited(administrator)

    assert not user.has_usable_password()
    assert not logs_in(client, user.email)


def test_link_dies_after_three_days(client, administrator):
    with time_machine.travel(dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC), tick=False):
        link = password_link(invited(administrator))

    with time_machine.travel(dt.datetime(2026, 3, 6, 8, tzinfo=dt.UTC), tick=False):
        assert not set_password(client, link)


def test_new_link_kills_the_one_before(client, administrator):
    user = invited(administrator)
    old = password_link(user)

    send_link_again(user, office_id=administrator.office_id, by=administrator)

    assert not set_password(client, old)
    assert Notification.objects.count() == 2


def test_link_of_an_account_that_was_closed_meanwhile_is_dead(client, administrator):
    user = invited(administrator)
    link = password_link(user)
    deactivate(user, by=administrator)

    with pytest.raises(AccountInactive):
        send_link_again(user, office_id=administrator.office_id, by=administrator)
    activate(user, by=administrator)

    assert not set_password(client, link)


def test_email_is_taken_in_any_case_of_letters(administrator):
    invited(administrator)

    with pytest.raises(EmailTaken):
        invited(administrator, email="BARU@contoh.example")

    assert User.objects.filter(role="liaison").count() == 1


@pytest.mark.parametrize("role", [r for r in User.Role if r != User.Role.LIAISON])
def test_roles_of_the_office_sit_in_the_office(administrator, role):
    with pytest.raises(WrongAgency):
        invited(administrator, role=role)


def test_liaison_sits_elsewhere(administrator):
    with pytest.raises(WrongAgency):
        invited(administrator, agency=administrator.agency)


def test_nobody_changes_their_own_role_or_closes_their_own_account(administrator):
    with pytest.raises(OwnAccount):
        change_account(
            administrator,
            agency=administrator.agency,
            role=User.Role.CHIEF,
            by=administrator,
        )
    with pytest.raises(OwnAccount):
        deactivate(administrator, by=administrator)

    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == ("administrator", True)


def test_office_keeps_an_administrator(administrator):
    other = UserFactory(agency=administrator.agency, role=User.Role.ADMINISTRATOR)
    deactivate(other, by=administrator)

    with pytest.raises(LastAdministrator):
        deactivate(administrator, by=UserFactory(agency=administrator.agency))


def test_session_of_a_closed_account_ends_with_its_next_request(client, administrator):
    user = invited(administrator)
    client.force_login(user)

    deactivate(user, by=administrator)

    assert client.get(reverse("reports:home")).status_code == 302


def test_change_leaves_a_trace_without_personal_data(administrator):
    user = invited(administrator)

    change_account(
        user,
        agency=user.agency,
        role=User.Role.LIAISON,
        by=administrator,
        phone="0811CANARI",
    )

    entry = AuditEntry.objects.get(verb="accounts.change")
    assert entry.data["changed"] == ["phone"]
    assert "CANARI" not in str(entry.data)


def test_administrator_invites_by_the_page(client, administrator):
    client.force_login(administrator)
    agency = AgencyFactory()
    data = {"email": "x@y.example", "name": "X", "role": "liaison", "agency": agency.pk}

    made = client.post(reverse("agencies:invite"), data)
    again = client.post(reverse("agencies:invite"), data)

    assert (made.status_code, again.status_code) == (302, 422)
    assert "sudah dipakai" in again.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_accounts_need_the_same_queries_for_any_number_of_rows(
    client, administrator, rows, django_assert_num_queries
):
    for _ in range(rows):
        UserFactory(
            liaison=True, agency=AgencyFactory(keeper=administrator.agency.office)
        )
    client.force_login(administrator)
    client.get(reverse("agencies:accounts"))

    with django_assert_num_queries(4):
        response = client.get(reverse("agencies:accounts"))

    assert len(response.context["page"]) == rows + 1


def test_unknown_act_closes_no_account(client, administrator):
    user = invited(administrator)
    client.force_login(administrator)

    response = client.post(reverse("agencies:account_act", args=[user.pk, "apa-saja"]))

    user.refresh_from_db()
    assert (response.status_code, user.is_active) == (404, True)


def test_no_mail_goes_out_before_the_account_stands(administrator):
    invited(administrator)

    assert mail.outbox == []
