"""What the chief looks at: the text that will be locked, then the papers made of it."""

from documents.models import DocumentVersion
from meetings.models import Minutes
from meetings.services.minutes_snapshot import Audience, Json, minutes_snapshot


def frozen_or_live(minutes: Minutes) -> Json:
    """The locked paper's own snapshot; before that, what would be frozen now."""
    if minutes.circulation:
        return minutes.circulation.snapshot
    return minutes_snapshot(minutes, audience=Audience.OFFICE)


def papers_of(minutes: Minutes) -> list[DocumentVersion]:
    """The papers in force: while a correction is on its way, those of the version before."""
    approved: Minutes | None = minutes
    if minutes.is_correction and not minutes.is_locked:
        approved = (
            Minutes.objects.filter(
                meeting=minutes.meeting_id, state=Minutes.State.APPROVED
            )
            .select_related("circulation__document", "restricted__document")
            .first()
        )
    if approved is None:
        return []
    return [paper for paper in (approved.circulation, approved.restricted) if paper]
