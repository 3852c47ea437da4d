"""A real worker with broker, files and database of its own, for tests that kill it."""

import os
import signal
import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import redis
from celery import Celery
from django.conf import settings
from django.db import connection

from timpora.tests.threads import database_in_a_file, in_own_connection

LEASE = 1.5
PATIENCE = 120


class Workshop:
    """Apart from everybody else's: several may run on one machine at the same time."""

    def __init__(
        self, folder: Path, asking: ThreadPoolExecutor, app: str, lease: float
    ) -> None:
        self.asking = asking
        self.app = app
        self.queue = f"timpora-test-{uuid.uuid4().hex}:"
        self.environment = os.environ | {
            "DATABASE_URL": database_url(),
            "VAR_DIR": str(folder),
            # The worker opens what the test sealed.
            "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
            "TEST_QUEUE": self.queue,
            "TEST_LEASE_SECONDS": str(lease),
        }
        self.log = folder / "worker.log"
        for name in ("queue", "control"):
            (folder / "broker" / name).mkdir(parents=True, exist_ok=True)
        self.worker: subprocess.Popen[bytes] | None = None
        self.bell = Celery(broker=settings.CELERY_BROKER_URL, set_as_current=False)
        self.bell.conf.broker_transport_options = {
            **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
            "data_folder_in": str(folder / "broker/queue"),
            "data_folder_out": str(folder / "broker/queue"),
            "control_folder": str(folder / "broker/control"),
            "global_keyprefix": self.queue,
        }

    def issue(self, count: int) -> None:
        self.start("-m", "documents.tests.killable", str(count)).wait(PATIENCE)

    def hire(self, processes: int) -> None:
        self.worker = self.start(
            *("-m", "celery", "--quiet", "-A", "documents.tests.killable", "worker"),
            *("--concurrency", str(processes), "--loglevel", "WARNING"),
            *("--without-gossip", "--without-mingle"),
        )

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 -- our own commands
                [sys.executable, *arguments],
                env=self.environment,
                cwd=settings.BASE_DIR,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def ring(self, task: str, *arguments: int) -> None:
        self.bell.send_task(f"{self.app}.tasks.{task}", args=arguments)

    def processes(self) -> list[int]:
        """Those that render; the worker itself only hands out."""
        threads = Path(f"/proc/{self.worker.pid}/task").glob("*/children")
        return [int(pid) for thread in threads for pid in thread.read_text().split()]

    def kill_one(self, chance) -> bool:
        """As the kernel does it when memory is short: one of those that are at work. False
        if none is, for the machine was quicker than the test."""
        for _look in range(20):
            if busy := [pid for pid in self.processes() if is_running(pid)]:
                os.kill(chance.choice(busy), signal.SIGKILL)
                return True
            time.sleep(0.01)
        return False

    def kill_all(self) -> None:
        """As a power cut does it."""
        if self.worker:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait()

    def ask(self, question):
        """What the database says, to a connection that meets the worker there."""
        return self.asking.submit(in_own_connection, question).result()

    def wait_until(self, come_true) -> None:
        """As long as it takes, with the sweep that beat would send."""
        end, step = time.monotonic() + PATIENCE, 0
        while not come_true():
            step += 1
            if step % 50 == 0:
                self.ring("sweep")
            if time.monotonic() > end or self.worker.poll() is not None:
                raise TimeoutError(self.log.read_text())
            time.sleep(0.01)


def is_running(pid: int) -> bool:
    """Neither asleep nor gone: who waits for a task sleeps."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return told.rpartition(")")[2].split()[0] in {"R", "D"}


@contextmanager
def workshop(folder, app="documents", lease=LEASE):
    """``app`` is whose tasks are rung for; a ``lease`` has to outlast one step of them."""
    with database_in_a_file(folder), ThreadPoolExecutor(1) as asking:
        place = Workshop(folder, asking, app, lease)
        try:
            yield place
        finally:
            place.kill_all()
            place.bell.close()
            if settings.CELERY_BROKER_URL.startswith("redis"):
                with redis.Redis.from_url(settings.CELERY_BROKER_URL) as broker:
                    for key in broker.scan_iter(f"{place.queue}*"):
                        broker.delete(key)


def database_url() -> str:
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**values)
