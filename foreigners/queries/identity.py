"""A person by an exact number: theirs, of a document of theirs, or of a record that was
merged into them."""

import re

from django.db.models import Q, QuerySet

from agencies.models import User
from foreigners.models import Foreigner
from timpora.vault import keyed_hash

OWN_NUMBER = re.compile(r"\s*OA-(\d{1,15})\s*", flags=re.IGNORECASE)


def with_exact_number(number: str, *, user: User) -> QuerySet[Foreigner]:
    """The user's office's people who bear it: none for a number that is almost right."""
    people = Foreigner.objects.visible_to(user).for_list()
    if own := OWN_NUMBER.fullmatch(number):
        number_of_theirs = Q(pk=int(own[1])) | Q(merged=int(own[1]))
        return people.filter(number_of_theirs).distinct()
    wanted = keyed_hash(number)
    if not wanted:
        return people.none()
    return people.filter(travel_documents__number_hash=wanted).distinct()
