"""A worker that dies at any moment loses no paper, doubles none and leaves no half file."""

import hashlib
import os
import random
import signal
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from agencies.tests.factories import UserFactory
from documents.models import Document, DocumentVersion, Signature, TakenNumber
from documents.services.storing import LONGEST_WRITE, PART, clear_parts
from documents.tests.certificates import certify_user
from documents.tests.factories import DocumentVersionFactory, NumberPatternFactory
from documents.tests.workshop import workshop
from timpora import pades

pytestmark = pytest.mark.slow

PAPERS = 20
KILLS = 20
# About what one of these papers takes, so that death may come at any step of it.
RENDERING = 0.25


def owed():
    """Papers to draw and signatures to append."""
    return (
        DocumentVersion.objects.filter(state=DocumentVersion.State.QUEUED).count()
        + Signature.objects.filter(state=Signature.State.OWED).count()
    )


def claims():
    """How often a worker has taken up a paper or a signature."""
    return sum(
        model.objects.aggregate(sum=Sum("attempts"))["sum"]
        for model in (DocumentVersion, Signature)
    )


def papers():
    return list(DocumentVersion.objects.order_by("pk"))


def serials():
    return list(TakenNumber.objects.values_list("serial", flat=True))


def kill_at_random_moments(place, chance):
    """Each time while somebody is drawing; every seventh time the whole worker. Answers
    how often, for a quick machine may have drawn everything before."""
    kills = 0
    for turn in range(1, 2 * KILLS):
        seen = place.ask(claims)
        place.wait_until(
            lambda seen=seen: place.ask(claims) > seen or not place.ask(owed)
        )
        if kills == KILLS or not place.ask(owed):
            break
        time.sleep(chance.uniform(0, RENDERING))
        if turn % 7:
            kills += place.kill_one(chance)
        else:
            place.kill_all()
            place.hire(processes=2)
            kills += 1
        place.ring("sweep")
    return kills


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


@pytest.mark.parametrize("signed", [False, True])
def test_papers_of_a_worker_that_is_killed_twenty_times_are_all_there_once(
    transactional_db, tmp_path, signed
):
    office = NumberPatternFactory(kind=Document.Kind.MINUTES).office
    officer = UserFactory(agency=office.agency)
    if signed:
        certify_user(officer)

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
    drawn = {version.file for version in versions}
    # Without a certificate there is no second file; with one each paper has its own.
    appended = {version.signed_file for version in versions} - {""}
    assert set(files) == drawn | appended
    assert len(files) == PAPERS * (2 if signed else 1)
    for version in versions:
        content = files[version.file]
        assert hashlib.sha256(content).hexdigest() == version.sha256
        assert version.file.endswith(f"/{version.sha256}")
        assert (len(content), version.pages) == (version.size, 1)
        if signed:
            [found] = pades.signatures(files[version.signed_file])
            assert (found.is_intact, found.covers_file) == (True, True)


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
        [waiting] = place.processes()
        os.kill(waiting, signal.SIGKILL)
        place.ring("render", second.pk)
        place.wait_until(lambda: not place.ask(owed))
        versions = place.ask(papers)

    assert [version.state for version in versions] == ["ready", "ready"]
