"""The recap of a period: computed, checked, frozen; what changes later is a correction."""

import re
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Team
from reports.models.period import Period, PeriodKind
from reports.models.table import Table

if TYPE_CHECKING:
    from agencies.models import User

# What only people know, and the form asks for; in the order of the report.
PROBLEMS, ADVICE = CLOSING = ("problems", "advice")
NUMBERED = re.compile(r"R(\d+)(\w*)", re.IGNORECASE)


def place_of(code: str) -> tuple[int, int, str]:
    """Where a table, or its text, stands in the report: R2, R6a, R6b, R10, what closes it.

    PostgreSQL keeps the keys of a JSON object in an order of its own.
    """
    numbered = NUMBERED.fullmatch(code)
    if numbered:
        return 0, int(numbered[1]), numbered[2]
    return 1, CLOSING.index(code), ""


class RecapQuerySet(models.QuerySet["Recap"]):
    def visible_to(self, user: "User") -> Self:
        """The office's, for those who work on content; figures are no file of a person,
        but a small cell can be one."""
        if user.works_on_content:
            return self.filter(office=user.office_id)
        return self.none()

    def for_list(self) -> Self:
        """Everything that one row of the list shows, in one query, without the figures."""
        return self.select_related("district", "document", "frozen_by").defer(
            "figures", "narrative", "faults"
        )


class Recap(models.Model):
    """All tables of one office for one period, of the whole office or a part of it.

    A draft is computed as often as one likes; a frozen recap keeps its figures for ever.
    ``figures`` maps the code of a table to the table (``Table.to_json``).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Konsep")
        FROZEN = "frozen", _("Dibekukan")

    office = models.ForeignKey("agencies.Office", models.PROTECT, related_name="recaps")
    kind = models.CharField(_("periode"), max_length=10, choices=PeriodKind)
    starts_on = models.DateField(_("dari"))
    ends_on = models.DateField(_("sampai"))
    district = models.ForeignKey(
        "agencies.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kecamatan"),
    )
    level = models.CharField(
        _("tingkat tim"), max_length=15, choices=Team.Level, blank=True, default=""
    )
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    figures = models.JSONField(default=dict, editable=False)
    # Control sums that do not hold, as sentences; with one of them nothing is frozen.
    faults = models.JSONField(default=list, editable=False)
    # {"r1": "…", "problems": "…", "advice": "…"}: drafted from figures, then edited.
    narrative = models.JSONField(default=dict, editable=False)
    # Owed: computed once more, table by table.
    queued_at = models.DateTimeField(null=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    tables_done = models.PositiveSmallIntegerField(default=0, editable=False)
    error = models.CharField(_("sebab"), max_length=200, blank=True, editable=False)
    computed_at = models.DateTimeField(_("dihitung"), null=True, editable=False)
    frozen_at = models.DateTimeField(_("dibekukan"), null=True, editable=False)
    frozen_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )
    # Of the figures as they were frozen, corrections included.
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    # The frozen figures as XLSX; the file behind it never changes.
    spreadsheet = models.CharField(max_length=100, blank=True, editable=False)
    document = models.OneToOneField(
        "documents.Document",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="recap",
    )
    published = models.OneToOneField(
        "documents.Document",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="published_recap",
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # None when the calendar made it.
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = RecapQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_on", "-starts_on", "-pk"]
        verbose_name = _("rekap")
        verbose_name_plural = _("rekap")
        constraints = [
            models.CheckConstraint(
                name="recap_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                name="one_recap_per_office_period_and_part",
                fields=["office", "starts_on", "ends_on", "district", "level"],
                condition=Q(district__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_recap_per_office_and_period",
                fields=["office", "starts_on", "ends_on", "level"],
                condition=Q(district=None),
            ),
            models.CheckConstraint(
                name="recap_frozen_iff_stamped",
                condition=Q(
                    state="frozen",
                    frozen_at__isnull=False,
                    frozen_by__isnull=False,
                    document__isnull=False,
                )
                & ~Q(sha256="")
                & ~Q(spreadsheet="")
                | Q(
                    state="draft",
                    frozen_at=None,
                    frozen_by=None,
                    document=None,
                    sha256="",
                    spreadsheet="",
                ),
            ),
        ]
        indexes = [
            models.Index(
                name="recap_owed",
                fields=["queued_at"],
                condition=Q(queued_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{_('Rekap')} {self.period.label}"

    def get_absolute_url(self) -> str:
        return reverse("reports:recap", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period(self.kind, self.starts_on, self.ends_on)

    @property
    def is_frozen(self) -> bool:
        return self.state == self.State.FROZEN

    @property
    def is_computing(self) -> bool:
        return self.queued_at is not None

    @property
    def tables(self) -> list[Table]:
        codes = sorted(self.figures, key=place_of)
        return [Table.from_json(self.figures[code]) for code in codes]

    @property
    def texts(self) -> dict[str, str]:
        """The narrative, as it is read."""
        return {
            code: self.narrative[code] for code in sorted(self.narrative, key=place_of)
        }


class Correction(models.Model):
    """What a frozen recap said and says now, cell by cell, with the reason. Never edited."""

    recap = models.ForeignKey(Recap, models.PROTECT, related_name="corrections")
    reason = models.TextField(_("alasan koreksi"))
    # [{"table", "row", "column", "before", "after"}, …]
    changes = models.JSONField()
    version = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="recap_correction_has_a_reason", condition=~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.recap_id}: {self.changes_count}"

    @property
    def changes_count(self) -> int:
        changes: list[Any] = self.changes
        return len(changes)
