"""An office in which time has everything to do that it ever does by itself."""

import datetime as dt

from agencies.models import User
from agencies.tests.factories import UserFactory
from foreigners.models import Case, Evidence
from foreigners.services.clocks import start_clock
from foreigners.tests.factories import CaseFactory, MeasureFactory, proof, the_law


def everything_due(today: dt.date) -> None:
    """A clock to remind of, one that is late for weeks, a ban and a window that ended
    yesterday, and a file of evidence that is not what it was."""
    the_law()
    case = CaseFactory()
    agency = case.office.agency
    UserFactory(agency=agency, role=User.Role.SECTION_HEAD)
    chief = UserFactory(agency=agency, role=User.Role.CHIEF)
    start_clock(case, "spdp", on=today - dt.timedelta(days=4))
    start_clock(case, "spdp", on=today - dt.timedelta(days=30))
    _ban(case, chief, today)
    contested = CaseFactory(office=case.office, state=Case.State.OBJECTION_WINDOW)
    _window(contested, chief, today)
    _evidence(case, today)


def _ban(case: Case, chief: User, today: dt.date) -> None:
    start, end = today - dt.timedelta(days=20), today - dt.timedelta(days=1)
    measure = MeasureFactory(
        case=case,
        served=True,
        kind_code="a",
        starts_on=start,
        ends_on=end,
        decided_by=chief,
    )
    start_clock(case, "ban", on=start, until=end, measure=measure)
    start_clock(case, "detention_review", on=start, measure=measure)


def _window(case: Case, chief: User, today: dt.date) -> None:
    measure = MeasureFactory(case=case, served=True, decided_by=chief)
    start_clock(case, "objection", on=today - dt.timedelta(days=60), measure=measure)


def _evidence(case: Case, today: dt.date) -> None:
    Evidence.objects.create(
        case=case,
        number="BB-01",
        description="Rekaman",
        taken_from="Orang Contoh",
        taken_at=dt.datetime.combine(today, dt.time(), tzinfo=dt.UTC),
        place="Mes",
        upload=proof(),
        sha256="0" * 64,
        holder=case.responsible,
        received_by=case.responsible,
    )
