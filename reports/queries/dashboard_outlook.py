"""Who looks at a dashboard, over which civil days, and where its numbers lead."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from reports.models import Period, PeriodKind
from timpora.errors import DomainError

LONGEST = dt.timedelta(days=5 * 366)


class DaysRefused(DomainError):
    """``field`` is the one of the address that is to be chosen anew."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True)
class Outlook:
    """Who looks, at which days, on which day."""

    user: User
    period: Period
    today: dt.date

    @property
    def since(self) -> dt.datetime:
        """The first moment of the period, in the zone of whoever looks."""
        return self.period.moments(timezone.get_current_timezone_name())[0]

    @property
    def until(self) -> dt.datetime:
        """The first moment after the period."""
        return self.period.moments(timezone.get_current_timezone_name())[1]

    @property
    def query(self) -> dict[str, str]:
        """What the address needs to name the period again."""
        if self.period.kind != PeriodKind.FREE:
            return {"periode": self.period.kind}
        since, until = self.period.days
        return {
            "periode": self.period.kind,
            "sejak": since.isoformat(),
            "sampai": until.isoformat(),
        }

    @property
    def query_string(self) -> str:
        return urlencode(self.query)

    @property
    def url(self) -> str:
        return f"{reverse('reports:dashboard')}?{self.query_string}"

    def rows_url(self, figure: str, *keys: str) -> str:
        """The page that lists what a number counts."""
        query = self.query | {
            f"k{place}": key for place, key in enumerate(keys, start=1)
        }
        return f"{reverse('reports:dashboard_rows', args=[figure])}?{urlencode(query)}"


def free_period(first: dt.date | None, last: dt.date | None) -> Period:
    """Days that somebody chose, both counted; raises ``DaysRefused``."""
    if first is None or last is None:
        raise DaysRefused(
            "sejak" if first is None else "sampai",
            _("Isi tanggal awal dan tanggal akhir periode."),
        )
    if first > last:
        raise DaysRefused("sampai", _("Tanggal akhir mendahului tanggal awal."))
    if first > timezone.localdate():
        raise DaysRefused("sejak", _("Periode ini belum mulai."))
    if last - first > LONGEST:
        raise DaysRefused("sampai", _("Pilih periode paling panjang lima tahun."))
    if first.year < 2000 or last.year > 2100:
        raise DaysRefused("sejak", _("Pilih tanggal antara tahun 2000 dan 2100."))
    return Period(PeriodKind.FREE, first, last)


def outlook_of(user: User, query: Mapping[str, str]) -> Outlook:
    """What the address of a dashboard shows today; nothing chosen is this year.

    Raises ``DaysRefused``.
    """
    today = timezone.localdate()
    try:
        kind = PeriodKind(query.get("periode") or PeriodKind.YEAR)
        first, last = (
            dt.date.fromisoformat(query[name]) if query.get(name) else None
            for name in ("sejak", "sampai")
        )
    except ValueError as error:
        raise DaysRefused(
            "periode", _("Periode ini tidak dikenal. Pilih lagi di halaman dasbor.")
        ) from error
    if kind == PeriodKind.FREE:
        return Outlook(user, free_period(first, last), today)
    return Outlook(user, Period.containing(kind, today), today)
