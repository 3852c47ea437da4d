"""The recaps of the demonstration: opened by the calendar, frozen by those who answer."""

import datetime as dt

from django.utils import timezone

from agencies.models import Region
from meetings.models import Meeting, OperationPlace
from meetings.services.operation_report import issue_report
from meetings.services.operations import edit_place
from reports.demonstration.clock import on, working_day
from reports.demonstration.masters import Cast
from reports.models import Period, PeriodKind, Recap, Target
from reports.models.period import month_after
from reports.services.calendar import first_day_of, prepare_drafts
from reports.services.recaps import compute, correct_recap, freeze

# Who freezes what, and how many days after its end: the chief answers for the long ones.
FROZEN = {
    PeriodKind.MONTH: ("section_head", 7),
    PeriodKind.QUARTER: ("chief", 13),
    PeriodKind.SEMESTER: ("chief", 17),
    PeriodKind.YEAR: ("chief", 20),
}
# The last one of these waits for whoever looks at the demonstration.
LEFT_AS_DRAFT = (PeriodKind.MONTH, PeriodKind.QUARTER)
CORRECTED_AFTER = 3
# What the ship's log said when it came: the second ship of the operation at sea lay
# off another kecamatan.
SHIP, ANCHORAGE = 2, "36.72.06.1001"
MEASURES_PLANNED = 12


def set_targets(cast: Cast, *, today: dt.date) -> None:
    """A target for each year of the story, set in its first week."""
    for year in range(2025, today.year + 1):
        Target.objects.create(
            office=cast.office,
            year=year,
            measures=MEASURES_PLANNED,
            set_on=min(dt.date(year, 1, 6), today),
            ground=f"Perjanjian Kinerja Contoh Tahun {year}",
        )


def keep_recaps(cast: Cast, sea: Meeting, *, today: dt.date) -> None:
    """Month after month since the first record; ``sea`` is the operation put right later."""
    first = month_after(first_day_of(cast.office).replace(day=1), 1)
    while first <= today:
        with on(first, dt.time(0, 5)):
            prepare_drafts(timezone.now())
        opened = Recap.objects.filter(office=cast.office, computed_at=None)
        for recap in opened.order_by("ends_on", "-starts_on"):
            compute(recap.pk)
            close(recap, cast, sea, today=today)
        first = month_after(first, 1)


def close(recap: Recap, cast: Cast, sea: Meeting, *, today: dt.date) -> None:
    """Freeze it on its day, if that has come and nobody is meant to do it on the page."""
    kind = PeriodKind(recap.kind)
    role, days = FROZEN[kind]
    day = working_day(recap.ends_on + dt.timedelta(days=days), cast)
    is_last = recap.period == Period.containing(kind, today).before()
    if day > today or (is_last and kind in LEFT_AS_DRAFT):
        return
    recap.refresh_from_db()
    with on(day):
        freeze(recap, revision=recap.revision, by=cast.staff[role])
    if kind == PeriodKind.MONTH and recap.starts_on <= sea.day <= recap.ends_on:
        correct_anchorage(recap, cast, sea, day)


def correct_anchorage(
    recap: Recap, cast: Cast, sea: Meeting, frozen_on: dt.date
) -> None:
    """The place, then the report of the operation, then the month that counted it."""
    head = cast.staff["section_head"]
    place = OperationPlace.objects.get(meeting=sea, order=SHIP)
    day = working_day(frozen_on + dt.timedelta(days=CORRECTED_AFTER), cast)
    with on(day):
        edit_place(
            place,
            revision=place.revision,
            region=Region.objects.get(pk=ANCHORAGE),
            by=cast.staff["officer"],
        )
        reason = (
            "Buku harian kapal menunjukkan tempat labuh di wilayah Kecamatan Gerogol."
        )
        issue_report(sea, reason=reason, by=head)
        correct_recap(recap, reason=reason, by=head)
