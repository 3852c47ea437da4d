"""What the page of an operation shows of its places."""

import uuid
from dataclasses import dataclass, field

from django.db.models import Prefetch

from agencies.models import User
from foreigners.models import Finding
from meetings.models import Meeting, Operation, OperationPlace


@dataclass(frozen=True)
class PlaceRow:
    """A place with those of its findings that the reader may know of."""

    place: OperationPlace
    findings: list[Finding]
    # Of the next finding card of this place: two taps make one draft.
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def operation_of(meeting: Meeting) -> Operation:
    """The row, or what an operation says before anybody wrote one."""
    found = (
        Operation.objects.filter(meeting=meeting)
        .select_related("report", "leader")
        .first()
    )
    return found or Operation(meeting=meeting)


def places_for(meeting: Meeting, *, user: User) -> list[PlaceRow]:
    places = OperationPlace.objects.visible_to(user).filter(meeting=meeting)
    listed = Prefetch(
        "findings", Finding.objects.listed_for(user).order_by("pk"), to_attr="listed"
    )
    return [
        PlaceRow(place, place.listed)
        for place in places.for_list().prefetch_related(listed)
    ]
