import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError

from agencies.models import AuditEntry
from documents.models import Document
from documents.tests.factories import NumberPatternFactory
from foreigners.models import Clock, Order
from foreigners.services.ordering import (
    OrderRefused,
    approve_exception,
    draft_order,
    issue_order,
    record_result,
    standing_of,
)
from foreigners.tests.factories import CaseFactory
from foreigners.tests.law import law

pytestmark = pytest.mark.django_db
CHECK = dt.date(2026, 3, 10)


def at(day: dt.date) -> time_machine.travel:
    return time_machine.travel(
        dt.datetime.combine(day, dt.time(3), tzinfo=dt.UTC), tick=False
    )


@pytest.fixture
def case():
    law()
    case = CaseFactory()
    NumberPatternFactory(office=case.office, kind=Document.Kind.ORDER)
    return case


def draft(case, **fields) -> Order:
    fields.setdefault("check_on", CHECK)
    return draft_order(
        case,
        task="Periksa keberadaan dan kegiatan.",
        place="Mes Contoh",
        officers=[case.responsible],
        by=case.responsible,
        **fields,
    )


def test_order_without_exception_never_follows_the_check(case, head):
    order = draft(case)

    with (
        at(CHECK + dt.timedelta(days=1)),
        pytest.raises(OrderRefused, match="10 Maret"),
    ):
        issue_order(order, by=head)

    order.refresh_from_db()
    assert order.issued_on is None
    assert not Document.objects.exists()


def test_database_refuses_an_order_dated_after_its_check(case):
    order = draft(case)

    with pytest.raises(IntegrityError):
        Order.objects.filter(pk=order.pk).update(
            check_on=CHECK, issued_on=CHECK + dt.timedelta(days=1)
        )


def test_exception_waits_for_somebody_else_s_approval(case, head):
    order = draft(case, exception=Order.Exemption.CAUGHT)

    with at(CHECK), pytest.raises(OrderRefused, match="belum disetujui"):
        issue_order(order, by=head)
    with pytest.raises(OrderRefused, match="menyetujui sendiri"):
        approve_exception(order, by=case.responsible)

    assert not Clock.objects.exists()


@pytest.mark.parametrize(
    ("days_after", "standing"),
    [(0, "sebelum"), (1, "menyusul"), (3, "terlambat")],
)
def test_exception_s_order_keeps_how_late_it_came(case, head, days_after, standing):
    order = draft(case, exception=Order.Exemption.CAUGHT)

    with at(CHECK):
        approve_exception(order, by=head)
        assert standing_of(order) == Order.Standing.MISSING
    with at(CHECK + dt.timedelta(days=days_after)):
        issue_order(order, by=head)

    assert standing_of(order) == standing
    assert Clock.objects.get().state == Clock.State.MET


def test_order_is_issued_once_and_its_paper_names_no_person(case, head):
    order = draft(case)
    before = case.revision

    with at(CHECK):
        issue_order(order, by=head)
    with at(CHECK), pytest.raises(OrderRefused, match="sudah terbit"):
        issue_order(Order.objects.get(), by=head)

    paper = case.papers.get().document
    assert (paper.is_guarded, paper.title) == (
        True,
        "Surat perintah pengawasan keimigrasian",
    )
    case.refresh_from_db()
    assert case.revision > before
    assert AuditEntry.objects.filter(verb="foreigners.issue_order").count() == 1


def test_result_is_recorded_once_and_only_after_the_order(case, head):
    order = draft(case)
    with at(CHECK):
        with pytest.raises(OrderRefused, match="setelah surat perintah"):
            record_result(order, result="Nihil.", by=case.responsible)
        issue_order(order, by=head)

        record_result(order, result="Nihil.", by=case.responsible)

        with pytest.raises(OrderRefused, match="sudah dicatat"):
            record_result(order, result="Ada.", by=case.responsible)
    assert Order.objects.get().result == "Nihil."


def test_check_does_not_end_before_it_begins(case):
    with pytest.raises(OrderRefused):
        draft(case, check_until=CHECK - dt.timedelta(days=1))
