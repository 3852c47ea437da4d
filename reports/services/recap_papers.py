"""The recap as official papers: the office's own, and the edition for the public."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.models import Classification, Document, DocumentVersion
from documents.services.issuing import correct, issue
from documents.services.snapshots import letterhead_of, signer_for, signer_of
from reports.models import ADVICE, PROBLEMS, Recap, Table
from reports.services.layout import laid_out
from reports.services.publishing import HIDDEN_NOTE, public_edition
from timpora.dates import long_date
from timpora.errors import DomainError

Json = dict[str, Any]

TEMPLATE = "reports/pdf/rekap.html"
PUBLIC_TEMPLATE = "reports/pdf/rekap_publik.html"


class NotFrozen(DomainError):
    pass


class NothingNew(DomainError):
    pass


def issue_recap(recap: Recap, *, by: User) -> DocumentVersion:
    """Number and queue the paper of a recap that is being frozen, signed by ``by``."""
    return issue(
        office=recap.office,
        kind=Document.Kind.RECAP,
        title=title_of(recap),
        dated_on=recap.office.today,
        template=TEMPLATE,
        snapshot=snapshot_of(recap, by=by, corrections=[]),
        by=by,
        classification=Classification.RESTRICTED,
        signers={"signer": signer_for(recap.office, by)},
    )


def title_of(recap: Recap) -> str:
    part = part_of(recap)
    return f"{_('Laporan')} {recap.period.label}" + (f", {part}" if part else "")


def part_of(recap: Recap) -> str:
    """Kecamatan Ciwandan; Tim Kabupaten/Kota; empty for the whole office."""
    parts = []
    if recap.district:
        parts.append(_("Kecamatan %s") % recap.district)
    if recap.level:
        parts.append(_("Tim tingkat %s") % recap.get_level_display())
    return ", ".join(parts)


def snapshot_of(recap: Recap, *, by: User, corrections: list[Json]) -> Json:
    """What the paper says: tables as they are read, and the figures for machines."""
    return frame(recap, by=by) | {
        "tables": [with_text(recap, table) for table in recap.tables],
        "problems": recap.narrative.get(PROBLEMS, ""),
        "advice": recap.narrative.get(ADVICE, ""),
        "corrections": corrections,
        "figures": recap.figures,
    }


def frame(recap: Recap, *, by: User) -> Json:
    office = recap.office
    return {
        "office": letterhead_of(office),
        "signer": signer_of(signer_for(office, by)),
        "issued": {"day": long_date(office.today)},
        "recap": {
            "kind": recap.get_kind_display(),
            "label": recap.period.label,
            "starts": long_date(recap.starts_on),
            "ends": long_date(recap.ends_on),
            "part": part_of(recap),
        },
    }


def with_text(recap: Recap, table: Table) -> Json:
    return laid_out(table) | {"text": recap.narrative.get(table.code.lower(), "")}


def unfinished(recap: Recap) -> QuerySet[DocumentVersion]:
    """Papers of a recap in force that are not drawn: owed, stopped or failed."""
    own = Q(document__recap=recap) | Q(document__published_recap=recap)
    return (
        DocumentVersion.objects.filter(own, superseded_at=None)
        .exclude(state=DocumentVersion.State.READY)
        .select_related("document", "stopped_by")
        .defer("snapshot")
        .order_by("document")
    )


@transaction.atomic
def publish(recap: Recap, *, by: User) -> DocumentVersion:
    """The public edition of a frozen recap; after a correction its next version."""
    if not recap.is_frozen:
        raise NotFrozen(
            _("Bekukan rekap lebih dulu; yang terbit adalah angka yang tetap.")
        )
    edition = public_edition(recap)
    snapshot = frame(recap, by=by) | {
        "tables": [laid_out(table) for table in edition.tables],
        "left_out": edition.left_out,
        "hidden_note": str(HIDDEN_NOTE),
        "of": recap.sha256,
    }
    signers = {"signer": signer_for(recap.office, by)}
    if recap.published is None:
        version = issue(
            office=recap.office,
            kind=Document.Kind.RECAP_PUBLIC,
            title=_("%s, edisi publik") % title_of(recap),
            dated_on=recap.office.today,
            template=PUBLIC_TEMPLATE,
            snapshot=snapshot,
            by=by,
            signers=signers,
        )
        Recap.objects.filter(pk=recap.pk).update(published=version.document)
    elif recap.published.current.snapshot["of"] == recap.sha256:
        raise NothingNew(_("Edisi publik sudah memuat angka yang sekarang."))
    else:
        version = correct(
            recap.published,
            snapshot=snapshot,
            reason=_("Koreksi rekap."),
            by=by,
            template=PUBLIC_TEMPLATE,
            signers=signers,
        )
    record(by, "reports.publish_recap", recap, office_id=recap.office_id)
    return version
