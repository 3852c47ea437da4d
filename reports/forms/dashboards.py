import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import Period, PeriodKind

SPANS = [
    (PeriodKind.MONTH, gettext_lazy("Bulan ini")),
    (PeriodKind.QUARTER, gettext_lazy("Triwulan ini")),
    (PeriodKind.SEMESTER, gettext_lazy("Semester ini")),
    (PeriodKind.YEAR, gettext_lazy("Tahun ini")),
    (PeriodKind.FREE, gettext_lazy("Pilih tanggal")),
]
LONGEST = dt.timedelta(days=5 * 366)


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
            self._clean_free(cleaned["sejak"], cleaned["sampai"])
        else:
            self.period = Period.containing(kind, timezone.localdate())
        return cleaned

    def _clean_free(self, first: dt.date | None, last: dt.date | None) -> None:
        if first is None or last is None:
            missing = "sejak" if first is None else "sampai"
            self.add_error(missing, _("Isi tanggal awal dan tanggal akhir periode."))
        elif first > last:
            self.add_error("sampai", _("Tanggal akhir mendahului tanggal awal."))
        elif first > timezone.localdate():
            self.add_error("sejak", _("Periode ini belum mulai."))
        elif last - first > LONGEST:
            self.add_error("sampai", _("Pilih periode paling panjang lima tahun."))
        elif first.year < 2000 or last.year > 2100:
            self.add_error("sejak", _("Pilih tanggal antara tahun 2000 dan 2100."))
        else:
            self.period = Period(PeriodKind.FREE, first, last)
