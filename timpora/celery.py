import os
import signal
from typing import Any

from celery import Celery
from celery.signals import worker_process_init
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.settings")
TRANSPORT_ALIASES["filesystem"] = "timpora.folders:Transport"

app = Celery("timpora")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def leave_the_end_to_the_parent(**kwargs: Any) -> None:
    """A supervisor's SIGTERM reaches parent and child alike; the child ends its task.

    Then the parent ends it. A task over its time limit is killed all the same.
    """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
