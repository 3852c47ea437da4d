"""Rows of the law are kept by the administrator; what a case used keeps its substance."""

from typing import Any

from django.db import transaction
from django.db.models import ManyToOneRel, Model
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.masters import RowInUse, keep_row, values_of

# What may change of a used row: until when it holds, and how sure the project is of it.
OPEN_FIELDS = ("valid_to", "source", "certainty")


def is_used(row: Model) -> bool:
    """Whether any record of a case, a person or a sheet stands on the row."""
    relations = (
        relation
        for relation in row._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)
    )
    return any(
        relation.related_model._base_manager.filter(
            **{relation.field.name: row.pk}
        ).exists()
        for relation in relations
    )


@transaction.atomic
def keep_law_row(row: Any, *, values: dict[str, Any], seen: str, by: User) -> None:
    """Write a new row or change an unused one; of a used one only ``OPEN_FIELDS``.

    The row before the change is read again: it may have been used since the form opened.
    """
    if not row._state.adding and is_used(row):
        before = type(row)._default_manager.get(pk=row.pk)
        closed = [name for name in values if name not in OPEN_FIELDS]
        old = values_of(before, closed)
        for name in closed:
            setattr(row, name, values[name])
        if values_of(row, closed) != old:
            raise RowInUse(
                _(
                    "Baris ini baru saja dipakai oleh sebuah kasus, jadi isinya tetap. "
                    "Buat baris penerus dengan tanggal mulainya sendiri."
                )
            )
    keep_row(row, values=values, seen=seen, by=by, verb="law.keep")
