"""The kartu barang bukti: what the thing is, its hash, and through whose hands it went."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from documents.models import Document, DocumentVersion
from documents.services.issuing import correct
from documents.services.snapshots import letterhead_of
from foreigners.models import Custody, Evidence
from foreigners.services.casefile import issue_case_paper
from timpora.dates import clock_time, day_and_date, local_date, long_date

TEMPLATE = "foreigners/pdf/kartu_barang.html"
# Of the snapshot, what tells no change of the thing: its paper, and the nightly hashing.
PASSING = {"document", "checked"}


@transaction.atomic
def issue_card(evidence: Evidence, *, by: User) -> DocumentVersion:
    """The card as the thing stands now; unchanged, the one that exists is the answer.

    A card that says less than the chain becomes a version that was replaced.
    """
    # The no-op UPDATE takes the row lock: a second click finds the card of the first.
    Evidence.objects.filter(pk=evidence.pk).update(number=evidence.number)
    evidence = for_card(Evidence.objects.all()).get(pk=evidence.pk)
    snapshot = card_snapshot(evidence)
    if evidence.card is None:
        version = issue_case_paper(
            evidence.case,
            kind=Document.Kind.EVIDENCE_CARD,
            title=_("Kartu barang bukti"),
            dated_on=evidence.case.office.today,
            template=TEMPLATE,
            snapshot=snapshot,
            by=by,
            numbered=False,
        )
        Evidence.objects.filter(pk=evidence.pk).update(card=version.document)
        return version
    latest = evidence.card.current
    if lasting(latest.snapshot) == lasting(snapshot):
        return latest
    return correct(
        evidence.card,
        snapshot=snapshot,
        reason=_("Keadaan atau rantai penguasaan barang berubah."),
        by=by,
        template=TEMPLATE,
    )


def for_card(things: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """With all that a card says of them."""
    return things.select_related(
        "case__office__agency",
        "received_by",
        "holder",
        "card",
        "order__version__document",
    ).prefetch_related("custody__giver", "custody__taker")


def is_outdated(evidence: Evidence) -> bool:
    """The newest card no longer says how the thing stands."""
    if evidence.card is None:
        return False
    now = card_snapshot(for_card(Evidence.objects.all()).get(pk=evidence.pk))
    return lasting(evidence.card.current.snapshot) != lasting(now)


def lasting(snapshot: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in snapshot.items() if key not in PASSING}


def card_snapshot(evidence: Evidence) -> dict[str, Any]:
    case, office = evidence.case, evidence.case.office
    zone, now = office.time_zone, timezone.now()
    order = evidence.order.version if evidence.order else None
    kept = evidence.state == Evidence.State.KEPT
    return {
        "office": letterhead_of(office),
        "case_number": case.number,
        "evidence": {
            "number": evidence.number,
            "description": evidence.description,
            "taken_from": evidence.taken_from,
            "taken": moment(evidence.taken_at, zone),
            "place": evidence.place,
            "order": order.document.number if order else "",
            "received_by": evidence.received_by.name,
            "received": moment(evidence.created_at, zone),
            "state": str(evidence.get_state_display()),
            "holder": evidence.holder.name if kept else "",
            "sha256": evidence.sha256,
            "broken": long_date(local_date(evidence.broken_at, zone))
            if evidence.broken_at
            else "",
        },
        "checked": moment(evidence.checked_at, zone) if evidence.checked_at else "",
        "chain": [
            link(number, row, zone, now)
            for number, row in enumerate(evidence.custody.all(), 1)
        ],
    }


def link(number: int, row: Custody, zone: str, now: dt.datetime) -> dict[str, Any]:
    return {
        "number": number,
        "giver": row.giver.name,
        "taker": row.taker.name if row.taker else row.taker_text,
        "purpose": row.purpose,
        "given": moment(row.given_at, zone),
        "taken": moment(row.taken_at, zone) if row.taken_at else "",
        "refused": row.refused_reason,
        "is_gap": row.is_gap(now),
    }


def moment(at: dt.datetime, zone: str) -> str:
    """Rabu, 23 Juli 2025 09.00 WIB"""
    return f"{day_and_date(local_date(at, zone))} {clock_time(at, zone)}"
