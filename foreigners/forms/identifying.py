import calendar
import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Region, User
from foreigners.forms.documents import DocumentForm
from foreigners.forms.fields import MONTH_CHOICES, year_field
from foreigners.forms.keeping import OtherNameForm
from foreigners.models import Foreigner, Nationality, TravelDocument
from foreigners.mrz import Mrz
from foreigners.queries.regions import within_work_area

OLDEST = 120


class IdentityForm(forms.Form):
    """Who somebody is, as far as it is known: any part may be missing."""

    name = forms.CharField(
        label=_("Nama sesuai paspor"),
        max_length=100,
        required=False,
        help_text=_("Kosongkan bila nama belum diketahui."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    sex = forms.ChoiceField(
        label=_("Jenis kelamin"),
        choices=Foreigner.Sex,
        initial=Foreigner.Sex.UNKNOWN,
    )
    birth_year = year_field()
    birth_month = forms.TypedChoiceField(
        label=_("Bulan lahir"),
        choices=MONTH_CHOICES,
        coerce=int,
        empty_value=None,
        required=False,
    )
    birth_day = forms.IntegerField(
        label=_("Tanggal lahir"), required=False, min_value=1, max_value=31
    )
    birth_place = forms.CharField(
        label=_("Tempat lahir"), max_length=80, required=False
    )
    nationality = forms.ModelChoiceField(
        Nationality.objects.all(), label=_("Kewarganegaraan")
    )
    identity = forms.ChoiceField(
        label=_("Identitas"),
        choices=Foreigner.Identity,
        initial=Foreigner.Identity.OPEN,
        help_text=_("Dipastikan hanya bila ada nama dan dokumen perjalanan."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        year, month, day = (
            cleaned.get(f"birth_{part}") for part in ("year", "month", "day")
        )
        today = timezone.localdate()
        if year is None and (month or day):
            self.add_error("birth_year", _("Tulis juga tahunnya."))
        elif month is None and day:
            self.add_error("birth_month", _("Pilih juga bulannya."))
        elif year is not None and not today.year - OLDEST <= year <= today.year:
            self.add_error("birth_year", _("Tahun lahir ini tidak mungkin."))
        elif year and month and day and day > calendar.monthrange(year, month)[1]:
            self.add_error("birth_day", _("Tanggal ini tidak ada pada bulan itu."))
        elif year and (year, month or 1, day or 1) > (
            today.year,
            today.month,
            today.day,
        ):
            self.add_error("birth_year", _("Tanggal lahir tidak boleh di masa depan."))
        return cleaned

    def values(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "revision"
        }


def identity_values(person: Foreigner) -> dict[str, Any]:
    """The form's values as they are stored."""
    values = {name: getattr(person, name) for name in IdentityForm.base_fields}
    return values | {"nationality": person.nationality_id}


class Registration:
    """The forms of one registration: identity, and optionally a document and a name."""

    def __init__(
        self,
        data: Any = None,
        *,
        user: User,
        initial: dict[str, Any] | None = None,
        document: dict[str, Any] | None = None,
    ) -> None:
        self.identity = IdentityForm(data, initial=initial)
        self.other_name = OtherNameForm(
            data,
            prefix="lain",
            user=user,
            empty_permitted=True,
            use_required_attribute=False,
        )
        self.document = DocumentForm(
            data,
            prefix="dokumen",
            user=user,
            initial=document,
            empty_permitted=True,
            use_required_attribute=False,
        )

        # Read in a form of its own, and carried along.
        self.document.fields["mrz"].widget = forms.HiddenInput()

    def is_valid(self) -> bool:
        forms_valid = [
            form.is_valid() for form in (self.identity, self.other_name, self.document)
        ]
        return all(forms_valid) and self.births_agree()

    def births_agree(self) -> bool:
        """The digits cover the birth date: the form may not say otherwise in silence."""
        zone = self.document.zone
        if zone is None or any(fault.field == "birth" for fault in zone.faults):
            return True
        told = self.identity.cleaned_data
        typed = tuple(told[f"birth_{part}"] for part in ("year", "month", "day"))
        year, month, day = zone.birth(timezone.localdate())
        # The century is the eye's to say.
        same_year = (year is None) == (typed[0] is None) and (
            year is None or (year - typed[0]) % 100 == 0
        )
        if not same_year or (month, day) != typed[1:]:
            self.identity.add_error(
                "birth_year", _("Tanggal lahir ini berbeda dari yang tertulis di MRZ.")
            )
            return False
        return True

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "identity": self.identity.values(),
            "other_name": self.other_name.cleaned_data or None,
            "document": self.document.values() if self.document.has_changed() else None,
        }


def from_zone(zone: Mrz, today: dt.date) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the identity and the document form start with."""
    year, month, day = zone.birth(today)
    known = dict(
        Nationality.objects.in_bulk([zone.text("nationality"), zone.text("issuer")])
    )
    identity = {
        "name": zone.name,
        "sex": zone.sex,
        "birth_year": year,
        "birth_month": month,
        "birth_day": day,
        "nationality": known.get(zone.text("nationality")),
        "identity": Foreigner.Identity.OPEN,
    }
    kinds = {"P": TravelDocument.Kind.PASSPORT, "V": TravelDocument.Kind.OTHER}
    document = {
        "kind": kinds.get(zone.text("code")[:1], TravelDocument.Kind.IDENTITY),
        "number": zone.number,
        "issuer": known.get(zone.text("issuer")),
        "expires_on": zone.expiry(today),
        "mrz": "\n".join(zone.lines),
    }
    return identity, document


class PersonFilter(django_filters.FilterSet):
    """By permit, nationality or kelurahan: nothing in the address tells of a person.

    Nationality and kelurahan are never crossed (design 8).
    """

    izin = django_filters.ChoiceFilter(
        label=_("Izin tinggal"),
        empty_label=_("Semua"),
        method="by_permit",
        choices=[
            ("berlaku", _("Berlaku")),
            ("habis", _("Sudah habis")),
            ("tanpa", _("Tidak tercatat")),
        ],
    )
    hari = django_filters.ChoiceFilter(
        label=_("Izin habis dalam"),
        empty_label=_("Semua"),
        method="by_days",
        choices=[(str(days), _("%d hari") % days) for days in (7, 14, 30, 60, 90)],
    )
    warga = django_filters.ModelChoiceFilter(
        label=_("Kewarganegaraan"),
        empty_label=_("Semua"),
        field_name="nationality",
        queryset=Nationality.objects.all(),
    )
    kelurahan = django_filters.ModelChoiceFilter(
        label=_("Kelurahan/desa"),
        empty_label=_("Semua"),
        method="by_village",
        queryset=lambda request: within_work_area(request.user, Region.Level.VILLAGE),
    )

    class Meta:
        model = Foreigner
        fields: list[str] = []

    @property
    def crosses(self) -> bool:
        return bool(self.data.get("warga") and self.data.get("kelurahan"))

    def filter_queryset(self, queryset: Any) -> Any:
        return queryset.none() if self.crosses else super().filter_queryset(queryset)

    def by_permit(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.holding(value, timezone.localdate())

    def by_days(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.expiring(timezone.localdate(), int(value))

    def by_village(self, queryset: Any, name: str, value: Region) -> Any:
        return queryset.living_in(value.code)
