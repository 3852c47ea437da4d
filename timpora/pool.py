"""The worker's processes: one that is killed takes no other along.

With a broker of folders Celery feeds its processes through two pipes, each behind a lock;
whichever waits for the next task holds one. If the kernel kills that process, because
memory is short, the lock stays taken: the worker looks alive and never draws a paper again.
"""

import fcntl
import tempfile
from typing import Any

from celery.concurrency import prefork


class MortalLock:
    """A lock among processes that the kernel opens when its holder dies."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 -- open while we live

    def acquire(self) -> bool:
        fcntl.lockf(self.file, fcntl.LOCK_EX)
        return True

    def release(self) -> None:
        fcntl.lockf(self.file, fcntl.LOCK_UN)

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *raised: Any) -> None:
        self.release()


class BlockingPool(prefork.BlockingPool):
    def _setup_queues(self) -> None:
        super()._setup_queues()
        for pipe in (self._inqueue, self._outqueue):
            pipe._rlock, pipe._wlock = MortalLock(), MortalLock()


class TaskPool(prefork.TaskPool):
    BlockingPool = BlockingPool
