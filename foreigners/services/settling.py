"""Where agencies differ: the office says which statement it holds to be right, and why."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from foreigners.models import Foreigner, Settlement, Statement
from foreigners.queries.persons import conflicts_in
from foreigners.services.disclosing import tells_who
from foreigners.services.identifying import bump
from timpora.errors import DomainError

LEAST_REASON = 10


class StatementsChanged(DomainError):
    """Other statements stand there now than the page showed, or somebody has settled."""


class ReasonMissing(DomainError):
    pass


@transaction.atomic
def settle(
    person: Foreigner,
    *,
    kept: Statement,
    seen: Collection[Statement],
    reason: str,
    by: User,
) -> Settlement:
    """Hold ``kept`` to be right against the other statements that ``by`` has ``seen``.

    Refuses where others stand there by now or somebody settled first. No statement is
    changed; one that comes later and differs opens the question again.
    """
    reason = reason.strip()
    if len(reason) < LEAST_REASON or tells_who(reason, person):
        raise ReasonMissing(
            _(
                "Tulis alasannya, paling sedikit 10 huruf, tanpa nama dan nomor orang itu."
            )
        )
    # Takes the person's row first: of two officers the second reads what the first kept.
    bump(person)
    open_now = [
        conflict
        for conflict in conflicts_in(
            person.statements.filter(subject=kept.subject),
            person.settlements.select_related("kept"),
            on=timezone.localdate(),
        )
        if conflict.is_open
    ]
    if kept not in seen or [set(one.statements) for one in open_now] != [set(seen)]:
        raise StatementsChanged(
            _(
                "Keterangannya berubah sejak halaman ini dibuka. Bandingkan, lalu putuskan "
                "sekali lagi."
            )
        )
    settlement = Settlement.objects.create(
        foreigner=person,
        subject=kept.subject,
        kept=kept,
        seen=sorted(statement.pk for statement in seen),
        reason=reason,
        settled_by=by,
    )
    record(
        by,
        "foreigners.settle",
        person,
        office_id=person.office_id,
        reason=reason,
        about=kept.subject,
        kept=kept.pk,
    )
    return settlement
