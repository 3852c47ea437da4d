"""Whether the installation is up: database, broker, worker."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from kombu.exceptions import OperationalError

from agencies.services.health import worker_seen_at
from timpora.celery import app

# The heartbeat comes every 30 seconds; three misses are too many.
WORKER_IS_LATE = dt.timedelta(seconds=90)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def broker_answers() -> bool:
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError):
        return False
    return True


@login_not_required
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 if everything that an office needs is up, 503 with the same JSON if not."""
    database = database_answers()
    seen = worker_seen_at() if database else None
    worker = seen is not None and timezone.now() - seen < WORKER_IS_LATE
    broker = broker_answers()
    return JsonResponse(
        {
            "database": database,
            "broker": broker,
            "worker": worker,
            "worker_seen_at": seen,
        },
        status=200 if database and broker and worker else 503,
    )
