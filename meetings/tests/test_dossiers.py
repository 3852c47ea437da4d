"""The meeting's papers in one file: each reader's own, and never a part too many."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from agencies.models import AuditEntry, User
from agencies.tests.factories import AgencyFactory, UserFactory
from documents.models import DocumentVersion, Dossier
from documents.services.dossiers import NothingToBind, make
from documents.tests.factories import DocumentVersionFactory
from meetings.models import AttendanceSheet, Meeting, Minutes, Operation, Photo
from meetings.services.approving import approve_minutes
from meetings.services.attendance_papers import FILLED, print_sheet
from meetings.services.correcting import start_correction
from meetings.services.dossiers import ask_for_dossier, parts_for
from meetings.tests.factories import InvitationFactory, MeetingFactory, MinutesFactory
from meetings.tests.held import CANARY, Held
from timpora.tests.world import picture

pytestmark = pytest.mark.django_db


def ready(meeting, kind, *readers, **fields):
    """A paper of the meeting that is drawn; its bytes are another test's matter."""
    version = DocumentVersionFactory(
        ready=True, document__office=meeting.office, document__kind=kind, **fields
    )
    version.document.readers.set(readers)
    return version


def invite(meeting, agency):
    letter = ready(meeting, "undangan", agency)
    return InvitationFactory(
        meeting=meeting, agency=agency, sent=True, letter=letter.document
    )


@pytest.fixture
def meeting():
    """Two agencies, a sheet, approved minutes with an annex, a report of the operation."""
    made = MeetingFactory(state=Meeting.State.APPROVED)
    agencies = [AgencyFactory(), AgencyFactory()]
    for agency in agencies:
        invite(made, agency)
    sheet = ready(made, "daftar_hadir")
    AttendanceSheet.objects.create(meeting=made, kind=FILLED, document=sheet.document)
    MinutesFactory(
        meeting=made,
        state=Minutes.State.APPROVED,
        approved_at=timezone.now(),
        approved_by=made.chair,
        circulation=ready(made, "notula", *agencies),
        restricted=ready(made, "notula_terbatas"),
    )
    report = ready(made, "laporan_kegiatan")
    Operation.objects.create(meeting=made, report=report.document)
    return made


def officer_of(meeting):
    return UserFactory(agency=meeting.office.agency)


def liaison_of(meeting):
    return UserFactory(liaison=True, agency=meeting.invitations.first().agency)


def kinds(parts):
    versions = DocumentVersion.objects.in_bulk([p["version_pk"] for p in parts])
    return [versions[part["version_pk"]].document.kind for part in parts]


def test_office_binds_every_paper_in_the_order_of_the_file(meeting):
    assert kinds(parts_for(officer_of(meeting), meeting)) == [
        "undangan",
        "undangan",
        "daftar_hadir",
        "notula",
        "notula_terbatas",
        "laporan_kegiatan",
    ]


def test_liaison_binds_their_own_letter_and_the_circulation_copy_alone(meeting):
    liaison = liaison_of(meeting)

    parts = parts_for(liaison, meeting)

    assert kinds(parts) == ["undangan", "notula"]
    letter = meeting.invitations.get(agency=liaison.agency).letter
    assert parts[0]["version_pk"] == letter.current.pk


def test_a_part_that_is_still_drawn_or_was_replaced_is_left_out(meeting):
    DocumentVersion.objects.filter(document__kind="notula").update(
        superseded_at=timezone.now()
    )
    DocumentVersion.objects.filter(document__kind="daftar_hadir").update(
        state="queued", ready_at=None, file="", sha256=""
    )

    found = kinds(parts_for(officer_of(meeting), meeting))

    assert "notula" not in found
    assert "daftar_hadir" not in found


def test_photos_come_on_pages_of_their_own_until_the_minutes_carry_them(meeting):
    Photo.objects.create(meeting=meeting, upload=picture(), caption="Suasana")
    officer = officer_of(meeting)
    with_minutes = parts_for(officer, meeting)
    Minutes.objects.update(
        state="draft", circulation=None, approved_at=None, approved_by=None
    )

    without = parts_for(officer, meeting)

    assert [part for part in with_minutes if "template" in part] == []
    drawn = [part for part in without if "template" in part]
    assert [part["data"]["photos"][0]["caption"] for part in drawn] == ["Suasana"]
    # A draft's photos are the office's alone.
    assert [p for p in parts_for(liaison_of(meeting), meeting) if "template" in p] == []


def test_two_readers_of_one_agency_share_a_dossier_and_two_agencies_do_not(meeting):
    first, second = (
        UserFactory(liaison=True, agency=invitation.agency)
        for invitation in meeting.invitations.all()
    )
    colleague = UserFactory(liaison=True, agency=first.agency)

    made = {
        user: ask_for_dossier(meeting, by=user).pk
        for user in (first, colleague, second, officer_of(meeting))
    }

    assert made[first] == made[colleague]
    assert len(set(made.values())) == 3


def test_asking_is_recorded_once(meeting):
    officer = officer_of(meeting)

    ask_for_dossier(meeting, by=officer)
    Dossier.objects.update(attempts=1)
    ask_for_dossier(meeting, by=officer)

    assert AuditEntry.objects.filter(verb="meetings.bind_dossier").count() == 1


def test_meeting_without_papers_has_no_dossier(client):
    meeting = MeetingFactory()
    officer = officer_of(meeting)
    client.force_login(officer)

    with pytest.raises(NothingToBind):
        ask_for_dossier(meeting, by=officer)

    page = client.post(reverse("meetings:dossier", args=[meeting.pk]), follow=True)
    assert "Belum ada berkas yang dapat dibundel." in page.content.decode()
    assert not Dossier.objects.exists()


def test_page_says_how_far_it_is_and_offers_the_file_once_it_is_there(client, meeting):
    officer = officer_of(meeting)
    client.force_login(officer)
    address = reverse("meetings:dossier", args=[meeting.pk])
    dossier = ask_for_dossier(meeting, by=officer)
    Dossier.objects.update(done=2)

    waiting = client.get(address).content.decode()
    Dossier.objects.filter(pk=dossier.pk).update(
        state="ready", ready_at=timezone.now(), file="sementara/x", sha256="ab" * 32
    )
    offered = client.get(address, headers={"HX-Request": "true"}).content.decode()

    file = reverse("meetings:dossier_file", args=[meeting.pk])
    assert "2 dari 6 bagian" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert file not in waiting
    assert file in offered
    assert "every 2s" not in offered
    assert "himpunan salinan, bukan surat resmi" in client.get(address).content.decode()


def test_changed_part_withdraws_the_file_and_the_page_owes_a_new_one(client, meeting):
    officer = officer_of(meeting)
    client.force_login(officer)
    dossier = ask_for_dossier(meeting, by=officer)
    Dossier.objects.filter(pk=dossier.pk).update(
        state="ready", ready_at=timezone.now(), file="sementara/x", sha256="ab" * 32
    )
    DocumentVersion.objects.filter(document__kind="notula").update(sha256="cd" * 32)

    file = client.get(reverse("meetings:dossier_file", args=[meeting.pk]))
    page = client.get(reverse("meetings:dossier", args=[meeting.pk]))

    dossier.refresh_from_db()
    assert file.status_code == 404
    assert "sedang disusun" in page.content.decode()
    assert (dossier.state, dossier.file) == ("queued", "")


def test_reader_who_may_read_less_than_before_gets_no_old_file(client, meeting):
    liaison = liaison_of(meeting)
    client.force_login(liaison)
    dossier = ask_for_dossier(meeting, by=liaison)
    Dossier.objects.filter(pk=dossier.pk).update(
        state="ready", ready_at=timezone.now(), file="sementara/x", sha256="ab" * 32
    )
    minutes = DocumentVersion.objects.get(document__kind="notula").document
    minutes.readers.remove(liaison.agency)

    file = client.get(reverse("meetings:dossier_file", args=[meeting.pk]))

    assert file.status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_page_needs_as_many_queries_for_three_letters_as_for_one(client, meeting, more):
    for _number in range(more):
        invite(meeting, AgencyFactory())
    client.force_login(officer_of(meeting))
    address = reverse("meetings:dossier", args=[meeting.pk])
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    assert len(queries) == 8


@pytest.fixture
def held(django_capture_on_commit_callbacks):
    """A meeting as it is really held, through to its papers."""
    held = Held()
    with django_capture_on_commit_callbacks(execute=True):
        print_sheet(held.meeting, kind=FILLED, by=held.officer)
        held.photograph(1)
        held.submit(held.minutes)
        held.minutes.refresh_from_db()
        approve_minutes(held.minutes, by=held.chief, revision=held.minutes.revision)
    return held


@pytest.mark.slow
def test_dossiers_of_a_real_meeting(client, held, django_capture_on_commit_callbacks):
    liaison = held.liaison("KESBANGPOL")
    text = {}
    for user in (held.officer, liaison):
        client.force_login(user)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("meetings:dossier", args=[held.meeting.pk]))
        response = client.get(reverse("meetings:dossier_file", args=[held.meeting.pk]))
        content = b"".join(response.streaming_content)
        assert response["Content-Type"] == "application/pdf"
        reader = PdfReader(BytesIO(content))
        text[user.role] = " ".join(page.extract_text() for page in reader.pages)
        titles = [item.title for item in reader.outline if not isinstance(item, list)]
        entry = AuditEntry.objects.filter(verb="meetings.download_dossier").first()
        assert entry.data["sha256"] in response["ETag"]
        assert titles[0] == "Daftar isi"

    office, theirs = text[User.Role.OFFICER], text[User.Role.LIAISON]
    assert "Suasana rapat 1" in theirs
    assert f"{CANARY} TERBATAS" in office
    assert CANARY not in theirs
    assert "Lampiran terbatas" in office
    assert "ampiran terbatas notula" not in theirs


@pytest.mark.slow
def test_correction_of_the_minutes_makes_the_dossier_anew(
    client, held, django_capture_on_commit_callbacks
):
    ask_for_dossier(held.meeting, by=held.officer)
    make(Dossier.objects.get().pk)
    before = Dossier.objects.get().sha256
    client.force_login(held.officer)

    with django_capture_on_commit_callbacks(execute=True):
        correction = start_correction(
            held.meeting, reason="Angka keliru dalam laporan.", by=held.officer
        )
        held.submit(correction)
        correction.refresh_from_db()
        approve_minutes(correction, by=held.chief, revision=correction.revision)
    with django_capture_on_commit_callbacks(execute=True):
        client.get(reverse("meetings:dossier", args=[held.meeting.pk]))

    dossier = Dossier.objects.get()
    assert dossier.is_ready
    assert dossier.sha256 != before
    assert 2 in [part.get("version") for part in dossier.parts]
