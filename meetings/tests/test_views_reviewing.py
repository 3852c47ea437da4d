import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import UserFactory
from meetings.models import Consent, Invitation, Minutes, Objection
from meetings.services.checking import missing
from meetings.services.reviewing import contest, open_review
from meetings.tests.factories import AttendanceFactory
from meetings.tests.held import CANARY, Held

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(dt.datetime(2025, 7, 24, 3, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def held():
    return Held()


@pytest.fixture
def reviewed(held):
    open_review(held.minutes, by=held.officer)
    return held


def page(name, held, *args):
    return reverse(f"meetings:{name}", args=[held.meeting.pk, *args])


def link(name, held, code, *args):
    return reverse(f"meetings:{name}", args=[held.invitation(code).token, *args])


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
        "other_office": UserFactory(),
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("section_head", 200),
        ("chief", 200),
        ("liaison", 200),
        ("administrator", 404),
        ("auditor", 403),
        ("stranger", 404),
        ("other_office", 404),
    ],
)
def test_who_opens_the_review(client, reviewed, who, status):
    client.force_login(people(reviewed)[who])

    assert client.get(page("review", reviewed)).status_code == status


@pytest.mark.parametrize(
    ("who", "moves"),
    [
        ("officer", False),
        ("section_head", True),
        ("chief", False),
        ("liaison", False),
        ("stranger", False),
        ("other_office", False),
    ],
)
def test_who_submits(client, reviewed, who, moves):
    Minutes.objects.update(review_ends_on=dt.date(2025, 7, 23))
    client.force_login(people(reviewed)[who])

    client.post(page("review_submit", reviewed), {"revision": 1})

    reviewed.minutes.refresh_from_db()
    assert reviewed.minutes.is_submitted is moves


def test_nobody_without_account_opens_the_page(client, reviewed):
    assert client.get(page("review", reviewed)).status_code == 302


def test_draft_is_missing_for_a_liaison(client, held):
    client.force_login(held.liaison("KSOP"))

    assert client.get(page("review", held)).status_code == 404


def test_page_lists_what_is_missing_with_the_place_to_mend_it(client, held):
    AttendanceFactory(invitation__meeting=held.meeting)
    client.force_login(held.officer)

    html = client.get(page("review", held)).content.decode()

    assert "Kehadiran belum diketahui" in html
    assert f'href="{page("attendance", held)}"' in html


def test_link_of_a_flawed_entry_opens_its_form(client, held):
    held.task.owner = None
    held.task.save()
    client.force_login(held.officer)
    [flaw] = missing(held.minutes)

    html = client.get(flaw.url).content.decode()

    assert held.task.text in html
    assert f'data-key="{held.task.key}"' in html


def test_opening_incomplete_minutes_says_why_and_changes_nothing(client, held):
    held.task.owner = None
    held.task.save()
    client.force_login(held.officer)

    response = client.post(page("review_open", held))

    assert response.status_code == 302
    held.minutes.refresh_from_db()
    assert held.minutes.is_draft


def test_early_submission_changes_nothing(client, reviewed):
    client.force_login(reviewed.head)

    client.post(page("review_submit", reviewed), {"revision": 1})

    reviewed.minutes.refresh_from_db()
    assert reviewed.minutes.is_in_review


@pytest.mark.parametrize("code", ["KSOP", "BNNK"])
def test_liaison_and_link_read_no_secret_and_no_restricted_text(client, reviewed, code):
    by_link = client.get(link("link_review", reviewed, code)).content.decode()
    client.force_login(reviewed.liaison(code))
    by_account = client.get(page("review", reviewed)).content.decode()

    for html in (by_link, by_account):
        assert reviewed.said.text in html
        assert "KENARI RAHASIA" not in html
        assert "KENARI ORANG-ASING" not in html
        assert ("KENARI TERBATAS" in html) is (code == "KSOP")


def test_link_confirms_in_two_taps_without_account(client, reviewed):
    html = client.get(link("link_review", reviewed, "KSOP")).content.decode()
    assert link("link_confirm", reviewed, "KSOP") in html

    client.post(link("link_confirm", reviewed, "KSOP"))

    assert [(row.agency, row.by) for row in Consent.objects.all()] == [
        (reviewed.agencies["KSOP"], None)
    ]


def test_liaison_confirms_under_their_name(client, reviewed):
    liaison = reviewed.liaison("KSOP")
    client.force_login(liaison)

    client.post(page("review_confirm", reviewed))

    assert Consent.objects.get().by == liaison


def test_liaison_of_an_absent_agency_reads_and_has_no_button(client, reviewed):
    client.force_login(reviewed.liaison("BNNK"))

    html = client.get(page("review", reviewed)).content.decode()

    assert page("review_confirm", reviewed) not in html


def test_contested_entry_and_whole_text_offer_no_button_until_it_is_settled(
    client, reviewed
):
    contest(reviewed.said, agency=reviewed.agencies["KSOP"], text="Bukan.")

    html = client.get(link("link_review", reviewed, "KSOP")).content.decode()

    assert link("link_contest", reviewed, "KSOP", reviewed.question.pk) in html
    assert link("link_contest", reviewed, "KSOP", reviewed.said.pk) not in html
    assert link("link_confirm", reviewed, "KSOP") not in html


def test_contesting_keeps_what_was_typed_when_it_is_too_long(client, reviewed):
    client.force_login(reviewed.liaison("KSOP"))
    url = page("review_contest", reviewed, reviewed.said.pk)

    response = client.post(url, {"text": "x" * 4001})

    assert response.status_code == 422
    assert "x" * 4001 in response.content.decode()
    assert not Objection.objects.exists()


def test_contesting_by_link_stands_in_the_office_s_list(client, reviewed):
    url = link("link_contest", reviewed, "KSOP", reviewed.said.pk)
    client.post(url, {"text": "Bukan 35, melainkan 53."})

    client.force_login(reviewed.officer)
    html = client.get(page("review", reviewed)).content.decode()

    assert "Bukan 35, melainkan 53." in html
    assert page("settle", reviewed, Objection.objects.get().pk) in html


def test_entry_that_an_agency_may_not_read_is_missing_for_it(client, reviewed):
    by_link = link("link_contest", reviewed, "KSOP", reviewed.secret.pk)
    assert client.get(by_link).status_code == 404

    client.force_login(reviewed.liaison("KSOP"))
    url = page("review_contest", reviewed, reviewed.secret.pk)
    assert client.post(url, {"text": "Apa?"}).status_code == 404
    assert not Objection.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": dt.datetime(2025, 7, 20, tzinfo=dt.UTC)},
        {"token_expires_at": dt.datetime(2025, 7, 20, tzinfo=dt.UTC)},
    ],
)
def test_dead_links_open_nothing(client, reviewed, change):
    Invitation.objects.update(**change)

    assert client.get(link("link_review", reviewed, "KSOP")).status_code == 404
    assert client.post(link("link_confirm", reviewed, "KSOP")).status_code == 404
    assert not Consent.objects.exists()


def test_landing_of_the_link_leads_to_the_review(client, reviewed):
    html = client.get(link("link", reviewed, "KSOP")).content.decode()

    assert f'href="{link("link_review", reviewed, "KSOP")}"' in html


def test_page_behind_a_link_leaks_no_address_and_is_not_kept(client, reviewed):
    response = client.get(link("link_review", reviewed, "KSOP"))

    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_accepting_without_a_new_text_comes_back_with_the_form(client, reviewed):
    objection = contest(reviewed.said, agency=reviewed.agencies["KSOP"], text="Bukan.")
    client.force_login(reviewed.officer)

    response = client.post(
        page("settle", reviewed, objection.pk),
        {"outcome": "diterima", "text": "", "settlement": "Angka diperbaiki."},
    )

    assert response.status_code == 422
    assert "Angka diperbaiki." in response.content.decode()
    objection.refresh_from_db()
    assert objection.is_open


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        ("diterima", "Terdapat 53 kapal."),
        ("ditolak", "Terdapat 35 kapal asing bulan ini."),
    ],
)
def test_officer_settles_an_objection(client, reviewed, outcome, text):
    objection = contest(reviewed.said, agency=reviewed.agencies["KSOP"], text="Bukan.")
    client.force_login(reviewed.officer)

    client.post(
        page("settle", reviewed, objection.pk),
        {"outcome": outcome, "text": "Terdapat 53 kapal.", "settlement": "Diperiksa."},
    )

    objection.refresh_from_db()
    reviewed.said.refresh_from_db()
    assert (objection.outcome, reviewed.said.text) == (outcome, text)


def test_objection_of_another_meeting_is_missing(client, reviewed):
    stranger = Held(
        {
            "KSOP": "KSOP Lain",
            "POLRES": "Polres Lain",
            "SATPOLPP": "Satpol Lain",
            "KODIM": "Kodim Lain",
            "BIN": "BIN Lain",
            "DISDUKCAPIL": "Disdukcapil Lain",
            "KESBANGPOL": "Kesbangpol Lain",
            "BKK": "BKK Lain",
        }
    )
    open_review(stranger.minutes, by=stranger.officer)
    objection = contest(stranger.said, agency=stranger.agencies["KSOP"], text="Bukan.")
    client.force_login(reviewed.officer)

    url = page("settle", reviewed, objection.pk)

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("extra", [1, 30])
def test_office_page_costs_the_same_for_many_entries(
    client, extra, django_assert_num_queries
):
    held = Held(extra_entries=extra)
    open_review(held.minutes, by=held.officer)
    for entry, code in ((held.said, "KSOP"), (held.question, "SATPOLPP")):
        contest(entry, agency=held.agencies[code], text="Bukan.")
    client.force_login(held.officer)
    client.get(page("review", held))

    with django_assert_num_queries(12):
        client.get(page("review", held))


@pytest.mark.parametrize("extra", [1, 30])
def test_agency_page_costs_the_same_for_many_entries(
    client, extra, django_assert_num_queries
):
    held = Held(extra_entries=extra)
    open_review(held.minutes, by=held.officer)

    with django_assert_num_queries(8):
        client.get(link("link_review", held, "KSOP"))


def test_restricted_words_stand_in_no_mail(reviewed, mailoutbox):
    assert timezone.now().year == 2025
    assert not any(CANARY in mail.subject + str(mail.body) for mail in mailoutbox)


def test_contesting_once_more_is_refused_and_keeps_the_text(client, reviewed):
    contest(reviewed.said, agency=reviewed.agencies["KSOP"], text="Bukan 35.")

    response = client.post(
        link("link_contest", reviewed, "KSOP", reviewed.said.pk),
        {"text": "Melainkan 53."},
    )

    assert response.status_code == 422
    assert "sudah mengajukan keberatan" in response.content.decode()
    assert "Melainkan 53." in response.content.decode()
