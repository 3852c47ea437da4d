"""Fifty who want a number at the same moment: each gets one, and none is left out."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from agencies.models import AuditEntry
from agencies.tests.factories import UserFactory
from documents.models import NumberRegister, TakenNumber
from documents.services.numbering import NumberAlreadyVoid, take_number, void_number
from documents.tests.factories import NumberPatternFactory
from timpora.tests.threads import database_in_a_file, in_own_connection

pytestmark = pytest.mark.slow

TAKERS = 50
# Enough to meet; a server has a hundred connections for all tests that run at once.
SOME = 12
NEW_YEAR_EVE = dt.date(2026, 12, 31)
NEW_YEAR = dt.date(2027, 1, 1)


class PaperFailed(Exception):
    pass


def take(office, day):
    return take_number(office, "undangan", on=day).serial


def take_and_fail(office, day):
    """The paper that the number was for fails in the same transaction."""
    try:
        with transaction.atomic():
            take_number(office, "undangan", on=day)
            raise PaperFailed
    except PaperFailed:
        pass


def void(pk, officer):
    number = TakenNumber.objects.select_related("register").get(pk=pk)
    try:
        void_number(number, reason="Salah alamat.", by=officer)
    except NumberAlreadyVoid:
        return False
    return True


def registers():
    taken = TakenNumber.objects.order_by("register__year", "serial")
    return {
        "last": dict(NumberRegister.objects.values_list("year", "last")),
        "taken": list(taken.values_list("register__year", "serial")),
        "void": list(
            taken.exclude(voided_at=None).values_list("register__year", "serial")
        ),
        "audited": AuditEntry.objects.filter(verb="documents.void_number").count(),
    }


def all_at_once(folder, tasks, *, hands=SOME):
    """What each task answered, and the registers afterwards."""
    with database_in_a_file(folder), ThreadPoolExecutor(hands) as crowd:
        waiting = [crowd.submit(in_own_connection, *task) for task in tasks]
        answers = [task.result() for task in waiting]
        return answers, crowd.submit(in_own_connection, registers).result()


def test_fifty_takers_get_fifty_numbers_of_a_register_that_none_has_opened(
    transactional_db, tmp_path
):
    office = NumberPatternFactory().office

    serials, found = all_at_once(
        tmp_path, [(take, office, NEW_YEAR)] * TAKERS, hands=TAKERS
    )

    assert sorted(serials) == list(range(1, TAKERS + 1))
    assert found["last"] == {2027: TAKERS}
    assert found["taken"] == [(2027, serial) for serial in range(1, TAKERS + 1)]


def test_papers_that_fail_among_others_leave_no_gap(transactional_db, tmp_path):
    office = NumberPatternFactory().office

    serials, found = all_at_once(
        tmp_path,
        [
            (take_and_fail if taker % 3 == 0 else take, office, NEW_YEAR)
            for taker in range(TAKERS)
        ],
    )

    taken = sorted(serial for serial in serials if serial)
    assert taken == list(range(1, len(taken) + 1))
    assert found["last"] == {2027: len(taken)}


def test_offices_and_years_count_for_themselves_at_midnight(transactional_db, tmp_path):
    office, other = (NumberPatternFactory().office for _office in range(2))
    each = TAKERS // 4

    serials, _found = all_at_once(
        tmp_path,
        [
            (take, where, day)
            for _taker in range(each)
            for where in (office, other)
            for day in (NEW_YEAR_EVE, NEW_YEAR)
        ],
    )

    assert sorted(serials) == sorted(list(range(1, each + 1)) * 4)


def test_number_voided_by_many_at_once_is_void_once_and_never_taken_again(
    transactional_db, tmp_path
):
    office = NumberPatternFactory().office
    officer = UserFactory(agency=office.agency)
    number = take_number(office, "undangan", on=NEW_YEAR_EVE)

    answers, found = all_at_once(
        tmp_path,
        [(void, number.pk, officer)] * 10
        + [(take, office, NEW_YEAR_EVE), (take, office, NEW_YEAR)] * 5,
    )

    assert sorted(answers[:10]) == [False] * 9 + [True]
    assert sorted(answers[10::2]) == [2, 3, 4, 5, 6]
    assert sorted(answers[11::2]) == [1, 2, 3, 4, 5]
    assert found["void"] == [(2026, 1)]
    assert found["audited"] == 1
