import datetime as dt

import pytest
import time_machine

from agencies.models import AuditEntry, Holiday, Notification
from agencies.tests.factories import AgencyFactory
from documents.models import Classification
from meetings.models import Attendance, Consent, Entry, Invitation, Meeting, Objection
from meetings.services.checking import MinutesIncomplete
from meetings.services.reviewing import (
    NotAReviewer,
    NotReadyForReview,
    ObjectionRefused,
    ReviewClosed,
    accept_objection,
    confirm,
    contest,
    open_review,
    reject_objection,
)
from meetings.tests.factories import InvitationFactory
from meetings.tests.held import CANARY, Held

pytestmark = pytest.mark.django_db

THURSDAY = dt.datetime(2025, 7, 24, 3, tzinfo=dt.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(THURSDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def held(clock):
    return Held()


@pytest.fixture
def reviewed(held):
    open_review(held.minutes, by=held.officer)
    return held


def test_review_refuses_incomplete_minutes(held):
    Entry.objects.filter(pk=held.task.pk).update(owner=None)

    with pytest.raises(MinutesIncomplete):
        open_review(held.minutes, by=held.officer)

    held.minutes.refresh_from_db()
    assert held.minutes.is_draft
    assert Notification.objects.count() == 0


def test_review_refuses_a_meeting_that_still_goes_on(held):
    Meeting.objects.update(state=Meeting.State.IN_SESSION)

    with pytest.raises(NotReadyForReview):
        open_review(held.minutes, by=held.officer)

    held.minutes.refresh_from_db()
    assert held.minutes.is_draft


def test_review_opens_once(reviewed):
    with pytest.raises(NotReadyForReview):
        open_review(reviewed.minutes, by=reviewed.officer)

    assert reviewed.minutes.review_round == 1


def test_window_counts_working_days_and_skips_holidays(held):
    Holiday.objects.create(
        date=dt.date(2025, 7, 25), name="Libur", kind=Holiday.Kind.PUBLIC
    )

    open_review(held.minutes, by=held.officer)

    # Thursday, then a holiday and a weekend: Monday, Tuesday, Wednesday.
    assert held.minutes.review_ends_on == dt.date(2025, 7, 30)
    held.meeting.refresh_from_db()
    assert (held.minutes.state, held.meeting.state) == ("review", "review")
    assert AuditEntry.objects.get(verb="meetings.open_review").actor == held.officer


def test_only_the_agencies_that_came_are_asked_by_a_mail_without_content(reviewed):
    mails = Notification.objects.all()

    absent = {reviewed.agencies["LANAL"].email, reviewed.agencies["BNNK"].email}
    asked = {agency.email for agency in reviewed.agencies.values()} - absent
    assert {mail.to for mail in mails} == asked
    assert not any(CANARY in mail.body + mail.subject for mail in mails)
    assert not any(reviewed.said.text in mail.body for mail in mails)


def test_agency_whose_link_was_revoked_is_asked_to_log_in(held):
    link = held.invitation("KSOP")
    Invitation.objects.filter(pk=link.pk).update(
        revoked_at=dt.datetime(2025, 7, 20, tzinfo=dt.UTC)
    )

    open_review(held.minutes, by=held.officer)

    mail = Notification.objects.get(to=held.agencies["KSOP"].email)
    assert f"/rapat/{held.meeting.pk}/tinjauan/" in mail.body
    assert link.token not in mail.body


def test_personal_links_live_as_long_as_the_window(held):
    Invitation.objects.update(token_expires_at=dt.datetime(2025, 7, 25, tzinfo=dt.UTC))

    open_review(held.minutes, by=held.officer)

    link = held.invitation("KSOP")
    assert link.token_expires_at == dt.datetime(
        2025, 7, 29, 16, 59, 59, 999999, tzinfo=dt.UTC
    )


def test_agency_confirms_once(reviewed):
    agency = reviewed.agencies["KSOP"]

    confirm(reviewed.minutes, agency=agency)
    confirm(reviewed.minutes, agency=agency)

    assert [(row.agency, row.form) for row in Consent.objects.all()] == [
        (agency, Consent.Form.CONFIRMED)
    ]
    audit = AuditEntry.objects.get(verb="meetings.confirm_minutes")
    assert (audit.actor, audit.on_behalf_of) == (None, agency)


def test_agency_that_did_not_come_is_no_reviewer(reviewed):
    absent = reviewed.agencies["BNNK"]

    with pytest.raises(NotAReviewer):
        confirm(reviewed.minutes, agency=absent)
    with pytest.raises(NotAReviewer):
        contest(reviewed.said, agency=absent, text="Tidak benar.")
    with pytest.raises(NotAReviewer):
        confirm(reviewed.minutes, agency=AgencyFactory())

    assert not Consent.objects.exists()
    assert not Objection.objects.exists()


def test_last_day_of_the_window_still_counts_and_the_next_does_not(reviewed, clock):
    clock.move_to(dt.datetime(2025, 7, 29, 16, 59, tzinfo=dt.UTC))
    confirm(reviewed.minutes, agency=reviewed.agencies["KSOP"])

    clock.move_to(dt.datetime(2025, 7, 29, 17, 1, tzinfo=dt.UTC))
    with pytest.raises(ReviewClosed):
        confirm(reviewed.minutes, agency=reviewed.agencies["POLRES"])

    assert Consent.objects.count() == 1


def test_nobody_contests_an_entry_that_they_may_not_read(reviewed):
    with pytest.raises(NotAReviewer):
        contest(reviewed.secret, agency=reviewed.agencies["KSOP"], text="Apa ini?")

    assert not Objection.objects.exists()


def test_contesting_withdraws_the_agency_s_consent(reviewed):
    agency = reviewed.agencies["KSOP"]
    confirm(reviewed.minutes, agency=agency)

    objection = contest(reviewed.said, agency=agency, text="Bukan 35, melainkan 53.")

    assert not Consent.objects.exists()
    assert objection.is_open
    with pytest.raises(ObjectionRefused):
        confirm(reviewed.minutes, agency=agency)


def test_minute_taker_is_told_of_an_objection_without_its_text(reviewed):
    contest(reviewed.said, agency=reviewed.agencies["KSOP"], text="Bukan 35.")

    mail = Notification.objects.get(key__startswith="contested:")
    assert mail.to == reviewed.officer.email
    assert "35" not in mail.body


def test_same_entry_is_contested_once_at_a_time(reviewed):
    agency = reviewed.agencies["KSOP"]
    contest(reviewed.said, agency=agency, text="Bukan 35.")

    with pytest.raises(ObjectionRefused):
        contest(reviewed.said, agency=agency, text="Sungguh bukan.")

    assert [row.text for row in Objection.objects.all()] == ["Bukan 35."]


def test_accepted_objection_changes_the_text_and_the_revision(reviewed):
    objection = contest(
        reviewed.said, agency=reviewed.agencies["KSOP"], text="Bukan 35."
    )

    accept_objection(
        objection,
        text="Terdapat 53 kapal asing bulan ini.",
        settlement="Angka diperbaiki.",
        by=reviewed.officer,
    )

    reviewed.said.refresh_from_db()
    assert reviewed.said.text == "Terdapat 53 kapal asing bulan ini."
    assert reviewed.said.revision == 2
    reviewed.minutes.refresh_from_db()
    assert reviewed.minutes.revision == 2
    assert objection.outcome == Objection.Outcome.ACCEPTED
    assert objection.settled_by == reviewed.officer


def accept(held, entry, code):
    objection = contest(entry, agency=held.agencies[code], text="Kurang tepat.")
    accept_objection(
        objection, text="Diperbaiki.", settlement="Diterima.", by=held.officer
    )


def test_whoever_agreed_to_the_old_text_is_asked_again(reviewed):
    agency = reviewed.agencies["BKK"]
    confirm(reviewed.minutes, agency=agency)

    accept(reviewed, reviewed.said, "KSOP")

    assert not Consent.objects.exists()
    mail = Notification.objects.get(key__startswith="changed:")
    assert mail.to == agency.email
    assert "Diperbaiki" not in mail.body
    asked = AuditEntry.objects.get(verb="meetings.ask_again")
    assert (asked.actor, asked.data["agencies"]) == (reviewed.officer, [agency.pk])


def test_change_of_a_secret_entry_is_news_to_nobody_whom_it_does_not_name(reviewed):
    confirm(reviewed.minutes, agency=reviewed.agencies["BKK"])

    accept(reviewed, reviewed.secret, "BIN")

    assert [row.agency for row in Consent.objects.all()] == [reviewed.agencies["BKK"]]
    assert not Notification.objects.filter(key__startswith="changed:").exists()


def test_after_the_window_a_settlement_leaves_the_confirmations(reviewed, clock):
    confirm(reviewed.minutes, agency=reviewed.agencies["BKK"])
    objection = contest(reviewed.said, agency=reviewed.agencies["KSOP"], text="Bukan.")
    clock.move_to(dt.datetime(2025, 7, 31, tzinfo=dt.UTC))

    accept_objection(
        objection, text="Diperbaiki.", settlement="Diterima.", by=reviewed.officer
    )

    assert Consent.objects.count() == 1


def test_rejected_objection_leaves_the_text_and_tells_the_agency(reviewed):
    agency = reviewed.agencies["KSOP"]
    objection = contest(reviewed.said, agency=agency, text="Bukan 35.")

    reject_objection(
        objection, settlement="Sesuai data pelabuhan.", by=reviewed.officer
    )

    reviewed.said.refresh_from_db()
    assert reviewed.said.text == "Terdapat 35 kapal asing bulan ini."
    mail = Notification.objects.get(key=f"settled:{objection.pk}")
    assert mail.to == agency.email
    assert "pelabuhan" not in mail.body


def test_objection_is_settled_once(reviewed):
    objection = contest(reviewed.said, agency=reviewed.agencies["KSOP"], text="Bukan.")
    reject_objection(objection, settlement="Tetap.", by=reviewed.officer)

    with pytest.raises(ReviewClosed):
        accept_objection(
            objection, text="Lain.", settlement="Diterima.", by=reviewed.officer
        )

    reviewed.said.refresh_from_db()
    assert reviewed.said.text == "Terdapat 35 kapal asing bulan ini."


def readable(held, code):
    return {
        entry.pk
        for entry in Entry.objects.readable_by(held.agencies[code].pk)
        if CANARY in entry.text
    }


def test_restricted_is_read_by_those_who_came_and_secret_by_those_it_names(reviewed):
    Attendance.objects.filter(agency=reviewed.agencies["KEJARI"]).update(state="izin")
    reviewed.secret.shared_with.add(reviewed.agencies["LANAL"])

    assert readable(reviewed, "KSOP") == {reviewed.restricted.pk}
    assert readable(reviewed, "KEJARI") == set()
    assert readable(reviewed, "LANAL") == {reviewed.secret.pk}
    assert readable(reviewed, "BIN") == {reviewed.restricted.pk, reviewed.secret.pk}


def test_account_and_link_of_an_agency_read_the_same(reviewed):
    stranger = InvitationFactory(sent=True)

    for code in ("KSOP", "BIN", "BNNK"):
        user = reviewed.liaison(code)
        assert set(Entry.objects.visible_to(user)) == set(
            Entry.objects.readable_by(user.agency_id)
        )
    assert not Entry.objects.readable_by(stranger.agency_id).exists()


def test_entry_of_a_draft_is_read_by_no_agency(held):
    held.said.classification = Classification.OPEN

    assert not Entry.objects.readable_by(held.agencies["KSOP"].pk).exists()
