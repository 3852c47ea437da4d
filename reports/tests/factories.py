import datetime as dt

import factory

from agencies.tests.factories import OfficeFactory
from reports.models import Period, PeriodKind, Recap

JULY = Period(PeriodKind.MONTH, dt.date(2026, 7, 1), dt.date(2026, 7, 31))


class RecapFactory(factory.django.DjangoModelFactory[Recap]):
    """A draft of July 2026 that was never computed."""

    class Meta:
        model = Recap

    office = factory.SubFactory(OfficeFactory)
    kind = JULY.kind
    starts_on = JULY.starts_on
    ends_on = JULY.ends_on
