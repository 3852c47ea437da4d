"""The finding card on a phone: a connection and a session that come and go."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from agencies.models import Region
from agencies.tests.factories import AgencyFactory, OfficeFactory, UserFactory
from foreigners.models import Finding
from timpora.tests.browser import PHONE

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def phone(site) -> Page:
    office = OfficeFactory()
    village = Region.objects.create(
        code="36.72.08.1001", name="Warnasari", level=Region.Level.VILLAGE
    )
    office.work_regions.add(village)
    liaison = UserFactory(liaison=True, agency=AgencyFactory(keeper=office))
    page = site.visit(liaison, PHONE)
    page.context.set_geolocation({"latitude": -6.01234, "longitude": 106.05678})
    page.context.grant_permissions(["geolocation"])
    page.goto(reverse("foreigners:finding_new"))
    return page


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
