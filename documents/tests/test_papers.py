"""From issue to file to verification, with the real renderer."""

import datetime as dt
import hashlib
import re
import socket
from io import BytesIO

import pikepdf
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import TemplateDoesNotExist
from django.urls import reverse

from agencies.models import AuditEntry
from agencies.tests.factories import SignerFactory, UserFactory
from documents.models import Document, DocumentVersion
from documents.services.issuing import correct, issue
from documents.services.rendering import MOST_ATTEMPTS, draw, render_version
from documents.services.snapshots import letterhead_of, signer_of
from documents.services.storing import stored
from documents.tests.factories import DocumentVersionFactory, NumberPatternFactory
from timpora.pdf import FatalURLFetchingError, render_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def officer():
    pattern = NumberPatternFactory(kind=Document.Kind.MINUTES)
    return UserFactory(agency=pattern.office.agency)


def snapshot_of(office):
    return {
        "office": letterhead_of(office),
        "signer": signer_of(SignerFactory(office=office)),
    }


def issued(officer, capture):
    with capture(execute=True):
        return issue(
            office=officer.agency.office,
            kind=Document.Kind.MINUTES,
            title="Notula rapat koordinasi",
            dated_on=dt.date(2026, 3, 9),
            template="documents/paper.html",
            snapshot=snapshot_of(officer.agency.office),
            by=officer,
        )


def test_issued_paper_is_rendered_after_the_commit_and_carries_its_data(
    officer, django_capture_on_commit_callbacks
):
    version = issued(officer, django_capture_on_commit_callbacks)

    version.refresh_from_db()
    content = stored(version.file).read_bytes()
    text = pypdf.PdfReader(BytesIO(content)).pages[0].extract_text()
    assert (version.state, version.sha256) == (
        "ready",
        hashlib.sha256(content).hexdigest(),
    )
    assert "KANTOR IMIGRASI KELAS II TPI CILEGON" in text
    assert "Halaman 1 dari 1" in text
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.attachments["data.json"].get_file().read_bytes()
        assert str(pdf.Root.Lang) == "id"


def test_second_delivery_of_the_task_changes_nothing(
    officer, django_capture_on_commit_callbacks
):
    version = issued(officer, django_capture_on_commit_callbacks)
    version.refresh_from_db()
    before = (version.ready_at, version.attempts, version.sha256)

    render_version(version.pk)

    version.refresh_from_db()
    assert (version.ready_at, version.attempts, version.sha256) == before


def test_same_snapshot_gives_the_same_bytes_and_needs_no_network(
    officer, django_capture_on_commit_callbacks, monkeypatch
):
    version = issued(officer, django_capture_on_commit_callbacks)
    version.refresh_from_db()

    def refuse(*args, **kwargs):
        raise AssertionError("The renderer opened a connection.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert draw(version) == stored(version.file).read_bytes()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/x.png", "file:///etc/passwd", "upload:1"]
)
def test_paper_fetches_nothing_from_outside(url):
    with pytest.raises(FatalURLFetchingError):
        render_pdf(f'<img src="{url}" alt="">', css="css/paper.css", data={})


def test_paper_that_cannot_be_drawn_fails_with_a_reason_after_the_last_attempt():
    version = DocumentVersionFactory(
        template="tidak/ada.html",
        snapshot={"document": {"verify_url": "http://contoh.example/v/x/"}},
        attempts=MOST_ATTEMPTS - 1,
    )

    with pytest.raises(TemplateDoesNotExist):
        render_version(version.pk)

    version.refresh_from_db()
    assert version.state == "failed"
    assert version.error


def test_correction_keeps_the_old_bytes_and_stamps_a_copy(
    officer, client, django_capture_on_commit_callbacks
):
    first = issued(officer, django_capture_on_commit_callbacks)
    first.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        second = correct(
            first.document,
            snapshot=snapshot_of(officer.agency.office),
            reason="Salah tanggal.",
            by=officer,
            template="documents/paper.html",
        )

    old = DocumentVersion.objects.get(pk=first.pk)
    second.refresh_from_db()
    client.force_login(officer)
    stamped = b"".join(client.get(reverse("documents:download", args=[old.pk])))
    original = b"".join(
        client.get(reverse("documents:download", args=[old.pk]), {"asli": 1})
    )
    assert (second.version, second.state, second.reason) == (
        2,
        "ready",
        "Salah tanggal.",
    )
    assert hashlib.sha256(original).hexdigest() == old.sha256 == first.sha256
    assert "DIGANTI" in pypdf.PdfReader(BytesIO(stamped)).pages[0].extract_text()
    assert AuditEntry.objects.filter(verb="documents.download").count() == 2


def test_verify_page_tells_genuine_superseded_and_unknown(
    officer, client, django_capture_on_commit_callbacks
):
    first = issued(officer, django_capture_on_commit_callbacks)
    content = stored(DocumentVersion.objects.get().file).read_bytes()

    def verdict(data):
        page = client.post(
            reverse("documents:verify"), {"file": SimpleUploadedFile("a.pdf", data)}
        ).content.decode()
        return re.search(r'class="verdict (\w+)"', page)[1]

    genuine = verdict(content)
    unknown = verdict(content + b" ")
    with django_capture_on_commit_callbacks(execute=True):
        correct(
            first.document,
            snapshot=snapshot_of(officer.agency.office),
            reason="Salah tanggal.",
            by=officer,
            template="documents/paper.html",
        )

    assert [genuine, unknown, verdict(content)] == ["genuine", "unknown", "superseded"]
