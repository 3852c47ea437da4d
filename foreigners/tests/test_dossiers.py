"""The papers of a case in one file: for who may open the case, and each taking is noted."""

import datetime as dt
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from agencies.models import AuditEntry
from agencies.tests.factories import UserFactory
from documents.models import DocumentVersion, Dossier
from documents.services.rendering import render_version
from documents.services.storing import store
from documents.tests.factories import DocumentVersionFactory
from foreigners.models import CaseEvent, CaseNote, CasePaper, Custody, Evidence, Reading
from foreigners.services.dossiers import ask_for_dossier, parts_of
from foreigners.tests.factories import CaseFactory, CasePersonFactory, GroundFactory
from foreigners.tests.ready import office_people

pytestmark = pytest.mark.django_db


def add_paper(case, kind, **fields):
    fields = {"ready": True} | fields
    version = DocumentVersionFactory(
        document__office=case.office,
        document__kind=kind,
        document__is_guarded=True,
        document__classification=case.classification,
        **fields,
    )
    CasePaper.objects.create(case=case, document=version.document)
    return version


def add_evidence(case, number="BB-01"):
    thing = Evidence.objects.create(
        case=case,
        number=number,
        description="Paspor",
        taken_from="Orang Contoh",
        taken_at=timezone.now() - dt.timedelta(days=3),
        place="Mes karyawan",
        holder=case.responsible,
        received_by=case.responsible,
    )
    Custody.objects.create(
        evidence=thing,
        giver=case.responsible,
        taker=case.responsible,
        purpose="Diperiksa laboratorium",
        given_at=timezone.now() - dt.timedelta(days=2),
    )
    return thing


def add_step(case):
    CaseEvent.objects.create(
        case=case,
        action="start_verification",
        from_state="reported",
        to_state="verification",
        ground=GroundFactory(),
        reason="Laporan perlu diperiksa di lapangan.",
        receipt={"title": "Mulai verifikasi"},
        receipt_sha256="e" * 64,
        at=timezone.now(),
        by=case.responsible,
    )


@pytest.fixture
def case():
    office, people = office_people()
    made = CaseFactory(office=office, responsible=people["officer"])
    CasePersonFactory(case=made)
    CasePersonFactory(case=made)
    return made


def test_papers_stand_in_the_order_of_the_case_then_cards_and_steps(case):
    for kind in ("keputusan_tak", "bap", "surat_perintah", "terima_barang"):
        add_paper(case, kind)
    add_evidence(case)
    add_step(case)

    parts = parts_of(case)

    kinds = [part.get("kind", part["title"]) for part in parts]
    assert kinds == [
        "Surat perintah pengawasan",
        "Berita acara pemeriksaan",
        "Tanda terima barang bukti",
        "Keputusan tindakan administratif",
        "Kartu barang bukti",
        "Tanda terima langkah",
    ]


def test_a_note_of_the_working_file_is_in_no_part(case):
    CaseNote.objects.create(
        case=case, text="Catatan kerja", classification="rahasia", by=case.responsible
    )
    add_paper(case, "bap")

    assert "Catatan kerja" not in str(parts_of(case))


def test_secret_case_has_no_dossier_for_an_officer_who_is_not_assigned(client, case):
    add_paper(case, "bap")
    case.classification = "rahasia"
    case.save(update_fields=["classification"])
    client.force_login(UserFactory(agency=case.office.agency))

    page = client.post(reverse("foreigners:dossier", args=[case.pk]))
    file = client.get(reverse("foreigners:dossier_file", args=[case.pk]))

    assert (page.status_code, file.status_code) == (404, 404)
    assert not Dossier.objects.exists()


def test_download_is_a_reading_of_each_person_and_the_page_is_not_a_download(
    client, case
):
    add_paper(case, "bap")
    client.force_login(case.responsible)
    dossier = ask_for_dossier(case, by=case.responsible)
    Dossier.objects.filter(pk=dossier.pk).update(
        state="ready", ready_at=timezone.now(), file=store(b"%PDF"), sha256="ab" * 32
    )
    client.get(reverse("foreigners:dossier", args=[case.pk]))
    before = Reading.objects.filter(verb="downloaded").count()

    file = client.get(reverse("foreigners:dossier_file", args=[case.pk]))

    assert b"".join(file.streaming_content) == b"%PDF"
    readings = Reading.objects.filter(verb="downloaded", case=case)
    assert before == 0
    assert {row.foreigner_id for row in readings} == set(
        case.persons.values_list("foreigner", flat=True)
    )
    assert {(row.sha256, *row.fields) for row in readings} == {("ab" * 32, "dossier")}
    assert AuditEntry.objects.filter(verb="foreigners.downloaded").count() == 1


def test_new_paper_withdraws_the_file(client, case):
    add_paper(case, "bap")
    client.force_login(case.responsible)
    dossier = ask_for_dossier(case, by=case.responsible)
    Dossier.objects.filter(pk=dossier.pk).update(
        state="ready", ready_at=timezone.now(), file="sementara/x", sha256="ab" * 32
    )
    add_paper(case, "keputusan_tak")

    file = client.get(reverse("foreigners:dossier_file", args=[case.pk]))

    assert file.status_code == 404
    assert not Reading.objects.filter(verb="downloaded").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_page_needs_as_many_queries_for_three_of_everything_as_for_one(
    client, case, count
):
    for number in range(count):
        add_paper(case, "bap")
        add_evidence(case, f"BB-{number}")
        add_step(case)
    client.force_login(case.responsible)
    address = reverse("foreigners:dossier", args=[case.pk])
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    assert len(queries) == 10


@pytest.mark.slow
def test_file_of_a_case(client, case, django_capture_on_commit_callbacks):
    snapshot = {
        "document": {
            "title": "Berita acara",
            "number": "BAP-7",
            "verify_url": "https://contoh.example/v/x/",
        },
        "office": {"lines": ["KANTOR IMIGRASI"]},
    }
    version = add_paper(case, "bap", ready=False, snapshot=snapshot)
    render_version(version.pk)
    add_evidence(case)
    add_step(case)
    client.force_login(case.responsible)
    address = reverse("foreigners:dossier", args=[case.pk])

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    response = client.get(reverse("foreigners:dossier_file", args=[case.pk]))

    reader = PdfReader(BytesIO(b"".join(response.streaming_content)))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert titles[0] == "Daftar isi"
    assert titles[2:] == ["Kartu barang bukti", "Tanda terima langkah"]
    assert case.title not in pages[0]
    assert f"Kasus {case.number}" in pages[0]
    assert "Paspor" in pages[2]
    assert "Celah penguasaan" in pages[2]
    assert "Mulai verifikasi" in pages[3]
    assert "e" * 64 in pages[3].replace(" ", "")
    assert Dossier.objects.get().is_archivable
    assert DocumentVersion.objects.get().sha256 in pages[0].replace(" ", "")
