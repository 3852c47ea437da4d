import datetime as dt
import uuid
from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.choices import FILTER, offer_regions
from agencies.models import Agency, Region, Team, User
from documents.models import Classification
from meetings.models import AgendaItem, Invitation, Meeting, MeetingTemplate


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ScheduleForm(forms.Form):
    """When and where: a date and two times in the zone of the office."""

    day = forms.DateField(label=_("Tanggal"), widget=date_input())
    start = forms.TimeField(label=_("Mulai"), widget=time_input())
    end = forms.TimeField(label=_("Selesai"), widget=time_input())
    venue = forms.CharField(label=_("Tempat"), max_length=200)
    venue_region = forms.ModelChoiceField(
        Region.objects.none(),
        label=_("Wilayah tempat"),
        required=False,
        help_text=_("Boleh di luar wilayah yang dibahas."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        offer_regions(self.fields["venue_region"], regions_near(user))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, start, end = (cleaned.pop(name, None) for name in ("day", "start", "end"))
        if not (day and start and end):
            return cleaned
        cleaned["starts_at"] = timezone.make_aware(dt.datetime.combine(day, start))
        cleaned["ends_at"] = timezone.make_aware(dt.datetime.combine(day, end))
        if cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("end", _("Jam selesai harus setelah jam mulai."))
        elif cleaned["starts_at"] <= timezone.now():
            self.add_error(
                "day", _("Tanggal dan jam ini sudah lewat. Pilih waktu mendatang.")
            )
        return cleaned


def regions_near(user: User) -> Any:
    """Province, regencies and sub-districts of the office's province, 164 in Banten;
    those in which the office works come first."""
    codes = list(
        Region.objects.filter(offices=user.office_id).values_list("code", flat=True)
    )
    provinces = {code[:2] for code in codes}
    own = Q(code__in=codes) | Q(parent__in=codes)
    return (
        Region.objects.within_any(provinces)
        .exclude(level=Region.Level.VILLAGE)
        .order_by(Case(When(own, then=Value(0)), default=Value(1)), "code")
    )


class MeetingForm(ScheduleForm):
    kind = forms.ChoiceField(label=_("Jenis kegiatan"), choices=Meeting.Kind)
    title = forms.CharField(label=_("Nama rapat"), max_length=200)
    theme = forms.CharField(label=_("Tema"), max_length=250, required=False)
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Tim"))
    level = forms.ChoiceField(label=_("Tingkat"), choices=Team.Level)
    scope_regions = forms.ModelMultipleChoiceField(
        Region.objects.none(),
        label=_("Wilayah yang dibahas"),
        required=False,
        help_text=_("Kosongkan untuk seluruh wilayah tim."),
    )
    chair = forms.ModelChoiceField(
        User.objects.none(), label=_("Pimpinan rapat"), required=False
    )
    secretary = forms.ModelChoiceField(
        User.objects.none(), label=_("Sekretaris"), required=False
    )
    minute_taker = forms.ModelChoiceField(
        User.objects.none(), label=_("Notulis"), required=False
    )
    classification = forms.ChoiceField(
        label=_("Klasifikasi"),
        choices=Classification,
    )
    attire = forms.CharField(label=_("Pakaian"), max_length=120, required=False)
    contact = forms.CharField(
        label=_("Narahubung panitia"), max_length=150, required=False
    )
    request = forms.CharField(
        label=_("Permintaan kepada peserta"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Misalnya data yang perlu dibawa; tercetak pada undangan."),
    )
    legal_bases = forms.CharField(
        label=_("Dasar hukum"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu dasar hukum per baris."),
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    field_order = (
        "kind",
        "title",
        "theme",
        "team",
        "level",
        "scope_regions",
        "day",
        "start",
        "end",
        "venue",
        "venue_region",
        "chair",
        "secretary",
        "minute_taker",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        choices: dict[str, Any] = {
            "team": Team.objects.visible_to(user).filter(is_active=True),
        }
        workers = User.objects.working_at(user.agency_id)
        choices |= dict.fromkeys(("chair", "secretary", "minute_taker"), workers)
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        offer_regions(self.fields["scope_regions"], regions_near(user))

    @property
    def helper(self) -> FormHelper:
        """The order in which an officer thinks: what, when and where, who, what to say."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(
            Fieldset(
                str(_("Kegiatan")),
                Row(Column("kind", css_class="col-sm-6"), Column("classification", css_class="col-sm-6")),
                "title",
                "theme",
                Row(Column("team", css_class="col-sm-6"), Column("level", css_class="col-sm-6")),
                "scope_regions",
            ),
            Fieldset(
                str(_("Waktu dan tempat")),
                Row(Column("day", css_class="col-sm-6"), Column("start", css_class="col-6 col-sm-3"), Column("end", css_class="col-6 col-sm-3")),
                Row(Column("venue", css_class="col-sm-6"), Column("venue_region", css_class="col-sm-6")),
            ),
            Fieldset(
                str(_("Petugas rapat")),
                Row(*(Column(name, css_class="col-sm-4") for name in ("chair", "secretary", "minute_taker"))),
            ),
            Fieldset(
                str(_("Isi undangan")),
                Row(Column("attire", css_class="col-sm-6"), Column("contact", css_class="col-sm-6")),
                "request",
                "legal_bases",
            ),
            "form_token",
            "revision",
        )  # fmt: skip
        return helper


class RescheduleForm(ScheduleForm):
    reason = forms.CharField(
        label=_("Alasan perubahan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Terbaca pada riwayat surat undangan."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan pembatalan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Terkirim kepada semua instansi yang sudah diundang."),
    )


class AgendaItemForm(forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields = ["kind", "title", "presenter", "minutes"]

    def clean_minutes(self) -> int:
        minutes = self.cleaned_data["minutes"]
        if not 1 <= minutes <= 600:
            raise forms.ValidationError(_("Isi durasi 1 sampai 600 menit."))
        return minutes


class InviteeForm(forms.ModelForm):
    """One more agency; ``role`` says whether it sits in the decree."""

    class Meta:
        model = Invitation
        fields = ["agency", "role", "addressee", "email"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.visible_to(user).exclude(office=user.office_id)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["agency"].widget.attrs |= FILTER
        self.fields["role"].initial = Invitation.Role.GUEST

    def validate_unique(self) -> None:
        """The service says it with the agency's name."""


class EditInviteeForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["role", "addressee", "email"]


class SendForm(forms.Form):
    """Carries the revision that was checked; the tick accepts what is merely odd."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    accepts_warnings = forms.BooleanField(
        label=_("Saya sudah membaca peringatan di atas dan tetap mengirim."),
        required=False,
    )


class TemplateForm(forms.Form):
    name = forms.CharField(label=_("Nama templat"), max_length=100)


class MeetingFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Cari"), method="by_text")
    state = django_filters.ChoiceFilter(
        label=_("Status"), choices=Meeting.State, empty_label=_("Semua")
    )
    tahun = django_filters.NumberFilter(
        label=_("Tahun"),
        field_name="starts_at",
        lookup_expr="year",
        min_value=2000,
        max_value=2100,
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def by_text(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(Q(title__icontains=value) | Q(venue__icontains=value))


def templates_of(user: User) -> Any:
    return MeetingTemplate.objects.filter(office=user.office_id)
