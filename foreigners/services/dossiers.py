"""The papers of a case bound into one file, with the cards of its evidence and its steps.

Whoever may open the case may bind it; the file holds persons, so taking it is a reading.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.models import Document, DocumentVersion, Dossier
from documents.services.dossiers import ask, drawn_part, is_current, paper_part
from foreigners.models import Case, CaseEvent
from foreigners.services.evidence_card import card_snapshot, for_card
from timpora.dates import clock_time, local_date, long_date

Json = dict[str, Any]

CARDS = "foreigners/pdf/kartu_barang_bukti.html"
STEPS = "foreigners/pdf/riwayat_langkah.html"
Kind = Document.Kind
# In the order in which a case usually brings them about.
ORDER = (
    Kind.ORDER,
    Kind.EXAMINATION,
    Kind.EVIDENCE,
    Kind.CONFERENCE,
    Kind.MEASURE,
    Kind.SERVICE,
    Kind.OBJECTION,
    Kind.REFERRAL,
)


def key_of(case: Case) -> str:
    return f"kasus:{case.pk}"


def title_of(case: Case) -> str:
    """The number alone: what the file is called names nobody."""
    return _("Kasus %(number)s") % {"number": case.number}


def papers_of(case: Case) -> list[DocumentVersion]:
    """The papers in force, in the order of the file; cards of evidence are drawn anew."""
    versions = (
        DocumentVersion.objects.filter(
            document__case_paper__case=case, superseded_at=None
        )
        .exclude(document__kind=Kind.EVIDENCE_CARD)
        .select_related("document")
        .defer("snapshot")
    )
    return sorted(
        versions,
        key=lambda version: (
            _place(version),
            version.document.dated_on,
            version.document_id,
        ),
    )


def _place(version: DocumentVersion) -> int:
    """Its kind's place in the file; what has none there comes last."""
    kind = version.document.kind
    return ORDER.index(Kind(kind)) if kind in ORDER else len(ORDER)


def parts_of(case: Case, papers: list[DocumentVersion] | None = None) -> list[Json]:
    """Papers that are ready, the card of each thing that was taken, the steps so far."""
    found = papers_of(case) if papers is None else papers
    return [
        *(paper_part(version) for version in found if version.is_ready),
        *_cards(case),
        *_steps(case),
    ]


def _cards(case: Case) -> list[Json]:
    """Every thing as it stands now, whether its card was ever printed or not."""
    cards = [card_snapshot(thing) for thing in for_card(case.evidence.order_by("pk"))]
    if not cards:
        return []
    return [
        drawn_part(
            _("Kartu barang bukti"), CARDS, {"cards": cards}, case.classification
        )
    ]


def _steps(case: Case) -> list[Json]:
    events = case.events.select_related("ground", "by")
    steps = [_step(event, case) for event in events]
    if not steps:
        return []
    return [
        drawn_part(
            _("Tanda terima langkah"), STEPS, {"steps": steps}, case.classification
        )
    ]


def _step(event: CaseEvent, case: Case) -> Json:
    return {
        "title": event.receipt.get("title", event.action),
        "from": str(event.get_from_state_display()),
        "to": str(event.get_to_state_display()),
        "when": _moment(event.at, case.office.time_zone),
        "by": str(event.by) if event.by else _("Demi hukum"),
        "ground": f"{event.ground.article} {event.ground.instrument}".strip()
        if event.ground
        else "",
        "reason": event.reason,
        "sha256": event.receipt_sha256,
    }


def _moment(moment: Any, zone: str) -> str:
    return f"{long_date(local_date(moment, zone))}, {clock_time(moment, zone)}"


def dossier_of(case: Case) -> Dossier | None:
    return Dossier.objects.filter(key=key_of(case)).first()


@transaction.atomic
def ask_for_dossier(case: Case, *, by: User) -> Dossier:
    """Owe the case's dossier; asked for while it exists unchanged, nothing happens."""
    dossier = ask(
        key_of(case), office=case.office, title=title_of(case), parts=parts_of(case)
    )
    if dossier.is_queued and not dossier.attempts:
        record(
            by,
            "foreigners.bind_dossier",
            case,
            office_id=case.office_id,
            parts=len(dossier.parts),
        )
    return dossier


def renewed(
    dossier: Dossier, case: Case, parts: list[Json], *, by: User
) -> Dossier | None:
    """The same if it still binds what the case holds now, else the one owed instead."""
    if is_current(dossier, title_of(case), parts):
        return dossier
    return ask_for_dossier(case, by=by) if parts else None
