"""Where agencies differ: the office says which statement it holds to be right, and why."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from foreigners.models import Foreigner, Settlement, Statement
from foreigners.services.disclosing import tells_who
from foreigners.services.identifying import bump
from timpora.errors import DomainError

LEAST_REASON = 10


class StatementsChanged(DomainError):
    """An agency said something after the page was read."""


class ReasonMissing(DomainError):
    pass


@transaction.atomic
def settle(
    person: Foreigner, *, kept: Statement, upto: int, reason: str, by: User
) -> Settlement:
    """Hold ``kept`` to be right against whatever was said up to ``upto``.

    No statement is changed; one that comes later and differs opens the question again.
    """
    reason = reason.strip()
    if len(reason) < LEAST_REASON or tells_who(reason, person):
        raise ReasonMissing(
            _(
                "Tulis alasannya, paling sedikit 10 huruf, tanpa nama dan nomor orang itu."
            )
        )
    later = person.statements.filter(subject=kept.subject, pk__gt=upto)
    if later.exists():
        raise StatementsChanged(
            _("Ada keterangan baru sejak halaman ini dibuka. Bandingkan sekali lagi.")
        )
    settlement = Settlement.objects.create(
        foreigner=person,
        subject=kept.subject,
        kept=kept,
        upto=upto,
        reason=reason,
        settled_by=by,
    )
    bump(person)
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
