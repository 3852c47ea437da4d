"""Papers that archives, screen readers and courts can trust: every kind, judged by others."""

import socket
from pathlib import Path

import outloud
import page
import pytest

from documents.models import Document
from documents.services.rendering import draw
from timpora.tests.every_paper import PAPERS, letterhead

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PROFILES = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)


@pytest.fixture
def no_network(monkeypatch):
    """Whatever leaves this machine fails; the database is on it."""
    connect = socket.socket.connect

    def refuse(self, address):
        if self.family == socket.AF_INET and address[0] not in {"127.0.0.1"}:
            raise AssertionError(f"A paper asked {address}.")
        return connect(self, address)

    def resolve(*args, **kwargs):
        raise AssertionError(f"A paper asked for a name: {args}.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def complaints(content: bytes, folder: Path) -> list[str]:
    """What the two checkers find: failures of PDF/A-3a and PDF/UA-1, errors in reading."""
    found = [
        f"{profile}: {failure.rule_id} {failure.message}"
        for profile in PROFILES
        for failure in page.validate_pdf_bytes(content, profile=profile).failures
    ]
    path = folder / "berkas.pdf"
    path.write_bytes(content)
    return found + [
        f"{finding.rule} {finding.message}"
        for finding in outloud.check(str(path)).findings
        if finding.severity == "error"
    ]


def test_every_kind_of_paper_has_its_row():
    assert set(PAPERS) == set(Document.Kind)


@pytest.mark.parametrize("kind", PAPERS)
def test_paper_is_pdf_a_and_pdf_ua(kind, tmp_path, no_network):
    version = PAPERS[kind](letterhead)

    content = draw(version)

    assert version.document.kind == kind
    assert complaints(content, tmp_path) == []
    assert draw(version) == content
