"""A word in what an office plans; and files, which hold no word that is not theirs."""

import uuid
from typing import Any

from django.utils import timezone

from reports.models import Target
from reports.services.exporting import request_export, write_file
from timpora.tests import canaries_cases
from timpora.tests.world import World

CANARIES = {
    "kxtarget": canaries_cases.OFFICE,
}


def build_reports(base: World, people: dict[str, Any]) -> None:
    """After everything else, so that the files hold what each may see of it."""
    Target.objects.create(
        office=base.office,
        year=timezone.localdate().year,
        measures=53,
        set_on=timezone.localdate(),
        ground="kxtarget",
    )
    for person, kind in (
        ("officer", "kasus"),
        ("officer", "temuan"),
        ("officer", "orang-asing"),
        ("assigned", "kasus"),
        ("auditor", "kasus"),
        ("auditor", "temuan"),
        ("source", "temuan"),
        ("liaison", "tindak-lanjut"),
    ):
        made = request_export(
            kind=kind,
            query="",
            form="csv",
            reason="Keperluan dinas.",
            key=uuid.uuid4(),
            by=people[person],
        )
        write_file(made.pk)
