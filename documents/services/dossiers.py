"""Papers that belong together as one PDF: a compilation, made again when a part changes.

The originals stay what they are, with their numbers and signatures; a dossier is kept for
a week and can always be made again.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Office
from agencies.services.backing_up import PASSING
from documents.models import Classification, DocumentVersion, Dossier
from documents.services.rendering import MOST_ATTEMPTS, read_upload
from documents.services.storing import digest, discard, store, stored
from documents.tasks import bind as bind_task
from timpora.dates import clock_time, local_date, long_date
from timpora.errors import DomainError
from timpora.merging import Bound, bind, is_marked_file, pages_of
from timpora.outbox import LEASE, back_off, claim, owed, send
from timpora.pdf import render_pdf

Json = dict[str, Any]

COVER = "documents/pdf/bundel.html"
KEPT_FOR = dt.timedelta(days=7)
BY_RANK = list(Classification)


class NothingToBind(DomainError):
    pass


class FileDamaged(Exception):
    """The bytes of a part no longer are those of its paper."""


def paper_part(version: DocumentVersion, *, group: str = "", title: str = "") -> Json:
    """A ready version of a paper as a part of a dossier."""
    document = version.document
    return {
        "group": group,
        "title": title or str(document.get_kind_display()),
        "kind": str(document.get_kind_display()),
        "number": document.number,
        "version": version.version,
        "version_pk": version.pk,
        "dated_on": document.dated_on.isoformat(),
        "classification": document.classification,
        "sha256": version.sha256,
        "pages": version.pages,
    }


def drawn_part(title: str, template: str, data: Json, classification: str) -> Json:
    """Pages that stand in no paper of their own, drawn from ``data`` alone."""
    return {
        "group": "",
        "title": title,
        "template": template,
        "data": data,
        "classification": classification,
    }


def content_digest(title: str, parts: list[Json]) -> str:
    text = json.dumps([title, parts], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_current(dossier: Dossier, title: str, parts: list[Json]) -> bool:
    """It binds exactly what may be read now, and nothing besides."""
    return dossier.parts_sha256 == content_digest(title, parts)


@transaction.atomic
def ask(key: str, *, office: Office, title: str, parts: list[Json]) -> Dossier:
    """The dossier of ``parts``: the one that exists, or one that is owed from now on.

    Asked twice, it is made once; with other parts it is made anew, and the file of before
    is gone at once.
    """
    if not parts:
        raise NothingToBind(_("Belum ada berkas yang dapat dibundel."))
    fresh: Json = {
        "title": title,
        "classification": highest(part["classification"] for part in parts),
        "parts": parts,
        "parts_sha256": content_digest(title, parts),
        "state": Dossier.State.QUEUED,
        "queued_at": timezone.now(),
        "leased_until": None,
        "attempts": 0,
        "error": "",
        "done": 0,
        "ready_at": None,
        "file": "",
        "size": 0,
        "pages": 0,
        "sha256": "",
    }
    dossier, is_new = Dossier.objects.get_or_create(
        key=key, defaults={"office": office, **fresh}
    )
    if not is_new:
        # The no-op UPDATE takes the row lock: two who ask at once ask one after the other.
        Dossier.objects.filter(pk=dossier.pk).update(key=key)
        dossier.refresh_from_db()
        is_failed = dossier.state == Dossier.State.FAILED
        if is_current(dossier, title, parts) and not is_failed:
            return dossier
        transaction.on_commit(partial(forget_file, dossier.file))
        Dossier.objects.filter(pk=dossier.pk).update(**fresh)
        dossier.refresh_from_db()
    transaction.on_commit(partial(send, bind_task, dossier.pk))
    return dossier


def highest(classifications: Iterable[str]) -> str:
    return max(classifications, key=lambda one: BY_RANK.index(Classification(one)))


def waiting() -> QuerySet[Dossier]:
    return Dossier.objects.filter(state=Dossier.State.QUEUED)


def make(pk: int) -> None:
    """Bind an owed dossier; a second delivery of the task finds nothing to do."""
    if not claim(waiting(), pk):
        return
    dossier = Dossier.objects.select_related("office__agency").get(pk=pk)
    try:
        content = draw(dossier)
    except Exception as error:
        note_failure(dossier, error)
        raise
    path = store(content, folder=PASSING)
    finished = mine(dossier).update(
        state=Dossier.State.READY,
        ready_at=timezone.now(),
        file=path,
        size=len(content),
        pages=pages_of(content),
        sha256=digest(content),
        is_archivable=is_marked_file(content),
        leased_until=None,
        error="",
    )
    if not finished:
        # Other parts were asked for meanwhile; whoever binds those leaves the file.
        forget_file(path)


def mine(dossier: Dossier) -> QuerySet[Dossier]:
    return waiting().filter(pk=dossier.pk, parts_sha256=dossier.parts_sha256)


def draw(dossier: Dossier) -> bytes:
    """Cover and parts; the cover names the page at which each part starts."""
    made_at = dossier.queued_at
    drawn = {
        number: draw_pages(dossier, part, made_at)
        for number, part in enumerate(dossier.parts)
        if "template" in part
    }
    lengths = [
        pages_of(drawn[number]) if number in drawn else part["pages"]
        for number, part in enumerate(dossier.parts)
    ]
    cover = draw_cover(dossier, lengths, first=pages_of(draw_cover(dossier, lengths)))
    return bind(
        cover,
        contents(dossier.parts, drawn),
        cover_title=_("Daftar isi"),
        after_each=lambda done: note_progress(dossier, done),
    )


def contents(parts: list[Json], drawn: dict[int, bytes]) -> Iterator[Bound]:
    """Each part when it is its turn: one file in memory at a time."""
    for number, part in enumerate(parts):
        content = drawn[number] if number in drawn else read_part(part)
        register = part.get("number")
        title = f"{part['title']} ({register})" if register else part["title"]
        yield Bound(title, content, part["group"])


def read_part(part: Json) -> bytes:
    version = DocumentVersion.objects.only("file").get(pk=part["version_pk"])
    content = stored(version.file).read_bytes()
    if digest(content) != part["sha256"]:
        raise FileDamaged(part["version_pk"])
    return content


def draw_cover(dossier: Dossier, lengths: list[int], *, first: int = 0) -> bytes:
    zone, rows, page = dossier.office.time_zone, [], first + 1
    for part, length in zip(dossier.parts, lengths, strict=True):
        told = {name: value for name, value in part.items() if name != "data"}
        rows.append({**told, "pages": length, "starts": page})
        page += length
    facts = {
        "title": dossier.title,
        "office": dossier.office.agency.name,
        "classification": dossier.classification,
        "made": {
            "day": long_date(local_date(dossier.queued_at, zone)),
            "time": clock_time(dossier.queued_at, zone),
        },
        "verify_url": settings.SITE_URL + reverse("documents:verify"),
        "parts": rows,
    }
    return render(COVER, facts, data=facts, made_at=dossier.queued_at)


def draw_pages(dossier: Dossier, part: Json, made_at: dt.datetime) -> bytes:
    facts = {
        **part["data"],
        "title": part["title"],
        "of": dossier.title,
        "classification": part["classification"],
    }
    return render(part["template"], facts, data={}, made_at=made_at)


def render(template: str, facts: Json, *, data: Json, made_at: dt.datetime) -> bytes:
    return render_pdf(
        render_to_string(template, {**facts, "demo": settings.DEMO}),
        css="css/paper.css",
        data=data,
        read_upload=read_upload,
        dated=made_at,
    )


def note_progress(dossier: Dossier, done: int) -> None:
    """For whoever waits; and the row stays ours for as long as we get on."""
    mine(dossier).update(done=done, leased_until=timezone.now() + LEASE)


def note_failure(dossier: Dossier, error: Exception) -> None:
    """Leave it to the sweep, each time twice as late; after the last attempt say why."""
    row = mine(dossier)
    reason = f"{type(error).__name__}: {error}"[:200]
    if dossier.attempts >= MOST_ATTEMPTS:
        row.update(state=Dossier.State.FAILED, error=reason)
    elif row.update(error=reason):
        later = dt.timedelta(minutes=2**dossier.attempts)
        back_off(dossier, at=timezone.now() + later)


def send_owed() -> None:
    """The sweep: ring again for dossiers that nobody has been binding for a minute."""
    now = timezone.now()
    late = owed(waiting(), at=now).filter(queued_at__lt=now - dt.timedelta(minutes=1))
    for pk in late.order_by("pk").values_list("pk", flat=True)[:100]:
        send(bind_task, pk)


def forget_old() -> None:
    """A copy that nobody has asked for in a week goes; its papers stay."""
    old = Dossier.objects.filter(queued_at__lt=timezone.now() - KEPT_FOR)
    for dossier in old.only("pk", "file")[:100]:
        Dossier.objects.filter(pk=dossier.pk, file=dossier.file).delete()
        forget_file(dossier.file)


def forget_file(path: str) -> None:
    """Delete the file of a dossier, unless another row has come to need it."""
    if path and not Dossier.objects.filter(file=path).exists():
        discard(path)
