"""Every task of this app, delivered twice."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from agencies.models import Notification
from agencies.tasks import send_notification, sweep
from timpora.tests.twice import deliver_twice

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed():
    """A mail rung for two minutes ago, and the bell was not heard."""
    notification = Notification.objects.create(
        key="undangan:1", to="a@contoh.example", subject="Undangan", body="Yth."
    )
    Notification.objects.update(queued_at=timezone.now() - dt.timedelta(minutes=2))
    return notification


@pytest.mark.parametrize("task", [send_notification, sweep])
def test_second_delivery_mails_nothing(task, owed, django_capture_on_commit_callbacks):
    arguments = [owed.pk] if task is send_notification else []

    before, once, twice = deliver_twice(
        task, *arguments, capture=django_capture_on_commit_callbacks
    )

    assert before != once == twice
    assert [message.to for message in mail.outbox] == [["a@contoh.example"]]
