"""The papers of one meeting bound into one file, each reader's own."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.models import Classification, Document, DocumentVersion, Dossier
from documents.services.dossiers import ask, drawn_part, is_current, paper_part
from meetings.models import Meeting, Minutes, Photo
from meetings.services.attendance_papers import FILLED

Json = dict[str, Any]

PICTURES = "meetings/pdf/dokumentasi.html"
Kind = Document.Kind
# In the order of the file: what was asked for, who came, what was said, what was done.
ORDER = (
    Kind.INVITATION,
    Kind.ATTENDANCE,
    Kind.MINUTES,
    Kind.MINUTES_RESTRICTED,
    Kind.OPERATION,
)


def key_of(meeting: Meeting, user: User) -> str:
    """The office has one, each agency its own: nobody gets the other's."""
    reader = "kantor" if user.is_immigration else str(user.agency_id)
    return f"rapat:{meeting.pk}:{reader}"


def title_of(meeting: Meeting) -> str:
    return f"{meeting.title}, {meeting.day:%d-%m-%Y}"


def papers_for(user: User, meeting: Meeting) -> list[DocumentVersion]:
    """What the reader may read of the meeting's papers, in force, in the file's order."""
    visible = Document.objects.visible_to(user).filter(_of(meeting))
    versions = (
        DocumentVersion.objects.filter(document__in=visible, superseded_at=None)
        .select_related("document")
        .defer("snapshot")
    )
    return sorted(
        versions,
        key=lambda version: (
            _place(version),
            version.document_id,
        ),
    )


def _place(version: DocumentVersion) -> int:
    """Its kind's place in the file; what has none there comes last."""
    kind = version.document.kind
    return ORDER.index(Kind(kind)) if kind in ORDER else len(ORDER)


def _of(meeting: Meeting) -> Q:
    approved = Minutes.objects.filter(meeting=meeting, state=Minutes.State.APPROVED)
    return (
        Q(pk__in=meeting.invitations.values("letter"))
        | Q(pk__in=meeting.attendance_sheets.filter(kind=FILLED).values("document"))
        | Q(pk__in=approved.values("circulation__document"))
        | Q(pk__in=approved.values("restricted__document"))
        | Q(operation__meeting=meeting)
    )


def parts_for(
    user: User, meeting: Meeting, papers: list[DocumentVersion] | None = None
) -> list[Json]:
    """The parts that are ready; one that is still drawn comes in when it is."""
    found = papers_for(user, meeting) if papers is None else papers
    ready = [version for version in found if version.is_ready]
    bodies = {
        invitation.letter_id: invitation.agency.name_on(meeting.day)
        for invitation in meeting.invitations.select_related("agency").prefetch_related(
            "agency__names"
        )
    }
    reports = [one for one in ready if one.document.kind == Kind.OPERATION]
    return [
        *(_part(one, bodies) for one in ready if one not in reports),
        *_pictures(user, meeting, ready),
        *(_part(one, bodies) for one in reports),
    ]


def _part(version: DocumentVersion, bodies: dict[int | None, str]) -> Json:
    if version.document.kind != Kind.INVITATION:
        return paper_part(version)
    return paper_part(
        version,
        group=str(Kind.INVITATION.label),
        title=_("Undangan kepada %s") % bodies.get(version.document_id, ""),
    )


def _pictures(user: User, meeting: Meeting, ready: list[DocumentVersion]) -> list[Json]:
    """The photo pages, unless the minutes bound in end with the same photos."""
    photos = Photo.objects.visible_to(user).filter(meeting=meeting)
    rows = [{"upload": one.upload_id, "caption": one.caption} for one in photos]
    if not rows or any(one.document.kind == Kind.MINUTES for one in ready):
        return []
    facts = {"photos": rows}
    return [drawn_part(_("Dokumentasi"), PICTURES, facts, Classification.OPEN)]


def dossier_of(meeting: Meeting, user: User) -> Dossier | None:
    found: QuerySet[Dossier] = Dossier.objects.filter(key=key_of(meeting, user))
    return found.first()


@transaction.atomic
def ask_for_dossier(meeting: Meeting, *, by: User) -> Dossier:
    """Owe the reader's dossier; asked for while it exists unchanged, nothing happens."""
    dossier = ask(
        key_of(meeting, by),
        office=meeting.office,
        title=title_of(meeting),
        parts=parts_for(by, meeting),
    )
    if dossier.is_queued and not dossier.attempts:
        record(
            by,
            "meetings.bind_dossier",
            meeting,
            office_id=meeting.office_id,
            parts=len(dossier.parts),
        )
    return dossier


def renewed(
    dossier: Dossier, meeting: Meeting, parts: list[Json], *, by: User
) -> Dossier | None:
    """The same if it still binds what may be read now, else the one owed instead."""
    if is_current(dossier, title_of(meeting), parts):
        return dossier
    return ask_for_dossier(meeting, by=by) if parts else None
