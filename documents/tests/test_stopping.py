"""A long paper says how far it is, and whoever may calls it off; nothing is lost."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEntry
from agencies.tests.factories import UserFactory
from documents.models import DocumentVersion
from documents.services.rendering import (
    DrawingStopped,
    NothingToStop,
    draw,
    get_on,
    render_version,
    stop_drawing,
    try_again,
    waiting,
)
from documents.services.storing import stored
from documents.tasks import render
from documents.tests.factories import DocumentVersionFactory
from timpora.pdf import MOST_CELLS
from timpora.tests.twice import deliver_twice

pytestmark = pytest.mark.django_db

ROWS = [
    {
        "number": str(number),
        "label": f"Baris {number}",
        "cells": ["1"] * 12,
        "total": "12",
    }
    for number in range(MOST_CELLS // 14 * 3 // 2)
]
# Two parts: one and a half times what is drawn at once.
SNAPSHOT = {
    "document": {"title": "Rekap", "verify_url": "https://contoh.example/v/x/"},
    "office": {"lines": ["KANTOR IMIGRASI"]},
    "tables": [
        {
            "code": "R1",
            "title": "Contoh",
            "is_count": True,
            "width": 15,
            "head": "Baris",
            "headings": ["K"] * 12,
            "total_label": "Jumlah",
            "sections": [{"title": "", "rows": ROWS}],
        }
    ],
}


def long_version(**more):
    return DocumentVersionFactory(
        template="reports/pdf/rekap.html", snapshot=SNAPSHOT, **more
    )


def of_the_office(version, role):
    return UserFactory(agency=version.document.office.agency, role=role)


def acts(verb):
    return AuditEntry.objects.filter(verb=verb).count()


@pytest.mark.slow
def test_long_paper_says_after_each_part_how_far_it_is():
    version = long_version()

    render_version(version.pk)

    version.refresh_from_db()
    assert version.is_ready
    assert (version.parts_done, version.parts) == (2, 2)


@pytest.mark.slow
def test_second_delivery_of_a_long_paper_finds_nothing_to_do(
    django_capture_on_commit_callbacks,
):
    before, once, twice = deliver_twice(
        render, long_version().pk, capture=django_capture_on_commit_callbacks
    )

    assert before != once == twice


@pytest.mark.slow
def test_paper_that_is_stopped_while_it_is_drawn_ends_at_the_next_part():
    version = long_version()
    chief = of_the_office(version, "chief")
    told = []

    def stop_then_get_on(done, of):
        """As a web process does it between two parts."""
        told.append(done)
        stop_drawing(version, by=chief)
        get_on(waiting(), version.pk, done, of)

    with pytest.raises(DrawingStopped):
        draw(version, after_part=stop_then_get_on)

    version.refresh_from_db()
    assert told == [1]
    assert (version.state, version.stopped_by, version.file) == ("failed", chief, "")


def test_worker_that_is_told_of_a_stop_ends_without_a_failure():
    version = long_version()
    stop_drawing(version, by=of_the_office(version, "chief"))

    render_version(version.pk)

    version.refresh_from_db()
    assert (version.state, version.attempts, version.error) == ("failed", 0, "")
    with pytest.raises(DrawingStopped):
        get_on(waiting(), version.pk, 1, 2)


@pytest.mark.slow
def test_stopped_paper_is_drawn_again_with_the_same_number_and_bytes(
    django_capture_on_commit_callbacks,
):
    stopped = long_version()
    number, expected = stopped.document.number, draw(stopped)
    stop_drawing(stopped, by=of_the_office(stopped, "chief"))

    with django_capture_on_commit_callbacks(execute=True):
        try_again(stopped)
    render_version(stopped.pk)

    stopped.refresh_from_db()
    assert stopped.is_ready
    assert (stopped.stopped_by, stopped.document.number) == (None, number)
    assert stored(stopped.file).read_bytes() == expected


def test_stop_of_a_finished_paper_changes_nothing():
    version = DocumentVersionFactory(ready=True)
    before = DocumentVersion.objects.values().get(pk=version.pk)

    with pytest.raises(NothingToStop):
        stop_drawing(version, by=of_the_office(version, "chief"))

    assert DocumentVersion.objects.values().get(pk=version.pk) == before
    assert acts("documents.stop_drawing") == 0


def test_of_two_who_stop_the_first_is_written_down():
    version = long_version()
    first, second = of_the_office(version, "chief"), of_the_office(version, "chief")
    stop_drawing(version, by=first)

    with pytest.raises(NothingToStop):
        stop_drawing(version, by=second)

    version.refresh_from_db()
    assert version.stopped_by == first
    assert acts("documents.stop_drawing") == 1


def test_part_keeps_the_lease_of_whoever_draws():
    version = long_version(leased_until=timezone.now(), attempts=1)

    get_on(waiting(), version.pk, 3, 12)

    version.refresh_from_db()
    assert version.leased_until > timezone.now()
    assert (version.parts_done, version.parts) == (3, 12)


def test_database_refuses_a_finished_paper_that_was_stopped():
    version = DocumentVersionFactory(ready=True)

    with pytest.raises(IntegrityError, match="what_was_stopped"), transaction.atomic():
        DocumentVersion.objects.filter(pk=version.pk).update(stopped_by=UserFactory())


def test_page_shows_the_parts_and_the_chief_stops_it_there(client):
    version = long_version(parts_done=3, parts=12)
    client.force_login(of_the_office(version, "chief"))
    page = version.document.get_absolute_url()
    url = reverse("documents:stop", args=[version.pk])

    before = client.get(page).content.decode()
    client.post(url)
    after = client.get(page).content.decode()

    assert "bagian 3 dari 12" in before
    assert url in before
    assert "every 2s" in before
    assert "dihentikan oleh" in after
    assert reverse("documents:retry", args=[version.pk]) in after
    assert "every 2s" not in after


@pytest.mark.parametrize("role", ["officer", "section_head"])
def test_who_did_not_issue_it_sees_no_button_and_is_refused(client, role):
    version = long_version()
    client.force_login(of_the_office(version, role))
    url = reverse("documents:stop", args=[version.pk])

    page = client.get(version.document.get_absolute_url()).content.decode()
    response = client.post(url)

    version.refresh_from_db()
    assert url not in page
    assert (response.status_code, version.state) == (403, "queued")


def test_who_issued_it_stops_it(client):
    version = long_version()
    head = of_the_office(version, "section_head")
    DocumentVersion.objects.filter(pk=version.pk).update(created_by=head)
    client.force_login(head)

    client.post(reverse("documents:stop", args=[version.pk]))

    version.refresh_from_db()
    assert version.stopped_by == head


def test_chief_of_another_office_does_not_find_it(client):
    version = long_version()
    client.force_login(of_the_office(DocumentVersionFactory(), "chief"))

    response = client.post(reverse("documents:stop", args=[version.pk]))

    version.refresh_from_db()
    assert (response.status_code, version.state) == (404, "queued")


def test_stop_that_comes_too_late_says_so(client):
    version = DocumentVersionFactory(ready=True)
    client.force_login(of_the_office(version, "chief"))
    url = reverse("documents:stop", args=[version.pk])

    page = client.post(url, follow=True).content.decode()

    assert "sudah tidak sedang dibuat" in page
    version.refresh_from_db()
    assert version.is_ready
