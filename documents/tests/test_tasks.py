"""Every task of this app, delivered twice."""

import datetime as dt

import pytest
from django.utils import timezone

from documents.models import DocumentVersion
from documents.tasks import render, stamp, sweep
from documents.tests.factories import DocumentVersionFactory
from timpora.tests.twice import deliver_twice

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SNAPSHOT = {
    "document": {"title": "Notula", "verify_url": "https://contoh.example/v/x/"},
    "office": {"lines": ["KANTOR IMIGRASI"]},
}


def queued():
    return DocumentVersionFactory(snapshot=SNAPSHOT).pk


def superseded():
    return DocumentVersionFactory(
        ready=True, snapshot=SNAPSHOT, superseded_at=timezone.now()
    ).pk


def forgotten():
    """Rung for two minutes ago, and the bell was not heard."""
    long_ago = timezone.now() - dt.timedelta(minutes=2)
    queued()
    superseded()
    DocumentVersion.objects.update(queued_at=long_ago)
    DocumentVersion.objects.filter(state="ready").update(superseded_at=long_ago)


@pytest.mark.parametrize(("task", "owe"), [(render, queued), (stamp, superseded)])
def test_second_delivery_of_a_paper_finds_nothing_to_do(
    task, owe, django_capture_on_commit_callbacks
):
    before, once, twice = deliver_twice(
        task, owe(), capture=django_capture_on_commit_callbacks
    )

    assert before != once == twice


def test_second_sweep_finds_nothing_to_do(django_capture_on_commit_callbacks):
    forgotten()

    before, once, twice = deliver_twice(
        sweep, capture=django_capture_on_commit_callbacks
    )

    assert before != once == twice
    assert not DocumentVersion.objects.filter(state="queued").exists()
    assert not DocumentVersion.objects.filter(
        superseded_at__isnull=False, stamped_file=""
    ).exists()
