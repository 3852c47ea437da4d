"""The main pages without a mouse: everything is reached, and one sees where one is."""

import pytest
from django.urls import reverse

from timpora.tests.test_access import ROWS
from timpora.tests.world import build_world, grow

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PAGES = [
    ("account_login", "anonymous"),
    ("reports:home", "officer"),
    ("meetings:list", "officer"),
    ("meetings:new", "officer"),
    ("meetings:detail", "liaison"),
    ("meetings:invitations", "officer"),
    ("meetings:attendance", "officer"),
    ("meetings:minutes", "officer"),
    ("meetings:approval", "chief"),
    ("meetings:link", "anonymous"),
    ("meetings:link_attend", "anonymous"),
    ("documents:list", "liaison"),
]
# Each control gets a number, and what it and its neighbour look like without the focus:
# a hidden radio button shows its focus on the label beside it.
NUMBER = """() => {
  const look = (part) => {
    const style = part && getComputedStyle(part);
    return style && [style.outlineStyle, style.outlineWidth, style.boxShadow,
      style.borderColor, style.backgroundColor].join();
  };
  window.looks = (part) => [look(part), look(part.nextElementSibling)].join("/");
  const groups = new Set();
  const stops = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']",
  )].filter((part) => {
    if (part.disabled || part.type === "hidden" || !part.checkVisibility()) return false;
    if (part.type !== "radio") return true;
    // The arrows move within a group of radio buttons; Tab visits the group once.
    const group = part.form.querySelectorAll(`[type=radio][name="${part.name}"]`);
    const chosen = [...group].find((one) => one.checked);
    return part === (chosen ?? group[0]);
  });
  window.plain = new Map(stops.map((part) => [part, looks(part)]));
  return stops.map((part, number) => {
    part.dataset.stop = number;
    return part.outerHTML.slice(0, 90);
  });
}"""
WHERE = """() => {
  const part = document.activeElement;
  return {
    stop: part.dataset.stop ?? null,
    seen: plain.get(part) !== looks(part),
  };
}"""


@pytest.mark.parametrize(("name", "person"), PAGES)
def test_everything_is_reached_with_the_keyboard_and_shows_it(site, name, person):
    page = visit(site, name, person)
    stops = page.evaluate(NUMBER)

    reached, seen = set(), set()
    # A date has several stops of its own; behind the last stop nothing has the focus.
    for _press in range(4 * len(stops)):
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE)
        if here["stop"] is None:
            break
        reached.add(int(here["stop"]))
        if here["seen"]:
            seen.add(int(here["stop"]))

    everything = set(range(len(stops)))
    assert [stops[number] for number in everything - reached] == []
    assert [stops[number] for number in everything - seen] == []


@pytest.mark.parametrize(("name", "person"), PAGES)
def test_skip_link_comes_first_and_leads_past_the_menu(site, name, person):
    page = visit(site, name, person)

    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    text, box = skip.inner_text(), skip.bounding_box()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert text == "Langsung ke isi"
    assert box["x"] >= 0
    assert page.evaluate("document.activeElement.closest('main') !== null")


def visit(site, name, person):
    world = build_world()
    grow(world)
    arguments = ROWS[name][0](world) if name in ROWS else []
    page = site.look(world.people[person], reverse(name, args=arguments))
    page.evaluate("document.activeElement.blur()")
    return page
