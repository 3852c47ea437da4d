from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Objection


class ContestForm(forms.Form):
    """What an agency contests about one entry, in its own words."""

    text = forms.CharField(
        label=_("Keberatan dan usul perbaikan"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class SettleForm(forms.Form):
    """Accept with a new text, or reject; both say why."""

    Outcome = Objection.Outcome

    outcome = forms.ChoiceField(
        label=_("Penyelesaian"),
        choices=[
            (Objection.Outcome.ACCEPTED, _("Terima: uraian butir diubah")),
            (Objection.Outcome.REJECTED, _("Tolak: uraian butir tetap")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Uraian butir"),
        max_length=10000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Dipakai bila keberatan diterima."),
    )
    settlement = forms.CharField(
        label=_("Keterangan penyelesaian"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dapat dibaca oleh instansi yang berkeberatan."),
    )

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        accepted = cleaned.get("outcome") == Objection.Outcome.ACCEPTED
        if accepted and not cleaned.get("text"):
            self.add_error("text", _("Tulis uraian butir yang baru."))
        return cleaned
