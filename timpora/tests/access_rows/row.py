"""What a row of the access table is: arguments, method, statuses in order of PEOPLE."""

from collections.abc import Callable
from typing import Any

from timpora.tests.world import World

Row = tuple[Callable[[World], list[Any]], str, str]
