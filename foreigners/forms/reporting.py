import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.forms.villages import WrittenVillageField
from agencies.models import Office
from agencies.queries.villages import label_of, villages_of
from documents.models import Classification
from foreigners.models import Finding
from foreigners.services.reporting import MOST_FILES, PersonSaid, Said
from timpora.files import MultipleFileField, MultipleFileInput

MOST_PERSONS = 30


class PersonForm(forms.Form):
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Nama"), max_length=100, required=False)
    description = forms.CharField(
        label=_("Ciri atau keterangan"), max_length=200, required=False
    )
    document_number = forms.CharField(
        label=_("Nomor paspor/dokumen"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_dropped = forms.BooleanField(label=_("Hapus orang ini"), required=False)

    def said(self) -> PersonSaid:
        return PersonSaid(**self.cleaned_data)


PersonFormSet = forms.formset_factory(
    PersonForm, extra=2, max_num=MOST_PERSONS, validate_max=True, absolute_max=60
)


class CardForm(forms.Form):
    """The finding card. Handed in it needs what, where and when; a draft only a word.

    ``persons`` are further forms of the same submission, or None for a writer who may not
    see the persons of the finding.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)
    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("Kantor imigrasi"), empty_label=None
    )
    activity = forms.CharField(
        label=_("Apa yang dilihat"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kegiatan yang dilihat, bukan dugaan tentang orangnya."),
    )
    region = WrittenVillageField(
        help_text=_("Ketik beberapa huruf, lalu pilih dari daftar.")
    )
    place = forms.CharField(
        label=_("Tempat"),
        max_length=200,
        required=False,
        help_text=_("Nama bangunan, jalan, atau patokan."),
    )
    seen_on = forms.DateField(
        label=_("Tanggal"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    person_count = forms.IntegerField(
        label=_("Jumlah orang"),
        min_value=0,
        max_value=9999,
        required=False,
        help_text=_("Kosongkan bila tidak tahu."),
    )
    photos = MultipleFileField(
        label=_("Foto atau PDF"),
        required=False,
        widget=MultipleFileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}
        ),
        help_text=_("Boleh beberapa; lokasi dan data kamera dihapus dari foto."),
    )
    latitude = forms.DecimalField(
        label=_("Lintang"),
        min_value=Decimal(-90),
        max_value=Decimal(90),
        required=False,
        widget=forms.NumberInput(attrs={"step": "any"}),
    )
    longitude = forms.DecimalField(
        label=_("Bujur"),
        min_value=Decimal(-180),
        max_value=Decimal(180),
        required=False,
        widget=forms.NumberInput(attrs={"step": "any"}),
    )
    classification = forms.ChoiceField(
        label=_("Klasifikasi"),
        choices=Classification.choices,
        initial=Classification.RESTRICTED,
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        offices: QuerySet[Office],
        sends: bool = True,
        finding: Finding | None = None,
        with_persons: bool = True,
    ) -> None:
        initial = initial_of(finding) if finding else {"seen_on": timezone.localdate()}
        super().__init__(data, files, initial=initial)
        self.sends = sends
        self.villages = villages_of(offices)
        self.fields["region"].villages = self.villages  # type: ignore[attr-defined]
        self.persons = (
            PersonFormSet(data, prefix="orang", initial=persons_of(finding))
            if with_persons
            else None
        )
        if finding is not None:
            del self.fields["office"]
            return
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        if len(offices) == 1:
            self.fields["office"].initial = offices[0]
            self.fields["office"].widget = forms.HiddenInput()

    def is_valid(self) -> bool:
        persons_are_valid = self.persons is None or self.persons.is_valid()
        return super().is_valid() and persons_are_valid

    @property
    def is_wrong(self) -> bool:
        return bool(self.errors) or (self.is_bound and not self.is_valid())

    def clean_seen_on(self) -> Any:
        seen_on = self.cleaned_data["seen_on"]
        if seen_on and seen_on > timezone.localdate():
            raise forms.ValidationError(_("Tanggal ini belum tiba. Periksa lagi."))
        if self.sends and not seen_on:
            raise forms.ValidationError(_("Isi tanggal kejadian."))
        return seen_on

    def clean_photos(self) -> Any:
        files = self.cleaned_data["photos"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("Paling banyak %(most)d berkas."), params={"most": MOST_FILES}
            )
        return files

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            self.add_error("longitude", _("Isi lintang dan bujur, atau kosongkan."))
        has_place = cleaned.get("place") or cleaned.get("region")
        if self.sends:
            if not cleaned.get("activity"):
                self.add_error("activity", _("Tulis kegiatan yang dilihat."))
            if not has_place and "region" not in self.errors:
                self.add_error("place", _("Isi tempat atau kelurahan/desa."))
        elif not (cleaned.get("activity") or has_place or self.errors):
            self.add_error("activity", _("Tulis sesuatu sebelum menyimpan draf."))
        return cleaned

    def said(self) -> Said:
        names = set(Said.__dataclass_fields__) - {"persons", "files"}
        persons = None
        if self.persons is not None:
            persons = [
                form.said()
                for form in self.persons
                if form.has_changed() or form.cleaned_data.get("pk")
            ]
        return Said(
            **{name: self.cleaned_data[name] for name in names},
            persons=persons,
            files=self.cleaned_data["photos"],
        )


def initial_of(finding: Finding) -> dict[str, Any]:
    names = ("key", "revision", "activity", "place", "seen_on", "person_count")
    initial = {name: getattr(finding, name) for name in names}
    return initial | {
        "region": label_of(finding.region) if finding.region else "",
        "latitude": finding.latitude,
        "longitude": finding.longitude,
        "classification": finding.classification,
    }


def persons_of(finding: Finding | None) -> list[dict[str, Any]]:
    """The number itself stays sealed; the row shows it masked."""
    if finding is None:
        return []
    return [
        {
            "pk": person.pk,
            "name": person.name,
            "description": person.description,
            "masked": person.document_number_masked,
        }
        for person in finding.named_persons.all()
    ]
