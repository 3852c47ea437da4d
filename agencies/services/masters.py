"""Master data: kept with what changed, and never over somebody else's change."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from timpora.errors import DomainError


class RowChanged(DomainError):
    """Somebody else saved the row since it was read; nothing was written."""


class RowInUse(DomainError):
    pass


def values_of(row: Model, names: list[str]) -> dict[str, Any]:
    """The row's values as plain JSON, many-to-many as sorted keys."""
    values: dict[str, Any] = {}
    for name in names:
        field = row._meta.get_field(name)
        if field.many_to_many:
            keys = getattr(row, name).values_list("pk", flat=True) if row.pk else []
            values[name] = sorted(map(str, keys))
        else:
            values[name] = field.value_from_object(row)  # type: ignore[union-attr]
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def fingerprint(row: Model, names: list[str]) -> str:
    """What a form carries to say which state of the row it was filled from."""
    text = json.dumps(values_of(row, names), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def keep_row(
    row: Model,
    *,
    values: dict[str, Any],
    seen: str,
    by: User,
    verb: str = "masters.keep",
) -> None:
    """Write a new row, or change one that is still as ``seen``; both leave a trace."""
    names = list(values)
    before: dict[str, Any] = {}
    if not row._state.adding:
        # The no-op UPDATE takes the row lock: of two who save at once, one waits here
        # and then finds the row changed.
        held = type(row)._default_manager.filter(pk=row.pk)
        held.update(**{names[0]: F(names[0])} if names else {})
        current = held.get()
        before = values_of(current, names)
        if fingerprint(current, names) != seen:
            raise RowChanged(
                _(
                    "Orang lain mengubah data ini sejak Anda membukanya. Bandingkan dulu."
                )
            )
    many = {n: v for n, v in values.items() if row._meta.get_field(n).many_to_many}
    for name in values.keys() - many.keys():
        setattr(row, name, values[name])
    row.save()
    for name, chosen in many.items():
        getattr(row, name).set(chosen)
    after = values_of(row, names)
    record(
        by,
        verb,
        row,
        office_id=by.office_id,
        before={n: v for n, v in before.items() if v != after[n]},
        after={n: v for n, v in after.items() if v != before.get(n)},
    )


@transaction.atomic
def remove_row(row: Model, *, by: User) -> None:
    """Take out a row that nothing stands on (a holiday, an earlier name)."""
    record(
        by,
        "masters.remove",
        row,
        office_id=by.office_id,
        before=str(row),
    )
    row.delete()
