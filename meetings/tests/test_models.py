import pytest

from meetings.tests.factories import (
    AttendanceFactory,
    EntryFactory,
    FollowUpFactory,
)

pytestmark = pytest.mark.django_db


def test_new_attendance_is_unknown_and_counts_neither_as_present_nor_as_absent():
    attendance = AttendanceFactory()

    assert not attendance.is_known
    assert not attendance.came


def test_factories_build_valid_rows():
    EntryFactory().full_clean(exclude=["created_by"])
    FollowUpFactory().full_clean()
