"""The office's memory of who did what: appended in the act's own transaction, chained."""

import hashlib
import json
from contextvars import ContextVar
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from agencies.models import Agency, AuditEntry, User

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


# Each act and each download pays for these: one statement where the ORM, which has none
# that answers what it has written, needs two.
MOVE_ON = """
    INSERT INTO agencies_audithead (chain, position, digest) VALUES (%s, 1, '')
    ON CONFLICT (chain) DO UPDATE SET position = agencies_audithead.position + 1
    RETURNING position, digest
"""
SEAL = "UPDATE agencies_audithead SET digest = %s WHERE chain = %s"


def next_place(chain: str) -> tuple[int, str]:
    """The next position in the chain and the digest before it. Takes the head's row lock,
    so that the next writer of this chain waits here."""
    with connection.cursor() as cursor:
        cursor.execute(MOVE_ON, [chain])
        position, previous = cursor.fetchone()
    return position, previous


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
        position, previous = next_place(chain)
        entry = AuditEntry(
            chain=chain,
            position=position,
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
            previous=previous,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute(SEAL, [entry.digest, chain])
    return entry
