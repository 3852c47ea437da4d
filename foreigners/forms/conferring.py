from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from foreigners.forms.amending import reason_field
from foreigners.models import Case, Conference

OUTCOMES = [choice for choice in Conference.Outcome.choices if choice[0]]


class ConferenceForm(forms.Form):
    planned_at = forms.DateTimeField(
        label=_("Waktu"),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    place = forms.CharField(label=_("Tempat"), max_length=150)
    chair = forms.ModelChoiceField(label=_("Pimpinan"), queryset=User.objects.none())
    members = forms.ModelMultipleChoiceField(
        label=_("Anggota"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Jabatan dalam akun menjadi kedudukan anggota."),
    )
    quorum = forms.IntegerField(label=_("Kuorum"), min_value=3, initial=3)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.working_at(case.office_id).order_by("name")
        for name in ("chair", "members"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]  # a model field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["members"] = {
            member: member.post or member.get_role_display()
            for member in cleaned.get("members", ())
            if member != cleaned.get("chair")
        }
        return cleaned


class PositionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Pendapat saya"), choices=OUTCOMES, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Alasan"),
        min_length=10,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CloseForm(forms.Form):
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Hasil gelar kasus"), choices=OUTCOMES, widget=forms.RadioSelect
    )
    criteria = forms.MultipleChoiceField(
        label=_("Kriteria pasal 59 ayat (2), bila TAK"),
        required=False,
        choices=Conference.Criterion,
        widget=forms.CheckboxSelectMultiple,
    )
    conclusion = forms.CharField(
        label=_("Kesimpulan"),
        min_length=10,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CancelForm(forms.Form):
    reason = reason_field(_("Alasan pembatalan"))
