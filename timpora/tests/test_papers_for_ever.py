"""Papers that archives, screen readers and courts can trust: every kind, judged by others."""

import socket

import pytest

from agencies.models import User
from documents.models import Document, DocumentVersion
from documents.services.rendering import draw
from documents.services.signing import sign_seat
from documents.services.storing import stored
from documents.tests.certificates import certify_user
from timpora import pades
from timpora.tests.every_paper import PAPERS, letterhead
from timpora.tests.judges import complaints

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


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


def test_every_kind_of_paper_has_its_row():
    assert set(PAPERS) == set(Document.Kind)


@pytest.mark.parametrize("kind", PAPERS)
def test_paper_is_pdf_a_and_pdf_ua(kind, tmp_path, no_network):
    version = PAPERS[kind](letterhead)

    content = draw(version)

    assert version.document.kind == kind
    assert complaints(content, tmp_path) == []
    assert draw(version) == content


# Who came signs with a pen or a finger; a card of evidence says what the register says.
UNSIGNED = {
    Document.Kind.ATTENDANCE,
    Document.Kind.ATTENDANCE_BLANK,
    Document.Kind.EVIDENCE_CARD,
}


def certified(*signers: User) -> None:
    letterhead(*signers)
    for user in signers:
        certify_user(user)


def stages_of(version: DocumentVersion) -> list[bytes]:
    """The file after each signature."""
    lines = version.signatures.order_by("order")
    return [stored(line.file).read_bytes() for line in lines]


@pytest.mark.parametrize("kind", sorted(set(PAPERS) - UNSIGNED))
def test_signed_paper_is_pdf_a_and_pdf_ua(
    kind, tmp_path, no_network, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        version = PAPERS[kind](certified)
    for line in version.signatures.filter(state="diminta"):
        with django_capture_on_commit_callbacks(execute=True):
            sign_seat(line, by=line.user)
    version.refresh_from_db()

    drawn, *stages = [stored(version.file).read_bytes(), *stages_of(version)]

    assert [line.state for line in version.signatures.all()] == ["selesai"] * len(
        stages
    )
    assert len(stages) == (3 if version.document.kind.startswith("notula") else 1)
    assert complaints(drawn, tmp_path) == []
    for number, content in enumerate(stages, 1):
        found = pades.signatures(content)
        assert [one.is_intact for one in found] == [True] * number
        assert found[-1].covers_file
        assert pades.only_signed_since(content, before=len(drawn))
        assert all(
            # The checker wants each signature to cover the last byte. An earlier one
            # covered all there was; it did so in the stage before.
            number > 1 and "SIGNATURE-BYTERANGE" in complaint
            for complaint in complaints(content, tmp_path)
        )
