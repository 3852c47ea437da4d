import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import UserFactory
from reports.models import Target

pytestmark = pytest.mark.django_db

NEW = reverse("reports:plan_new", args=["target"])


def values(**fields):
    return {
        "year": 2026,
        "measures": 53,
        "set_on": "2026-01-05",
        "ground": "Perjanjian kinerja",
        **fields,
    }


@pytest.fixture
def chief():
    return UserFactory(role=User.Role.CHIEF)


def test_chief_keeps_the_target_of_their_own_office(client, chief):
    client.force_login(chief)

    response = client.post(NEW, values())

    target = Target.objects.get()
    assert response["Location"] == reverse("reports:plan_list", args=["target"])
    assert (target.office_id, target.measures) == (chief.agency_id, 53)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"set_on": "2026-01-05"}, "dengan tanggal ini sudah tercatat"),
        ({"year": 1999}, "lebih besar dari atau sama dengan 2000"),
        ({"measures": -1}, "lebih besar dari atau sama dengan 0"),
        ({"ground": ""}, "tidak boleh kosong"),
    ],
)
def test_target_that_cannot_be_is_refused_in_words(client, chief, fields, sentence):
    Target.objects.create(office=chief.agency.office, **values())
    client.force_login(chief)

    response = client.post(NEW, values(**{"set_on": "2026-02-01", **fields}))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Target.objects.count() == 1


def test_target_of_another_office_is_missing(client, chief):
    other = Target.objects.create(office=UserFactory().agency.office, **values())
    client.force_login(chief)

    response = client.get(reverse("reports:plan_edit", args=["target", other.pk]))

    assert response.status_code == 404


def test_last_target_that_was_set_is_in_force(chief):
    office, today = chief.agency.office, timezone.localdate()
    for measures, day in ((10, "2020-01-05"), (20, "2020-06-05")):
        Target.objects.create(
            office=office, **values(year=2020, measures=measures, set_on=day)
        )

    assert Target.objects.in_force(2020, on=today).measures == 20
    assert Target.objects.in_force(2021, on=today) is None
