"""Candidates for a misspelt name: is the right person among the first, and how fast.

    DATABASE_URL=postgres://… python benchmarks/candidates.py [--persons 1000000]

Fills the database with invented foreigners (again only if there are fewer), misspells
the names of 100 of them in four ways, searches each with the birth year, and prints how
often the right person is among the first 20, and the median time of a search against
that of its own SQL alone. Without DATABASE_URL, and after PostgreSQL, the same in a
temporary SQLite file of the demonstration's size and of a large office's.
"""

import argparse
import io
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SQLITE_SIZES = (40, 10_000)
AMONG = 20
BATCH = 20_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--show-missed", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as var:
        on_server = "DATABASE_URL" in os.environ
        prepare(var)
        if on_server:
            run(arguments, arguments.persons)
            return subprocess.call(  # noqa: S603 -- this very script
                [sys.executable, __file__, f"--seed={arguments.seed}"],
                env={key: text for key, text in os.environ.items() if key not in {"DATABASE_URL", "VAR_DIR"}},
            )  # fmt: skip
        for persons in SQLITE_SIZES:
            run(arguments, persons)
    return 0


def prepare(var: str) -> None:
    os.environ["VAR_DIR"] = var
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{var}/timpora.sqlite3")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.settings")
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415 -- the settings must be known first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)


def run(arguments: argparse.Namespace, persons: int) -> None:
    from django.db import connection  # noqa: PLC0415 -- after the set-up

    office_id = filled(persons)
    chance = random.Random(arguments.seed)  # noqa: S311 -- a draw that can be repeated
    cases = list(misspelt(office_id, chance, arguments.cases))
    hits, places, slow, bare, missed = Counter[str](), [], [], [], []
    for kind, name, typed, year, pk in cases:
        place, took, alone = searched(office_id, typed, year, pk)
        slow.append(took)
        bare.append(alone)
        if place is not None and place < AMONG:
            hits[kind] += 1
            places.append(place + 1)
        else:
            missed.append(f"  {kind}: {name} -> {typed} ({year})")
    tried = Counter(case[0] for case in cases)
    ratio = statistics.median(slow) / statistics.median(bare)
    print(
        f"{connection.vendor}, {persons:,} persons: the right one among the first {AMONG} "
        f"in {hits.total()} of {len(cases)} "
        f"({', '.join(f'{kind} {hits[kind]}/{tried[kind]}' for kind in tried)}); "
        f"median place {statistics.median(places):.0f}\n"
        f"  search {statistics.median(slow) * 1000:.1f} ms, its SQL alone "
        f"{statistics.median(bare) * 1000:.1f} ms: {ratio:.2f} times (medians); "
        f"slowest search {max(slow) * 1000:.0f} ms"
    )
    if arguments.show_missed:
        print("\n".join(missed))


def searched(
    office_id: int, typed: str, year: int, pk: int
) -> tuple[int | None, float, float]:
    """Where the right person stands, how long the search took, how long its SQL alone.

    Timed in turns and three times each; the quickest counts, for others use the machine.
    """
    from django.db import connection  # noqa: PLC0415 -- after the set-up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from foreigners.services.matching import Wanted, find_candidates  # noqa: PLC0415

    wanted = Wanted(office_id, names=(typed,), birth=(year, None, None))
    with CaptureQueriesContext(connection) as queries:
        found = [one.pk for one in find_candidates(wanted)]
    statements = [query["sql"] for query in queries]
    whole, alone = [], []
    for _turn in range(3):
        begun = time.perf_counter()
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.cursor.execute(statement)
                cursor.fetchall()
        alone.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        find_candidates(wanted)
        whole.append(time.perf_counter() - begun)
    return (found.index(pk) if pk in found else None), min(whole), min(alone)


def misspelt(
    office_id: int, chance: random.Random, cases: int
) -> Iterator[tuple[str, str, str, int, int]]:
    """Kind, name, name as typed, birth year and key of persons drawn by lot."""
    from invented.names import MISSPELLINGS  # noqa: PLC0415

    from foreigners.models import Foreigner  # noqa: PLC0415 -- after the set-up

    first = Foreigner.objects.filter(office=office_id).earliest("pk").pk
    count = Foreigner.objects.filter(office=office_id).count()
    kinds = list(MISSPELLINGS)
    for nth in range(cases):
        person = Foreigner.objects.get(pk=first + chance.randrange(count))
        kind = kinds[nth % len(kinds)]
        typed = MISSPELLINGS[kind](person.name, chance)
        yield kind, person.name, typed, person.birth_year or 0, person.pk


def filled(persons: int) -> int:
    """The office with at least so many invented foreigners; answers its key."""
    from django.db import connection  # noqa: PLC0415 -- after the set-up
    from django.db.models import Max  # noqa: PLC0415

    from agencies.models import Office  # noqa: PLC0415
    from agencies.tests.factories import OfficeFactory  # noqa: PLC0415
    from foreigners.models import Foreigner, NameKey  # noqa: PLC0415
    from foreigners.services.nationalities import load_nationalities  # noqa: PLC0415

    load_nationalities()
    if not Office.objects.exists():
        OfficeFactory()
    office = Office.objects.earliest("pk")
    held = Foreigner.objects.filter(office=office).count()
    if held >= persons:
        return office.pk
    begun = time.perf_counter()
    start = (Foreigner.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    for first in range(start, start + persons - held, BATCH):
        pks = range(first, min(first + BATCH, start + persons - held))
        people, keys = invented(pks, office.pk)
        insert(Foreigner, people)
        insert(NameKey, keys)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence('foreigners_foreigner', 'id'), (SELECT max(id) FROM foreigners_foreigner))")  # fmt: skip
            cursor.execute("VACUUM ANALYZE foreigners_foreigner")
            cursor.execute("VACUUM ANALYZE foreigners_namekey")
        else:
            cursor.execute("ANALYZE")
    print(
        f"{persons - held:,} invented foreigners with their name keys written in "
        f"{time.perf_counter() - begun:.0f} s"
    )
    return office.pk


def invented(
    pks: Iterable[int], office_id: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    from invented.names import person  # noqa: PLC0415

    from foreigners.names import keys_of  # noqa: PLC0415 -- after the set-up

    people, keys = [], []
    for pk in pks:
        nationality, name, year = person(random.Random(pk))  # noqa: S311
        people.append(
            {
                "id": pk,
                "office_id": office_id,
                "key": uuid.uuid4(),
                "name": name,
                "sex": "X",
                "birth_year": year,
                "birth_place": "",
                "nationality_id": nationality,
                "identity": "terbuka",
                "revision": 1,
                "created_at": "2026-01-01T00:00:00+00:00",
            }
        )
        keys += [
            {"office_id": office_id, "foreigner_id": pk, "birth_year": year, "key": key}
            for key in keys_of(name)
        ]
    return people, keys


def insert(model: Any, rows: list[dict[str, Any]]) -> None:
    """COPY where there is one; no foreign key is checked there, for all of them hold."""
    from django.db import connection, transaction  # noqa: PLC0415 -- after the set-up

    if connection.vendor != "postgresql":
        model.objects.bulk_create((model(**row) for row in rows), batch_size=500)
        return
    lines = io.StringIO(
        "".join("\t".join(map(str, row.values())) + "\n" for row in rows)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.cursor.copy_expert(
            f"COPY {model._meta.db_table} ({', '.join(rows[0])}) FROM STDIN", lines
        )


if __name__ == "__main__":
    sys.exit(main())
