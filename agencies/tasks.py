from typing import Any

from celery import shared_task
from celery.signals import heartbeat_sent, worker_ready


@shared_task
def sweep() -> None:
    from agencies.services.notifying import send_owed  # noqa: PLC0415 -- leaf

    send_owed()


@shared_task
def send_notification(pk: int) -> None:
    from agencies.services.notifying import deliver  # noqa: PLC0415 -- leaf

    deliver(pk)


@worker_ready.connect
@heartbeat_sent.connect
def note_worker(**kwargs: Any) -> None:
    """The worker's own heartbeat: it is seen also while a long queue keeps it busy."""
    from agencies.services import health  # noqa: PLC0415 -- leaf

    health.note_worker()
