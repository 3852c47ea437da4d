from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import Document, NumberPattern


class PatternForm(forms.ModelForm):
    kind = forms.ChoiceField(label=_("Jenis surat"), choices=Document.Kind)

    class Meta:
        model = NumberPattern
        fields = ["kind", "pattern", "classification_code"]


class VoidForm(forms.Form):
    reason = forms.CharField(label=_("Alasan pembatalan"), max_length=500)
