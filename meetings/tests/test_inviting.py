import datetime as dt

import pytest
from django.utils import timezone

from agencies.models import Region
from documents.models import Upload
from meetings.models import Invitation, Meeting
from meetings.services.answering import (
    LinkNotSent,
    TooLateToAnswer,
    answer_invitation,
    renew_link,
    revoke_link,
)
from meetings.services.cancelling import cancel_meeting
from meetings.services.delivering import settle
from meetings.services.inviting import InvitationNotSent, resend
from meetings.services.letters import place_of, salutation
from meetings.tests.factories import InvitationFactory, MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent() -> Invitation:
    return InvitationFactory(
        meeting__state=Meeting.State.INVITED, sent=True, mail_owed=True
    )


def test_word_of_a_cancellation_is_not_lost_to_a_mail_that_is_being_handed_over(sent):
    handed_over = Invitation.objects.select_related("meeting").get(pk=sent.pk)
    cancel_meeting(sent.meeting, reason="Banjir.", by=sent.meeting.created_by)

    settle(handed_over, None)

    assert Invitation.objects.get().mail_owed


def test_mail_asked_for_again_is_not_lost_to_the_one_before(sent):
    handed_over = Invitation.objects.select_related("meeting").get(pk=sent.pk)
    resend(sent, by=sent.meeting.created_by)

    settle(handed_over, None)

    assert Invitation.objects.get().mail_owed


def test_mail_that_was_handed_over_is_owed_no_more(sent):
    settle(sent, None)

    assert not Invitation.objects.get().mail_owed


def test_draft_has_no_mail_to_repeat_and_no_link_to_close():
    invitation = InvitationFactory()
    officer = invitation.meeting.created_by

    with pytest.raises(InvitationNotSent):
        resend(invitation, by=officer)
    with pytest.raises(LinkNotSent):
        revoke_link(invitation, by=officer)
    with pytest.raises(LinkNotSent):
        renew_link(invitation, token="baru", by=officer)

    invitation.refresh_from_db()
    assert (invitation.mail_owed, invitation.resent, invitation.revoked_at) == (
        False,
        0,
        None,
    )


def test_corrected_reason_keeps_the_letter_and_coming_after_all_drops_it(sent):
    letter = Upload.objects.create(
        kind=Upload.Kind.PDF,
        name="surat.pdf",
        mime="application/pdf",
        file="ab/abc",
        size=9,
        sha256="ab" * 32,
    )
    Invitation.objects.update(
        answer="berhalangan", excuse="Dinas luar.", excuse_letter=letter
    )
    sent.refresh_from_db()

    answer_invitation(sent, answer="berhalangan", excuse="Dinas luar kota.")
    assert (sent.excuse, sent.excuse_letter) == ("Dinas luar kota.", letter)
    answer_invitation(sent, answer="hadir", person="Siti O'Contoh, S.H.")

    assert (sent.excuse, sent.excuse_letter) == ("", None)
    assert sent.person == "Siti O'Contoh, S.H."


def test_meeting_that_starts_now_takes_no_answer_but_keeps_what_was_said():
    invitation = InvitationFactory(
        meeting=MeetingFactory(
            state=Meeting.State.INVITED,
            starts_at=timezone.now() - dt.timedelta(minutes=1),
        ),
        sent=True,
        answer="hadir",
    )

    with pytest.raises(TooLateToAnswer, match="sudah dimulai"):
        answer_invitation(invitation, answer="berhalangan", excuse="Sakit.")

    assert Invitation.objects.get().answer == "hadir"


@pytest.mark.parametrize(
    ("addressee", "agency", "lines"),
    [
        ("Kepala Badan", "Badan Narkotika Nasional", ("Kepala Badan Narkotika Nasional", "")),
        ("Kepala Kejaksaan Negeri", "Kejaksaan Negeri Cilegon", ("Kepala Kejaksaan Negeri Cilegon", "")),
        ("Kepala", "Kepolisian Resor Cilegon", ("Kepala Kepolisian Resor Cilegon", "")),
        ("Dandim", "Komando Distrik Militer 0623", ("Dandim", "Komando Distrik Militer 0623")),
    ],
)  # fmt: skip
def test_letter_says_the_name_of_an_office_once(addressee, agency, lines):
    assert salutation(addressee, agency) == lines


def test_members_of_the_decree_are_listed_before_guests():
    meeting = MeetingFactory()
    guest = InvitationFactory(meeting=meeting, role="tamu", agency__name="A")
    speaker = InvitationFactory(meeting=meeting, role="narasumber", agency__name="B")
    member = InvitationFactory(meeting=meeting, role="anggota", agency__name="C")

    assert list(meeting.invitations.all()) == [member, speaker, guest]


@pytest.mark.parametrize(
    ("venue", "place"),
    [
        ("Hotel di Anyer", "Hotel di Anyer"),
        ("Hotel di Anyar", "Hotel di Anyar"),
        ("Hotel Pantai", "Hotel Pantai, Anyar"),
    ],
)
def test_letter_adds_the_region_that_the_venue_does_not_name(venue, place):
    region = Region.objects.create(
        code="36.04.30", name="Anyar", level="kecamatan", aliases="Anyer"
    )

    assert place_of(MeetingFactory(venue=venue, venue_region=region)) == place
