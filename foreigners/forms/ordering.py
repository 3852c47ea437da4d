from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from foreigners.forms.days import DayField
from foreigners.models import Case, Order


def officers_of(case: Case) -> Any:
    """Who may be sent: those who work on content, but for the chief."""
    workers = User.objects.working_at(case.office_id)
    return workers.exclude(role=User.Role.CHIEF).order_by("name")


class OrderForm(forms.Form):
    """A field check to be ordered, or one of the three exceptions to be approved."""

    exception = forms.ChoiceField(
        label=_("Dasar pemeriksaan"),
        required=False,
        choices=Order.Exemption,
        help_text=_(
            "Tanpa surat perintah hanya boleh dalam tiga keadaan pasal 30 ayat (3), "
            "setelah dilaporkan dan disetujui; suratnya menyusul paling lambat satu hari."
        ),
    )
    task = forms.CharField(
        label=_("Tugas"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    place = forms.CharField(label=_("Sasaran dan tempat"), max_length=250)
    check_on = DayField(
        label=_("Hari pemeriksaan"),
    )
    check_until = DayField(
        label=_("Sampai (bila lebih dari sehari)"),
        required=False,
    )
    officers = forms.ModelMultipleChoiceField(
        label=_("Petugas"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"].queryset = officers_of(case)  # type: ignore[attr-defined]  # a model field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("check_on"), cleaned.get("check_until")
        if start and end and end < start:
            self.add_error("check_until", _("Tanggal ini mendahului hari pemeriksaan."))
        return cleaned


class ResultForm(forms.Form):
    result = forms.CharField(
        label=_("Hasil pemeriksaan"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Tulis juga bila nihil."),
    )
