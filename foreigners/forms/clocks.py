from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from foreigners.forms.days import DayField, PastDayField, paragraph


class PauseForm(forms.Form):
    on = PastDayField(label=_("Berhenti sejak"))
    ground = paragraph(_("Dasar jeda"), least=10, rows=2)


class ResumeForm(forms.Form):
    on = PastDayField(label=_("Berjalan lagi mulai"))


class ExtendForm(forms.Form):
    on = PastDayField(label=_("Tanggal keputusan perpanjangan"))
    until = DayField(
        label=_("Diperpanjang sampai"),
        required=False,
        help_text=_("Kosongkan untuk perpanjangan paling lama menurut aturan."),
    )
    ground = paragraph(
        _("Dasar perpanjangan"),
        least=10,
        rows=2,
        help_text=_("Nomor dan tanggal keputusan yang memperpanjang."),
    )


class ClockFilter(forms.Form):
    """Whose clocks: everybody's, or those of one responsible officer."""

    petugas = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Penanggung jawab"),
        required=False,
        empty_label=_("Semua"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(
            agency=user.office_id,
            role__in=[User.Role.OFFICER, User.Role.SECTION_HEAD],
        )
        self.fields["petugas"].queryset = people  # type: ignore[attr-defined]
