"""A finding on its way in: drafted, completed, handed in, returned and handed in again."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import Office, Region, User
from agencies.services.audit import record
from documents.models import Classification, Upload
from documents.services.uploads import UploadRefused, accept_letter
from foreigners.models import Finding, FindingEvent, FindingPerson
from foreigners.queries.doubles import name_key
from foreigners.services.registering import take_finding_number
from timpora.errors import DomainError
from timpora.vault import keyed_hash, masked, seal

MOST_FILES = 10
WRITABLE = (Finding.State.DRAFT, Finding.State.RETURNED)


class CardNotYours(DomainError):
    """The card's key belongs to a finding of somebody else."""


class AlreadyReceived(DomainError):
    """The card was handed in before, and said something else."""

    def __init__(self, message: str, finding: Finding) -> None:
        super().__init__(message)
        self.finding = finding


class FindingChanged(DomainError):
    """Somebody else saved the finding since it was read; nothing was written."""


class FindingNotWritable(DomainError):
    pass


class FindingIncomplete(DomainError):
    pass


class TooManyFiles(DomainError):
    pass


@dataclass(frozen=True)
class PersonSaid:
    """A person on the card; ``pk`` is that of one who stands there already. An empty
    number keeps the one that is kept."""

    pk: int | None = None
    name: str = ""
    description: str = ""
    document_number: str = ""
    is_dropped: bool = False


@dataclass(frozen=True)
class Said:
    """What a card says. ``persons`` is None when the writer may not see the persons: then
    nothing of theirs changes."""

    activity: str = ""
    place: str = ""
    region: Region | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    seen_on: dt.date | None = None
    person_count: int | None = None
    classification: str = Classification.RESTRICTED
    persons: Sequence[PersonSaid] | None = None
    files: Sequence[UploadedFile] = ()

    def fields(self) -> dict[str, Any]:
        return {
            "activity": self.activity,
            "place": self.place,
            "region_id": self.region and self.region.pk,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "seen_on": self.seen_on,
            "person_count": self.person_count,
            "classification": self.classification,
        }


@transaction.atomic
def draft_finding(
    *, key: uuid.UUID, office: Office, said: Said, origin: str, by: User
) -> Finding:
    """A draft under the card's key; the card sent again writes over its own draft.

    A card that was handed in answers with its finding, if it still says the same.
    """
    finding, is_new = Finding.objects.get_or_create(
        key=key,
        defaults={
            **said.fields(),
            "office": office,
            "reporter": by.agency,
            "reported_on": office.today,
            "origin": origin,
            "state": Finding.State.DRAFT,
            "created_by": by,
        },
    )
    if is_new:
        _write_persons(finding, said.persons)
        _add_files(finding, said.files, by)
        record(by, "foreigners.draft_finding", finding, office_id=office.pk)
        return finding
    if finding.created_by_id != by.pk or finding.office_id != office.pk:
        raise CardNotYours(_("Kartu ini tidak berlaku. Muat ulang lalu isi lagi."))
    if finding.is_draft:
        # The card carries all its persons anew.
        finding.named_persons.all().delete()
        edit_finding(finding, said=said, revision=finding.revision, by=by)
    elif not _says_the_same(finding, said):
        raise AlreadyReceived(
            _(
                "Kartu ini sudah diterima sebagai %(number)s dengan isi yang lain. "
                "Periksa temuan itu; kirim tulisan ini sebagai temuan baru bila perlu."
            )
            % {"number": finding.number},
            finding,
        )
    return finding


def _says_the_same(finding: Finding, said: Said) -> bool:
    names = {person.name for person in said.persons or () if person.name}
    kept = set(finding.named_persons.exclude(name="").values_list("name", flat=True))
    same_fields = all(
        getattr(finding, name) == value for name, value in said.fields().items()
    )
    return same_fields and names == kept


@transaction.atomic
def report_finding(
    *, key: uuid.UUID, office: Office, said: Said, origin: str, by: User
) -> Finding:
    """Draft and hand in at once; the card sent twice makes one finding."""
    finding = draft_finding(key=key, office=office, said=said, origin=origin, by=by)
    if finding.is_draft:
        hand_in(finding, revision=finding.revision, by=by)
    return finding


@transaction.atomic
def edit_finding(finding: Finding, *, said: Said, revision: int, by: User) -> None:
    """Write over a draft or a returned finding that nobody changed since ``revision``."""
    written = Finding.objects.filter(
        pk=finding.pk, revision=revision, state__in=WRITABLE
    ).update(revision=F("revision") + 1, **said.fields())
    if not written:
        _refuse(finding)
    finding.refresh_from_db()
    _write_persons(finding, said.persons)
    _add_files(finding, said.files, by)
    record(
        by,
        "foreigners.edit_finding",
        finding,
        office_id=finding.office_id,
        revision=revision,
    )


def _refuse(finding: Finding) -> None:
    now = Finding.objects.filter(pk=finding.pk).first()
    if now is None:
        raise FindingNotWritable(_("Draf ini baru saja dibuang."))
    if not now.is_writable:
        raise FindingNotWritable(
            _("Temuan %(number)s sudah dikirim dan tidak dapat diubah lagi.")
            % {"number": now.number}
        )
    raise FindingChanged(
        _(
            "Rekan Anda menyimpan temuan ini sejak Anda membukanya. Bandingkan, lalu simpan."
        )
    )


@transaction.atomic
def complete_finding(finding: Finding, *, said: Said, revision: int, by: User) -> None:
    """Write and hand in at once."""
    edit_finding(finding, said=said, revision=revision, by=by)
    hand_in(finding, revision=finding.revision, by=by)


@transaction.atomic
def hand_in(finding: Finding, *, revision: int, by: User) -> None:
    """Give a draft its number, or send a returned finding back to the section head.

    Refused while it says neither what nor where nor when.
    """
    # The no-op UPDATE takes the row lock, so that a second click burns no number.
    held = Finding.objects.filter(
        pk=finding.pk, revision=revision, state__in=WRITABLE
    ).update(revision=revision)
    if not held:
        _refuse(finding)
    finding.refresh_from_db()
    refuse_incomplete(finding)
    today = finding.office.today
    number = finding.number or take_finding_number(finding.office, today.year)
    Finding.objects.filter(pk=finding.pk).update(
        state=Finding.State.SUBMITTED,
        number=number,
        reported_on=today,
        revision=F("revision") + 1,
    )
    finding.refresh_from_db()
    FindingEvent.objects.create(finding=finding, state=finding.state, by=by)
    record(
        by,
        "foreigners.hand_in_finding",
        finding,
        office_id=finding.office_id,
        number=number,
    )


def refuse_incomplete(finding: Finding) -> None:
    if not finding.activity.strip():
        raise FindingIncomplete(_("Tulis kegiatan yang dilihat."))
    if not finding.place.strip() and finding.region_id is None:
        raise FindingIncomplete(_("Isi tempat atau kelurahan/desa."))
    if finding.seen_on is None:
        raise FindingIncomplete(_("Isi tanggal kejadian."))
    if finding.seen_on > finding.office.today:
        raise FindingIncomplete(_("Tanggal kejadian belum tiba. Periksa lagi."))


@transaction.atomic
def discard_draft(finding: Finding, *, revision: int, by: User) -> None:
    """Throw away a draft as it was read that was never handed in; only the audit
    remembers it."""
    draft = Finding.objects.filter(
        pk=finding.pk, state=Finding.State.DRAFT, revision=revision
    )
    # The no-op UPDATE decides against whoever writes or hands it in at the same moment.
    if not draft.update(state=Finding.State.DRAFT):
        _refuse(finding)
    record(by, "foreigners.discard_finding", finding, office_id=finding.office_id)
    draft.delete()


@transaction.atomic
def remove_file(finding: Finding, upload: Upload, *, by: User) -> None:
    """Take a file off a finding that may still be written."""
    # The no-op UPDATE decides against whoever hands it in at the same moment.
    held = Finding.objects.filter(pk=finding.pk, state__in=WRITABLE)
    if not held.update(revision=F("revision")):
        _refuse(finding)
    finding.files.remove(upload)
    record(
        by,
        "foreigners.remove_finding_file",
        finding,
        office_id=finding.office_id,
        upload=upload.pk,
    )


def _write_persons(finding: Finding, persons: Sequence[PersonSaid] | None) -> None:
    if persons is None:
        return
    known = {person.pk: person for person in finding.named_persons.all()}
    for said in persons:
        person = known.get(said.pk or 0) or FindingPerson(finding=finding)
        is_empty = not (said.name or said.description or said.document_number)
        if said.is_dropped or (is_empty and not person.document_number_sealed):
            if person.pk:
                person.delete()
            continue
        person.name = said.name
        person.description = said.description
        person.name_key = name_key(said.name)
        if said.document_number:
            person.document_number_sealed = seal(said.document_number)
            person.document_number_hash = keyed_hash(said.document_number)
            person.document_number_masked = masked(said.document_number)
        person.save()


def _add_files(finding: Finding, files: Sequence[UploadedFile], by: User) -> None:
    """Pictures without position, PDFs as they are; what is there already stays once."""
    kept = set(finding.files.values_list("sha256", flat=True))
    for file in files:
        try:
            upload = accept_letter(file, by=by)
        except UploadRefused as refusal:
            raise UploadRefused(f"{file.name}: {refusal}") from refusal
        if upload.sha256 in kept:
            continue
        if len(kept) == MOST_FILES:
            raise TooManyFiles(_("Paling banyak %d berkas per temuan.") % MOST_FILES)
        kept.add(upload.sha256)
        finding.files.add(upload)
