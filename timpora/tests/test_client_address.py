"""Whose address the throttles and the audit see, with and without a proxy in front."""

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import AuditEntry
from agencies.tests.factories import AgencyFactory, UserFactory

pytestmark = pytest.mark.django_db


def address_kept(**headers):
    """The address of the audit line that an act leaves."""
    administrator = UserFactory(role="administrator")
    client = Client(headers=headers)
    client.force_login(administrator)
    client.post(
        reverse("agencies:invite"),
        {
            "email": "x@y.example",
            "name": "X",
            "role": "liaison",
            "agency": AgencyFactory().pk,
        },
        REMOTE_ADDR="10.1.1.1",
    )
    return AuditEntry.objects.get().address


def test_nobody_names_their_own_address_where_no_proxy_stands():
    assert address_kept(x_forwarded_for="203.0.113.7") == "10.1.1.1"


@pytest.mark.parametrize(
    ("forwarded", "kept"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("2001:DB8::7", "2001:db8::7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("bukan alamat", "10.1.1.1"),
        ("", "10.1.1.1"),
    ],
)
def test_behind_a_proxy_the_address_that_it_saw_counts(settings, forwarded, kept):
    settings.BEHIND_PROXY = True

    assert address_kept(x_forwarded_for=forwarded) == kept


def test_each_address_behind_the_proxy_has_tries_of_its_own(settings):
    settings.BEHIND_PROXY = True

    def ask(address):
        return Client(headers={"x-forwarded-for": address}).get(
            reverse("documents:verify_code", args=["KELIRU"])
        )

    answers = [ask("203.0.113.7").status_code for _try in range(40)]

    assert answers[-1] == 429
    assert ask("203.0.113.8").status_code == 404


def test_monitor_on_the_machine_is_not_sent_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get(reverse("health")).status_code in {200, 503}
    assert client.get(reverse("account_login")).status_code == 301
