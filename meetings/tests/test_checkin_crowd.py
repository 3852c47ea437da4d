"""Many at the door at once: threads against a database in a file, as a server has it."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from agencies.models import AuditEntry
from meetings.models import Attendance, Invitation
from meetings.services.checkin import check_in
from meetings.services.rollcall import Statement
from meetings.tests.factories import AttendanceFactory, MeetingFactory
from timpora.tests.threads import database_in_a_file, in_own_connection

PEOPLE = 40


def come(invitation_pk: int, nonce: uuid.UUID, person: str) -> int:
    invitation = Invitation.objects.select_related(
        "agency", "meeting__office__agency"
    ).get(pk=invitation_pk)
    return check_in(
        invitation, nonce=nonce, said=Statement(state="hadir", person=person)
    ).pk


def state_of_the_sheet() -> tuple[int, int, int]:
    return (
        Attendance.objects.count(),
        Attendance.objects.came().count(),
        AuditEntry.objects.filter(verb="meetings.check_in").count(),
    )


@pytest.mark.slow
def test_a_crowd_that_taps_twice_is_recorded_once_each(transactional_db, tmp_path):
    meeting = MeetingFactory(in_session=True)
    lines = AttendanceFactory.create_batch(PEOPLE, invitation__meeting=meeting)
    taps = [
        (come, line.invitation_id, uuid.UUID(int=line.pk), f"Orang {line.pk}")
        for line in lines
        for _thumb in range(2)
    ]

    with database_in_a_file(tmp_path), ThreadPoolExecutor(16) as crowd:
        recorded = list(crowd.map(lambda tap: in_own_connection(*tap), taps))
        sheet = crowd.submit(in_own_connection, state_of_the_sheet).result()

    assert sorted(recorded) == sorted([line.pk for line in lines] * 2)
    assert sheet == (PEOPLE, PEOPLE, PEOPLE)


@pytest.mark.slow
def test_a_delegation_behind_one_link_gets_a_line_each(transactional_db, tmp_path):
    line = AttendanceFactory(invitation__meeting__in_session=True)
    taps = [
        (come, line.invitation_id, uuid.UUID(int=number), f"Orang {number}")
        for number in range(6)
        for _thumb in range(2)
    ]

    with database_in_a_file(tmp_path), ThreadPoolExecutor(12) as crowd:
        recorded = list(crowd.map(lambda tap: in_own_connection(*tap), taps))
        sheet = crowd.submit(in_own_connection, state_of_the_sheet).result()

    assert len(set(recorded)) == 6
    assert sheet == (6, 6, 6)
