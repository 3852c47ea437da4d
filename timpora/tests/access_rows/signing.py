"""Rows of the access table for signatures and certificates; see ``test_access``."""

from typing import Any

from agencies.tests.factories import SignerFactory
from documents.models import Signature, SigningCertificate
from documents.tests.factories import DocumentVersionFactory
from timpora.tests.access_rows.row import Row
from timpora.tests.world import World


def nothing(world: World) -> list[Any]:
    return []


def version(world: World) -> list[Any]:
    made = DocumentVersionFactory(document__office=world.office, ready=True)
    made.document.readers.add(world.agency)
    return [made.pk]


def seat(world: World) -> list[Any]:
    """The chief's place under a paper; their certificate is gone."""
    made = Signature.objects.create(
        version_id=version(world)[0],
        user=world.people["chief"],
        name="Kepala Contoh",
        method=Signature.Method.CERTIFICATE,
        state=Signature.State.ASKED,
        field="TandaTangan1",
    )
    return [made.pk]


def certificate(world: World) -> list[Any]:
    today = world.meeting.starts_at
    made = SigningCertificate.objects.create(
        signer=SignerFactory(office=world.office),
        key_sealed="tersegel",
        holder="Kepala Contoh",
        issuer="Penerbit Contoh",
        serial="7",
        fingerprint="ab" * 32,
        valid_from=today,
        valid_to=today,
    )
    return [made.pk]


# anonymous liaison stranger ex_member officer other_officer section_head chief
# administrator auditor
ROWS: dict[str, Row] = {
    "documents:certificates": (
        nothing,
        "get",
        "302 403 403 403 403 403 403 403 200 403",
    ),
    "documents:certificate_remove": (
        certificate,
        "post",
        "302 403 403 403 403 403 403 403 302 403",
    ),
    "documents:sign": (seat, "post", "302 403 404 404 403 404 403 302 404 403"),
    "documents:signed": (version, "get", "302 403 404 404 200 404 200 200 404 403"),
}
