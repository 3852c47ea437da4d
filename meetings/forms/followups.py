from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import FollowUp
from timpora.files import MultipleFileField


class ProgressForm(forms.Form):
    text = forms.CharField(
        label=_("Apa yang sudah dilakukan"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_final = forms.BooleanField(
        label=_("Pekerjaan sudah selesai, mohon diperiksa"), required=False
    )
    evidence = MultipleFileField(
        label=_("Bukti (foto atau PDF)"),
        required=False,
        help_text=_("Boleh lebih dari satu; masing-masing paling besar 15 MB."),
    )


class VerdictForm(forms.Form):
    """One form, two buttons; a reason is asked of the one that sends back."""

    verdict = forms.ChoiceField(
        choices=[("accept", _("Terima")), ("return", _("Kembalikan"))],
        widget=forms.HiddenInput,
    )
    reason = forms.CharField(
        label=_("Catatan untuk instansi"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wajib diisi bila laporan dikembalikan."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == "return" and not cleaned.get("reason"):
            self.add_error("reason", _("Tulis apa yang masih kurang."))
        return cleaned


class DueDateForm(forms.Form):
    due_on = forms.DateField(
        label=_("Tenggat baru"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Alasan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "tenggat-%s", **kwargs})

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError(_("Tenggat baru tidak boleh di masa lalu."))
        return due_on


class CancelFollowUpForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan pembatalan"),
        error_messages={"required": _("Tulis alasan pembatalan.")},
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "batal-%s", **kwargs})


class FollowUpFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Cari"), method="by_text")
    state = django_filters.ChoiceFilter(
        label=_("Status"),
        empty_label=_("Semua"),
        method="by_state",
        choices=[
            ("open", _("Belum selesai")),
            ("overdue", _("Terlambat")),
            ("reported", _("Menunggu pemeriksaan")),
            ("done", _("Selesai")),
            ("cancelled", _("Dibatalkan")),
        ],
    )

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def by_text(self, queryset: Any, name: str, value: str) -> Any:
        """Whoever may not read the texts finds none by their words."""
        readable = FollowUp.objects.readable_by(self.request.user)
        return queryset.filter(text__icontains=value, pk__in=readable.values("pk"))

    def by_state(self, queryset: Any, name: str, value: str) -> Any:
        match value:
            case "open":
                return queryset.open()
            case "overdue":
                return queryset.overdue(timezone.localdate())
            case _:
                return queryset.filter(state=value)
