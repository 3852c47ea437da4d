import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Office, Region, Team
from reports.models import ADVICE, PROBLEMS, RECURRING, Period, PeriodKind

# How many of each kind are offered, the running one first.
OFFERED = {"bulanan": 18, "triwulan": 8, "semester": 4, "tahunan": 4}
LONGEST_TEXT = 5000


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class RecapForm(forms.Form):
    """Which period, and of what part of the office."""

    period = forms.ChoiceField(label=_("Periode"))
    starts_on = day_field(_("Dari tanggal"))
    ends_on = day_field(_("Sampai tanggal"))
    district = forms.ModelChoiceField(
        label=_("Kecamatan"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=_("Seluruh wilayah kerja"),
    )
    level = forms.ChoiceField(
        label=_("Tingkat tim"),
        choices=[("", _("Semua tingkat")), *Team.Level.choices],
        required=False,
        help_text=_("Hanya tabel tentang kegiatan tim yang mengenal tingkat."),
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        period = self.fields["period"]
        assert isinstance(period, forms.ChoiceField)  # noqa: S101 -- for the type checker
        period.choices = offered(office.today)
        district = self.fields["district"]
        assert isinstance(district, forms.ModelChoiceField)  # noqa: S101 -- as above
        codes = office.work_regions.values_list("code", flat=True)
        district.queryset = Region.objects.within_any(codes).filter(
            level=Region.Level.DISTRICT
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("period") == PeriodKind.FREE:
            for name in ("starts_on", "ends_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Isi tanggal ini untuk rentang bebas."))
        return cleaned

    def chosen(self) -> Period:
        cleaned = self.cleaned_data
        if cleaned["period"] == PeriodKind.FREE:
            return Period(PeriodKind.FREE, cleaned["starts_on"], cleaned["ends_on"])
        kind, _colon, day = cleaned["period"].partition(":")
        return Period.containing(kind, dt.date.fromisoformat(day))


def offered(today: dt.date) -> list[tuple[Any, Any]]:
    """Recurring periods in groups, the newest first, then the free span."""
    groups: list[tuple[Any, Any]] = []
    for kind in RECURRING:
        period = Period.containing(kind, today)
        choices = []
        for _turn in range(OFFERED[kind]):
            choices.append((f"{kind}:{period.starts_on.isoformat()}", period.label))
            period = period.before()
        groups.append((PeriodKind(kind).label, choices))
    return [*groups, (PeriodKind.FREE.value, PeriodKind.FREE.label)]


class NarrativeForm(forms.Form):
    """The sentences of the report, one field for each table that has one."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, texts: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = {PROBLEMS: _("Permasalahan"), ADVICE: _("Saran")}
        for name, text in texts.items():
            self.fields[name] = forms.CharField(
                label=titles.get(name, name.upper()),
                required=False,
                max_length=LONGEST_TEXT,
                initial=text,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def texts(self) -> dict[str, str]:
        return {
            name: text for name, text in self.cleaned_data.items() if name != "revision"
        }


class FreezeForm(forms.Form):
    """Nothing to type: which state of the draft was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan koreksi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tercetak pada versi baru rekap, bersama sel yang berubah."),
    )
