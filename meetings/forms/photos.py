from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from documents.models import Classification
from meetings.models import AgendaItem, Meeting


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Each file checked like a single one."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]


class PhotosForm(forms.Form):
    photos = SeveralFilesField(
        label=_("Foto"),
        widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("Boleh beberapa sekaligus. Lokasi dan data kamera dihapus."),
        error_messages={"required": _("Pilih foto.")},
    )
    caption = forms.CharField(
        label=_("Keterangan foto"),
        max_length=200,
        error_messages={"required": _("Tulis keterangan foto.")},
    )


class CaptionForm(forms.Form):
    caption = forms.CharField(
        label=_("Keterangan foto"),
        max_length=200,
        error_messages={"required": _("Tulis keterangan foto.")},
    )


class MaterialForm(forms.Form):
    item = forms.ModelChoiceField(
        AgendaItem.objects.none(), label=_("Mata acara"), empty_label=None
    )
    file = forms.FileField(
        label=_("Berkas paparan"),
        help_text=_("PDF atau PowerPoint (.pptx), paling besar 20 MB."),
        error_messages={"required": _("Pilih berkas.")},
    )
    classification = forms.ChoiceField(
        label=_("Klasifikasi"), choices=Classification.choices
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.agenda.all()  # type: ignore[attr-defined]
