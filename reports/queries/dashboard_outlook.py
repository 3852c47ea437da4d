"""Who looks at a dashboard, over which civil days, and where its numbers lead."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from reports.models import Period, PeriodKind


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
    def url(self) -> str:
        return f"{reverse('reports:dashboard')}?{urlencode(self.query)}"

    def rows_url(self, figure: str, *keys: str) -> str:
        """The page that lists what a number counts."""
        query = self.query | {
            f"k{place}": key for place, key in enumerate(keys, start=1)
        }
        return f"{reverse('reports:dashboard_rows', args=[figure])}?{urlencode(query)}"
