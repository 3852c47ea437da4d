from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from foreigners.models import Case, Evidence, Order

GONE = [choice for choice in Evidence.State.choices if choice[0] != "disimpan"]


class EvidenceForm(forms.Form):
    description = forms.CharField(label=_("Barang"), max_length=250)
    taken_from = forms.CharField(label=_("Diambil dari"), max_length=150)
    taken_at = forms.DateTimeField(
        label=_("Waktu"),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
        input_formats=["%Y-%m-%dT%H:%M"],
        initial=timezone.now,
    )
    place = forms.CharField(label=_("Tempat"), max_length=200)
    order = forms.ModelChoiceField(
        label=_("Berdasarkan surat perintah"),
        queryset=Order.objects.none(),
        required=False,
        empty_label=_("Tanpa surat perintah"),
    )
    file = forms.FileField(
        label=_("Berkas (foto atau PDF, disimpan apa adanya)"),
        required=False,
        help_text=_("Sidik berkas dihitung saat diterima dan diperiksa setiap malam."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].queryset = case.orders.exclude(issued_on=None)  # type: ignore[attr-defined]  # a model field


class HandOverForm(forms.Form):
    taker = forms.ModelChoiceField(label=_("Penerima"), queryset=User.objects.none())
    purpose = forms.CharField(label=_("Keperluan"), max_length=200)

    def __init__(self, *args: Any, case: Case, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taker"].queryset = (  # type: ignore[attr-defined]  # a model field
            User.objects.working_at(case.office_id)
            .exclude(pk=giver.pk)
            .order_by("name")
        )


class RefuseForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), min_length=10, max_length=1000)


class LetGoForm(forms.Form):
    state = forms.ChoiceField(label=_("Menjadi"), choices=GONE)
    taker_text = forms.CharField(label=_("Penerima atau saksi"), max_length=150)
    purpose = forms.CharField(label=_("Dasar"), max_length=200)
    proof = forms.FileField(label=_("Bukti bertanda tangan (foto atau PDF)"))
