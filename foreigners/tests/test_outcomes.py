"""What came of a case, in one word for the agency that reported it."""

import pytest

from foreigners.models import Case
from foreigners.queries.outcomes import outcome_class
from foreigners.services.stepping import take_step
from foreigners.services.transitions import TRANSITIONS
from foreigners.tests.factories import CaseFactory
from foreigners.tests.ready import REASON, ready_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("reported", "Dalam pemeriksaan"),
        ("verification", "Dalam pemeriksaan"),
        ("examination", "Dalam pemeriksaan"),
        ("conference", "Dalam pemeriksaan"),
        ("reopened", "Dalam pemeriksaan"),
        ("decided", "Tindakan administratif"),
        ("window", "Tindakan administratif"),
        ("objection", "Tindakan administratif"),
        ("execution", "Tindakan administratif"),
        ("prosecution", "Proses pidana"),
        ("protection", "Jalur pelindungan"),
        ("referred", "Dilimpahkan ke instansi lain"),
        ("not_proven", "Tidak terbukti"),
        ("closed", "Selesai"),
    ],
)
def test_case_without_closing_step_is_told_by_its_state(state, word):
    assert outcome_class(CaseFactory(state=state)).label == word


def test_every_state_but_closed_has_its_word():
    found = {outcome_class(Case(state=s)) for s in Case.State if s != "closed"}

    assert found == {
        "open",
        "measure",
        "prosecution",
        "protected",
        "referred",
        "not_proven",
    }


@pytest.mark.parametrize(
    ("action", "word"),
    [
        ("warn", "Selesai dengan teguran"),
        ("objection_annulled", "Tidak terbukti"),
        ("close", "Tindakan administratif"),
        ("close_prosecution", "Proses pidana"),
        ("close_protection", "Jalur pelindungan"),
        ("close_referred", "Dilimpahkan ke instansi lain"),
    ],
)
def test_closed_case_is_told_by_the_step_that_closed_it(action, word):
    ready = ready_for(action)
    row = TRANSITIONS[action]
    take_step(
        ready.case, action, by=ready.people[min(row.roles)], reason=REASON, revision=1
    )

    assert outcome_class(Case.objects.get()).label == word
