import datetime as dt
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import AgencyFactory, UserFactory
from foreigners.models import Case, Finding
from foreigners.tests.factories import CaseFactory, FindingFactory
from meetings.models import Attendance, FollowUp
from meetings.tests.factories import (
    AttendanceFactory,
    FollowUpFactory,
    InvitationFactory,
    MeetingFactory,
)
from reports.models import Period, PeriodKind, Target
from reports.queries.dashboard import office_page
from reports.queries.dashboard_figures import FIGURES, offered_to, rows_behind, tallies
from reports.queries.dashboard_liaison import agency_page
from reports.queries.dashboard_outlook import Outlook
from reports.tests.standing_world import build_standing

pytestmark = pytest.mark.django_db

URL = reverse("reports:dashboard")
MOST_QUERIES = 15
LINK = re.compile(r'<a href="(/[^"]+)"\s+aria-label="([\d.,]+), ')


def outlook_of(user, kind=PeriodKind.YEAR):
    today = timezone.localdate()
    return Outlook(user, Period.containing(kind, today), today)


def section(sections, name):
    return next(one for one in sections if one.name == name)


def cells(sections, name):
    """The table of a section as texts."""
    return [[str(cell.text) for cell in row] for row in section(sections, name).rows]


@pytest.mark.parametrize("person", ["chief", "officer", "liaison"])
def test_a_dashboard_needs_fifteen_queries_whatever_there_is(client, person):
    needed = []
    for rows in (1, 3):
        standing = build_standing(rows)
        client.force_login(getattr(standing, person))
        client.get(URL)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(URL)
        assert response.status_code == 200
        needed.append(len(queries))

    assert needed[0] == needed[1]
    assert needed[0] <= MOST_QUERIES


@pytest.mark.parametrize("person", ["chief", "liaison"])
def test_each_number_opens_as_many_rows_as_it_says(client, person):
    standing = build_standing(2)
    client.force_login(getattr(standing, person))
    page = client.get(URL).content.decode()

    told = [
        (unescape(address), int(number.replace(".", "")))
        for address, number in LINK.findall(page)
    ]
    found = [
        (address, client.get(address).context["page"].paginator.count)
        for address, _number in told
    ]

    assert len(told) >= (25 if person == "chief" else 5)
    assert found == told


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("figure", FIGURES)
def test_rows_behind_a_number_need_the_same_queries_for_any_number(
    client, figure, rows, django_assert_max_num_queries
):
    standing = build_standing(rows)
    user = standing.chief if FIGURES[figure].of_office else standing.liaison
    client.force_login(user)
    url = reverse("reports:dashboard_rows", args=[figure])
    client.get(url)

    with django_assert_max_num_queries(9):
        response = client.get(url)

    assert response.context["page"].paginator.count >= rows


def test_attendance_is_told_of_the_invited_and_unknown_is_neither(client):
    standing = build_standing()
    agency = AgencyFactory(keeper=standing.office)
    meeting = standing.office.meetings.get()
    states = (
        Attendance.State.PRESENT,
        Attendance.State.REPRESENTED,
        Attendance.State.EXCUSED,
        Attendance.State.ABSENT,
    )
    for state in states:
        other = MeetingFactory(
            team=meeting.team, state="minutes", starts_at=timezone.now()
        )
        AttendanceFactory(
            invitation=InvitationFactory(meeting=other, agency=agency, sent=True),
            present=True,
            state=state,
        )
    # Invited without a line on the sheet: nobody knows.
    bare = MeetingFactory(team=meeting.team, state="minutes", starts_at=timezone.now())
    InvitationFactory(meeting=bare, agency=agency, sent=True)
    # Neither sent nor held counts.
    InvitationFactory(meeting=bare, agency=AgencyFactory(keeper=standing.office))
    InvitationFactory(
        meeting=MeetingFactory(
            team=meeting.team, state="invited", starts_at=timezone.now()
        ),
        agency=agency,
        sent=True,
    )

    rows = cells(office_page(outlook_of(standing.chief)), "kehadiran")

    row = next(row for row in rows if row[0] == agency.short_name)
    # invited; unknown, present, represented, excused, absent; of how many.
    assert row[1:] == ["5", "1", "1", "1", "1", "1", "2 dari 5 (40 %)"]


def test_follow_ups_are_done_in_time_done_late_running_or_late():
    standing = build_standing()
    meeting = standing.office.meetings.get()
    owner = AgencyFactory(keeper=standing.office)
    today, day = timezone.localdate(), dt.timedelta(days=1)
    with_dates = {"origin": meeting, "owner": owner, "due_on": today}
    FollowUpFactory(**with_dates, state=FollowUp.State.DONE, done_on=today)
    FollowUpFactory(**with_dates, state=FollowUp.State.DONE, done_on=today + day)
    FollowUpFactory(**with_dates)
    FollowUpFactory(**{**with_dates, "due_on": today - day}, state="reported")
    FollowUpFactory(**with_dates, state=FollowUp.State.CANCELLED)

    rows = cells(office_page(outlook_of(standing.chief)), "tindak-lanjut")

    row = next(row for row in rows if row[0] == owner.short_name)
    assert row[1:] == ["4", "1", "1", "1", "1"]


@pytest.mark.parametrize(
    ("days", "place"), [(0, 2), (7, 2), (8, 3), (30, 3), (31, 4), (90, 4), (91, 5)]
)
def test_age_of_an_open_case_falls_where_its_list_puts_it(client, days, place):
    chief = UserFactory(role=User.Role.CHIEF)
    CaseFactory(
        office=chief.agency.office,
        registered_on=timezone.localdate() - dt.timedelta(days=days),
    )

    found = section(office_page(outlook_of(chief)), "kasus")

    row = found.rows[0]
    assert [str(cell.text) for cell in row[2:]] == [
        "1" if column == place else "0" for column in range(2, 6)
    ]
    client.force_login(chief)
    assert client.get(row[place].url).context["page"].paginator.count == 1


def test_lawfulness_board_counts_what_the_office_owes():
    standing = build_standing(2)

    rows = cells(office_page(outlook_of(standing.chief)), "keabsahan")

    assert rows == [
        ["Tenggat: sudah lewat", "2"],
        ["Tenggat: habis dalam 3 hari", "0"],
        ["Tenggat: habis dalam 4–7 hari", "0"],
        ["Surat perintah: menyusul dalam batas waktu", "0"],
        ["Surat perintah: menyusul lewat batas waktu", "0"],
        ["Surat perintah: belum terbit", "2"],
        ["Keputusan yang belum disampaikan", "2"],
        ["Langkah menyimpang atas pilihan tertulis", "2"],
        ["Pelaksanaan sebelum keberatan selesai", "2"],
    ]


def test_measures_stand_against_the_target_in_force():
    standing = build_standing(2)
    today = timezone.localdate()
    older = {"office": standing.office, "year": today.year, "ground": "Lama"}
    Target.objects.create(**older, measures=10, set_on=today - dt.timedelta(days=1))
    Target.objects.create(**older, measures=99, set_on=today + dt.timedelta(days=1))

    found = section(office_page(outlook_of(standing.chief)), "tindakan")

    assert found.lead == f"4 dari target 53 (7,5 %), tahun {today.year}."


def test_without_a_target_the_page_says_so():
    chief = UserFactory(role=User.Role.CHIEF)

    found = section(office_page(outlook_of(chief)), "tindakan")

    assert found.lead == (
        f"Belum ada target untuk tahun {timezone.localdate().year}. "
        "Sejauh ini 0 tindakan."
    )


def test_office_without_anything_gets_words_instead_of_pictures(client):
    client.force_login(UserFactory(role=User.Role.CHIEF))

    response = client.get(URL)

    page = response.content.decode()
    assert "data:image" not in page
    assert "Belum ada temuan yang dilaporkan dalam periode ini." in page
    assert "Wilayah kerja kantor belum diisi" in page


def test_liaison_reads_their_own_agency_and_nothing_else(client):
    standing = build_standing(1)
    FindingFactory(
        office=standing.office, reporter=AgencyFactory(keeper=standing.office)
    )
    shared = FindingFactory(
        office=standing.office, reporter=AgencyFactory(keeper=standing.office)
    )
    shared.shared_with.add(standing.agency)

    sections = agency_page(outlook_of(standing.liaison))

    assert [one.name for one in sections] == ["kehadiran", "tindak-lanjut", "temuan"]
    assert cells(sections, "kehadiran") == [["Hadir", "1"]]
    assert cells(sections, "tindak-lanjut") == [
        ["Selesai tepat waktu", "1"],
        ["Belum, lewat tenggat", "1"],
    ]
    assert cells(sections, "temuan") == [["Diterima", "1"], ["Selesai", "1"]]


@pytest.mark.parametrize(
    "figure", [name for name, figure in FIGURES.items() if not figure.of_agency]
)
def test_figures_of_the_office_are_missing_for_a_liaison(client, figure):
    standing = build_standing()
    client.force_login(standing.liaison)

    response = client.get(reverse("reports:dashboard_rows", args=[figure]))

    assert response.status_code == 404


def test_figures_of_another_office_are_nought():
    build_standing(2)
    chief = UserFactory(role=User.Role.CHIEF)

    found = tallies(outlook_of(chief), offered_to(outlook_of(chief)))

    assert sum(sum(tally.values()) for tally in found.values()) == 0


def test_officer_does_not_count_a_secret_case_of_others():
    standing = build_standing()
    CaseFactory(
        office=standing.office, classification="rahasia", responsible=standing.chief
    )

    counted = [
        rows_behind("kasus", outlook_of(user), {}).count()
        for user in (standing.officer, standing.chief)
    ]

    assert counted == [1, 2]


def test_outcome_words_that_are_told_alike_are_counted_together(client):
    standing = build_standing()
    fields = {
        "office": standing.office,
        "reporter": standing.agency,
        "created_by": standing.liaison,
        "state": Finding.State.ACCEPTED,
    }
    for state in (Case.State.VERIFICATION, Case.State.CONFERENCE):
        FindingFactory(**fields, case=CaseFactory(office=standing.office, state=state))

    found = section(agency_page(outlook_of(standing.liaison)), "temuan")

    row = next(row for row in found.rows if row[0].text == "Sedang diperiksa")
    keys = dict(parse_qsl(urlsplit(row[1].url).query))
    assert str(row[1].text) == "2"
    assert rows_behind("hasil-temuan", outlook_of(standing.liaison), keys).count() == 2


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"periode": "bebas"}, "Isi tanggal awal dan tanggal akhir periode."),
        (
            {"periode": "bebas", "sejak": "2026-03-02", "sampai": "2026-03-01"},
            "Tanggal akhir mendahului tanggal awal.",
        ),
        (
            {"periode": "bebas", "sejak": "2099-01-01", "sampai": "2099-02-01"},
            "Periode ini belum mulai.",
        ),
        (
            {"periode": "bebas", "sejak": "2010-01-01", "sampai": "2026-02-01"},
            "Pilih periode paling panjang lima tahun.",
        ),
        (
            {"periode": "bebas", "sejak": "0001-01-01", "sampai": "0002-02-01"},
            "Pilih tanggal antara tahun 2000 dan 2100.",
        ),
        ({"periode": "bebas", "sejak": "kemarin"}, "Masukkan tanggal yang valid."),
    ],
)
@pytest.mark.parametrize("name", ["dashboard", "district_map"])
def test_period_that_cannot_be_is_refused_in_words_and_kept(
    client, name, query, sentence
):
    client.force_login(UserFactory(role=User.Role.CHIEF))

    response = client.get(reverse(f"reports:{name}"), query)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert all(f'value="{typed}"' in page for typed in query.values())


def test_period_begins_and_ends_at_midnight_of_the_office(client):
    """23.30 WIB of the last day of June is July in Jayapura."""
    standing = build_standing()
    standing.office.time_zone = "Asia/Jayapura"
    standing.office.save()
    moment = dt.datetime(2026, 6, 30, 16, 30, tzinfo=dt.UTC)
    MeetingFactory(
        team=standing.office.teams.first(), state="minutes", starts_at=moment
    )
    query = {"periode": "bebas", "sejak": "2026-07-01", "sampai": "2026-07-02"}

    with time_machine.travel(dt.datetime(2026, 8, 1, 3, tzinfo=dt.UTC)):
        client.force_login(standing.chief)
        response = client.get(
            reverse("reports:dashboard_rows", args=["kegiatan"]), query
        )

    assert response.context["page"].paginator.count == 1
