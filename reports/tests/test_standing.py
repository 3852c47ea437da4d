import datetime as dt

import pytest
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import UserFactory
from meetings.models import FollowUp, Meeting
from meetings.tests.factories import FollowUpFactory, MeetingFactory
from reports.queries.standing import Standing, standing_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["liaison", "administrator", "auditor"])
def test_who_does_not_work_on_content_gets_no_figures(role):
    assert standing_of(UserFactory(role=role), year=2026) is None


def test_figures_are_those_of_the_year_and_of_the_own_office():
    moment = dt.datetime(2026, 5, 4, 2, tzinfo=dt.UTC)
    approved = MeetingFactory(state=Meeting.State.APPROVED, starts_at=moment)
    office = {"team": approved.team, "office": approved.office}
    MeetingFactory(state=Meeting.State.MINUTES, starts_at=moment, **office)
    MeetingFactory(state=Meeting.State.INVITED, starts_at=moment, **office)
    MeetingFactory(
        state=Meeting.State.APPROVED, starts_at=moment.replace(year=2025), **office
    )
    MeetingFactory(state=Meeting.State.APPROVED, starts_at=moment)
    FollowUpFactory(origin=approved)
    done = {"origin": approved, "state": FollowUp.State.DONE}
    FollowUpFactory(**done, done_on=dt.date(2026, 6, 1))
    FollowUpFactory(**done, done_on=dt.date(2025, 6, 1))
    FollowUpFactory()
    chief = UserFactory(agency=approved.office.agency, role=User.Role.CHIEF)

    assert standing_of(chief, year=2026) == Standing(held=2, approved=1, open=1, done=1)


def test_an_office_without_a_meeting_stands_at_zero():
    assert standing_of(UserFactory(), year=timezone.localdate().year) == Standing(
        held=0, approved=0, open=0, done=0
    )
