"""A joint operation: where it goes, what came of each place, nihil included."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Region, User
from agencies.services.audit import record
from documents.models import Upload
from documents.services.uploads import UploadRefused, accept_picture
from foreigners.models import Finding
from foreigners.services.reporting import Said, draft_finding
from meetings.models import Meeting, Operation, OperationPlace
from timpora.errors import DomainError

MOST_PHOTOS = 6
Result = OperationPlace.Result


class OperationChanged(DomainError):
    """Somebody else saved it since it was read; nothing was written."""


class OperationCancelled(DomainError):
    pass


class OperationAhead(DomainError):
    pass


class PlaceHasResult(DomainError):
    pass


class ResultContradicted(DomainError):
    pass


class NoteMissing(DomainError):
    pass


class TooManyPhotos(DomainError):
    pass


@transaction.atomic
def save_operation(
    meeting: Meeting, *, revision: int, by: User, **fields: Any
) -> Operation:
    """Order, leader and the words of the report, over what ``by`` has read."""
    _refuse_cancelled(meeting)
    operation, _created = Operation.objects.get_or_create(meeting=meeting)
    written = Operation.objects.filter(pk=operation.pk, revision=revision).update(
        revision=F("revision") + 1, **fields
    )
    if not written:
        raise OperationChanged(
            _("Orang lain menyimpan operasi ini sejak Anda membukanya. Bandingkan.")
        )
    operation.refresh_from_db()
    record(by, "meetings.save_operation", meeting, office_id=meeting.office_id)
    return operation


@transaction.atomic
def add_place(
    meeting: Meeting,
    *,
    place: str,
    region: Region | None,
    team: str,
    planned_at: dt.time | None,
    by: User,
) -> OperationPlace:
    _refuse_cancelled(meeting)
    mine = OperationPlace.objects.filter(meeting=meeting)
    last = mine.aggregate(last=Max("order", default=0))["last"]
    added = OperationPlace.objects.create(
        meeting=meeting,
        order=last + 1,
        place=place,
        region=region,
        team=team,
        planned_at=planned_at,
    )
    record(
        by,
        "meetings.add_place",
        meeting,
        office_id=meeting.office_id,
        place=added.pk,
    )
    return added


@transaction.atomic
def edit_place(
    place: OperationPlace, /, *, revision: int, by: User, **fields: Any
) -> None:
    _refuse_cancelled(place.meeting)
    _write(place, revision, **fields)
    _note(place, "meetings.edit_place", by)


@transaction.atomic
def move_place_up(place: OperationPlace, *, by: User) -> None:
    """Swap a place with the one before it; the first stays."""
    _refuse_cancelled(place.meeting)
    rows = list(OperationPlace.objects.filter(meeting=place.meeting_id))
    at = rows.index(place)
    if at == 0:
        return
    rows[at - 1], rows[at] = rows[at], rows[at - 1]
    for order, row in enumerate(rows, 1):
        row.order = order
    OperationPlace.objects.bulk_update(rows, ["order"])
    _note(place, "meetings.move_place", by)


@transaction.atomic
def drop_place(place: OperationPlace, *, by: User) -> None:
    """Take a place off the plan; one with a result stays."""
    _refuse_cancelled(place.meeting)
    plan = OperationPlace.objects.filter(pk=place.pk, result="", findings=None)
    if not plan.exists():
        raise PlaceHasResult(
            _("Tempat ini sudah mempunyai hasil. Ubah hasilnya bila keliru.")
        )
    _note(place, "meetings.drop_place", by)
    plan.delete()


@transaction.atomic
def record_result(
    place: OperationPlace,
    *,
    revision: int,
    result: str,
    visited_at: dt.time | None,
    note: str,
    photos: Sequence[UploadedFile],
    by: User,
) -> None:
    """What came of a place. *Nihil* is refused while a finding of it was handed in; a
    place that was stopped says why."""
    meeting = place.meeting
    _refuse_ahead(meeting)
    if result == Result.STOPPED and not note.strip():
        raise NoteMissing(_("Tulis mengapa dihentikan, misalnya cuaca."))
    handed_in = place.findings.exclude(state=Finding.State.DRAFT).exists()
    if result == Result.NIL and handed_in:
        raise ResultContradicted(
            _("Temuan dari tempat ini sudah dikirim, jadi hasilnya bukan nihil.")
        )
    if result == Result.FINDINGS and not place.findings.exists():
        raise ResultContradicted(
            _("Belum ada temuan dari tempat ini. Pakai tombol “Tulis temuan”.")
        )
    _write(
        place,
        revision,
        result=result,
        visited_at=_moment(meeting, visited_at),
        note=note.strip(),
    )
    _add_photos(place, photos, by)
    _note(place, "meetings.record_result", by, result=result)


@transaction.atomic
def start_place_finding(place: OperationPlace, *, key: uuid.UUID, by: User) -> Finding:
    """A draft of a finding with the place, the region and the day filled in.

    The same tap twice answers with the draft as it was completed since.
    """
    if started := place.findings.filter(key=key, created_by=by).first():
        return started
    meeting = place.meeting
    _refuse_ahead(meeting)
    finding = draft_finding(
        key=key,
        office=meeting.office,
        said=Said(place=place.place, region=place.region, seen_on=meeting.day),
        origin=Finding.Origin.OPERATION,
        by=by,
    )
    place.findings.add(finding)
    OperationPlace.objects.filter(pk=place.pk).exclude(result=Result.FINDINGS).update(
        result=Result.FINDINGS,
        visited_at=_moment(meeting, None),
        revision=F("revision") + 1,
    )
    _note(place, "meetings.start_place_finding", by, finding=finding.pk)
    return finding


@transaction.atomic
def remove_photo(place: OperationPlace, upload: Upload, *, by: User) -> None:
    """Take a photo off a place; papers already issued keep theirs."""
    _refuse_cancelled(place.meeting)
    place.photos.remove(upload)
    _note(place, "meetings.remove_place_photo", by, upload=upload.pk)


def _refuse_cancelled(meeting: Meeting) -> None:
    if meeting.is_cancelled:
        raise OperationCancelled(_("Operasi ini dibatalkan dan tidak diubah lagi."))


def _refuse_ahead(meeting: Meeting) -> None:
    _refuse_cancelled(meeting)
    if meeting.office.today < meeting.day:
        raise OperationAhead(_("Operasi belum berlangsung. Hasil diisi pada harinya."))


def _write(place: OperationPlace, revision: int, /, **fields: Any) -> None:
    written = OperationPlace.objects.filter(pk=place.pk, revision=revision).update(
        revision=F("revision") + 1, **fields
    )
    if not written:
        raise OperationChanged(
            _("Orang lain menyimpan tempat ini sejak Anda membukanya. Muat ulang.")
        )
    place.refresh_from_db()


def _moment(meeting: Meeting, time: dt.time | None) -> dt.datetime:
    """That hour of the operation's day; without one, now, or its start once it is past."""
    if time is None:
        return (
            timezone.now() if meeting.office.today == meeting.day else meeting.starts_at
        )
    zone = ZoneInfo(meeting.office.time_zone)
    return dt.datetime.combine(meeting.day, time, tzinfo=zone)


def _add_photos(
    place: OperationPlace, photos: Sequence[UploadedFile], by: User
) -> None:
    if place.photos.count() + len(photos) > MOST_PHOTOS:
        raise TooManyPhotos(_("Paling banyak %d foto per tempat.") % MOST_PHOTOS)
    for file in photos:
        try:
            place.photos.add(accept_picture(file, by=by))
        except UploadRefused as refusal:
            raise UploadRefused(f"{file.name}: {refusal}") from refusal


def _note(place: OperationPlace, verb: str, by: User, **data: Any) -> None:
    meeting = place.meeting
    record(by, verb, meeting, office_id=meeting.office_id, place=place.pk, **data)
