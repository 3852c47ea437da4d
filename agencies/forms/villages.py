from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Region
from agencies.queries.villages import Villages, VillageUnclear, village_meant


class WrittenVillageField(forms.CharField):
    """A kelurahan or desa that is typed, with the browser's list of labels beside it.

    The form fills in the ``villages`` that it may be; the answer is one of them or None.
    """

    villages: Villages = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Kelurahan/desa"),
            max_length=200,
            required=False,
            widget=forms.TextInput(attrs={"list": "kelurahan", "autocomplete": "off"}),
            **kwargs,
        )

    def clean(self, value: Any) -> Region | None:
        try:
            return village_meant(super().clean(value), self.villages)
        except VillageUnclear as error:
            raise forms.ValidationError(str(error)) from error
