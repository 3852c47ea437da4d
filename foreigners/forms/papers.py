from django import forms
from django.utils.translation import gettext_lazy as _


class SignedPaperForm(forms.Form):
    file = forms.FileField(
        label=_("PDF yang sudah ditandatangani"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )
