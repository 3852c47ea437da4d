from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Office, Signer


class CertificateForm(forms.Form):
    """A PKCS#12 file for one of the office's signers; the password is never shown again."""

    signer = forms.ModelChoiceField(Signer.objects.none(), label=_("Penanda tangan"))
    file = forms.FileField(
        label=_("Berkas sertifikat (.p12 atau .pfx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".p12,.pfx"}),
    )
    password = forms.CharField(
        label=_("Kata sandi berkas"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Dipakai sekali untuk membuka berkas dan tidak disimpan."),
    )
    name_reason = forms.CharField(
        label=_("Alasan nama berbeda"),
        required=False,
        max_length=250,
        help_text=_("Hanya bila nama pada sertifikat bukan nama penanda tangan."),
    )

    def __init__(self, *args: object, office_id: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        office = Office.objects.get(pk=office_id)
        self.fields["signer"].queryset = office.signers.all()  # type: ignore[attr-defined]


class SignedFileForm(forms.Form):
    file = forms.FileField(
        label=_("PDF yang sudah ditandatangani"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )
