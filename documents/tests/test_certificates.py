"""Signing certificates of an office: what is taken in, what is refused, what is kept."""

import datetime as dt
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEntry, Notification, User
from agencies.tests.factories import SignerFactory, UserFactory
from documents.models import SigningCertificate
from documents.services.certificates import (
    certificate_of,
    key_of,
    names_match,
    remove_certificate,
    warn_of_expiry,
)
from documents.tests.certificates import (
    PASSWORD,
    administrator_of,
    certify,
    file_of,
    pkcs12,
)
from timpora.certificates import open_pkcs12

pytestmark = pytest.mark.django_db
URL = "/kelola/sertifikat/"


@pytest.fixture
def signer():
    return SignerFactory(name="Dr. H. Bima Contoh, S.H., M.H.")


@pytest.fixture
def administrator(signer):
    return administrator_of(signer)


@pytest.fixture
def bring(client, signer, administrator):
    """What the page answers to a file."""

    def bring(content, *, password=PASSWORD, **fields):
        client.force_login(administrator)
        data = {"signer": signer.pk, "file": file_of(content), "password": password}
        return client.post(URL, data | fields)

    return bring


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"until": -1, "since": -9}, "kedaluwarsa sejak"),
        ({"since": 2}, "baru berlaku mulai"),
        ({"signs": False}, "tidak diperuntukkan bagi tanda tangan"),
    ],
)
def test_useless_certificate_is_refused_in_a_sentence(bring, signer, fields, sentence):
    response = bring(pkcs12("Bima Contoh", **fields))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not SigningCertificate.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"bukan sertifikat", "bukan PKCS#12"),
        (b"\x30\x82 hampir", "bukan PKCS#12"),
        (b"\x30" * 70_000, "bukan PKCS#12"),
    ],
)
def test_what_is_no_pkcs12_file_is_refused(bring, content, sentence):
    response = bring(content)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not SigningCertificate.objects.exists()


def test_wrong_password_is_refused_and_nowhere_repeated(bring, caplog):
    caplog.set_level(logging.DEBUG)

    response = bring(pkcs12("Bima Contoh"), password="salah-sekali")

    page = response.content.decode()
    assert response.status_code == 422
    assert "Kata sandi tidak membuka" in page
    assert "salah-sekali" not in page + caplog.text
    assert not SigningCertificate.objects.exists()


def test_certificate_of_somebody_else_needs_a_reason(bring, signer):
    content = pkcs12("Orang Lain")

    refused = bring(content)
    assert refused.status_code == 422
    assert "atas nama “Orang Lain”" in refused.content.decode()
    assert not SigningCertificate.objects.exists()

    taken = bring(content, name_reason="Nama sesuai KTP sebelum menikah.")
    assert taken.status_code == 302
    kept = SigningCertificate.objects.get()
    assert (kept.signer, kept.holder) == (signer, "Orang Lain")
    assert AuditEntry.objects.get(verb="documents.keep_certificate").reason == (
        "Nama sesuai KTP sebelum menikah."
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dr. H. Bima Contoh, S.H., M.H.", "BIMA CONTOH", True),
        ("Bima Contoh", "Bima  Contoh, S.H.", True),
        ("Nur'aini Contoh", "NURAINI CONTOH", True),
        ("Bima Contoh", "Bima", False),
        ("Bima Contoh", "Dewi Contoh", False),
    ],
)
def test_names_are_compared_without_titles_dots_and_capitals(one, other, same):
    assert names_match(one, other) is same


def test_kept_certificate_is_sealed_and_its_password_forgotten(bring, caplog):
    caplog.set_level(logging.DEBUG)
    content = pkcs12("Bima Contoh")

    response = bring(content)

    kept = SigningCertificate.objects.get()
    row = str(SigningCertificate.objects.values().get())
    page = response.client.get(URL).content.decode()
    assert open_pkcs12(key_of(kept), "").certificate.fingerprint == kept.fingerprint
    assert PASSWORD not in row + page + caplog.text
    assert str(AuditEntry.objects.values_list("data", flat=True)).count(PASSWORD) == 0
    for said in ("Bima Contoh", "sertifikat uji", kept.serial):
        assert said in page
    assert kept.key_sealed not in page


def test_new_certificate_replaces_the_one_before_whose_key_is_gone(signer):
    before = certify(signer)
    after = certify(signer)

    before.refresh_from_db()
    assert certificate_of(signer) == after
    assert (before.key_sealed, before.removed_at is None) == ("", False)


def test_removed_certificate_signs_no_more(client, signer, administrator):
    kept = certify(signer)
    client.force_login(administrator)
    url = reverse("documents:certificate_remove", args=[kept.pk])

    client.post(url)
    client.post(url)

    kept.refresh_from_db()
    assert (kept.key_sealed, certificate_of(signer)) == ("", None)
    assert AuditEntry.objects.filter(verb="documents.remove_certificate").count() == 1


def test_certificate_of_another_office_is_not_there(client, signer):
    kept = certify(signer)
    stranger = UserFactory(role=User.Role.ADMINISTRATOR)
    client.force_login(stranger)

    page = client.get(URL)
    removed = client.post(reverse("documents:certificate_remove", args=[kept.pk]))
    brought = client.post(
        URL,
        {"signer": signer.pk, "file": file_of(pkcs12("X")), "password": PASSWORD},
    )

    assert signer.name not in page.content.decode()
    assert (removed.status_code, brought.status_code) == (404, 422)
    assert SigningCertificate.objects.get().removed_at is None


def test_end_of_a_certificate_is_told_once_and_seen_on_the_page(
    client, signer, administrator
):
    remove_certificate(certify(SignerFactory(), until=10), by=administrator)
    certify(signer, until=10)

    warn_of_expiry()
    warn_of_expiry()

    client.force_login(administrator)
    told = Notification.objects.filter(to=administrator.email)
    assert told.count() == 1
    assert "berakhir" in told.get().subject
    assert "Segera berakhir" in client.get(URL).content.decode()


def test_expired_certificate_signs_nothing(signer):
    kept = certify(signer)
    SigningCertificate.objects.filter(pk=kept.pk).update(
        valid_to=timezone.now() - dt.timedelta(seconds=1)
    )

    assert certificate_of(signer) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_list_needs_the_same_queries_for_any_number_of_rows(
    client, signer, administrator, rows, django_assert_num_queries
):
    for _ in range(rows):
        certify(SignerFactory(office=signer.office))
    client.force_login(administrator)
    client.get(URL)

    with django_assert_num_queries(5):
        page = client.get(URL)

    assert len(page.context["certificates"]) == rows


def test_file_that_is_missing_is_asked_for(bring, client, signer, administrator):
    client.force_login(administrator)

    response = client.post(
        URL, {"signer": signer.pk, "file": SimpleUploadedFile("a", b"")}
    )

    assert response.status_code == 422
