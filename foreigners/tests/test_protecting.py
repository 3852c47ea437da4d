import datetime as dt

import pytest

from agencies.models import AuditEntry, User
from agencies.tests.factories import UserFactory
from foreigners.models import Foreigner, MeasureKind, Protection
from foreigners.queries.protection import newest_answers, unasked
from foreigners.services.protecting import (
    AnswersChanged,
    EvidenceMissing,
    GateNotAsked,
    NoteMissing,
    NotTheirsToLower,
    RemovalBlocked,
    asks_placement,
    blocks_removal,
    determine,
    raise_protection,
    refuse_removal,
    refuse_unasked,
)
from foreigners.tests.factories import (
    CasePersonFactory,
    ForeignerFactory,
    answer_gate,
)
from foreigners.tests.files import pdf_file

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


def answer(person, kind, answer, proof=None):
    return determine(
        person.foreigner,
        kind=kind,
        answer=answer,
        note=NOTE,
        answers_read=person.foreigner.protections.count(),
        by=head_of(person),
        proof=proof,
    )


def protect(person, kind, answer, proof=None):
    by = person.case.responsible
    return raise_protection(
        person.foreigner,
        kind=kind,
        answer=answer,
        note=NOTE,
        answers_read=person.foreigner.protections.count(),
        by=by,
        proof=proof,
    )


@pytest.mark.parametrize("note", ["", "   ", "Sudah."])
def test_answer_without_its_ground_is_refused(person, note):
    with pytest.raises(NoteMissing):
        determine(
            person.foreigner,
            kind="tppo",
            answer="tidak",
            note=note,
            answers_read=0,
            by=head_of(person),
        )

    assert not Protection.objects.exists()


@pytest.mark.parametrize("kind", ["tppo", "anak"])
@pytest.mark.parametrize("act", [determine, raise_protection])
def test_nobody_answers_over_an_answer_that_they_have_not_read(person, act, kind):
    theirs = answer(person, "tppo", "ya")

    with pytest.raises(AnswersChanged):
        act(
            person.foreigner,
            kind=kind,
            answer="ya",
            note=NOTE,
            answers_read=0,
            by=head_of(person),
        )

    assert Protection.objects.get() == theirs


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


@pytest.mark.parametrize("stood", ["ya", "diperiksa"])
def test_protection_is_lifted_with_evidence_and_then_the_newest_counts(person, stood):
    answer(person, "tppo", stood)
    with pytest.raises(EvidenceMissing):
        answer(person, "tppo", "tidak")
    assert blocks_removal(person.foreigner)

    answer(person, "tppo", "tidak", proof=pdf_file())

    assert blocks_removal(person.foreigner) is None
    assert person.foreigner.protections.count() == 2


def test_question_that_nothing_stands_on_is_answered_no_without_evidence(person):
    answer(person, "tppo", "tidak")
    answer(person, "tppo", "tidak")

    assert person.foreigner.protections.count() == 2


@pytest.mark.parametrize("given", ["ya", "diperiksa"])
def test_whoever_works_on_the_case_protects_at_once(person, given):
    protect(person, "pengungsi", given)

    assert "menahan pemindahan" in blocks_removal(person.foreigner)
    assert AuditEntry.objects.get().verb == "foreigners.determine_protection"


@pytest.mark.parametrize(
    ("stood", "given"),
    [(None, "tidak"), ("diperiksa", "tidak"), ("ya", "tidak"), ("ya", "diperiksa")],
)
def test_whoever_works_on_the_case_lowers_no_protection(person, stood, given):
    if stood:
        answer(person, "pengungsi", stood)
    before = person.foreigner.protections.count()

    with pytest.raises(NotTheirsToLower):
        protect(person, "pengungsi", given, proof=pdf_file())

    assert person.foreigner.protections.count() == before


def test_claim_that_is_examined_may_be_raised_to_yes(person):
    protect(person, "pengungsi", "diperiksa")
    protect(person, "pengungsi", "ya")

    assert newest_answers(person.foreigner) == {"pengungsi": "ya"}


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
