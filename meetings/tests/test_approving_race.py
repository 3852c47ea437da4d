"""Two clicks on approve at the same moment: one paper, no number doubled or burned."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine

from agencies.models import AuditEntry
from documents.models import DocumentVersion, TakenNumber
from foreigners.models import Finding
from meetings.models import FollowUp, Minutes
from meetings.services.approving import approve_minutes, submit_minutes
from meetings.services.reviewing import open_review
from meetings.tests.held import Held
from timpora.tests.threads import database_in_a_file, in_own_connection

pytestmark = pytest.mark.slow


def approve(pk, chief):
    return approve_minutes(Minutes.objects.get(pk=pk), by=chief, revision=1).state


def what_there_is():
    return {
        "papers": DocumentVersion.objects.count(),
        "numbers": sorted(TakenNumber.objects.values_list("register__kind", "serial")),
        "findings": Finding.objects.count(),
        "follow_ups": FollowUp.objects.count(),
        "approvals": AuditEntry.objects.filter(verb="meetings.approve_minutes").count(),
    }


def test_two_clicks_at_once_make_one_paper(transactional_db, tmp_path):
    held = Held()
    with time_machine.travel(dt.datetime(2025, 7, 24, 3, tzinfo=dt.UTC)) as clock:
        open_review(held.minutes, by=held.officer)
        clock.shift(dt.timedelta(days=10))
        submit_minutes(held.minutes, by=held.head, revision=1)

    with database_in_a_file(tmp_path), ThreadPoolExecutor(4) as clicks:
        states = list(
            clicks.map(
                lambda _click: in_own_connection(approve, held.minutes.pk, held.chief),
                range(4),
            )
        )
        found = clicks.submit(in_own_connection, what_there_is).result()

    assert states == ["approved"] * 4
    assert found == {
        "papers": 2,
        "numbers": [("notula", 1), ("notula_terbatas", 1)],
        "findings": 1,
        "follow_ups": 7,
        "approvals": 1,
    }
