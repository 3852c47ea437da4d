from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import Classification
from foreigners.models import Hold
from timpora.files import MultipleFileField


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Catatan"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    classification = forms.ChoiceField(
        label=_("Klasifikasi"),
        choices=Classification,
        initial=Classification.RESTRICTED,
        help_text=_("Catatan rahasia hanya untuk yang menangani kasus ini."),
    )
    attachments = MultipleFileField(
        label=_("Berkas (foto atau PDF)"),
        required=False,
        help_text=_("Boleh lebih dari satu; masing-masing paling besar 15 MB."),
    )


class HoldForm(forms.Form):
    kind = forms.ChoiceField(label=_("Menunggu"), choices=Hold.Kind)
    ground = forms.CharField(
        label=_("Dasar"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OpenSealedForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan membuka kasus yang disegel"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Tercatat pada jejak akses bersama nama Anda."),
    )
