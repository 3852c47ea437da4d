from django import forms
from django.utils.translation import gettext_lazy as _


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan perbaikan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tercetak pada notula yang diperbaiki."),
    )


class VersionsForm(forms.Form):
    """Which two versions to compare."""

    old = forms.IntegerField(label=_("Dari versi"), min_value=1)
    new = forms.IntegerField(label=_("ke versi"), min_value=1)
