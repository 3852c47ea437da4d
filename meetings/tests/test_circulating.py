"""One click sends the copy to whoever came, once; who was not reached is offered again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, AuditEntry, Notification
from agencies.tests.factories import AgencyFactory, UserFactory
from documents.tests.factories import DocumentVersionFactory
from meetings.models import Attendance, Circulation, Meeting, Minutes
from meetings.services.circulating import (
    AlreadyCirculated,
    NothingToCirculate,
    circulate,
    recipients_of,
)
from meetings.tests.factories import (
    AttendanceFactory,
    InvitationFactory,
    MeetingFactory,
    MinutesFactory,
)

pytestmark = pytest.mark.django_db


def come(meeting, email, **attendance):
    invitation = InvitationFactory(
        meeting=meeting, sent=True, email=email, agency__email=""
    )
    return AttendanceFactory(
        invitation=invitation, **({"present": True} | attendance)
    ).agency


@pytest.fixture
def minutes():
    """Approved; one agency came, one sent somebody, one was excused."""
    meeting = MeetingFactory(state=Meeting.State.APPROVED)
    come(meeting, "satu@contoh.example")
    come(meeting, "dua@contoh.example", state=Attendance.State.REPRESENTED)
    come(
        meeting,
        "izin@contoh.example",
        state=Attendance.State.EXCUSED,
        reason="Sakit",
    )
    paper = DocumentVersionFactory(
        ready=True, document__office=meeting.office, document__number="WIM.12-77"
    )
    return MinutesFactory(
        meeting=meeting,
        state=Minutes.State.APPROVED,
        approved_at=timezone.now(),
        approved_by=meeting.chair,
        circulation=paper,
    )


def officer_of(minutes):
    return UserFactory(agency=minutes.meeting.office.agency)


def test_draft_is_sent_to_nobody(minutes):
    draft = MinutesFactory(meeting__team=minutes.meeting.team)

    with pytest.raises(NothingToCirculate):
        circulate(draft, by=officer_of(minutes))

    assert not Notification.objects.exists()


def test_whoever_came_gets_one_mail_with_a_link_and_nobody_else(
    minutes, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        circulate(minutes, by=officer_of(minutes))

    mails = {mail.to[0]: mail for mail in mailoutbox}
    link = reverse("documents:detail", args=[minutes.circulation.document_id])
    assert set(mails) == {"satu@contoh.example", "dua@contoh.example"}
    for mail in mails.values():
        assert link in mail.body
        assert "WIM.12-77" in mail.body
        assert not mail.attachments
    entry = AuditEntry.objects.get(verb="meetings.circulate_minutes")
    assert len(entry.data["agencies"]) == 2


def test_second_click_sends_nothing_and_says_so(minutes):
    officer = officer_of(minutes)
    circulate(minutes, by=officer)

    with pytest.raises(AlreadyCirculated, match="sudah dikirim kepada semua"):
        circulate(minutes, by=officer)

    assert Notification.objects.count() == 2


def test_only_whoever_was_not_reached_is_offered_again(minutes):
    officer = officer_of(minutes)
    circulate(minutes, by=officer)
    failed = Notification.objects.get(to="dua@contoh.example")
    Notification.objects.filter(pk=failed.pk).update(
        failed_at=timezone.now(), error="SMTPException: 550"
    )

    sent = circulate(minutes, by=officer)

    assert [one.address for one in sent] == ["dua@contoh.example"]
    assert Notification.objects.count() == 3
    row = Circulation.objects.get(agency=sent[0].agency)
    assert (row.tries, row.notification_id != failed.pk) == (2, True)
    with pytest.raises(AlreadyCirculated):
        circulate(minutes, by=officer)


def test_agency_without_an_address_is_named_and_reached_once_it_has_one(minutes):
    officer = officer_of(minutes)
    agency = come(minutes.meeting, "")
    circulate(minutes, by=officer)

    with pytest.raises(NothingToCirculate, match=str(agency)):
        circulate(minutes, by=officer)
    Agency.objects.filter(pk=agency.pk).update(email="tiga@contoh.example")

    assert [one.address for one in circulate(minutes, by=officer)] == [
        "tiga@contoh.example"
    ]


def test_agency_that_came_without_a_letter_reads_the_copy_too(minutes):
    guest = AgencyFactory(email="tamu@contoh.example")
    AttendanceFactory(
        invitation=None, meeting=minutes.meeting, agency=guest, present=True
    )

    circulate(minutes, by=officer_of(minutes))

    assert guest in minutes.circulation.document.readers.all()
    assert Notification.objects.filter(to="tamu@contoh.example").exists()


def test_two_people_of_one_agency_are_one_mail_and_the_office_sends_itself_none(
    minutes,
):
    first = minutes.meeting.invitations.first()
    AttendanceFactory(
        invitation=None, meeting=minutes.meeting, agency=first.agency, present=True
    )
    AttendanceFactory(
        invitation=None,
        meeting=minutes.meeting,
        agency=minutes.meeting.office.agency,
        present=True,
    )

    assert [one.address for one in recipients_of(minutes)] == [
        "satu@contoh.example",
        "dua@contoh.example",
    ]


def test_click_that_somebody_else_was_quicker_with_sends_nothing(minutes):
    officer = officer_of(minutes)
    stale = recipients_of(minutes)
    circulate(minutes, by=officer)

    with pytest.raises(AlreadyCirculated):
        circulate(minutes, by=officer)

    assert all(one.is_open for one in stale)
    assert Circulation.objects.count() == 2


def test_correction_is_sent_anew(minutes):
    officer = officer_of(minutes)
    circulate(minutes, by=officer)
    again = MinutesFactory(
        meeting=minutes.meeting,
        version=2,
        reason="Angka keliru.",
        state=Minutes.State.APPROVED,
        approved_at=timezone.now(),
        approved_by=officer,
        circulation=DocumentVersionFactory(
            document=minutes.circulation.document, version=2, ready=True
        ),
    )

    assert len(circulate(again, by=officer)) == 2


def test_page_says_to_whom_and_when_and_offers_what_is_left(
    client, minutes, django_capture_on_commit_callbacks
):
    minutes.circulation.snapshot = {"sections": [], "attendance": {"rows": []}}
    minutes.circulation.save(update_fields=["snapshot"])
    client.force_login(officer_of(minutes))
    page = reverse("meetings:approval", args=[minutes.meeting_id])
    send = reverse("meetings:circulate", args=[minutes.meeting_id])

    before = client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        first = client.post(send, follow=True).content.decode()
    later = " ".join(client.get(page).content.decode().split())
    second = client.post(send, follow=True).content.decode()

    assert "Kirim salinan edaran kepada 2 instansi yang hadir" in before
    assert "Salinan dikirim kepada 2 instansi." in first
    assert "sedang dikirim ke satu@contoh.example" in " ".join(first.split())
    assert "terkirim ke satu@contoh.example" in later
    assert "Kirim salinan edaran" not in first
    assert "Salinan sudah dikirim kepada semua instansi yang hadir." in second
    assert Notification.objects.count() == 2


@pytest.mark.parametrize("more", [0, 2])
def test_recipients_cost_two_queries_whatever_their_number(minutes, more):
    for number in range(more):
        come(minutes.meeting, f"lagi{number}@contoh.example")
    circulate(minutes, by=officer_of(minutes))

    with CaptureQueriesContext(connection) as queries:
        [(one.is_reached, str(one.agency)) for one in recipients_of(minutes)]

    assert len(queries) == 2


def test_liaison_may_not_send(client, minutes):
    agency = minutes.meeting.invitations.first().agency
    client.force_login(UserFactory(liaison=True, agency=agency))

    response = client.post(reverse("meetings:circulate", args=[minutes.meeting_id]))

    assert response.status_code == 403
    assert not Circulation.objects.exists()
