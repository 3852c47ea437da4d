"""A person by an exact number, of theirs or of a document of theirs."""

import re

from django.db.models import QuerySet

from agencies.models import User
from foreigners.models import Foreigner
from timpora.vault import keyed_hash

OWN_NUMBER = re.compile(r"\s*OA-(\d{1,15})\s*", flags=re.IGNORECASE)


def with_exact_number(number: str, *, user: User) -> QuerySet[Foreigner]:
    """The user's office's people who bear it: none for a number that is almost right."""
    people = Foreigner.objects.visible_to(user).for_list()
    if own := OWN_NUMBER.fullmatch(number):
        return people.filter(pk=int(own[1]))
    wanted = keyed_hash(number)
    if not wanted:
        return people.none()
    return people.filter(travel_documents__number_hash=wanted).distinct()
