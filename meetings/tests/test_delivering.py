"""Letter, mail, calendar and answer: what an agency gets and gives back."""

import datetime as dt

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from agencies.models import Notification
from agencies.tests.factories import (
    AgencyFactory,
    DecreeFactory,
    SignerFactory,
    UserFactory,
)
from documents.tests.factories import NumberPatternFactory
from meetings.models import Invitation, Meeting
from meetings.services.answering import (
    AnswerIncomplete,
    TooLateToAnswer,
    answer_invitation,
    renew_link,
    revoke_link,
)
from meetings.services.calendar import calendar_file
from meetings.services.cancelling import cancel_meeting
from meetings.services.delivering import deliver, message_text
from meetings.services.inviting import resend, send_invitations
from meetings.tests.factories import (
    AgendaItemFactory,
    InvitationFactory,
    MeetingFactory,
)
from meetings.views.links import MOST_MISSES_A_MINUTE

pytestmark = pytest.mark.django_db


def summoned(capture=None, **agency):
    meeting = MeetingFactory()
    DecreeFactory(team=meeting.team)
    SignerFactory(office=meeting.office)
    NumberPatternFactory(office=meeting.office)
    AgendaItemFactory(meeting=meeting)
    guest = AgencyFactory(**agency)
    InvitationFactory(meeting=meeting, agency=guest, email=guest.email)
    if capture:
        with capture(execute=True):
            send_invitations(meeting, by=meeting.created_by, revision=1)
    else:
        send_invitations(meeting, by=meeting.created_by, revision=1)
    return Invitation.objects.select_related("meeting__office__agency").get()


@pytest.mark.slow
def test_mail_follows_the_letter_with_pdf_and_calendar_once(
    django_capture_on_commit_callbacks,
):
    invitation = summoned(django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        deliver(invitation.pk)

    [message] = mail.outbox
    assert message.to == [invitation.email]
    assert invitation.get_link() in message.body
    assert [
        (name, mime.split(";")[0]) for name, _content, mime in message.attachments
    ] == [
        ("undangan.ics", "text/calendar"),
        (invitation.letter.current.file_name, "application/pdf"),
    ]
    invitation.refresh_from_db()
    assert not invitation.mail_owed
    assert invitation.notification.sent_at is not None


@pytest.mark.slow
def test_mail_sent_again_is_another_mail(django_capture_on_commit_callbacks):
    invitation = summoned(django_capture_on_commit_callbacks)

    with django_capture_on_commit_callbacks(execute=True):
        resend(invitation, by=invitation.meeting.created_by)

    assert len(mail.outbox) == 2


def test_mail_waits_for_a_letter_that_is_not_ready():
    invitation = summoned()

    deliver(invitation.pk)

    assert not Notification.objects.exists()
    assert Invitation.objects.get().mail_owed


def parts(text):
    calendar = Calendar.from_ical(text)
    [event] = calendar.walk("VEVENT")
    return calendar, event


def test_calendar_file_is_what_rfc_5545_asks_for():
    invitation = summoned()

    calendar, event = parts(calendar_file(invitation))

    meeting = invitation.meeting
    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "REQUEST")
    assert calendar["PRODID"]
    assert str(event["UID"]) == f"{meeting.uid}@timpora"
    assert (event["SEQUENCE"], str(event["STATUS"])) == (0, "CONFIRMED")
    assert event["DTSTAMP"].dt.tzinfo is not None
    assert event["DTSTART"].params["TZID"] == "Asia/Jakarta"
    assert event["DTSTART"].dt == meeting.starts_at.replace(microsecond=0)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == [
        "Asia/Jakarta"
    ]
    assert str(event["ATTENDEE"]) == f"mailto:{invitation.email}"


def test_cancelled_meeting_tells_calendars_to_drop_it():
    invitation = summoned()
    cancel_meeting(
        invitation.meeting, reason="Banjir.", by=invitation.meeting.created_by
    )

    calendar, event = parts(calendar_file(invitation))

    assert str(calendar["METHOD"]) == "CANCEL"
    assert (event["SEQUENCE"], str(event["STATUS"])) == (1, "CANCELLED")


def test_letter_and_message_carry_the_name_valid_on_the_date():
    invitation = summoned(name="Balai Kekarantinaan Kesehatan")
    invitation.agency.names.create(
        name="Kantor Kesehatan Pelabuhan",
        short_name="KKP",
        valid_to=dt.date(2023, 12, 31),
    )
    today = message_text(invitation)
    Meeting.objects.update(
        starts_at=dt.datetime(2023, 5, 4, 2, tzinfo=dt.UTC),
        ends_at=dt.datetime(2023, 5, 4, 6, tzinfo=dt.UTC),
    )
    then = message_text(Invitation.objects.get())

    assert "Balai Kekarantinaan Kesehatan" in today
    assert "Kantor Kesehatan Pelabuhan" in then


@pytest.mark.parametrize(
    "said", [{"answer": "diwakilkan"}, {"answer": "berhalangan", "excuse": "  "}]
)
def test_answer_without_its_facts_is_refused(said):
    invitation = summoned()

    with pytest.raises(AnswerIncomplete):
        answer_invitation(invitation, **said)

    assert Invitation.objects.get().answer == ""


def test_answer_may_change_until_the_meeting_starts():
    invitation = summoned()
    answer_invitation(invitation, answer="berhalangan", excuse="Dinas luar.")
    answer_invitation(
        invitation,
        answer="diwakilkan",
        person="Ni Made D'Contoh, S.H.",
        person_nip="1980 0101",
    )
    Meeting.objects.update(starts_at=timezone.now())
    invitation = Invitation.objects.select_related("meeting").get()

    with pytest.raises(TooLateToAnswer):
        answer_invitation(invitation, answer="hadir")

    assert (invitation.person, invitation.person_nip, invitation.excuse) == (
        "Ni Made D'Contoh, S.H.",
        "19800101",
        "",
    )


def test_link_shows_the_agency_its_invitation_and_nothing_of_the_others(client):
    invitation = summoned()
    other = InvitationFactory(
        meeting=invitation.meeting,
        sent=True,
        answer="berhalangan",
        excuse="CANARI-ALASAN",
        agency__name="CANARI-INSTANSI",
        agency__short_name="CANARI-SINGKAT",
    )

    response = client.get(invitation.get_link())

    page = response.content.decode()
    assert response.status_code == 200
    assert "CANARI" not in page
    assert other.token not in page
    assert response["Referrer-Policy"] == "same-origin"
    assert Invitation.objects.get(pk=invitation.pk).opened_at is not None


def test_agency_answers_by_its_link_and_keeps_what_it_typed_on_a_mistake(client):
    invitation = summoned()

    wrong = client.post(
        invitation.get_link(),
        {"answer": "diwakilkan", "person": "=HYPERLINK(1)", "person_nip": "12ab"},
    )
    right = client.post(
        invitation.get_link(), {"answer": "diwakilkan", "person": "=HYPERLINK(1)"}
    )

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "=HYPERLINK(1)" in wrong.content.decode()
    assert Invitation.objects.get().person == "=HYPERLINK(1)"


def test_excuse_letter_that_is_a_trap_is_refused_and_nothing_is_answered(client):
    invitation = summoned()

    response = client.post(
        invitation.get_link(),
        {
            "answer": "berhalangan",
            "excuse": "Dinas luar.",
            "letter": SimpleUploadedFile("surat.pdf", b"<svg onload=alert(1)>"),
        },
    )

    assert response.status_code == 422
    assert Invitation.objects.get().answer == ""


@pytest.mark.parametrize(
    "how", ["forged", "expired", "revoked", "cancelled", "renewed"]
)
def test_dead_link_opens_nothing(client, how):
    invitation = summoned()
    url = invitation.get_link()
    by = invitation.meeting.created_by
    match how:
        case "forged":
            url = reverse("meetings:link", args=["x" * 32])
        case "expired":
            Invitation.objects.update(token_expires_at=timezone.now())
        case "revoked":
            revoke_link(invitation, by=by)
        case "renewed":
            renew_link(invitation, token="baru", by=by)
        case "cancelled":
            cancel_meeting(invitation.meeting, reason="Banjir.", by=by)

    responses = [client.get(url), client.post(url, {"answer": "hadir"})]

    assert [r.status_code for r in responses] == [404, 404]
    assert "tidak berlaku" in responses[0].content.decode()
    assert Invitation.objects.get().answer == ""


def test_guessing_links_is_throttled(client):
    for number in range(MOST_MISSES_A_MINUTE):
        client.get(reverse("meetings:link", args=[f"tebakan{number}"]))

    response = client.get(reverse("meetings:link", args=["tebakan"]))

    assert response.status_code == 429


def test_calendar_and_letter_come_by_the_link(client):
    invitation = summoned()

    calendar = client.get(reverse("meetings:link_calendar", args=[invitation.token]))
    letter = client.get(reverse("meetings:link_letter", args=[invitation.token]))

    assert calendar["Content-Type"] == "text/calendar"
    # The worker has not drawn it yet.
    assert letter.status_code == 404


def test_liaison_answers_for_their_own_agency_only(client):
    invitation = summoned()
    other = InvitationFactory(meeting=invitation.meeting, sent=True)
    client.force_login(UserFactory(liaison=True, agency=invitation.agency))

    own = client.post(
        reverse("meetings:answer", args=[invitation.pk]), {"answer": "hadir"}
    )
    foreign = client.post(
        reverse("meetings:answer", args=[other.pk]), {"answer": "hadir"}
    )

    assert (own.status_code, foreign.status_code) == (302, 404)
    assert dict(Invitation.objects.values_list("pk", "answer")) == {
        invitation.pk: "hadir",
        other.pk: "",
    }
