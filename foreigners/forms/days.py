from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A date from the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, **kwargs})


class PastDayField(DayField):
    """A day on which something happened: not after today in the office's zone."""

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        return day


def paragraph(label: Any, *, least: int = 0, rows: int = 3, **kwargs: Any) -> Any:
    """A text of some lines; ``least`` is the shortest that says anything."""
    return forms.CharField(
        label=label,
        min_length=least or None,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        **kwargs,
    )
