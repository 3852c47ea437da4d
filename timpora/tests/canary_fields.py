"""Every field of findings, cases, persons and meetings that can carry somebody's words.

Each has a word of the canaries in it, or stands here with the reason why it needs none.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from foreigners.models import Nationality
from foreigners.models.law import Dated
from timpora.vault import unseal

APPS = ("foreigners", "meetings")
TEXTS = (models.CharField, models.TextField, models.JSONField)

CODE = "A code or a digest of ours, no words."
NUMBER = "A number that tells nothing by itself; registers, mails and papers carry it."
DERIVED = "Made of another field by a hash, a key or a mask; its own test says how."
PICTURE = "A picture: who may fetch it is in the table of access."
OWN_FORM = "Fills the form of a new meeting, which only the office opens."

OPEN: dict[str, str] = {
    "foreigners.Case.number": NUMBER,
    "foreigners.CaseEvent.action": CODE,
    "foreigners.CaseEvent.receipt_sha256": CODE,
    "foreigners.Clock.reminded": CODE,
    "foreigners.Conference.criteria": CODE,
    "foreigners.Conference.materials": "Kinds and numbers of papers, no words of theirs.",
    "foreigners.Evidence.number": NUMBER,
    "foreigners.Evidence.sha256": CODE,
    "foreigners.Examination.examinee_signature": "Drawn in the BAP, sent nowhere else.",
    "foreigners.Finding.number": NUMBER,
    "foreigners.FindingPerson.document_number_hash": DERIVED,
    "foreigners.FindingPerson.document_number_masked": DERIVED,
    "foreigners.Merge.moved": CODE,
    "foreigners.NameKey.key": DERIVED,
    "foreigners.Reading.fields": "Names of fields, never what they held.",
    "foreigners.Reading.sha256": CODE,
    "foreigners.SavedFilter.query": "An address of a list, which answers by who asks.",
    "foreigners.SavedFilter.view": CODE,
    "foreigners.Settlement.seen": CODE,
    "foreigners.TravelDocument.confirmed_fields": "Names of fields.",
    "foreigners.TravelDocument.mrz_faults": "Names of fields.",
    "foreigners.TravelDocument.number_hash": DERIVED,
    "foreigners.TravelDocument.number_masked": DERIVED,
    "meetings.Attendance.signature": PICTURE,
    "meetings.AttendanceSheet.kind": CODE,
    "meetings.CalendarFeed.token_hash": DERIVED,
    "meetings.CalendarFeed.token_sealed": "A secret of its own; test_feeds says who gets it.",
    "meetings.CalendarFeed.told": CODE,
    "meetings.Invitation.token": "A secret of its own; test_checkin says who gets it.",
    "meetings.MeetingTemplate.name": OWN_FORM,
    "meetings.MeetingTemplate.title": OWN_FORM,
    "meetings.MeetingTemplate.theme": OWN_FORM,
    "meetings.MeetingTemplate.attire": OWN_FORM,
    "meetings.MeetingTemplate.request": OWN_FORM,
    "meetings.MeetingTemplate.agenda": OWN_FORM,
    "meetings.Photo.upload": PICTURE,
}


def is_law(model: type[models.Model]) -> bool:
    """What the law says is the same for everybody."""
    return issubclass(model, Dated | Nationality)


def fields() -> Iterator["models.Field[Any, Any]"]:
    """All that hold text or a file, own tables of links left out."""
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            if is_law(model):
                continue
            for field in [*model._meta.fields, *model._meta.many_to_many]:
                if holds_words(field):
                    yield field


def holds_words(field: "models.Field[Any, Any]") -> bool:
    if field.is_relation:
        return field.related_model._meta.label == "documents.Upload"
    return isinstance(field, TEXTS) and not field.choices


def label_of(field: "models.Field[Any, Any]") -> str:
    return f"{field.model._meta.label}.{field.name}"


def is_planted(field: "models.Field[Any, Any]", words: Iterable[str]) -> bool:
    name = f"{field.name}__name" if field.is_relation else field.name
    rows = field.model._default_manager.values_list(name, flat=True)
    values = {str(row) for row in rows if row}
    if field.name.endswith("_sealed"):
        values = {unseal(value) for value in values}
    return any(word in value for word in words for value in values)


def field_exists(label: str) -> bool:
    model, _dot, name = label.rpartition(".")
    try:
        return holds_words(apps.get_model(model)._meta.get_field(name))
    except (LookupError, FieldDoesNotExist):
        return False
