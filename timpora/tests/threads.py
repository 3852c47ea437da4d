"""Threads against a database in a file, as a server has it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections


@contextmanager
def database_in_a_file(folder: Path) -> Iterator[None]:
    """Threads meet in a file: SQLite in memory knows no waiting for a lock."""
    if connection.vendor != "sqlite":
        yield
        return
    path = folder / "rapat.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        connection.connection.backup(file)
        # As `migrate` leaves it: a journal cannot change its mode in a crowd.
        file.execute("PRAGMA journal_mode=WAL")
    in_memory = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.settings_dict["NAME"] = in_memory


def in_own_connection(work, *arguments):
    try:
        return work(*arguments)
    finally:
        connections.close_all()
