"""The frame of every page: logging in, staying in, the second factor, refusals."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "kata-sandi-yang-panjang-7"
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def user():
    officer = UserFactory()
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def log_in(client, user, password=PASSWORD):
    return client.post(
        reverse("account_login"), {"login": user.email, "password": password}
    )


def set_up_second_factor(client):
    """As its owner would: the password once more, the key, the code it gives now."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    client.post(reverse("mfa_activate_totp"), {"code": current_code(form.secret)})


def is_logged_in(client):
    return client.get(reverse("reports:home")).status_code == 200


def code_of(user):
    secret = TOTP(user.authenticator_set.get(type="totp")).instance.data["secret"]
    return current_code(secret)


def current_code(secret):
    counter = int(timezone.now().timestamp()) // 30
    return format_hotp_value(hotp_value(secret, counter))


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    ],
)
def test_entrance_is_in_indonesian_and_in_our_frame(client, name):
    page = client.get(reverse(name)).content.decode()

    assert '<html lang="id">' in page
    assert "timpora.css" in page
    assert not re.search(r"\b(Sign|Password|Email address|Forgot|Confirm)\b", page)


@pytest.mark.parametrize(
    "name",
    [
        "account_logout",
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "usersessions_list",
    ],
)
def test_account_pages_are_in_indonesian_and_in_our_frame(client, user, name):
    log_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    page = client.get(reverse(name)).content.decode()

    assert "Menu utama" in page
    assert not re.search(r"\b(Sign|Password|Authenticator App|Sessions|Code)\b", page)


def test_wrong_password_is_refused_and_keeps_the_address(client, user):
    response = log_in(client, user, "bukan-kata-sandinya")

    assert user.email in response.content.decode()
    assert not is_logged_in(client)


def test_guessing_passwords_is_throttled(client, user):
    for _attempt in range(5):
        log_in(client, user, "bukan-kata-sandinya")

    log_in(client, user)

    assert not is_logged_in(client)


def test_login_does_not_lead_elsewhere(client, user):
    response = client.post(
        reverse("account_login"),
        {"login": user.email, "password": PASSWORD, "next": "https://jahat.example/"},
    )

    assert response["Location"] == reverse("reports:home")


def test_forgotten_password_is_set_by_a_link_that_came_by_mail(client, user):
    client.post(reverse("account_reset_password"), {"email": user.email})
    (letter,) = mail.outbox
    path = re.search(r"http://[^/]+(/\S+)", letter.body)[1]
    page = client.get(path, follow=True)

    client.post(
        page.request["PATH_INFO"],
        {
            "password1": "kata-sandi-lain-yang-baru",
            "password2": "kata-sandi-lain-yang-baru",
        },
    )

    assert letter.subject == "Buat kata sandi TIMPORA"
    assert log_in(client, user).status_code == 200
    assert log_in(client, user, "kata-sandi-lain-yang-baru").status_code == 302


def test_forgotten_password_tells_nobody_who_has_an_account(client, user):
    known = client.post(reverse("account_reset_password"), {"email": user.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "x@y.example"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_nobody_signs_up(client):
    response = client.post(
        reverse("account_signup"),
        {"email": "x@y.example", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert not User.objects.exists()
    assert "undangan" in response.content.decode()


@pytest.mark.parametrize(
    ("away", "stays"),
    [(dt.timedelta(minutes=29), True), (dt.timedelta(minutes=31), False)],
)
def test_idle_session_ends_and_leads_back(client, user, away, stays):
    address = reverse("meetings:list") + "?q=cilegon"
    with time_machine.travel(NOON, tick=False) as clock:
        log_in(client, user)
        client.get(address)
        clock.shift(away)
        response = client.get(address)

    assert (response.status_code == 200) is stays
    if not stays:
        assert response["Location"].startswith(reverse("account_login"))
        assert "lama=1" in response["Location"]
        assert "%2Frapat%2F%3Fq%3Dcilegon" in response["Location"]


def test_page_that_refreshes_itself_keeps_no_session_alive(client, user):
    with time_machine.travel(NOON, tick=False) as clock:
        log_in(client, user)
        client.get(reverse("reports:home"))
        for _minute in range(31):
            clock.shift(60)
            client.get(reverse("reports:home"), headers={"X-Poll": "1"})

        assert not is_logged_in(client)


def test_session_ends_after_twelve_hours_of_use(client, user):
    with time_machine.travel(NOON, tick=False) as clock:
        log_in(client, user)
        for _step in range(12 * 3 + 1):
            assert is_logged_in(client)
            clock.shift(20 * 60)

        assert not is_logged_in(client)


def test_live_part_of_an_ended_session_sends_the_whole_page_to_the_login(client, user):
    with time_machine.travel(NOON, tick=False) as clock:
        log_in(client, user)
        client.get(reverse("reports:home"))
        clock.shift(3600)
        response = client.get(
            reverse("meetings:list"),
            headers={
                "HX-Request": "true",
                "HX-Current-URL": "http://testserver/kalender/",
            },
        )

    assert "next=%2Fkalender%2F" in response["HX-Redirect"]


def test_second_factor_is_set_up_and_then_asked_for(client, user):
    log_in(client, user)
    set_up_second_factor(client)

    again = Client()
    asked = log_in(again, user)
    before = is_logged_in(again)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        again.post(reverse("mfa_authenticate"), {"code": code_of(user)})
        after = is_logged_in(again)

    assert asked["Location"] == reverse("mfa_authenticate")
    assert (before, after) == (False, True)


def test_wrong_code_opens_nothing(client, user):
    log_in(client, user)
    set_up_second_factor(client)
    again = Client()
    log_in(again, user)

    again.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert not is_logged_in(again)


def test_installation_may_require_the_second_factor_of_immigration(
    client, user, settings
):
    settings.REQUIRE_MFA = True
    log_in(client, user)

    refused = client.get(reverse("meetings:list"))
    set_up_second_factor(client)

    assert refused["Location"] == reverse("mfa_activate_totp")
    assert is_logged_in(client)


def test_liaison_is_not_asked_for_a_second_factor(client, settings):
    settings.REQUIRE_MFA = True
    client.force_login(UserFactory(liaison=True))

    assert is_logged_in(client)


def test_other_devices_are_listed_and_ended(client, user):
    log_in(client, user)
    other = Client(headers={"User-Agent": "Ponsel lama"})
    log_in(other, user)

    page = client.get(reverse("usersessions_list")).content.decode()
    client.post(reverse("usersessions_list"))

    assert "Ponsel lama" in page
    assert (is_logged_in(client), is_logged_in(other)) == (True, False)


def test_changed_password_ends_the_other_sessions(client, user):
    log_in(client, user)
    other = Client()
    log_in(other, user)

    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "kata-sandi-lain-yang-baru",
            "password2": "kata-sandi-lain-yang-baru",
        },
    )

    assert (is_logged_in(client), is_logged_in(other)) == (True, False)


def test_short_password_is_refused_in_words(client, user):
    log_in(client, user)

    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "pendek", "password2": "pendek"},
    )

    assert "12" in response.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_missing_page_says_so_in_our_frame(client, user):
    log_in(client, user)

    response = client.get("/tidak-ada/")

    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.content.decode()


def test_refusal_says_so_in_our_frame(client, user):
    log_in(client, user)

    response = client.get(reverse("agencies:accounts"))

    assert response.status_code == 403
    assert "bukan wewenang" in response.content.decode()


def test_form_from_a_stale_page_is_refused_in_words(user):
    client = Client(enforce_csrf_checks=True)

    response = log_in(client, user)

    assert response.status_code == 403
    assert "kedaluwarsa" in response.content.decode()


def test_pages_carry_the_headers_that_keep_others_out(client, user):
    log_in(client, user)

    headers = client.get(reverse("reports:home")).headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    # The finding card asks for the phone's place, on a tap; no other site may.
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
