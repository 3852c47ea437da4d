from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from foreigners.models import Case


class ReferralForm(forms.Form):
    agency = forms.ModelChoiceField(
        label=_("Instansi tujuan"), queryset=Agency.objects.none()
    )
    reason = forms.CharField(
        label=_("Alasan pelimpahan"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    card = forms.CharField(
        label=_("Kartu ringkas"),
        max_length=250,
        help_text=_(
            "Jenis perkara, wilayah, kesegeraan; tanpa nama. Hanya ini yang terbaca "
            "sebelum instansi menerima."
        ),
    )
    content = forms.CharField(
        label=_("Isi pelimpahan"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = (  # type: ignore[attr-defined]  # a model field
            Agency.objects.filter(keeper=case.office_id)
            .exclude(pk=case.office_id)
            .select_related("type")
        )


class AcceptReferralForm(forms.Form):
    receipt_number = forms.CharField(label=_("Nomor tanda terima"), max_length=80)


class AnswerReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
