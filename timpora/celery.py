import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.settings")
TRANSPORT_ALIASES["filesystem"] = "timpora.folders:Transport"

app = Celery("timpora")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
