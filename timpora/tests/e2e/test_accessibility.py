"""Every page for everybody: axe, a phone's width, large letters, the keyboard.

A page is here because it has a row in the access table; a new address comes by itself.
"""

from pathlib import Path

import pytest
from django.urls import reverse

from agencies.models import User
from timpora.tests.browser import DESK, PHONE
from timpora.tests.test_access import READ, ROWS
from timpora.tests.world import PEOPLE, World, build_world, grow

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

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
    "meetings:attendance_papers": "a part of the attendance sheet",
    "meetings:link_calendar": "a file for the calendar",
    "meetings:minutes_entries": "a part of the minutes' page",
}
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
        page = site.visit(reader, PHONE)
        page.goto(url)
        page.evaluate(AXE.read_text())
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            who = f"{reader and reader.role} at {size['width']}"
            found[who] = page.evaluate(RUN_AXE) + page.evaluate(TOO_WIDE)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found[f"{who}, 200 %"] = page.evaluate(TOO_WIDE)

    assert {who: flaws for who, flaws in found.items() if flaws} == {}
