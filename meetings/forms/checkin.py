import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.forms.rollcall import PersonFields
from meetings.models import Attendance, Invitation
from meetings.services.rollcall import Statement

State = Attendance.State


class CheckInForm(PersonFields):
    """Who checks in, and whether for themselves or for the holder of the post.

    The buttons carry the state; the nonce makes the same form, sent again, count once.
    """

    state = forms.ChoiceField(
        choices=[(State.PRESENT, ""), (State.REPRESENTED, "")],
        widget=forms.HiddenInput,
        error_messages={"required": _("Pilih “Saya hadir” atau “Saya mewakili”.")},
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    signature = forms.CharField(
        required=False, max_length=300_000, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.withholds_names = invitation.agency.withholds_names
        self.fields["person"].required = not self.withholds_names
        self.fields["person"].widget.attrs["autocomplete"] = "name"
        # Nobody at the door is asked twice: what the sheet needs is the name.
        self.extra_names = ("person_rank", "person_nip", "phone")

    @property
    def extra_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.extra_names]

    @property
    def statement(self) -> Statement:
        names = ("state", "person", "person_rank", "person_nip", "person_post", "phone")
        return Statement(**{name: self.cleaned_data[name] for name in names})
