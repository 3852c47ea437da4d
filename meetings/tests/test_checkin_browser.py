"""The phone at the door: the finger's signature, and a connection that comes and goes."""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.urls import reverse
from playwright.sync_api import Page, expect, sync_playwright

from meetings.models import Attendance, Invitation
from meetings.tests.factories import AttendanceFactory

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def phone(monkeypatch) -> Iterator[Page]:
    # Playwright's loop lives in this thread; the tests' own queries are not its business.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        context = browser.new_context(viewport={"width": 360, "height": 740})
        yield context.new_page()
        browser.close()
        # Inside that loop Django keeps a connection of its own, which nobody else ends.
        connections.close_all()


@pytest.fixture
def address(live_server) -> str:
    invitation: Invitation = AttendanceFactory(
        invitation__meeting__in_session=True, invitation__person="Siti Contoh"
    ).invitation
    path = reverse("meetings:link_attend", args=[invitation.token])
    return f"{live_server.url}{path}"


def sign(phone: Page) -> None:
    box = phone.locator("canvas").bounding_box()
    phone.mouse.move(box["x"] + 20, box["y"] + 20)
    phone.mouse.down()
    phone.mouse.move(box["x"] + 120, box["y"] + 60, steps=5)
    phone.mouse.up()


def test_a_signature_and_a_tap_are_enough_to_be_present(phone, address):
    phone.goto(address)
    sign(phone)

    phone.get_by_role("button", name="Saya hadir").click()

    expect(phone.get_by_role("button", name="Saya pulang")).to_be_visible()
    line = Attendance.objects.get()
    assert (line.state, line.person) == ("hadir", "Siti Contoh")
    assert line.signature is not None


def test_a_lost_connection_loses_no_check_in_and_the_phone_forgets_it(phone, address):
    phone.goto(address)
    phone.context.set_offline(True)

    phone.get_by_role("button", name="Saya mewakili").click()
    expect(phone.get_by_text("Belum terkirim")).to_be_visible()
    assert phone.evaluate("localStorage.length") == 1
    phone.context.set_offline(False)

    expect(phone.get_by_role("button", name="Saya pulang")).to_be_visible()
    assert Attendance.objects.get().state == "diwakilkan"
    assert phone.evaluate("localStorage.length") == 0


def test_a_form_behind_the_link_is_taken_from_a_real_browser(phone, address):
    phone.goto(address)
    phone.get_by_role("button", name="Saya hadir").click()

    phone.get_by_role("button", name="Saya pulang").click()

    expect(phone.get_by_text("Jam pulang tercatat.")).to_be_visible()
    assert Attendance.objects.get().left_at is not None
