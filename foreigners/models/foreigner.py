import datetime as dt
import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foreigners.models.permit import StayPermit
from foreigners.models.statement import Statement
from timpora.dates import MONTHS

if TYPE_CHECKING:
    from agencies.models import User


class ForeignerQuerySet(models.QuerySet["Foreigner"]):
    def visible_to(self, user: "User") -> Self:
        """The office's for those who work on content; nobody else opens a person.

        A liaison reads what their own agency brought, on its findings.
        """
        if user.works_on_content:
            return self.filter(office=user.office_id, merged_into=None)
        return self.none()

    def merged_for(self, user: "User") -> Self:
        """Records that went into another: their address leads to the one that stayed."""
        if user.works_on_content:
            return self.filter(office=user.office_id, merged_into__isnull=False)
        return self.none()

    def logged_for(self, user: "User") -> Self:
        """Whose access log the data-protection officer may read: the office's."""
        if user.role == user.Role.AUDITOR:
            return self.filter(office=user.office_id)
        return self.none()

    def for_list(self) -> Self:
        """Everything that one row of the list shows, in three queries."""
        return self.select_related("nationality").prefetch_related(
            "travel_documents", "stay_permits__kind"
        )

    def holding(self, state: str, on: dt.date) -> Self:
        """By the stay permit: "berlaku", "habis" (all have ended) or "tanpa"."""
        granted = StayPermit.objects.filter(
            foreigner=OuterRef("pk"), state=StayPermit.State.GRANTED
        )
        valid = granted.filter(
            Q(starts_on=None) | Q(starts_on__lte=on),
            Q(ends_on=None) | Q(ends_on__gte=on),
        )
        match state:
            case "berlaku":
                return self.filter(Exists(valid))
            case "habis":
                return self.filter(Exists(granted), ~Exists(valid))
            case _:
                return self.filter(~Exists(granted))

    def expiring(self, on: dt.date, days: int) -> Self:
        """Whose last permit that is in force ends within ``days``."""
        granted = StayPermit.objects.filter(
            foreigner=OuterRef("pk"), state=StayPermit.State.GRANTED
        )
        until = on + dt.timedelta(days=days)
        return self.filter(
            Exists(granted.filter(ends_on__gte=on, ends_on__lte=until)),
            ~Exists(granted.filter(Q(ends_on=None) | Q(ends_on__gt=until))),
        )

    def living_in(self, region_code: str) -> Self:
        """Whose newest stated address of some agency lies in the region, until moved."""
        addresses = Statement.objects.filter(
            Q(region=region_code) | Q(region__code__startswith=f"{region_code}."),
            foreigner=OuterRef("pk"),
            subject=Statement.Subject.ADDRESS,
            until=None,
        )
        return self.filter(Exists(addresses))


class Foreigner(models.Model):
    """A person whom the office deals with. Identity alone: no religion, ethnicity,
    politics, face template, score or ranking; those columns do not exist.

    A person without papers has an unknown identity, which blocks removal until settled.
    """

    class Sex(models.TextChoices):
        MALE = "L", _("Laki-laki")
        FEMALE = "P", _("Perempuan")
        UNKNOWN = "X", _("Tidak diketahui")

    class Identity(models.TextChoices):
        OPEN = "terbuka", _("Identitas belum dipastikan")
        ESTABLISHED = "pasti", _("Identitas dipastikan")

    office = models.ForeignKey(
        "agencies.Office", models.PROTECT, related_name="foreigners"
    )
    # Of the form that made it: the same form sent twice makes one person.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # As in the passport; empty when the name is unknown.
    name = models.CharField(_("nama sesuai paspor"), max_length=100, blank=True)
    sex = models.CharField(
        _("jenis kelamin"), max_length=1, choices=Sex, default=Sex.UNKNOWN
    )
    # Any part may be missing: 1985, 1985-04 and 1985-04-12 are all birth dates.
    birth_year = models.PositiveSmallIntegerField(
        _("tahun lahir"), null=True, blank=True
    )
    birth_month = models.PositiveSmallIntegerField(
        _("bulan lahir"), null=True, blank=True
    )
    birth_day = models.PositiveSmallIntegerField(
        _("tanggal lahir"), null=True, blank=True
    )
    birth_place = models.CharField(_("tempat lahir"), max_length=80, blank=True)
    nationality = models.ForeignKey(
        "foreigners.Nationality",
        models.PROTECT,
        related_name="+",
        verbose_name=_("kewarganegaraan"),
    )
    identity = models.CharField(
        _("identitas"), max_length=7, choices=Identity, default=Identity.OPEN
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        db_index=False,
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ForeignerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("orang asing")
        verbose_name_plural = _("orang asing")
        constraints = [
            models.CheckConstraint(
                name="birth_date_is_known_from_the_year_down",
                condition=Q(birth_month=None, birth_day=None)
                | Q(birth_year__isnull=False, birth_day=None)
                | Q(birth_year__isnull=False, birth_month__isnull=False),
            ),
            models.CheckConstraint(
                name="birth_month_and_day_are_of_a_calendar",
                condition=(Q(birth_month=None) | Q(birth_month__range=(1, 12)))
                & (Q(birth_day=None) | Q(birth_day__range=(1, 31))),
            ),
            models.CheckConstraint(
                name="nobody_is_merged_into_themselves",
                condition=~Q(merged_into=F("id")),
            ),
        ]
        indexes = [
            models.Index(fields=["office", "name"]),
            models.Index(fields=["office", "birth_year"]),
            # All persons of an office at once, for a recap.
            models.Index(
                name="person_of_office",
                fields=["office", "id"],
                include=["nationality", "sex"],
                condition=Q(merged_into__isnull=True),
            ),
            # Nearly all are merged into nobody: a full index would mislead the planner.
            models.Index(
                name="foreigner_merged_into",
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        # Never the name: this text reaches logs and error pages.
        return f"OA-{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("foreigners:person", args=[self.pk])

    @property
    def display_name(self) -> str:
        return self.name or str(_("Nama tidak diketahui"))

    @property
    def last_permit(self) -> "StayPermit | None":
        """The granted permit that ends last; ready after ``for_list``."""
        granted = StayPermit.State.GRANTED
        return next(
            (one for one in self.stay_permits.all() if one.state == granted), None
        )

    @property
    def birth_date_text(self) -> str:
        """1985, April 1985 or 12 April 1985, as far as it is known."""
        month = MONTHS[self.birth_month - 1] if self.birth_month else None
        parts = (self.birth_day, month, self.birth_year)
        return " ".join(str(part) for part in parts if part)

    def age_on(self, day: dt.date) -> int | None:
        """Completed years at the most; None without a year. A minor is one who may be."""
        if self.birth_year is None:
            return None
        birthday = (self.birth_month or 12, self.birth_day or 31)
        return day.year - self.birth_year - ((day.month, day.day) < birthday)


class OtherName(models.Model):
    """A name in another script or spelling, an alias, a former name; with its source."""

    foreigner = models.ForeignKey(Foreigner, models.CASCADE, related_name="other_names")
    name = models.CharField(_("nama lain"), max_length=100)
    source = models.CharField(_("sumber"), max_length=150)
    noted_on = models.DateField(_("dicatat pada"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"nama lain {self.pk}"


class NameKey(models.Model):
    """What a search by name compares: one row per person and key, with the birth year.

    Keys are made by ``foreigners.services.matching``; they propose, never decide.
    """

    UNKNOWN_YEAR = 0

    foreigner = models.ForeignKey(Foreigner, models.CASCADE, related_name="name_keys")
    office = models.ForeignKey(
        "agencies.Office", models.CASCADE, related_name="+", db_index=False
    )
    key = models.CharField(max_length=8)
    birth_year = models.PositiveSmallIntegerField(default=UNKNOWN_YEAR)

    class Meta:
        # Holds all that a search reads, so that it need not look at the rows.
        indexes = [models.Index(fields=["office", "key", "birth_year", "foreigner"])]

    def __str__(self) -> str:
        return f"kunci {self.pk}"
