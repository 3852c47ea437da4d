from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Region, User
from foreigners.forms.fields import (
    SourcedForm,
    VillageField,
    date_input,
    source_field,
)
from foreigners.models import (
    Case,
    CasePerson,
    Guarantor,
    PermitKind,
    Statement,
    StayPermit,
    VisaIndex,
)
from foreigners.queries.regions import within_work_area


class OtherNameForm(SourcedForm):
    preset = frozenset({"noted_on"})

    name = forms.CharField(
        label=_("Nama lain"),
        max_length=100,
        help_text=_("Aksara asli, ejaan lain, alias, atau nama terdahulu."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    source = forms.CharField(
        label=_("Sumber"),
        max_length=150,
        help_text=_("Misalnya: halaman 2 paspor, keterangan penjamin."),
    )
    noted_on = forms.DateField(
        label=_("Dicatat pada"), widget=date_input(), initial=timezone.localdate
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.not_to_come("noted_on")
        return cleaned


class PermitFacts(SourcedForm):
    kind = forms.ModelChoiceField(PermitKind.objects.all(), label=_("Jenis izin"))
    index = forms.ModelChoiceField(
        VisaIndex.objects.all(), label=_("Indeks"), required=False
    )
    starts_on = forms.DateField(label=_("Mulai"), required=False, widget=date_input())
    ends_on = forms.DateField(
        label=_("Berakhir"),
        required=False,
        widget=date_input(),
        help_text=_("Kosongkan bila berlaku tanpa batas waktu."),
    )
    issuing_office = forms.CharField(
        label=_("Kantor penerbit"), max_length=120, required=False
    )
    state = forms.ChoiceField(label=_("Status"), choices=StayPermit.State)
    agency = source_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.in_order("starts_on", "ends_on")
        return cleaned


class PermitForm(PermitFacts):
    number = forms.CharField(
        label=_("Nomor"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("kind", "index", "number")


class StatementForm(SourcedForm):
    subject = forms.ChoiceField(label=_("Hal"), choices=Statement.Subject)
    value = forms.CharField(label=_("Keterangan"), max_length=250)
    region = VillageField(
        label=_("Kelurahan/desa"),
        required=False,
        help_text=_("Untuk alamat."),
    )
    lodging = forms.CharField(
        label=_("Tempat menginap"), max_length=120, required=False
    )
    agency = source_field()
    stated_on = forms.DateField(
        label=_("Tanggal keterangan"), widget=date_input(), initial=timezone.localdate
    )
    until = forms.DateField(label=_("Sampai"), required=False, widget=date_input())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["region"].queryset = within_work_area(  # type: ignore[attr-defined]
            user, Region.Level.VILLAGE
        ).select_related("parent")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.not_to_come("stated_on")
        self.in_order("stated_on", "until")
        if cleaned.get("subject") == Statement.Subject.ADDRESS and not cleaned.get(
            "region"
        ):
            self.add_error("region", _("Pilih kelurahan atau desa alamat itu."))
        return cleaned


class GuaranteeFacts(SourcedForm):
    role = forms.CharField(
        label=_("Sebagai"),
        max_length=60,
        required=False,
        help_text=_("Misalnya: penjamin, pemberi kerja, pasangan."),
    )
    starts_on = forms.DateField(label=_("Sejak"), required=False, widget=date_input())
    ends_on = forms.DateField(label=_("Sampai"), required=False, widget=date_input())
    agency = source_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.in_order("starts_on", "ends_on")
        return cleaned


class GuaranteeForm(GuaranteeFacts):
    """A guarantor that the office knows, or a new one."""

    guarantor = forms.ModelChoiceField(
        Guarantor.objects.none(),
        label=_("Penjamin yang sudah tercatat"),
        required=False,
        empty_label=_("Penjamin baru"),
    )
    new_kind = forms.ChoiceField(label=_("Jenis"), choices=Guarantor.Kind)
    new_name = forms.CharField(label=_("Nama"), max_length=150, required=False)
    new_nib = forms.CharField(label=_("NIB"), max_length=20, required=False)
    new_kbli = forms.CharField(label=_("KBLI"), max_length=10, required=False)
    new_address = forms.CharField(label=_("Alamat"), max_length=250, required=False)
    new_contact = forms.CharField(label=_("Narahubung"), max_length=120, required=False)
    field_order = (
        "guarantor",
        "new_kind",
        "new_name",
        "new_nib",
        "new_kbli",
        "new_address",
        "new_contact",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["guarantor"].queryset = Guarantor.objects.filter(  # type: ignore[attr-defined]
            office=user.office_id
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("guarantor") and not cleaned.get("new_name"):
            self.add_error("new_name", _("Pilih penjamin, atau tulis nama yang baru."))
        return cleaned

    def values(self) -> dict[str, Any]:
        fields = dict(self.cleaned_data)
        new = {
            name.removeprefix("new_"): fields.pop(name)
            for name in list(fields)
            if name.startswith("new_")
        }
        return fields | {"new_guarantor": new}


class ToCaseForm(forms.Form):
    """Bring a person into a case that is still open."""

    case = forms.ModelChoiceField(Case.objects.none(), label=_("Kasus"))
    role = forms.ChoiceField(label=_("Sebagai"), choices=CasePerson.Role)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = (  # type: ignore[attr-defined]
            Case.objects.visible_to(user)
            .exclude(state__in=Case.ENDED)
            .order_by("-registered_on", "-pk")
        )
