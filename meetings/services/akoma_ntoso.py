"""Approved minutes as an Akoma Ntoso debate record, from the published data alone.

The element that earlier drafts of the standard called ``debateRecord`` is ``debate`` in
version 3.0, whose official schema knows no other.
"""

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

from django.utils.text import slugify

from meetings.services.minutes_data import Json
from timpora.dates import long_date

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
MEDIA_TYPE = "application/akn+xml"
ET.register_namespace("", NAMESPACE)

# What XML 1.0 cannot hold, not even escaped.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SPEECHES = {"pertanyaan": "question", "jawaban": "answer"}
ROLES = {
    "chair": ("pimpinan", "Pimpinan rapat"),
    "secretary": ("sekretaris", "Sekretaris"),
    "minute_taker": ("notulis", "Notulis"),
    "signer": ("pengesah", "Pengesah"),
}
# Settled rather than said: blocks of their own name.
SETTLED = {"keputusan", "tindak_lanjut"}


def clean(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)


def debate_record(data: Json) -> bytes:
    """The document as UTF-8; the same data gives the same bytes."""
    return _Writer(data).written()


class _Writer:
    """One record while it is written: its elements and whom they refer to."""

    def __init__(self, data: Json) -> None:
        self.data = data
        self.organizations: dict[str, str] = {}
        self.persons: dict[tuple[str, str], str] = {}

    def written(self) -> bytes:
        root = ET.Element(_name("akomaNtoso"))
        record = _add(root, "debate", name="notula", contains="singleVersion")
        meta = _add(record, "meta")
        self.office = self.organization(self.data["meeting"]["office"])
        self.identify(meta)
        references = _add(meta, "references", source="#timpora")
        self.preface(record)
        self.body(record)
        self.conclusions(record)
        # Last, for only now everybody who is named is known.
        self.refer(references)
        text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return text

    # --- whom and what it is about ---

    def organization(self, name: str) -> str:
        """The reference to a body, which is made when it is first named."""
        number = len(self.organizations) + 1
        return "#" + self.organizations.setdefault(name, f"org-{number}")

    def person(self, name: str, agency: str) -> str:
        number = len(self.persons) + 1
        return "#" + self.persons.setdefault((name, agency), f"person-{number}")

    def refer(self, references: ET.Element) -> None:
        for name, key in self.organizations.items():
            self.reference(references, "TLCOrganization", key, "organization", name)
        for (name, _agency), key in self.persons.items():
            self.reference(references, "TLCPerson", key, "person", name)
        self.reference(
            references, "TLCOrganization", "timpora", "organization", "TIMPORA"
        )
        for key, shown in ROLES.values():
            self.reference(references, "TLCRole", key, "role", shown)

    def reference(
        self, parent: ET.Element, tag: str, key: str, ontology: str, shown: str
    ) -> None:
        slug = slugify(shown) or key
        _add(
            parent,
            tag,
            eId=key,
            href=f"/akn/ontology/{ontology}/id/{slug}",
            showAs=shown or key,
        )

    def identify(self, meta: ET.Element) -> None:
        """FRBR: the meeting's minutes, this version of them, this file of it."""
        document, meeting = self.data["document"], self.data["meeting"]
        work = f"/akn/id/debate/notula/{meeting['date']}/{meeting['id']}"
        expression = f"{work}/ind@{document['approved_on']}"
        identification = _add(meta, "identification", source="#timpora")
        about = _add(identification, "FRBRWork")
        self.core(about, f"{work}/!main", work, meeting["date"], "rapat", self.office)
        _add(about, "FRBRcountry", value="id")
        _add(about, "FRBRsubtype", value="notula")
        if document["number"]:
            _add(about, "FRBRnumber", value=document["number"])
        _add(about, "FRBRname", value=meeting["title"])
        about = _add(identification, "FRBRExpression")
        approved = document["approved_on"]
        self.core(
            about,
            f"{expression}/!main",
            expression,
            approved,
            "pengesahan",
            self.office,
            alias=document["verify_url"],
        )
        _add(about, "FRBRversionNumber", value=str(document["version"]))
        _add(about, "FRBRlanguage", language="ind")
        about = _add(identification, "FRBRManifestation")
        self.core(
            about,
            f"{expression}/!main.xml",
            f"{expression}.xml",
            approved,
            "XML",
            "#timpora",
        )
        _add(about, "FRBRformat", value=MEDIA_TYPE)

    def core(
        self,
        parent: ET.Element,
        this: str,
        uri: str,
        date: str,
        name: str,
        author: str,
        *,
        alias: str = "",
    ) -> None:
        _add(parent, "FRBRthis", value=this)
        _add(parent, "FRBRuri", value=uri)
        if alias:
            _add(parent, "FRBRalias", value=alias, name="verifikasi")
        _add(parent, "FRBRdate", date=date, name=name)
        _add(parent, "FRBRauthor", href=author)

    # --- what it says ---

    def preface(self, record: ET.Element) -> None:
        document, meeting = self.data["document"], self.data["meeting"]
        preface = _add(record, "preface")
        _add(_add(preface, "p"), "docTitle", meeting["title"])
        if document["number"]:
            _add(_add(preface, "p"), "docNumber", document["number"])
        day = dt.date.fromisoformat(meeting["date"])
        _add(_add(preface, "p"), "docDate", long_date(day), date=meeting["date"])
        place = ", ".join(filter(None, [meeting["venue"], meeting["venue_region"]]))
        for text in (meeting["theme"], place, *meeting["legal_bases"]):
            if text:
                _add(preface, "p", text)
        for role, person in self.data["people"].items():
            if person:
                line = _add(preface, "p")
                _say(line, f"{ROLES[role][1]}: ")
                self.holder(line, role, person)
        if document["correction_reason"]:
            _add(preface, "p", f"Perbaikan: {document['correction_reason']}")

    def body(self, record: ET.Element) -> None:
        body = _add(record, "debateBody")
        call = _add(body, "rollCall", eId="rollcall_1")
        _add(call, "heading", "Daftar hadir")
        for number, line in enumerate(self.data["attendance"], 1):
            self.attendance(call, line, f"rollcall_1__p_{number}")
        if not self.data["attendance"]:
            _add(call, "p", "Tidak ada baris.", eId="rollcall_1__p_1")
        for number, section in enumerate(self.data["agenda"], 1):
            self.section(body, section, f"dbsect_{number}")

    def attendance(self, call: ET.Element, line: Json, key: str) -> None:
        row = _add(call, "p", eId=key)
        _inline(row, "organization", line["agency"], self.organization(line["agency"]))
        if line["person"]:
            _say(row, ": ")
            who = self.person(line["person"], line["agency"])
            _inline(row, "person", line["person"], who)
            _say(row, f", {line['post']}" if line["post"] else "")
        _say(row, f" ({line['state'].replace('_', ' ') or 'belum diketahui'})")

    def section(self, body: ET.Element, section: Json, key: str) -> None:
        part = _add(body, "debateSection", eId=key, name=section["kind"])
        _add(part, "heading", section["title"] or "Mata acara")
        if section["presenter"]:
            _add(part, "narrative", f"Pelaksana: {section['presenter']}")
        if section["withheld"]:
            _add(
                part, "narrative", f"{section['withheld']} butir terbatas tidak dimuat."
            )
        for number, (entry, asker) in enumerate(_in_order(section["entries"]), 1):
            self.entry(part, entry, asker, f"{key}__entry_{number}")

    def entry(
        self, part: ET.Element, entry: Json, asker: Json | None, key: str
    ) -> None:
        if entry["kind"] == "catatan":
            _add(part, "narrative", entry["text"] or "–", eId=key)
        elif entry["kind"] in SETTLED:
            self.settled(part, entry, key)
        else:
            self.speech(part, entry, asker, key)

    def speech(
        self, part: ET.Element, entry: Json, asker: Json | None, key: str
    ) -> None:
        tag = SPEECHES.get(entry["kind"], "speech")
        said = _add(part, tag, eId=key, by=self.speaker(entry))
        if entry["kind"] == "temuan":
            said.set("class", "temuan")
        if asker is not None:
            said.set("to", self.speaker(asker))
        _add(said, "from", self.shown_speaker(entry))
        for number, text in enumerate(_paragraphs(entry["text"]), 1):
            _add(said, "p", text, eId=f"{key}__p_{number}")

    def speaker(self, entry: Json) -> str:
        if entry["speaker"]:
            return self.person(entry["speaker"], entry["agency"])
        return self.organization(entry["agency"]) if entry["agency"] else self.office

    def shown_speaker(self, entry: Json) -> str:
        agency = entry["agency"] or self.data["meeting"]["office"]
        return f"{entry['speaker']} ({agency})" if entry["speaker"] else agency

    def settled(self, part: ET.Element, entry: Json, key: str) -> None:
        """A decision or follow-up, with who owes it by when."""
        block = _add(part, "block", name=entry["kind"], eId=key)
        if entry["number"]:
            block.set("class", f"nomor-{entry['number']}")
        _say(block, entry["text"])
        if entry["owner"]:
            _say(block, " Penanggung jawab: ")
            owner = self.organization(entry["owner"])
            _inline(block, "organization", entry["owner"], owner)
            _say(block, ".")
        if entry["due_on"]:
            _say(block, " Tenggat: ")
            day = dt.date.fromisoformat(entry["due_on"])
            _add(block, "date", long_date(day), date=entry["due_on"])
            _say(block, ".")

    def conclusions(self, record: ET.Element) -> None:
        signer = self.data["signer"]
        end = _add(record, "conclusions")
        for text in _paragraphs(self.data["closing"]):
            _add(end, "p", text)
        line = _add(end, "p")
        signature = _add(line, "signature")
        post = f"{signer['capacity']} {signer['post']}".strip()
        _say(signature, f"Disahkan oleh {post}, ")
        self.holder(signature, "signer", signer)

    def holder(self, parent: ET.Element, role: str, person: Json) -> None:
        """A person of the office in the role in which the minutes name them."""
        who = self.person(person["name"], self.data["meeting"]["office"])
        _inline(parent, "person", person["name"], who)
        parent[-1].set("as", f"#{ROLES[role][0]}")


def _in_order(entries: list[Json]) -> Iterator[tuple[Json, Json | None]]:
    """Each entry, its answers after it with the question that they answer."""
    for entry in entries:
        yield entry, None
        for answer in entry["answers"]:
            yield answer, entry


def _paragraphs(text: str) -> list[str]:
    return [part for part in map(str.strip, text.splitlines()) if part] or ["–"]


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _add(
    parent: ET.Element, tag: str, text: str | None = None, **attributes: str
) -> ET.Element:
    cleaned: dict[str, Any] = {name: clean(value) for name, value in attributes.items()}
    element = ET.SubElement(parent, _name(tag), cleaned)
    if text is not None:
        element.text = clean(text)
    return element


def _say(parent: ET.Element, text: str) -> None:
    """Words after whatever the element holds so far."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + clean(text)
    else:
        parent.text = (parent.text or "") + clean(text)


def _inline(parent: ET.Element, tag: str, text: str, refers_to: str) -> None:
    element = _add(parent, tag, text or "–", refersTo=refers_to)
    element.tail = ""
