"""Rows of the access table for findings, persons and cases, one table a process.

A row gives (arguments, method, statuses in the order of ``PEOPLE``), as in
``test_access``.
"""

from collections.abc import Callable
from typing import Any

from timpora.tests.world import World

Row = tuple[Callable[[World], list[Any]], str, str]

#                            anon  lia  str  ex   off  oth  sec  chi  adm  aud
FINDINGS: dict[str, Row] = {}
PERSONS: dict[str, Row] = {}
CASES: dict[str, Row] = {}
WORK: dict[str, Row] = {}
MEASURES: dict[str, Row] = {}
CUSTODY: dict[str, Row] = {}
LAW: dict[str, Row] = {}

ROWS: dict[str, Row] = {
    **FINDINGS,
    **PERSONS,
    **CASES,
    **WORK,
    **MEASURES,
    **CUSTODY,
    **LAW,
}
