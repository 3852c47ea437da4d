import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foreigners.forms.days import DayField, PastDayField, paragraph
from foreigners.forms.measuring import PersonField
from foreigners.models import Case, CasePerson

LONGEST = dt.timedelta(days=366 * 50)


class OverstayForm(forms.Form):
    person = PersonField(CasePerson.objects.none(), label=_("Orang"))
    permit_ends_on = DayField(label=_("Izin tinggal berakhir"))
    found_on = PastDayField(label=_("Ditemukan atau berangkat"))
    found_time = forms.TimeField(
        label=_("Pukul"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Menurut zona waktu kantor; harinya yang menentukan."),
    )
    exemption = forms.CharField(
        label=_("Pembebasan (tarif nol)"),
        max_length=200,
        required=False,
        help_text=_("Tulis dasarnya bila ada; biaya bebannya menjadi nol."),
    )
    days = forms.IntegerField(
        label=_("Hari yang ditetapkan lain"),
        min_value=0,
        max_value=36_500,
        required=False,
    )
    amount = forms.IntegerField(
        label=_("Rupiah yang ditetapkan lain"),
        min_value=0,
        max_value=10**12,
        required=False,
    )
    departure_reason = paragraph(
        _("Alasan penyimpangan"),
        required=False,
        rows=2,
        help_text=_("Wajib bila hari atau rupiahnya berbeda dari hitungan."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        persons = case.persons.filter(role=CasePerson.Role.SUBJECT)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ends, found = cleaned.get("permit_ends_on"), cleaned.get("found_on")
        if ends and found and found - ends > LONGEST:
            self.add_error("permit_ends_on", _("Tanggal ini terlalu lama berlalu."))
        return cleaned

    def asked(self) -> dict[str, Any]:
        """What the computation needs: the moment in the office's zone, not the pieces."""
        values = dict(self.cleaned_data)
        day, time = values.pop("found_on"), values.pop("found_time")
        moment = dt.datetime.combine(day, time or dt.time(12))
        return {**values, "found_at": timezone.make_aware(moment)}
