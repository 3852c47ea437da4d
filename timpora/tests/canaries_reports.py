"""Words in what an office plans and sums up; and files, which hold no word that is not
theirs."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from documents.models import Document
from documents.tests.factories import NumberPatternFactory
from foreigners.tests.factories import CaseFactory
from reports.models import ADVICE, PROBLEMS, Period, PeriodKind, Target
from reports.services.exporting import request_export, write_file
from reports.services.recaps import (
    compute,
    correct_recap,
    freeze,
    open_recap,
    write_narrative,
)
from timpora.tests import canaries_cases
from timpora.tests.world import World

CANARIES = {
    "kxtarget": canaries_cases.OFFICE,
    "kxmasalah": canaries_cases.OFFICE,
    "kxsaranrekap": canaries_cases.OFFICE,
    "kxkoreksi": canaries_cases.OFFICE | {"auditor"},
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
    sum_up(base, people)


def sum_up(base: World, people: dict[str, Any]) -> None:
    """A recap that was frozen and corrected, and the draft of the days since."""
    today = timezone.localdate()
    NumberPatternFactory(office=base.office, kind=Document.Kind.RECAP)
    day = dt.timedelta(days=1)
    # Before any of the world's meetings and cases: what is in it can change here alone.
    month = Period(PeriodKind.FREE, today - 90 * day, today - 60 * day)
    recap = draft(base, month, problems="kxmasalah", by=people["officer"])
    freeze(recap, revision=recap.revision, by=people["chief"])
    CaseFactory(office=base.office, registered_on=month.starts_on)
    correct_recap(recap, reason="kxkoreksi angka", by=people["chief"])
    running = Period(PeriodKind.FREE, today - 59 * day, today)
    draft(base, running, advice="kxsaranrekap", by=people["officer"])


def draft(
    base: World, period: Period, *, problems: str = "", advice: str = "", by: Any
) -> Any:
    recap = open_recap(base.office, period, by=by)
    compute(recap.pk)
    recap.refresh_from_db()
    write_narrative(
        recap,
        texts={PROBLEMS: problems, ADVICE: advice},
        revision=recap.revision,
        by=by,
    )
    recap.refresh_from_db()
    return recap
