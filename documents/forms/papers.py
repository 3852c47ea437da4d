from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import Document


class DocumentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Nomor atau hal"), method="by_text")
    kind = django_filters.ChoiceFilter(
        label=_("Jenis"), choices=Document.Kind, empty_label=_("Semua")
    )
    tahun = django_filters.NumberFilter(
        label=_("Tahun"),
        field_name="dated_on",
        lookup_expr="year",
        min_value=2000,
        max_value=2100,
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def by_text(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(Q(number__icontains=value) | Q(title__icontains=value))


class VerifyForm(forms.Form):
    """A file to compare, or its digest when the browser computed it."""

    sha256 = forms.RegexField(
        r"^[0-9a-fA-F]{64}$", required=False, widget=forms.HiddenInput
    )
    file = forms.FileField(
        label=_("Berkas PDF"),
        required=False,
        widget=forms.ClearableFileInput(
            attrs={"accept": "application/pdf", "class": "form-control"}
        ),
    )

    # Read by verify.js alone: the server has the file or it has not.
    whole = forms.BooleanField(
        label=_(
            "Kirim berkasnya, agar tanda tangan yang ditambahkan di luar aplikasi "
            "diperiksa juga"
        ),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("sha256") and not cleaned.get("file") and not self.errors:
            raise forms.ValidationError(_("Pilih berkas PDF yang hendak diperiksa."))
        return cleaned
