"""The calendar's drafts: on the first day, caught up, once."""

import datetime as dt

import pytest
import time_machine

from agencies.models import Notification, User
from agencies.tests.factories import OfficeFactory, UserFactory
from foreigners.tests.factories import CaseFactory
from reports.models import Recap
from reports.services.calendar import prepare_drafts
from reports.tests.factories import RecapFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    office = OfficeFactory()
    CaseFactory(office=office, registered_on=dt.date(2026, 6, 20))
    return office


def prepared_at(*moment: int) -> list[str]:
    """What is there after the calendar looked, in UTC."""
    at = dt.datetime(*moment, tzinfo=dt.UTC)
    with time_machine.travel(at):
        prepare_drafts(at)
    return sorted(f"{one.kind} {one.period.label}" for one in Recap.objects.all())


def test_nothing_is_due_while_the_first_month_runs(office):
    assert prepared_at(2026, 6, 30, 16, 59) == []


def test_first_minute_of_the_month_in_the_office_s_zone_opens_the_draft(office):
    assert prepared_at(2026, 6, 30, 17, 0) == [
        "bulanan Juni 2026", "semester Semester I Tahun 2026",
        "triwulan Triwulan II Tahun 2026",
    ]  # fmt: skip


def test_machine_that_was_off_is_caught_up_once(office):
    first = prepared_at(2026, 9, 2, 3)

    assert [one for one in first if one.startswith("bulanan")] == [
        "bulanan Agustus 2026", "bulanan Juli 2026", "bulanan Juni 2026",
    ]  # fmt: skip
    assert prepared_at(2026, 9, 2, 4) == first


def test_month_that_somebody_opened_by_hand_does_not_hide_an_earlier_one(office):
    RecapFactory(
        office=office, starts_on=dt.date(2026, 8, 1), ends_on=dt.date(2026, 8, 31)
    )

    assert "bulanan Juli 2026" in prepared_at(2026, 9, 2, 3)


def test_office_without_records_gets_no_draft():
    OfficeFactory()

    assert prepared_at(2026, 9, 2, 3) == []


def test_section_head_is_told_once_with_every_draft(office):
    head = UserFactory(agency=office.agency, role=User.Role.SECTION_HEAD)
    UserFactory(agency=office.agency, role=User.Role.CHIEF)

    prepared_at(2026, 9, 2, 3)
    prepared_at(2026, 9, 2, 4)

    mail = Notification.objects.get()
    assert mail.to == head.email
    assert mail.body.count("/rekap/") == Recap.objects.count()


def test_without_a_section_head_the_chief_is_told(office):
    chief = UserFactory(agency=office.agency, role=User.Role.CHIEF)

    prepared_at(2026, 9, 2, 3)

    assert Notification.objects.get().to == chief.email
