import datetime as dt
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEntry, Notification
from agencies.tests.factories import UserFactory
from meetings.models import FollowUp, Progress
from meetings.services.followups import (
    FollowUpClosed,
    ProgressAlreadyJudged,
    ReasonMissing,
    accept_progress,
    cancel_follow_up,
    move_due_date,
    report_progress,
    return_progress,
)
from meetings.services.reminders import remind_of_due_dates
from meetings.tests.factories import FollowUpFactory

pytestmark = pytest.mark.django_db


def officer_of(follow_up):
    return UserFactory(agency=follow_up.office.agency)


def liaison_of(follow_up):
    return UserFactory(liaison=True, agency=follow_up.owner)


def reported(follow_up, *, is_final=True):
    return report_progress(
        follow_up,
        text="Data sudah dicocokkan.",
        is_final=is_final,
        evidence=[],
        by=liaison_of(follow_up),
    )


def test_final_report_waits_for_the_secretariat():
    follow_up = FollowUpFactory()

    progress = reported(follow_up)

    assert FollowUp.objects.get().state == "reported"
    assert list(AuditEntry.objects.values_list("verb", "data")) == [
        ("meetings.report_progress", {"progress": progress.pk, "is_final": True})
    ]


def test_interim_report_leaves_the_duty_open():
    follow_up = FollowUpFactory()

    reported(follow_up, is_final=False)

    assert FollowUp.objects.get().state == "open"


def test_duty_that_was_reported_done_takes_no_second_report():
    follow_up = FollowUpFactory()
    reported(follow_up)

    with pytest.raises(FollowUpClosed):
        reported(follow_up)

    assert Progress.objects.count() == 1


def test_accepted_report_closes_the_duty_on_the_day_it_was_reported():
    follow_up = FollowUpFactory()
    progress = reported(follow_up)
    Progress.objects.update(reported_at=dt.datetime(2026, 3, 9, 20, tzinfo=dt.UTC))
    progress.refresh_from_db()

    accept_progress(progress, note="", by=officer_of(follow_up))

    follow_up = FollowUp.objects.get()
    # 20.00 UTC is 03.00 WIB of the next day.
    assert (follow_up.state, follow_up.done_on) == ("done", dt.date(2026, 3, 10))


def test_accepted_interim_report_closes_nothing():
    follow_up = FollowUpFactory()

    accept_progress(
        reported(follow_up, is_final=False), note="", by=officer_of(follow_up)
    )

    assert FollowUp.objects.get().state == "open"


def test_returned_report_is_owed_again_and_says_why():
    follow_up = FollowUpFactory()
    progress = reported(follow_up)

    return_progress(progress, reason="Belum ada bukti.", by=officer_of(follow_up))

    assert FollowUp.objects.get().state == "open"
    assert Progress.objects.get().verdict_reason == "Belum ada bukti."


def test_report_is_not_returned_without_a_reason():
    follow_up = FollowUpFactory()
    progress = reported(follow_up)

    with pytest.raises(ReasonMissing):
        return_progress(progress, reason="  ", by=officer_of(follow_up))

    assert FollowUp.objects.get().state == "reported"


def test_report_is_judged_once():
    follow_up = FollowUpFactory()
    progress = reported(follow_up)
    stale = Progress.objects.select_related("follow_up__office").get()
    return_progress(progress, reason="Belum lengkap.", by=officer_of(follow_up))

    with pytest.raises(ProgressAlreadyJudged):
        accept_progress(stale, note="", by=officer_of(follow_up))

    assert FollowUp.objects.get().state == "open"


def test_due_date_moves_with_a_reason_and_the_audit_keeps_both_dates():
    follow_up = FollowUpFactory(due_on=dt.date(2026, 3, 1))

    move_due_date(
        follow_up,
        due_on=dt.date(2026, 4, 1),
        reason="Menunggu data provinsi.",
        by=officer_of(follow_up),
    )

    assert FollowUp.objects.get().due_on == dt.date(2026, 4, 1)
    assert AuditEntry.objects.get().data == {
        "before": "2026-03-01",
        "after": "2026-04-01",
    }


@pytest.mark.parametrize(
    "act",
    [
        partial(move_due_date, due_on=dt.date(2030, 1, 1), reason="Menunggu."),
        partial(cancel_follow_up, reason="Lagi."),
    ],
)
def test_closed_duty_is_neither_moved_nor_cancelled(act):
    follow_up = FollowUpFactory(state="cancelled", close_reason="Sudah tidak perlu.")
    by = officer_of(follow_up)

    with pytest.raises(FollowUpClosed):
        act(follow_up, by=by)

    assert FollowUp.objects.get().close_reason == "Sudah tidak perlu."


def test_cancelling_needs_a_reason():
    follow_up = FollowUpFactory()

    with pytest.raises(ReasonMissing):
        cancel_follow_up(follow_up, reason=" ", by=officer_of(follow_up))

    assert FollowUp.objects.get().state == "open"


@pytest.mark.parametrize(
    ("left", "subjects"),
    [
        (4, []),
        (3, ["Pengingat"]),
        (0, ["Pengingat"]),
        (-1, ["Melewati tenggat"]),
        (-8, []),
    ],
)
def test_reminders_come_before_and_after_the_date_once_each(left, subjects):
    follow_up = FollowUpFactory(
        text="CANARI-ISI", due_on=timezone.localdate() + dt.timedelta(days=left)
    )
    liaison = liaison_of(follow_up)

    remind_of_due_dates()
    remind_of_due_dates()

    sent = Notification.objects.all()
    assert [(n.to, n.subject.partition(" 2")[0].split(":")[0]) for n in sent] == [
        (liaison.email, subject) for subject in subjects
    ]
    assert not [n for n in sent if "CANARI-ISI" in n.body + n.subject]


def test_agency_without_liaison_is_reminded_at_its_own_address():
    follow_up = FollowUpFactory(due_on=timezone.localdate())

    remind_of_due_dates()

    assert Notification.objects.get().to == follow_up.owner.email


def test_nobody_is_reminded_of_what_waits_for_the_secretariat():
    follow_up = FollowUpFactory(due_on=timezone.localdate())
    reported(follow_up)

    assert remind_of_due_dates() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_reminders_need_the_same_queries_when_nothing_is_new(
    rows, django_assert_num_queries
):
    for _ in range(rows):
        FollowUpFactory(due_on=timezone.localdate())
    remind_of_due_dates()

    with django_assert_num_queries(3):
        remind_of_due_dates()


def test_evidence_that_is_no_picture_and_no_pdf_is_refused_and_nothing_is_reported(
    client,
):
    follow_up = FollowUpFactory()
    client.force_login(liaison_of(follow_up))

    response = client.post(
        follow_up.get_absolute_url(),
        {
            "text": "Sudah selesai.",
            "is_final": "on",
            "evidence": SimpleUploadedFile("bukti.jpg", b"<script>alert(1)</script>"),
        },
    )

    assert response.status_code == 422
    assert "Sudah selesai." in response.content.decode()
    assert FollowUp.objects.get().state == "open"
    assert not Progress.objects.exists()


def test_list_begins_with_what_is_open_and_ends_with_what_was_done_long_ago():
    today = timezone.localdate()
    done = {"state": FollowUp.State.DONE, "due_on": today - dt.timedelta(days=90)}
    long_ago = FollowUpFactory(**done, done_on=today - dt.timedelta(days=80))
    lately = FollowUpFactory(**done, done_on=today - dt.timedelta(days=2))
    later = FollowUpFactory(due_on=today + dt.timedelta(days=9))
    overdue = FollowUpFactory(due_on=today - dt.timedelta(days=1))

    assert list(FollowUp.objects.most_urgent_first()) == [
        overdue,
        later,
        lately,
        long_ago,
    ]


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        (
            "meetings:move_due",
            {"due_on": "2020-01-01", "reason": "Menunggu data pusat."},
            "Tenggat baru tidak boleh di masa lalu.",
        ),
        (
            "meetings:cancel_duty",
            {"reason": "Menunggu data pusat. " * 200},
            "paling banyak 2000 karakter",
        ),
    ],
)
def test_refused_change_of_a_duty_comes_back_in_its_place(
    client, name, typed, sentence
):
    follow_up = FollowUpFactory()
    client.force_login(officer_of(follow_up))

    response = client.post(reverse(name, args=[follow_up.pk]), typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert typed["reason"].strip() in page
    assert FollowUp.objects.get().state == "open"


def test_too_long_a_verdict_comes_back_beside_its_report(client):
    follow_up = FollowUpFactory()
    progress = Progress.objects.create(
        follow_up=follow_up, text="Sebagian.", reported_by=liaison_of(follow_up)
    )
    client.force_login(officer_of(follow_up))

    response = client.post(
        reverse("meetings:judge_progress", args=[progress.pk]),
        {"verdict": "return", "reason": "Belum lengkap. " * 200},
    )

    assert response.status_code == 422
    assert f'id="reason-{progress.pk}">Belum lengkap. ' in response.content.decode()
