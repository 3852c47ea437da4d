from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Region, User
from foreigners.models import Finding


class FindingFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Cari"), method="by_text")
    state = django_filters.ChoiceFilter(
        label=_("Status"), empty_label=_("Semua"), choices=Finding.State.choices
    )
    region = django_filters.ChoiceFilter(
        label=_("Wilayah"), empty_label=_("Semua"), method="by_region", choices=[]
    )
    reporter = django_filters.ModelChoiceFilter(
        label=_("Pelapor"), empty_label=_("Semua"), queryset=Agency.objects.none()
    )
    since = django_filters.DateFilter(
        label=_("Sejak"),
        field_name="reported_on",
        lookup_expr="gte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = django_filters.DateFilter(
        label=_("Sampai"),
        field_name="reported_on",
        lookup_expr="lte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    class Meta:
        model = Finding
        fields: list[str] = []

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        listed = Finding.objects.listed_for(user)
        self.filters["reporter"].queryset = Agency.objects.filter(
            pk__in=listed.values("reporter")
        )
        if user.is_liaison:
            del self.filters["reporter"]
        if user.works_on_content or user.is_liaison:
            self.filters["region"].extra["choices"] = districts_of(listed)
        else:
            # Where it was and what it says is not in the auditor's list.
            del self.filters["region"]

    def by_text(self, queryset: Any, name: str, value: str) -> Any:
        """Whoever may not read the texts finds none by their words."""
        readable = Finding.objects.visible_to(self.user).values("pk")
        named = Finding.objects.showing_persons_to(self.user).values("pk")
        said = Q(activity__icontains=value) | Q(place__icontains=value)
        person = Q(persons__icontains=value) | Q(named_persons__name__icontains=value)
        return queryset.filter(
            Q(number__icontains=value)
            | said & Q(pk__in=readable)
            | person & Q(pk__in=named)
        ).distinct()

    def by_region(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(region__code__startswith=f"{value}.")


def districts_of(findings: QuerySet[Finding]) -> list[tuple[str, str]]:
    """The sub-districts in which something was reported."""
    parents = Region.objects.filter(pk__in=findings.values("region__parent"))
    return [(region.code, str(region)) for region in parents]
