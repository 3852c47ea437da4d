"""What people do with the mouse, the keyboard and the finger, one act a function."""

import datetime as dt
import re

from django.core import mail
from playwright.sync_api import Page, expect

from agencies.models import User


def log_in(page: Page, user: User, password: str) -> None:
    page.goto("/")
    fill(page, login=user.email, password=password)
    press(page, "Masuk")
    expect(page.get_by_role("heading", name="Beranda")).to_be_visible()


def fill(page: Page, **fields: str | dt.date | dt.time) -> None:
    """A form's fields by name: text is typed, a choice is chosen by what it says."""
    for name, value in fields.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            # A long list hides its select behind a search of its own; what is sent is it.
            field.select_option(label=str(value), force=True)
        elif isinstance(value, dt.time):
            field.fill(f"{value:%H:%M}")
        else:
            field.fill(str(value))


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def choose(page: Page, answer: str) -> None:
    page.get_by_role("radio", name=answer, exact=True).check()


def follow(page: Page, link: str) -> None:
    page.get_by_role("link", name=link, exact=True).first.click()


def link_for(address: str, path: str = "") -> str:
    """The personal link in the newest mail to the address; ``path`` is what it leads to."""
    for letter in reversed(mail.outbox):
        found = re.search(rf"http://\S+?(/u/[^/\s]+/{path})\s", letter.body)
        if letter.to == [address] and found:
            return found[1]
    raise LookupError(f"no mail with a personal link to {address}")


def sign(page: Page) -> None:
    """A finger's stroke across the box."""
    pad = page.locator("canvas")
    pad.wait_for()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60, steps=5)
    page.mouse.up()


def mark(page: Page, agency: str, state: str) -> None:
    """The officer's one tap on the attendance sheet."""
    page.get_by_role("button", name=f"{state}: {agency}", exact=True).click()
    line = page.get_by_role("listitem").filter(has_text=agency)
    expect(line.locator("strong")).to_have_text(state)


def excuse(page: Page, agency: str, reason: str) -> None:
    """Nobody announced why: the sheet asks for the reason."""
    page.get_by_role("button", name=f"Izin: {agency}", exact=True).click()
    page.get_by_label("Alasan izin").fill(reason)
    press(page, "Simpan")
    line = page.get_by_role("listitem").filter(has_text=agency)
    expect(line.locator("strong")).to_have_text("Izin")


def write(
    page: Page,
    kind: str,
    text: str,
    *,
    agency: str = "",
    owner: str = "",
    due: dt.date | None = None,
    answers: str = "",
    restricted: str = "",
) -> None:
    """One entry of the minutes, through the tiles and the keyboard."""
    composer = page.locator("#tulis")
    composer.locator(".kinds label").filter(has_text=kind).click()
    composer.locator("[name=text]").fill(text)
    if agency:
        tile(page, "Disampaikan oleh", agency)
    if owner:
        tile(page, "Penanggung jawab", owner)
    if due:
        composer.get_by_label("Tenggat").fill(due.isoformat())
    if answers:
        choice = composer.locator("[name=answers] option").filter(has_text=answers)
        composer.locator("[name=answers]").select_option(choice.get_attribute("value"))
    if restricted:
        if not composer.locator("[name=restricted_text]").is_visible():
            composer.get_by_text("Pembicara, klasifikasi").click()
        composer.locator("[name=restricted_text]").fill(restricted)
    composer.locator("[name=text]").press("Control+Enter")
    expect(composer.locator("[name=text]")).to_have_value("")
    said = page.locator("#butir .entry-text")
    expect(said.get_by_text(text, exact=True)).to_be_visible()


def tile(page: Page, legend: str, agency: str) -> None:
    group = page.get_by_role("group", name=legend)
    group.get_by_role("radio", name=agency, exact=True).check()


def take_up(page: Page, item: str) -> None:
    """The next item of the agenda in the minutes' editor."""
    page.get_by_role("navigation", name="Susunan acara").get_by_role(
        "link", name=re.compile(item, re.IGNORECASE)
    ).click()
    expect(page.locator("#mata-acara")).to_have_text(re.compile(item, re.IGNORECASE))
