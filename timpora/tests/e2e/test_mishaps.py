"""What goes wrong at a desk: two clicks, the back button, two tabs, no network, bad files."""

import datetime as dt
from functools import partial
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from agencies.models import AuditEntry
from documents.models import DocumentVersion, Upload
from documents.tests.test_uploads import pdf, picture, pptx
from meetings.models import Entry, Invitation, Meeting
from meetings.services.approving import submit_minutes
from meetings.services.reviewing import open_review
from meetings.tests.factories import (
    AgendaItemFactory,
    EntryFactory,
    InvitationFactory,
    MinutesFactory,
)
from meetings.tests.held import Held
from timpora.tests.browser import PHONE
from timpora.tests.e2e.acts import choose, fill, press
from timpora.tests.e2e.cilegon import Cilegon

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><script>alert(1)</script></html>"
MEGABYTE = 1024 * 1024


@pytest.fixture
def entry(site) -> Entry:
    """One entry of minutes that are being taken; its minute-taker edits it."""
    minutes = MinutesFactory()
    item = AgendaItemFactory(meeting=minutes.meeting)
    made: Entry = EntryFactory(minutes=minutes, item=item, text="Semula.")
    return made


def editor(site, entry: Entry) -> Page:
    page = site.visit(entry.minutes.meeting.minute_taker)
    page.goto(address(entry))
    return page


def address(entry: Entry) -> str:
    path = reverse("meetings:minutes", args=[entry.minutes.meeting_id])
    return f"{path}?acara={entry.item_id}&ubah={entry.key}"


def test_double_click_on_approve_makes_one_paper(site):
    held = Held()
    with time_machine.travel(dt.datetime(2025, 7, 24, 3, tzinfo=dt.UTC)) as clock:
        open_review(held.minutes, by=held.officer)
        clock.shift(dt.timedelta(days=10))
        submit_minutes(held.minutes, by=held.head, revision=1)
    chief = site.visit(held.chief, PHONE)
    chief.goto(reverse("meetings:approval", args=[held.meeting.pk]))

    chief.get_by_role("button", name="Sahkan notula ini").dblclick()

    expect(chief.get_by_text("Notula disahkan.").first).to_be_visible()
    expect(chief.get_by_role("link", name="Unduh Notula").first).to_be_visible()
    assert AuditEntry.objects.filter(verb="meetings.approve_minutes").count() == 1
    papers = DocumentVersion.objects.values_list("document__kind", flat=True)
    assert sorted(papers) == ["notula", "notula_terbatas"]


def test_back_after_sending_a_new_meeting_and_sending_again_makes_one(site):
    cilegon = Cilegon()
    officer = site.visit(cilegon.officer)
    officer.goto(reverse("meetings:new"))
    fill(
        officer,
        title="Rapat yang dikirim dua kali",
        team=cilegon.team.name,
        day=timezone.localdate() + dt.timedelta(days=7),
        start=dt.time(9),
        end=dt.time(12),
        venue="Aula",
    )
    press(officer, "Simpan")
    expect(officer.get_by_text("Draf rapat tersimpan.")).to_be_visible()

    officer.go_back()
    press(officer, "Simpan")

    expect(officer.get_by_role("heading", name="Rapat yang dikirim")).to_be_visible()
    assert Meeting.objects.count() == 1
    officer.go_back()
    fill(officer, title="Rapat yang diganti namanya")
    press(officer, "Simpan")
    expect(officer.get_by_text("Formulir ini sudah dikirim")).to_be_visible()
    expect(officer.locator("[name=title]")).to_have_value("Rapat yang diganti namanya")
    assert Meeting.objects.get().title == "Rapat yang dikirim dua kali"


def test_back_after_answering_an_invitation_changes_the_answer(site):
    invitation = InvitationFactory(sent=True, meeting__state=Meeting.State.INVITED)
    liaison = site.visit(size=PHONE)
    liaison.goto(invitation.get_link())
    choose(liaison, "Akan hadir")
    press(liaison, "Kirim jawaban")
    expect(liaison.get_by_text("Jawaban tersimpan.")).to_be_visible()

    liaison.go_back()
    choose(liaison, "Berhalangan")
    fill(liaison, excuse="Bertugas di luar kota.")
    press(liaison, "Kirim jawaban")

    expect(liaison.get_by_text("Jawaban tersimpan.")).to_be_visible()
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.excuse) == (
        Invitation.Answer.EXCUSED,
        "Bertugas di luar kota.",
    )


def test_second_of_two_tabs_sees_both_texts_and_decides(site, entry):
    first = editor(site, entry)
    second = first.context.new_page()
    second.goto(address(entry))
    fill(second, text="Dari tab kedua.")
    press(second, "Simpan Ctrl+Enter")
    expect(second.locator("#butir .entry-text")).to_have_text("Dari tab kedua.")

    fill(first, text="Dari tab pertama.")
    expect(first.locator("[data-autosave-state]")).to_contain_text("Tekan Simpan")
    press(first, "Simpan Ctrl+Enter")

    conflict = first.get_by_role("alert")
    expect(conflict.get_by_text("Dari tab kedua.")).to_be_visible()
    expect(conflict.get_by_text("Dari tab pertama.")).to_be_visible()
    assert Entry.objects.get().text == "Dari tab kedua."
    fill(first, text="Keduanya.")
    press(first, "Simpan Ctrl+Enter")
    expect(first.locator("#butir .entry-text")).to_have_text("Keduanya.")
    assert Entry.objects.get().text == "Keduanya."


def test_what_was_typed_without_a_network_arrives_when_it_is_back(site, entry):
    page = editor(site, entry)
    page.context.set_offline(True)

    fill(page, text="Ditulis tanpa jaringan.")
    state = page.locator("[data-autosave-state]")
    expect(state).to_contain_text("Belum tersimpan")
    assert Entry.objects.get().text == "Semula."
    page.context.set_offline(False)

    expect(state).to_have_text("Tersimpan")
    assert Entry.objects.get().text == "Ditulis tanpa jaringan."
    assert page.evaluate("localStorage.length") == 0


def test_what_was_typed_without_a_network_survives_the_closing_of_the_tab(site, entry):
    page = editor(site, entry)
    page.context.set_offline(True)
    fill(page, text="Ditulis tanpa jaringan.")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Belum tersimpan")

    page.close()
    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(reverse("meetings:minutes", args=[entry.minutes.meeting_id]))

    expect(again.locator("#butir .entry-text")).to_have_text("Ditulis tanpa jaringan.")
    assert Entry.objects.get().text == "Ditulis tanpa jaringan."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (SVG, "Berkas ini bukan foto JPEG, PNG, atau WebP."),
        (HTML, "Berkas ini bukan foto JPEG, PNG, atau WebP."),
        (picture() + bytes(30 * MEGABYTE), "Berkas terlalu besar. Batasnya 15 MB."),
    ],
    ids=["svg", "html", "30 megabytes"],
)
def test_what_is_no_photo_is_refused_in_words_and_keeps_the_caption(
    site, entry, tmp_path, content, sentence
):
    page = site.visit(entry.minutes.meeting.minute_taker)
    page.goto(reverse("meetings:photos", args=[entry.minutes.meeting_id]))
    give(page, "photos", tmp_path / "rapat.jpg", content)
    fill(page, caption="Pembukaan oleh Kepala Kantor")

    with page.expect_navigation() as answer:
        press(page, "Unggah foto")

    assert answer.value.status == 422
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.locator("[name=caption]")).to_have_value("Pembukaan oleh Kepala Kantor")
    assert not Upload.objects.exists()


def zip_bomb() -> bytes:
    return pptx(extra=[("ppt/media/a.bin", bytes(210 * MEGABYTE))])


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("paparan.pdf", partial(pdf, pages=200), "200 halaman; batasnya 150 halaman."),
        ("paparan.pptx", zip_bomb, "Isi berkas ini terlalu besar bila dibuka."),
    ],
    ids=["200 pages", "zip bomb"],
)
def test_unsafe_deck_is_refused_in_words_and_keeps_the_choice(
    site, entry, tmp_path, name, content, sentence
):
    page = site.visit(entry.minutes.meeting.minute_taker)
    page.goto(reverse("meetings:materials", args=[entry.minutes.meeting_id]))
    give(page, "file", tmp_path / name, content())
    fill(page, classification="Terbatas")

    with page.expect_navigation() as answer:
        press(page, "Unggah paparan")

    assert answer.value.status == 422
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.locator("[name=classification]")).to_have_value("terbatas")
    assert not Upload.objects.exists()


def give(page: Page, field: str, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    page.locator(f"[name={field}]").set_input_files(path)
