"""Two agencies that differ: both stay, the office says which holds, a later one reopens."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from agencies.models import AuditEntry
from agencies.tests.factories import AgencyFactory
from foreigners.models import Settlement, Statement
from foreigners.queries.persons import conflicts_in
from foreigners.tests.factories import ForeignerFactory, StatementFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 2)
REASON = "Kontrak kerjanya dilihat langsung."


@pytest.fixture
def person(officer):
    return ForeignerFactory(office=officer.agency.office, name="ANNA CONTOH")


@pytest.fixture
def agencies():
    return AgencyFactory.create_batch(2)


def say(person, agency, value, day=1, **fields):
    return StatementFactory(
        foreigner=person,
        agency=agency,
        value=value,
        stated_on=dt.date(2026, 2, day),
        **fields,
    )


def conflicts(person):
    return conflicts_in(person.statements.all(), person.settlements.all(), on=TODAY)


def settle(client, person, kept, seen=None, subject="pekerjaan", **fields):
    """As a page sends it that showed ``seen``; without it, one that was just opened."""
    url = reverse("foreigners:settle_statements", args=[person.pk, subject])
    if seen is None:
        shown = [one for one in conflicts(person) if one.subject == subject]
        seen = [one for conflict in shown for one in conflict.statements]
    pks = [statement.pk for statement in seen]
    return client.post(url, {"kept": kept.pk, "reason": REASON, "seen": pks} | fields)


def test_two_agencies_that_differ_are_a_conflict_with_both_words(person, agencies):
    one = say(person, agencies[0], "Teknisi")
    other = say(person, agencies[1], "Direktur")

    (conflict,) = conflicts(person)

    assert (conflict.statements, conflict.is_open) == ([one, other], True)


@pytest.mark.parametrize("value", ["Teknisi", "teknisi", "  TEKNISI  "])
def test_the_same_word_in_another_spelling_is_no_conflict(person, agencies, value):
    say(person, agencies[0], "Teknisi")
    say(person, agencies[1], value)

    assert conflicts(person) == []


def test_one_agency_that_changes_its_word_is_no_conflict(person, agencies):
    say(person, agencies[0], "Teknisi", 1)
    say(person, agencies[0], "Direktur", 2)

    assert conflicts(person) == []


def test_what_has_ended_is_no_conflict(person, agencies):
    say(person, agencies[0], "Teknisi", until=dt.date(2026, 3, 1))
    say(person, agencies[1], "Direktur")

    assert conflicts(person) == []


def test_words_on_different_subjects_are_no_conflict(person, agencies):
    say(person, agencies[0], "Teknisi")
    say(person, agencies[1], "Kawin", subject=Statement.Subject.MARRIAGE)

    assert conflicts(person) == []


@pytest.mark.parametrize(
    "fields", [{"reason": ""}, {"reason": "ya"}, {"reason": "Anna Contoh begitu."}]
)
def test_conflict_is_not_settled_without_a_reason(client, person, agencies, fields):
    kept = say(person, agencies[0], "Teknisi")
    say(person, agencies[1], "Direktur")

    response = settle(client, person, kept, **fields)

    assert response.status_code == 422
    assert not Settlement.objects.exists()


def test_statement_of_another_person_or_subject_settles_nothing(
    client, person, agencies
):
    say(person, agencies[0], "Teknisi")
    say(person, agencies[1], "Direktur")
    married = say(person, agencies[1], "Kawin", subject=Statement.Subject.MARRIAGE)
    stranger = StatementFactory()

    for wrong in (married, stranger):
        assert settle(client, person, wrong).status_code == 422
    assert not Settlement.objects.exists()


def test_settled_conflict_keeps_every_statement_as_it_was(
    client, officer, person, agencies
):
    kept = say(person, agencies[0], "Teknisi")
    say(person, agencies[1], "Direktur")
    before = list(Statement.objects.order_by("pk").values())

    settle(client, person, kept)

    (conflict,) = conflicts(person)
    assert (conflict.is_open, conflict.settlement.kept) == (False, kept)
    assert conflict.settlement.settled_by == officer
    assert list(Statement.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.get(verb="foreigners.settle").data == {
        "about": "pekerjaan",
        "kept": kept.pk,
    }


def test_later_statement_that_differs_opens_it_again(client, person, agencies):
    kept = say(person, agencies[0], "Teknisi")
    say(person, agencies[1], "Direktur")
    settle(client, person, kept)

    say(person, agencies[1], "Komisaris", 5)

    (conflict,) = conflicts(person)
    assert conflict.is_open
    assert conflict.settlement.kept == kept


def test_later_statement_that_agrees_opens_nothing(client, person, agencies):
    kept = say(person, agencies[0], "Teknisi")
    say(person, agencies[1], "Direktur")
    settle(client, person, kept)

    say(person, AgencyFactory(), "teknisi", 5)

    assert not conflicts(person)[0].is_open


@pytest.mark.parametrize("whose", ["of one of the two", "of a third"])
def test_statement_that_came_while_the_page_was_read_is_read_before_settling(
    client, person, agencies, whose
):
    seen = [say(person, agencies[0], "Teknisi"), say(person, agencies[1], "Direktur")]
    agency = agencies[1] if whose == "of one of the two" else AgencyFactory()
    say(person, agency, "KXKOMISARIS", 5)

    refused = settle(client, person, seen[0], seen=seen)

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Keterangannya berubah sejak halaman ini dibuka" in page
    assert page.count("KXKOMISARIS") == 2
    assert f">{REASON}</textarea>" in page
    assert not Settlement.objects.exists()
    assert not AuditEntry.objects.filter(verb="foreigners.settle").exists()

    again = {
        "kept": seen[0].pk,
        "reason": REASON,
        "seen": re.findall(r'name="seen" value="(\d+)"', page),
    }
    url = reverse("foreigners:settle_statements", args=[person.pk, "pekerjaan"])
    assert client.post(url, again).status_code == 302
    assert not conflicts(person)[0].is_open


def test_statement_that_ended_while_the_page_was_read_takes_the_conflict_away(
    client, person, agencies
):
    seen = [say(person, agencies[0], "Teknisi"), say(person, agencies[1], "Direktur")]
    Statement.objects.filter(pk=seen[1].pk).update(until=dt.date(2026, 2, 1))

    refused = settle(client, person, seen[0], seen=seen)

    assert refused.status_code == 409
    assert REASON in refused.content.decode()
    assert not Settlement.objects.exists()


def test_conflict_that_another_officer_settled_meanwhile_stays_as_they_settled_it(
    client, person, agencies
):
    seen = [say(person, agencies[0], "Teknisi"), say(person, agencies[1], "Direktur")]
    settle(client, person, seen[1], reason="Akta perusahaannya dilihat.")

    refused = settle(client, person, seen[0], seen=seen)

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Akta perusahaannya dilihat." in page
    assert REASON in page
    assert Settlement.objects.get().kept == seen[1]


def test_statement_that_was_not_on_the_page_cannot_be_the_one_that_holds(
    client, person, agencies
):
    earlier = say(person, agencies[0], "Magang", 1)
    seen = [
        say(person, agencies[0], "Teknisi", 2),
        say(person, agencies[1], "Direktur"),
    ]

    assert settle(client, person, earlier, seen=seen).status_code == 409
    assert settle(client, person, seen[0], seen=[]).status_code == 422
    assert settle(client, person, seen[0], seen=[StatementFactory()]).status_code == 422
    assert not Settlement.objects.exists()


def test_statement_that_comes_in_by_a_merge_opens_it_whatever_its_number(
    client, person, agencies
):
    brought = say(ForeignerFactory(office=person.office), AgencyFactory(), "Komisaris")
    kept = say(person, agencies[0], "Teknisi")
    say(person, agencies[1], "Direktur")
    settle(client, person, kept)

    Statement.objects.filter(pk=brought.pk).update(foreigner=person)

    (conflict,) = conflicts(person)
    assert conflict.is_open


def test_conflict_stands_side_by_side_on_the_page(client, person, agencies):
    say(person, agencies[0], "KXTEKNISI")
    say(person, agencies[1], "KXDIREKTUR")

    page = client.get(person.get_absolute_url()).content.decode()

    assert page.count("KXTEKNISI") == page.count("KXDIREKTUR") == 2
    assert "keterangan instansi berbeda" in page
