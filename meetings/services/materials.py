"""Presentation files of the agenda items."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services import audit
from documents.services.uploads import accept_slides
from meetings.models import AgendaItem, Material, Meeting
from meetings.services.rollcall import hold
from timpora.errors import DomainError

# Speakers hand in their slides before the meeting, or leave them behind after it.
OPEN = (
    Meeting.State.DRAFT,
    Meeting.State.INVITED,
    Meeting.State.IN_SESSION,
    Meeting.State.MINUTES,
)


class MaterialsClosed(DomainError):
    pass


@transaction.atomic
def add_material(
    item: AgendaItem, *, file: UploadedFile, classification: str, by: User
) -> Material:
    _require_open(item.meeting)
    material = Material.objects.create(
        item=item, upload=accept_slides(file, by=by), classification=classification
    )
    audit.record(
        by,
        "meetings.add_material",
        material,
        office_id=item.meeting.office_id,
        classification=classification,
    )
    return material


@transaction.atomic
def delete_material(material: Material, *, by: User) -> None:
    meeting = material.item.meeting
    _require_open(meeting)
    audit.record(by, "meetings.delete_material", material, office_id=meeting.office_id)
    material.delete()


def _require_open(meeting: Meeting) -> None:
    if not hold(meeting, OPEN):
        meeting.refresh_from_db(fields=["state"])
        raise MaterialsClosed(
            _("Paparan tidak dapat diubah: rapat berstatus “%(state)s”.")
            % {"state": meeting.get_state_display()}
        )
