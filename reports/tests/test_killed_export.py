"""A worker that dies while it writes lists loses no file, doubles none and leaves none."""

import csv
import datetime as dt
import hashlib
import os
import random
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from agencies.models import AuditEntry
from agencies.tests.factories import UserFactory
from documents.services.storing import LONGEST_WRITE
from documents.tests.workshop import workshop
from foreigners.models import Foreigner, Reading
from foreigners.tests.factories import ForeignerFactory, NationalityFactory
from reports.models import Export
from reports.services.exporting import FOLDER, clear_folders

pytestmark = pytest.mark.slow

EXPORTS, PERSONS, KILLS = 6, 1500, 8
# What one of these files takes on a fast machine: death comes at any step of it, and on a
# slow one at any of the first ones.
WRITING = 0.3
# A batch takes no part of a second, on a busy machine some.
LEASE = 6


def owed():
    return Export.objects.waiting().count()


def attempts():
    return Export.objects.aggregate(sum=Sum("attempts"))["sum"]


def kill_at_random_moments(place, chance):
    """Each time while somebody is writing; answers how often there was anybody."""
    kills = 0
    for turn in range(1, 2 * KILLS):
        seen = place.ask(attempts)
        place.wait_until(
            lambda seen=seen: place.ask(attempts) > seen or not place.ask(owed)
        )
        if kills == KILLS or not place.ask(owed):
            break
        time.sleep(chance.uniform(0, WRITING))
        if turn % 5:
            kills += place.kill_one(chance)
        else:
            place.kill_all()
            place.hire(processes=2)
            kills += 1
        place.ring("sweep")
    return kills


def test_lists_of_a_worker_that_is_killed_again_and_again_are_all_there_once(
    transactional_db, tmp_path
):
    officer = UserFactory()
    office, nationality = officer.agency.office, NationalityFactory()
    Foreigner.objects.bulk_create(
        ForeignerFactory.build(office=office, nationality=nationality)
        for _number in range(PERSONS)
    )
    for _number in range(EXPORTS):
        Export.objects.create(
            office=office,
            kind="orang-asing",
            format=Export.Format.CSV,
            reason="Laporan bulanan.",
            total=PERSONS,
            created_by=officer,
        )
    # The sweep leaves alone what has only just been asked for.
    Export.objects.update(queued_at=timezone.now() - dt.timedelta(minutes=2))

    with workshop(tmp_path, app="reports", lease=LEASE) as place:
        place.hire(processes=2)
        place.ring("sweep")
        kills = kill_at_random_moments(place, random.Random(7))  # noqa: S311 -- a schedule
        place.wait_until(lambda: not place.ask(owed))
        rows = place.ask(lambda: list(Export.objects.order_by("pk")))
        readings = place.ask(
            lambda: Reading.objects.filter(verb=Reading.Verb.EXPORTED).count()
        )
        told = place.ask(
            lambda: AuditEntry.objects.filter(verb="reports.export").count()
        )
        files = files_after_the_sweep_of_another_day(place)

    assert kills >= KILLS // 2
    assert [row.state for row in rows] == ["ready"] * EXPORTS
    assert set(files) == {row.file for row in rows}
    assert len(files) == told == EXPORTS
    assert readings == EXPORTS * PERSONS
    for row in rows:
        content = files[row.file]
        assert hashlib.sha256(content).hexdigest() == row.sha256
        lines = list(
            csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";")
        )
        assert len(lines) == PERSONS + 3
        assert len({line[0] for line in lines[2:-1]}) == PERSONS


def files_after_the_sweep_of_another_day(place):
    """The bytes of each file under its path; what was left behind is an hour old."""
    media = Path(settings.MEDIA_ROOT)
    moment = (timezone.now() - LONGEST_WRITE).timestamp() - 1
    for folder in (media / FOLDER).glob("*"):
        os.utime(folder, (moment, moment))
    place.ask(clear_folders)
    return {
        str(path.relative_to(media)): path.read_bytes()
        for path in (media / FOLDER).rglob("*")
        if path.is_file()
    }
