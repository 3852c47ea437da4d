from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foreigners.services.transitions import Transition


class StepForm(forms.Form):
    """Carries what was read: the revision of the case and the digest of its receipt."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    choice = forms.BooleanField(
        label=_(
            "Saya memilih langkah ini meskipun ada peringatan. Pilihan ini tercatat dan "
            "dihitung."
        )
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, row: Transition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.fields["reason"].help_text = (
            _("Sedikitnya %d karakter. Tulis pertimbangannya, bukan nama orang.")
            % row.least_reason
        )
        if not row.is_override:
            del self.fields["choice"]

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"].strip()
        if len(reason) < self.row.least_reason:
            raise forms.ValidationError(
                _("Tulis alasan, sedikitnya %d karakter.") % self.row.least_reason
            )
        return reason
