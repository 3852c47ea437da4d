import datetime as dt

from django.core.cache import cache
from django.utils import timezone

SEEN = "worker-seen"
PAUSE = "worker-seen-lately"
GRAIN = 15


def note_worker() -> None:
    """Write down that a worker lives; at most once in a while, for it says so often."""
    if cache.add(PAUSE, 1, timeout=GRAIN):
        cache.set(SEEN, timezone.now(), timeout=None)


def worker_seen_at() -> dt.datetime | None:
    """When a worker last gave a sign of life; None if never."""
    return cache.get(SEEN)
