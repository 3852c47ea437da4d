from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foreigners.forms.days import DayField, paragraph
from foreigners.models import (
    Case,
    CasePerson,
    DetentionGround,
    MeasureKind,
    OverstaySheet,
)
from foreigners.services.measure_checks import Content
from timpora.numbers import rupiah

GROUNDS = [
    ("", _("Pilih alasan menurut Pasal 83 ayat (1)")),
    *(
        (ground.value, format_lazy("{}. {}", ground.value, ground.label))
        for ground in DetentionGround
    ),
]


class PersonField(forms.ModelChoiceField):
    """A person of the case under the name that the case knew."""

    def label_from_instance(self, obj: CasePerson) -> str:
        name = obj.identity.get("name") or _("Nama tidak diketahui")
        return f"{name} (OA-{obj.foreigner_id})"


class SheetField(forms.ModelChoiceField):
    def label_from_instance(self, obj: OverstaySheet) -> str:
        return _("%(days)d hari, %(amount)s (OA-%(person)d)") % {
            "days": obj.days,
            "amount": rupiah(obj.amount),
            "person": obj.person.foreigner_id,
        }


class MeasureForm(forms.Form):
    """What a measure of one kind says; the kind decides which fields there are."""

    person = PersonField(CasePerson.objects.none(), label=_("Terhadap"))
    content = paragraph(
        _("Isi tindakan"),
        least=10,
        help_text=_("Apa yang ditetapkan, sebagaimana tercetak pada keputusan."),
    )
    reason = paragraph(
        _("Pertimbangan"),
        least=20,
        rows=5,
        help_text=_("Mengapa tindakan ini; tercetak pada bagian Menimbang."),
    )
    starts_on = DayField(label=_("Berlaku sejak"))
    ends_on = DayField(label=_("Sampai"))
    sheet = SheetField(OverstaySheet.objects.none(), label=_("Lembar hitung"))
    detention_ground = forms.ChoiceField(
        label=_("Alasan pendetensian"), choices=GROUNDS
    )
    place = forms.CharField(label=_("Tempat pendetensian"), max_length=150)
    placement_reason = paragraph(
        _("Mengapa tidak di tempat lain"),
        required=False,
        help_text=_(
            "Wajib bila orangnya mungkin anak, sakit, atau akan melahirkan "
            "(Pasal 83 ayat (2))."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, case: Case, kind: MeasureKind, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        subjects = case.persons.filter(role=CasePerson.Role.SUBJECT)
        self.fields["person"].queryset = subjects  # type: ignore[attr-defined]
        if len(only := subjects[:2]) == 1:
            self.initial.setdefault("person", only[0].pk)
        sheets = case.overstay_sheets.select_related("person")
        self.fields["sheet"].queryset = sheets  # type: ignore[attr-defined]
        for name in self.unasked():
            del self.fields[name]

    def unasked(self) -> list[str]:
        names = []
        if not self.kind.has_period:
            names += ["starts_on", "ends_on"]
        if not self.kind.charges:
            names.append("sheet")
        if not self.kind.detains:
            names += ["detention_ground", "place", "placement_reason"]
        return names

    def drafted(self) -> Content:
        values = dict(self.cleaned_data)
        values.pop("revision")
        return Content(kind=self.kind, **values)
