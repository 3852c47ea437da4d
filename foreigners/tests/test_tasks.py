"""Every task of this app, delivered twice, and killed while it is at work."""

import datetime as dt
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.utils import timezone

from agencies.models import AuditEntry, Notification
from agencies.queries.audit_chain import beyond_the_heads, broken_links, heads
from documents.tests.workshop import database_url
from foreigners.models import Case, CaseEvent, Clock, Evidence, Measure
from foreigners.tasks import rehash, sweep
from foreigners.tests.due import everything_due
from timpora.tests.threads import database_in_a_file, in_own_connection
from timpora.tests.twice import deliver_twice

NOON = dt.datetime(2026, 7, 8, 5, tzinfo=dt.UTC)
# What is told once each: the nearest reminder, late, risen to the chief, ended by law,
# the window over, and the evidence.
OCCASIONS = [
    "gugur", "gugur", "gugur", "h-3", "h-3", "habis", "habis", "lewat", "lewat", "naik",
]  # fmt: skip


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def occasions():
    keys = Notification.objects.filter(key__startswith="clock:")
    return sorted(key.split(":")[2] for key in keys.values_list("key", flat=True))


def done():
    """How often each thing stands there that must stand there once."""
    verbs = ["foreigners.end_clock", "foreigners.evidence_broken"]
    return {
        "told": occasions(),
        "reported": Notification.objects.filter(key__startswith="evidence").count(),
        "clocks": sorted(Clock.objects.values_list("rule__code", "state")),
        "audit": sorted(
            AuditEntry.objects.filter(verb__in=verbs).values_list("verb", "data__rule")
        ),
        "steps": list(CaseEvent.objects.values_list("action", flat=True)),
        "cases": sorted(Case.objects.values_list("state", flat=True)),
        "measures": sorted(Measure.objects.values_list("state", "revision")),
        "broken": list(Evidence.objects.values_list("broken_at", flat=True)),
        "chains": [str(one) for head in heads() for one in broken_links(head)]
        + [str(one) for one in beyond_the_heads()],
    }


DONE = {
    "told": OCCASIONS,
    "reported": 3,
    "clocks": [
        ("ban", "gugur"),
        ("detention_review", "batal"),
        ("objection", "lewat"),
        ("spdp", "berjalan"),
        ("spdp", "terlambat"),
    ],
    "audit": [
        ("foreigners.end_clock", "ban"),
        ("foreigners.end_clock", "detention_review"),
        ("foreigners.end_clock", "objection"),
        ("foreigners.evidence_broken", None),
    ],
    "steps": ["window_over"],
    "cases": ["execution", "reported"],
    "measures": [("ended", 2), ("served", 1)],
    "broken": [NOON],
    "chains": [],
}


@pytest.mark.django_db
@pytest.mark.parametrize("task", [sweep, rehash])
def test_second_delivery_finds_nothing_to_do(
    task, noon, django_capture_on_commit_callbacks
):
    everything_due(timezone.localdate())

    before, once, twice = deliver_twice(
        task, capture=django_capture_on_commit_callbacks
    )

    assert before != once == twice


@pytest.mark.django_db
def test_what_is_due_is_done_and_told_once(noon, django_capture_on_commit_callbacks):
    everything_due(timezone.localdate())

    for task in (sweep, rehash, rehash, sweep):
        with django_capture_on_commit_callbacks(execute=True):
            task.delay()

    assert done() == DONE
    assert len(mail.outbox) == len(OCCASIONS) + DONE["reported"]


def killed_after(writes, folder):
    """Time passes in a process that dies after so many writes; whether it died."""
    told = subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "-m", "foreigners.tests.killable", str(writes), str(NOON)],
        env=os.environ
        | {
            "DATABASE_URL": database_url(),
            "VAR_DIR": str(folder),
            # Bells that nobody hears: the mails stay owed.
            "CELERY_BROKER_URL": "filesystem://localhost",
        },
        cwd=settings.BASE_DIR,
        check=False,
        capture_output=True,
        text=True,
    )
    assert told.returncode in {0, -signal.SIGKILL}, told.stderr
    return told.returncode != 0


@pytest.mark.slow
def test_process_that_is_killed_at_any_write_leaves_everything_to_be_done_once(
    transactional_db, tmp_path
):
    everything_due(NOON.date())

    with database_in_a_file(tmp_path):
        deaths = 0
        while killed_after(4 + 7 * deaths, tmp_path):
            deaths += 1
        with ThreadPoolExecutor(1) as asking:
            found = asking.submit(in_own_connection, done).result()

    assert deaths >= 3
    assert found == DONE
