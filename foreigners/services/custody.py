"""Evidence: taken with its hash, handed over by two confirmations, hashed again nightly."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from agencies.services.notifying import notify
from documents.models import Document
from documents.services.snapshots import letterhead_of, signer_for, signer_of
from documents.services.storing import digest, stored
from documents.services.uploads import accept_letter, accept_original
from foreigners.models import Case, Custody, Evidence, Order
from foreigners.services.casefile import (
    issue_case_paper,
    refuse_if_ended,
    touch,
)
from timpora.dates import clock_time, day_and_date, local_date
from timpora.errors import DomainError

TEMPLATE = "foreigners/pdf/terima_barang.html"


class CustodyRefused(DomainError):
    pass


@transaction.atomic
def take_evidence(
    case: Case,
    *,
    description: str,
    taken_from: str,
    taken_at: dt.datetime,
    place: str,
    order: Order | None,
    file: UploadedFile | None,
    by: User,
) -> Evidence:
    """Receive a thing or a file; ``by`` holds it from now on, the giver gets a receipt."""
    refuse_if_ended(case)
    if taken_at > timezone.now():
        raise CustodyRefused(_("Waktu pengambilan belum tiba."))
    if order is not None and order.case_id != case.pk:
        raise CustodyRefused(_("Surat perintah ini milik kasus lain."))
    upload = accept_original(file, by=by) if file else None
    # The row lock of the case's counter makes the next number wait for this one.
    touch(case)
    evidence = Evidence.objects.create(
        case=case,
        number=f"BB-{case.evidence.count() + 1:02d}/{case.number}",
        description=description,
        taken_from=taken_from,
        taken_at=taken_at,
        place=place,
        order=order,
        upload=upload,
        sha256=upload.sha256 if upload else "",
        checked_at=timezone.now() if upload else None,
        holder=by,
        received_by=by,
    )
    evidence.receipt = issue_case_paper(
        case,
        kind=Document.Kind.EVIDENCE,
        title=_("Tanda terima barang bukti"),
        dated_on=case.office.today,
        template=TEMPLATE,
        snapshot=receipt_snapshot(evidence, by=by),
        by=by,
        signer=signer_for(case.office, by),
    )
    evidence.save(update_fields=["receipt"])
    record(
        by,
        "foreigners.take_evidence",
        case,
        office_id=case.office_id,
        evidence=evidence.number,
        sha256=evidence.sha256,
    )
    return evidence


def receipt_snapshot(evidence: Evidence, *, by: User) -> dict[str, Any]:
    case, office = evidence.case, evidence.case.office
    zone = office.time_zone
    return {
        "office": letterhead_of(office),
        "signer": signer_of(signer_for(office, by)),
        "case_number": case.number,
        "evidence_number": evidence.number,
        "description": evidence.description,
        "taken_from": evidence.taken_from,
        "day": day_and_date(local_date(evidence.taken_at, zone)),
        "time": clock_time(evidence.taken_at, zone),
        "place": evidence.place,
        "order": evidence.order.version.document.number
        if evidence.order and evidence.order.version
        else "",
        "sha256": evidence.sha256,
    }


@transaction.atomic
def hand_over(evidence: Evidence, *, taker: User, purpose: str, by: User) -> Custody:
    """The holder gives; it counts when the taker confirms."""
    _take_row(evidence)
    _refuse_gone(evidence)
    if evidence.holder_id != by.pk:
        raise CustodyRefused(_("Hanya pemegang sekarang yang dapat menyerahkan."))
    if taker.pk == by.pk:
        raise CustodyRefused(_("Penerima harus orang lain."))
    if taker.agency_id != evidence.case.office_id:
        raise CustodyRefused(_("Penerima bukan pegawai kantor ini."))
    if evidence.custody.filter(taken_at=None, refused_reason="").exists():
        raise CustodyRefused(_("Serah terima sebelumnya belum dijawab penerima."))
    custody = Custody.objects.create(
        evidence=evidence,
        giver=by,
        taker=taker,
        purpose=purpose,
        given_at=timezone.now(),
    )
    # Whoever answers for the thing must be able to see it, also in a secret case.
    evidence.case.assigned.add(taker)
    record(
        by,
        "foreigners.hand_over",
        evidence.case,
        office_id=evidence.case.office_id,
        evidence=evidence.number,
        taker=taker.pk,
    )
    return custody


@transaction.atomic
def confirm_custody(custody: Custody, *, by: User) -> None:
    """The taker has the thing in hand and answers for it from now on."""
    _refuse_other_taker(custody, by)
    taken = Custody.objects.filter(
        pk=custody.pk, taken_at=None, refused_reason=""
    ).update(taken_at=timezone.now())
    if not taken:
        raise CustodyRefused(_("Serah terima ini sudah dijawab."))
    Evidence.objects.filter(pk=custody.evidence_id).update(holder=by)
    custody.refresh_from_db()
    _record_custody(custody, "foreigners.confirm_custody", by)


@transaction.atomic
def refuse_custody(custody: Custody, *, reason: str, by: User) -> None:
    """The taker does not take it: the giver still answers for it; the refusal stays."""
    _refuse_other_taker(custody, by)
    refused = Custody.objects.filter(
        pk=custody.pk, taken_at=None, refused_reason=""
    ).update(refused_reason=reason)
    if not refused:
        raise CustodyRefused(_("Serah terima ini sudah dijawab."))
    custody.refresh_from_db()
    _record_custody(custody, "foreigners.refuse_custody", by)


@transaction.atomic
def let_go(
    evidence: Evidence,
    *,
    state: str,
    taker_text: str,
    purpose: str,
    proof: UploadedFile,
    by: User,
) -> None:
    """Return to the owner, hand over to another body, or destroy: with a signed proof."""
    _take_row(evidence)
    _refuse_gone(evidence)
    if evidence.holder_id != by.pk:
        raise CustodyRefused(_("Hanya pemegang sekarang yang dapat melepaskannya."))
    if evidence.custody.filter(taken_at=None, refused_reason="").exists():
        raise CustodyRefused(_("Serah terima sebelumnya belum dijawab penerima."))
    now = timezone.now()
    gone = Evidence.objects.filter(pk=evidence.pk, state=Evidence.State.KEPT).update(
        state=state
    )
    if not gone:
        raise CustodyRefused(_("Barang bukti ini sudah tidak disimpan di kantor."))
    Custody.objects.create(
        evidence=evidence,
        giver=by,
        taker_text=taker_text,
        purpose=purpose,
        given_at=now,
        taken_at=now,
        proof=accept_letter(proof, by=by),
    )
    evidence.refresh_from_db()
    touch(evidence.case)
    record(
        by,
        "foreigners.let_go",
        evidence.case,
        office_id=evidence.case.office_id,
        evidence=evidence.number,
        state=state,
    )


def _take_row(evidence: Evidence) -> None:
    """Writes nothing: of two who move a thing at once, the second waits and then reads
    where the first has left it."""
    Evidence.objects.filter(pk=evidence.pk).update(holder=F("holder"))
    evidence.refresh_from_db()


def rehash_evidence(*, at: dt.datetime) -> int:
    """Hash every kept file again; answers how many are broken and were not known to be.

    A file that is missing or differs marks its evidence for ever and is reported.
    """
    broken = 0
    files = Evidence.objects.exclude(upload=None).select_related(
        "upload", "case__office", "case__responsible"
    )
    for evidence in files.iterator(chunk_size=100):
        whole = is_whole(evidence)
        Evidence.objects.filter(pk=evidence.pk).update(checked_at=at)
        if not whole and evidence.broken_at is None:
            broken += 1
            _report_broken(evidence, at=at)
    return broken


def is_whole(evidence: Evidence) -> bool:
    """Whether the file is there with the hash that it had at receipt; a thing has none."""
    if evidence.upload is None:
        return True
    path = stored(evidence.upload.file)
    return path.exists() and digest(path.read_bytes()) == evidence.sha256


@transaction.atomic
def _report_broken(evidence: Evidence, *, at: dt.datetime) -> None:
    case = evidence.case
    Evidence.objects.filter(pk=evidence.pk).update(broken_at=at)
    touch(case)
    record(
        None,
        "foreigners.evidence_broken",
        case,
        office_id=case.office_id,
        evidence=evidence.number,
    )
    heads = User.objects.filter(
        agency=case.office_id,
        is_active=True,
        role__in=[User.Role.SECTION_HEAD, User.Role.CHIEF],
    )
    for user in {case.responsible, *heads}:
        notify(
            key=f"evidence-broken:{evidence.pk}:{user.pk}",
            to=user.email,
            subject=_("Barang bukti %s berubah") % evidence.number,
            body=_(
                "Sidik berkas barang bukti %s tidak lagi sama dengan saat diterima. "
                "Buka halaman kasus untuk memeriksanya."
            )
            % evidence.number,
            office_id=case.office_id,
        )


def _refuse_gone(evidence: Evidence) -> None:
    if evidence.state != Evidence.State.KEPT:
        raise CustodyRefused(_("Barang bukti ini sudah tidak disimpan di kantor."))


def _refuse_other_taker(custody: Custody, by: User) -> None:
    if custody.taker_id != by.pk:
        raise CustodyRefused(_("Hanya penerima yang dapat menjawab serah terima ini."))


def _record_custody(custody: Custody, verb: str, by: User) -> None:
    # The reason of a refusal stays with the hand-over: the audit is read by others.
    case = custody.evidence.case
    record(
        by,
        verb,
        case,
        office_id=case.office_id,
        evidence=custody.evidence.number,
    )
