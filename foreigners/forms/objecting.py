from django import forms
from django.utils.translation import gettext_lazy as _

from foreigners.forms.days import PastDayField, paragraph
from foreigners.forms.serving import PROOF_HELP
from foreigners.models import Objection
from foreigners.services.objecting import Filing
from timpora.files import MultipleFileField


class ObjectionForm(forms.Form):
    received_on = PastDayField(label=_("Tanggal diterima"))
    reasons = paragraph(_("Alasan keberatan"), least=10, rows=5)
    by_proxy = forms.CharField(
        label=_("Nama kuasa"),
        max_length=120,
        required=False,
        help_text=_("Kosongkan bila diajukan oleh yang bersangkutan sendiri."),
    )
    power_of_attorney = forms.FileField(
        label=_("Surat kuasa"), required=False, help_text=PROOF_HELP
    )
    evidence = MultipleFileField(
        label=_("Bukti penyangkal"),
        required=False,
        help_text=_("Boleh lebih dari satu berkas."),
    )
    late_reason = paragraph(
        _("Alasan keterlambatan"),
        required=False,
        rows=2,
        help_text=_("Wajib bila diterima setelah masa keberatan habis."),
    )

    def filed(self) -> Filing:
        return Filing(**self.cleaned_data)


class ForwardForm(forms.Form):
    on = PastDayField(label=_("Tanggal diteruskan"))
    advice = paragraph(_("Pertimbangan yang diteruskan"), least=10, rows=5)


class DecideForm(forms.Form):
    on = PastDayField(label=_("Tanggal putusan"))
    outcome = forms.ChoiceField(
        label=_("Hasil"),
        choices=[choice for choice in Objection.Outcome.choices if choice[0]],
    )
    note = paragraph(
        _("Isi putusan"),
        least=10,
        help_text=_("Bila keputusan diubah, tulis apa yang berubah."),
    )
    proof = forms.FileField(label=_("Salinan putusan"), help_text=PROOF_HELP)
