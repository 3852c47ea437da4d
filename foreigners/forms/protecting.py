from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foreigners.forms.days import paragraph
from foreigners.forms.serving import PROOF_HELP
from foreigners.models import Protection
from foreigners.queries.protection import STANDS


class ProtectionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Pertanyaan"), choices=Protection.Kind)
    answer = forms.ChoiceField(label=_("Jawaban"), choices=Protection.Answer)
    note = paragraph(
        _("Dasar penetapan"),
        least=10,
        help_text=_("Apa yang ditanyakan, dilihat, atau dibaca, dan kapan."),
    )
    answers_read = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    proof = forms.FileField(
        label=_("Bukti"),
        required=False,
        help_text=format_lazy(
            "{} {}", PROOF_HELP, _("Wajib bila pelindungan yang berlaku dicabut.")
        ),
    )


class RaiseForm(ProtectionForm):
    """For whoever works on the case: it protects, and takes nothing away."""

    proof = forms.FileField(label=_("Bukti"), required=False, help_text=PROOF_HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (answer.value, answer.label) for answer in STANDS
        ]
