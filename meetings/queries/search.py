"""One search over meetings, entries, follow-ups and findings, each as far as visible."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.models import Region, User
from foreigners.models import Finding
from meetings.models import Entry, FollowUp, Meeting, Minutes

SHORTEST = 3
MOST = 20


@dataclass(frozen=True)
class Found:
    """At most ``MOST`` rows of each kind, newest first."""

    meetings: QuerySet[Meeting]
    entries: QuerySet[Entry]
    follow_ups: QuerySet[FollowUp]
    findings: QuerySet[Finding]

    @property
    def is_empty(self) -> bool:
        return not (self.meetings or self.entries or self.follow_ups or self.findings)


def search(text: str, *, user: User) -> Found:
    """What the person may see that contains ``text``; regions also by their aliases."""
    regions = Region.objects.matching(text)
    scopes = Meeting.scope_regions.through.objects.filter(region__in=regions)
    said = (
        Q(title__icontains=text)
        | Q(venue__icontains=text)
        | Q(pk__in=scopes.values("meeting"))
    )
    if user.role != User.Role.ADMINISTRATOR:
        # Whoever keeps the masters sees that a meeting is, not what it is about.
        said |= Q(theme__icontains=text)
    meetings = Meeting.objects.visible_to(user).filter(said)
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
        findings=findings_with(text, regions, user=user).order_by("-pk")[:MOST],
    )


def findings_with(
    text: str, regions: QuerySet[Region], *, user: User
) -> QuerySet[Finding]:
    """By number, place and what was seen; by a person's name where the office reads it."""
    said = (
        Q(number__icontains=text)
        | Q(activity__icontains=text)
        | Q(place__icontains=text)
        | Q(region__in=regions)
    )
    if user.works_on_content:
        shown = Finding.objects.showing_persons_to(user)
        named = shown.filter(
            Q(persons__icontains=text) | Q(named_persons__name__icontains=text)
        )
        said |= Q(pk__in=named.values("pk"))
    return Finding.objects.visible_to(user).filter(said).select_related("reporter")


def of_latest_versions(entries: QuerySet[Entry], *, user: User) -> QuerySet[Entry]:
    """Leave out what a later version of the same minutes, open to ``user``, replaced."""
    later = Minutes.objects.visible_to(user).filter(
        meeting=OuterRef("minutes__meeting"), version__gt=OuterRef("minutes__version")
    )
    return entries.filter(~Exists(later))
