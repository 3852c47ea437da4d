"""The surat perintah before a field check, or one of the three exceptions of art. 30."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.models import Document
from documents.services.snapshots import letterhead_of, signer_for, signer_of
from foreigners.models import Case, Clock, Ground, Order
from foreigners.queries.law import in_force
from foreigners.services.casefile import (
    issue_case_paper,
    refuse_if_ended,
    touch,
)
from foreigners.services.clocks import meet, start_clock
from timpora.dates import day_and_date, local_date, long_date
from timpora.errors import DomainError

TEMPLATE = "foreigners/pdf/surat_perintah.html"
AFTER_EXCEPTION = "order_after_exception"


class OrderRefused(DomainError):
    pass


class ResultRecorded(OrderRefused):
    """Somebody wrote down what the check found first; their words stay."""


@transaction.atomic
def draft_order(
    case: Case,
    *,
    task: str,
    place: str,
    check_on: dt.date,
    officers: Iterable[User],
    by: User,
    check_until: dt.date | None = None,
    exception: str = "",
) -> Order:
    """An order that waits for its signature, or an exception that waits for approval."""
    refuse_if_ended(case)
    if check_until is not None and check_until < check_on:
        raise OrderRefused(_("Hari akhir pemeriksaan mendahului hari pertamanya."))
    order = Order.objects.create(
        case=case,
        exception=exception,
        task=task,
        place=place,
        check_on=check_on,
        check_until=check_until,
        created_by=by,
    )
    order.officers.set(officers)
    touch(case)
    record(
        by,
        "foreigners.draft_order",
        case,
        office_id=case.office_id,
        order=order.pk,
        exception=exception,
    )
    return order


@transaction.atomic
def approve_exception(order: Order, *, by: User) -> None:
    """Art. 30(4): reported first, approved, then checked. From the check runs one day.

    Refused for an order without exception, and for one that its own maker approves.
    """
    if not order.exception:
        raise OrderRefused(_("Pemeriksaan ini memakai surat perintah biasa."))
    if order.created_by_id == by.pk:
        raise OrderRefused(_("Yang mengajukan tidak dapat menyetujui sendiri."))
    approved = Order.objects.filter(pk=order.pk, approver=None).update(
        approver=by, approved_at=timezone.now()
    )
    if not approved:
        raise OrderRefused(_("Pengecualian ini sudah disetujui."))
    order.refresh_from_db()
    if order.issued_on is None:
        start_clock(order.case, AFTER_EXCEPTION, on=order.check_on, order=order)
    touch(order.case)
    record(
        by,
        "foreigners.approve_exception",
        order.case,
        office_id=order.case.office_id,
        order=order.pk,
    )


@transaction.atomic
def issue_order(order: Order, *, by: User) -> None:
    """Sign the order under the next number. Without exception never after the check.

    An exception's order may follow; how late it came stays with it for ever.
    """
    case = order.case
    refuse_if_ended(case)
    today = case.office.today
    if not order.exception and today > order.check_on:
        raise OrderRefused(
            _(
                "Surat perintah tidak dapat terbit sesudah hari pemeriksaan "
                "(%(day)s). Buat surat perintah dengan tanggal pemeriksaan baru."
            )
            % {"day": long_date(order.check_on)}
        )
    if order.exception and order.approver_id is None:
        raise OrderRefused(_("Pengecualian ini belum disetujui atasan."))
    if not Order.objects.filter(pk=order.pk, issued_on=None).exists():
        raise OrderRefused(_("Surat perintah ini sudah terbit."))
    version = issue_case_paper(
        case,
        kind=Document.Kind.ORDER,
        title=_("Surat perintah pengawasan keimigrasian"),
        dated_on=today,
        template=TEMPLATE,
        snapshot=order_snapshot(order, by=by, on=today),
        by=by,
        signer=signer_for(case.office, by),
    )
    won = Order.objects.filter(pk=order.pk, issued_on=None).update(
        issued_on=today, signed_by=by, version=version
    )
    if not won:
        raise OrderRefused(_("Surat perintah ini baru saja terbit."))
    order.refresh_from_db()
    for clock in order.clocks.filter(ended_on=None):
        meet(clock, on=today)
    touch(case)
    record(
        by,
        "foreigners.issue_order",
        case,
        office_id=case.office_id,
        order=order.pk,
        number=version.document.number,
        standing=standing_of(order),
    )


@transaction.atomic
def record_result(order: Order, *, result: str, by: User) -> None:
    """What the check found, nihil included; written once, by who is on the order."""
    if not (order.issued_on or order.approver_id):
        raise OrderRefused(
            _(
                "Hasil dicatat setelah surat perintah terbit atau pengecualian disetujui."
            )
        )
    if order.check_on > order.case.office.today:
        raise OrderRefused(_("Hari pemeriksaan belum tiba."))
    written = Order.objects.filter(pk=order.pk, result_at=None).update(
        result=result, result_at=timezone.now(), result_by=by
    )
    if not written:
        raise ResultRecorded(_("Hasil pemeriksaan ini sudah dicatat."))
    order.refresh_from_db()
    touch(order.case)
    record(
        by,
        "foreigners.record_result",
        order.case,
        office_id=order.case.office_id,
        order=order.pk,
    )


def standing_of(order: Order) -> Order.Standing:
    """How the order stands to the check: before, within the limit, late, or missing.

    The limit is that of the clock that started with the approved exception.
    """
    if order.issued_on is None:
        return Order.Standing.MISSING
    if order.issued_on <= order.check_on:
        return Order.Standing.BEFORE
    clock = next(iter(order.clocks.all()), None)
    limit = clock.due_on if isinstance(clock, Clock) else order.check_on
    return Order.Standing.WITHIN if order.issued_on <= limit else Order.Standing.LATE


def order_snapshot(order: Order, *, by: User, on: dt.date) -> dict[str, Any]:
    """What the order says; the case appears by its number, no person by name."""
    office = order.case.office
    code = "exception" if order.exception else "order"
    ground = in_force(Ground, code, on=order.check_on)
    until = order.check_until
    return {
        "office": letterhead_of(office),
        "signer": signer_of(signer_for(office, by)),
        "day": long_date(on),
        "case_number": order.case.number,
        "grounds": [
            *(line for line in office.legal_bases.splitlines() if line.strip()),
            f"{ground.article} {ground.instrument}",
        ],
        "exception": order.get_exception_display() if order.exception else "",
        "approval": {
            "by": order.approver.name,
            "day": long_date(local_date(order.approved_at, office.time_zone)),
        }
        if order.approver and order.approved_at
        else None,
        "officers": [
            {
                "name": officer.name,
                "rank": officer.rank,
                "nip": officer.nip,
                "post": officer.post,
            }
            for officer in order.officers.order_by("name")
        ],
        "task": order.task,
        "place": order.place,
        "check": day_and_date(order.check_on),
        "check_until": day_and_date(until) if until else "",
    }
