from django import forms
from django.utils.translation import gettext_lazy as _


class SaveFilterForm(forms.Form):
    name = forms.CharField(label=_("Simpan saringan ini dengan nama"), max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, max_length=1000, required=False)
