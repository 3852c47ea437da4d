import datetime as dt

import pytest

from agencies.models import AuditEntry, User
from agencies.tests.factories import UserFactory
from foreigners.models import Foreigner, MeasureKind, Protection
from foreigners.queries.protection import unasked
from foreigners.services.protecting import (
    GateNotAsked,
    NoteMissing,
    RemovalBlocked,
    asks_placement,
    blocks_removal,
    determine,
    refuse_removal,
    refuse_unasked,
)
from foreigners.tests.factories import (
    CasePersonFactory,
    ForeignerFactory,
    answer_gate,
)

pytestmark = pytest.mark.django_db

NOTE = "Wawancara pada 3 Maret dan surat dokter."
ADULT = 1985


@pytest.fixture
def person():
    return CasePersonFactory(foreigner__birth_year=ADULT)


def head_of(person):
    return UserFactory(
        agency=person.foreigner.office.agency, role=User.Role.SECTION_HEAD
    )


def answer(person, kind, answer):
    return determine(
        person.foreigner, kind=kind, answer=answer, note=NOTE, by=head_of(person)
    )


@pytest.mark.parametrize("note", ["", "   ", "Sudah."])
def test_answer_without_its_ground_is_refused(person, note):
    with pytest.raises(NoteMissing):
        determine(
            person.foreigner, kind="tppo", answer="tidak", note=note, by=head_of(person)
        )

    assert not Protection.objects.exists()


def test_not_asked_is_not_no(person):
    answer(person, "tppo", "tidak")

    with pytest.raises(GateNotAsked, match="Pengungsi"):
        refuse_unasked(person.foreigner)

    assert Protection.Kind.TRAFFICKING not in unasked(person.foreigner)


def test_gate_that_was_asked_in_full_lets_pass(person):
    answer_gate(person.foreigner)

    refuse_unasked(person.foreigner)
    refuse_removal(person.foreigner)


@pytest.mark.parametrize("kind", ["tppo", "pengungsi"])
@pytest.mark.parametrize("given", ["ya", "diperiksa"])
def test_victim_or_refugee_is_not_removed_while_it_is_so_or_being_examined(
    person, kind, given
):
    answer_gate(person.foreigner)
    answer(person, kind, given)

    with pytest.raises(RemovalBlocked):
        refuse_removal(person.foreigner)


def test_newest_answer_counts(person):
    answer(person, "tppo", "ya")
    answer(person, "tppo", "tidak")

    assert blocks_removal(person.foreigner) is None


@pytest.mark.parametrize("kind", ["anak", "sakit", "hamil", "keluarga"])
def test_other_facts_do_not_block_a_removal(person, kind):
    answer(person, kind, "ya")

    assert blocks_removal(person.foreigner) is None


def test_open_identity_blocks_a_removal():
    person = ForeignerFactory(identity=Foreigner.Identity.OPEN)

    assert "identitasnya belum dipastikan" in blocks_removal(person)


def test_sentence_for_the_office_does_not_tell_the_fact(person):
    answer(person, "tppo", "ya")

    sentence = blocks_removal(person.foreigner)

    assert "perdagangan" not in sentence.lower()
    assert person.foreigner.name not in sentence


@pytest.mark.parametrize(
    ("detains", "birth_year", "kind", "asks"),
    [
        (True, 1985, None, False),
        (True, 1985, "keluarga", False),
        (True, 1985, "sakit", True),
        (True, 1985, "hamil", True),
        (True, 1985, "anak", True),
        (True, 2010, None, True),
        (True, 2008, None, True),
        (True, None, None, True),
        (False, 2010, "sakit", False),
    ],
)
def test_detention_of_a_child_or_the_sick_asks_why_not_elsewhere(
    detains, birth_year, kind, asks
):
    person = CasePersonFactory(foreigner__birth_year=birth_year)
    if kind:
        answer(person, kind, "ya")

    found = asks_placement(
        person.foreigner, MeasureKind(detains=detains), on=dt.date(2026, 7, 1)
    )

    assert found is asks


def test_answer_makes_receipts_of_every_case_of_the_person_stale(person):
    second = CasePersonFactory(foreigner=person.foreigner)
    other = CasePersonFactory()

    answer(person, "tppo", "ya")

    for row, revision in ((person, 2), (second, 2), (other, 1)):
        row.case.refresh_from_db()
        assert row.case.revision == revision


def test_audit_tells_that_a_question_was_answered_and_not_which(person):
    protection = answer(person, "sakit", "ya")

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.data, entry.reason) == (
        "foreigners.determine_protection",
        {"protection": protection.pk},
        "",
    )
