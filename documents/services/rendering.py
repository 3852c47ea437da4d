"""From a snapshot to a file: claimed once, written whole, then never changed."""

import datetime as dt
import logging
from functools import partial
from typing import Any

import segno
from celery import signature
from celery.exceptions import CeleryError
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from agencies.models import User
from agencies.services.audit import record
from documents.models import DocumentVersion, Upload
from documents.services.signing import ring
from documents.services.storing import digest, store, stored
from documents.tasks import render, stamp
from timpora.dates import local_date, long_date
from timpora.errors import DomainError
from timpora.outbox import LEASE, back_off, claim, owed, send
from timpora.pdf import AfterPart, nobody_waits, page_count, render_pdf

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5


class NothingToStop(DomainError):
    pass


class DrawingStopped(Exception):
    """Nobody owes this paper any more: it was stopped, or another worker finished it."""


def waiting() -> QuerySet[DocumentVersion]:
    return DocumentVersion.objects.filter(state=DocumentVersion.State.QUEUED)


def render_version(pk: int, *, then: dict[str, Any] | None = None) -> None:
    """Render a queued version; a second delivery of the task finds nothing to do.

    A long one says after each part how far it is, and ends if it was stopped meanwhile.
    """
    if not claim(waiting(), pk):
        return
    version = DocumentVersion.objects.select_related("document").get(pk=pk)
    try:
        content = draw(version, after_part=partial(get_on, waiting(), pk))
    except DrawingStopped:
        logger.info("Version %d is owed no more", pk)
        return
    except Exception as error:
        note_failure(version, error)
        raise
    finished = (
        waiting()
        .filter(pk=pk)
        .update(
            state=DocumentVersion.State.READY,
            ready_at=timezone.now(),
            file=store(content),
            size=len(content),
            pages=page_count(content),
            sha256=digest(content),
            leased_until=None,
            error="",
        )
    )
    # Who waits for the paper waits for the signature of whoever issued it, too.
    if finished and not ring(pk, then) and then:
        tell(then)


def get_on(rows: QuerySet[DocumentVersion], pk: int, done: int, of: int) -> None:
    """Say that ``done`` parts are drawn, and keep the lease for as long as that goes on.

    Raises ``DrawingStopped`` if the version ``pk`` is none of ``rows`` any more.
    """
    until = timezone.now() + LEASE
    owed_still = rows.filter(pk=pk)
    if not owed_still.update(parts_done=done, parts=of, leased_until=until):
        raise DrawingStopped


def draw(
    version: DocumentVersion,
    *,
    superseded: dict[str, Any] | None = None,
    after_part: AfterPart = nobody_waits,
) -> bytes:
    """The PDF of a version, from its snapshot alone; ``superseded`` says by what, when."""
    return render_pdf(
        page(version, superseded=superseded),
        css="css/paper.css",
        data=version.snapshot,
        read_upload=read_upload,
        # A worker that died after writing the file left exactly the one that comes now.
        dated=version.created_at,
        fields={} if superseded else fields_of(version),
        after_part=after_part,
    )


def fields_of(version: DocumentVersion) -> dict[str, str]:
    seats = version.snapshot.get("signing", {}).values()
    return {seat["field"]: seat["label"] for seat in seats}


def page(version: DocumentVersion, *, superseded: dict[str, Any] | None = None) -> str:
    """The HTML that a version is drawn from."""
    verify_url = version.snapshot["document"]["verify_url"]
    return render_to_string(
        version.template,
        {
            **version.snapshot,
            "demo": settings.DEMO,
            "superseded": superseded,
            "verify_qr": segno.make(verify_url, error="m", micro=False).svg_data_uri(
                border=0
            ),
        },
    )


def read_upload(pk: int) -> tuple[bytes, str]:
    upload = Upload.objects.get(pk=pk)
    return stored(upload.file).read_bytes(), upload.mime


def note_failure(version: DocumentVersion, error: Exception) -> None:
    """Leave it to the sweep, each time twice as late; after the last attempt say why."""
    reason = f"{type(error).__name__}: {error}"[:200]
    row = waiting().filter(pk=version.pk)
    if version.attempts >= MOST_ATTEMPTS:
        row.update(state=DocumentVersion.State.FAILED, error=reason)
        return
    row.update(error=reason)
    back_off(version, at=timezone.now() + dt.timedelta(minutes=2**version.attempts))


def tell(then: dict[str, Any]) -> None:
    """Ring for what waited for the file; if the broker is down its own sweep finds it."""
    try:
        signature(then).apply_async()
    except (OperationalError, CeleryError, OSError):
        logger.warning("Broker unreachable: %s is left to the sweep", then.get("task"))


def unstamped() -> QuerySet[DocumentVersion]:
    return DocumentVersion.objects.filter(
        state=DocumentVersion.State.READY,
        superseded_at__isnull=False,
        stamped_file="",
    )


def stamp_version(pk: int) -> None:
    """Draw a superseded version once more with *diganti* on each page."""
    if not claim(unstamped(), pk):
        return
    version = DocumentVersion.objects.select_related("document").get(pk=pk)
    try:
        content = draw(
            version,
            superseded=what_replaced(version),
            after_part=partial(get_on, unstamped(), pk),
        )
    except DrawingStopped:
        logger.info("The stamped copy of version %d is there already", pk)
        return
    unstamped().filter(pk=pk).update(
        stamped_file=store(content), stamped_sha256=digest(content), leased_until=None
    )


def what_replaced(version: DocumentVersion) -> dict[str, Any]:
    """The next version and the day it came, for the stamp."""
    moment = version.superseded_at or timezone.now()
    zone = version.document.office.time_zone
    return {
        "version": version.version + 1,
        "day": long_date(local_date(moment, zone)),
    }


def send_owed() -> None:
    """The sweep: ring again for papers that nobody has been working on for a minute."""
    now = timezone.now()
    late = now - dt.timedelta(minutes=1)
    for pk in (
        owed(waiting(), at=now)
        .filter(queued_at__lt=late)
        .order_by("pk")
        .values_list("pk", flat=True)[:100]
    ):
        send(render, pk)
    for pk in (
        owed(unstamped(), at=now)
        .filter(superseded_at__lt=late)
        .values_list("pk", flat=True)[:100]
    ):
        send(stamp, pk)


@transaction.atomic
def stop_drawing(version: DocumentVersion, *, by: User) -> None:
    """Take a queued version from the worker, which notices at its next part.

    Number, snapshot and bytes to be stay what they are: drawn again, it is the same paper.
    Raises ``NothingToStop`` if it is finished, or was stopped before.
    """
    stopped = (
        waiting()
        .filter(pk=version.pk)
        .update(
            state=DocumentVersion.State.FAILED,
            stopped_by=by,
            leased_until=None,
            error="",
        )
    )
    if not stopped:
        raise NothingToStop(_("Berkas ini sudah tidak sedang dibuat."))
    record(
        by,
        "documents.stop_drawing",
        version.document,
        office_id=version.document.office_id,
        version=version.version,
    )


def try_again(version: DocumentVersion) -> None:
    """Queue a version that failed or was stopped once more, from its first attempt."""
    queued = DocumentVersion.objects.filter(
        pk=version.pk, state=DocumentVersion.State.FAILED
    ).update(
        state=DocumentVersion.State.QUEUED,
        stopped_by=None,
        attempts=0,
        leased_until=None,
        parts_done=0,
        parts=0,
    )
    if queued:
        send(render, version.pk)
