"""The two papers of approved minutes: the circulation copy and the restricted annex."""

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, Signer, User
from documents.models import Classification, Document, DocumentVersion
from documents.services.issuing import correct, issue, sign
from documents.services.snapshots import letterhead_of, signer_of
from meetings.models import Minutes
from meetings.services.minutes_snapshot import Audience, Json, minutes_snapshot
from timpora.dates import clock_time, local_date, long_date

CIRCULATION_TEMPLATE = "meetings/pdf/notula.html"
ANNEX_TEMPLATE = "meetings/pdf/notula_terbatas.html"


def issue_papers(
    minutes: Minutes, *, signer: Signer, by: User
) -> tuple[DocumentVersion, DocumentVersion | None]:
    """Freeze, number, sign and queue both; for a correction, their next versions."""
    circulation = _issue_circulation(minutes, signer, by)
    annex = _issue_annex(minutes, signer, by)
    for version in filter(None, (circulation, annex)):
        sign(version, signer, by=by)
    return circulation, annex


def _issue_circulation(minutes: Minutes, signer: Signer, by: User) -> DocumentVersion:
    meeting, before = minutes.meeting, _approved_before(minutes)
    snapshot = _paper_snapshot(minutes, Audience.CIRCULATION, signer)
    readers = Agency.objects.filter(
        invitations__meeting=meeting, invitations__sent_at__isnull=False
    )
    if before and before.circulation:
        return correct(
            before.circulation.document,
            snapshot=snapshot,
            reason=minutes.reason,
            by=by,
            template=CIRCULATION_TEMPLATE,
            readers=readers,
        )
    return issue(
        office=meeting.office,
        kind=Document.Kind.MINUTES,
        title=_("Notula %(meeting)s") % {"meeting": meeting.title},
        dated_on=meeting.office.today,
        template=CIRCULATION_TEMPLATE,
        snapshot=snapshot,
        by=by,
        readers=readers,
    )


def _issue_annex(minutes: Minutes, signer: Signer, by: User) -> DocumentVersion | None:
    """The restricted annex, if there is anything restricted; once issued it is corrected
    even to emptiness, or the old one would stay in force."""
    meeting, before = minutes.meeting, _approved_before(minutes)
    snapshot = _paper_snapshot(minutes, Audience.ANNEX, signer)
    if before and before.restricted:
        document = before.restricted.document
        Document.objects.filter(pk=document.pk).update(
            classification=_annex_classification(minutes)
        )
        document.refresh_from_db()
        return correct(
            document,
            snapshot=snapshot,
            reason=minutes.reason,
            by=by,
            template=ANNEX_TEMPLATE,
        )
    if not snapshot["sections"]:
        return None
    return issue(
        office=meeting.office,
        kind=Document.Kind.MINUTES_RESTRICTED,
        title=_("Lampiran terbatas notula %(meeting)s") % {"meeting": meeting.title},
        dated_on=meeting.office.today,
        template=ANNEX_TEMPLATE,
        snapshot=snapshot,
        by=by,
        classification=_annex_classification(minutes),
    )


def _approved_before(minutes: Minutes) -> Minutes | None:
    return (
        Minutes.objects.filter(
            meeting=minutes.meeting_id,
            state=Minutes.State.APPROVED,
            version__lt=minutes.version,
        )
        .select_related("circulation__document", "restricted__document")
        .first()
    )


def _annex_classification(minutes: Minutes) -> str:
    secret = minutes.entries.filter(classification=Classification.SECRET).exists()
    return Classification.SECRET if secret else Classification.RESTRICTED


def _paper_snapshot(minutes: Minutes, audience: Audience, signer: Signer) -> Json:
    office, now = minutes.meeting.office, timezone.now()
    return {
        **minutes_snapshot(minutes, audience=audience),
        "office": letterhead_of(office),
        "signer": signer_of(signer),
        "approval": {
            "day": long_date(local_date(now, office.time_zone)),
            "time": clock_time(now, office.time_zone),
        },
    }
