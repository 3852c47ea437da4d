from django import forms
from django.utils.translation import gettext_lazy as _


class ReadRevisionForm(forms.Form):
    """Carries the revision that the person read, so that exactly that text moves on."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan pengembalian"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
