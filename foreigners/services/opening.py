"""That somebody was shown the persons of a finding: names, numbers, photos."""

from django.db import transaction

from agencies.models import User
from agencies.services.audit import record
from documents.models import Upload
from foreigners.models import Finding, Foreigner, Reading
from foreigners.services.disclosing import note_reading


@transaction.atomic
def note_opening(finding: Finding, *, by: User, upload: Upload | None = None) -> None:
    """A line about the finding, and a reading of each person whom the office knows."""
    shown = ["finding_files"] if upload else ["finding_persons"]
    record(
        by,
        "foreigners.open_finding_persons",
        finding,
        office_id=finding.office_id,
        fields=shown,
        upload=upload and upload.pk,
    )
    known = list(Foreigner.objects.filter(finding_persons__finding=finding).distinct())
    if known:
        note_reading(
            by,
            Reading.Verb.OPENED,
            office_id=finding.office_id,
            foreigners=known,
            fields=shown,
            sha256=upload.sha256 if upload else "",
        )
