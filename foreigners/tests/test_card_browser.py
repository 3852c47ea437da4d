"""The finding card on a phone: a connection and a session that come and go."""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.urls import reverse
from playwright.sync_api import Page, expect, sync_playwright

from agencies.models import Region
from agencies.tests.factories import AgencyFactory, OfficeFactory, UserFactory
from foreigners.models import Finding

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def phone(monkeypatch, live_server, client) -> Iterator[Page]:
    # Playwright's loop lives in this thread; the tests' own queries are not its business.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    office = OfficeFactory()
    village = Region.objects.create(
        code="36.72.08.1001", name="Warnasari", level=Region.Level.VILLAGE
    )
    office.work_regions.add(village)
    client.force_login(UserFactory(liaison=True, agency=AgencyFactory(keeper=office)))
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        context = browser.new_context(
            viewport={"width": 360, "height": 740},
            geolocation={"latitude": -6.01234, "longitude": 106.05678},
            permissions=["geolocation"],
        )
        context.add_cookies([{**session, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + reverse("foreigners:finding_new"))
        yield page
        browser.close()
        # Inside that loop Django keeps a connection of its own, which nobody else ends.
        connections.close_all()


def write(phone: Page) -> None:
    phone.get_by_label("Apa yang dilihat").fill("Tiga orang memasang mesin.")
    phone.get_by_label("Kelurahan/desa").fill("warnasari")
    phone.get_by_label("Tempat", exact=True).fill("Gudang Contoh")


def kept(phone: Page) -> int:
    return phone.evaluate("localStorage.length")


def test_card_goes_through_and_the_phone_forgets_it(phone):
    write(phone)
    phone.get_by_text("Orang yang disebut").click()
    phone.get_by_role("button", name="Tambah orang").click()
    phone.get_by_label("Nama").nth(2).fill("CONTOH KIM")

    phone.get_by_role("button", name="Kirim temuan").click()

    expect(phone.get_by_text("Temuan diterima dengan nomor")).to_be_visible()
    finding = Finding.objects.get()
    assert finding.region_id == "36.72.08.1001"
    assert finding.named_persons.get().name == "CONTOH KIM"
    assert kept(phone) == 0


def test_lost_connection_loses_no_word_and_sends_it_once(phone):
    write(phone)
    phone.context.set_offline(True)

    phone.get_by_role("button", name="Kirim temuan").click()
    expect(phone.get_by_text("Belum terkirim.")).to_be_visible()
    assert kept(phone) == 1
    phone.context.set_offline(False)

    expect(phone.get_by_text("Temuan diterima dengan nomor")).to_be_visible()
    assert Finding.objects.get().state == "submitted"
    assert kept(phone) == 0


def test_closed_page_gives_the_words_back(phone):
    write(phone)
    phone.reload()

    expect(phone.get_by_label("Tempat", exact=True)).to_have_value("Gudang Contoh")
    expect(phone.get_by_text("dipulihkan")).to_be_visible()
    phone.get_by_role("button", name="Buang").click()
    expect(phone.get_by_label("Tempat", exact=True)).to_have_value("")


def test_session_that_ran_out_keeps_the_words_on_the_phone(phone):
    write(phone)
    phone.context.clear_cookies(name="sessionid")

    phone.get_by_role("button", name="Kirim temuan").click()

    phone.wait_for_url("**/akun/**")
    assert kept(phone) == 1
    assert not Finding.objects.exists()


def test_refused_card_stays_on_the_screen_with_its_words(phone):
    phone.get_by_label("Apa yang dilihat").fill("Tiga orang memasang mesin.")

    phone.get_by_role("button", name="Kirim temuan").click()

    expect(phone.get_by_text("Isi tempat atau kelurahan/desa.")).to_be_visible()
    phone.get_by_label("Tempat", exact=True).fill("Gudang Contoh")
    phone.get_by_role("button", name="Kirim temuan").click()
    expect(phone.get_by_text("Temuan diterima dengan nomor")).to_be_visible()
    assert Finding.objects.count() == 1


def test_position_is_asked_for_on_a_tap_alone(phone):
    write(phone)
    assert phone.locator("[name=latitude]").input_value() == ""
    phone.get_by_text("Posisi di peta").click()

    phone.get_by_role("button", name="Pakai posisi ponsel ini").click()

    expect(phone.locator("[name=latitude]")).to_have_value("-6.01234")
    phone.get_by_role("button", name="Kirim temuan").click()
    expect(phone.get_by_text("Temuan diterima dengan nomor")).to_be_visible()
    assert str(Finding.objects.get().longitude) == "106.05678"
