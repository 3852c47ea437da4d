import datetime as dt
import json

import pytest
import time_machine

from agencies.models import AuditEntry, Notification
from documents.models import Classification, Document, DocumentVersion, Signature
from foreigners.models import Finding
from meetings.models import Consent, Entry, FollowUp, Meeting, Minutes
from meetings.services.approving import (
    MinutesMoved,
    ReviewStillOpen,
    approve_minutes,
    return_minutes,
    submit_minutes,
)
from meetings.services.checking import MinutesIncomplete
from meetings.services.reviewing import (
    confirm,
    contest,
    open_review,
    reject_objection,
    reviewers,
)
from meetings.tests.held import CANARY, DECISIONS, Held

pytestmark = pytest.mark.django_db

THURSDAY = dt.datetime(2025, 7, 24, 3, tzinfo=dt.UTC)
AFTER = dt.datetime(2025, 7, 30, 3, tzinfo=dt.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(THURSDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reviewed(clock):
    held = Held()
    open_review(held.minutes, by=held.officer)
    return held


@pytest.fixture
def submitted(reviewed, clock):
    clock.move_to(AFTER)
    submit_minutes(reviewed.minutes, by=reviewed.head, revision=1)
    return reviewed


def test_early_submission_is_refused_with_the_date(reviewed):
    confirm(reviewed.minutes, agency=reviewed.agencies["KSOP"])

    with pytest.raises(ReviewStillOpen, match=r"29 Juli 2025 dan 11 instansi"):
        submit_minutes(reviewed.minutes, by=reviewed.head, revision=1)

    reviewed.minutes.refresh_from_db()
    assert reviewed.minutes.is_in_review
    assert Consent.objects.count() == 1


def test_submission_before_the_end_is_possible_once_everybody_answered(reviewed):
    for invitation in reviewers(reviewed.meeting):
        confirm(reviewed.minutes, agency=invitation.agency)

    submit_minutes(reviewed.minutes, by=reviewed.head, revision=1)

    assert reviewed.minutes.is_submitted
    assert not Consent.objects.filter(form=Consent.Form.SILENT).exists()


def test_silence_is_consent_and_is_recorded_agency_by_agency(reviewed, clock):
    confirm(reviewed.minutes, agency=reviewed.agencies["KSOP"])
    objection = contest(
        reviewed.said, agency=reviewed.agencies["POLRES"], text="Kurang tepat."
    )
    reject_objection(objection, settlement="Tetap.", by=reviewed.officer)
    clock.move_to(AFTER)

    submit_minutes(reviewed.minutes, by=reviewed.head, revision=1)

    forms = dict(Consent.objects.values_list("agency__name", "form"))
    assert forms.pop("KSOP Kelas I Banten") == Consent.Form.CONFIRMED
    assert forms.pop("Polres Cilegon") == Consent.Form.CONTESTED
    assert set(forms.values()) == {Consent.Form.SILENT}
    assert len(forms) == 10


def test_chief_is_told_of_the_submission_and_the_minute_taker_of_the_return(submitted):
    return_minutes(submitted.minutes, reason="Angka keliru.", by=submitted.chief)

    told = Notification.objects.exclude(key__startswith="review:").order_by("pk")
    assert [(mail.to, mail.key.split(":")[0]) for mail in told] == [
        (submitted.chief.email, "submitted"),
        (submitted.officer.email, "returned"),
    ]
    assert not any("Angka keliru" in mail.body for mail in told)


def test_submission_waits_for_the_settlement_of_objections(reviewed, clock):
    contest(reviewed.said, agency=reviewed.agencies["POLRES"], text="Kurang tepat.")
    clock.move_to(AFTER)

    with pytest.raises(MinutesIncomplete, match="Keberatan Polres Cilegon"):
        submit_minutes(reviewed.minutes, by=reviewed.head, revision=1)

    reviewed.minutes.refresh_from_db()
    assert reviewed.minutes.is_in_review


def test_submission_of_a_text_that_was_not_read_is_refused(reviewed, clock):
    clock.move_to(AFTER)

    with pytest.raises(MinutesMoved):
        submit_minutes(reviewed.minutes, by=reviewed.head, revision=2)


def test_returned_minutes_are_a_draft_again_and_need_a_new_review(submitted):
    return_minutes(submitted.minutes, reason="Angka kapal keliru.", by=submitted.chief)

    submitted.meeting.refresh_from_db()
    assert (submitted.minutes.state, submitted.meeting.state) == ("draft", "minutes")
    assert submitted.minutes.returned_reason == "Angka kapal keliru."
    audit = AuditEntry.objects.get(verb="meetings.return_minutes")
    assert audit.reason == "Angka kapal keliru."

    open_review(submitted.minutes, by=submitted.officer)

    assert submitted.minutes.review_round == 2
    assert not Consent.objects.exists()
    assert Notification.objects.filter(key__contains=":2:").count() == 12


def test_only_submitted_minutes_are_returned(reviewed):
    with pytest.raises(MinutesMoved):
        return_minutes(reviewed.minutes, reason="Terlalu dini.", by=reviewed.chief)


def test_approval_refuses_minutes_that_were_not_submitted(reviewed):
    with pytest.raises(MinutesMoved):
        approve_minutes(reviewed.minutes, by=reviewed.chief, revision=1)

    assert not Document.objects.exists()


def test_approval_refuses_a_text_that_the_chief_has_not_read(submitted):
    Minutes.objects.update(revision=2)

    with pytest.raises(MinutesMoved):
        approve_minutes(submitted.minutes, by=submitted.chief, revision=1)

    assert not Document.objects.exists()
    assert not FollowUp.objects.exists()


def test_approval_locks_and_issues_both_papers(submitted):
    minutes = approve_minutes(submitted.minutes, by=submitted.chief, revision=1)

    assert (minutes.state, minutes.approved_by) == ("approved", submitted.chief)
    submitted.meeting.refresh_from_db()
    assert submitted.meeting.is_approved
    circulation, annex = minutes.circulation.document, minutes.restricted.document
    assert circulation.kind == Document.Kind.MINUTES
    assert set(circulation.readers.all()) == set(submitted.agencies.values())
    assert annex.kind == Document.Kind.MINUTES_RESTRICTED
    assert not annex.readers.exists()
    assert annex.classification == Classification.SECRET
    assert AuditEntry.objects.filter(verb="meetings.approve_minutes").count() == 1


def test_approval_signs_both_papers_in_the_chief_s_name(submitted):
    minutes = approve_minutes(submitted.minutes, by=submitted.chief, revision=1)

    signed = Signature.objects.values_list("version", "name", "post", "method")
    assert sorted(signed) == [
        (minutes.circulation_id, submitted.chief.name, "Kepala Kantor", "internal"),
        (minutes.restricted_id, submitted.chief.name, "Kepala Kantor", "internal"),
    ]


def test_without_restricted_entries_there_is_no_annex(reviewed, clock):
    restricted = [reviewed.restricted.pk, reviewed.secret.pk]
    Entry.objects.filter(pk__in=restricted).delete()
    Entry.objects.update(restricted_text="")
    clock.move_to(AFTER)
    submit_minutes(reviewed.minutes, by=reviewed.head, revision=1)

    minutes = approve_minutes(reviewed.minutes, by=reviewed.chief, revision=1)

    assert minutes.restricted is None
    assert [row.kind for row in Document.objects.all()] == [Document.Kind.MINUTES]


def test_circulation_copy_and_mails_carry_no_restricted_word(submitted):
    minutes = approve_minutes(submitted.minutes, by=submitted.chief, revision=1)

    assert CANARY not in json.dumps(minutes.circulation.snapshot)
    assert CANARY in json.dumps(minutes.restricted.snapshot)
    mails = Notification.objects.filter(key__startswith="approved:")
    assert mails.count() == 14
    assert not any(CANARY in mail.subject + mail.body for mail in mails)
    assert not any(DECISIONS[0][0] in mail.body for mail in mails)


def test_approval_makes_follow_ups_of_tasks_and_dated_decisions(submitted):
    approve_minutes(submitted.minutes, by=submitted.chief, revision=1)

    expected = {text for text, _code, days in DECISIONS if days}
    expected.add("Mengirim rekapitulasi tenaga kerja asing per perusahaan.")
    assert {row.text for row in FollowUp.objects.all()} == expected
    task = FollowUp.objects.get(key=submitted.task.key)
    assert task.owner == submitted.agencies["DISDUKCAPIL"]
    assert (task.created_on, task.due_on) == (
        submitted.meeting.day,
        submitted.task.due_on,
    )


def test_approval_registers_findings_under_a_number(submitted):
    approve_minutes(submitted.minutes, by=submitted.chief, revision=1)

    finding = Finding.objects.get()
    assert finding.number == "TM-0001/2025"
    assert finding.reporter == submitted.agencies["POLRES"]
    assert CANARY in finding.persons
    assert CANARY not in finding.activity


def test_second_click_on_approve_changes_nothing(submitted):
    approve_minutes(submitted.minutes, by=submitted.chief, revision=1)
    before = (
        Document.objects.count(),
        FollowUp.objects.count(),
        Finding.objects.count(),
    )

    again = approve_minutes(submitted.minutes, by=submitted.chief, revision=1)

    assert again.is_locked
    assert before == (
        Document.objects.count(),
        FollowUp.objects.count(),
        Finding.objects.count(),
    )
    assert DocumentVersion.objects.count() == 2
    assert AuditEntry.objects.filter(verb="meetings.approve_minutes").count() == 1


def test_incomplete_minutes_are_not_locked_even_if_they_were_submitted(submitted):
    Entry.objects.filter(pk=submitted.task.pk).update(owner=None)

    with pytest.raises(MinutesIncomplete):
        approve_minutes(submitted.minutes, by=submitted.chief, revision=1)

    assert not Document.objects.exists()
    assert Meeting.objects.get().state == Meeting.State.REVIEW
