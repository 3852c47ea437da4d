"""What time itself does: reminders, escalation, and what ends by law without a click.

Each occasion is written down on the clock by a conditional UPDATE before anybody is told,
so two machines, or a machine that was off, tell it once.
"""

import datetime as dt
import logging
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Office, User
from agencies.services.audit import record
from agencies.services.notifying import notify
from foreigners.models import Case, Clock, ClockRule, Measure, Objection
from foreigners.queries.law import choice_of
from foreigners.services.casefile import touch
from foreigners.services.clocks import clocks_of_the_measure_alone
from foreigners.services.stepping import take_step
from foreigners.services.transitions import WINDOW_OVER
from timpora.dates import local_date, long_date
from timpora.errors import DomainError

logger = logging.getLogger(__name__)

# The earliest reminder that a rule may ask for; later ones are found on their day.
LOOK_AHEAD = dt.timedelta(days=366)
GOING = (Clock.State.RUNNING, Clock.State.LATE)


@dataclass(frozen=True)
class Circle:
    """Whom an office tells, and how long it waits before the chief hears of it; asked
    once a tick."""

    office: Office
    today: dt.date
    patience: int
    heads: list[User]
    chiefs: list[User]


def circle_of(office: Office, *, at: dt.datetime) -> Circle:
    today = local_date(at, office.time_zone)
    people = User.objects.filter(agency=office.pk, is_active=True)
    return Circle(
        office=office,
        today=today,
        patience=int(choice_of(office, "clock_escalation_days", on=today).value),
        heads=list(people.filter(role=User.Role.SECTION_HEAD)),
        chiefs=list(people.filter(role=User.Role.CHIEF)),
    )


def tick(at: dt.datetime) -> int:
    """Do for every running clock what its day asks for; answers how many moved."""
    circles: dict[int, Circle] = {}
    moved = 0
    due = Clock.objects.filter(state__in=GOING, due_on__lte=at.date() + LOOK_AHEAD)
    for clock in due.select_related(
        "rule", "case__office", "case__responsible", "measure"
    ):
        office = clock.case.office
        try:
            if office.pk not in circles:
                circles[office.pk] = circle_of(office, at=at)
            moved += move(clock, circles[office.pk], at=at)
        except DomainError:
            # One clock that cannot move keeps no other from moving; the next tick tries.
            logger.exception("Clock %s did not move", clock.pk)
    for case in windows_over():
        try:
            after_window(case)
        except DomainError:
            logger.exception("Case %s did not leave its window", case.pk)
    return moved


def move(clock: Clock, circle: Circle, *, at: dt.datetime) -> bool:
    """What the day asks of one clock; False if there is nothing or it was done before."""
    left = clock.days_left(circle.today)
    if left >= 0:
        return remind(clock, circle, left=left)
    match clock.rule.end:
        case ClockRule.End.LAPSE:
            return lapse(clock, circle)
        case ClockRule.End.PASS:
            return let_pass(clock, circle)
        case _:
            return be_late(clock, circle) | escalate(clock, circle, at=at)


def remind(clock: Clock, circle: Circle, *, left: int) -> bool:
    """The nearest of the rule's reminders; what was missed before it is not made up for."""
    days = sorted(int(day) for day in clock.rule.remind_before.split(",") if day)
    nearest = next((day for day in days if left <= day), None)
    occasion = f"h-{nearest}"
    if nearest is None or occasion in clock.reminded:
        return False
    before = clock.reminded
    with transaction.atomic():
        noted = Clock.objects.filter(pk=clock.pk, reminded=before).update(
            reminded=[*before, occasion]
        )
        if noted:
            tell(
                clock,
                [clock.case.responsible, *circle.heads],
                occasion=occasion,
                text=_("berakhir pada %s") % long_date(clock.due_on),
            )
    return bool(noted)


def be_late(clock: Clock, circle: Circle) -> bool:
    """Late is shown from now on, and told once."""
    if clock.state == Clock.State.LATE:
        return False
    with transaction.atomic():
        late = Clock.objects.filter(pk=clock.pk, state=Clock.State.RUNNING).update(
            state=Clock.State.LATE
        )
        if late:
            tell(
                clock,
                [clock.case.responsible, *circle.heads],
                occasion="lewat",
                text=_("lewat sejak %s") % long_date(clock.due_on),
            )
    return bool(late)


def escalate(clock: Clock, circle: Circle, *, at: dt.datetime) -> bool:
    """Still open after the office's patience: the chief hears of it, once."""
    overdue = -clock.days_left(circle.today)
    if clock.escalated_at is not None or overdue <= circle.patience:
        return False
    with transaction.atomic():
        risen = Clock.objects.filter(
            pk=clock.pk, escalated_at=None, state__in=GOING
        ).update(escalated_at=at)
        if risen:
            tell(
                clock,
                circle.chiefs,
                occasion="naik",
                text=_("lewat sejak %s dan belum ditindaklanjuti")
                % long_date(clock.due_on),
            )
    return bool(risen)


@transaction.atomic
def lapse(clock: Clock, circle: Circle) -> bool:
    """The law ends it on its last day: the clock, and the measure whose period it is."""
    if not end(clock, Clock.State.LAPSED, on=clock.due_on):
        return False
    if clock.measure is not None:
        end_by_law(clock.measure, clock)
    tell(
        clock,
        [clock.case.responsible, *circle.heads, *circle.chiefs],
        occasion="gugur",
        text=_("berakhir demi hukum pada %s") % long_date(clock.due_on),
    )
    return True


def end_by_law(measure: Measure, clock: Clock) -> None:
    Measure.objects.filter(
        pk=measure.pk, state__in=[Measure.State.DECIDED, Measure.State.SERVED]
    ).update(
        state=Measure.State.ENDED,
        ended_on=clock.due_on,
        end_note=_("Berakhir demi hukum: %s.") % clock.rule.article,
        revision=F("revision") + 1,
    )
    for other in clocks_of_the_measure_alone(measure):
        end(other, Clock.State.CANCELLED, on=clock.due_on)


@transaction.atomic
def let_pass(clock: Clock, circle: Circle) -> bool:
    """The window is over and what follows it is open."""
    if not end(clock, Clock.State.PASSED, on=clock.due_on):
        return False
    tell(
        clock,
        [clock.case.responsible, *circle.heads],
        occasion="habis",
        text=_("habis pada %s; langkah berikut terbuka") % long_date(clock.due_on),
    )
    return True


def end(clock: Clock, state: Clock.State, *, on: dt.date) -> bool:
    """End a clock by the passing of its day; False if it ended before."""
    ended = Clock.objects.filter(pk=clock.pk, ended_on=None).update(
        state=state, ended_on=on
    )
    if ended:
        touch(clock.case)
        record(
            None,
            "foreigners.end_clock",
            clock,
            office_id=clock.case.office_id,
            rule=clock.rule.code,
            state=state,
        )
    return bool(ended)


def windows_over() -> QuerySet[Case]:
    """Cases whose last window of objection has closed and that still stand in it."""
    # A detention outside the conference is a way of its own: it holds no case up.
    windows = Clock.objects.filter(
        case=OuterRef("pk"),
        rule__code="objection",
        measure__is_outside_conference=False,
    )
    objections = Objection.objects.filter(
        measure__case=OuterRef("pk"),
        measure__is_outside_conference=False,
        decided_on=None,
    )
    return Case.objects.filter(
        Exists(windows),
        ~Exists(windows.filter(ended_on=None)),
        ~Exists(objections),
        state=Case.State.OBJECTION_WINDOW,
    )


def after_window(case: Case) -> None:
    """The case moves on by law, by nobody's click."""
    take_step(
        case,
        WINDOW_OVER,
        by=None,
        reason=str(_("Masa keberatan setiap keputusan sudah habis.")),
        revision=case.revision,
    )


def tell(clock: Clock, people: list[User], *, occasion: str, text: str) -> None:
    """Owe a mail for the occasion to each; it names the case by its number alone."""
    case = clock.case
    link = settings.SITE_URL + reverse("foreigners:clock", args=[clock.pk])
    for person in {person.pk: person for person in people if person.is_active}.values():
        notify(
            key=f"clock:{clock.pk}:{occasion}:{clock.due_on}:{person.pk}",
            to=person.email,
            subject=_("Tenggat kasus %(number)s: %(rule)s")
            % {"number": case.number, "rule": clock.rule.name},
            body="\n\n".join(
                [
                    _("%(rule)s pada kasus %(number)s %(text)s.")
                    % {"rule": clock.rule.name, "number": case.number, "text": text},
                    _("Dasar perhitungannya ada di:") + f"\n{link}",
                    _(
                        "Surel ini dikirim otomatis oleh TIMPORA; isi kasus tidak dimuat."
                    ),
                ]
            ),
            office_id=case.office_id,
        )
