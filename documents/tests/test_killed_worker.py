"""A worker that dies at any moment loses no paper, doubles none and leaves no half file."""

import hashlib
import os
import random
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from agencies.tests.factories import UserFactory
from documents.models import Document, DocumentVersion, TakenNumber
from documents.services.storing import LONGEST_WRITE, PART, clear_parts
from documents.tests.factories import DocumentVersionFactory, NumberPatternFactory
from documents.tests.workshop import workshop

pytestmark = pytest.mark.slow

PAPERS = 20
KILLS = 20
# About what one of these papers takes, so that death may come at any step of it.
RENDERING = 0.25


def owed():
    return DocumentVersion.objects.filter(state=DocumentVersion.State.QUEUED).count()


def claims():
    """How often a worker has taken up a paper."""
    return DocumentVersion.objects.aggregate(sum=Sum("attempts"))["sum"]


def papers():
    return list(DocumentVersion.objects.order_by("pk"))


def serials():
    return list(TakenNumber.objects.values_list("serial", flat=True))


def kill_at_random_moments(place, chance):
    """Each time while somebody is drawing; every seventh time the whole worker. Answers
    how often, for a quick machine may have drawn everything before."""
    for kill in range(1, KILLS + 1):
        seen = place.ask(claims)
        place.wait_until(
            lambda seen=seen: place.ask(claims) > seen or not place.ask(owed)
        )
        if not place.ask(owed):
            return kill - 1
        time.sleep(chance.uniform(0, RENDERING))
        if kill % 7:
            place.kill_one(chance)
        else:
            place.kill_all()
            place.hire(processes=2)
        place.ring("sweep")
    return KILLS


def files_after_the_sweep_of_another_day():
    """The bytes of each file under its path; what was half written is an hour old."""
    media = Path(settings.MEDIA_ROOT)
    moment = (timezone.now() - LONGEST_WRITE).timestamp() - 1
    for part in media.glob(f"*/{PART}*"):
        os.utime(part, (moment, moment))
    clear_parts()
    return {
        str(path.relative_to(media)): path.read_bytes()
        for path in media.rglob("*")
        if path.is_file()
    }


def test_papers_of_a_worker_that_is_killed_twenty_times_are_all_there_once(
    transactional_db, tmp_path
):
    UserFactory(agency=NumberPatternFactory(kind=Document.Kind.MINUTES).office.agency)

    with workshop(tmp_path) as place:
        place.issue(PAPERS)
        place.hire(processes=2)
        kills = kill_at_random_moments(place, random.Random(7))  # noqa: S311 -- a schedule
        place.wait_until(lambda: not place.ask(owed))
        versions, numbers = place.ask(papers), place.ask(serials)

    assert kills >= KILLS // 2
    files = files_after_the_sweep_of_another_day()
    assert [version.state for version in versions] == ["ready"] * PAPERS
    assert numbers == list(range(1, PAPERS + 1))
    assert set(files) == {version.file for version in versions}
    assert len(files) == PAPERS
    for version in versions:
        content = files[version.file]
        assert hashlib.sha256(content).hexdigest() == version.sha256
        assert version.file.endswith(f"/{version.sha256}")
        assert (len(content), version.pages) == (version.size, 1)


def test_worker_whose_waiting_process_is_killed_draws_the_next_paper(
    transactional_db, tmp_path
):
    snapshot = {"document": {"verify_url": "https://contoh.example/v/x/"}}
    first, second = DocumentVersionFactory.create_batch(2, snapshot=snapshot)

    with workshop(tmp_path) as place:
        place.hire(processes=1)
        place.ring("render", first.pk)
        place.wait_until(lambda: place.ask(owed) == 1)
        # It has nothing to do but to wait.
        time.sleep(0.5)
        place.kill_one(random.Random(7))  # noqa: S311 -- there is only one
        place.ring("render", second.pk)
        place.wait_until(lambda: not place.ask(owed))
        versions = place.ask(papers)

    assert [version.state for version in versions] == ["ready", "ready"]
