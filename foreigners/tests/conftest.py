"""What several modules' worlds share; a module that needs another says so itself."""

import datetime as dt

import pytest
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import UserFactory
from foreigners.models import Case, Examination
from foreigners.services.examining import start_examination
from foreigners.tests.factories import CasePersonFactory, TravelDocumentFactory


@pytest.fixture
def officer(client) -> User:
    """Logged in."""
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def head(case: Case) -> User:
    return UserFactory(agency=case.office.agency, role=User.Role.SECTION_HEAD)


@pytest.fixture
def examination(case: Case) -> Examination:
    """Begun an hour ago by whoever is responsible; the module's ``case`` lies under it."""
    person = CasePersonFactory(case=case)
    TravelDocumentFactory(foreigner=person.foreigner, number="ZZ00A0777")
    return start_examination(
        case,
        person=person,
        place="Kantor Imigrasi",
        started_at=timezone.now() - dt.timedelta(hours=1),
        language="Korea",
        by=case.responsible,
    )
