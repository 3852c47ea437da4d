import json
from io import BytesIO

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from agencies.models import AuditEntry
from agencies.tests.factories import AgencyFactory, UserFactory
from documents.models import DocumentVersion
from documents.services.rendering import stop_drawing
from documents.services.storing import stored
from documents.services.uploads import accept_signature
from meetings.models import Attendance, AttendanceSheet, Meeting
from meetings.services.attendance_papers import (
    BLANK,
    FILLED,
    SPARE_ROWS,
    TEMPLATE,
    NothingToPrint,
    print_sheet,
    snapshot_of,
)
from meetings.services.rollcall import mark_line
from meetings.tests.factories import (
    AttendanceFactory,
    InvitationFactory,
    MeetingFactory,
)
from meetings.tests.test_checkin import PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return MeetingFactory(in_session=True)


def printed(meeting: Meeting, kind: str = FILLED) -> DocumentVersion:
    return print_sheet(meeting, kind=kind, by=meeting.created_by)


def html_of(meeting: Meeting, kind: str = FILLED) -> str:
    return render_to_string(TEMPLATE, snapshot_of(meeting, kind=kind))


@pytest.mark.parametrize(
    ("kind", "state"), [(FILLED, "draft"), (FILLED, "cancelled"), (BLANK, "cancelled")]
)
def test_no_sheet_is_printed_of_a_meeting_that_has_none(kind, state):
    reason = "Ditunda." if state == "cancelled" else ""
    meeting = MeetingFactory(state=state, cancel_reason=reason)
    InvitationFactory(meeting=meeting)

    with pytest.raises(NothingToPrint):
        printed(meeting, kind)

    assert not DocumentVersion.objects.exists()


@pytest.mark.parametrize("kind", [BLANK, FILLED])
def test_no_sheet_is_printed_before_anybody_is_invited(meeting, kind):
    with pytest.raises(NothingToPrint, match="Belum ada instansi"):
        printed(meeting, kind)


def test_a_printed_sheet_is_a_paper_without_number(meeting):
    AttendanceFactory(invitation__meeting=meeting)

    version = printed(meeting)

    assert (version.document.kind, version.document.number) == ("daftar_hadir", "")
    assert AttendanceSheet.objects.get().document == version.document
    assert AuditEntry.objects.filter(verb="meetings.print_attendance").count() == 1


@pytest.mark.parametrize("kind", [BLANK, FILLED])
def test_an_unchanged_sheet_printed_again_is_the_paper_that_exists(meeting, kind):
    AttendanceFactory(invitation__meeting=meeting, present=True)

    assert printed(meeting, kind) == printed(meeting, kind)


def test_a_changed_sheet_becomes_the_next_version_of_the_same_paper(meeting):
    attendance = AttendanceFactory(invitation__meeting=meeting)
    first = printed(meeting)
    mark_line(attendance, by=meeting.created_by, revision=1, state="hadir")

    second = printed(meeting)

    assert (second.document, second.version) == (first.document, 2)
    first.refresh_from_db()
    assert first.is_superseded


def test_blank_and_filled_are_two_papers(meeting):
    AttendanceFactory(invitation__meeting=meeting)

    assert printed(meeting, BLANK).document != printed(meeting, FILLED).document


def test_no_telephone_number_and_no_nip_reaches_the_circulated_paper(meeting):
    AttendanceFactory(
        invitation__meeting=meeting,
        present=True,
        phone="0812-KENARI",
        person_nip="19990101KENARI",
        reason="KENARI",
    )

    version = printed(meeting)

    assert "KENARI" not in json.dumps(version.snapshot)
    assert "No. HP" not in html_of(meeting)


def test_the_blank_sheet_has_a_row_for_each_agency_and_room_for_guests(meeting):
    agency = AgencyFactory(name="BKK Banten")
    agency.names.create(name="KKP Banten", short_name="KKP", valid_to=meeting.day)
    InvitationFactory(meeting=meeting, agency=agency, person="KENARI")

    rows = snapshot_of(meeting, kind=BLANK)["rows"]

    assert rows[0] == {"number": 1, "body": "KKP Banten"}
    assert len(rows) == 1 + SPARE_ROWS
    assert "No. HP" in html_of(meeting, BLANK)
    assert "KENARI" not in html_of(meeting, BLANK)


def test_the_filled_sheet_says_who_came_when_and_who_is_unknown(meeting):
    came = AttendanceFactory(
        invitation__meeting=meeting,
        present=True,
        person="Siti Contoh",
        person_post="Kasat Contoh",
    )
    Attendance.objects.filter(pk=came.pk).update(
        arrived_at=meeting.starts_at, left_at=meeting.starts_at
    )
    AttendanceFactory(invitation__meeting=meeting)

    html = html_of(meeting)

    assert "Siti Contoh" in html
    assert "Kasat Contoh" in html
    assert "Belum diketahui" in html
    assert "<strong>1 dari 2</strong> instansi anggota hadir" in html
    assert "datang" in html
    assert "tanpa tanda tangan digital" in html


def test_who_did_not_come_is_named_on_no_paper(meeting):
    attendance = AttendanceFactory(
        invitation__meeting=meeting, present=True, person="Siti Contoh"
    )
    Attendance.objects.filter(pk=attendance.pk).update(state="tidak_hadir")

    assert "Siti Contoh" not in html_of(meeting)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_snapshot_costs_the_same_queries_for_any_number_of_rows(
    meeting, rows, django_assert_num_queries
):
    AttendanceFactory.create_batch(rows, invitation__meeting=meeting, present=True)
    meeting = Meeting.objects.select_related(
        "office__agency", "office__logo", "chair", "minute_taker"
    ).get()

    with django_assert_num_queries(3):
        snapshot = snapshot_of(meeting, kind=FILLED)

    assert len(snapshot["rows"]) == rows


@pytest.mark.slow
@pytest.mark.parametrize("kind", [BLANK, FILLED])
def test_the_worker_makes_a_pdf_of_the_sheet(
    meeting, kind, django_capture_on_commit_callbacks
):
    attendance = AttendanceFactory(invitation__meeting=meeting, present=True)
    attendance.signature = accept_signature(PNG, by=None)
    attendance.save()

    with django_capture_on_commit_callbacks(execute=True):
        version = printed(meeting, kind)

    version.refresh_from_db()
    assert version.is_ready
    with pikepdf.open(BytesIO(stored(version.file).read_bytes())) as pdf:
        assert len(pdf.pages) == version.pages == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 302),
        ("section_head", 302),
        ("chief", 302),
        ("auditor", 403),
        ("administrator", 403),
        ("liaison", 403),
        ("stranger", 404),
    ],
)
def test_who_prints_the_sheet(client, meeting, who, status):
    attendance = AttendanceFactory(invitation__meeting=meeting)
    user = {
        "liaison": lambda: UserFactory(liaison=True, agency=attendance.agency),
        "stranger": UserFactory,
    }.get(who, lambda: UserFactory(agency=meeting.office.agency, role=who))()
    client.force_login(user)

    response = client.post(
        reverse("meetings:attendance_print", args=[meeting.pk, "terisi"])
    )

    assert response.status_code == status
    assert DocumentVersion.objects.exists() == (status == 302)


def test_a_kind_that_does_not_exist_is_not_found(client, meeting):
    client.force_login(meeting.created_by)

    response = client.post(
        reverse("meetings:attendance_print", args=[meeting.pk, "emas"])
    )

    assert response.status_code == 404


def test_the_page_tells_a_stopped_paper_from_one_that_failed(client, meeting):
    AttendanceFactory(invitation__meeting=meeting)
    client.force_login(meeting.created_by)
    version = printed(meeting)
    address = reverse("meetings:attendance_papers", args=[meeting.pk])

    stop_drawing(version, by=meeting.created_by)
    html = client.get(address).content.decode()
    assert "dihentikan" in html
    assert "gagal" not in html

    DocumentVersion.objects.update(stopped_by=None)
    assert "gagal dibuat" in client.get(address).content.decode()


def test_the_page_asks_again_until_the_paper_is_ready(client, meeting):
    AttendanceFactory(invitation__meeting=meeting)
    client.force_login(meeting.created_by)
    version = printed(meeting)
    address = reverse("meetings:attendance_papers", args=[meeting.pk])

    html = client.get(address).content.decode()
    assert "sedang dibuat" in html
    assert 'hx-trigger="every 2s"' in html

    DocumentVersion.objects.update(
        state="ready", ready_at=version.queued_at, file="x", sha256="x"
    )
    html = client.get(address).content.decode()
    assert reverse("documents:download", args=[version.pk]) in html
    assert "hx-trigger" not in html


def test_who_sees_a_signature(client, meeting):
    attendance = AttendanceFactory(invitation__meeting=meeting, present=True)
    attendance.signature = accept_signature(PNG, by=None)
    attendance.save()
    address = reverse("meetings:attendance_signature", args=[meeting.pk, attendance.pk])

    client.force_login(meeting.created_by)
    response = client.get(address)
    assert response["Content-Type"] == "image/png"
    assert b"".join(response).startswith(b"\x89PNG")
    client.force_login(UserFactory(liaison=True, agency=attendance.agency))
    assert client.get(address).status_code == 403
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
