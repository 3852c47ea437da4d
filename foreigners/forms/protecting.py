from django import forms
from django.utils.translation import gettext_lazy as _

from foreigners.forms.days import paragraph
from foreigners.forms.serving import PROOF_HELP
from foreigners.models import Protection


class ProtectionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Pertanyaan"), choices=Protection.Kind)
    answer = forms.ChoiceField(label=_("Jawaban"), choices=Protection.Answer)
    note = paragraph(
        _("Dasar penetapan"),
        least=10,
        help_text=_("Apa yang ditanyakan, dilihat, atau dibaca, dan kapan."),
    )
    proof = forms.FileField(label=_("Bukti"), required=False, help_text=PROOF_HELP)
