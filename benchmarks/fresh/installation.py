"""A new installation for a benchmark, on SQLite and on PostgreSQL, and its web server."""

import argparse
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
POSTGRES = os.environ.get(
    "TEST_DATABASE_URL", "postgres://postgres@localhost:5432/postgres"
)


def peak_megabytes() -> float:
    """The most that this process has ever had in memory, in MB of 10^6 bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


@dataclass(frozen=True)
class Installation:
    """Set up and empty; ``name`` is the database that it stands on."""

    name: str
    var: str
    port: int
    environment: dict[str, str]

    @property
    def site(self) -> str:
        return self.environment["SITE_URL"]

    def python(self, *arguments: str) -> str:
        """What a script printed that ran with the settings of this installation."""
        return subprocess.run(  # noqa: S603 -- our own commands
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    @contextmanager
    def serving(self) -> Iterator[None]:
        process = subprocess.Popen(  # noqa: S603 -- our own command
            [
                *(sys.executable, "-m", "gunicorn", "timpora.wsgi"),
                *("--bind", f"127.0.0.1:{self.port}", "--workers", "2"),
                *("--threads", "4", "--backlog", "512", "--log-level", "error"),
            ],
            cwd=ROOT,
            env=self.environment,
        )
        try:
            wait_for(self.port)
            yield
        finally:
            process.terminate()
            process.wait(30)


def offer_databases(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", choices=list(DATABASES))


def on_each_database(run: Callable[[Installation], bool], *, only: str | None) -> int:
    """The exit code of a round on each, or on the ``only`` one: 1 if any said True."""
    failed = False
    for name, database in DATABASES.items():
        if only in (None, name):
            with tempfile.TemporaryDirectory() as var, database(Path(var)) as url:
                failed |= run(set_up(name, url, var))
    return int(failed)


def set_up(name: str, url: str, var: str) -> Installation:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": url,
        "VAR_DIR": var,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
    }
    made = Installation(name, var, port, environment)
    for command in ("migrate", "createcachetable", "collectstatic --noinput"):
        made.python("manage.py", *command.split())
    return made


@contextmanager
def sqlite(var: Path) -> Iterator[str]:
    yield f"sqlite:///{var}/timpora.sqlite3"


@contextmanager
def postgresql(var: Path, keep: str = "") -> Iterator[str]:
    """A database that goes again, or the one named ``keep``, made if it is not there."""
    import psycopg2  # noqa: PLC0415 -- optional dependency

    name = keep or f"timpora_benchmark_{os.getpid()}"
    try:
        connection = psycopg2.connect(POSTGRES)
    except psycopg2.OperationalError as error:
        sys.exit(
            f"PostgreSQL does not answer at TEST_DATABASE_URL, not measured: {error}"
            "Start it with: make services"
        )
    connection.autocommit = True
    with closing(connection), connection.cursor() as server:
        server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not server.fetchone():
            server.execute(f"CREATE DATABASE {name}")
        try:
            yield urllib.parse.urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
        finally:
            if not keep:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


DATABASES = {"sqlite": sqlite, "postgresql": postgresql}


def on_postgresql(run: Callable[[Installation], bool], *, keep: str) -> int:
    """The exit code of a round on PostgreSQL alone: 1 if it said True."""
    with tempfile.TemporaryDirectory() as var, postgresql(Path(var), keep) as url:
        return int(run(set_up("postgresql", url, var)))


def wait_for(port: int) -> None:
    for _attempt in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(f"Nothing listens on port {port}.")


def start_django() -> None:
    """For the part of a benchmark that an installation runs with its settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.settings")
    import django  # noqa: PLC0415 -- the settings must be known first

    django.setup()
