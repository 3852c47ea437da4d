"""Putting electronic signatures into papers, in order, each once.

Who signs is decided when a paper is issued: whoever has a certificate then gets a box on
it. A certificate signs only what its holder let go in an act of their own: the one who
issues the paper by issuing it, everybody else with a click when it is their turn.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from celery.canvas import Signature as TaskSignature
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from agencies.models import Signer, User
from agencies.services.audit import record
from agencies.services.notifying import notify
from documents.models import DocumentVersion, Signature
from documents.services.certificates import certificate_of, key_of
from documents.services.storing import digest, store, stored
from documents.tasks import sign
from timpora.certificates import Certificate
from timpora.dates import clock_time, local_date, long_date
from timpora.errors import DomainError
from timpora.outbox import back_off, claim, owed, send

MOST_ATTEMPTS = 5
# How often an outside service is asked whether it has finished.
ASKED_AGAIN = dt.timedelta(minutes=1)
# Width and height of `.seat` in paper.css, in points.
SEAT = (187.1, 45.4)


class SigningRefused(DomainError):
    pass


@dataclass(frozen=True)
class Identity:
    """Under which certificate an adapter signs for somebody."""

    holder: str
    issuer: str
    is_self_made: bool


@dataclass(frozen=True)
class Order:
    """One signature to be made; ``reference`` is what a service answered the last time."""

    content: bytes
    field: str
    signer: Signer
    at: dt.datetime
    stamp: bytes
    reference: str = ""


@dataclass(frozen=True)
class Later:
    """An outside service took the order and is asked again, by its ``reference``."""

    reference: str


class Adapter(Protocol):
    """Who makes signatures. Settings name one; the worker calls it and checks its work."""

    def identity_of(self, signer: Signer) -> Identity | None:
        """Whom a signature of the signer would name today; None if there is none."""

    def sign(self, order: Order) -> bytes | Later:
        """The signed file: the content of the order with one signature appended."""


class LocalCertificates:
    """Signs here, with the PKCS#12 certificates that the office keeps in the vault."""

    def identity_of(self, signer: Signer) -> Identity | None:
        certificate = certificate_of(signer)
        if certificate is None:
            return None
        return Identity(
            certificate.holder, certificate.issuer, certificate.is_self_made
        )

    def sign(self, order: Order) -> bytes:
        from timpora import pades  # noqa: PLC0415 -- slow import

        certificate = certificate_of(order.signer)
        if certificate is None:
            raise SigningRefused(
                _("Sertifikat penanda tangan sudah dihapus atau tidak berlaku lagi.")
            )
        return pades.sign(
            order.content,
            field=order.field,
            key=key_of(certificate),
            at=order.at,
            stamp=order.stamp,
        )


def adapter() -> Adapter:
    made: Adapter = import_string(settings.SIGNING_ADAPTER)()
    return made


def seats_for(signers: Mapping[str, Signer]) -> dict[str, dict[str, Any]]:
    """The boxes of a paper: one for each signer with a certificate, in their order."""
    signing, seated = adapter(), set()
    seats: dict[str, dict[str, Any]] = {}
    for role, signer in signers.items():
        if signer.pk in seated or signing.identity_of(signer) is None:
            continue
        seated.add(signer.pk)
        seats[role] = {
            "field": f"TandaTangan{len(seats) + 1}",
            "label": _("Tanda tangan elektronik %s") % signer.name,
        }
    return seats


def note_signers(
    version: DocumentVersion, signers: Mapping[str, Signer], *, by: User
) -> None:
    """A line for each who signs: with a box by certificate, else whoever issues it by
    the approval alone. The box of somebody else waits for them."""
    seats = version.snapshot.get("signing", {})
    now = timezone.now()
    for order, (role, signer) in enumerate(signers.items(), 1):
        seat, acts = seats.get(role), signer.user_id == by.pk
        if not (seat or acts):
            continue
        line = Signature(
            version=version,
            user_id=signer.user_id,
            signer=signer if signer.pk else None,
            name=signer.name,
            post=signer.post,
            capacity=signer.capacity,
            order=order,
            signed_at=now if acts else None,
        )
        if seat:
            line.method = Signature.Method.CERTIFICATE
            line.field = seat["field"]
            line.state = Signature.State.OWED if acts else Signature.State.ASKED
            line.queued_at = now if acts else None
        line.save()


@transaction.atomic
def sign_seat(signature: Signature, *, by: User) -> None:
    """Their own click: the worker appends it. Refused out of turn, on a paper that was
    replaced, and without a valid certificate; a second click changes nothing."""
    version = signature.version
    if version.is_superseded:
        raise SigningRefused(_("Berkas ini sudah diganti versi yang lebih baru."))
    if before_in_turn(signature).exists():
        raise SigningRefused(
            _("Belum giliran Anda: penanda tangan sebelumnya belum menandatangani.")
        )
    if signature.signer is None or adapter().identity_of(signature.signer) is None:
        raise SigningRefused(
            _("Sertifikat Anda tidak ada atau tidak berlaku. Hubungi administrator.")
        )
    now = timezone.now()
    queued = Signature.objects.filter(
        pk=signature.pk, state__in=[Signature.State.ASKED, Signature.State.FAILED]
    ).update(
        state=Signature.State.OWED,
        signed_at=now,
        queued_at=now,
        leased_until=None,
        attempts=0,
        error="",
        reference="",
    )
    if not queued:
        return
    record(
        by,
        "documents.sign",
        version.document,
        office_id=version.document.office_id,
        version=version.version,
        sha256=version.latest_sha256,
    )
    transaction.on_commit(partial(send, sign, signature.pk))


def before_in_turn(signature: Signature) -> QuerySet[Signature]:
    return Signature.objects.filter(
        version=signature.version_id,
        order__lt=signature.order,
        method=Signature.Method.CERTIFICATE,
    ).exclude(state=Signature.State.DONE)


def waiting() -> QuerySet[Signature]:
    return Signature.objects.filter(
        state=Signature.State.OWED, version__state=DocumentVersion.State.READY
    )


def ring(version_pk: int, then: TaskSignature | dict[str, Any] | None) -> bool:
    """Send for the signature that the issue of a paper owes; False if it owes none."""
    pk = waiting().filter(version=version_pk).values_list("pk", flat=True).first()
    if pk is None:
        call_next(version_pk)
        return False
    send(sign, pk, then)
    return True


def call_next(version_pk: int) -> None:
    """Tell the one whose turn it is, once, without a word of what the paper says."""
    asked = (
        Signature.objects.filter(version=version_pk, state=Signature.State.ASKED)
        .select_related("user", "version__document")
        .first()
    )
    if asked is None or asked.user is None or before_in_turn(asked).exists():
        return
    document = asked.version.document
    notify(
        key=f"signature:{asked.pk}",
        to=asked.user.email,
        subject=_("Berkas menunggu tanda tangan Anda"),
        body=_("%(paper)s menunggu tanda tangan elektronik Anda:\n%(url)s")
        % {
            "paper": document,
            "url": f"{settings.SITE_URL}{document.get_absolute_url()}",
        },
        office_id=document.office_id,
    )


def make_signature(pk: int) -> bool:
    """Append an owed signature; a second delivery of the task finds nothing to do."""
    if not claim(waiting(), pk):
        return False
    signature = Signature.objects.select_related(
        "version__document__office", "signer"
    ).get(pk=pk)
    try:
        answer = adapter().sign(order_for(signature))
        if isinstance(answer, Later):
            ask_again(signature, answer)
            return False
        return keep(signature, answer)
    except SigningRefused as refusal:
        give_up(signature, str(refusal))
        return False
    except Exception as error:
        note_failure(signature, error)
        raise


def order_for(signature: Signature) -> Order:
    version, signer = signature.version, signature.signer
    if signer is None or signature.signed_at is None:
        raise SigningRefused(_("Penanda tangan ini tidak ada lagi dalam daftar."))
    identity = adapter().identity_of(signer)
    if identity is None:
        raise SigningRefused(
            _("Sertifikat penanda tangan sudah dihapus atau tidak berlaku lagi.")
        )
    return Order(
        content=stored(version.latest_file).read_bytes(),
        field=signature.field,
        signer=signer,
        at=signature.signed_at,
        stamp=stamp_of(signature, identity),
        reference=signature.reference,
    )


def stamp_of(signature: Signature, identity: Identity) -> bytes:
    """What the box shows once it is signed; says plainly if the certificate is a test."""
    from timpora.pdf import render_stamp  # noqa: PLC0415 -- slow import

    zone = signature.version.document.office.time_zone
    at = signature.signed_at or timezone.now()
    html = render_to_string(
        "documents/stamp.html",
        {
            "identity": identity,
            "day": long_date(local_date(at, zone)),
            "time": clock_time(at, zone),
        },
    )
    return render_stamp(html, *SEAT)


def keep(signature: Signature, content: bytes) -> bool:
    """Store the signed file and say so; nothing is kept that does not verify.

    The conditional UPDATE lets one of two signers of the same version win; the other
    signs again what the first has signed.
    """
    version = signature.version
    certificate = checked(signature, content)
    path, sha256 = store(content), digest(content)
    with transaction.atomic():
        won = DocumentVersion.objects.filter(
            pk=version.pk, signed_sha256=version.signed_sha256
        ).update(signed_file=path, signed_sha256=sha256, signed_size=len(content))
        if not won:
            waiting().filter(pk=signature.pk).update(leased_until=None)
            transaction.on_commit(partial(send, sign, signature.pk))
            return False
        signature.state = Signature.State.DONE
        signature.leased_until = None
        signature.error = ""
        note_certificate(signature, certificate)
        signature.file, signature.sha256 = path, sha256
        signature.size = len(content)
        signature.save()
        record(
            signature.user,
            "documents.signed",
            version.document,
            office_id=version.document.office_id,
            version=version.version,
            sha256=sha256,
            fingerprint=certificate.fingerprint,
        )
        call_next(version.pk)
    return True


def checked(signature: Signature, content: bytes) -> Certificate:
    """The certificate behind a new signature that is intact, in its box, and the last."""
    from timpora import pades  # noqa: PLC0415 -- slow import

    before = stored(signature.version.latest_file).read_bytes()
    found = pades.signatures(content)
    if not (
        content.startswith(before)
        and found
        and found[-1].field == signature.field
        and found[-1].covers_file
        and all(one.is_intact for one in found)
    ):
        raise SigningRefused(_("Tanda tangan yang dibuat tidak utuh; berkas ditolak."))
    return found[-1].certificate


def note_certificate(signature: Signature, certificate: Certificate) -> None:
    signature.holder = certificate.holder
    signature.issuer = certificate.issuer
    signature.serial = certificate.serial
    signature.fingerprint = certificate.fingerprint
    signature.certificate_from = certificate.valid_from
    signature.certificate_to = certificate.valid_to


def ask_again(signature: Signature, later: Later) -> None:
    waiting().filter(pk=signature.pk).update(
        reference=later.reference,
        attempts=0,
        leased_until=timezone.now() + ASKED_AGAIN,
    )


def give_up(signature: Signature, reason: str) -> None:
    waiting().filter(pk=signature.pk).update(
        state=Signature.State.FAILED, error=reason[:200], leased_until=None
    )


def note_failure(signature: Signature, error: Exception) -> None:
    """Leave it to the sweep, each time twice as late; after the last attempt say why."""
    # What failed may speak of the key; its kind is enough for whoever looks.
    reason = type(error).__name__
    if signature.attempts >= MOST_ATTEMPTS:
        give_up(signature, reason)
        return
    waiting().filter(pk=signature.pk).update(error=reason)
    back_off(signature, at=timezone.now() + dt.timedelta(minutes=2**signature.attempts))


def send_owed() -> None:
    """The sweep: ring again for signatures that nobody has been working on for a minute."""
    now = timezone.now()
    late = now - dt.timedelta(minutes=1)
    for pk in (
        owed(waiting(), at=now)
        .filter(queued_at__lt=late)
        .order_by("pk")
        .values_list("pk", flat=True)[:100]
    ):
        send(sign, pk)
