"""Delivering a task twice, as brokers do: the second time it finds nothing to do."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import mail


def everything():
    """Each row of each table, each mail and each file, as they are now."""
    rows = {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
    }
    files = sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*"))
    return rows, len(mail.outbox), files


def deliver_twice(task, *arguments, capture):
    """What there is before, after the first delivery, and after the second."""
    seen = [everything()]
    for _delivery in range(2):
        with capture(execute=True):
            task.delay(*arguments)
        seen.append(everything())
    return seen
