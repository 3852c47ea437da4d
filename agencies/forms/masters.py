import datetime as dt
from io import BytesIO
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from agencies.choices import FILTER, offer_regions
from agencies.models import (
    Agency,
    AgencyName,
    Decree,
    Holiday,
    Membership,
    Office,
    Region,
    Signer,
    Team,
    User,
)
from timpora.pictures import open_picture

DATES = ("valid_from", "valid_to", "signed_on", "date")
MOST_LOGO_BYTES = 2 * 1024 * 1024


class MasterForm(forms.ModelForm):
    """One row of master data as ``user`` may keep it; ``seen`` is its state when read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for name in DATES:
            if name in self.fields:
                self.fields[name].widget = forms.DateInput(
                    attrs={"type": "date"}, format="%Y-%m-%d"
                )
        self.narrow()

    def narrow(self) -> None:
        """Offer only what belongs to the user's office."""

    def offer(self, name: str, queryset: Any) -> None:
        self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if isinstance(start, dt.date) and isinstance(end, dt.date) and end < start:
            self.add_error("valid_to", _("Tanggal akhir mendahului tanggal mulai."))
        return cleaned

    def close_all_but(self, open_fields: tuple[str, ...]) -> None:
        """Show the other fields without letting anybody change them."""
        for name in self.names():
            self.fields[name].disabled = name not in open_fields

    @classmethod
    def names(cls) -> list[str]:
        """The fields of the row that the form writes."""
        return list(cls._meta.fields or ())

    def row_values(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name in self.names()
        }


class AgencyForm(MasterForm):
    class Meta:
        model = Agency
        fields = [
            "type", "name", "short_name", "parent", "region", "address", "email",
            "phone", "withholds_names", "valid_from", "valid_to",
        ]  # fmt: skip

    def narrow(self) -> None:
        offer_regions(
            self.fields["region"], Region.objects.exclude(level=Region.Level.VILLAGE)
        )
        self.offer("parent", Agency.objects.exclude(pk=self.instance.pk))


class AgencyNameForm(MasterForm):
    class Meta:
        model = AgencyName
        fields = ["agency", "name", "short_name", "valid_from", "valid_to", "ground"]

    def narrow(self) -> None:
        self.offer("agency", Agency.objects.kept_by(self.user))


class SignerForm(MasterForm):
    class Meta:
        model = Signer
        fields = ["user", "name", "rank", "nip", "post", "capacity", "valid_from", "valid_to"]  # fmt: skip

    def narrow(self) -> None:
        self.offer("user", User.objects.filter(agency=self.user.agency_id))

    def clean_nip(self) -> str:
        nip = self.cleaned_data["nip"].replace(" ", "")
        if nip and not (nip.isdecimal() and len(nip) == 18):
            raise forms.ValidationError(_("NIP terdiri atas 18 angka."))
        return nip


class TeamForm(MasterForm):
    class Meta:
        model = Team
        fields = ["name", "level", "regions", "is_active"]

    def narrow(self) -> None:
        offer_regions(
            self.fields["regions"], Region.objects.exclude(level=Region.Level.VILLAGE)
        )


class DecreeForm(MasterForm):
    class Meta:
        model = Decree
        fields = ["team", "number", "signed_on", "valid_from", "valid_to"]

    def narrow(self) -> None:
        self.offer("team", Team.objects.visible_to(self.user))


class MembershipForm(MasterForm):
    class Meta:
        model = Membership
        fields = ["team", "agency", "role", "post", "valid_from", "valid_to"]

    def narrow(self) -> None:
        self.offer("team", Team.objects.visible_to(self.user))
        self.offer("agency", Agency.objects.visible_to(self.user))
        self.fields["agency"].widget.attrs |= FILTER


class HolidayForm(MasterForm):
    class Meta:
        model = Holiday
        fields = ["date", "name", "kind", "decree"]


class RegionForm(MasterForm):
    class Meta:
        model = Region
        fields = ["aliases"]


class OfficeForm(MasterForm):
    logo_file = forms.FileField(
        label=_("Logo baru (PNG atau JPEG)"),
        required=False,
        help_text=_("Paling besar 2 MB; dicetak pada kop surat."),
    )

    class Meta:
        model = Office
        fields = [
            "letterhead", "address", "city", "website", "email", "phone", "unit_code",
            "time_zone", "work_regions", "review_days", "collective_leave_is_free",
            "legal_bases", "data_protection_contact",
        ]  # fmt: skip
        help_texts = {
            "unit_code": _(
                "Menggantikan {unit} pada pola nomor, misalnya WIM.12.IMI.IMI.3."
            ),
        }

    def narrow(self) -> None:
        offer_regions(
            self.fields["work_regions"],
            Region.objects.exclude(level=Region.Level.VILLAGE),
        )
        self.fields["letterhead"].widget.attrs["rows"] = 5
        self.fields["legal_bases"].widget.attrs["rows"] = 6

    @property
    def helper(self) -> FormHelper:
        """The letterhead as it is printed, then the rules of the house."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        half = "col-sm-6"
        helper.layout = Layout(
            Fieldset(
                str(_("Kop surat")),
                "logo_file",
                "letterhead",
                "address",
                Row(Column("website", css_class=half), Column("email", css_class=half)),
                Row(Column("phone", css_class=half), Column("city", css_class=half)),
            ),
            Fieldset(
                str(_("Surat dan rapat")),
                Row(Column("unit_code", css_class=half), Column("time_zone", css_class=half)),
                "legal_bases",
                "review_days",
                "collective_leave_is_free",
            ),
            Fieldset(str(_("Wilayah dan data pribadi")), "work_regions", "data_protection_contact"),
            "seen",
        )  # fmt: skip
        return helper

    def clean_logo_file(self) -> bytes | None:
        """The logo as a small PNG made by us; nothing of the uploaded bytes is kept."""
        file: UploadedFile | None = self.cleaned_data["logo_file"]
        if not file:
            return None
        if (file.size or 0) > MOST_LOGO_BYTES:
            raise forms.ValidationError(_("Logo terlalu besar; batasnya 2 MB."))
        try:
            picture = open_picture(file.read(), formats=("PNG", "JPEG"))
        except ValueError as error:
            raise forms.ValidationError(
                _("Logo ini bukan gambar PNG atau JPEG yang utuh.")
            ) from error
        picture.thumbnail((400, 400))
        made = BytesIO()
        picture.convert("RGBA").save(made, "PNG", optimize=True)
        return made.getvalue()


class AccountForm(forms.ModelForm):
    """Who somebody is; the password is never typed here."""

    class Meta:
        model = User
        fields = ["email", "name", "role", "agency", "post", "rank", "nip", "phone"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.visible_to(user)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["agency"].widget.attrs |= FILTER
        if self.instance.pk:
            del self.fields["email"]

    def validate_unique(self) -> None:
        """The service says it, whatever the case of the letters."""

    def clean_nip(self) -> str:
        nip = self.cleaned_data["nip"].replace(" ", "")
        if nip and not nip.isdecimal():
            raise forms.ValidationError(_("NIP/NRP hanya berisi angka."))
        return nip
