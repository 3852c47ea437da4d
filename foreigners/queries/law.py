"""Which row of the law was in force on a day."""

import datetime as dt
from typing import TypeVar

from django.utils.translation import gettext as _

from agencies.models import Office
from foreigners.models import Setting
from foreigners.models.law import Dated
from timpora.errors import DomainError

Row = TypeVar("Row", bound=Dated)


class RuleMissing(DomainError):
    pass


def in_force(model: type[Row], code: str, *, on: dt.date) -> Row:
    """The row of ``code`` in force on the day; the newest where two overlap."""
    row: Row | None = model.objects.on(on).filter(code=code).newest_first().first()
    if row is None:
        raise RuleMissing(
            _(
                "Belum ada aturan “%(code)s” yang berlaku pada tanggal itu. "
                "Administrator dapat menambahkannya pada data hukum."
            )
            % {"code": code}
        )
    return row


def choice_of(office: Office, code: str, *, on: dt.date) -> Setting:
    """The office's own legal choice, or the one that stands for all offices."""
    chosen = Setting.objects.on(on).filter(code=code)
    row = (
        chosen.filter(office=office).newest_first().first()
        or chosen.filter(office=None).newest_first().first()
    )
    if row is None:
        raise RuleMissing(
            _("Belum ada pilihan hukum “%(code)s” untuk tanggal itu.") % {"code": code}
        )
    return row
