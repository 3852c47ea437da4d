from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from foreigners.forms.days import DayField
from foreigners.forms.ordering import officers_of
from foreigners.models import Case, Prosecution

NEXT_STAGES = [
    choice
    for choice in Prosecution.Stage.choices
    if choice[0] != Prosecution.Stage.INVESTIGATION
]


class ProsecutionForm(forms.Form):
    order_number = forms.CharField(
        label=_("Nomor surat perintah penyidikan"), max_length=80
    )
    ordered_on = DayField(label=_("Tanggal surat perintah penyidikan"))
    investigator = forms.ModelChoiceField(
        label=_("PPNS penyidik"), queryset=User.objects.none()
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["investigator"].queryset = officers_of(case)  # type: ignore[attr-defined]  # a model field


class SpdpForm(forms.Form):
    spdp_number = forms.CharField(label=_("Nomor SPDP"), max_length=80)
    spdp_sent_on = DayField(label=_("Dikirim"))
    proof = forms.FileField(label=_("Bukti pengiriman (foto atau PDF)"))


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=_("Tahap"), choices=NEXT_STAGES)
    on = DayField(label=_("Tanggal"))
    note = forms.CharField(
        label=_("Keterangan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    proof = forms.FileField(label=_("Surat dasarnya (foto atau PDF)"))


class WarningForm(forms.Form):
    text = forms.CharField(
        label=_("Isi teguran atau perbaikan"),
        min_length=10,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    settled_on = DayField(label=_("Tanggal"))
    proof = forms.FileField(label=_("Surat teguran atau bukti perbaikan"))
