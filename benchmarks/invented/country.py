"""A country of immigration offices, written by PostgreSQL itself: see country.sql."""

import datetime as dt
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("country.sql")
# Attendances of a meeting: all but one were invited, the last one walks in.
LINES = 25
# Those of no constraint: made again at the end, which is several times faster.
PLAIN_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = 'public'::regnamespace AND NOT indisunique
"""


@dataclass(frozen=True)
class Size:
    """How much there is, and over which days: the last one is ``until``."""

    offices: int
    cases: int
    meetings: int
    years: int
    seed: int
    until: dt.date

    @property
    def parameters(self) -> dict[str, Any]:
        from invented.names import ORIGINS  # noqa: PLC0415 -- slow import

        since = self.until - dt.timedelta(days=365 * self.years)
        return {
            "offices": self.offices,
            "cases": self.cases,
            "meetings": self.meetings,
            "lines": LINES,
            "seed": self.seed,
            "since": since,
            "until": self.until,
            "days": (self.until - since).days,
            "nationalities": [code for code, share, _ in ORIGINS for _ in range(share)],
        }


def fill(size: Size, *, told: Callable[[str], None]) -> None:
    """Write the country into a database that ``migrate`` made and nobody used.

    The sum of what takes time is told, statement by statement. Foreign keys are not
    checked, for all of them hold; every other constraint is.
    """
    from django.db import connection  # noqa: PLC0415 -- needs the settings

    from agencies.services.reference import load_masters  # noqa: PLC0415
    from foreigners.services.nationalities import load_nationalities  # noqa: PLC0415
    from foreigners.services.reference import load_law  # noqa: PLC0415

    load_masters()
    load_law()
    load_nationalities()
    defaults = list(model_defaults())
    with connection.cursor() as cursor:
        cursor.execute(PLAIN_INDEXES)
        indexes = cursor.fetchall()
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET work_mem = '256MB'")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for table, column, text in defaults:
            cursor.execute(alter(table, column, f"SET DEFAULT {text}"))
        for statement in statements():
            begun = time.perf_counter()
            cursor.execute(statement, size.parameters)
            if time.perf_counter() - begun > 1:
                what = " ".join(statement.split(" ")[:3])
                told(f"  {what}: {time.perf_counter() - begun:.0f} s")
        for table, column, _text in defaults:
            cursor.execute(alter(table, column, "DROP DEFAULT"))
        for statement in reset_sequences():
            cursor.execute(statement)
        begun = time.perf_counter()
        for _name, definition in indexes:
            cursor.execute(definition)
        cursor.execute("RESET ALL")
        cursor.execute("VACUUM ANALYZE")
        told(f"  indexes and statistics: {time.perf_counter() - begun:.0f} s")


def statements() -> Iterator[str]:
    text = re.sub(r"^--.*\n", "", SCRIPT.read_text(encoding="utf-8"), flags=re.M)
    yield from (part.strip() for part in re.split(r";\n", text) if part.strip())


def alter(table: str, column: str, what: str) -> str:
    return f'ALTER TABLE "{table}" ALTER COLUMN "{column}" {what}'


def model_defaults() -> Iterator[tuple[str, str, str]]:
    """Table, column and SQL of what Django itself writes where nothing is given."""
    from django.apps import apps  # noqa: PLC0415 -- needs the settings
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        for model in apps.get_models():
            for field in model._meta.local_concrete_fields:
                if field.null or field.primary_key or field.unique:
                    continue
                if getattr(field, "auto_now_add", False):
                    value: Any = "now"
                else:
                    value = field.get_db_prep_save(field.get_default(), connection)
                if value is not None:
                    text = cursor.cursor.mogrify("%s", [value]).decode()
                    yield model._meta.db_table, str(field.column), text


def reset_sequences() -> list[str]:
    from django.apps import apps  # noqa: PLC0415 -- needs the settings
    from django.core.management.color import no_style  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    return connection.ops.sequence_reset_sql(no_style(), list(apps.get_models()))
