import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Invitation

Answer = Invitation.Answer


class AnswerForm(forms.Form):
    """What an agency says to its invitation; each answer asks for its own facts."""

    answer = forms.ChoiceField(
        label=_("Jawaban"),
        choices=[choice for choice in Answer.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    person = forms.CharField(label=_("Nama yang hadir"), max_length=120, required=False)
    person_rank = forms.CharField(
        label=_("Pangkat/golongan"), max_length=80, required=False
    )
    person_nip = forms.CharField(
        label=_("NIP/NRP"),
        max_length=24,
        required=False,
        help_text=_("NIP 18 angka atau NRP; boleh dikosongkan."),
    )
    person_post = forms.CharField(label=_("Jabatan"), max_length=120, required=False)
    excuse = forms.CharField(
        label=_("Alasan berhalangan"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    letter = forms.FileField(
        label=_("Surat keterangan (PDF atau foto)"), required=False
    )

    def clean_person_nip(self) -> str:
        nip = re.sub(r"\s", "", self.cleaned_data["person_nip"])
        if nip and not re.fullmatch(r"\d{5,18}", nip):
            raise forms.ValidationError(_("NIP/NRP hanya berisi 5 sampai 18 angka."))
        return nip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == Answer.SUBSTITUTE and not cleaned.get("person"):
            self.add_error("person", _("Tulis nama wakil yang hadir."))
        if cleaned.get("answer") == Answer.EXCUSED and not cleaned.get("excuse"):
            self.add_error("excuse", _("Tulis alasan berhalangan."))
        return cleaned
