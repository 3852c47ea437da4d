"""The office's memory of who did what: appended in the act's own transaction, chained."""

import hashlib
import json
from contextvars import ContextVar
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone

from agencies.models import Agency, AuditEntry, AuditHead, User

# The network address of the request at work; empty in tasks and commands.
acting_from: ContextVar[str | None] = ContextVar("acting_from", default=None)

CHAINED = (
    "chain",
    "position",
    "office_id",
    "at",
    "actor_id",
    "on_behalf_of_id",
    "verb",
    "object_type",
    "object_pk",
    "address",
    "reason",
    "data",
    "previous",
)


def digest_of(entry: AuditEntry) -> str:
    row = {name: getattr(entry, name) for name in CHAINED}
    row["at"] = entry.at.isoformat()
    text = json.dumps(row, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def next_head(chain: str) -> AuditHead:
    """The head moved on by one. The UPDATE takes the row lock, so that the next writer of
    this chain waits here."""
    mine = AuditHead.objects.filter(chain=chain)
    if not mine.update(position=F("position") + 1):
        AuditHead.objects.bulk_create([AuditHead(chain=chain)], ignore_conflicts=True)
        mine.update(position=F("position") + 1)
    return mine.get()


def record(
    by: User | None,
    verb: str,
    subject: Model,
    *,
    office_id: int | None,
    agency: Agency | None = None,
    reason: str = "",
    **data: Any,
) -> AuditEntry:
    """Append one row to the office's chain; it stands or falls with the caller's act.

    ``by`` is None when a task or a personal link acts; a link names its ``agency``.
    ``data`` is what changed, without personal data that the object does not show.
    """
    chain = f"office-{office_id}" if office_id else "installation"
    # No savepoint: what cannot be recorded must not be done either.
    with transaction.atomic(savepoint=False):
        head = next_head(chain)
        entry = AuditEntry(
            chain=chain,
            position=head.position,
            office_id=office_id,
            at=timezone.now(),
            actor=by,
            on_behalf_of=agency,
            verb=verb,
            object_type=subject._meta.label_lower,
            object_pk=str(subject.pk),
            address=acting_from.get(),
            reason=reason,
            data=json.loads(json.dumps(data, cls=DjangoJSONEncoder)),
            previous=head.digest,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        AuditHead.objects.filter(chain=chain).update(digest=entry.digest)
    return entry
