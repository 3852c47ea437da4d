from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Region, User
from documents.models import Classification
from foreigners.models import Case, CasePerson, Violation
from foreigners.queries.regions import within_work_area

SHORTEST_REASON = 10


def reason_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        min_length=SHORTEST_REASON,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Terbaca pada jejak audit; jangan menulis nama orang."),
    )


def revision_field() -> forms.IntegerField:
    """What was read. Without an id: three forms that carry it stand on one page."""
    return forms.IntegerField(widget=forms.HiddenInput(attrs={"id": False}))


class CaseForm(forms.Form):
    title = forms.CharField(
        label=_("Pokok perkara"),
        max_length=150,
        help_text=_("Tanpa nama orang."),
    )
    summary = forms.CharField(
        label=_("Uraian singkat"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    region = forms.ModelChoiceField(
        Region.objects.none(),
        label=_("Kelurahan/desa"),
        required=False,
        empty_label=_("Belum ditentukan"),
    )
    revision = revision_field()

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Region.objects.filter(pk=case.region_id)
        self.fields["region"].queryset = (  # type: ignore[attr-defined]
            within_work_area(user, Region.Level.VILLAGE) | here
        )


class ClassifyForm(forms.Form):
    classification = forms.ChoiceField(label=_("Klasifikasi"), choices=Classification)
    reason = reason_field(_("Alasan perubahan klasifikasi"))
    revision = revision_field()


class AssignForm(forms.Form):
    responsible = forms.ModelChoiceField(
        User.objects.none(), label=_("Penanggung jawab"), empty_label=None
    )
    assigned = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Petugas lain yang menangani"),
        required=False,
        help_text=_(
            "Kasus rahasia hanya terbuka bagi mereka, penanggung jawab, Kepala Seksi, "
            "dan Kepala Kantor."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    revision = revision_field()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("responsible", "assigned"):
            self.fields[name].queryset = User.objects.working_at(user.agency_id)  # type: ignore[attr-defined]


class ViolationForm(forms.Form):
    violation = forms.ModelChoiceField(
        Violation.objects.none(), label=_("Dugaan pelanggaran")
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alleged = case.violations.values("violation")
        self.fields["violation"].queryset = (  # type: ignore[attr-defined]
            Violation.objects.on(timezone.localdate()).exclude(pk__in=alleged)
        )


class RemoveViolationForm(forms.Form):
    reason = reason_field(_("Alasan menghapus dugaan ini"))


class FindPersonForm(forms.Form):
    """By the exact number of the person or of a document: a POST, never in an address."""

    number = forms.CharField(
        label=_("Nomor OA atau nomor dokumen perjalanan"),
        max_length=40,
        help_text=_("Tepat, misalnya OA-12 atau nomor paspor."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AddPersonForm(forms.Form):
    foreigner = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    role = forms.ChoiceField(label=_("Sebagai"), choices=CasePerson.Role)
