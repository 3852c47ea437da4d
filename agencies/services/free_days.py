"""The days on which an office does not work: kept, and followed by what counts with them."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from agencies.models import Holiday, Office, User
from agencies.services.masters import keep_row, remove_row
from timpora.dates import long_date


@transaction.atomic
def keep_holiday(row: Holiday, *, values: dict[str, Any], seen: str, by: User) -> str:
    """Keep a free day and let every last day that counts with it move, all or nothing."""
    before = None if row._state.adding else Holiday.objects.get(pk=row.pk)
    keep_row(row, values=values, seen=seen, by=by)
    if before is None:
        return follow(_("Hari libur ditambah: %s.") % words_of(row), by=by)
    return follow(
        _("Hari libur diubah: %(before)s menjadi %(after)s.")
        % {"before": words_of(before), "after": words_of(row)},
        by=by,
    )


@transaction.atomic
def remove_holiday(row: Holiday, *, by: User) -> str:
    reason = _("Hari libur dihapus: %s.") % words_of(row)
    remove_row(row, by=by)
    return follow(reason, by=by)


@transaction.atomic
def keep_office(row: Office, *, values: dict[str, Any], seen: str, by: User) -> str:
    """Keep the office; whether collective leave is free moves its last days as well."""
    was_free = Office.objects.get(pk=row.pk).collective_leave_is_free
    keep_row(row, values=values, seen=seen, by=by)
    if row.collective_leave_is_free == was_free:
        return ""
    return follow(
        _("Cuti bersama ditetapkan bukan hari kerja.")
        if row.collective_leave_is_free
        else _("Cuti bersama ditetapkan sebagai hari kerja."),
        by=by,
    )


def words_of(holiday: Holiday) -> str:
    words = f"{long_date(holiday.date)}, {holiday.name}"
    return f"{words} ({holiday.decree})" if holiday.decree else words


def follow(reason: str, *, by: User | None) -> str:
    """Count anew whatever counts working days; answers what moved in the office of ``by``.

    Who follows stands in the settings, for they are built on this app.
    """
    # The no-op UPDATE takes the offices' locks: of two who change the free days at once
    # the later waits here, then counts with both changes.
    Office.objects.update(collective_leave_is_free=F("collective_leave_is_free"))
    answers = (
        import_string(path)(by=by, reason=reason) for path in settings.FOLLOW_FREE_DAYS
    )
    return " ".join(filter(None, answers))
