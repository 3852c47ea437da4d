import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.settings")

app = Celery("timpora")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
