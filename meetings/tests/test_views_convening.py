import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import RegionFactory, TeamFactory, UserFactory
from meetings.models import Meeting
from meetings.tests.factories import (
    AgendaItemFactory,
    InvitationFactory,
    MeetingFactory,
)

pytestmark = pytest.mark.django_db

CANARY = "KENARI"


@pytest.fixture
def officer() -> User:
    return UserFactory()


def form_data(officer, **kwargs):
    team = TeamFactory(office=officer.agency.office)
    day = timezone.localdate() + dt.timedelta(days=9)
    return {
        "kind": "rapat_koordinasi",
        "title": "Rapat Koordinasi Triwulan",
        "team": team.pk,
        "level": team.level,
        "day": day.isoformat(),
        "start": "09:00",
        "end": "12:00",
        "venue": "Hotel Contoh, Anyer",
        "classification": "biasa",
        "form_token": str(uuid.uuid4()),
        "revision": 1,
    } | kwargs


def yesterday():
    return (timezone.localdate() - dt.timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": yesterday()}, "sudah lewat"),
        ({"end": "08:00"}, "setelah jam mulai"),
        ({"title": "R" * 201}, "200"),
        ({"day": "31 Februari"}, "tanggal"),
    ],
)
def test_wrong_form_makes_no_meeting_and_keeps_what_was_typed(
    client, officer, wrong, sentence
):
    client.force_login(officer)

    response = client.post(reverse("meetings:new"), form_data(officer, **wrong))

    assert response.status_code == 422
    assert sentence in response.text
    assert "Hotel Contoh, Anyer" in response.text
    assert not Meeting.objects.exists()


def test_team_chair_and_meeting_of_another_office_are_refused(client, officer):
    client.force_login(officer)
    theirs = MeetingFactory()
    url = reverse("meetings:new")

    team = client.post(url, form_data(officer, team=theirs.team_id))
    chair = client.post(url, form_data(officer, chair=theirs.chair_id))
    previous = client.post(f"{url}?dari={theirs.pk}", form_data(officer))

    assert (team.status_code, chair.status_code, previous.status_code) == (
        422,
        422,
        404,
    )
    assert list(Meeting.objects.all()) == [theirs]


def test_form_token_of_another_office_is_a_sentence_and_not_their_meeting(
    client, officer
):
    theirs = MeetingFactory()
    client.force_login(officer)

    response = client.post(
        reverse("meetings:new"), form_data(officer, form_token=str(theirs.form_token))
    )

    assert response.status_code == 422
    assert "Formulir ini tidak berlaku" in response.text
    assert theirs.title not in response.text


def test_double_click_answers_with_the_same_meeting(client, officer):
    client.force_login(officer)
    data = form_data(officer)

    first = client.post(reverse("meetings:new"), data)
    second = client.post(reverse("meetings:new"), data)

    meeting = Meeting.objects.get()
    assert first.url == second.url == meeting.get_absolute_url()
    assert timezone.localtime(meeting.starts_at).hour == 9


def test_next_meeting_comes_filled_with_the_last(client, officer):
    client.force_login(officer)
    last = MeetingFactory(created_by=officer, team__office=officer.agency.office)

    response = client.get(reverse("meetings:new") + f"?dari={last.pk}")

    assert response.context["form"]["team"].value() == last.team_id
    assert last.title in response.text


def test_second_of_two_tabs_sees_both_texts_and_overwrites_nothing(client, officer):
    client.force_login(officer)
    RegionFactory()
    meeting = MeetingFactory(created_by=officer, team__office=officer.agency.office)
    url = reverse("meetings:edit", args=[meeting.pk])
    data = form_data(officer, team=meeting.team_id)
    client.post(url, data | {"venue": "Tempat pertama"})

    response = client.post(url, data | {"venue": "Tempat kedua"})

    assert response.status_code == 409
    assert "Tempat pertama" in response.text
    assert "Tempat kedua" in response.text
    meeting.refresh_from_db()
    assert meeting.venue == "Tempat pertama"


def test_administrator_sees_that_a_meeting_is_there_but_not_what_it_is_about(client):
    meeting = MeetingFactory()
    client.force_login(
        UserFactory(agency=meeting.office.agency, role=User.Role.ADMINISTRATOR)
    )

    listed = client.get(reverse("meetings:list"))
    opened = client.get(meeting.get_absolute_url())

    assert meeting.title in listed.text
    assert opened.status_code == 403


def test_liaison_sees_their_own_answer_and_nothing_of_the_other_agencies(client):
    own = InvitationFactory(meeting__state=Meeting.State.INVITED, sent=True)
    InvitationFactory(
        meeting=own.meeting,
        sent=True,
        answer="berhalangan",
        excuse=f"{CANARY} sakit",
        person=f"{CANARY} orang",
        email=f"{CANARY.lower()}@contoh.example",
        token=f"{CANARY}token",
    )
    client.force_login(UserFactory(liaison=True, agency=own.agency))

    pages = [
        client.get(own.meeting.get_absolute_url()),
        client.get(reverse("meetings:list")),
        client.get(own.get_link()),
    ]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert not any(CANARY.lower() in page.text.lower() for page in pages)


def test_draft_is_hidden_from_the_agencies_it_will_invite(client):
    invitation = InvitationFactory()
    client.force_login(UserFactory(liaison=True, agency=invitation.agency))

    listed = client.get(reverse("meetings:list"))
    opened = client.get(invitation.meeting.get_absolute_url())

    assert invitation.meeting.title not in listed.text
    assert opened.status_code == 404


def test_summons_that_lacks_something_says_what_and_sends_nothing(client, officer):
    meeting = MeetingFactory(created_by=officer, team__office=officer.agency.office)
    client.force_login(officer)

    response = client.post(
        reverse("meetings:send", args=[meeting.pk]), {"revision": meeting.revision}
    )

    assert response.status_code == 422
    assert "tidak mempunyai SK" in response.text
    meeting.refresh_from_db()
    assert meeting.is_draft


def test_list_filters_by_state_year_and_text(client, officer):
    client.force_login(officer)
    team = TeamFactory(office=officer.agency.office)
    MeetingFactory(team=team, title="Rapat Kapal")
    MeetingFactory(team=team, title="Rapat Tenaga", state=Meeting.State.INVITED)
    url = reverse("meetings:list")

    def titles(query):
        return [m.title for m in client.get(url + query).context["page"]]

    assert titles("?q=kapal") == ["Rapat Kapal"]
    assert titles("?state=invited") == ["Rapat Tenaga"]
    assert titles("?tahun=2001") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_queries_for_any_number_of_rows(
    client, officer, rows, django_assert_num_queries
):
    client.force_login(officer)
    team = TeamFactory(office=officer.agency.office)
    MeetingFactory.create_batch(rows, team=team)

    with django_assert_num_queries(9):
        client.get(reverse("meetings:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_invitations_page_asks_the_same_number_of_queries_for_any_number_of_rows(
    client, officer, rows, django_assert_num_queries
):
    client.force_login(officer)
    meeting = MeetingFactory(created_by=officer, team__office=officer.agency.office)
    InvitationFactory.create_batch(rows, meeting=meeting, sent=True)

    with django_assert_num_queries(10):
        client.get(reverse("meetings:invitations", args=[meeting.pk]))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_asks_the_same_number_of_queries_for_any_number_of_items(
    client, officer, rows, django_assert_num_queries
):
    client.force_login(officer)
    meeting = MeetingFactory(created_by=officer, team__office=officer.agency.office)
    AgendaItemFactory.create_batch(rows, meeting=meeting)

    with django_assert_num_queries(9):
        client.get(meeting.get_absolute_url())
