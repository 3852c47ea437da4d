import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agencies.models import User
from agencies.tests.factories import UserFactory
from foreigners.models import Clock, ClockRule
from foreigners.services.clocks import start_clock
from foreigners.services.extending import pause
from foreigners.tests.factories import CaseFactory, the_law

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 7, 15)


@pytest.fixture
def case():
    the_law()
    with time_machine.travel(dt.datetime(2026, 7, 15, 5, tzinfo=dt.UTC), tick=False):
        yield CaseFactory()


@pytest.fixture
def head(case, client):
    user = UserFactory(agency=case.office.agency, role=User.Role.SECTION_HEAD)
    client.force_login(user)
    return user


def running(case, due_in, code="verification"):
    clock = start_clock(case, code, on=TODAY)
    Clock.objects.filter(pk=clock.pk).update(due_on=TODAY + dt.timedelta(days=due_in))
    clock.refresh_from_db()
    return clock


def groups(client, **query):
    response = client.get(reverse("foreigners:clocks"), query)
    return {
        group["name"]: [clock.pk for clock in group["clocks"]]
        for group in response.context["groups"]
    }


def test_page_groups_what_is_overdue_this_week_later_and_paused(case, head, client):
    late, today, week, later, still = (
        running(case, days) for days in (-1, 0, 7, 8, -5)
    )
    pause(still, on=TODAY, ground="Menunggu.", by=head)

    assert groups(client) == {
        "late": [late.pk],
        "week": [today.pk, week.pk],
        "later": [later.pk],
        "still": [still.pk],
    }


def test_page_shows_one_officer_s_clocks_when_asked(case, head, client):
    running(CaseFactory(office=case.office), 2)
    own = running(case, 3)

    assert groups(client, petugas=case.responsible.pk) == {"week": [own.pk]}


@pytest.mark.parametrize("wish", ["abc", "999999"])
def test_filter_by_nobody_shows_all(case, head, client, wish):
    clock = running(case, 3)

    assert groups(client, petugas=wish) == {"week": [clock.pk]}


def test_clocks_of_another_office_are_not_there(case, head, client):
    foreign = running(CaseFactory(), 2)

    assert groups(client) == {}
    url = reverse("foreigners:clock", args=[foreign.pk])
    assert client.get(url).status_code == 404


def test_clock_of_a_secret_case_is_not_there_for_an_officer_without_duty(case, client):
    case.classification = "rahasia"
    case.save()
    clock = running(case, 2)
    client.force_login(UserFactory(agency=case.office.agency))

    assert groups(client) == {}
    url = reverse("foreigners:clock", args=[clock.pk])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_page_needs_the_same_queries_for_any_number_of_rows(
    case, head, client, rows, django_assert_num_queries
):
    for _row in range(rows):
        running(CaseFactory(office=case.office), 2)
    groups(client)

    with django_assert_num_queries(6):
        found = groups(client)

    assert len(found["week"]) == rows


def test_basis_stands_line_by_line_with_its_certainty(case, head, client):
    clock = start_clock(case, "objection", on=TODAY)

    page = client.get(reverse("foreigners:clock", args=[clock.pk])).content.decode()

    for line in clock.basis:
        assert line in page
    assert "Terkonfirmasi dari sumber" in page


def act(client, clock, name, **data):
    prefix = {"clock_pause": "pause", "clock_resume": "resume"}.get(name, "extend")
    return client.post(
        reverse(f"foreigners:{name}", args=[clock.pk]),
        {f"{prefix}-{field}": value for field, value in data.items()},
    )


def test_officer_may_not_hold_a_clock(case, client):
    clock = running(case, 2)
    client.force_login(case.responsible)

    response = act(client, clock, "clock_pause", on=TODAY, ground="Menunggu jawaban.")

    assert response.status_code == 403
    assert Clock.objects.get().state == "berjalan"


def test_section_head_may_not_extend(case, head, client):
    clock = running(case, 30, "prevention")

    response = act(client, clock, "clock_extend", on=TODAY, ground="Keputusan Nomor 7")

    assert response.status_code == 403


def test_pause_without_ground_or_in_the_future_comes_back_with_what_was_typed(
    case, head, client
):
    clock = running(case, 2)

    response = act(client, clock, "clock_pause", on="2026-08-01", ground="singkat")

    page = response.content.decode()
    assert response.status_code == 422
    assert "belum tiba" in page
    assert "singkat" in page
    assert not clock.pauses.exists()


def test_pause_that_the_law_does_not_know_is_refused_with_a_sentence(
    case, head, client
):
    clock = running(case, 2, "objection")

    response = act(client, clock, "clock_pause", on=TODAY, ground="Menunggu jawaban.")

    assert response.status_code == 409
    assert "tidak dapat dijeda" in response.content.decode()


def test_clock_is_paused_and_runs_again(case, head, client):
    clock = running(case, 2)

    act(client, clock, "clock_pause", on="2026-07-15", ground="Menunggu jawaban.")
    assert Clock.objects.get().state == "dijeda"
    response = act(client, clock, "clock_resume", on="2026-07-15")

    assert response.status_code == 302
    assert Clock.objects.get().state == "berjalan"


def test_chief_extends_a_prevention(case, client):
    client.force_login(UserFactory(agency=case.office.agency, role=User.Role.CHIEF))
    clock = running(case, 30, "prevention")

    act(client, clock, "clock_extend", on="2026-07-15", ground="Keputusan Nomor 7")

    assert Clock.objects.get().due_on == dt.date(2027, 2, 14)


def test_page_offers_only_what_the_rule_and_the_role_allow(case, head, client):
    ClockRule.objects.update(may_pause=False)
    clock = running(case, 2)

    page = client.get(reverse("foreigners:clock", args=[clock.pk])).content.decode()

    assert "Jeda tenggat" not in page
    assert "Perpanjang" not in page
