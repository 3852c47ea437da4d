"""What time itself does, in a process that kills itself in the middle of it.

python -m foreigners.tests.killable 11 2026-07-08T05:00:00+00:00   dies after 11 writes
"""

import datetime as dt
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

WRITES = ("INSERT", "UPDATE", "DELETE")


class Death:
    """As a power cut does it: between two statements, in or out of a transaction."""

    def __init__(self, writes: int) -> None:
        self.left = writes

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: Any,
    ) -> Any:
        if sql.startswith(WRITES):
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)
            self.left -= 1
        return execute(sql, params, many, context)


def work(writes: int, at: dt.datetime) -> None:
    from django.db import connection  # noqa: PLC0415 -- leaf

    from foreigners.services.custody import rehash_evidence  # noqa: PLC0415 -- leaf
    from foreigners.services.ticking import tick  # noqa: PLC0415 -- leaf

    with connection.execute_wrapper(Death(writes)):
        tick(at)
        rehash_evidence(at=at)


if __name__ == "__main__":
    import django

    django.setup()
    work(int(sys.argv[1]), dt.datetime.fromisoformat(sys.argv[2]))
