"""Every address × every kind of person: the permission document of the project.

A row gives the status for each of ``PEOPLE`` in that order. ``302`` for the anonymous is
the login page. An address without a row fails the suite.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agencies.models import Holiday
from documents.models import DocumentVersion
from documents.services.numbering import take_number
from documents.tests.factories import DocumentVersionFactory, NumberPatternFactory
from meetings.models import Meeting, Minutes, Objection, OperationPlace, Progress
from timpora.tests.access_rows import (
    cases,
    findings,
    measures,
    outputs,
    persons,
    recaps,
    reports,
    signing,
    work,
)
from timpora.tests.world import PEOPLE, World, build_world, grow

pytestmark = pytest.mark.django_db

MOST_QUERIES = 25

Arguments = Callable[[World], list[Any]]


def nothing(world: World) -> list[Any]:
    return []


def meeting(world: World) -> list[Any]:
    return [world.meeting.pk]


def follow_up(world: World) -> list[Any]:
    return [world.meeting.follow_ups.first().pk]


def line(world: World) -> list[Any]:
    return [world.meeting.pk, world.invitation.attendance.pk]


def entry_key(world: World) -> list[Any]:
    return [world.meeting.pk, world.minutes.entries.first().key]


def photo(world: World) -> list[Any]:
    """No such photo or presentation: who may look finds nothing."""
    return [world.meeting.pk, 999_999]


def link(world: World) -> list[Any]:
    return [world.invitation.token]


def link_line(world: World) -> list[Any]:
    return [world.invitation.token, world.invitation.attendance.pk]


def paper_kind(world: World) -> list[Any]:
    return [world.meeting.pk, "terisi"]


def circulated(world: World) -> list[Any]:
    Minutes.objects.update(state=Minutes.State.REVIEW, review_round=1)
    return link(world)


def entry(world: World) -> list[Any]:
    return [world.meeting.pk, world.minutes.entries.first().pk]


def circulated_entry(world: World) -> list[Any]:
    return [*circulated(world), world.minutes.entries.first().pk]


def objection(world: World) -> list[Any]:
    contested = Objection.objects.create(
        entry=world.minutes.entries.first(),
        agency=world.agency,
        text="Kurang tepat.",
        review_round=1,
    )
    return [world.meeting.pk, contested.pk]


def two_versions(world: World) -> list[Any]:
    Minutes.objects.create(meeting=world.meeting, version=2, reason="Keliru.")
    return meeting(world)


def agenda_item(world: World) -> list[Any]:
    return [world.meeting.agenda.first().pk]


def agenda_act(world: World) -> list[Any]:
    return [*agenda_item(world), "naik"]


def invitation(world: World) -> list[Any]:
    return [world.invitation.pk]


def invitation_act(world: World) -> list[Any]:
    return [world.invitation.pk, "kirim-ulang"]


def account(world: World) -> list[Any]:
    user = world.people["officer"]
    return [user.pk if user else 0]


def account_act(world: World) -> list[Any]:
    return [*account(world), "tautan"]


def agencies_list(world: World) -> list[Any]:
    return ["instansi"]


def kept_agency(world: World) -> list[Any]:
    return ["instansi", world.agency.pk]


def holiday(world: World) -> list[Any]:
    day = Holiday.objects.get_or_create(date="2026-01-01", defaults={"name": "Libur"})
    return ["hari-libur", day[0].pk]


def version(world: World) -> list[Any]:
    """A paper that is not drawn yet, for the agency that came."""
    made = DocumentVersionFactory(document__office=world.office)
    made.document.readers.add(world.agency)
    return [made.pk]


def paper(world: World) -> list[Any]:
    return [DocumentVersion.objects.get(pk=version(world)[0]).document_id]


def code(world: World) -> list[Any]:
    return [DocumentVersionFactory(ready=True).verify_code]


def number(world: World) -> list[Any]:
    NumberPatternFactory(office=world.office)
    return [take_number(world.office, "undangan", on=dt.date(2026, 3, 9)).pk]


def progress(world: World) -> list[Any]:
    reporter = world.people["liaison"]
    duty = world.meeting.follow_ups.first()
    return [Progress.objects.create(follow_up=duty, text="x", reported_by=reporter).pk]


def evidence(world: World) -> list[Any]:
    """No such file: who may look finds nothing."""
    return [*follow_up(world), 999_999]


def operation(world: World) -> list[Any]:
    Meeting.objects.filter(pk=world.meeting.pk).update(
        kind=Meeting.Kind.JOINT_OPERATION
    )
    return meeting(world)


def operation_place(world: World) -> list[Any]:
    place = OperationPlace.objects.create(
        meeting=world.meeting, order=1, place="Gudang"
    )
    return [*operation(world), place.pk]


def operation_photo(world: World) -> list[Any]:
    """No such photo: who may look finds nothing."""
    return [*operation_place(world), 999_999]


# name: (arguments, method, statuses in the order of PEOPLE)
#                          anon  lia  str  ex   off  oth  sec  chi  adm  aud
ROWS: dict[str, tuple[Arguments, str, str]] = {
    "reports:home": (nothing, "get", "302 200 200 200 200 200 200 200 200 200"),
    "meetings:list": (nothing, "get", "302 200 200 200 200 200 200 200 200 200"),
    "meetings:new": (nothing, "get", "302 403 403 403 200 200 200 200 403 403"),
    "meetings:detail": (meeting, "get", "302 200 404 404 200 404 200 200 403 200"),
    "meetings:meeting_calendar": (
        meeting,
        "get",
        "302 200 404 404 200 404 200 200 403 200",
    ),
    "meetings:edit": (meeting, "get", "302 403 404 404 200 404 200 200 403 403"),
    "meetings:reschedule": (meeting, "get", "302 403 404 404 200 404 200 200 403 403"),
    "meetings:cancel": (meeting, "get", "302 403 404 404 200 404 200 200 403 403"),
    "meetings:keep_template": (
        meeting,
        "post",
        "302 403 404 404 302 404 302 302 403 403",
    ),
    "meetings:agenda": (meeting, "get", "302 403 404 404 200 404 200 200 403 403"),
    "meetings:agenda_item": (
        agenda_item,
        "get",
        "302 403 404 404 200 404 200 200 403 403",
    ),
    "meetings:agenda_act": (
        agenda_act,
        "post",
        "302 403 404 404 302 404 302 302 403 403",
    ),
    "meetings:invitations": (meeting, "get", "302 403 404 404 200 404 200 200 403 403"),
    "meetings:roster": (meeting, "post", "302 403 404 404 302 404 302 302 403 403"),
    "meetings:send": (meeting, "get", "302 403 404 404 200 404 200 200 403 403"),
    "meetings:invitation": (
        invitation,
        "get",
        "302 403 404 404 200 404 200 200 403 403",
    ),
    "meetings:invitation_act": (
        invitation_act,
        "post",
        "302 403 404 404 302 404 302 302 403 403",
    ),
    "meetings:answer": (invitation, "post", "302 422 404 404 403 404 403 403 403 403"),
    # No agency was excused in this world: who may look finds nothing.
    "meetings:excuse_letter": (
        invitation,
        "get",
        "302 404 404 404 404 404 404 404 404 404",
    ),
    # A personal link opens for whoever has it; its letter is not written here.
    "meetings:link": (link, "get", "200 200 200 200 200 200 200 200 200 200"),
    "meetings:link_letter": (link, "get", "404 404 404 404 404 404 404 404 404 404"),
    "meetings:link_calendar": (link, "get", "200 200 200 200 200 200 200 200 200 200"),
    "meetings:calendar": (nothing, "get", "302 200 200 200 200 200 200 200 200 200"),
    "meetings:search": (nothing, "get", "302 200 200 200 200 200 200 200 200 200"),
    "meetings:follow_ups": (nothing, "get", "302 200 200 200 200 200 200 200 403 200"),
    "meetings:follow_up": (follow_up, "get", "302 200 404 404 200 404 200 200 404 200"),
    "meetings:attendance": (meeting, "get", "302 403 404 404 200 404 200 200 403 200"),
    "meetings:attendance_counts": (
        meeting,
        "get",
        "302 403 404 404 200 404 200 200 403 200",
    ),
    "meetings:attendance_walk_in": (
        meeting,
        "get",
        "302 403 404 404 200 404 200 200 403 403",
    ),
    "meetings:attendance_line": (
        line,
        "get",
        "302 403 404 404 200 404 200 200 403 403",
    ),
    "meetings:attendance_mark": (
        line,
        "post",
        "302 403 404 404 422 404 422 422 403 403",
    ),
    # Nobody signed in this world: who may look finds nothing.
    "meetings:attendance_signature": (
        line,
        "get",
        "302 403 404 404 404 404 404 404 403 404",
    ),
    "meetings:attendance_print": (
        paper_kind,
        "post",
        "302 403 404 404 302 404 302 302 403 403",
    ),
    "meetings:attendance_papers": (
        meeting,
        "get",
        "302 403 404 404 200 404 200 200 403 200",
    ),
    "meetings:attend": (meeting, "get", "302 200 404 404 403 404 403 403 403 403"),
    "meetings:attend_leave": (
        line,
        "post",
        "302 302 404 404 403 404 403 403 403 403",
    ),
    # A personal link opens for whoever has it.
    "meetings:link_attend": (link, "get", "200 200 200 200 200 200 200 200 200 200"),
    "meetings:link_leave": (
        link_line,
        "post",
        "302 302 302 302 302 302 302 302 302 302",
    ),
    # A draft is missing for everybody but the office.
    "meetings:minutes": (meeting, "get", "302 200 404 404 200 404 200 200 403 200"),
    "meetings:minutes_entries": (
        meeting,
        "get",
        "302 403 404 404 200 404 200 200 403 403",
    ),
    "meetings:open_session": (
        meeting,
        "post",
        "302 403 404 404 302 404 302 302 403 403",
    ),
    "meetings:close_session": (
        meeting,
        "post",
        "302 403 404 404 302 404 302 302 403 403",
    ),
    "meetings:entry_save": (
        entry_key,
        "post",
        "302 403 404 404 422 404 422 422 403 403",
    ),
    "meetings:entry_delete": (
        entry_key,
        "post",
        "302 403 404 404 422 404 422 422 403 403",
    ),
    "meetings:entry_move": (
        entry_key,
        "post",
        "302 403 404 404 302 404 302 302 403 403",
    ),
    "meetings:photos": (meeting, "get", "302 200 404 404 200 404 200 200 403 403"),
    "meetings:photo_file": (photo, "get", "302 404 404 404 404 404 404 404 404 404"),
    "meetings:photo_edit": (photo, "post", "302 403 404 404 404 404 404 404 403 403"),
    "meetings:materials": (meeting, "get", "302 200 404 404 200 404 200 200 403 403"),
    "meetings:material_file": (
        photo,
        "get",
        "302 404 404 404 404 404 404 404 404 404",
    ),
    "meetings:material_delete": (
        photo,
        "post",
        "302 403 404 404 404 404 404 404 403 403",
    ),
    "meetings:review": (meeting, "get", "302 404 404 404 200 404 200 200 404 403"),
    "meetings:review_open": (
        meeting,
        "post",
        "302 404 404 404 302 404 302 302 404 403",
    ),
    "meetings:review_confirm": (
        meeting,
        "post",
        "302 404 404 404 403 404 403 403 404 403",
    ),
    "meetings:review_contest": (
        entry,
        "get",
        "302 404 404 404 403 404 403 403 404 403",
    ),
    "meetings:settle": (objection, "get", "302 404 404 404 200 404 200 200 404 403"),
    "meetings:review_submit": (
        meeting,
        "post",
        "302 404 404 404 403 404 302 403 404 403",
    ),
    "meetings:approval": (meeting, "get", "302 404 404 404 200 404 200 200 404 403"),
    "meetings:approve": (meeting, "post", "302 404 404 404 403 404 403 302 404 403"),
    "meetings:approval_return": (
        meeting,
        "get",
        "302 404 404 404 403 404 403 200 404 403",
    ),
    "meetings:correct": (meeting, "get", "302 403 404 404 200 404 200 200 403 403"),
    "meetings:correction_drop": (
        meeting,
        "post",
        "302 404 404 404 302 404 302 302 404 403",
    ),
    "meetings:changes": (
        two_versions,
        "get",
        "302 404 404 404 200 404 200 200 403 403",
    ),
    "meetings:link_review": (
        circulated,
        "get",
        "200 200 200 200 200 200 200 200 200 200",
    ),
    "meetings:link_confirm": (
        circulated,
        "post",
        "302 302 302 302 302 302 302 302 302 302",
    ),
    "meetings:link_contest": (
        circulated_entry,
        "get",
        "200 200 200 200 200 200 200 200 200 200",
    ),
    # Where an operation goes is no invited agency's to know.
    "meetings:operation": (
        operation,
        "get",
        "302 403 404 404 200 404 200 200 403 200",
    ),
    "meetings:operation_report": (
        operation,
        "post",
        "302 403 404 404 403 404 302 302 403 403",
    ),
    "meetings:operation_place_add": (
        operation,
        "post",
        "302 403 404 404 422 404 422 422 403 403",
    ),
    "meetings:operation_place": (
        operation_place,
        "get",
        "302 403 404 404 200 404 200 200 403 403",
    ),
    "meetings:operation_result": (
        operation_place,
        "get",
        "302 403 404 404 200 404 200 200 403 403",
    ),
    "meetings:operation_finding": (
        operation_place,
        "post",
        "302 403 404 404 302 404 302 302 403 403",
    ),
    "meetings:operation_photo": (
        operation_photo,
        "get",
        "302 403 404 404 404 404 404 404 403 403",
    ),
    "meetings:operation_photo_remove": (
        operation_photo,
        "post",
        "302 403 404 404 404 404 404 404 403 403",
    ),
    "health": (nothing, "get", "503 503 503 503 503 503 503 503 503 503"),
    "agencies:overview": (nothing, "get", "302 403 403 403 403 403 403 403 200 403"),
    "agencies:office": (nothing, "get", "302 403 403 403 403 403 403 403 200 403"),
    "agencies:logo": (nothing, "get", "302 403 403 403 403 403 403 403 404 403"),
    "agencies:accounts": (nothing, "get", "302 403 403 403 403 403 403 403 200 403"),
    "agencies:invite": (nothing, "get", "302 403 403 403 403 403 403 403 200 403"),
    "agencies:account": (account, "get", "302 403 403 403 403 403 403 403 200 403"),
    "agencies:account_act": (
        account_act,
        "post",
        "302 403 403 403 403 403 403 403 302 403",
    ),
    "agencies:audit": (nothing, "get", "302 200 200 200 200 200 200 200 200 200"),
    "agencies:master_list": (
        agencies_list,
        "get",
        "302 403 403 403 403 403 403 403 200 403",
    ),
    "agencies:master_new": (
        agencies_list,
        "get",
        "302 403 403 403 403 403 403 403 200 403",
    ),
    "agencies:master_edit": (
        kept_agency,
        "get",
        "302 403 403 403 403 403 403 403 200 403",
    ),
    "agencies:master_remove": (
        holiday,
        "post",
        "302 403 403 403 403 403 403 403 302 403",
    ),
    "documents:list": (nothing, "get", "302 200 200 200 200 200 200 200 403 200"),
    "documents:detail": (paper, "get", "302 200 404 404 200 404 200 200 404 200"),
    "documents:download": (version, "get", "302 404 404 404 404 404 404 404 404 403"),
    "documents:retry": (version, "post", "302 403 404 404 302 404 302 302 404 403"),
    "documents:stop": (version, "post", "302 403 404 404 403 404 403 302 404 403"),
    "documents:numbers": (nothing, "get", "302 403 403 403 200 200 200 200 403 200"),
    "documents:void": (number, "post", "302 403 403 403 302 404 302 302 403 403"),
    "documents:patterns": (nothing, "get", "302 403 403 403 403 403 403 403 200 403"),
    "documents:verify": (nothing, "get", "200 200 200 200 200 200 200 200 200 200"),
    "documents:verify_code": (code, "get", "200 200 200 200 200 200 200 200 200 200"),
    "meetings:move_due": (follow_up, "post", "302 403 404 404 422 404 422 422 404 403"),
    "meetings:cancel_duty": (
        follow_up,
        "post",
        "302 403 404 404 422 404 422 422 404 403",
    ),
    "meetings:judge_progress": (
        progress,
        "post",
        "302 403 404 404 422 404 422 422 404 403",
    ),
    "meetings:evidence": (evidence, "get", "302 404 404 404 404 404 404 404 404 403"),
    **findings.ROWS,
    **persons.ROWS,
    **cases.ROWS,
    **work.ROWS,
    **measures.ROWS,
    **signing.ROWS,
    **reports.ROWS,
    **recaps.ROWS,
    **outputs.ROWS,
}
# Of the libraries; their own tests say who gets what.
FOREIGN = ("admin:", "account_", "mfa_", "usersessions_")


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from names(entry, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{prefix}{entry.name}"


def test_every_address_has_its_row():
    own = {name for name in names(get_resolver()) if not name.startswith(FOREIGN)}

    assert own == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_who_gets_what(name: str):
    arguments, method, expected = ROWS[name]
    world = build_world()
    url = reverse(name, args=arguments(world))

    found = []
    for person in PEOPLE:
        client = Client()
        if user := world.people[person]:
            client.force_login(user)
        found.append(getattr(client, method)(url).status_code)

    assert dict(zip(PEOPLE, found, strict=True)) == dict(
        zip(PEOPLE, map(int, expected.split()), strict=True)
    )


READ = [name for name, row in ROWS.items() if row[1] == "get"]


@pytest.mark.parametrize("name", READ)
def test_no_page_with_three_rows_needs_more_than_25_queries(name: str):
    arguments, _method, expected = ROWS[name]
    world = build_world()
    grow(world)
    url = reverse(name, args=arguments(world))

    needed = {}
    for person, status in zip(PEOPLE, expected.split(), strict=True):
        client = Client()
        if user := world.people[person]:
            client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == int(status)
        needed[person] = len(queries)

    assert {who: count for who, count in needed.items() if count > MOST_QUERIES} == {}
