"""Each restricted word is read by whoever may, and found by nobody else, anywhere."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from http import HTTPStatus
from io import BytesIO
from itertools import groupby
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from pypdf import PdfReader

from agencies.models import AuditEntry, Notification
from documents.models import DocumentVersion
from documents.services.dossiers import make
from documents.services.rendering import render_version
from foreigners.models import Case
from foreigners.services import dossiers as case_dossiers
from meetings.models import Meeting
from meetings.queries.search import SHORTEST
from meetings.services import dossiers as meeting_dossiers
from meetings.services.feeds import calendar_of, make_feed
from timpora.tests.canaries import CANARIES, CanaryWorld, build_canaries
from timpora.tests.canary_fields import (
    OPEN,
    field_exists,
    fields,
    is_planted,
    label_of,
)
from timpora.tests.test_access import FOREIGN, ROWS

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r'(?:href|src|action|hx-get|data-address)="(/[^"#]*)')
# Months go on for ever, forms filled from another meeting and pages of a list repeat.
ENDLESS = re.compile(r"[?&](bulan|dari|templat|halaman|tambah)=")
ENTRIES_PER_PAGE = 50
# What no link of this world leads to; none of these carries a restricted word.
UNLINKED = {
    "agencies:logo",
    "health",
    # A test of its own reads the calendars.
    "meetings:calendar_feed",
    "meetings:feed",
    "meetings:minutes_schema",
    "meetings:approval_return",
    "meetings:attendance_papers",
    "meetings:attendance_signature",
    # Forms of a state in which no case of this world stands.
    "foreigners:conference_new",
    "foreigners:prosecution_new",
    # Asked while a paper is being drawn; all of this world are.
    "reports:recap_papers",
}


def clients(world: CanaryWorld) -> dict[str, Client]:
    found = {}
    for person, user in world.people.items():
        found[person] = Client()
        if user:
            found[person].force_login(user)
    return found | {person: Client() for person in world.links}


def body_of(response: HttpResponseBase) -> bytes:
    if response.streaming:
        return b"".join(response.streaming_content)
    return response.content


def text_of(response: HttpResponseBase) -> str:
    """What a person reads: the page, or the words of the paper."""
    body = body_of(response)
    if body.startswith(b"%PDF") and b"%%EOF" in body:
        return words_of(body)
    return html.unescape(body.decode(errors="replace"))


@lru_cache(maxsize=200)
def words_of(paper: bytes) -> str:
    """Most papers are the same file for whoever may read them."""
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)


def addresses_in(text: str) -> Iterator[str]:
    for address in ADDRESS.findall(text):
        if ENDLESS.search(address) or address.startswith("/static/"):
            continue
        try:
            name = resolve(address.split("?")[0]).view_name
        except Resolver404:
            continue
        if not name.startswith(FOREIGN) and not name.startswith("usersessions"):
            yield address


def is_personal(address: str) -> bool:
    return address.startswith("/u/")


def trail() -> list[str]:
    """The whole audit, as it is before anybody's reading makes it longer."""
    address = reverse("agencies:audit")
    pages = AuditEntry.objects.count() // ENTRIES_PER_PAGE + 1
    return [f"{address}?halaman={number}" for number in range(1, pages + 1)]


def walk(client: Client, start: list[str], known: dict[str, str]) -> dict[str, str]:
    """Every address that the person can reach by following links, with its text."""
    found = dict(known)
    waiting = [*start, *(one for text in known.values() for one in addresses_in(text))]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        found[address] = text_of(client.get(address))
        waiting += [one for one in addresses_in(found[address]) if one not in found]
    return found


@pytest.fixture
def world() -> CanaryWorld:
    return build_canaries()


def bind_everything(world: CanaryWorld) -> None:
    """Everybody's dossier of every meeting and case that they may open."""
    for user in filter(None, world.people.values()):
        for meeting in Meeting.objects.visible_to(user):
            if user.has_perm(
                "meetings.read_dossier", meeting
            ) and meeting_dossiers.parts_for(user, meeting):
                make(meeting_dossiers.ask_for_dossier(meeting, by=user).pk)
        for case in Case.objects.visible_to(user):
            if case_dossiers.parts_of(case):
                make(case_dossiers.ask_for_dossier(case, by=user).pk)


def reached(world: CanaryWorld) -> dict[str, dict[str, str]]:
    """What each person gets at every address that anybody can reach."""
    people = clients(world)
    pages: dict[str, dict[str, str]] = {}
    addresses = trail()
    trails = {
        person: {address: text_of(client.get(address)) for address in addresses}
        for person, client in people.items()
    }
    for person, client in people.items():
        # No link leads an agency to the list of what was sent to it; a mail does.
        start = ["/", reverse("foreigners:referrals")]
        if person in world.links:
            link = world.links[person].get_link()
            start += [link, f"{link}tinjauan/", f"{link}hadir/", f"{link}surat/"]
        pages[person] = walk(client, start, trails[person])
    everywhere = {
        address
        for found in pages.values()
        for address in found
        if not is_personal(address)
    }
    for person, client in people.items():
        # Whoever holds a link speaks for the agency: nobody walks through another's.
        for address in list(pages[person]):
            if is_personal(address) and person not in world.links:
                del pages[person][address]
        cache.clear()
        for address in everywhere - pages[person].keys():
            pages[person][address] = text_of(client.get(address))
    return pages


@pytest.mark.slow
# The queries behind each page have tests of their own, on every database.
@pytest.mark.once
def test_restricted_words_reach_whoever_may_read_them_and_nobody_else(world):
    for pk in DocumentVersion.objects.values_list("pk", flat=True):
        render_version(pk)
    bind_everything(world)

    pages = reached(world)

    found = {
        word: {
            person: [address for address, text in texts.items() if word in text]
            for person, texts in pages.items()
        }
        for word in CANARIES
    }
    leaks = {
        (word, person): addresses
        for word, people in found.items()
        for person, addresses in people.items()
        if addresses and person not in CANARIES[word]
    }
    missing = {
        (word, person)
        for word, may in CANARIES.items()
        for person in may
        if not found[word][person]
    }
    assert leaks == {}
    assert sorted(missing) == []
    asked = {resolve(one.split("?")[0]).view_name for one in pages["officer"]}
    asked |= {resolve(one.split("?")[0]).view_name for one in pages["link"]}
    dossiers = {
        name: [
            text for one, text in pages[name].items() if one.endswith("bundel/unduh/")
        ]
        for name in ("officer", "source", "assigned", "away")
    }
    assert all(
        any("bukansuratresmi" in "".join(text.split()) for text in texts)
        for texts in dossiers.values()
    )
    readable = {name for name, row in ROWS.items() if row[1] == "get"}
    assert readable - asked <= UNLINKED


def test_every_field_that_holds_words_is_planted_or_open_for_a_reason(
    world: CanaryWorld,
):
    planted = {label_of(field) for field in fields() if is_planted(field, CANARIES)}
    bare = {label_of(field) for field in fields()} - planted

    assert bare - OPEN.keys() == set()
    # What is planted, or gone, needs no reason any more.
    assert OPEN.keys() & planted == set()
    assert {label for label in OPEN if not field_exists(label)} == set()


SEARCHES = {
    "meetings:search": ("q", []),
    "meetings:list": ("q", []),
    "foreigners:cases": ("q", []),
    "meetings:follow_ups": ("q", []),
    "documents:list": ("q", []),
    "foreigners:findings": ("q", []),
    "agencies:accounts": ("q", []),
    "agencies:audit": ("verb", []),
    "agencies:master_list": ("q", ["instansi"]),
    # Says how many rows the file would have.
    "reports:export_new": ("q", ["temuan"]),
}


def answer_to(client: Client, name: str, text: str) -> str:
    """The page without what differs by itself, the question and the form's tokens; nothing
    for who may not ask."""
    parameter, args = SEARCHES[name]
    response = client.get(reverse(name, args=args), {parameter: text})
    if response.status_code != HTTPStatus.OK:
        return ""
    page = text_of(response)
    page = re.sub(r'name="(csrfmiddlewaretoken|key)" value="[\w-]+"', "", page)
    return page.replace(text, "@")


def differs(client: Client, name: str, nothing: str, text: str) -> bool:
    return answer_to(client, name, text) != nothing


def words_that_show(
    shows: Callable[[str], bool], words: Iterable[str], length: int = SHORTEST
) -> Iterator[str]:
    """Those of ``words`` that change an answer. Every search looks for its text anywhere in
    a word, so a beginning that changes nothing speaks for all words that begin so."""
    for beginning, group in groupby(sorted(words), key=lambda word: word[:length]):
        together = list(group)
        if len(together) == 1:
            yield from filter(shows, together)
        elif shows(beginning):
            if beginning in together:
                yield beginning
            yield from words_that_show(
                shows, set(together) - {beginning}, length=length + 1
            )


def test_words_are_found_by_asking_for_their_beginnings():
    words = {"kxab", "kxabc", "kxabcd", "kxb", "kxcde", "08123", "08124"}
    for page in ("", "kxabc", "kxab 08124", "kxcde kxb", "kxabx"):
        found = set(words_that_show(page.__contains__, words))

        assert found == {word for word in words if word in page}


@pytest.mark.slow
@pytest.mark.once
def test_searching_for_a_word_tells_nobody_that_it_exists(world: CanaryWorld):
    # A word that stands nowhere gets the same answer as one that may not be read.
    found = set()
    for person, client in clients(world).items():
        words = {word for word, may in CANARIES.items() if person not in may}
        for name in SEARCHES:
            nothing = answer_to(client, name, "kxtidakada")
            if not nothing:
                continue
            shows = partial(differs, client, name, nothing)
            found |= {(name, word, person) for word in words_that_show(shows, words)}

    assert found == set()


def test_search_finds_what_may_be_read(world: CanaryWorld):
    people = clients(world)

    finders = {
        word: {
            person
            for person, client in people.items()
            if world.people.get(person)
            and answer_to(client, "meetings:search", word)
            != answer_to(client, "meetings:search", "kxtidakada")
        }
        for word in (
            "kxbiasa", "kxterbatas", "kxrahasia", "kxtugas", "kxnama",
            "kxlihat", "kxlimpah", "kxorang", "kxtersembunyi",
        )
    }  # fmt: skip

    accounts = {person for person, user in world.people.items() if user}
    expected: dict[str, set[Any]] = {
        word: CANARIES[word] & accounts for word in finders
    }
    # The restricted text and the persons are the office's to search.
    for word in ("kxnama", "kxorang", "kxtersembunyi"):
        expected[word] = expected[word] - {"source"}
    assert finders == expected


NUMBER = "KX5512345"


def doubles_for(client: Client, word: str) -> str:
    """What the card proposes while the word is typed as a place and as a name."""
    typed = {
        "activity": word,
        "place": word,
        "seen_on": timezone.localdate().isoformat(),
        "orang-TOTAL_FORMS": "1",
        "orang-INITIAL_FORMS": "0",
        "orang-0-name": word,
        "orang-0-document_number": word,
    }
    response = client.post(reverse("foreigners:finding_doubles"), typed)
    return text_of(response).strip() if response.status_code == HTTPStatus.OK else ""


def test_typing_a_word_on_the_card_tells_nobody_that_it_stands_elsewhere(
    world: CanaryWorld,
):
    people = clients(world)

    told = {
        (word, person)
        for word in CANARIES
        for person, client in people.items()
        if doubles_for(client, word)
    }

    persons_and_places = {"kxorang", "kxtersembunyi", "kxpenumpang", "kxlokasi"}
    assert {word for word, _person in told} == persons_and_places | {NUMBER}
    # Whoever types the whole number has it already; the office asks for a ground first.
    may = CANARIES | {NUMBER: CANARIES["kxpenumpang"]}
    assert {pair for pair in told if pair[1] not in may[pair[0]]} == set()


def test_calendars_name_an_open_meeting_to_who_is_summoned_and_nothing_else(
    world: CanaryWorld,
):
    told = {
        (person, word)
        for person, user in world.people.items()
        if user
        for text in [calendar_of(make_feed(user)).decode().replace("\r\n ", "")]
        for word in CANARIES
        if word in text
    }

    assert {word for _person, word in told} == {"kxjudulrapat", "kxtempatrapat"}
    assert {pair for pair in told if pair[0] not in CANARIES[pair[1]]} == set()


def test_mail_carries_no_restricted_word(world: CanaryWorld):
    mails = list(Notification.objects.all())

    leaks = {
        (mail.key, word)
        for mail in mails
        for word in CANARIES
        if word in f"{mail.subject} {mail.body} {mail.attachments}"
    }

    assert mails
    assert leaks == set()
