import datetime as dt
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Region, User
from foreigners.models import Case, Clock, Violation
from foreigners.queries.regions import within_work_area

AT_RISK_DAYS = 3
# Days since it was registered: from, and up to but not including.
AGES = {"7": (0, 8), "30": (8, 31), "90": (31, 91), "lama": (91, 36_500)}


class CaseListFilter(django_filters.FilterSet):
    """By what everybody who sees the list sees: that there is a case, and its state."""

    q = django_filters.CharFilter(
        label=_("Cari nomor"), method="by_text", max_length=100
    )
    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=Case.State, empty_label=_("Semua")
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def by_text(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(number__icontains=value)


class CaseFilter(CaseListFilter):
    """For those who work on cases; nobody filters or sorts by a person's nationality."""

    q = django_filters.CharFilter(
        label=_("Cari nomor atau pokok perkara"), method="by_text", max_length=100
    )
    pelanggaran = django_filters.ChoiceFilter(
        label=_("Dugaan pelanggaran"),
        method="by_violation",
        empty_label=_("Semua"),
    )
    kecamatan = django_filters.ModelChoiceFilter(
        label=_("Kecamatan"),
        queryset=lambda request: within_work_area(request.user, Region.Level.DISTRICT),
        method="by_district",
        empty_label=_("Semua"),
    )
    petugas = django_filters.ModelChoiceFilter(
        label=_("Penanggung jawab"),
        queryset=lambda request: workers_of(request.user),
        field_name="responsible",
        empty_label=_("Semua"),
    )
    umur = django_filters.ChoiceFilter(
        label=_("Umur"),
        method="by_age",
        empty_label=_("Semua"),
        choices=[
            ("7", _("Sampai 7 hari")),
            ("30", _("8–30 hari")),
            ("90", _("31–90 hari")),
            ("lama", _("Lebih dari 90 hari")),
        ],
    )
    tenggat = django_filters.ChoiceFilter(
        label=_("Tenggat"),
        method="by_clock",
        empty_label=_("Semua"),
        choices=[
            ("dekat", _("Habis dalam 3 hari")),
            ("lewat", _("Sudah lewat")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = Violation.objects.order_by("code").values_list("code", flat=True)
        self.filters["pelanggaran"].extra["choices"] = [
            (code, code) for code in dict.fromkeys(codes)
        ]

    def by_text(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(Q(number__icontains=value) | Q(title__icontains=value))

    def by_violation(self, queryset: Any, name: str, value: str) -> Any:
        alleged = Case.objects.filter(violations__violation__code=value)
        return queryset.filter(pk__in=alleged.values("pk"))

    def by_district(self, queryset: Any, name: str, value: Region) -> Any:
        return queryset.filter(
            Q(region=value.code) | Q(region__code__startswith=f"{value.code}.")
        )

    def by_age(self, queryset: Any, name: str, value: str) -> Any:
        youngest, oldest = AGES[value]
        today = timezone.localdate()
        return queryset.filter(
            registered_on__lte=today - dt.timedelta(days=youngest),
            registered_on__gt=today - dt.timedelta(days=oldest),
        )

    def by_clock(self, queryset: Any, name: str, value: str) -> Any:
        today = timezone.localdate()
        until = today + dt.timedelta(days=AT_RISK_DAYS)
        running = Clock.objects.filter(
            case=OuterRef("pk"), state__in=[Clock.State.RUNNING, Clock.State.LATE]
        )
        due = (
            running.filter(due_on__lt=today)
            if value == "lewat"
            else running.filter(due_on__range=(today, until))
        )
        return queryset.filter(Exists(due))


def workers_of(user: User) -> Any:
    """Who works on content in the user's office."""
    return User.objects.filter(
        agency=user.agency_id,
        is_active=True,
        role__in=[User.Role.OFFICER, User.Role.SECTION_HEAD, User.Role.CHIEF],
    )
