import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foreigners.services.disclosing import LEAST_REASON
from reports.exports import Exportable, FigurePage
from reports.models import Export


class ExportForm(forms.Form):
    """How the file should look, and why personal data leaves the application."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    query = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=2000, strip=False
    )
    form = forms.ChoiceField(
        label=_("Bentuk berkas"),
        choices=Export.Format,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Untuk apa data ini dibawa keluar aplikasi. Tercatat dalam jejak audit dan "
            "tertulis dalam berkas; tulis tanpa nama orang."
        ),
    )

    def __init__(
        self, *args: Any, what: Exportable | FigurePage, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        form = self.fields["form"]
        form.choices = [(one.value, one.label) for one in what.formats]  # type: ignore[attr-defined]
        form.initial = what.formats[0]
        if len(what.formats) == 1:
            form.widget = forms.HiddenInput()
        if not what.is_personal:
            del self.fields["reason"]

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if len(reason) < LEAST_REASON:
            raise forms.ValidationError(_("Tulis alasannya, paling sedikit 10 huruf."))
        return reason
