"""What the home page says of one thing that waits."""

from dataclasses import dataclass

MOST = 7


@dataclass(frozen=True)
class Duty:
    """What to do, about what, where, and whether it is late."""

    act: str
    about: str
    url: str
    is_overdue: bool = False
