import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agencies.models import User
from agencies.tests.factories import UserFactory
from documents.models import Document, DocumentVersion
from documents.tests.certificates import certify_user
from meetings.models import Minutes
from meetings.services.approving import (
    approve_minutes,
    return_minutes,
    submit_minutes,
)
from meetings.services.correcting import start_correction
from meetings.services.reviewing import open_review
from meetings.tests.held import CANARY, DECISIONS, Held

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    start = dt.datetime(2025, 7, 24, 3, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as traveller:
        yield traveller


def submit(held, clock):
    open_review(held.minutes, by=held.officer)
    clock.shift(7 * DAY)
    submit_minutes(held.minutes, by=held.head, revision=held.minutes.revision)
    return held


@pytest.fixture
def submitted(clock):
    return submit(Held(), clock)


@pytest.fixture
def approved(submitted):
    submitted.minutes = approve_minutes(
        submitted.minutes, by=submitted.chief, revision=1
    )
    return submitted


def page(name, held):
    return reverse(f"meetings:{name}", args=[held.meeting.pk])


def people(held):
    kanim = held.office.agency
    return {
        "officer": held.officer,
        "section_head": held.head,
        "chief": held.chief,
        "administrator": UserFactory(agency=kanim, role=User.Role.ADMINISTRATOR),
        "auditor": UserFactory(agency=kanim, role=User.Role.AUDITOR),
        "liaison": held.liaison("KSOP"),
        "stranger": UserFactory(liaison=True),
        "other_office": UserFactory(role=User.Role.CHIEF),
    }


@pytest.mark.parametrize(
    ("who", "sees", "approves"),
    [
        ("officer", 200, 403),
        ("section_head", 200, 403),
        ("chief", 200, 302),
        ("administrator", 404, 404),
        ("auditor", 403, 403),
        ("liaison", 403, 403),
        ("stranger", 404, 404),
        ("other_office", 404, 404),
    ],
)
def test_who_sees_and_who_approves(client, submitted, who, sees, approves):
    client.force_login(people(submitted)[who])

    assert client.get(page("approval", submitted)).status_code == sees
    response = client.post(page("approve", submitted), {"revision": 1})

    assert response.status_code == approves
    assert Document.objects.exists() is (who == "chief")


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 403), ("section_head", 403), ("chief", 302), ("liaison", 403)],
)
def test_who_returns(client, submitted, who, status):
    client.force_login(people(submitted)[who])

    response = client.post(page("approval_return", submitted), {"reason": "Keliru."})

    assert response.status_code == status
    submitted.minutes.refresh_from_db()
    assert submitted.minutes.is_draft is (who == "chief")


def test_returning_without_a_reason_changes_nothing(client, submitted):
    client.force_login(submitted.chief)

    response = client.post(page("approval_return", submitted), {"reason": " "})

    assert response.status_code == 422
    submitted.minutes.refresh_from_db()
    assert submitted.minutes.is_submitted


def test_chief_s_page_is_the_whole_meeting(client, submitted):
    client.force_login(submitted.chief)

    html = client.get(page("approval", submitted)).content.decode()

    for text, _code, _days in DECISIONS:
        assert text in html
    assert "Lanal Banten" in html
    assert 'name="revision" value="1"' in html


def test_stale_revision_says_why_and_issues_nothing(client, submitted):
    Minutes.objects.update(revision=2)
    client.force_login(submitted.chief)

    response = client.post(page("approve", submitted), {"revision": 1}, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "Notula berubah sejak Anda membacanya atau tidak menunggu pengesahan."
    ]
    assert not Document.objects.exists()


def test_double_click_on_approve_makes_one_paper(client, submitted):
    client.force_login(submitted.chief)

    client.post(page("approve", submitted), {"revision": 1})
    client.post(page("approve", submitted), {"revision": 1})

    assert DocumentVersion.objects.count() == 2


def test_page_asks_again_while_the_paper_is_made(client, approved):
    DocumentVersion.objects.update(state="queued", ready_at=None, file="", sha256="")
    client.force_login(approved.chief)

    response = client.get(page("approval", approved), headers={"HX-Request": "true"})

    html = response.content.decode()
    assert html.lstrip().startswith('<div id="berkas-notula"')
    assert 'hx-trigger="every 2s"' in html
    assert "PDF sedang dibuat" in html


def test_approved_page_offers_the_paper_in_one_tap(client, approved):
    DocumentVersion.objects.update(
        state="ready", ready_at=dt.datetime.now(dt.UTC), file="a", sha256="b"
    )
    client.force_login(approved.chief)

    html = client.get(page("approval", approved)).content.decode()

    url = reverse("documents:download", args=[approved.minutes.circulation_id])
    assert f'href="{url}"' in html
    assert "hx-trigger" not in html


def test_running_correction_leaves_the_paper_in_force_in_one_tap(client, approved):
    DocumentVersion.objects.update(
        state="ready", ready_at=dt.datetime.now(dt.UTC), file="a", sha256="b"
    )
    start_correction(approved.meeting, reason="Angka.", by=approved.officer)
    client.force_login(approved.chief)

    html = client.get(page("approval", approved)).content.decode()

    url = reverse("documents:download", args=[approved.minutes.circulation_id])
    assert f'href="{url}"' in html


def test_approved_minutes_still_say_what_was_decided(client, approved):
    client.force_login(approved.chief)

    html = client.get(page("approval", approved)).content.decode()

    assert DECISIONS[0][0] in html


def test_chief_with_a_certificate_reads_that_approving_signs(client, submitted):
    client.force_login(submitted.chief)
    before = client.get(page("approval", submitted)).content.decode()
    certify_user(submitted.chief)

    html = client.get(page("approval", submitted)).content.decode()

    assert "Sahkan notula ini" in before
    assert "Sahkan dan tanda tangani notula ini" in html
    assert "SERTIFIKAT UJI" in html


@pytest.mark.parametrize("extra", [1, 30])
def test_chief_s_page_costs_the_same_for_many_entries(
    client, clock, extra, django_assert_num_queries
):
    held = submit(Held(extra_entries=extra), clock)
    client.force_login(held.chief)
    client.get(page("approval", held))

    with django_assert_num_queries(20):
        client.get(page("approval", held))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 302),
        ("chief", 302),
        ("liaison", 403),
        ("stranger", 404),
        ("auditor", 403),
        ("administrator", 403),
        ("other_office", 404),
    ],
)
def test_who_starts_a_correction(client, approved, who, status):
    client.force_login(people(approved)[who])

    response = client.post(page("correct", approved), {"reason": "Angka keliru."})

    assert response.status_code == status
    assert Minutes.objects.filter(version=2).exists() is (status == 302)


def test_correction_needs_a_reason(client, approved):
    client.force_login(approved.officer)

    assert client.post(page("correct", approved), {"reason": ""}).status_code == 422
    assert not Minutes.objects.filter(version=2).exists()


def test_office_compares_a_running_correction_and_agencies_do_not(client, approved):
    minutes = start_correction(approved.meeting, reason="Angka.", by=approved.officer)
    minutes.entries.filter(key=approved.said.key).update(
        text="Terdapat 53 kapal asing bulan ini."
    )
    client.force_login(approved.officer)
    html = client.get(page("changes", approved)).content.decode()
    assert "<del>35 </del><ins>53 </ins>" in html

    client.force_login(approved.liaison("KSOP"))
    assert client.get(page("changes", approved)).status_code == 404


def test_agencies_compare_what_was_issued_without_restricted_words(
    client, approved, clock
):
    minutes = start_correction(approved.meeting, reason="Angka.", by=approved.officer)
    minutes.entries.filter(key=approved.said.key).update(text="Terdapat 53 kapal.")
    minutes.entries.filter(key=approved.secret.key).update(text=f"{CANARY} LAIN")
    approved.minutes = minutes
    submit(approved, clock)
    approve_minutes(minutes, by=approved.chief, revision=minutes.revision)
    client.force_login(approved.liaison("BIN"))

    html = client.get(page("changes", approved)).content.decode()

    assert "53" in html
    assert CANARY not in html


def test_versions_that_do_not_exist_are_missing(client, approved):
    start_correction(approved.meeting, reason="Angka.", by=approved.officer)
    client.force_login(approved.officer)

    url = page("changes", approved)

    assert client.get(url, {"old": 1, "new": 7}).status_code == 404
    assert client.get(url, {"old": "x"}).status_code == 200


def test_correction_is_written_in_the_editor_of_the_minutes(client, approved):
    start_correction(approved.meeting, reason="Angka.", by=approved.officer)
    client.force_login(approved.officer)

    html = client.get(page("minutes", approved)).content.decode()

    assert reverse("meetings:review", args=[approved.meeting.pk]) in html
    assert "data-unsaved" in html


def test_returning_minutes_that_were_just_returned_keeps_the_reason(client, submitted):
    return_minutes(submitted.minutes, reason="Lebih dulu.", by=submitted.chief)
    client.force_login(submitted.chief)

    response = client.post(
        page("approval_return", submitted), {"reason": "Angka kapal keliru."}
    )

    assert response.status_code == 422
    assert "tidak sedang menunggu pengesahan" in response.content.decode()
    assert "Angka kapal keliru." in response.content.decode()
    submitted.minutes.refresh_from_db()
    assert submitted.minutes.returned_reason == "Lebih dulu."


def test_correcting_minutes_that_are_not_approved_keeps_the_reason(client, submitted):
    client.force_login(submitted.officer)

    response = client.post(page("correct", submitted), {"reason": "Salah tanggal."})

    assert response.status_code == 422
    assert "Salah tanggal." in response.content.decode()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("cancel", {"reason": "Hujan badai."}),
        ("agenda", {"kind": "lain", "title": "Hujan badai.", "minutes": 10}),
    ],
)
def test_what_an_approved_meeting_refuses_stays_in_its_form(
    client, approved, name, typed
):
    client.force_login(approved.head)

    response = client.post(page(name, approved), typed)

    assert response.status_code == 422
    form = response.context["form"]
    assert form.non_field_errors()
    assert "Hujan badai." in {field.value() for field in form}
