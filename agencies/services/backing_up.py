"""The whole installation in one file: every row as JSON, every stored file, their digests.

The rows do not depend on the database's kind, so a copy from SQLite may be restored into
PostgreSQL. What is left out is sessions, which end with the old installation, dossiers,
which are bound again from their papers, and the keys: whoever finds a copy cannot open
what they seal.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model
from django.utils import timezone

MANIFEST = "manifest.json"
LEFT_OUT = {"sessions.session", "usersessions.usersession", "documents.dossier"}
# The folder of files that are made again when somebody asks for them.
PASSING = "sementara"
# What seals or signs something; each is one key or a list of them.
KEYS = ("SECRET_KEY", "FIELD_KEYS")
AT_A_TIME = 1000


@dataclass
class Manifest:
    """What an archive holds, to be compared before and after it is restored."""

    made_at: str
    # Applied migrations as "app.name": rows fit the tables of these alone.
    migrations: list[str]
    # Fingerprints of the keys without which some columns cannot be read.
    keys: list[str]
    rows: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        files = sum(name.startswith("media/") for name in self.digests)
        return f"{sum(self.rows.values())} baris, {files} berkas"


@dataclass
class Backup:
    path: Path
    manifest: Manifest
    # Stored files whose bytes no longer fit their name.
    damaged: list[str]


def back_up(folder: Path) -> Backup:
    """Write a new archive into ``folder``; it has its name only once it is complete."""
    now = timezone.localtime()
    manifest = Manifest(now.isoformat(), applied_migrations(), fingerprints())
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"timpora-{now:%Y%m%d-%H%M%S}.tar"
    with (
        named_when_complete(target) as part,
        tarfile.open(fileobj=part, mode="w") as archive,
    ):
        add_rows(archive, manifest)
        damaged = add_files(archive, manifest)
        told = io.BytesIO(json.dumps(vars(manifest)).encode())
        add_file(archive, MANIFEST, told)
    return Backup(target, manifest, damaged)


@contextmanager
def named_when_complete(target: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner reads, under its name once it is whole on the disk."""
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as part:
        try:
            yield part
            part.flush()
            os.fsync(part.fileno())
        except BaseException:
            os.unlink(part.name)
            raise
    os.replace(part.name, target)


def kept_models() -> list[type[Model]]:
    """Every table of ours and of the libraries, those between many and many included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label_lower not in LEFT_OUT
    ]


def written_fields(model: type[Model]) -> list["Field[Any, Any]"]:
    return [column for column in model._meta.concrete_fields if not column.generated]


def applied_migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def fingerprints() -> list[str]:
    """Of each key alone: where one was added in front, the others still open."""
    found = []
    for name in KEYS:
        keys = getattr(settings, name)
        for key in [keys] if isinstance(keys, str) else keys:
            found.append(hashlib.sha256(f"{name}:{key}".encode()).hexdigest()[:16])
    return found


@contextmanager
def one_moment() -> Iterator[None]:
    """Reads within see the rows of one moment, while others go on writing."""
    with reads_only(), transaction.atomic():
        yield


@contextmanager
def reads_only() -> Iterator[None]:
    """The next transaction takes no lock, and sees what was there when it began."""
    wrapper: Any = connection
    wrapper.ensure_connection()
    if wrapper.vendor == "sqlite":
        usual, wrapper.transaction_mode = wrapper.transaction_mode, "DEFERRED"
        try:
            yield
        finally:
            wrapper.transaction_mode = usual
        return
    level = "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL"
    with wrapper.cursor() as cursor:
        cursor.execute(f"{level} REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            cursor.execute(f"{level} READ COMMITTED READ WRITE")


def add_rows(archive: tarfile.TarFile, manifest: Manifest) -> None:
    with one_moment():
        for model in kept_models():
            label = model._meta.label_lower
            with tempfile.TemporaryFile() as file:
                with gzip.open(file, "wt", encoding="utf-8") as lines:
                    manifest.rows[label] = write_rows(model, lines)
                name = f"rows/{label}.jsonl.gz"
                manifest.digests[name] = add_file(archive, name, file)


def write_rows(model: type[Model], lines: IO[str]) -> int:
    """One line of JSON a row; answers how many."""
    columns, count = written_fields(model), 0
    rows = model._base_manager.order_by("pk")
    for row in rows.iterator(chunk_size=AT_A_TIME):
        values = {column.attname: as_json(column, row) for column in columns}
        lines.write(json.dumps(values, ensure_ascii=False) + "\n")
        count += 1
    return count


def as_json(column: "Field[Any, Any]", row: Model) -> Any:
    """The value as the field itself would serialise it, to the last microsecond."""
    empty = column.value_from_object(row) is None
    return None if empty else column.value_to_string(row)


def add_files(archive: tarfile.TarFile, manifest: Manifest) -> list[str]:
    """Add what is stored; files come after the rows, so no row lacks its file."""
    damaged = []
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        # A file that is just being written has the name of a temporary one.
        if not path.is_file() or path.name.startswith(tempfile.gettempprefix()):
            continue
        if path.parent == root / PASSING:
            continue
        name = f"media/{path.relative_to(root).as_posix()}"
        with path.open("rb") as file:
            manifest.digests[name] = add_file(archive, name, file)
        # Stored files are named by their digest.
        if len(path.name) == 64 and path.name != manifest.digests[name]:
            damaged.append(name)
    return damaged


def add_file(archive: tarfile.TarFile, name: str, file: IO[bytes]) -> str:
    """Add an open file from its first byte to its last; answers its digest."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    member = tarfile.TarInfo(name)
    member.size = file.seek(0, os.SEEK_END)
    member.mode = 0o600
    file.seek(0)
    archive.addfile(member, file)
    return digest
