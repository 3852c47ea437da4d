import datetime as dt
import json
import uuid
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from agencies.tests.factories import SignerFactory, UserFactory
from documents.models import Document, DocumentVersion, Signature
from documents.services.rendering import render_version
from documents.services.storing import stored
from documents.tests.factories import NumberPatternFactory
from foreigners.models import Finding
from foreigners.services.reporting import PersonSaid, Said, edit_finding, hand_in
from meetings.models import Meeting, OperationPlace
from meetings.services.operation_report import (
    TEMPLATE,
    ReasonTooShort,
    ReportIncomplete,
    is_outdated,
    issue_report,
    report_snapshot,
)
from meetings.services.operations import (
    add_place,
    record_result,
    save_operation,
    start_place_finding,
)
from meetings.tests.factories import AttendanceFactory, MeetingFactory
from meetings.tests.test_photos import picture

pytestmark = pytest.mark.django_db

WORDS = {
    "purpose": "Mengawasi keberadaan dan kegiatan orang asing.",
    "course": "Tim dibagi dua regu.",
    "obstacles": "Hujan lebat sejak siang.",
    "advice": "Operasi diulang bulan depan.",
}


@pytest.fixture
def meeting():
    meeting = MeetingFactory(
        in_session=True,
        kind=Meeting.Kind.JOINT_OPERATION,
        title="Operasi Gabungan Citangkil",
    )
    NumberPatternFactory(office=meeting.office, kind=Document.Kind.OPERATION)
    return meeting


@pytest.fixture
def head(meeting):
    return UserFactory(agency=meeting.office.agency, role="section_head")


def place(meeting, name, result=None, note="", photos=()):
    added = add_place(
        meeting,
        place=name,
        region=None,
        team="Kanim, Polres",
        planned_at=dt.time(9),
        by=meeting.created_by,
    )
    if result:
        record_result(
            added,
            revision=1,
            result=result,
            visited_at=dt.time(9, 30),
            note=note,
            photos=photos,
            by=meeting.created_by,
        )
    return added


def seen_at(spot, activity="Tiga orang memasang mesin.", **said):
    by = spot.meeting.created_by
    finding = start_place_finding(spot, key=uuid.uuid4(), by=by)
    today = timezone.localdate()
    told = Said(activity=activity, place=spot.place, seen_on=today, **said)
    edit_finding(finding, said=told, revision=finding.revision, by=by)
    hand_in(finding, revision=finding.revision, by=by)
    return finding


def words_of(meeting, **changes):
    said = {"order_number": "WIM.12-GR.03.01-7", "ordered_on": dt.date(2026, 3, 2)}
    operation = save_operation(
        meeting, revision=1, by=meeting.created_by, **said | WORDS | changes
    )
    meeting.refresh_from_db()
    return operation


@pytest.fixture
def whole(meeting):
    """An operation with all that its report needs."""
    place(meeting, "Gudang Contoh", "nihil")
    place(meeting, "Dermaga Contoh", "berhenti", "Gelombang tinggi.")
    seen_at(
        place(meeting, "Restoran Contoh"),
        person_count=3,
        persons=[PersonSaid(name="CONTOH KENARI", document_number="ZZ00A0001")],
    )
    words_of(meeting)
    return meeting


def html_of(meeting, by):
    operation = meeting.operation
    snapshot = report_snapshot(operation, meeting, signer=None)
    return render_to_string(TEMPLATE, snapshot | {"document": {"number": "7"}})


def test_report_without_order_purpose_or_places_says_what_is_missing(meeting, head):
    with pytest.raises(ReportIncomplete) as refused:
        issue_report(meeting, reason="", by=head)

    for sentence in ("surat perintah", "maksud dan tujuan", "tempat yang dikunjungi"):
        assert sentence in str(refused.value)
    assert not DocumentVersion.objects.exists()


def test_every_place_needs_its_result(meeting, head):
    words_of(meeting)
    place(meeting, "Gudang Contoh", "nihil")
    place(meeting, "Restoran Contoh")

    with pytest.raises(ReportIncomplete, match="Isi hasil tempat 2"):
        issue_report(meeting, reason="", by=head)


def test_finding_that_is_still_a_draft_is_no_result(meeting, head):
    words_of(meeting)
    spot = place(meeting, "Gudang Contoh")
    start_place_finding(spot, key=uuid.uuid4(), by=meeting.created_by)

    with pytest.raises(ReportIncomplete, match="Kirim temuan tempat 1"):
        issue_report(meeting, reason="", by=head)


def test_report_is_numbered_signed_and_for_the_office(whole, head):
    SignerFactory(office=whole.office, user=head, name="Kasi Contoh Demo")

    version = issue_report(whole, reason="", by=head)

    document = version.document
    assert (document.kind, document.classification) == ("laporan_kegiatan", "terbatas")
    assert document.number
    assert not document.readers.exists()
    assert Signature.objects.get().name == "Kasi Contoh Demo"
    whole.operation.refresh_from_db()
    assert whole.operation.report == document


def test_second_click_is_the_paper_that_exists(whole, head):
    first = issue_report(whole, reason="", by=head)

    assert issue_report(whole, reason="", by=head) == first
    assert DocumentVersion.objects.count() == 1


def test_changed_operation_needs_a_reason_and_becomes_the_next_version(whole, head):
    first = issue_report(whole, reason="", by=head)
    spot = OperationPlace.objects.first()
    OperationPlace.objects.filter(pk=spot.pk).update(note="Tutup, tidak ada orang.")
    operation = whole.operation
    operation.refresh_from_db()

    assert is_outdated(operation, whole)
    with pytest.raises(ReasonTooShort):
        issue_report(whole, reason="keliru", by=head)
    second = issue_report(whole, reason="Keterangan tempat kurang.", by=head)

    assert (second.document, second.version) == (first.document, 2)
    first.refresh_from_db()
    assert first.is_superseded
    operation = type(operation).objects.get()
    assert not is_outdated(operation, whole)


def test_report_names_every_place_nihil_included_and_no_foreigner(whole, head):
    AttendanceFactory(invitation__meeting=whole, present=True, person="Siti Contoh")

    version = issue_report(whole, reason="", by=head)
    page = html_of(whole, head)

    for part in (
        "A. Dasar", "B. Maksud", "C. Waktu", "D. Peserta", "E. Pelaksanaan",
        "F. Hasil", "G. Kendala", "H. Saran", "I. Penutup",
        "WIM.12-GR.03.01-7", "2 Maret 2026", *WORDS.values(),
        "Gudang Contoh", "Nihil temuan", "Dermaga Contoh", "Gelombang tinggi.",
        "Restoran Contoh", Finding.objects.get().number, ": 1 orang",
    ):  # fmt: skip
        assert part in page
    for name in ("KENARI", "ZZ00A0001", "Z••••001", "Siti Contoh"):
        assert name not in json.dumps(version.snapshot, ensure_ascii=False)


def test_secret_finding_is_a_number_alone(meeting, head):
    words_of(meeting)
    seen_at(place(meeting, "Gudang"), activity="KENARI", classification="rahasia")

    version = issue_report(meeting, reason="", by=head)

    assert "KENARI" not in json.dumps(version.snapshot)


def test_operation_without_findings_prints_nihil(meeting, head):
    words_of(meeting, obstacles="", advice="")
    place(meeting, "Gudang Contoh", "nihil")

    page = html_of(meeting, head)

    assert "Temuan: NIHIL." in page
    assert "Tidak ada kendala yang dicatat." in page


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("section_head", 302),
        ("chief", 302),
        ("leader", 302),
        ("officer", 403),
        ("auditor", 403),
        ("administrator", 403),
        ("stranger", 404),
    ],
)
def test_who_issues_the_report(client, whole, who, status):
    office = whole.office.agency
    user = {
        "leader": lambda: UserFactory(agency=office),
        "stranger": UserFactory,
    }.get(who, lambda: UserFactory(agency=office, role=who))()
    if who == "leader":
        whole.operation.leader = user
        whole.operation.save()
    client.force_login(user)

    response = client.post(reverse("meetings:operation_report", args=[whole.pk]))

    assert response.status_code == status
    assert DocumentVersion.objects.exists() == (status == 302)


def test_page_says_what_is_missing_then_offers_the_button(client, meeting, head):
    client.force_login(head)
    url = reverse("meetings:operation", args=[meeting.pk])

    before = client.get(url).content.decode()
    words_of(meeting)
    place(meeting, "Gudang Contoh", "nihil")
    after = client.get(url).content.decode()

    assert "Isi maksud dan tujuan." in before
    assert "Terbitkan laporan" not in before
    assert "Terbitkan laporan" in after


@pytest.mark.slow
def test_the_worker_makes_the_paper_with_its_photos(whole, head):
    spot = place(whole, "Mes Contoh", "nihil", photos=[picture(), picture()])

    version = issue_report(whole, reason="", by=head)
    render_version(version.pk)

    version.refresh_from_db()
    reader = PdfReader(BytesIO(stored(version.file).read_bytes()))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Lampiran: Dokumentasi" in text
    assert f"4. {spot.place}" in text
    assert "KENARI" not in text
    assert "Disetujui dalam aplikasi TIMPORA" in text
