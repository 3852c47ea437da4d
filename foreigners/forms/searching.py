from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foreigners.forms.fields import year_field
from foreigners.names import plain
from timpora.vault import normalised


class SearchForm(forms.Form):
    """Whom somebody looks for; sent by POST, so that no name stands in an address."""

    name = forms.CharField(
        label=_("Nama"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    number = forms.CharField(
        label=_("Nomor dokumen"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_year = year_field()

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year and year > timezone.localdate().year:
            raise forms.ValidationError(_("Tahun lahir tidak boleh di masa depan."))
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        letters = plain(cleaned["name"]).replace(" ", "")
        if cleaned["name"] and len(letters) < 2:
            self.add_error("name", _("Tulis sedikitnya dua huruf nama."))
        elif cleaned["number"] and not normalised(cleaned["number"]):
            self.add_error("number", _("Tulis huruf dan angka nomor dokumennya."))
        elif not (cleaned["name"] or cleaned["number"]):
            raise forms.ValidationError(_("Tulis nama atau nomor dokumen."))
        return cleaned
