import os
import stat

import pytest
from django.utils import timezone

from documents.services.storing import (
    LONGEST_WRITE,
    PART,
    clear_parts,
    digest,
    store,
    stored,
)


@pytest.fixture
def left_over():
    """What a writer that was killed before the rename leaves behind."""
    beside = stored(store(b"notula"))
    part = beside.parent / f"{PART}x1"
    part.write_bytes(b"not")
    return part


def age(path, seconds):
    moment = (timezone.now() - LONGEST_WRITE).timestamp() - seconds
    os.utime(path, (moment, moment))


def test_file_is_called_by_its_digest_and_kept_once():
    first, second = store(b"notula"), store(b"notula")

    assert first == second == f"{digest(b'notula')[:2]}/{digest(b'notula')}"
    assert stored(first).read_bytes() == b"notula"
    assert stat.S_IMODE(stored(first).stat().st_mode) == 0o640
    assert list(stored(first).parent.iterdir()) == [stored(first)]


def test_left_over_of_a_killed_writer_is_swept_and_no_paper_with_it(left_over):
    age(left_over, seconds=1)
    for file in left_over.parent.iterdir():
        age(file, seconds=1)

    clear_parts()

    assert [file.name for file in left_over.parent.iterdir()] == [digest(b"notula")]


def test_file_that_is_just_being_written_is_left_alone(left_over):
    age(left_over, seconds=-60)

    clear_parts()

    assert left_over.exists()
