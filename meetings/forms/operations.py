from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.villages import WrittenVillageField
from agencies.models import Office, User
from agencies.queries.villages import label_of, villages_of
from meetings.models import Meeting, Operation, OperationPlace
from timpora.files import MultipleFileField, MultipleFileInput


def long_text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=10_000,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class OperationForm(forms.Form):
    """The order and the words of the laporan kegiatan."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    order_number = forms.CharField(
        label=_("Nomor surat tugas/surat perintah"), max_length=120, required=False
    )
    ordered_on = forms.DateField(
        label=_("Tanggal surat"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    leader = forms.ModelChoiceField(
        User.objects.none(), label=_("Ketua tim"), required=False
    )
    purpose = long_text(_("Maksud dan tujuan"))
    course = long_text(
        _("Pelaksanaan"),
        _("Jalannya operasi; hasil tiap tempat tercetak dari daftar di atas."),
    )
    obstacles = long_text(_("Kendala"))
    advice = long_text(_("Saran/rekomendasi"))
    closing = long_text(_("Penutup"), _("Kosongkan untuk kalimat penutup yang lazim."))

    def __init__(
        self, data: Any = None, *, meeting: Meeting, operation: Operation
    ) -> None:
        initial = {name: getattr(operation, name) for name in self.base_fields}
        super().__init__(data, initial=initial | {"leader": operation.leader_id})
        self.fields["leader"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            agency=meeting.office_id,
            is_active=True,
            role__in=[User.Role.OFFICER, User.Role.SECTION_HEAD, User.Role.CHIEF],
        )


class PlaceForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    place = forms.CharField(label=_("Tempat"), max_length=200)
    region = WrittenVillageField()
    team = forms.CharField(
        label=_("Tim"),
        max_length=250,
        required=False,
        help_text=_("Instansi yang ikut, misalnya Kanim, Polres, Disnaker."),
    )
    planned_at = time_field(_("Rencana jam"))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.villages = villages_of(Office.objects.filter(pk=meeting.office_id))
        self.fields["region"].villages = self.villages  # type: ignore[attr-defined]


def current_place(place: OperationPlace) -> dict[str, Any]:
    return {
        "revision": place.revision,
        "place": place.place,
        "region": label_of(place.region) if place.region else "",
        "team": place.team,
        "planned_at": place.planned_at,
    }


class ResultForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.ChoiceField(
        label=_("Hasil"),
        choices=[choice for choice in OperationPlace.Result.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    visited_at = time_field(_("Jam kunjungan"))
    note = forms.CharField(
        label=_("Keterangan"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Tanpa nama orang asing. Wajib bila dihentikan."),
    )
    photos = MultipleFileField(
        label=_("Foto kegiatan"),
        required=False,
        widget=MultipleFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("Tercetak pada lampiran laporan; lokasi dan data kamera dihapus."),
    )


class PlaceFindingForm(forms.Form):
    """One tap; the key makes two taps one draft."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class ReportForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan perbaikan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
