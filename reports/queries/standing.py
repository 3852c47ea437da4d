"""How an office stands this year: four figures for those who work on content."""

from dataclasses import dataclass

from django.db.models import Count, Q

from agencies.models import User
from meetings.models import FollowUp, Meeting


@dataclass(frozen=True)
class Standing:
    """Meetings held and their approved minutes; duties still open and done."""

    held: int
    approved: int
    open: int
    done: int


def standing_of(user: User, *, year: int) -> Standing | None:
    """The figures of the user's office for a year; nothing for anybody else."""
    if not user.works_on_content:
        return None
    meetings = (
        Meeting.objects.visible_to(user)
        .filter(starts_at__year=year)
        .aggregate(
            held=Count("pk", filter=Q(state__in=Meeting.HELD)),
            approved=Count("pk", filter=Q(state=Meeting.State.APPROVED)),
        )
    )
    duties = FollowUp.objects.visible_to(user).aggregate(
        open=Count("pk", filter=Q(state__in=FollowUp.OPEN)),
        done=Count("pk", filter=Q(state=FollowUp.State.DONE, done_on__year=year)),
    )
    return Standing(**meetings, **duties)
