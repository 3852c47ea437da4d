from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foreigners.models import Merge, Verdict
from foreigners.services.judging import LEAST_GROUND

GROUND_HELP = _("Paling sedikit 10 huruf, tanpa nama dan nomor.")


def ground_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        min_length=LEAST_GROUND,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=GROUND_HELP,
    )


class VerdictForm(forms.Form):
    """Carries both revisions, so that the verdict is on the data that was compared."""

    answer = forms.ChoiceField(
        label=_("Putusan"), choices=Verdict.Answer, widget=forms.RadioSelect
    )
    ground = ground_field(_("Dasar"))
    revision = forms.IntegerField(widget=forms.HiddenInput)
    other_revision = forms.IntegerField(widget=forms.HiddenInput)


class MergeForm(forms.Form):
    basis = forms.ChoiceField(
        label=_("Dasar penggabungan"),
        choices=Merge.Basis,
        widget=forms.RadioSelect,
        help_text=_("Nama tidak pernah cukup."),
    )
    ground = ground_field(_("Penjelasan"))


class UndoMergeForm(forms.Form):
    reason = ground_field(_("Alasan pembatalan"))
