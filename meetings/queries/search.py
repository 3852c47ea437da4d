"""One search over meetings, entries and follow-ups; each answers from ``visible_to``."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.models import Region, User
from meetings.models import Entry, FollowUp, Meeting, Minutes

SHORTEST = 3
MOST = 20


@dataclass(frozen=True)
class Found:
    """At most ``MOST`` rows of each kind, newest first."""

    meetings: QuerySet[Meeting]
    entries: QuerySet[Entry]
    follow_ups: QuerySet[FollowUp]

    @property
    def is_empty(self) -> bool:
        return not (self.meetings or self.entries or self.follow_ups)


def search(text: str, *, user: User) -> Found:
    """What the person may see that contains ``text``; regions also by their aliases."""
    regions = Region.objects.matching(text)
    meetings = Meeting.objects.visible_to(user).filter(
        Q(title__icontains=text)
        | Q(theme__icontains=text)
        | Q(venue__icontains=text)
        | Q(
            pk__in=Meeting.scope_regions.through.objects.filter(
                region__in=regions
            ).values("meeting")
        )
    )
    content = Q(text__icontains=text) | Q(speaker__icontains=text)
    if user.works_on_content:
        content |= Q(restricted_text__icontains=text)
    entries = (
        Entry.objects.visible_to(user)
        .filter(content)
        .select_related("minutes__meeting", "agency")
    )
    follow_ups = FollowUp.objects.readable_by(user).filter(text__icontains=text)
    return Found(
        meetings=meetings.for_list().order_by("-starts_at")[:MOST],
        entries=of_latest_versions(entries, user=user).order_by(
            "-minutes__meeting__starts_at", "pk"
        )[:MOST],
        follow_ups=follow_ups.for_list().order_by("-created_on")[:MOST],
    )


def of_latest_versions(entries: QuerySet[Entry], *, user: User) -> QuerySet[Entry]:
    """Leave out what a later version of the same minutes, open to ``user``, replaced."""
    later = Minutes.objects.visible_to(user).filter(
        meeting=OuterRef("minutes__meeting"), version__gt=OuterRef("minutes__version")
    )
    return entries.filter(~Exists(later))
