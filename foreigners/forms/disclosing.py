import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from foreigners.models import Reading
from foreigners.services.disclosing import LEAST_REASON


class UnmaskForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("Keperluan"), choices=[("", _("Pilih")), *Reading.Purpose.choices]
    )
    reason = forms.CharField(
        label=_("Alasan"),
        min_length=LEAST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Paling sedikit 10 huruf, tanpa nama dan nomor orang itu."),
    )


class ReadingFilter(django_filters.FilterSet):
    """The access log by who, what and when."""

    perbuatan = django_filters.ChoiceFilter(
        label=_("Perbuatan"),
        field_name="verb",
        empty_label=_("Semua"),
        choices=Reading.Verb.choices,
    )
    oleh = django_filters.ModelChoiceFilter(
        label=_("Oleh"),
        field_name="reader",
        empty_label=_("Semua"),
        queryset=lambda request: User.objects.filter(agency=request.user.office_id),
    )
    sejak = django_filters.DateFilter(
        label=_("Sejak"),
        field_name="at",
        lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    class Meta:
        model = Reading
        fields: list[str] = []


class PersonNumberForm(forms.Form):
    """Whose access log: the number of the record, for a name is not the auditor's."""

    oa = forms.RegexField(
        r"^\s*(?:[Oo][Aa]-)?\d{1,12}\s*$",
        label=_("Nomor OA"),
        widget=forms.TextInput(attrs={"placeholder": "OA-12"}),
        error_messages={"invalid": _("Tulis nomornya saja, misalnya OA-12.")},
    )

    def clean_oa(self) -> int:
        return int(self.cleaned_data["oa"].upper().replace("OA-", "").strip())
