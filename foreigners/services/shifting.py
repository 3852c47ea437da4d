"""Free days have changed: the last days that working days lead to move with them."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Holiday, Office, User
from agencies.services.audit import record
from foreigners.models import Clock, ClockRule, Shift
from foreigners.services.casefile import touch
from foreigners.services.extending import counted
from foreigners.services.ticking import tell
from timpora.dates import long_date

OBJECTION = "objection"


@dataclass
class Count:
    """How many clocks moved, and how many stay for their new last day would be over."""

    moved: int = 0
    kept: int = 0

    @property
    def words(self) -> str:
        sentences = []
        if self.moved:
            sentences.append(
                ngettext(
                    "%d tenggat yang berjalan bergeser.",
                    "%d tenggat yang berjalan bergeser.",
                    self.moved,
                )
                % self.moved
            )
        if self.kept:
            sentences.append(
                ngettext(
                    "%d tenggat tetap, karena hari terakhirnya yang baru sudah lewat.",
                    "%d tenggat tetap, karena hari terakhirnya yang baru sudah lewat.",
                    self.kept,
                )
                % self.kept
            )
        return " ".join(sentences)


@transaction.atomic
def follow_free_days(*, by: User | None, reason: str) -> str:
    """Move the running clocks of every office by its own free days; answers in words what
    moved in the office of ``by``. Counting twice moves nothing."""
    words = ""
    for office in Office.objects.order_by("pk"):
        count = shift_clocks(office, by=by, reason=reason)
        if by is not None and office.pk == by.office_id:
            words = count.words
    return words


def shift_clocks(office: Office, *, by: User | None, reason: str) -> Count:
    """What is over stays: a clock that ended, stands still, or has passed its last day.

    One that stands still is counted anew when it runs again. Nor does a last day move
    to where it is over already: whoever was told it keeps it.
    """
    free, today, count = Holiday.objects.free_days(office), office.today, Count()
    going = Clock.objects.filter(
        case__office=office,
        rule__unit=ClockRule.Unit.WORKING_DAYS,
        state=Clock.State.RUNNING,
        due_on__gte=today,
    )
    for clock in going.select_related(
        "rule", "case__office", "case__responsible", "measure"
    ).prefetch_related("pauses", "extensions"):
        due, basis = counted(clock, free)
        if due == clock.due_on:
            continue
        if due < today:
            count.kept += 1
            continue
        count.moved += _shift(clock, due, basis, by=by, reason=reason)
    return count


def _shift(
    clock: Clock, due: dt.date, basis: list[str], *, by: User | None, reason: str
) -> bool:
    """False if somebody ended or extended it at the same moment: theirs counts."""
    before = clock.due_on
    moved = Clock.objects.filter(
        pk=clock.pk, due_on=before, state=Clock.State.RUNNING
    ).update(due_on=due, basis=basis, reminded=[])
    if not moved:
        return False
    clock.refresh_from_db(fields=["due_on", "basis", "reminded"])
    shift = Shift.objects.create(
        clock=clock, before=before, after=due, reason=reason, by=by
    )
    touch(clock.case)
    record(
        by,
        "foreigners.shift_clock",
        clock,
        office_id=clock.case.office_id,
        reason=reason,
        rule=clock.rule.code,
        before=before,
        after=due,
    )
    _tell(clock, shift)
    return True


def _tell(clock: Clock, shift: Shift) -> None:
    heads = User.objects.filter(
        agency=clock.case.office_id, role=User.Role.SECTION_HEAD, is_active=True
    )
    text = _("bergeser dari %(before)s menjadi %(after)s. %(reason)s") % {
        "before": long_date(shift.before),
        "after": long_date(shift.after),
        "reason": shift.reason.rstrip("."),
    }
    # The paper of the service names the day that was the last one then.
    if clock.rule.code == OBJECTION:
        text += _(
            ". Beri tahu yang bersangkutan: berita acara penyampaiannya menyebut hari "
            "yang lama"
        )
    tell(
        clock,
        [clock.case.responsible, *heads],
        occasion=f"geser-{shift.pk}",
        text=text,
    )
