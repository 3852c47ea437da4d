"""The row is the job: claim what is owed, finish it, or leave it to the sweep.

A row that owes something has ``queued_at``, ``leased_until`` and ``attempts``. A worker
claims it by one conditional UPDATE, so a task that is delivered twice, or swept while it
still runs, finds nothing to do; a worker that dies leaves a lease that runs out.
"""

import datetime as dt
import logging
from typing import Any

from celery import Task
from celery.exceptions import CeleryError
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)


def owed(queryset: QuerySet[Any], *, at: dt.datetime) -> QuerySet[Any]:
    """Rows that nobody is working on at the moment ``at``."""
    return queryset.filter(Q(leased_until=None) | Q(leased_until__lt=at))


def claim(
    queryset: QuerySet[Any], pk: int, *, lease: dt.timedelta | None = None
) -> bool:
    """Take the row ``pk`` for ``lease``; False if it is done or somebody has it."""
    now = timezone.now()
    until = now + (lease or LEASE)
    taken = owed(queryset, at=now).filter(pk=pk)
    return bool(taken.update(leased_until=until, attempts=F("attempts") + 1))


def back_off(row: Model, *, at: dt.datetime) -> None:
    """Leave a failed row until ``at``; the sweep takes it up again."""
    type(row)._default_manager.filter(pk=row.pk).update(leased_until=at)


def send(task: Task, *args: Any) -> None:
    """Tell the broker; if it is down, the sweep finds the row, and nobody waits."""
    try:
        task.delay(*args)
    except (OperationalError, CeleryError, OSError):
        logger.warning("Broker unreachable: %s is left to the sweep", task.name)
