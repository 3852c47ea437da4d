from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foreigners.forms.days import DayField
from foreigners.forms.fields import SourcedForm, source_field
from foreigners.models import Nationality, TravelDocument
from foreigners.mrz import Mrz, parse
from foreigners.mrz_lines import BY_EYE, LABELS, MrzUnreadable
from timpora.vault import normalised


class DocumentFacts(SourcedForm):
    """What of a document may be corrected: everything but the number itself."""

    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=TravelDocument.Kind,
        initial=TravelDocument.Kind.PASSPORT,
    )
    issued_on = DayField(label=_("Terbit"), required=False)
    expires_on = DayField(label=_("Berlaku sampai"), required=False)
    state = forms.ChoiceField(
        label=_("Keadaan"),
        choices=TravelDocument.State,
        initial=TravelDocument.State.HELD,
    )
    agency = source_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.not_to_come("issued_on")
        self.in_order("issued_on", "expires_on")
        return cleaned


class DocumentForm(DocumentFacts):
    """A new document, typed or read from its MRZ. The zone is a warning, never a proof:
    what no digit covers is confirmed by eye, a wrong digit is recorded as printed."""

    number = forms.CharField(
        label=_("Nomor"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    issuer = forms.ModelChoiceField(
        Nationality.objects.all(), label=_("Negara penerbit")
    )
    mrz = forms.CharField(
        label=_("Baris MRZ"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 3, "class": "mrz", "spellcheck": "false", "wrap": "off"}
        ),
        help_text=_("Boleh kosong: ada dokumen sah tanpa MRZ."),
    )
    confirmed_fields = forms.MultipleChoiceField(
        label=_("Sudah saya cocokkan dengan dokumennya"),
        choices=[(name, LABELS[name]) for name in BY_EYE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tidak ada digit pemeriksa yang mencakup hal-hal ini."),
    )
    accepts_faults = forms.BooleanField(
        label=_("Digit pemeriksa memang tercetak salah; catat apa adanya"),
        required=False,
    )

    field_order = (
        "kind",
        "number",
        "issuer",
        "issued_on",
        "expires_on",
        "state",
        "agency",
        "mrz",
        "confirmed_fields",
        "accepts_faults",
    )
    preset = frozenset({"kind", "state", "agency"})
    zone: Mrz | None = None

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if len(normalised(number)) < 3:
            raise forms.ValidationError(_("Tulis huruf dan angka nomor dokumennya."))
        return number

    def clean_mrz(self) -> str:
        text = self.cleaned_data["mrz"]
        if not text.strip():
            return ""
        try:
            self.zone = parse(text)
        except MrzUnreadable as error:
            raise forms.ValidationError(str(error)) from error
        return "\n".join(self.zone.lines)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.zone is not None:
            self.hold_against(self.zone)
        return cleaned

    def hold_against(self, zone: Mrz) -> None:
        """The form and the zone agree, or the form says where not."""
        cleaned = self.cleaned_data
        failing = {fault.field for fault in zone.faults}
        if zone.faults and not cleaned.get("accepts_faults"):
            for fault in zone.faults:
                self.add_error("mrz", fault.text)
        number = normalised(cleaned.get("number", ""))
        if number and "number" not in failing and number != normalised(zone.number):
            self.add_error("number", _("Nomor ini berbeda dari MRZ."))
        typed = cleaned.get("expires_on", zone)
        expiry = zone.expiry(timezone.localdate())
        if typed is not zone and "expiry" not in failing and typed != expiry:
            self.add_error("expires_on", _("Tanggal ini berbeda dari MRZ."))
        if set(BY_EYE) - set(cleaned.get("confirmed_fields", ())):
            self.add_error(
                "confirmed_fields",
                _("Cocokkan setiap hal dengan dokumen, lalu centang."),
            )

    def values(self) -> dict[str, Any]:
        fields = dict(self.cleaned_data)
        del fields["accepts_faults"]
        faults = self.zone.faults if self.zone else ()
        return fields | {"mrz_faults": sorted({fault.field for fault in faults})}
