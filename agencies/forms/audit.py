from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import AuditEntry
from agencies.verbs import verbs_like


class AuditFilter(django_filters.FilterSet):
    verb = django_filters.CharFilter(label=_("Tindakan"), method="by_words")
    pelaku = django_filters.CharFilter(
        label=_("Pelaku"), field_name="actor__name", lookup_expr="icontains"
    )
    sejak = django_filters.DateFilter(
        label=_("Sejak"),
        field_name="at",
        lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def by_words(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(Q(verb__in=verbs_like(value)) | Q(verb__icontains=value))
