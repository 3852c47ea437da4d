import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foreigners.models.case import Case

if TYPE_CHECKING:
    from agencies.models import User


class ClockQuerySet(models.QuerySet["Clock"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))

    def running(self) -> Self:
        return self.filter(state=Clock.State.RUNNING)

    def for_list(self) -> Self:
        return self.select_related(
            "rule", "case__responsible", "measure__kind", "person"
        )


class Clock(models.Model):
    """A due moment: computed from an event by a dated rule, shown with what it rests on.

    ``due_on`` is the last day that still counts and moves by rule alone; ``planned_on``
    is what the office intends and may move.
    """

    class State(models.TextChoices):
        RUNNING = "berjalan", _("Berjalan")
        PAUSED = "dijeda", _("Dijeda")
        MET = "terpenuhi", _("Terpenuhi")
        LATE = "terlambat", _("Terlambat")
        LAPSED = "gugur", _("Berakhir demi hukum")
        PASSED = "lewat", _("Masa habis")
        CANCELLED = "batal", _("Dibatalkan")

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    rule = models.ForeignKey("foreigners.ClockRule", models.PROTECT, related_name="+")
    order = models.ForeignKey(
        "foreigners.Order", models.CASCADE, null=True, related_name="clocks"
    )
    measure = models.ForeignKey(
        "foreigners.Measure", models.CASCADE, null=True, related_name="clocks"
    )
    objection = models.ForeignKey(
        "foreigners.Objection", models.CASCADE, null=True, related_name="clocks"
    )
    prosecution = models.ForeignKey(
        "foreigners.Prosecution", models.CASCADE, null=True, related_name="clocks"
    )
    # Whom it is about, where a case has several: day 60 of one person's overstay.
    person = models.ForeignKey(
        "foreigners.CasePerson", models.CASCADE, null=True, related_name="clocks"
    )
    started_on = models.DateField(_("mulai"))
    due_on = models.DateField(_("hari terakhir"))
    planned_on = models.DateField(_("rencana"), null=True, blank=True)
    # How ``due_on`` was computed, line by line, as it stood then.
    basis = models.JSONField(default=list)
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.RUNNING
    )
    ended_on = models.DateField(_("selesai"), null=True)
    reminded = models.JSONField(default=list)
    escalated_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("tenggat")
        verbose_name_plural = _("tenggat")
        constraints = [
            models.CheckConstraint(
                name="clock_ended_iff_dated",
                condition=Q(
                    state__in=["berjalan", "dijeda", "terlambat"], ended_on=None
                )
                | Q(state__in=["terpenuhi", "gugur", "lewat", "batal"])
                & Q(ended_on__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                name="clock_running",
                fields=["due_on"],
                condition=Q(state__in=["berjalan", "terlambat"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.due_on}"

    @property
    def is_running(self) -> bool:
        return self.state in {self.State.RUNNING, self.State.LATE}

    def days_left(self, today: dt.date) -> int:
        return (self.due_on - today).days


class Pause(models.Model):
    """A time in which a clock stood still, where its rule allows, with its ground."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="pauses")
    since = models.DateField(_("sejak"))
    until = models.DateField(_("sampai"), null=True)
    ground = models.TextField(_("dasar"))
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(
                name="pause_ends_after_it_starts",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                name="one_open_pause_per_clock",
                fields=["clock"],
                condition=Q(until=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.since}"


class Extension(models.Model):
    """More time, where the rule allows it, as often as it allows it."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="extensions")
    before = models.DateField()
    after = models.DateField()
    ground = models.TextField(_("dasar"))
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.after}"


class Shift(models.Model):
    """A last day that moved because the free days changed, with the change that moved it."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="shifts")
    before = models.DateField()
    after = models.DateField()
    reason = models.TextField(_("sebab"))
    at = models.DateTimeField(auto_now_add=True)
    # None when the application itself brought the days, with a new version.
    by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="shift_moves_the_last_day", condition=~Q(before=F("after"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.after}"
