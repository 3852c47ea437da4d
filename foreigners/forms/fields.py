"""Choices and inputs that several forms of this app share."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Region, User
from agencies.queries.villages import label_of
from timpora.dates import MONTHS

MONTH_CHOICES = [("", "–"), *((str(n), name) for n, name in enumerate(MONTHS, 1))]


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def year_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Tahun lahir"),
        required=False,
        error_messages={"invalid": _("Tulis tahun dengan angka, misalnya 1985.")},
    )


class VillageField(forms.ModelChoiceField):
    """A kelurahan with its kecamatan, for many villages share a name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Region.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return label_of(obj)


def sources_of(user: User) -> QuerySet[Agency]:
    """Who may be the source of what is known: the office and the agencies it keeps."""
    return Agency.objects.filter(Q(pk=user.office_id) | Q(keeper=user.office_id))


class SourcedForm(forms.Form):
    """A form about a person with the agency that the knowledge comes from."""

    # What is filled in from the start says nothing about whether somebody filled it in.
    preset: frozenset[str] = frozenset()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if "agency" in self.fields:
            self.fields["agency"].queryset = sources_of(user)  # type: ignore[attr-defined]
            self.fields["agency"].initial = user.office_id

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - self.preset)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def in_order(self, first: str, last: str) -> None:
        start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if start and end and end < start:
            self.add_error(last, _("Tanggal akhir mendahului tanggal mulai."))

    def not_to_come(self, name: str) -> None:
        day = self.cleaned_data.get(name)
        if isinstance(day, dt.date) and day > timezone.localdate():
            self.add_error(name, _("Tanggal ini masih di masa depan."))


def source_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Agency.objects.none(), label=_("Instansi sumber"))
