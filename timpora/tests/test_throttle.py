from django.core.cache import cache

from timpora.throttle import too_many


def test_the_try_after_the_most_is_too_many():
    tries = [too_many("door", 2) for _ in range(4)]

    assert tries == [False, False, True, True]


def test_each_key_has_a_count_of_its_own():
    too_many("door", 1)

    assert not too_many("window", 1)
    assert too_many("door", 1)


def test_window_that_ends_between_the_two_calls_refuses_nobody():
    # A lifetime of nothing: the key is gone before it is counted up.
    assert not too_many("door", 0, seconds=0)
    assert cache.get("door") is None
