"""Electronic signatures on papers: in turn, once each, and refused whenever they must be."""

import datetime as dt
import hashlib
from io import BytesIO

import pikepdf
import pypdf
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12 as pkcs12_format
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEntry, Notification, Signer, User
from agencies.tests.factories import SignerFactory, UserFactory
from documents.models import Document, DocumentVersion, Signature, SigningCertificate
from documents.services.certificates import certificate_of, key_of
from documents.services.issuing import correct, issue
from documents.services.signing import (
    Identity,
    Later,
    LocalCertificates,
    SigningRefused,
    make_signature,
    send_owed,
    sign_seat,
    stamp_of,
)
from documents.services.snapshots import letterhead_of, signer_for, signer_of
from documents.services.storing import stored
from documents.tests.certificates import certify, certify_user, pkcs12
from documents.tests.factories import NumberPatternFactory
from timpora import pades
from timpora.certificates import open_pkcs12

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# A paper with places for those who sign minutes.
TEMPLATE = "meetings/pdf/notula_terbatas.html"


@pytest.fixture
def chief():
    pattern = NumberPatternFactory(kind=Document.Kind.MINUTES)
    return UserFactory(
        agency=pattern.office.agency, role=User.Role.CHIEF, name="Bima Contoh"
    )


@pytest.fixture
def writer(chief):
    return UserFactory(agency=chief.agency, name="Dewi Contoh")


def snapshot_of(office, signer):
    return {
        "office": letterhead_of(office),
        "signer": signer_of(signer),
        "people": {"chair": {"name": signer.name}, "minute_taker": {"name": "Dewi"}},
    }


@pytest.fixture
def issued(django_capture_on_commit_callbacks):
    """A letter issued by ``by``; the worker has done what it owes."""

    def issued(by, *, then=None, **signers):
        office = by.agency.office
        with django_capture_on_commit_callbacks(execute=True):
            version = issue(
                office=office,
                kind=Document.Kind.MINUTES,
                title="Notula rapat",
                dated_on=dt.date(2026, 3, 9),
                template=TEMPLATE,
                snapshot=snapshot_of(office, signer_for(office, by)),
                by=by,
                signers={
                    place: signer_for(office, user) for place, user in signers.items()
                },
                then=then,
            )
        version.refresh_from_db()
        return version

    return issued


def content_of(version):
    return stored(version.latest_file).read_bytes()


def test_without_a_certificate_all_is_as_ever(issued, chief):
    version = issued(chief, signer=chief)

    line = version.signatures.get()
    assert (line.method, line.state, line.fingerprint) == ("internal", "selesai", "")
    assert (version.signed_file, "signing" in version.snapshot) == ("", False)
    with pikepdf.open(BytesIO(content_of(version))) as pdf:
        assert list(pdf.Root.AcroForm.Fields) == []


def test_who_issues_a_paper_signs_it_in_the_same_act(issued, chief):
    certificate = certify_user(chief)

    version = issued(chief, signer=chief)

    drawn, signed = stored(version.file).read_bytes(), content_of(version)
    line = version.signatures.get()
    [found] = pades.signatures(signed)
    assert signed.startswith(drawn)
    assert len(signed) > len(drawn)
    assert hashlib.sha256(drawn).hexdigest() == version.sha256
    assert hashlib.sha256(signed).hexdigest() == version.signed_sha256 == line.sha256
    assert (found.is_intact, found.covers_file) == (True, True)
    assert found.signed_at == line.signed_at.replace(microsecond=0)
    assert (line.method, line.state) == ("sertifikat", "selesai")
    assert (line.holder, line.serial, line.fingerprint) == (
        certificate.holder,
        certificate.serial,
        certificate.fingerprint,
    )
    assert (line.certificate_from, line.certificate_to) == (
        certificate.valid_from,
        certificate.valid_to,
    )
    assert AuditEntry.objects.get(verb="documents.signed").data["sha256"] == line.sha256


@pytest.mark.parametrize(
    ("is_self_made", "said"),
    [
        (True, "SERTIFIKAT UJI, bukan tersertifikasi"),
        (False, "Penerbit: Penerbit Contoh"),
    ],
)
def test_box_names_who_issued_the_certificate_and_never_a_service_that_did_not_sign(
    issued, chief, is_self_made, said
):
    line = issued(chief, signer=chief).signatures.get()
    identity = Identity("Bima Contoh", "Penerbit Contoh", is_self_made)

    text = pypdf.PdfReader(BytesIO(stamp_of(line, identity))).pages[0].extract_text()

    assert "oleh\nBima Contoh\n" in text
    assert said in text
    assert "BSrE" not in text


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_one_changed_byte_breaks_the_signature(issued, chief, place):
    certify_user(chief)
    version = issued(chief, signer=chief)
    content = bytearray(content_of(version))
    # In what was drawn, wherever that is.
    content[int(version.size * place)] ^= 1

    try:
        intact = [one.is_intact for one in pades.signatures(bytes(content))]
    except pades.Unreadable:
        intact = [False]

    assert intact == [False]


def test_second_delivery_of_the_task_signs_nothing_twice(issued, chief):
    certify_user(chief)
    version = issued(chief, signer=chief)
    line = version.signatures.get()

    assert make_signature(line.pk) is False

    version.refresh_from_db()
    assert version.signed_sha256 == line.sha256
    assert version.signatures.count() == 1
    assert AuditEntry.objects.filter(verb="documents.signed").count() == 1


def test_worker_that_died_after_writing_the_file_left_the_one_that_comes_now(
    issued, chief
):
    certify_user(chief)
    version = issued(chief, signer=chief)
    before = version.signed_sha256
    # As a kill between the file and the row leaves it, once the lease has run out.
    DocumentVersion.objects.update(signed_file="", signed_sha256="", signed_size=0)
    Signature.objects.update(
        state="antri",
        fingerprint="",
        file="",
        sha256="",
        queued_at=timezone.now() - dt.timedelta(minutes=9),
        leased_until=timezone.now() - dt.timedelta(minutes=1),
    )

    send_owed()

    version.refresh_from_db()
    assert version.signed_sha256 == before


def test_what_waits_for_a_paper_waits_for_its_signature(
    issued, chief, client, settings
):
    settings.SIGNING_ADAPTER = f"{__name__}.Elsewhere"
    certify_user(chief)

    version = issued(chief, signer=chief)

    assert (version.is_ready, version.is_final) == (True, False)
    client.force_login(chief)
    url = reverse("documents:download", args=[version.pk])
    assert client.get(url).status_code == 404


class Elsewhere(LocalCertificates):
    """A service that takes the order and has the file the next time it is asked."""

    asked: list[str] = []

    def sign(self, order):
        self.asked.append(order.reference)
        return super().sign(order) if order.reference else Later("nomor-7")


def test_outside_service_is_asked_again_until_it_has_signed(issued, chief, settings):
    settings.SIGNING_ADAPTER = f"{__name__}.Elsewhere"
    Elsewhere.asked.clear()
    certify_user(chief)
    version = issued(chief, signer=chief)
    line = version.signatures.get()
    assert (line.state, line.reference) == ("antri", "nomor-7")

    Signature.objects.update(
        leased_until=None, queued_at=timezone.now() - dt.timedelta(minutes=5)
    )
    send_owed()

    version.refresh_from_db()
    assert Elsewhere.asked == ["", "nomor-7"]
    assert version.is_final
    assert [one.is_intact for one in pades.signatures(content_of(version))] == [True]


class Careless:
    """A service that answers with a file which it has not signed."""

    def identity_of(self, signer):
        return Identity("Bima Contoh", "Penerbit Contoh", is_self_made=False)

    def sign(self, order):
        return order.content


def test_what_an_adapter_answers_is_kept_only_if_it_verifies(issued, chief, settings):
    settings.SIGNING_ADAPTER = f"{__name__}.Careless"
    SignerFactory(office=chief.agency.office, user=chief, name=chief.name)

    version = issued(chief, signer=chief)

    line = version.signatures.get()
    assert (line.state, version.signed_file) == ("gagal", "")
    assert "tidak utuh" in line.error


def test_signers_sign_in_turn_each_with_their_own_act(
    issued, chief, writer, client, django_capture_on_commit_callbacks
):
    certify_user(chief)
    certify_user(writer)
    first = issued(chief, signer=chief, minute_taker=writer)
    waiting = first.signatures.get(user=writer)
    assert waiting.state == "diminta"
    assert Notification.objects.get(to=writer.email).subject == (
        "Berkas menunggu tanda tangan Anda"
    )

    client.force_login(chief)
    assert client.post(reverse("documents:sign", args=[waiting.pk])).status_code == 403
    client.force_login(writer)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("documents:sign", args=[waiting.pk]))

    second = DocumentVersion.objects.get(pk=first.pk)
    found = pades.signatures(content_of(second))
    assert content_of(second).startswith(content_of(first))
    assert [one.certificate.holder for one in found] == ["Bima Contoh", "Dewi Contoh"]
    assert [one.is_intact for one in found] == [True, True]
    assert [one.covers_file for one in found] == [False, True]
    assert second.signatures.filter(state="selesai").count() == 2


def test_nobody_signs_before_their_turn(issued, chief, writer, settings):
    certify_user(chief)
    certify_user(writer)
    settings.SIGNING_ADAPTER = f"{__name__}.Elsewhere"
    version = issued(chief, signer=chief, minute_taker=writer)
    waiting = version.signatures.get(user=writer)

    with pytest.raises(SigningRefused, match="Belum giliran"):
        sign_seat(waiting, by=writer)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.signed_at) == ("diminta", None)


def test_certificate_never_signs_what_somebody_else_issued(issued, chief, writer):
    certify_user(chief)

    version = issued(writer, signer=chief)

    line = version.signatures.get()
    assert (line.user, line.state, version.signed_file) == (chief, "diminta", "")


def test_certificate_that_ended_before_the_worker_came_fails_in_a_sentence(
    issued, chief, writer
):
    certify_user(chief)
    certify_user(writer)
    version = issued(chief, signer=chief, minute_taker=writer)
    SigningCertificate.objects.filter(signer__user=writer).update(
        valid_to=timezone.now() - dt.timedelta(days=1)
    )
    waiting = version.signatures.get(user=writer)
    with pytest.raises(SigningRefused, match="tidak berlaku"):
        sign_seat(waiting, by=writer)
    Signature.objects.filter(pk=waiting.pk).update(
        state="antri", signed_at=timezone.now()
    )

    make_signature(waiting.pk)

    waiting.refresh_from_db()
    assert waiting.state == "gagal"
    assert "tidak berlaku lagi" in waiting.error


def test_replaced_version_is_signed_by_nobody_any_more(
    issued, chief, writer, django_capture_on_commit_callbacks
):
    certify_user(chief)
    certify_user(writer)
    version = issued(chief, signer=chief, minute_taker=writer)
    office = chief.agency.office
    with django_capture_on_commit_callbacks(execute=True):
        correct(
            version.document,
            snapshot=snapshot_of(office, signer_for(office, chief)),
            reason="Salah tanggal.",
            by=chief,
            template=TEMPLATE,
        )

    old = DocumentVersion.objects.get(pk=version.pk)
    with pytest.raises(SigningRefused, match="diganti"):
        sign_seat(old.signatures.get(user=writer), by=writer)
    with pikepdf.open(stored(old.stamped_file)) as stamped:
        assert list(stamped.Root.AcroForm.Fields) == []
    assert content_of(old) == content_of(version)


# --- signed outside ------------------------------------------------------------------


@pytest.fixture
def officer(chief):
    return UserFactory(agency=chief.agency)


@pytest.fixture
def bring(client, officer):
    def bring(version, content):
        client.force_login(officer)
        return client.post(
            reverse("documents:signed", args=[version.pk]),
            {"file": SimpleUploadedFile("tanda-tangan.pdf", content)},
        )

    return bring


def signed_outside(content: bytes, name="Bima Contoh", field="Luar", **box) -> bytes:
    """As another tool does it: a field of its own, its own idea of the metadata."""
    key = open_pkcs12(pkcs12(name), "kata-sandi-berkas-uji").content
    return (
        pades.PdfSigner(
            pades.PdfSignatureMetadata(field_name=field),
            signer=pades.SimpleSigner.load_pkcs12_data(key, ()),
        )
        .sign_pdf(pades.IncrementalPdfFileWriter(BytesIO(content)))
        .getvalue()
    )


def test_paper_signed_outside_is_taken_in_and_both_files_stay(issued, chief, bring):
    version = issued(chief, signer=chief)
    content = signed_outside(content_of(version))

    response = bring(version, content)

    version.refresh_from_db()
    line = version.signatures.get(method="luar")
    assert response.status_code == 302
    assert content_of(version) == content
    assert (
        hashlib.sha256(stored(version.file).read_bytes()).hexdigest() == version.sha256
    )
    assert (line.name, line.field, line.state) == ("Bima Contoh", "Luar", "selesai")
    assert line.fingerprint
    assert AuditEntry.objects.get(verb="documents.accept_signed").data["sha256"] == (
        version.signed_sha256
    )


def changed(content: bytes) -> bytes:
    """The paper with another language said on top, signed by nobody."""
    addition = pades.Addition(BytesIO(content))
    addition.root["/Lang"] = pades.generic.TextStringObject("en")
    addition.update_root()
    out = BytesIO()
    addition.write(out)
    return out.getvalue()


def resaved(content: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(out)
    return out.getvalue()


def broken(content: bytes) -> bytes:
    signed = bytearray(signed_outside(content))
    signed[signed.rindex(b"/Contents <") + 60] ^= 1
    return bytes(signed)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda paper: paper, "belum ditandatangani"),
        (lambda paper: b"%PDF-1.7 berkas lain", "bukan versi ini"),
        (lambda paper: b"gambar", "bukan PDF"),
        (lambda paper: signed_outside(resaved(paper)), "bukan versi ini"),
        (lambda paper: signed_outside(changed(paper)), "diubah, bukan hanya"),
        (lambda paper: changed(signed_outside(paper)), "tidak utuh"),
        (lambda paper: signed_outside(paper) + b"\n", "diubah, bukan hanya"),
        (broken, "Tanda tangan dalam berkas ini"),
    ],
)
def test_what_is_not_this_paper_and_signatures_is_refused(
    issued, chief, bring, make, sentence
):
    version = issued(chief, signer=chief)

    response = bring(version, make(content_of(version)))

    version.refresh_from_db()
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert version.signed_file == ""
    assert not version.signatures.filter(method="luar").exists()


def test_another_paper_of_the_office_is_refused(issued, chief, bring):
    version, other = issued(chief, signer=chief), issued(chief, signer=chief)

    response = bring(version, signed_outside(content_of(other)))

    assert response.status_code == 422
    assert "bukan versi ini" in response.content.decode()


def test_copy_from_before_the_signature_in_the_application_is_refused(
    issued, chief, bring
):
    certify_user(chief)
    version = issued(chief, signer=chief)

    response = bring(version, signed_outside(stored(version.file).read_bytes()))

    assert response.status_code == 422
    assert "salinan lama" in response.content.decode()


# --- the verify page -----------------------------------------------------------------


def verified(client, content: bytes) -> str:
    page = client.post(
        reverse("documents:verify"),
        {"file": SimpleUploadedFile("berkas.pdf", content)},
    )
    return " ".join(page.content.decode().split())


def test_verify_page_says_whether_the_signature_holds_and_by_whom(
    issued, chief, client
):
    certify_user(chief)
    version = issued(chief, signer=chief)

    by_code = client.get(reverse("documents:verify_code", args=[version.verify_code]))
    page = verified(client, content_of(version))

    for text in (page, " ".join(by_code.content.decode().split())):
        assert "Asli" in text
        assert "<strong> Utuh </strong>: Bima Contoh" in text
        assert "sertifikat uji, dibuat sendiri" in text
    assert chief.email not in page


def test_verify_page_knows_each_stage_of_a_paper(issued, chief, client):
    certify_user(chief)
    version = issued(chief, signer=chief)
    drawn, signed = stored(version.file).read_bytes(), content_of(version)

    assert "tidak memuat tanda tangan elektronik" in verified(client, drawn)
    assert "<strong> Utuh </strong>" in verified(client, signed)
    added = verified(client, signed_outside(signed, "Dewi Contoh"))
    assert "belum dicatat di sini" in added
    assert "Dewi Contoh" in added
    tampered = verified(client, changed(signed))
    assert "verdict unknown" in tampered
    assert "diubah sesudahnya" in tampered
    assert "<strong> Tidak utuh </strong>" in tampered
    assert "verdict unknown" in verified(client, b"%PDF-1.7 entah %%EOF")


def test_chain_from_a_root_that_the_office_names_is_trusted(
    issued, chief, client, settings, tmp_path
):
    certify_user(chief)
    version = issued(chief, signer=chief)
    signer = Signer.objects.get(user=chief)
    roots = tmp_path / "akar.pem"
    roots.write_bytes(root_of(key_of(certificate_of(signer))))
    settings.TRUSTED_ROOTS = roots

    assert "rantai sertifikat tepercaya" in verified(client, content_of(version))


def root_of(key: bytes) -> bytes:
    return pkcs12_format.load_pkcs12(key, None).cert.certificate.public_bytes(
        serialization.Encoding.PEM
    )


def test_certificate_of_another_signer_is_not_borrowed(issued, chief, writer):
    certify(SignerFactory(office=chief.agency.office, user=writer, name=writer.name))

    version = issued(chief, signer=chief)

    assert version.signatures.get().method == "internal"
