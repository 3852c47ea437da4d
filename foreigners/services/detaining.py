"""A detention: decided outside the conference where art. 83 allows it, looked at again in
time, and ended by a record."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from foreigners.models import DetentionReview, Measure
from foreigners.services.attempt import Attempt
from foreigners.services.casefile import touch
from foreigners.services.clocks import (
    cancel,
    clocks_of_the_measure_alone,
    meet,
    start_clock,
)
from foreigners.services.measuring import settle
from timpora.errors import DomainError

LEAST_REASON = 10
REVIEW = "detention_review"


class DetentionRefused(DomainError):
    pass


def decide_detentions(attempt: Attempt) -> None:
    """What the step ``detain`` does once its conditions are met: every detention that was
    drafted gets its decision, each its own."""
    if attempt.by is None:
        raise DetentionRefused(_("Pendetensian ditetapkan oleh pejabat."))
    for measure in attempt.drafted_detentions:
        settle(measure, None, on=attempt.on, by=attempt.by)


@transaction.atomic
def review_detention(measure: Measure, *, on: dt.date, reason: str, by: User) -> None:
    """Somebody looked again and says why the detention still has to last."""
    refuse_no_detention(measure, on=on)
    if len(reason.strip()) < LEAST_REASON:
        raise DetentionRefused(_("Tulis mengapa pendetensian masih diperlukan."))
    DetentionReview.objects.create(measure=measure, on=on, reason=reason.strip(), by=by)
    for clock in measure.clocks.filter(rule__code=REVIEW, ended_on=None):
        meet(clock, on=on)
    start_clock(measure.case, REVIEW, on=on, measure=measure)
    touch(measure.case)
    record(
        by,
        "foreigners.review_detention",
        measure,
        office_id=measure.case.office_id,
        on=on,
    )


@transaction.atomic
def release_detention(measure: Measure, *, on: dt.date, note: str, by: User) -> None:
    """The person is let go or handed over; the clocks of the detention end with it."""
    refuse_no_detention(measure, on=on)
    if len(note.strip()) < LEAST_REASON:
        raise DetentionRefused(_("Tulis bagaimana pendetensian berakhir."))
    released = Measure.objects.filter(pk=measure.pk, state=Measure.State.SERVED).update(
        state=Measure.State.ENDED,
        ended_on=on,
        end_note=note.strip(),
        revision=F("revision") + 1,
    )
    if not released:
        raise DetentionRefused(_("Pendetensian ini sudah berakhir."))
    measure.refresh_from_db()
    for clock in clocks_of_the_measure_alone(measure):
        cancel(clock, on=on)
    touch(measure.case)
    record(
        by,
        "foreigners.release_detention",
        measure,
        office_id=measure.case.office_id,
        on=on,
    )


def refuse_no_detention(measure: Measure, *, on: dt.date) -> None:
    if not measure.holds_somebody or measure.executed_on is None:
        raise DetentionRefused(_("Tidak ada pendetensian yang sedang berjalan."))
    if not measure.executed_on <= on <= measure.case.office.today:
        raise DetentionRefused(
            _("Tanggalnya sejak pendetensian dimulai sampai hari ini.")
        )
