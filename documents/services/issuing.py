"""Issuing a paper: number, snapshot and queued version in the caller's transaction."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from functools import partial
from typing import Any

from celery.canvas import Signature as TaskSignature
from django.conf import settings
from django.db import transaction
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, Office, Signer, User
from agencies.services.audit import record
from documents.models import (
    Classification,
    Document,
    DocumentVersion,
    Signature,
    TakenNumber,
)
from documents.services.numbering import take_number
from documents.tasks import render, stamp
from timpora.outbox import send


@transaction.atomic
def issue(
    *,
    office: Office,
    kind: str,
    title: str,
    dated_on: dt.date,
    template: str,
    snapshot: dict[str, Any],
    by: User,
    readers: Iterable[Agency] = (),
    classification: str = Classification.OPEN,
    numbered: bool = True,
    guarded: bool = False,
    then: TaskSignature | None = None,
) -> DocumentVersion:
    """A new paper in its first version; the worker renders it after the commit.

    Takes the number if ``numbered``; a ``guarded`` paper is reached through the file that
    it belongs to alone, and its title names nobody; ``then`` is sent once the file is ready. What the
    paper is called stands in ``snapshot["document"]``.
    """
    document = Document.objects.create(
        office=office,
        kind=kind,
        title=title,
        dated_on=dated_on,
        classification=classification,
        is_guarded=guarded,
    )
    if numbered:
        number = take_number(office, kind, on=dated_on)
        TakenNumber.objects.filter(pk=number.pk).update(document=document)
        document.number = number.text
        document.save(update_fields=["number"])
    document.readers.set(readers)
    return _add_version(
        document, 1, snapshot=snapshot, template=template, by=by, then=then
    )


@transaction.atomic
def correct(
    document: Document,
    *,
    snapshot: dict[str, Any],
    reason: str,
    by: User,
    template: str,
    readers: Iterable[Agency] | None = None,
    then: TaskSignature | None = None,
) -> DocumentVersion:
    """The next version of a paper; the one before stays and is stamped *diganti*."""
    before = document.versions.order_by("-version")[0]
    DocumentVersion.objects.filter(pk=before.pk).update(superseded_at=timezone.now())
    if readers is not None:
        document.readers.set(readers)
    transaction.on_commit(partial(send, stamp, before.pk))
    return _add_version(
        document,
        before.version + 1,
        snapshot=snapshot,
        template=template,
        by=by,
        then=then,
        reason=reason,
    )


def _add_version(
    document: Document,
    version: int,
    *,
    snapshot: dict[str, Any],
    template: str,
    by: User,
    then: TaskSignature | None,
    reason: str = "",
) -> DocumentVersion:
    # 128 random bits: nobody finds a paper by guessing.
    code = secrets.token_urlsafe(16)
    made = DocumentVersion.objects.create(
        document=document,
        version=version,
        snapshot={
            **snapshot,
            "document": {
                "kind": document.kind,
                "title": document.title,
                "number": document.number,
                "dated_on": document.dated_on.isoformat(),
                "classification": document.classification,
                "version": version,
                "reason": reason,
                "verify_url": settings.SITE_URL
                + reverse("documents:verify_code", args=[code]),
            },
        },
        template=template,
        template_revision=revision_of(template),
        verify_code=code,
        reason=reason,
        created_by=by,
    )
    record(
        by,
        "documents.issue",
        document,
        office_id=document.office_id,
        reason=reason,
        version=version,
        number=document.number,
    )
    transaction.on_commit(partial(send, render, made.pk, then))
    return made


def sign(version: DocumentVersion, signer: Signer, *, by: User) -> None:
    """Under the name, post and capacity that the paper prints."""
    Signature.objects.create(
        version=version,
        user=by,
        name=signer.name,
        post=signer.post,
        capacity=signer.capacity,
        signed_at=timezone.now(),
    )


def revision_of(template: str) -> str:
    """Digest of a template's source: tells a paper of an older layout."""
    source = get_template(template).template.source  # type: ignore[attr-defined]
    return hashlib.sha256(source.encode()).hexdigest()
