"""Two officers on one conflict, one question or one thing at the same moment: the second
reads what the first has done, and nothing is written over it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import timezone

from agencies.tests.factories import UserFactory
from foreigners.models import Custody, Evidence, Protection, Settlement, Statement
from foreigners.services.custody import CustodyRefused, hand_over
from foreigners.services.protecting import AnswersChanged, determine
from foreigners.services.settling import StatementsChanged, settle
from foreigners.tests.factories import (
    CaseFactory,
    ForeignerFactory,
    StatementFactory,
)
from timpora.tests.threads import database_in_a_file, in_own_connection

pytestmark = pytest.mark.slow


@pytest.fixture
def officers(transactional_db):
    first = UserFactory()
    return [first, *UserFactory.create_batch(3, agency=first.agency)]


def at_once(tmp_path, act, officers, count):
    """What each was answered, and how much there is of it then."""
    with database_in_a_file(tmp_path), ThreadPoolExecutor(len(officers)) as clicks:
        answers = list(
            clicks.map(lambda nth: in_own_connection(act, nth), range(len(officers)))
        )
        found = clicks.submit(in_own_connection, count).result()
    return sorted(answers), found


def test_conflict_is_settled_by_one_of_them(officers, tmp_path):
    person = ForeignerFactory(office=officers[0].agency.office)
    said = [StatementFactory(foreigner=person, value=f"Jabatan {n}") for n in range(4)]

    def act(nth):
        seen = list(Statement.objects.filter(foreigner=person))
        try:
            settle(
                person,
                kept=said[nth],
                seen=seen,
                reason="Kontrak kerjanya dilihat.",
                by=officers[nth],
            )
        except StatementsChanged:
            return "refused"
        return "done"

    assert at_once(tmp_path, act, officers, Settlement.objects.count) == (
        ["done", "refused", "refused", "refused"],
        1,
    )


def test_question_of_the_gate_is_answered_by_one_of_them(officers, tmp_path):
    person = ForeignerFactory(office=officers[0].agency.office)

    def act(nth):
        try:
            determine(
                person,
                kind="tppo",
                answer="ya" if nth else "tidak",
                note="Ditanyakan langsung.",
                answers_read=0,
                by=officers[nth],
            )
        except AnswersChanged:
            return "refused"
        return "done"

    assert at_once(tmp_path, act, officers, Protection.objects.count) == (
        ["done", "refused", "refused", "refused"],
        1,
    )


def test_thing_is_handed_to_one_of_them(officers, tmp_path):
    holder = UserFactory(agency=officers[0].agency)
    case = CaseFactory(office=holder.agency.office, responsible=holder)
    evidence = Evidence.objects.create(
        case=case,
        number="BB-01",
        description="Paspor",
        taken_from="Orang Contoh",
        taken_at=timezone.now(),
        place="Mes",
        holder=holder,
        received_by=holder,
    )

    def act(nth):
        try:
            hand_over(
                Evidence.objects.get(pk=evidence.pk),
                taker=officers[nth],
                purpose="Diperiksa.",
                by=holder,
            )
        except CustodyRefused:
            return "refused"
        return "done"

    assert at_once(tmp_path, act, officers, Custody.objects.count) == (
        ["done", "refused", "refused", "refused"],
        1,
    )
