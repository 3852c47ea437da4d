"""How often an address may guess: one counter for every door that needs no account."""

from django.core.cache import cache


def too_many(key: str, most: int, *, seconds: int = 60) -> bool:
    """Count one try under ``key``; true from the one after ``most`` on."""
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) > most
    except ValueError:
        # The window ended between the two calls: this is the first try of the next one.
        return False
