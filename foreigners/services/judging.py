"""One person or two: who might be the same, and the verdict that is remembered."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from foreigners.models import Foreigner, Merge, Verdict
from foreigners.services.disclosing import tells_who
from foreigners.services.identifying import PersonChanged
from foreigners.services.matching import Candidate, Wanted, find_candidates
from timpora.errors import DomainError

LEAST_GROUND = 10


class GroundMissing(DomainError):
    pass


def checked(ground: str, *people: Foreigner) -> str:
    """A ground that says something, and that the audit may hold."""
    ground = ground.strip()
    if len(ground) < LEAST_GROUND or any(tells_who(ground, one) for one in people):
        raise GroundMissing(
            _("Tulis dasarnya, paling sedikit 10 huruf, tanpa nama dan nomor.")
        )
    return ground


def in_order(one: Foreigner, other: Foreigner) -> tuple[Foreigner, Foreigner]:
    return (one, other) if one.pk < other.pk else (other, one)


@transaction.atomic
def judge(
    one: Foreigner,
    other: Foreigner,
    *,
    answer: str,
    ground: str,
    revisions: tuple[int, int],
    by: User,
) -> Verdict:
    """Record whether two records are one person, as compared at these revisions."""
    if (one.revision, other.revision) != revisions:
        raise PersonChanged(
            _("Salah satu data berubah sejak dibandingkan. Bandingkan sekali lagi.")
        )
    ground = checked(ground, one, other)
    first, second = in_order(one, other)
    verdict = Verdict.objects.create(
        first=first,
        second=second,
        answer=answer,
        ground=ground,
        first_revision=first.revision,
        second_revision=second.revision,
        decided_by=by,
    )
    record(
        by,
        "foreigners.judge_same",
        first,
        office_id=first.office_id,
        reason=ground,
        other=second.pk,
        answer=answer,
    )
    return verdict


def standing_verdicts(
    person: Foreigner, others: Iterable[Foreigner]
) -> dict[int, Verdict]:
    """The last verdict on each pair, if neither record has changed or grown since."""
    people = {other.pk: other for other in others}
    last = {}
    for verdict in (
        Verdict.objects.filter(
            Q(first=person, second__in=people) | Q(second=person, first__in=people)
        )
        .select_related("decided_by")
        .order_by("pk")
    ):
        is_first = verdict.first_id == person.pk
        last[verdict.second_id if is_first else verdict.first_id] = verdict
    if not last:
        return {}
    merged: dict[int, dt.datetime] = dict(
        Merge.objects.filter(kept__in=[person.pk, *last])
        .order_by()
        .values("kept")
        .annotate(at=Max("merged_at"))
        .values_list("kept", "at")
    )
    return {
        pk: verdict
        for pk, verdict in last.items()
        if (verdict.first_revision, verdict.second_revision)
        == tuple(one.revision for one in in_order(person, people[pk]))
        and not any(
            merged[one] > verdict.decided_at for one in (person.pk, pk) if one in merged
        )
    }


def standing_verdict(one: Foreigner, other: Foreigner) -> Verdict | None:
    return standing_verdicts(one, [other]).get(other.pk)


def proposals_for(person: Foreigner) -> list[tuple[Candidate, Verdict | None]]:
    """Who might be the same person; never those of whom it was said that they are not."""
    names = [person.name]
    names += [other.name for other in person.other_names.all()]
    names += [record.name for record in person.merged.all()]
    wanted = Wanted(
        person.office_id,
        names=tuple(filter(None, names)),
        birth=(person.birth_year, person.birth_month, person.birth_day),
        nationality=person.nationality_id,
        number_hashes=frozenset(
            document.number_hash for document in person.travel_documents.all()
        ),
        but_not=person.pk,
    )
    found = find_candidates(wanted)
    verdicts = standing_verdicts(person, [one.person for one in found])
    judged = [(one, verdicts.get(one.pk)) for one in found]
    return [
        (one, verdict)
        for one, verdict in judged
        if verdict is None or verdict.answer != Verdict.Answer.NOT_SAME
    ]
