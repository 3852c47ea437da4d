from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foreigners.models import Case, CasePerson, Examination


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        name = obj.identity.get("name") or _("Nama tidak diketahui")
        return f"{name} ({obj.get_role_display()})"


class ExaminationForm(forms.Form):
    person = PersonChoice(
        label=_("Yang diperiksa"), queryset=CasePerson.objects.none(), empty_label=None
    )
    place = forms.CharField(label=_("Tempat"), max_length=150)
    started_at = forms.DateTimeField(
        label=_("Mulai"),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
        input_formats=["%Y-%m-%dT%H:%M"],
        initial=timezone.now,
    )
    language = forms.CharField(
        label=_("Bahasa pemeriksaan"), max_length=60, initial="Indonesia"
    )
    interpreter = forms.CharField(
        label=_("Juru bahasa"),
        max_length=120,
        required=False,
        help_text=_("Wajib bila pemeriksaan tidak dalam bahasa Indonesia."),
    )
    companion = forms.CharField(
        label=_("Pendamping atau kuasa"), max_length=120, required=False
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = case.persons.all()  # type: ignore[attr-defined]  # a model field


class QuestionForm(forms.Form):
    """One question and answer; ``number`` is empty for the next one."""

    number = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    question = forms.CharField(
        label=_("Pertanyaan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    answer = forms.CharField(
        label=_("Jawaban"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RightsForm(forms.Form):
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    rights_read = forms.BooleanField(
        label=_("Hak-hak terperiksa sudah dibacakan dan dimengerti"), required=False
    )
    consular = forms.ChoiceField(
        label=_("Pemberitahuan kepada perwakilan negara"),
        required=False,
        choices=Examination.Consular,
    )
    consular_note = forms.CharField(
        label=_("Keterangan konsuler"), max_length=200, required=False
    )
    language = forms.CharField(label=_("Bahasa pemeriksaan"), max_length=60)
    interpreter = forms.CharField(
        label=_("Juru bahasa"), max_length=120, required=False
    )
    companion = forms.CharField(
        label=_("Pendamping atau kuasa"), max_length=120, required=False
    )


class SignForm(forms.Form):
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    read_back = forms.BooleanField(
        label=_("Sudah dibacakan kembali dalam bahasa yang dimengerti terperiksa"),
        required=False,
    )
    # The finger's signature, as a PNG in a data URL.
    signature = forms.CharField(
        required=False, max_length=400_000, widget=forms.HiddenInput
    )
    refused_to_sign = forms.CharField(
        label=_("Alasan tidak menandatangani"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
