"""What of their cases waits for an officer, the section head and the chief."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foreigners.models import Case, Measure
from foreigners.tests.ready import (
    TODAY,
    clock,
    office_people,
    ready_for,
    referral,
)
from reports.queries.home_cases import (
    cases_for_the_section_head,
    cases_to_decide,
    cases_to_go_on_with,
    clocks_running_out,
)

pytestmark = pytest.mark.django_db


def acts(duties):
    return [duty.act for duty in duties]


@pytest.mark.parametrize(
    ("state", "act"),
    [
        ("reported", "Siapkan surat perintah dan mulai verifikasi"),
        ("verification", "Periksa lapangan dan catat hasilnya"),
        ("examination", "Selesaikan BAP"),
        ("decided", "Sampaikan keputusan"),
        ("execution", "Laksanakan keputusan dan catat buktinya"),
        ("window", None),
        ("closed", None),
    ],
)
def test_officer_is_told_what_comes_next_in_their_own_cases(state, act):
    ready = ready_for("start_verification")
    Case.objects.update(state=state)

    assert acts(cases_to_go_on_with(ready.officer)) == ([act] if act else [])
    assert acts(cases_to_go_on_with(ready.people["section_head"])) == []


def test_assigned_officer_is_told_as_well():
    ready = ready_for("start_verification")
    ready.case.assigned.add(ready.people["section_head"])

    assert len(acts(cases_to_go_on_with(ready.people["section_head"]))) == 1


@pytest.mark.parametrize(
    ("days", "state", "told"),
    [
        (-1, "terlambat", [True]),
        (-1, "berjalan", [True]),
        (3, "berjalan", [False]),
        (4, "berjalan", []),
        (1, "dijeda", []),
    ],
)
def test_clock_is_told_three_days_before_it_runs_out(days, state, told):
    ready = ready_for("examine")
    clock(ready, "spdp", due_on=TODAY() + dt.timedelta(days=days), state=state)

    found = [duty.is_overdue for duty in clocks_running_out(ready.officer)]

    assert found == told
    assert list(clocks_running_out(ready.chief)) == []


@pytest.mark.parametrize(
    ("action", "act"),
    [
        ("warn", "Selesaikan dengan teguran"),
        ("convene", "Bawa ke gelar kasus"),
        ("close", "Tutup kasus yang selesai dilaksanakan"),
        ("close_prosecution", "Tutup kasus yang perkaranya selesai"),
        ("close_protection", "Pastikan penyerahan dan tutup kasus"),
        (
            "close_referred",
            "Tutup atau tangani kasus yang dijawab instansi tujuan",
        ),
    ],
)
def test_section_head_is_told_of_steps_that_only_they_take(action, act):
    ready = ready_for(action)

    assert acts(cases_for_the_section_head(ready.people["section_head"])) == [act]


@pytest.mark.parametrize(
    ("action", "spoil"),
    [
        ("warn", lambda r: r.case.warnings.all().delete()),
        ("convene", lambda r: r.case.conferences.all().delete()),
        (
            "close",
            lambda r: Measure.objects.update(
                execution="", executed_on=None, execution_proof=None
            ),
        ),
        ("close_prosecution", lambda r: r.case.prosecutions.update(stage="sidang")),
        ("close_referred", lambda r: referral(r, "dikirim")),
    ],
)
def test_section_head_is_not_told_before_it_is_time(action, spoil):
    ready = ready_for(action)
    spoil(ready)

    assert acts(cases_for_the_section_head(ready.people["section_head"])) == []


def test_chief_is_told_of_conferences_that_are_over():
    ready = ready_for("decide_tak")
    other = ready_for("convene", "conference")
    Case.objects.update(state="conference", office=ready.office)

    found = [duty.url for duty in cases_to_decide(ready.chief)]

    assert found == [ready.case.get_absolute_url()]
    assert other.case.conferences.filter(state="convened").exists()


def test_secret_case_is_told_to_nobody_who_may_not_open_it(client):
    ready = ready_for("start_verification")
    Case.objects.update(
        classification="rahasia",
        title="Kata rahasia",
        responsible=ready.people["section_head"],
    )
    client.force_login(ready.officer)

    assert "Kata rahasia" not in client.get(reverse("reports:home")).content.decode()


def test_duties_stand_on_the_home_page(client):
    ready = ready_for("decide_tak")
    client.force_login(ready.chief)

    page = client.get(reverse("reports:home")).content.decode()

    assert "Putuskan hasil gelar kasus" in page
    assert ready.case.number in page


def add_cases(office, people):
    ready = ready_for("convene")
    clock(ready, "spdp", due_on=TODAY())
    ready_for("decide_tak")
    Case.objects.update(office=office, responsible=people["officer"])


@pytest.mark.parametrize("role", ["officer", "section_head", "chief"])
def test_home_needs_the_same_queries_for_any_number_of_cases(client, role):
    office, people = office_people()
    client.force_login(people[role])
    counts = []
    for _row in range(3):
        add_cases(office, people)
        client.get(reverse("reports:home"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reports:home"))
        counts.append(len(queries))

    assert len(set(counts)) == 1
