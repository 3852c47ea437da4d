"""Recaps and dashboards on a country's data: 133 offices, a million cases.

    python benchmarks/recaps.py [--cases 1000000] [--meetings 200000] [--keep NAME]

Fills a new PostgreSQL database with invented cases, meetings and attendances of five
years, 25 attendances to a meeting. The offices differ in size; the one with the most cases
is measured, --office 60 is in the middle. Each table of a month's and a year's recap is
timed against SQL written by hand that finds the same numbers (at most 1.5 times; numbers
that differ are told and fail), the month's recap as the worker computes it (at most 1 s
and 500 MB), and each dashboard (at most 15 queries). --keep makes the database NAME and
leaves it, or measures on it as it is. The server is that of TEST_DATABASE_URL; without
--keep the database is dropped again.
"""

import argparse
import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from fresh.installation import (
    Installation,
    on_postgresql,
    peak_megabytes,
    start_django,
)

MOST_TIMES = 1.5
MOST_SECONDS = 1.0
MOST_MEGABYTES = 500
MOST_QUERIES = 15


def options(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=int, default=133)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--meetings", type=int, default=200_000)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--office", type=int, default=1)
    parser.add_argument("--turns", type=int, default=9)
    parser.add_argument("--keep", metavar="NAME", default="")
    return parser.parse_args(given)


def main(given: list[str]) -> int:
    keep = options(given).keep
    return on_postgresql(lambda installation: run(installation, given), keep=keep)


def run(installation: Installation, given: list[str]) -> bool:
    """Fill what is empty and measure; True if a limit is missed or a number differs."""
    failed = False
    print(installation.python(__file__, "--fill", *given), end="", flush=True)
    for part in ("--tables", "--recap", "--dashboards"):
        told = json.loads(installation.python(__file__, part, *given))
        failed |= told["failed"]
        print(*told["lines"], sep="\n", flush=True)
    return failed


# --- each in a process of its own, with the settings of the installation ---------------
def fill(arguments: argparse.Namespace) -> None:
    from invented.country import LINES, Size  # noqa: PLC0415
    from invented.country import fill as write  # noqa: PLC0415

    from foreigners.models import Case  # noqa: PLC0415 -- needs the settings

    if not Case.objects.exists():
        begun = time.perf_counter()
        size = Size(
            arguments.offices,
            arguments.cases,
            arguments.meetings,
            arguments.years,
            arguments.seed,
            until=dt.date.today(),  # noqa: DTZ011 -- invented days
        )
        write(size, told=lambda text: print(text, file=sys.stderr, flush=True))
        print(f"written in {time.perf_counter() - begun:.0f} s")
    print(f"{standing(LINES)}; measured: {told_of(arguments.office)}")


def standing(lines: int) -> str:
    from django.db import connection  # noqa: PLC0415 -- needs the settings

    from agencies.models import Office  # noqa: PLC0415 -- needs the settings
    from foreigners.models import Case  # noqa: PLC0415 -- needs the settings
    from meetings.models import Attendance, Meeting  # noqa: PLC0415

    counts = [model.objects.count() for model in (Office, Case, Meeting, Attendance)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()) / 1e9")
        size = cursor.fetchone()[0]
    return "{:,} offices, {:,} cases, {:,} meetings, {:,} attendances".format(*counts) + f", {size:.1f} GB"  # fmt: skip


def told_of(office: int) -> str:
    from foreigners.models import Case  # noqa: PLC0415 -- needs the settings
    from meetings.models import Meeting  # noqa: PLC0415 -- needs the settings

    cases, meetings = (
        model.objects.filter(office=office).count() for model in (Case, Meeting)
    )
    return f"office {office} with {cases:,} cases, {meetings:,} meetings"


def periods() -> list[Any]:
    """The last month and the last year that are over in the data."""
    from django.db.models import Max  # noqa: PLC0415 -- needs the settings

    from foreigners.models import Case  # noqa: PLC0415 -- needs the settings
    from reports.models import Period, PeriodKind  # noqa: PLC0415

    last: Any = Case.objects.aggregate(last=Max("registered_on"))["last"]
    return [
        Period.containing(kind, last).before()
        for kind in (PeriodKind.MONTH, PeriodKind.YEAR)
    ]


def tables(arguments: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    """Each table of the catalogue against its bare SQL, in turns; the quickest count."""
    from bare.tables import differences, parameters, sql_of  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415 -- needs the settings

    from agencies.models import Office  # noqa: PLC0415 -- needs the settings
    from reports.queries.catalogue import CATALOGUE  # noqa: PLC0415
    from reports.queries.crosstab import Scope  # noqa: PLC0415

    for period in periods():
        yield f"{period.label}: the table, bare SQL, the times it takes", False
        for code, crosstab in CATALOGUE.items():
            scope = Scope(Office.objects.get(pk=arguments.office), period)
            sql, given = sql_of(code), parameters(scope)

            def bare(sql: str = sql, given: dict[str, Any] = given) -> list[Any]:
                with connection.cursor() as cursor:
                    cursor.cursor.execute(sql, given)
                    return cursor.cursor.fetchall()

            own, hand, table, rows = in_turn(
                partial(crosstab.tabulate, scope),
                bare,
                arguments.turns,
            )
            faults = differences(table, rows)
            yield from ((f"  DIFFERENT {fault}", True) for fault in faults)
            ratio = own / hand
            yield (
                f"  {code:4}{own * 1000:8.1f} ms {hand * 1000:8.1f} ms {ratio:6.2f} "
                f"{verdict(ratio, MOST_TIMES)}",
                ratio > MOST_TIMES,
            )


def in_turn(
    first: Callable[[], Any], second: Callable[[], Any], turns: int
) -> tuple[float, float, Any, Any]:
    """The quickest time of each, for others use the machine, and what each answered."""
    quickest, answers = [float("inf")] * 2, [None] * 2
    for _turn in range(turns):
        for place, work in enumerate((first, second)):
            begun = time.perf_counter()
            answers[place] = work()
            quickest[place] = min(quickest[place], time.perf_counter() - begun)
    return (*quickest, *answers)  # type: ignore[return-value]


def verdict(value: float, most: float) -> str:
    return f"(at most {most:g})" if value <= most else f"(MISSED: at most {most:g})"


def recap(arguments: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    """The recaps as a new worker computes them, one after the other."""
    from agencies.models import Office  # noqa: PLC0415 -- needs the settings
    from reports.models import Recap  # noqa: PLC0415 -- needs the settings
    from reports.services.recaps import open_recap, queue  # noqa: PLC0415
    from reports.tasks import compute_recap  # noqa: PLC0415 -- needs the settings

    office = Office.objects.get(pk=arguments.office)
    Recap.objects.filter(office=office).delete()
    for period, most in zip(periods(), (MOST_SECONDS, None), strict=True):
        made = open_recap(office, period, by=None)
        taken = []
        for _turn in range(3):
            queue(made)
            begun = time.perf_counter()
            compute_recap(made.pk)
            taken.append(time.perf_counter() - begun)
        made.refresh_from_db()
        if not made.figures or made.faults:
            yield f"recap {period.label}: {made.error or made.faults}", True
        peak = peak_megabytes()
        yield (
            f"recap {period.label}, {len(made.figures)} tables: {taken[0]:.2f} s the first "
            f"time, {min(taken):.2f} s the quickest {verdict(taken[0], most) if most else ''}; "
            f"peak memory {peak:.0f} MB {verdict(peak, MOST_MEGABYTES)}",
            bool(most and taken[0] > most) or peak > MOST_MEGABYTES,
        )


def dashboards(arguments: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    """Each dashboard as its reader opens it, session and rights included."""
    from django.conf import settings  # noqa: PLC0415 -- needs the settings
    from django.db import connection  # noqa: PLC0415 -- needs the settings
    from django.test import Client  # noqa: PLC0415 -- needs the settings
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415 -- needs the settings

    from agencies.models import User  # noqa: PLC0415 -- needs the settings

    settings.ALLOWED_HOSTS = ["testserver"]
    of_office = User.objects.of_office(arguments.office).order_by("pk")
    for role, page in (
        ("chief", "dashboard"),
        ("section_head", "dashboard"),
        ("officer", "dashboard"),
        ("liaison", "dashboard"),
        ("chief", "district_map"),
    ):
        client = Client()
        client.force_login(of_office.filter(role=role)[0])
        for period in periods():
            days = {"sejak": period.starts_on, "sampai": period.ends_on}

            def opened(
                page: str = page, days: dict[str, Any] = days, client: Any = client
            ) -> None:
                answer = client.get(
                    reverse(f"reports:{page}"), {"periode": "bebas"} | days
                )
                if answer.status_code != 200:
                    raise ValueError(f"{page}: {answer.status_code}")

            opened()
            with CaptureQueriesContext(connection) as queries:
                opened()
            # The next request clears the log that these were counted in.
            asked = len(queries)
            taken = []
            for _turn in range(3):
                begun = time.perf_counter()
                opened()
                taken.append(time.perf_counter() - begun)
            yield (
                f"{page} of the {role}, {period.label}: {asked} queries "
                f"{verdict(asked, MOST_QUERIES)}, {min(taken):.2f} s",
                asked > MOST_QUERIES,
            )


PARTS = {"--tables": tables, "--recap": recap, "--dashboards": dashboards}


def tell(part: str, given: list[str]) -> None:
    lines = list(PARTS[part](options(given)))
    failed = any(missed for _line, missed in lines)
    print(json.dumps({"lines": [line for line, _missed in lines], "failed": failed}))


if __name__ == "__main__":
    part, *rest = sys.argv[1:] or [""]
    if part == "--fill" or part in PARTS:
        start_django()
        fill(options(rest)) if part == "--fill" else tell(part, rest)
    else:
        sys.exit(main(sys.argv[1:]))
