from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from reports.models import Period, PeriodKind
from reports.queries.dashboard_outlook import DaysRefused, free_period

SPANS = [
    (PeriodKind.MONTH, gettext_lazy("Bulan ini")),
    (PeriodKind.QUARTER, gettext_lazy("Triwulan ini")),
    (PeriodKind.SEMESTER, gettext_lazy("Semester ini")),
    (PeriodKind.YEAR, gettext_lazy("Tahun ini")),
    (PeriodKind.FREE, gettext_lazy("Pilih tanggal")),
]


class PeriodForm(forms.Form):
    """The days that a dashboard is about; nothing chosen is this year."""

    periode = forms.ChoiceField(label=gettext_lazy("Periode"), choices=SPANS)
    sejak = forms.DateField(
        label=gettext_lazy("Sejak"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    sampai = forms.DateField(
        label=gettext_lazy("Sampai"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    period: Period

    def __init__(self, data: Mapping[str, str]) -> None:
        """With what an address says; the year stands where it says nothing."""
        said = {name: data[name] for name in self.base_fields if data.get(name)}
        super().__init__({"periode": PeriodKind.YEAR.value, **said})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        kind = PeriodKind(cleaned["periode"])
        if kind == PeriodKind.FREE:
            try:
                self.period = free_period(cleaned["sejak"], cleaned["sampai"])
            except DaysRefused as refusal:
                self.add_error(refusal.field, str(refusal))
        else:
            self.period = Period.containing(kind, timezone.localdate())
        return cleaned
