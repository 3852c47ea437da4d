from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Office, User


class FirstAccountForm(forms.Form):
    """What the command line says of an account and of the office it belongs to."""

    office = forms.CharField(max_length=Agency._meta.get_field("name").max_length)
    city = forms.CharField(
        max_length=Office._meta.get_field("city").max_length, required=False
    )
    role = forms.ChoiceField(
        choices=User.Role,
        error_messages={
            "invalid_choice": _("Peran “%(value)s” tidak dikenal. Pilih salah satu: ")
            + ", ".join(role for role in User.Role if role != User.Role.LIAISON)
            + "."
        },
    )
    email = forms.EmailField()
    name = forms.CharField(max_length=User._meta.get_field("name").max_length)

    def sentences(self) -> list[str]:
        """Each error after the option that it is about."""
        errors: dict[str, Any] = self.errors.get_json_data()
        return [
            f"--{name}: {error['message']}"
            for name, found in errors.items()
            for error in found
        ]
