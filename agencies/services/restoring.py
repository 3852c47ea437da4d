"""Back from an archive into an empty installation, or not at all."""

import gzip
import hashlib
import json
import os
import shutil
import tarfile
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from agencies.models import AuditEntry, Office, User
from agencies.services.backing_up import (
    MANIFEST,
    Manifest,
    applied_migrations,
    fingerprints,
    kept_models,
    named_when_complete,
    written_fields,
)
from timpora.errors import DomainError


class BrokenArchive(DomainError):
    pass


class OtherVersion(DomainError):
    pass


class OtherKeys(DomainError):
    pass


class DatabaseInUse(DomainError):
    pass


def restore(path: Path, *, keys_are_lost: bool = False) -> Manifest:
    """Fill the empty, migrated database and the folder of files from the archive.

    Nothing is written before every byte of the archive was compared with its digest;
    rows are written all or none.
    """
    with opened_archive(path) as archive:
        manifest = checked_manifest(archive)
        require_same_version(manifest)
        if not keys_are_lost:
            require_same_keys(manifest)
        require_empty_database()
        restore_files(archive, manifest)
        restore_rows(archive, manifest)
    return manifest


def opened_archive(path: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(path, "r:")
    except (tarfile.TarError, OSError) as error:
        raise BrokenArchive(
            _("Cadangan ini tidak dapat dibaca: %s.") % error
        ) from error


def checked_manifest(archive: tarfile.TarFile) -> Manifest:
    """The manifest, once every other file of the archive was found to be as it says."""
    try:
        manifest = Manifest(**json.load(opened(archive, MANIFEST)))
        names = {member.name for member in archive if member.isfile()} - {MANIFEST}
        wrong = names ^ manifest.digests.keys()
        wrong |= {
            name
            for name in names & manifest.digests.keys()
            if digest_of(opened(archive, name)) != manifest.digests[name]
        }
    except (tarfile.TarError, OSError, KeyError, TypeError, ValueError) as error:
        raise BrokenArchive(_("Cadangan ini rusak: %s.") % error) from error
    if wrong:
        raise BrokenArchive(
            _("Cadangan ini rusak: %(count)d berkas salah, antara lain %(name)s.")
            % {"count": len(wrong), "name": min(wrong)}
        )
    return manifest


def digest_of(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def opened(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    file = archive.extractfile(name)
    if file is None:
        raise BrokenArchive(_("Cadangan ini rusak: %s bukan berkas.") % name)
    return file


def require_same_version(manifest: Manifest) -> None:
    if manifest.migrations != applied_migrations():
        raise OtherVersion(
            _(
                "Cadangan ini dibuat oleh versi TIMPORA yang lain. Pasang versi itu, "
                "pulihkan di sana, lalu perbarui."
            )
        )


def require_same_keys(manifest: Manifest) -> None:
    if not set(manifest.keys) <= set(fingerprints()):
        raise OtherKeys(
            _(
                "Kunci instalasi ini bukan kunci cadangan ini. Salin dulu kunci lama ke "
                "VAR_DIR; bila sudah hilang, ulangi dengan --keys-are-lost."
            )
        )


def require_empty_database() -> None:
    if any(model.objects.exists() for model in (User, Office, AuditEntry)):
        raise DatabaseInUse(
            _("Basis data ini sudah dipakai. Pulihkan ke basis data yang kosong.")
        )


def restore_files(archive: tarfile.TarFile, manifest: Manifest) -> None:
    root = Path(settings.MEDIA_ROOT).resolve()
    for name in manifest.digests:
        folder, _slash, rest = name.partition("/")
        if folder != "media":
            continue
        target = (root / rest).resolve()
        if not target.is_relative_to(root):
            raise BrokenArchive(_("Cadangan ini rusak: %s bukan berkas.") % name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with named_when_complete(target) as part:
            shutil.copyfileobj(opened(archive, name), part)
            os.fchmod(part.fileno(), settings.FILE_UPLOAD_PERMISSIONS)


@transaction.atomic
def restore_rows(archive: tarfile.TarFile, manifest: Manifest) -> None:
    models = kept_models()
    empty(models)
    for model in models:
        label = model._meta.label_lower
        with gzip.open(opened(archive, f"rows/{label}.jsonl.gz"), "rt") as lines:
            for line in lines:
                row_of(model, json.loads(line)).save_base(raw=True, force_insert=True)
        if model._base_manager.count() != manifest.rows[label]:
            raise BrokenArchive(_("Baris %s tidak lengkap.") % label)
    with connection.cursor() as cursor:
        # Rows came with their own keys; the next new ones follow after them.
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    connection.check_constraints()


def empty(models: list[type[Model]]) -> None:
    """Take out what a migration put in; constraints between rows wait for the end."""
    with connection.cursor() as cursor:
        for model in models:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 -- a table of ours


def row_of(model: type[Model], values: dict[str, Any]) -> Model:
    return model(
        **{
            column.attname: None
            if values[column.attname] is None
            else column.to_python(values[column.attname])
            for column in written_fields(model)
        }
    )
