"""Approved minutes as data for other programs, from the frozen circulation copy alone.

The shape is published (``meetings/data/notula-1.schema.json``) and changes only under a
new version; what the snapshot holds besides never leaves with it.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from documents.models import DocumentVersion
from meetings.models import Minutes
from meetings.services.minutes_snapshot import Audience
from timpora.dates import local_date

Json = dict[str, Any]

FORMAT_VERSION = 1
SCHEMA = Path(__file__).parent.parent / "data" / "notula-1.schema.json"


@cache
def schema_text() -> str:
    return SCHEMA.read_text(encoding="utf-8")


def schema_address() -> str:
    return settings.SITE_URL + reverse("meetings:minutes_schema")


def data_of(minutes: Minutes, version: DocumentVersion) -> Json:
    """What the circulation copy ``version`` says, as the published schema has it."""
    snapshot = version.snapshot
    if snapshot["audience"] != Audience.CIRCULATION:
        raise ValueError("Only the circulation copy leaves as data")
    return {
        "$schema": schema_address(),
        "format": "timpora-notula",
        "format_version": FORMAT_VERSION,
        "document": _document(snapshot, version),
        "meeting": _meeting(snapshot, minutes),
        "people": {
            role: _person(person) for role, person in snapshot["people"].items()
        },
        "signer": _signer(snapshot),
        "attendance": [_line(row) for row in snapshot["attendance"]["rows"]],
        "agenda": [_section(section) for section in snapshot["sections"]],
        "carried_follow_ups": [_carried(row) for row in snapshot["carried"]],
        "consents": [
            {"form": row["form"], "agencies": row["agencies"]}
            for row in snapshot["consents"]
        ],
        "photos": [
            {"caption": photo["caption"], "sha256": photo["sha256"]}
            for photo in snapshot["photos"]
        ],
        "closing": snapshot["closing"],
        "withheld": snapshot["withheld"],
    }


def as_text(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


def _document(snapshot: Json, version: DocumentVersion) -> Json:
    told = snapshot["document"]
    approved = local_date(version.created_at, snapshot["office"]["zone"])
    return {
        "number": told["number"],
        "title": told["title"],
        "version": told["version"],
        "approved_on": approved.isoformat(),
        "correction_reason": snapshot["correction_reason"],
        "verify_url": told["verify_url"],
        "sha256": version.sha256,
    }


def _meeting(snapshot: Json, minutes: Minutes) -> Json:
    told = snapshot["meeting"]
    names = (
        "title", "theme", "kind", "level", "team", "scope", "date", "starts", "ends",
        "venue", "venue_region", "office", "city", "legal_bases",
    )  # fmt: skip
    return {"id": str(minutes.meeting.uid)} | {name: told[name] for name in names}


def _person(person: Json | None) -> Json | None:
    return person and {"name": person["name"], "post": person["post"]}


def _signer(snapshot: Json) -> Json:
    signer = snapshot["signer"]
    return {name: signer[name] for name in ("name", "post", "capacity")}


def _line(row: Json) -> Json:
    names = ("agency", "short_name", "guest", "state", "came", "walk_in", "person", "post")  # fmt: skip
    return {name: row[name] for name in names}


def _section(section: Json) -> Json:
    return {
        "title": section["title"],
        "kind": section["kind"],
        "presenter": section["presenter"],
        "withheld": section["withheld"],
        "entries": [_entry(entry) for entry in section["entries"]],
    }


def _entry(entry: Json) -> Json:
    return {
        "id": entry["key"],
        "kind": entry["kind"],
        "number": entry["number"],
        "agency": entry["agency"],
        "speaker": entry["speaker"],
        "text": entry["text"],
        "owner": entry["owner"],
        "due_on": entry["due_on"] or None,
        "answers": [_entry(answer) for answer in entry.get("answers", [])],
    }


def _carried(row: Json) -> Json:
    return {
        "id": row["key"],
        "text": row["text"],
        "owner": row["owner"],
        "due_on": row["due_on"],
        "is_done": row["is_done"],
        "is_overdue": row["is_overdue"],
    }
