"""The default broker under load: nobody ever reads a message that is not whole."""

import time
from concurrent.futures import ThreadPoolExecutor
from queue import Empty

import pytest
from kombu import Connection

WRITERS = 4
MESSAGES = 200
PATIENCE = 60


@pytest.fixture
def connect(tmp_path):
    """Connections that meet in one folder, as web processes and the worker do."""
    for name in ("queue", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "control_folder": str(tmp_path / "control"),
    }
    return lambda: Connection("filesystem://", transport_options=options)


def test_message_is_read_whole_while_others_are_being_written(connect):
    def write(writer):
        with connect() as connection:
            channel = connection.default_channel
            for number in range(MESSAGES):
                channel._put("celery", {"writer": writer, "number": number})

    def read(_reader):
        with connect() as connection:
            got, end = [], time.monotonic() + PATIENCE
            while len(got) < WRITERS * MESSAGES and time.monotonic() < end:
                try:
                    got.append(connection.default_channel._get("celery"))
                except Empty:
                    continue
            return got

    with ThreadPoolExecutor(WRITERS + 1) as crowd:
        reading = crowd.submit(read, 0)
        list(crowd.map(write, range(WRITERS)))
        got = reading.result()

    assert sorted((message["writer"], message["number"]) for message in got) == [
        (writer, number) for writer in range(WRITERS) for number in range(MESSAGES)
    ]
