"""The personal calendar: RFC 5545, only what is one's own, at an address to take back."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from agencies.models import AuditEntry
from agencies.tests.factories import UserFactory
from foreigners.models import Clock
from foreigners.tests.factories import CaseFactory, CasePersonFactory
from foreigners.tests.law import rule
from meetings.models import CalendarFeed, FollowUp, Meeting
from meetings.services.feeds import (
    address_of,
    calendar_of,
    feed_behind,
    make_feed,
    revoke_feed,
)
from meetings.tests.factories import (
    FollowUpFactory,
    InvitationFactory,
    MeetingFactory,
)
from meetings.views.links import MOST_MISSES_A_MINUTE
from timpora.vault import unseal

pytestmark = pytest.mark.django_db


def summoned(agency=None, **fields):
    meeting = MeetingFactory(**{"state": Meeting.State.INVITED, **fields})
    invitation = {"agency": agency} if agency else {}
    InvitationFactory(meeting=meeting, sent=True, **invitation)
    return meeting


def liaison():
    return UserFactory(liaison=True)


def officer_of(meeting, **fields):
    return UserFactory(agency=meeting.office.agency, **fields)


def path_of(feed):
    return reverse("meetings:feed", args=[unseal(feed.token_sealed)])


def events_of(user):
    feed = CalendarFeed.objects.filter(user=user).first() or make_feed(user)
    return Calendar.from_ical(calendar_of(feed)).walk("VEVENT")


def add_clock(case, **fields):
    return Clock.objects.create(
        case=case,
        rule=rule("objection", 21, "hari_kerja"),
        started_on=dt.date(2026, 3, 1),
        due_on=dt.date(2026, 3, 30),
        **fields,
    )


# --- the address ---


def test_address_is_kept_sealed_and_found_by_its_hash_alone():
    feed = make_feed(liaison())
    token = unseal(feed.token_sealed)

    row = str(CalendarFeed.objects.values().get())
    assert token not in row
    assert len(token) == 48
    assert address_of(feed).endswith(f"/k/{token}/timpora.ics")
    assert feed_behind(token) == feed


@pytest.mark.parametrize("token", ["", "x", "-", "\u0130", "0" * 48])
def test_forged_address_opens_nothing(token):
    make_feed(liaison())

    assert feed_behind(token) is None


def test_renewed_address_kills_the_one_before(client):
    user = liaison()
    old = path_of(make_feed(user))

    new = path_of(make_feed(user))

    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[:2] == ["meetings.make_feed", "meetings.renew_feed"]


def test_revoked_address_is_dead_and_revoking_twice_is_once(client):
    user = liaison()
    path = path_of(make_feed(user))

    revoke_feed(user)
    revoke_feed(user)

    assert client.get(path).status_code == 404
    assert AuditEntry.objects.filter(verb="meetings.revoke_feed").count() == 1


def test_address_of_a_closed_account_is_dead(client):
    user = liaison()
    path = path_of(make_feed(user))
    user.is_active = False
    user.save(update_fields=["is_active"])

    assert client.get(path).status_code == 404


def test_whoever_guesses_is_slowed_down(client):
    cache.clear()

    found = [
        client.get(reverse("meetings:feed", args=[f"{n:048d}"])).status_code
        for n in range(MOST_MISSES_A_MINUTE + 1)
    ]

    assert set(found[:-1]) == {404}
    assert found[-1] == 429


def test_page_makes_shows_renews_and_revokes_the_address(client):
    user = liaison()
    client.force_login(user)
    page = reverse("meetings:calendar_feed")

    empty = client.get(page)
    made = client.post(page, follow=True)
    first = address_of(CalendarFeed.objects.get(user=user))
    renewed = client.post(page, follow=True)
    second = address_of(CalendarFeed.objects.get(user=user))
    revoked = client.post(page, {"cabut": "1"}, follow=True)

    assert "/k/" not in empty.content.decode()
    assert empty["Cache-Control"] == "no-store"
    assert first in made.content.decode()
    assert second in renewed.content.decode()
    assert first != second
    assert second not in revoked.content.decode()
    assert not CalendarFeed.objects.exists()


def test_address_whose_key_is_gone_asks_for_a_new_one(client, settings):
    user = liaison()
    make_feed(user)
    client.force_login(user)
    settings.FIELD_KEYS = ["kunci lain"]

    page = client.get(reverse("meetings:calendar_feed")).content.decode()

    assert "Buat alamat baru" in page
    assert "/k/" not in page


# --- what it says ---


def test_feed_is_a_calendar_as_the_standard_has_it(client):
    user = liaison()
    meeting = summoned(user.agency, title="Rapat; dengan, tanda", venue="Aula")
    FollowUpFactory(owner=user.agency)

    response = client.get(path_of(make_feed(user)))

    raw = response.content.decode()
    calendar = Calendar.from_ical(raw)
    event, due = calendar.walk("VEVENT")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (calendar["version"], calendar["prodid"]) == (
        "2.0",
        "-//TIMPORA//Kalender pribadi//ID",
    )
    assert {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")} == {
        "Asia/Jakarta"
    }
    assert f"DTSTART;TZID=Asia/Jakarta:{timezone.localtime(meeting.starts_at):%Y%m%dT%H%M%S}" in raw  # fmt: skip
    assert str(event["uid"]) == f"{meeting.uid}@timpora"
    assert event["sequence"] == meeting.sequence
    assert event.decoded("dtend") == meeting.ends_at.replace(microsecond=0)
    assert event["summary"] == "Rapat; dengan, tanda"
    assert event["status"] == "CONFIRMED"
    for one in (event, due):
        assert one.decoded("dtstamp").utcoffset() == dt.timedelta()
        assert one["sequence"] >= 0
    assert isinstance(due.decoded("dtstart"), dt.date)
    assert due.decoded("dtend") - due.decoded("dtstart") == dt.timedelta(days=1)
    assert all(len(line.encode()) <= 75 for line in raw.split("\r\n"))
    assert raw.count("\n") == raw.count("\r\n")
    assert "METHOD" not in raw


def test_cancelled_meeting_stays_and_says_so():
    user = liaison()
    summoned(
        user.agency,
        state=Meeting.State.CANCELLED,
        cancel_reason="Banjir",
        sequence=2,
    )

    (event,) = events_of(user)

    assert (event["status"], event["sequence"]) == ("CANCELLED", 2)
    assert "Banjir" not in event.to_ical().decode()


def test_meeting_of_others_a_draft_and_one_long_over_are_not_there():
    user = liaison()
    summoned()
    InvitationFactory(agency=user.agency)
    summoned(user.agency, starts_at=timezone.now() - dt.timedelta(days=100))

    assert events_of(user) == []
    assert events_of(officer_of(MeetingFactory())) == []


def test_office_sees_its_own_summons_and_no_other_office_s():
    meeting = summoned()
    summoned()

    assert [str(event["summary"]) for event in events_of(officer_of(meeting))] == [
        meeting.title
    ]


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_who_does_not_work_on_content_gets_no_meeting(role):
    meeting = summoned()
    FollowUpFactory(origin=meeting)

    assert events_of(officer_of(meeting, role=role)) == []


@pytest.mark.parametrize("classification", ["terbatas", "rahasia"])
def test_restricted_meeting_says_when_and_nothing_else(classification):
    user = liaison()
    summoned(
        user.agency,
        title="Rapat tentang PT Contoh",
        venue="Rumah aman",
        classification=classification,
    )

    (event,) = events_of(user)

    raw = event.to_ical().decode()
    assert event["summary"] == "Rapat Timpora"
    assert "Contoh" not in raw
    assert "Rumah aman" not in raw


def test_due_date_tells_whose_and_when_and_never_what():
    follow_up = FollowUpFactory(text="Periksa PT Rahasia", classification="rahasia")
    done = FollowUpFactory(
        origin=follow_up.origin,
        state=FollowUp.State.DONE,
        done_on=timezone.localdate(),
    )
    theirs = UserFactory(liaison=True, agency=follow_up.owner)

    (own,) = events_of(theirs)
    (office,) = events_of(officer_of(follow_up.origin))

    assert str(own["uid"]) == f"{follow_up.key}@timpora"
    assert own["summary"] == "Tindak lanjut jatuh tempo"
    assert follow_up.owner.short_name in office["summary"]
    assert "PT Rahasia" not in own.to_ical().decode() + office.to_ical().decode()
    assert events_of(UserFactory(liaison=True, agency=done.owner)) == []


def test_clock_of_a_case_tells_the_number_alone_to_whoever_works_on_it():
    case = CaseFactory(title="Pokok perkara", summary="Uraian")
    CasePersonFactory(case=case, identity={"name": "Orang Contoh"})
    clock = add_clock(case)
    add_clock(case, state=Clock.State.MET, ended_on=dt.date(2026, 3, 9))
    helper = UserFactory(agency=case.office.agency)
    case.assigned.add(helper)

    for user in (case.responsible, helper):
        (event,) = events_of(user)
        raw = event.to_ical().decode()
        assert event["summary"] == f"Tenggat kasus {case.number}"
        assert event.decoded("dtstart") == clock.due_on
        for word in ("Pokok perkara", "Uraian", "Orang Contoh", clock.rule.name):
            assert word not in raw
    assert events_of(UserFactory(agency=case.office.agency)) == []


def test_sealed_case_leaves_the_calendar():
    case = CaseFactory(state="not_proven")
    add_clock(case)
    before = len(events_of(case.responsible))
    case.sealed_at = timezone.now()
    case.save(update_fields=["sealed_at"])

    assert (before, events_of(case.responsible)) == (1, [])


# --- changes ---


def test_unchanged_calendar_is_the_same_bytes_and_changes_count_up():
    user = liaison()
    duty = FollowUpFactory(owner=user.agency)
    feed = make_feed(user)
    first = calendar_of(feed)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
        again = calendar_of(CalendarFeed.objects.get(pk=feed.pk))
        FollowUp.objects.filter(pk=duty.pk).update(due_on=dt.date(2027, 1, 4))
        moved = calendar_of(CalendarFeed.objects.get(pk=feed.pk))

    (before,), (after,) = (
        Calendar.from_ical(one).walk("VEVENT") for one in (first, moved)
    )
    assert first == again
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert before["uid"] == after["uid"]
    assert after.decoded("dtstamp") > before.decoded("dtstamp")


def test_calendar_that_is_known_is_not_sent_again(client):
    user = liaison()
    meeting = summoned(user.agency)
    path = path_of(make_feed(user))
    first = client.get(path)

    known = client.get(path, headers={"If-None-Match": first["ETag"]})
    Meeting.objects.filter(pk=meeting.pk).update(venue="Tempat lain", sequence=1)
    changed = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (known.status_code, known.content) == (304, b"")
    assert changed.status_code == 200
    assert b"Tempat lain" in changed.content


def test_calendar_needs_no_cookie_and_leaves_none():
    client = Client()

    response = client.get(path_of(make_feed(liaison())))

    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex"
    assert client.head(path_of(CalendarFeed.objects.get())).status_code == 200


def test_reading_is_in_the_audit_once_a_day_and_never_with_the_address(client):
    user = liaison()
    feed = make_feed(user)
    noon = timezone.now().replace(hour=3)

    for hours in (0, 1.5, 3, 26):
        with time_machine.travel(noon + dt.timedelta(hours=hours)):
            client.get(path_of(feed))

    entries = AuditEntry.objects.all()
    assert entries.filter(verb="meetings.read_feed").count() == 2
    token = unseal(feed.token_sealed)
    assert all(token not in str(vars(entry)) for entry in entries)


@pytest.mark.parametrize("count", [1, 3])
def test_three_of_everything_cost_as_many_queries_as_one(client, count):
    case = CaseFactory()
    user = case.responsible
    for _number in range(count):
        meeting = summoned(team__office=case.office)
        FollowUpFactory(origin=meeting)
        add_clock(case)
    path = path_of(make_feed(user))
    client.get(path)

    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)

    assert response.content.count(b"BEGIN:VEVENT") == 3 * count
    assert len(queries) == 4


ODD = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_characters="\x00"),
        st.sampled_from('\x01\x08\x0b\x1b\x7f\u202e\u200f\u2028\r\n\t;,:\\"=+-@'),
    ),
    min_size=1,
    max_size=80,
)


@given(ODD)
@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_title_gives_a_calendar_that_can_be_read(text):
    user = liaison()
    summoned(user.agency, title=text, venue=text)

    raw = calendar_of(make_feed(user)).decode()

    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert event["status"] == "CONFIRMED"
    assert raw.count("BEGIN:VEVENT") == raw.count("END:VEVENT") == 1
    assert all(len(line.encode()) <= 75 for line in raw.split("\r\n"))
    assert not any(ord(letter) < 32 and letter not in "\r\n\t" for letter in raw)
