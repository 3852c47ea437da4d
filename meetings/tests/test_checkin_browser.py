"""The phone at the door: the finger's signature, and a connection that comes and goes."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from agencies.tests.factories import UserFactory
from meetings.models import Attendance, Invitation
from meetings.tests.factories import AttendanceFactory
from timpora.tests.browser import PHONE
from timpora.tests.e2e.acts import sign

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def phone(site) -> Page:
    return site.visit(size=PHONE)


@pytest.fixture
def address(site) -> str:
    invitation: Invitation = AttendanceFactory(
        invitation__meeting__in_session=True, invitation__person="Siti Contoh"
    ).invitation
    return reverse("meetings:link_attend", args=[invitation.token])


def test_a_signature_and_a_tap_are_enough_to_be_present(phone, address):
    phone.goto(address)
    sign(phone)

    phone.get_by_role("button", name="Saya hadir").click()

    expect(phone.get_by_text("Kehadiran Anda tercatat.")).to_be_visible()
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


def test_check_in_of_somebody_logged_out_waits_until_they_are_back(site):
    liaison = UserFactory(liaison=True, name="Siti Contoh")
    liaison.set_password("kata-sandi-yang-panjang-7")
    liaison.save()
    line = AttendanceFactory(
        invitation__meeting__in_session=True, invitation__agency=liaison.agency
    )
    phone = site.visit(liaison, PHONE)
    phone.goto(reverse("meetings:attend", args=[line.meeting_id]))
    Session.objects.all().delete()

    phone.get_by_role("button", name="Saya hadir").click()
    phone.locator("[name=login]").fill(liaison.email)
    phone.locator("[name=password]").fill("kata-sandi-yang-panjang-7")
    phone.get_by_role("button", name="Masuk").click()

    expect(phone.get_by_text("Kehadiran Anda tercatat.")).to_be_visible()
    line.refresh_from_db()
    assert (line.state, line.person) == ("hadir", "Siti Contoh")
