"""Choosing one among hundreds: each with the area above it, and a field to type in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Region

# The browser offers the field; without JavaScript the list is long and works.
FILTER = {"data-filter": _("Ketik untuk menyaring")}


def offer_regions(field: forms.Field, regions: Any) -> None:
    """A sub-district stands with its regency: "Kec. Cilegon, Kota Cilegon"."""
    field.queryset = regions.select_related("parent")  # type: ignore[attr-defined]
    field.label_from_instance = full_name  # type: ignore[attr-defined]
    field.widget.attrs |= FILTER


def full_name(region: Region) -> str:
    if region.level == Region.Level.DISTRICT and region.parent:
        return f"Kec. {region.name}, {region.parent.name}"
    return region.name
