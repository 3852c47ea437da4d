import datetime as dt
import uuid

import pytest
from django.utils import timezone

from agencies.models import AuditEntry, Membership
from agencies.tests.factories import (
    AgencyFactory,
    DecreeFactory,
    MembershipFactory,
    RegionFactory,
    SignerFactory,
    TeamFactory,
    UserFactory,
)
from documents.models import Document
from documents.tests.factories import NumberPatternFactory
from meetings.models import AgendaItem, Attendance, Invitation, Meeting
from meetings.queries.readiness import problems_of
from meetings.services.agenda import (
    AgendaLocked,
    ItemInUse,
    add_item,
    move_item,
    remove_item,
)
from meetings.services.cancelling import (
    NotCancellable,
    ReasonMissing,
    cancel_meeting,
)
from meetings.services.convening import (
    FormSentBefore,
    MeetingChanged,
    MeetingNotDraft,
    create_meeting,
    edit_meeting,
    save_as_template,
)
from meetings.services.inviting import (
    AlreadyInvited,
    InvitationSent,
    MeetingMoved,
    NotReadyToSend,
    add_invitee,
    remove_invitee,
    reschedule,
    send_invitations,
)
from meetings.tests.factories import (
    AgendaItemFactory,
    EntryFactory,
    InvitationFactory,
    MeetingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready():
    """A draft that lacks nothing: decree, signer, pattern, chair, rundown, invitee."""
    meeting = MeetingFactory()
    DecreeFactory(team=meeting.team)
    SignerFactory(office=meeting.office)
    NumberPatternFactory(office=meeting.office)
    AgendaItemFactory(meeting=meeting)
    agency = AgencyFactory()
    InvitationFactory(meeting=meeting, agency=agency, email=agency.email)
    return meeting


def draft(officer, *, token=None, **fields):
    team = TeamFactory(office=officer.agency.office)
    start = timezone.now() + dt.timedelta(days=9)
    return create_meeting(
        by=officer,
        form_token=token or uuid.uuid4(),
        scope_regions=[],
        **{
            "title": "Rapat Koordinasi",
            "team": team,
            "level": team.level,
            "venue": "Aula",
            "starts_at": start,
            "ends_at": start + dt.timedelta(hours=3),
            **fields,
        },
    )


def test_new_meeting_invites_the_seats_held_on_its_date_and_takes_the_team_s_regions():
    officer = UserFactory()
    team = TeamFactory(office=officer.agency.office)
    member = MembershipFactory(team=team, post="Kasat Intelkam").agency
    MembershipFactory(team=team, valid_to=timezone.localdate())

    meeting = draft(officer, team=team)

    assert [(i.agency, i.addressee) for i in meeting.invitations.all()] == [
        (member, "Kasat Intelkam")
    ]
    assert list(meeting.scope_regions.all()) == [RegionFactory()]
    assert meeting.agenda.count() == 5
    assert not Attendance.objects.exists()


def test_same_form_sent_twice_makes_one_meeting():
    officer, token = UserFactory(), uuid.uuid4()
    team = TeamFactory(office=officer.agency.office)
    start = timezone.now() + dt.timedelta(days=9)
    form = {"team": team, "starts_at": start, "ends_at": start + dt.timedelta(hours=3)}

    first = draft(officer, token=token, **form)
    second = draft(officer, token=token, **form)

    assert first == second
    assert AuditEntry.objects.filter(verb="meetings.create").count() == 1


def test_same_form_with_another_text_makes_nothing_and_says_so():
    officer, token = UserFactory(), uuid.uuid4()
    draft(officer, token=token, title="Rapat pertama")

    with pytest.raises(FormSentBefore):
        draft(officer, token=token, title="Rapat kedua")

    assert Meeting.objects.get().title == "Rapat pertama"


def test_next_meeting_starts_with_what_is_owed_and_the_last_minutes():
    officer = UserFactory()
    last = draft(officer)
    guest = InvitationFactory(meeting=last, role=Invitation.Role.GUEST)
    left = MembershipFactory(team=last.team, valid_to=timezone.localdate())
    InvitationFactory(meeting=last, agency=left.agency)

    meeting = draft(officer, team=last.team, previous=last)

    kinds = list(meeting.agenda.values_list("kind", flat=True))
    assert kinds[:2] == ["tindak_lanjut_lalu", "pengesahan_notula_lalu"]
    assert len(kinds) == 2 + 5
    assert [i.agency for i in meeting.invitations.all()] == [guest.agency]
    assert meeting.previous == last


def test_meeting_from_a_template_has_its_rundown():
    officer = UserFactory()
    model = draft(officer)
    model.agenda.exclude(kind="sambutan").delete()
    template = save_as_template(model, name="Singkat", by=officer)

    meeting = draft(officer, template=template)

    assert list(meeting.agenda.values_list("kind", flat=True)) == ["sambutan"]


def test_stale_edit_is_refused_and_changes_nothing():
    meeting = draft(UserFactory())
    edit_meeting(
        meeting, by=meeting.created_by, revision=1, scope_regions=[], venue="A"
    )

    with pytest.raises(MeetingChanged):
        edit_meeting(
            meeting, by=meeting.created_by, revision=1, scope_regions=[], venue="B"
        )

    assert Meeting.objects.get().venue == "A"


def test_meeting_that_was_summoned_is_not_edited_as_a_draft(ready):
    send_invitations(ready, by=ready.created_by, revision=1)

    with pytest.raises(MeetingNotDraft):
        edit_meeting(
            ready, by=ready.created_by, revision=2, scope_regions=[], venue="B"
        )


def test_ready_meeting_has_no_problems(ready):
    assert problems_of(ready) == []


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (lambda m: m.team.decrees.all().delete(), "SK"),
        (lambda m: m.office.signers.all().delete(), "penanda tangan"),
        (lambda m: m.office.number_patterns.all().delete(), "Pola nomor"),
        (lambda m: m.agenda.all().delete(), "Susunan acara"),
        (lambda m: m.invitations.all().delete(), "instansi"),
        (lambda m: setattr(m, "chair", None), "Pimpinan"),
        (lambda m: setattr(m, "minute_taker", None), "Notulis"),
        (lambda m: setattr(m, "starts_at", timezone.now()), "lewat"),
    ],
)
def test_summons_is_refused_while_something_is_missing(ready, spoil, word):
    spoil(ready)
    ready.save()

    with pytest.raises(NotReadyToSend) as refusal:
        send_invitations(ready, by=ready.created_by, revision=1, accepts_warnings=True)

    assert [word in p.sentence for p in refusal.value.problems if p.blocks] == [True]
    assert not Document.objects.exists()
    assert Meeting.objects.get(pk=ready.pk).is_draft


def test_clash_needs_a_tick(ready):
    MeetingFactory(
        team=ready.team,
        venue=ready.venue.upper(),
        starts_at=ready.starts_at,
        state=Meeting.State.INVITED,
        created_by=ready.created_by,
    )

    with pytest.raises(NotReadyToSend):
        send_invitations(ready, by=ready.created_by, revision=1)
    send_invitations(ready, by=ready.created_by, revision=1, accepts_warnings=True)

    assert Meeting.objects.get(pk=ready.pk).state == "invited"


def test_summons_numbers_a_letter_per_agency_and_opens_an_unknown_line(ready):
    guest = InvitationFactory(
        meeting=ready, role=Invitation.Role.GUEST, email="a@b.example"
    )

    send_invitations(ready, by=ready.created_by, revision=1)

    letters = Document.objects.order_by("pk")
    assert [letter.number[-2:] for letter in letters] == ["-1", "-2"]
    assert {letter.readers.get() for letter in letters} == {
        invitation.agency for invitation in ready.invitations.all()
    }
    assert set(Attendance.objects.values_list("state", "method")) == {("", "")}
    guest.refresh_from_db()
    assert guest.mail_owed
    assert guest.token_expires_at == ready.ends_at + dt.timedelta(days=14)


def test_second_click_sends_nothing(ready):
    send_invitations(ready, by=ready.created_by, revision=1)

    with pytest.raises(MeetingMoved):
        send_invitations(ready, by=ready.created_by, revision=1)

    assert Document.objects.count() == 1


def test_agency_added_after_the_summons_gets_its_letter_at_once(ready):
    send_invitations(ready, by=ready.created_by, revision=1)
    late = AgencyFactory()

    invitation = add_invitee(
        ready,
        agency=late,
        role="tamu",
        addressee="Kepala",
        email="",
        by=ready.created_by,
    )

    invitation.refresh_from_db()
    assert invitation.letter is not None
    assert invitation.email == late.email
    with pytest.raises(AlreadyInvited):
        add_invitee(
            ready,
            agency=late,
            role="tamu",
            addressee="K",
            email="",
            by=ready.created_by,
        )


def test_sent_invitation_is_not_removed(ready):
    send_invitations(ready, by=ready.created_by, revision=1)

    with pytest.raises(InvitationSent):
        remove_invitee(ready.invitations.get(), by=ready.created_by)

    assert ready.invitations.count() == 1


def test_new_time_raises_the_sequence_and_corrects_each_letter(ready):
    send_invitations(ready, by=ready.created_by, revision=1)
    later = ready.starts_at + dt.timedelta(days=1)

    reschedule(
        ready,
        by=ready.created_by,
        revision=2,
        starts_at=later,
        ends_at=later + dt.timedelta(hours=2),
        venue="Hotel",
        venue_region_id=None,
        reason="Ruangan terpakai.",
    )

    ready.refresh_from_db()
    versions = Document.objects.get().versions.all()
    assert (ready.sequence, ready.venue) == (1, "Hotel")
    assert [(v.version, v.is_superseded) for v in versions] == [(2, False), (1, True)]
    assert ready.invitations.get().mail_owed


def test_cancelling_tells_those_who_were_summoned_and_needs_a_reason(ready):
    send_invitations(ready, by=ready.created_by, revision=1)
    Invitation.objects.update(mail_owed=False)

    with pytest.raises(ReasonMissing):
        cancel_meeting(ready, reason=" ", by=ready.created_by)
    cancel_meeting(ready, reason="Bencana banjir.", by=ready.created_by)
    with pytest.raises(NotCancellable):
        cancel_meeting(ready, reason="Lagi.", by=ready.created_by)

    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.cancel_reason, meeting.sequence) == (
        "cancelled",
        "Bencana banjir.",
        1,
    )
    assert meeting.invitations.get().mail_owed


def test_approved_minutes_are_not_called_off():
    meeting = MeetingFactory(state=Meeting.State.APPROVED)

    with pytest.raises(NotCancellable):
        cancel_meeting(meeting, reason="Tidak jadi.", by=meeting.created_by)


def test_rundown_moves_and_drops_items_as_long_as_nothing_was_said_under_them():
    meeting = MeetingFactory(in_session=True)
    first, second = (
        add_item(meeting, by=meeting.created_by, kind="lain", title=title, minutes=5)
        for title in ("A", "B")
    )

    move_item(second, steps=-1, by=meeting.created_by)
    EntryFactory(item=first, minutes__meeting=meeting)

    assert [item.title for item in meeting.agenda.all()] == ["B", "A"]
    with pytest.raises(ItemInUse):
        remove_item(AgendaItem.objects.get(pk=first.pk), by=meeting.created_by)
    remove_item(AgendaItem.objects.get(pk=second.pk), by=meeting.created_by)
    assert meeting.agenda.count() == 1


def test_rundown_of_approved_minutes_stands():
    meeting = MeetingFactory(state=Meeting.State.APPROVED)

    with pytest.raises(AgendaLocked):
        add_item(meeting, by=meeting.created_by, kind="lain", title="A", minutes=5)


def test_office_itself_is_never_sent_a_letter():
    officer = UserFactory()
    team = TeamFactory(office=officer.agency.office)
    Membership.objects.create(
        team=team, agency=officer.agency, valid_from=dt.date(2025, 1, 1)
    )

    assert not draft(officer, team=team).invitations.exists()
