import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from meetings.models import Attendance, Meeting
from meetings.services.rollcall import Statement

State = Attendance.State


class MarkForm(forms.Form):
    """One tap: the state, and the revision of the line that the thumb was aimed at."""

    state = forms.ChoiceField(choices=[c for c in State.choices if c[0]])
    revision = forms.IntegerField()


class PersonFields(forms.Form):
    """Who sits there, as written on the sheet."""

    person = forms.CharField(label=_("Nama"), max_length=120, required=False)
    person_post = forms.CharField(label=_("Jabatan"), max_length=120, required=False)
    person_rank = forms.CharField(
        label=_("Pangkat/golongan"), max_length=80, required=False
    )
    person_nip = forms.CharField(
        label=_("NIP/NRP"),
        # As written by hand, in groups; the digits alone are kept.
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    phone = forms.CharField(
        label=_("No. HP"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("Hanya untuk panitia; tidak tercetak pada daftar hadir."),
    )

    def clean_person_nip(self) -> str:
        nip = str(self.cleaned_data["person_nip"]).replace(" ", "")
        if nip and not (nip.isascii() and nip.isdigit() and len(nip) <= 18):
            raise forms.ValidationError(
                _("NIP/NRP hanya berisi angka, paling banyak 18.")
            )
        return nip


class TimesOfTheDay(forms.Form):
    """Arrival and departure as clock times of the meeting's day, in its office's zone."""

    arrived = forms.TimeField(
        label=_("Jam datang"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    left = forms.TimeField(
        label=_("Jam pulang"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    meeting: Meeting
    # What the line holds: a minute typed unchanged keeps its seconds.
    kept: tuple[dt.datetime | None, ...] = ()

    def clean_arrived(self) -> dt.datetime | None:
        return self._moment(self.cleaned_data["arrived"])

    def clean_left(self) -> dt.datetime | None:
        moment = self._moment(self.cleaned_data["left"])
        arrived = self.cleaned_data.get("arrived")
        if moment and arrived and moment < arrived:
            raise forms.ValidationError(_("Jam pulang lebih awal dari jam datang."))
        return moment

    def _moment(self, time: dt.time | None) -> dt.datetime | None:
        if time is None:
            return None
        zone = ZoneInfo(self.meeting.office.time_zone)
        for kept in self.kept:
            if kept and f"{kept.astimezone(zone):%H:%M}" == f"{time:%H:%M}":
                return kept
        moment = dt.datetime.combine(self.meeting.day, time, tzinfo=zone)
        if moment > timezone.now():
            raise forms.ValidationError(_("Jam ini belum lewat."))
        return moment


class LineForm(TimesOfTheDay, PersonFields):
    """Everything that one line of the sheet says, and why it is corrected."""

    state = forms.ChoiceField(
        label=_("Kehadiran"), choices=State.choices, required=False
    )
    reason = forms.CharField(
        label=_("Alasan izin"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    correction = forms.CharField(
        label=_("Alasan perbaikan"),
        max_length=500,
        required=False,
        help_text=_("Wajib bila yang sudah tercatat berubah; masuk jejak audit."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    field_order = [
        "state",
        "reason",
        "person",
        "person_post",
        "person_rank",
        "person_nip",
        "phone",
        "arrived",
        "left",
        "correction",
    ]

    def __init__(
        self, *args: Any, meeting: Meeting, said: Statement, **kwargs: Any
    ) -> None:
        zone = ZoneInfo(meeting.office.time_zone)
        self.meeting = meeting
        self.kept = (said.arrived_at, said.left_at)
        values = {name: getattr(said, name) for name in STATED}
        values["arrived"] = said.arrived_at and said.arrived_at.astimezone(zone)
        values["left"] = said.left_at and said.left_at.astimezone(zone)
        kwargs["initial"] = values | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    @property
    def statement(self) -> Statement:
        return _statement(self.cleaned_data)


class WalkInForm(TimesOfTheDay, PersonFields):
    """A guest whom nobody invited, from the directory or in the guest's own words."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Instansi"),
        required=False,
        empty_label=_("— tidak ada dalam direktori —"),
    )
    agency_text = forms.CharField(
        label=_("Instansi lain"),
        max_length=150,
        required=False,
        help_text=_("Diisi bila instansi tidak ada dalam direktori."),
    )
    state = forms.ChoiceField(
        label=_("Kehadiran"),
        choices=[c for c in State.choices if c[0] in Attendance.CAME],
        initial=State.PRESENT,
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    field_order = ["agency", "agency_text", "state", "person", "person_post"]

    def __init__(
        self, *args: Any, meeting: Meeting, agencies: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        del self.fields["left"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        agency, text = cleaned.get("agency"), cleaned.get("agency_text")
        if not agency and not text and "agency" not in self.errors:
            self.add_error("agency", _("Pilih instansi atau tulis namanya."))
        if not cleaned.get("person") and not (agency and agency.withholds_names):
            self.add_error("person", _("Tulis nama tamu."))
        return cleaned

    @property
    def statement(self) -> Statement:
        return _statement(self.cleaned_data)


STATED = (
    "state",
    "person",
    "person_rank",
    "person_nip",
    "person_post",
    "phone",
    "reason",
)


def _statement(cleaned: dict[str, Any]) -> Statement:
    return Statement(
        **{name: cleaned.get(name, "") for name in STATED},
        arrived_at=cleaned.get("arrived"),
        left_at=cleaned.get("left"),
    )
