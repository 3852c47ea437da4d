"""What the two sides of a review look at."""

from dataclasses import dataclass

from agencies.models import Agency
from meetings.models import Consent, Entry, Invitation, Minutes, Objection
from meetings.queries.minutes import decision_numbers
from meetings.services.reviewing import reviewers


@dataclass(frozen=True)
class Read:
    """An entry as one agency reads it, with what the agency has said about it."""

    entry: Entry
    number: int | None
    objections: list[Objection]

    @property
    def is_contested(self) -> bool:
        return any(objection.is_open for objection in self.objections)


@dataclass(frozen=True)
class AgencyReview:
    minutes: Minutes
    reads: list[Read]
    consent: Consent | None
    may_answer: bool

    @property
    def may_confirm(self) -> bool:
        """Not twice, and not while an own objection waits for its settlement."""
        contested = any(read.is_contested for read in self.reads)
        return self.may_answer and self.consent is None and not contested


def agency_review(minutes: Minutes, agency: Agency) -> AgencyReview:
    """Only what ``Entry.readable_by`` opens, and never the restricted text."""
    numbers = decision_numbers(minutes.entries.only("minutes", "kind", "item"))
    objections: dict[int, list[Objection]] = {}
    for objection in Objection.objects.filter(entry__minutes=minutes, agency=agency):
        objections.setdefault(objection.entry_id, []).append(objection)
    entries = (
        Entry.objects.readable_by(agency.pk)
        .filter(minutes=minutes)
        .for_list()
        .defer("restricted_text")
    )
    return AgencyReview(
        minutes=minutes,
        reads=[
            Read(entry, numbers.get(entry.pk), objections.get(entry.pk, []))
            for entry in entries
        ],
        consent=minutes.consents.filter(agency=agency).first(),
        may_answer=minutes.is_in_review
        and not minutes.window_is_over(minutes.meeting.office.today)
        and reviewers(minutes.meeting).filter(agency=agency).exists(),
    )


@dataclass(frozen=True)
class Answer:
    """One reviewing agency and where it stands."""

    invitation: Invitation
    consent: Consent | None
    objections: list[Objection]

    @property
    def has_address(self) -> bool:
        return bool(self.invitation.email or self.invitation.agency.email)


def answers(minutes: Minutes) -> list[Answer]:
    """Where each agency that came stands, in this round of the review."""
    consents = {row.agency_id: row for row in minutes.consents.all()}
    raised: dict[int, list[Objection]] = {}
    for objection in objections_of(minutes):
        raised.setdefault(objection.agency_id, []).append(objection)
    return [
        Answer(
            invitation,
            consents.get(invitation.agency_id),
            raised.get(invitation.agency_id, []),
        )
        for invitation in reviewers(minutes.meeting)
    ]


def objections_of(minutes: Minutes) -> list[Objection]:
    return list(
        Objection.objects.filter(
            entry__minutes=minutes, review_round=minutes.review_round
        ).select_related("agency", "entry__item", "settled_by")
    )
