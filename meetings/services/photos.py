"""Pictures of a meeting with their captions, for the photo annex."""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services import audit
from documents.services.uploads import UploadRefused, accept_picture
from meetings.models import Minutes, Photo
from meetings.services.entries import require_open
from timpora.errors import DomainError

MOST_PHOTOS = 40


class TooManyPhotos(DomainError):
    pass


@transaction.atomic
def add_photos(
    minutes: Minutes, *, photos: Iterable[UploadedFile], caption: str, by: User
) -> list[Photo]:
    """Add pictures under one caption, all or none."""
    require_open(minutes)
    files = list(photos)
    mine = Photo.objects.filter(meeting=minutes.meeting_id)
    if mine.count() + len(files) > MOST_PHOTOS:
        raise TooManyPhotos(_("Paling banyak %d foto per rapat.") % MOST_PHOTOS)
    last = mine.aggregate(last=Max("order", default=0))["last"]
    added = []
    for order, file in enumerate(files, last + 1):
        try:
            upload = accept_picture(file, by=by)
        except UploadRefused as refusal:
            raise UploadRefused(f"{file.name}: {refusal}") from refusal
        added.append(
            Photo.objects.create(
                meeting=minutes.meeting, upload=upload, caption=caption, order=order
            )
        )
    _finish(minutes, by, "meetings.add_photos", photos=[photo.pk for photo in added])
    return added


@transaction.atomic
def caption_photo(minutes: Minutes, photo: Photo, *, caption: str, by: User) -> None:
    require_open(minutes)
    photo.caption = caption
    photo.save(update_fields=["caption"])
    _finish(minutes, by, "meetings.caption_photo", photo=photo.pk)


@transaction.atomic
def move_photo(minutes: Minutes, photo: Photo, *, up: bool, by: User) -> None:
    """Swap a photo with its neighbour; at the edge it stays."""
    require_open(minutes)
    rows = list(Photo.objects.filter(meeting=minutes.meeting_id))
    place = rows.index(photo)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, 1):
        row.order = order
    Photo.objects.bulk_update(rows, ["order"])
    _finish(minutes, by, "meetings.move_photo", photo=photo.pk)


@transaction.atomic
def delete_photo(minutes: Minutes, photo: Photo, *, by: User) -> None:
    """Take a photo out of the draft; papers already issued keep theirs."""
    require_open(minutes)
    pk = photo.pk
    photo.delete()
    _finish(minutes, by, "meetings.delete_photo", photo=pk)


def _finish(minutes: Minutes, by: User, verb: str, **data: Any) -> None:
    Minutes.objects.filter(pk=minutes.pk).update(revision=F("revision") + 1)
    minutes.refresh_from_db(fields=["revision"])
    audit.record(by, verb, minutes, office_id=minutes.meeting.office_id, **data)
