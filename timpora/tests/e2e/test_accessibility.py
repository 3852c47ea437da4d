"""Every page for everybody: axe, a phone's width, large letters, the keyboard.

A page is here because it has a row in the access table; a new address comes by itself.
"""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from agencies.models import User
from agencies.tests.factories import UserFactory
from meetings.models import Meeting
from timpora.tests.browser import DESK, PHONE
from timpora.tests.test_access import READ, ROWS
from timpora.tests.world import PEOPLE, World, build_world, grow

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.once]

AXE = Path(__file__).parent.parent / "vendor" / "axe-4.14.1.min.js"
# WCAG 2.2 AA and axe's own good practice; what it calls serious or critical fails.
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter((found) => ["serious", "critical"].includes(found.impact))
  .map((found) => `${found.id}: ${found.nodes.map((n) => n.target.join(" ")).join(" | ")}`)"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")]
    .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
    .map((part) => part.outerHTML.slice(0, 120))"""
NO_PAGE = {
    "meetings:attendance_counts": "a part of the attendance sheet",
    "meetings:feed": "a file for the calendar",
    "meetings:minutes_json": "a file for programs",
    "meetings:minutes_schema": "a file for programs",
    "meetings:minutes_xml": "a file for programs",
    "meetings:attendance_papers": "a part of the attendance sheet",
    "meetings:link_calendar": "a file for the calendar",
    "meetings:meeting_calendar": "a file for the calendar",
    "meetings:minutes_entries": "a part of the minutes' page",
    "reports:recap_papers": "a part of the recap's page",
    "reports:recap_docx": "a file for a word processor",
    "reports:recap_xlsx": "a file for a spreadsheet",
}
# What a script or an old browser lets through.
SEND_EMPTY = """(form) => {
  form.noValidate = true;
  for (const field of form.querySelectorAll("[type=text], textarea")) field.value = "";
  form.requestSubmit();
}"""
ERROR = ".invalid-feedback, .text-danger, [role=alert]"
PAGES = [name for name in READ if "200" in ROWS[name][2] and name not in NO_PAGE]


def two_readers(name: str, world: World) -> list[User | None]:
    """The first two who may see the page and differ in rights."""
    readers: dict[str, User | None] = {}
    for person, status in zip(PEOPLE, ROWS[name][2].split(), strict=True):
        user = world.people[person]
        if status == "200":
            readers.setdefault(user.role if user else "", user)
    return list(readers.values())[:2]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_for_everybody_on_a_phone_and_on_a_desk(site, name):
    world = build_world()
    grow(world)
    url = reverse(name, args=ROWS[name][0](world))

    found = {}
    for reader in two_readers(name, world):
        page = site.look(reader, url)
        found |= flaws_of(page, by=reader.role if reader else "anonymous")

    assert found == {}


@pytest.mark.parametrize(
    ("name", "is_known"),
    [
        ("account_login", False),
        ("account_signup", False),
        ("account_reset_password", False),
        ("account_reset_password_done", False),
        ("account_logout", True),
        ("account_change_password", True),
        ("account_reauthenticate", True),
        ("mfa_index", True),
        ("usersessions_list", True),
    ],
)
def test_entrance_is_for_everybody(site, name, is_known):
    page = site.look(UserFactory() if is_known else None, reverse(name))

    assert flaws_of(page, by=name) == {}


def unanswered(world: World) -> str:
    """The personal link of an agency that is summoned to a meeting to come."""
    invited = world.agency.invitations.filter(meeting__state=Meeting.State.INVITED)
    return invited.first().get_link()


def one_more(world: World) -> str:
    """The door, for somebody else of an agency that has come already."""
    return reverse("meetings:link_attend", args=[world.invitation.token]) + "?tambah=1"


@pytest.mark.parametrize(
    ("person", "page_of", "form"),
    [
        ("officer", "meetings:new", "main form"),
        ("officer", "meetings:minutes", "#tulis"),
        ("officer", "meetings:attendance_walk_in", "main form"),
        ("officer", "meetings:photos", "main form"),
        ("liaison", "meetings:follow_up", "main form"),
        ("anonymous", unanswered, "main form"),
        ("anonymous", one_more, "main form[data-check-in-form]"),
    ],
)
def test_form_is_for_everybody_and_so_are_its_errors(site, person, page_of, form):
    world = build_world()
    grow(world)
    page = site.visit(world.people[person])
    page.goto(
        page_of(world)
        if callable(page_of)
        else reverse(page_of, args=ROWS[page_of][0](world))
    )
    before = flaws_of(page, by=person)

    page.locator(form).first.evaluate(SEND_EMPTY)
    expect(page.locator("main").locator(ERROR).first).to_be_visible()

    assert (before, flaws_of(page, by=person)) == ({}, {})


@pytest.mark.parametrize(
    ("path", "status"), [("/tidak-ada/", 404), ("/kelola/", 403), ("/u/salah/", 404)]
)
def test_refusal_is_for_everybody(site, path, status):
    page = site.look(UserFactory(), path, status)

    assert flaws_of(page, by="officer") == {}


def flaws_of(page: Page, by: str) -> dict[str, list[str]]:
    """What is wrong with the page that is open, at which size."""
    found = {}
    page.evaluate(AXE.read_text())
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        found[f"{by}, {size['width']} px"] = page.evaluate(RUN_AXE) + page.evaluate(
            TOO_WIDE
        )
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found[f"{by}, 200 %"] = page.evaluate(TOO_WIDE)
    return {where: flaws for where, flaws in found.items() if flaws}
