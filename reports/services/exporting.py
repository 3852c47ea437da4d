"""Pages as files: asked for, of persons with a reason, written by a worker, kept a while.

The row of the export is the job. A worker claims it with a lease that each batch renews;
``attempts`` says whose turn it is, so that one that was thought dead can't finish after
another took over. Each attempt writes in a folder of its own; a folder that no ready row
names is nobody's, and a sweep removes it.
"""

import datetime as dt
import hashlib
import logging
import os
import secrets
import shutil
import uuid
from array import array
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.services.storing import LONGEST_WRITE, keep_names, stored
from foreigners.services.disclosing import LEAST_REASON, note_exported
from reports.exports import (
    PAGES,
    Exportable,
    FigurePage,
    rows_of,
    taken_out,
)
from reports.models import Export
from reports.queries.dashboard_outlook import outlook_of
from reports.services.figure_paper import draw_figures
from reports.services.sheets import sheet
from reports.tasks import write_export
from timpora.dates import clock_time, local_date, long_date
from timpora.errors import DomainError
from timpora.numbers import grouped
from timpora.outbox import LEASE, back_off, claim, owed, send

logger = logging.getLogger(__name__)

# What one file holds; more is for a period or a filter, and for several files.
MOST_ROWS = 100_000
MOST_WAITING = 3
KEPT_FOR = dt.timedelta(days=7)
MOST_ATTEMPTS = 5
AT_A_TIME = 1000
FOLDER = "exports"
# As a temporary file is called: a backup leaves it alone.
UNFINISHED = "tmp-list"
# No part of a filter: where one stood in the list.
LEFT_OUT = {"halaman", "csrfmiddlewaretoken"}


class ExportRefused(DomainError):
    pass


class ReasonMissing(DomainError):
    pass


class TakenOver(Exception):
    """The export was cancelled, or another worker has it."""


def kept_query(query: str) -> str:
    """The filter of a list's address without what is no part of it."""
    pairs = parse_qsl(query.replace("\x00", ""))
    return urlencode([pair for pair in pairs if pair[0] not in LEFT_OUT])


def count_rows(kind: str, user: User, query: str) -> int:
    """How many rows the file would have; a dashboard is drawn in one piece."""
    if kind in PAGES:
        outlook_of(user, dict(parse_qsl(query)))
        return 1
    return rows_of(kind, user, query).count()


@transaction.atomic
def request_export(
    *, kind: str, query: str, form: str, reason: str, key: uuid.UUID, by: User
) -> Export:
    """Owe ``by`` the file of a page; the same form sent twice owes it once."""
    known = Export.objects.visible_to(by).filter(key=key).first()
    if known:
        return known
    what, reason = taken_out(kind), reason.strip()
    if what is None or form not in what.formats:
        raise ExportRefused(_("Berkas seperti itu tidak ada. Pilih dari halamannya."))
    if what.is_personal and len(reason) < LEAST_REASON:
        raise ReasonMissing(
            _(
                "Daftar ini memuat data pribadi. Tulis alasannya, paling sedikit 10 huruf."
            )
        )
    total = count_rows(kind, by, query)
    refuse_if_unfit(total, by)
    office_id = office_of(by)
    export = Export.objects.create(
        key=key,
        office_id=office_id,
        kind=kind,
        query=query,
        format=form,
        reason=reason,
        total=total,
        created_by=by,
    )
    record(
        by,
        "reports.request_export",
        export,
        office_id=office_id,
        reason=reason,
        kind=kind,
        format=form,
        rows=total,
    )
    transaction.on_commit(partial(send, write_export, export.pk))
    return export


def refuse_if_unfit(total: int, by: User) -> None:
    if total == 0:
        raise ExportRefused(_("Tidak ada baris untuk diekspor. Ubah saringannya."))
    if total > MOST_ROWS:
        raise ExportRefused(
            _(
                "Daftar ini memuat %(rows)s baris; satu berkas paling banyak %(most)s. "
                "Persempit saringannya, misalnya per tahun."
            )
            % {"rows": grouped(total), "most": grouped(MOST_ROWS)}
        )
    if Export.objects.visible_to(by).waiting().count() >= MOST_WAITING:
        raise ExportRefused(
            _("Masih ada %d ekspor yang disusun. Tunggu atau batalkan dahulu.")
            % MOST_WAITING
        )


def office_of(user: User) -> int | None:
    """Whose audit trail tells of it: a liaison's is their keeper's."""
    return user.office_id or user.agency.keeper_id


def cancel_export(export: Export, *, by: User) -> None:
    """Stop what is not finished; its worker notices at the next batch."""
    with transaction.atomic():
        stopped = (
            Export.objects.waiting()
            .filter(pk=export.pk)
            .update(state=Export.State.CANCELLED, leased_until=None)
        )
        if not stopped:
            raise ExportRefused(_("Ekspor ini sudah selesai atau sudah dibatalkan."))
        record(by, "reports.cancel_export", export, office_id=export.office_id)


def write_file(pk: int) -> None:
    """Write what is owed; a second delivery of the task finds nothing to do."""
    if not claim(Export.objects.waiting(), pk):
        return
    export = Export.objects.select_related("created_by__agency", "office").get(pk=pk)
    folder = new_folder(export)
    is_kept = False
    try:
        with timezone.override(ZoneInfo(zone_of(export))):
            finish(export, folder, write(export, folder / UNFINISHED))
        is_kept = True
    except TakenOver:
        logger.info("Export %s was cancelled or taken over", pk)
    except DomainError as refusal:
        mine(export).update(state=Export.State.FAILED, error=str(refusal)[:200])
    except Exception as error:
        note_failure(export, error)
        raise
    finally:
        if not is_kept:
            shutil.rmtree(folder, ignore_errors=True)


def new_folder(export: Export) -> Path:
    folder = stored(FOLDER) / f"{export.pk}-{secrets.token_hex(8)}"
    folder.mkdir(parents=True)
    return folder


def mine(export: Export) -> QuerySet[Export]:
    """The row, as long as it is still this attempt's."""
    return Export.objects.waiting().filter(pk=export.pk, attempts=export.attempts)


def zone_of(export: Export) -> str:
    return export.office.time_zone if export.office else settings.TIME_ZONE


def write(export: Export, path: Path) -> "array[int]":
    """What the owner may see now; answers the persons that it tells of."""
    user, what = export.created_by, taken_out(export.kind)
    if what is None or not (user.is_active and user.has_perm(what.permission)):
        raise ExportRefused(_("Anda tidak lagi berwenang atas halaman ini."))
    if isinstance(what, FigurePage):
        write_figures(export, what, path)
        return array("q")
    return write_rows(export, what, path)


def write_figures(export: Export, page: FigurePage, path: Path) -> None:
    progress(export, 0, total=1)
    outlook = outlook_of(export.created_by, dict(parse_qsl(export.query)))
    content = draw_figures(
        title=str(page.title),
        outlook=outlook,
        sections=page.sections(outlook),
        classification=page.classification,
        mark=watermark(export, page),
        at=export.queued_at,
    )
    path.write_bytes(content)
    progress(export, 1, total=1)


def write_rows(export: Export, what: Exportable, path: Path) -> "array[int]":
    user = export.created_by
    pks = array("q", keys_of(rows_of(export.kind, user, export.query)))
    if len(pks) > MOST_ROWS:
        raise ExportRefused(_("Daftar ini tumbuh melewati batas satu berkas."))
    progress(export, 0, total=len(pks))
    columns = what.columns(user)
    persons = array("q")
    with sheet(
        path,
        form=export.format,
        title=str(what.title),
        heads=[str(head) for head, _value in columns],
        mark=watermark(export, what),
    ) as write:
        for written, batch in batches(export, pks):
            for row in batch:
                write([value(row) for _head, value in columns])
                if what.persons:
                    persons.append(what.persons(row))
            progress(export, written, total=len(pks))
    return persons


def keys_of(rows: QuerySet[Any]) -> Iterator[int]:
    """The keys alone, in the order of the list: eight bytes each, not a row each."""
    plain = rows.select_related(None).prefetch_related(None)
    return plain.values_list("pk", flat=True).iterator(chunk_size=5000)


def batches(export: Export, pks: "array[int]") -> Iterator[tuple[int, list[Any]]]:
    """The rows in the order of their keys; each batch asks anew what may be seen.

    No cursor stays open in between, so that the progress can be written on SQLite too.
    """
    rows = rows_of(export.kind, export.created_by, export.query)
    for start in range(0, len(pks), AT_A_TIME):
        wanted = pks[start : start + AT_A_TIME].tolist()
        found = {row.pk: row for row in rows.filter(pk__in=wanted)}
        yield start + len(wanted), [found[pk] for pk in wanted if pk in found]


def progress(export: Export, written: int, *, total: int) -> None:
    """How far it is; says as well whether anybody still wants it, and renews the lease."""
    kept = mine(export).update(
        written=written, total=total, leased_until=timezone.now() + LEASE
    )
    if not kept:
        raise TakenOver


def watermark(export: Export, what: Exportable | FigurePage) -> str:
    """Who took it out, when, and which: it finds the line of the audit trail."""
    zone, now = zone_of(export), timezone.now()
    user = export.created_by
    moment = f"{long_date(local_date(now, zone))} {clock_time(now, zone)}"
    told = _(
        "TIMPORA, %(title)s. Diekspor oleh %(name)s (%(agency)s), %(moment)s, nomor "
        "%(number)s. Hanya untuk keperluan dinas."
    ) % {
        "title": what.title,
        "name": user.name,
        "agency": user.agency,
        "moment": moment,
        "number": export,
    }
    return f"{told} {_('Alasan')}: {export.reason}" if export.reason else told


def seal_file(folder: Path) -> tuple[Path, str]:
    """The file under the digest of its bytes, whole on the disk."""
    unfinished = folder / UNFINISHED
    with unfinished.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    unfinished.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    sealed = unfinished.rename(folder / sha256)
    for changed in (folder, folder.parent):
        keep_names(changed)
    return sealed, sha256


@transaction.atomic
def finish(export: Export, folder: Path, persons: "array[int]") -> None:
    """The row that names the file; who was in it is noted in the same transaction."""
    sealed, sha256 = seal_file(folder)
    now = timezone.now()
    done = mine(export).update(
        state=Export.State.READY,
        ready_at=now,
        expires_at=now + KEPT_FOR,
        written=F("total"),
        file=str(sealed.relative_to(settings.MEDIA_ROOT)),
        size=sealed.stat().st_size,
        sha256=sha256,
        leased_until=None,
        error="",
    )
    if not done:
        raise TakenOver
    if persons and export.office_id:
        note_exported(
            export.created_by,
            dict.fromkeys(persons),
            office_id=export.office_id,
            reason=export.reason,
            sha256=sha256,
        )
    record(
        export.created_by,
        "reports.export",
        export,
        office_id=export.office_id,
        reason=export.reason,
        kind=export.kind,
        rows=export.total,
        sha256=sha256,
    )


def note_failure(export: Export, error: Exception) -> None:
    """Leave it to the sweep, each time twice as late; after the last attempt say so."""
    reason = f"{type(error).__name__}: {error}"[:200]
    if export.attempts >= MOST_ATTEMPTS:
        mine(export).update(state=Export.State.FAILED, error=reason)
        return
    if mine(export).update(error=reason):
        back_off(export, at=timezone.now() + dt.timedelta(minutes=2**export.attempts))


def send_owed() -> None:
    """The sweep: ring again for what nobody has been working on for a minute."""
    now = timezone.now()
    late = owed(Export.objects.waiting(), at=now).filter(
        queued_at__lt=now - dt.timedelta(minutes=1)
    )
    for pk in late.order_by("pk").values_list("pk", flat=True)[:100]:
        send(write_export, pk)


def remove_expired() -> None:
    """Files whose days are over: the row first, so that nothing names a missing file."""
    for pk, file in Export.objects.expired(timezone.now()).values_list("pk", "file"):
        gone = Export.objects.filter(pk=pk, state=Export.State.READY).update(
            state=Export.State.EXPIRED, file=""
        )
        if gone:
            shutil.rmtree(stored(file).parent, ignore_errors=True)


def clear_folders() -> None:
    """What killed workers left, whatever they were at: no ready row names it."""
    late = (timezone.now() - LONGEST_WRITE).timestamp()
    for folder in stored(FOLDER).glob("*"):
        try:
            is_fresh = folder.stat().st_mtime >= late
        except FileNotFoundError:
            # Its writer, or another sweep, has just finished with it.
            continue
        named = Export.objects.filter(file__startswith=f"{FOLDER}/{folder.name}/")
        if not is_fresh and not named.exists():
            shutil.rmtree(folder, ignore_errors=True)
