from django import forms
from django.utils.translation import gettext_lazy as _

from foreigners.forms.days import PastDayField

PROOF_HELP = _("PDF atau foto, paling besar 15 MB.")


class ServeForm(forms.Form):
    on = PastDayField(label=_("Tanggal penyampaian"))
    to = forms.CharField(
        label=_("Diterima oleh"),
        max_length=120,
        help_text=_("Yang bersangkutan sendiri, atau nama dan hubungannya."),
    )
    proof = forms.FileField(
        label=_("Bukti penyampaian"),
        help_text=PROOF_HELP,
    )
