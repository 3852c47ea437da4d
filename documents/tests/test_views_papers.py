import pytest
from django.urls import reverse

from agencies.tests.factories import UserFactory
from documents.services.storing import store
from documents.services.verifying import MOST_A_MINUTE
from documents.tests.factories import DocumentVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return DocumentVersionFactory(ready=True, document__title="Notula rapat Cilegon")


def test_liaison_reads_only_papers_that_name_their_agency(client, version):
    liaison = UserFactory(liaison=True)
    named = DocumentVersionFactory().document
    named.readers.add(liaison.agency)
    client.force_login(liaison)

    response = client.get(reverse("documents:list"))

    assert list(response.context["page"]) == [named]
    assert client.get(version.document.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_needs_the_same_queries_for_any_number_of_rows(
    client, rows, django_assert_num_queries
):
    officer = UserFactory()
    for _ in range(rows):
        DocumentVersionFactory(document__office=officer.agency.office)
    client.force_login(officer)
    client.get(reverse("documents:list"))

    with django_assert_num_queries(6):
        response = client.get(reverse("documents:list"))

    assert len(response.context["page"]) == rows


def test_auditor_sees_that_a_paper_exists_and_not_what_it_says(client, version):
    client.force_login(
        UserFactory(agency=version.document.office.agency, role="auditor")
    )

    page = client.get(version.document.get_absolute_url())
    file = client.get(reverse("documents:download", args=[version.pk]))

    assert (page.status_code, file.status_code) == (200, 403)


def test_paper_that_is_not_ready_is_not_there_yet(client):
    version = DocumentVersionFactory()
    client.force_login(UserFactory(agency=version.document.office.agency))

    response = client.get(reverse("documents:download", args=[version.pk]))

    assert response.status_code == 404


def test_paper_travels_as_it_is_and_says_its_size(client):
    content = b"%PDF-1.7 " * 1000
    version = DocumentVersionFactory(ready=True, file=store(content))
    client.force_login(UserFactory(agency=version.document.office.agency))

    page, file = (
        client.get(url, headers={"Accept-Encoding": "gzip"})
        for url in (
            version.document.get_absolute_url(),
            reverse("documents:download", args=[version.pk]),
        )
    )

    assert page["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in file
    assert file["Content-Length"] == str(len(content))
    assert b"".join(file) == content


def test_code_page_shows_number_title_date_and_digest_and_nothing_else(client, version):
    response = client.get(reverse("documents:verify_code", args=[version.verify_code]))

    page = response.content.decode()
    assert response.status_code == 200
    assert all(
        text in page
        for text in (
            version.document.number,
            "Notula rapat Cilegon",
            "9 Maret 2026",
            version.sha256,
        )
    )
    assert str(version.document.office) not in page


def test_unknown_code_is_not_found_with_the_same_page(client):
    response = client.get(reverse("documents:verify_code", args=["tidak-ada"]))

    assert response.status_code == 404
    assert "Tidak dikenal" in response.content.decode()


def test_guessing_codes_is_throttled(client):
    for _ in range(MOST_A_MINUTE):
        client.get(reverse("documents:verify_code", args=["tebakan"]))

    response = client.get(reverse("documents:verify_code", args=["tebakan"]))

    assert response.status_code == 429
    assert "satu menit" in response.content.decode()


def test_verifying_nothing_asks_for_a_file(client):
    response = client.post(reverse("documents:verify"), {})

    assert response.status_code == 422
    assert "Pilih berkas PDF" in response.content.decode()


def test_download_costs_three_questions_and_three_statements_of_its_audit_line(
    client, django_assert_num_queries
):
    version = DocumentVersionFactory(ready=True, file=store(b"%PDF-1.7 contoh"))
    client.force_login(UserFactory(agency=version.document.office.agency))
    url = reverse("documents:download", args=[version.pk])
    b"".join(client.get(url))

    with django_assert_num_queries(6):
        b"".join(client.get(url))
