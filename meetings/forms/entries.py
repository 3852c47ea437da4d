import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from documents.models import Classification
from meetings.models import AgendaItem, Entry, Minutes
from meetings.queries.minutes import speaking_agencies
from meetings.services.entries import Said

OWED = {Entry.Kind.DECISION, Entry.Kind.FOLLOW_UP}


class EntryForm(forms.Form):
    """One entry as typed, and the revision that it was typed over; 0 for a new one."""

    item = forms.ModelChoiceField(AgendaItem.objects.none(), label=_("Mata acara"))
    kind = forms.ChoiceField(
        label=_("Jenis"), choices=Entry.Kind.choices, initial=Entry.Kind.STATEMENT
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Instansi"), required=False
    )
    speaker = forms.CharField(label=_("Nama pembicara"), max_length=120, required=False)
    text = forms.CharField(
        label=_("Uraian"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    restricted_text = forms.CharField(
        label=_("Nama orang asing / catatan terbatas"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    classification = forms.ChoiceField(
        label=_("Klasifikasi"),
        choices=Classification.choices,
        initial=Classification.OPEN,
    )
    shared_with = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label=_("Boleh dibaca juga oleh"), required=False
    )
    answers = forms.ModelChoiceField(
        Entry.objects.none(), label=_("Menjawab pertanyaan"), required=False
    )
    owner = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Penanggung jawab"), required=False
    )
    due_on = forms.DateField(label=_("Tenggat"), required=False)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, minutes: Minutes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minutes = minutes
        agencies: Any = speaking_agencies(minutes.meeting)
        fields: dict[str, Any] = self.fields
        fields["item"].queryset = minutes.meeting.agenda.all()
        for name in ("agency", "owner", "shared_with"):
            fields[name].queryset = agencies
        fields["answers"].queryset = minutes.entries.filter(kind=Entry.Kind.QUESTION)

    def clean_due_on(self) -> dt.date | None:
        due_on: dt.date | None = self.cleaned_data["due_on"]
        if due_on and due_on < self.minutes.meeting.day:
            raise forms.ValidationError(_("Tenggat lebih awal dari hari rapat."))
        return due_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("text") or cleaned.get("restricted_text")) and not (
            self.errors.keys() & {"text", "restricted_text"}
        ):
            self.add_error("text", _("Tulis uraiannya."))
        return cleaned

    @property
    def said(self) -> Said:
        """What was typed, without what its kind or classification has no place for."""
        data = self.cleaned_data
        kind, agency = data["kind"], data["agency"]
        owed = kind in OWED
        secret = data["classification"] == Classification.SECRET
        return Said(
            item=data["item"],
            kind=kind,
            text=data["text"],
            agency=agency,
            speaker="" if _is_nameless(agency) else data["speaker"],
            restricted_text=data["restricted_text"],
            classification=data["classification"],
            answers=data["answers"] if kind == Entry.Kind.ANSWER else None,
            owner=data["owner"] if owed else None,
            due_on=data["due_on"] if owed else None,
            shared_with=frozenset(data["shared_with"] if secret else ()),
        )


def _is_nameless(agency: Agency | None) -> bool:
    return agency is not None and agency.withholds_names


def values_of(entry: Entry) -> dict[str, Any]:
    """The entry as the form shows it."""
    chosen = ("item", "agency", "owner", "answers")
    plain = EntryForm.base_fields.keys() - {*chosen, "shared_with"}
    return {
        **{name: getattr(entry, name) for name in plain},
        **{name: getattr(entry, f"{name}_id") for name in chosen},
        "shared_with": [agency.pk for agency in entry.shared_with.all()],
    }


class DeleteEntryForm(forms.Form):
    revision = forms.IntegerField(min_value=0)
