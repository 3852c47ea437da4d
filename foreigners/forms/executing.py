from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foreigners.forms.days import PastDayField, paragraph
from foreigners.forms.serving import PROOF_HELP
from foreigners.models import Measure
from foreigners.services.executing import Execution


class EarlyForm(forms.Form):
    reason = paragraph(
        _("Alasan"),
        least=30,
        rows=4,
        help_text=_("Sekurangnya 30 karakter; pilihan ini dihitung dan dilaporkan."),
    )


class ExecuteForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Pelaksanaan"),
        choices=[choice for choice in Measure.Execution.choices if choice[0]],
    )
    on = PastDayField(label=_("Tanggal pelaksanaan"))
    note = paragraph(
        _("Keterangan"),
        required=False,
        help_text=_("Wajib bila tindakan tidak dapat dilaksanakan."),
    )
    payment_number = forms.CharField(
        label=_("NTPN"),
        max_length=30,
        required=False,
        help_text=_("Nomor pada bukti setor; pembayaran terjadi di luar aplikasi ini."),
    )
    proof = forms.FileField(label=_("Bukti pelaksanaan"), help_text=PROOF_HELP)

    def __init__(self, *args: Any, charges: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not charges:
            del self.fields["payment_number"]

    def done(self) -> Execution:
        return Execution(**self.cleaned_data)


class ReviewForm(forms.Form):
    on = PastDayField(label=_("Tanggal peninjauan"))
    reason = paragraph(_("Mengapa pendetensian masih diperlukan"), least=10)


class ReleaseForm(forms.Form):
    on = PastDayField(label=_("Tanggal berakhir"))
    note = paragraph(
        _("Bagaimana berakhir"),
        least=10,
        help_text=_("Dilepaskan, dipulangkan, atau diserahkan, dan kepada siapa."),
    )
