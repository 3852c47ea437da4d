"""What follows a meeting of the demonstration: review, approval, reports, a correction."""

import datetime as dt

from meetings.models import FollowUp, Meeting, Minutes
from meetings.services.approving import approve_minutes, submit_minutes
from meetings.services.correcting import start_correction
from meetings.services.entries import Said, save_entry
from meetings.services.followups import accept_progress, report_progress
from meetings.services.reviewing import confirm, open_review
from reports.demonstration.clock import ZONE, on, working_day
from reports.demonstration.masters import Cast
from reports.demonstration.scripts import Script


def review(script: Script, cast: Cast, minutes: Minutes, day: dt.date) -> None:
    """All agencies that came agree, but for the last, which stays silent."""
    with on(day + dt.timedelta(days=1), dt.time(15)):
        open_review(minutes, by=cast.staff["officer"])
    came = minutes.meeting.attendances.came().filter(invitation__isnull=False)
    agencies = [line.agency for line in came.select_related("agency") if line.agency]
    with on(day + dt.timedelta(days=2), dt.time(9)):
        for agency in agencies[:-1]:
            confirm(minutes, agency=agency)
    minutes.refresh_from_db()
    ends_on = minutes.review_ends_on or day
    with on(ends_on + dt.timedelta(days=1), dt.time(9)):
        submit_minutes(
            minutes, by=cast.staff["section_head"], revision=minutes.revision
        )
    minutes.refresh_from_db()


def approve(cast: Cast, minutes: Minutes) -> None:
    submitted = minutes.submitted_at
    if submitted is None:
        raise ValueError("Only submitted minutes are approved.")
    with on(submitted.astimezone(ZONE).date(), dt.time(16)):
        approve_minutes(minutes, by=cast.staff["chief"], revision=minutes.revision)


def follow_up(script: Script, cast: Cast, meeting: Meeting, *, today: dt.date) -> None:
    """The agencies report when their lines say; the rest is still open."""
    owed = {f.text: f for f in FollowUp.objects.filter(origin=meeting)}
    for line in script.lines:
        if line.done_after is None or line.text not in owed:
            continue
        duty = owed[line.text]
        done_on = max(duty.due_on + dt.timedelta(days=line.done_after), duty.created_on)
        with on(min(done_on, today), dt.time(11)):
            progress = report_progress(
                duty,
                text="Sudah dilaksanakan; hasilnya disampaikan kepada sekretariat.",
                is_final=True,
                evidence=[],
                by=cast.liaisons[line.owner],
            )
            progress.follow_up.office = cast.office
            accept_progress(progress, note="", by=cast.staff["officer"])


def correct(script: Script, cast: Cast, meeting: Meeting, day: dt.date) -> None:
    """What was wrong is put right in a second version, reviewed like the first."""
    if script.correction is None:
        return
    officer = cast.staff["officer"]
    with on(working_day(day, cast)):
        minutes = start_correction(meeting, reason=script.correction.reason, by=officer)
        entry = minutes.entries.get(text=script.correction.wrong)
        save_entry(
            minutes,
            key=entry.key,
            revision=entry.revision,
            said=Said(
                item=entry.item,
                kind=entry.kind,
                text=script.correction.right,
                agency=entry.agency,
            ),
            by=officer,
        )
    minutes = Minutes.objects.select_related("meeting__office__agency").get(
        pk=minutes.pk
    )
    review(script, cast, minutes, day)
    approve(cast, minutes)
