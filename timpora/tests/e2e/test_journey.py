"""From an idea to the paper: one meeting, as its people live it, in their browsers."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page, expect

from timpora.tests.browser import PHONE, TIMEOUT, Site
from timpora.tests.e2e import acts
from timpora.tests.e2e.acts import choose, fill, follow, press, write
from timpora.tests.e2e.cilegon import FACTS, PASSWORD, Cilegon
from timpora.tests.e2e.reading import (
    attendance_in,
    attendance_on,
    decisions_on,
    download,
    groups_on,
    squeezed,
)

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

DAY = dt.date.fromisoformat(FACTS["meeting"]["date"])
TITLE = "Rapat Koordinasi Tim Pora Kota Cilegon"
# What the report does not tell. Who checks in at the door is not in this list.
STATES = {
    "KESBANGPOL": "Hadir",
    "SATPOLPP": "Hadir",
    "KSOP": "Diwakilkan",
    "KEJARI": "Tidak hadir",
    "KPPBC": "Hadir",
    "KODIM": "Hadir",
    "BAIS": "Hadir",
    "BKK": "Hadir",
    "LANAL": "Izin",
    "POLAIRUD": "Diwakilkan",
    "BIN": "Hadir",
}
CANARY = "KENARI ORANG-ASING"
CONTESTED = "Operasi gabungan di kawasan industri dilaksanakan pada triwulan ini."
AGREED = "Operasi gabungan di kawasan industri dilaksanakan pada bulan Oktober."
DECISION = "Data pemegang izin tinggal dipadankan setiap bulan."
DUTY = "Mengirim rekapitulasi tenaga kerja asing per perusahaan."


@pytest.fixture
def go():
    """So many days before or after the meeting, at the office's hour; then time runs on."""
    zone = ZoneInfo("Asia/Jakarta")
    with time_machine.travel(DAY - dt.timedelta(days=14)) as traveller:
        yield lambda days, hour=8: traveller.move_to(
            dt.datetime.combine(
                DAY + dt.timedelta(days=days), dt.time(hour), tzinfo=zone
            )
        )


def test_meeting_from_the_first_form_to_the_approved_paper(site, go):
    cilegon = Cilegon()
    go(days=-14)
    officer = site.visit()
    acts.log_in(officer, cilegon.officer, PASSWORD)
    convene(officer, cilegon)
    summon(officer, cilegon)
    go(days=-7)
    answer(site, cilegon)
    go(days=0)
    hold(site, officer, cilegon)
    take_minutes(officer)
    go(days=0, hour=13)
    close(officer, cilegon)
    on_screen = attendance_on(officer)
    circulate(officer)
    go(days=1, hour=10)
    review(site, officer, cilegon)
    go(days=12)
    submit(site, cilegon)
    chief = approve(site, cilegon)

    paper = download(chief)

    assert len(set(on_screen.values())) == 4
    assert attendance_in(paper, of=on_screen) == on_screen
    assert [CONTESTED in paper, CANARY in paper] == [False, False]
    for group in groups_on(chief):
        assert squeezed(group) in squeezed(paper)
    for decision in decisions_on(chief, expected=[DECISION, AGREED]):
        assert squeezed(decision) in squeezed(paper)
    registry = site.visit(cilegon.civil_registry, PHONE)
    registry.goto("/")
    expect(registry.get_by_role("link", name=DUTY)).to_be_visible()


def convene(officer: Page, cilegon: Cilegon) -> None:
    """The form, the rundown as it stands in the report, the guests."""
    meeting = FACTS["meeting"]
    follow(officer, "Rapat")
    follow(officer, "Rapat baru")
    fill(
        officer,
        kind="Rapat koordinasi",
        title=TITLE,
        theme=meeting["purpose"],
        team=cilegon.team.name,
        level="Kabupaten/Kota",
        scope_regions=meeting["scope_region"]["name"],
        day=DAY,
        start=dt.time(9),
        end=dt.time(13),
        venue=meeting["venue"],
        venue_region=meeting["venue_region"]["name"],
        chair=cilegon.chief.name,
        secretary=cilegon.head.name,
        minute_taker=cilegon.officer.name,
        legal_bases="\n".join(FACTS["legal_basis"]),
    )
    press(officer, "Simpan")
    follow(officer, "Ubah susunan acara")
    press(officer, "Hapus: Kesimpulan dan rekomendasi")
    follow(officer, "Pemaparan materi")
    fill(officer, title="Pemaparan materi pengawasan orang asing")
    press(officer, "Simpan")
    for item in FACTS["agenda"]:
        expect(officer.get_by_role("link", name=re.compile(item, re.I))).to_be_visible()


def summon(officer: Page, cilegon: Cilegon) -> None:
    follow(officer, TITLE)
    follow(officer, "Undangan")
    for guest in cilegon.guests:
        officer.get_by_text("Tambah instansi atau tamu").click()
        fill(officer, agency=str(guest), addressee="Kepala Kantor", email=guest.email)
        press(officer, "Tambahkan")
        expect(officer.get_by_role("link", name=guest.name, exact=True)).to_be_visible()
    follow(officer, "Periksa dan kirim undangan")
    # Sixteen letters are drawn before the answer, for no worker runs beside the test.
    officer.set_default_timeout(6 * TIMEOUT)
    press(officer, "Kirim undangan")
    rows = officer.get_by_role("row").filter(has_text="WIM.12.IMI.IMI.3-GR.06.01-")
    expect(rows).to_have_count(16, timeout=6 * TIMEOUT)
    officer.set_default_timeout(TIMEOUT)


def answer(site: Site, cilegon: Cilegon) -> None:
    """The police by the link alone, the navy excused by its link, the registry logged in."""
    police = site.visit(size=PHONE)
    police.goto(acts.link_for(cilegon.agencies["POLRES"].email))
    choose(police, "Akan hadir")
    fill(police, person="Kompol Joko Contoh", person_post="Kasat Intelkam")
    press(police, "Kirim jawaban")
    expect(police.get_by_text("Jawaban tersimpan.")).to_be_visible()

    navy = site.visit(size=PHONE)
    navy.goto(acts.link_for(cilegon.agencies["LANAL"].email))
    choose(navy, "Berhalangan")
    fill(navy, excuse="Bertugas di laut.")
    press(navy, "Kirim jawaban")
    expect(navy.get_by_text("Jawaban tersimpan.")).to_be_visible()

    registry = site.visit(size=PHONE)
    acts.log_in(registry, cilegon.civil_registry, PASSWORD)
    registry.get_by_role("link", name="Jawab undangan").click()
    choose(registry, "Mengirim wakil")
    fill(registry, person="Tono Contoh", person_post="Kepala Bidang")
    press(registry, "Kirim jawaban")
    expect(registry.get_by_text("Tono Contoh")).to_be_visible()


def hold(site: Site, officer: Page, cilegon: Cilegon) -> None:
    """The session opens; two check in themselves, the officer marks the others."""
    acts.log_in(officer, cilegon.officer, PASSWORD)
    officer.get_by_role("link", name=TITLE).click()
    press(officer, "Buka rapat")

    police = site.visit(size=PHONE)
    police.goto(acts.link_for(cilegon.agencies["POLRES"].email))
    follow(police, "Catat kehadiran")
    acts.sign(police)
    press(police, "Saya hadir")
    expect(police.get_by_text("Kehadiran Anda tercatat.")).to_be_visible()

    registry = site.visit(size=PHONE)
    acts.log_in(registry, cilegon.civil_registry, PASSWORD)
    registry.get_by_role("link", name=TITLE).click()
    follow(registry, "Catat kehadiran")
    acts.sign(registry)
    press(registry, "Saya mewakili")
    expect(registry.get_by_text("Kehadiran Anda tercatat.")).to_be_visible()

    follow(officer, "Kehadiran")
    for kind, state in STATES.items():
        acts.mark(officer, cilegon.agencies[kind].name, state)
    for guest in cilegon.guests:
        acts.mark(officer, guest.name, "Hadir")
    acts.excuse(officer, cilegon.agencies["BNNK"].name, "Ada kegiatan lain.")
    for person in ("Kompol Joko Contoh", "Tono Contoh"):
        signature = officer.get_by_role("link", name=f"Lihat tanda tangan: {person}")
        expect(signature).to_be_visible()


def take_minutes(officer: Page) -> None:
    follow(officer, "Notula")
    acts.take_up(officer, "Pemaparan materi")
    write(
        officer,
        "Pernyataan",
        "Klasifikasi visa dan izin tinggal dipaparkan.",
        agency="Kanim Cilegon",
    )
    acts.take_up(officer, "Tanya jawab")
    question = "Bagaimana alur pelaporan penginapan?"
    write(officer, "Pertanyaan", question, agency="Satpol PP Kota Cilegon")
    write(
        officer,
        "Jawaban",
        "Melalui APOA, paling lambat 24 jam.",
        agency="Kanim Cilegon",
        answers=question,
    )
    acts.take_up(officer, "Pertukaran informasi")
    write(
        officer,
        "Temuan",
        "Dugaan kegiatan tidak sesuai izin tinggal di satu lokasi proyek.",
        agency="Polres Cilegon",
        restricted=f"Atas nama {CANARY}.",
    )
    decide(officer)


def decide(officer: Page) -> None:
    for kind, text, owner, days in (
        ("Keputusan", DECISION, "Disdukcapil Kota Cilegon", 30),
        ("Keputusan", CONTESTED, "Polres Cilegon", 45),
        ("Tindak lanjut", DUTY, "Disdukcapil Kota Cilegon", 14),
    ):
        write(officer, kind, text, owner=owner, due=DAY + dt.timedelta(days=days))


def close(officer: Page, cilegon: Cilegon) -> None:
    """After lunch the session of the browser is over, that of the meeting is not."""
    acts.log_in(officer, cilegon.officer, PASSWORD)
    officer.get_by_role("link", name="Lanjutkan rapat").click()
    press(officer, "Tutup rapat")


def circulate(officer: Page) -> None:
    follow(officer, "Tinjauan")
    expect(officer.get_by_text("Notula lengkap")).to_be_visible()
    press(officer, "Buka masa tinjauan")
    expect(officer.get_by_text("Masa tinjauan dibuka")).to_be_visible()


def review(site: Site, officer: Page, cilegon: Cilegon) -> None:
    """The police contest a date, the registry agrees; the officer takes up the objection."""
    police = site.visit(size=PHONE)
    police.goto(acts.link_for(cilegon.agencies["POLRES"].email, "tinjauan/"))
    entry = police.get_by_role("article").filter(has_text=CONTESTED)
    entry.get_by_role("link").click()
    fill(police, text="Disepakati bulan Oktober.")
    press(police, "Kirim keberatan")
    expect(police.get_by_text("Keberatan diterima oleh sekretariat.")).to_be_visible()

    acts.log_in(officer, cilegon.officer, PASSWORD)
    officer.get_by_role("link", name="Selesaikan 1 keberatan").click()
    follow(officer, "Selesaikan")
    choose(officer, "Terima: uraian butir diubah")
    fill(officer, text=AGREED, settlement="Sesuai rekaman rapat.")
    press(officer, "Simpan penyelesaian")
    expect(officer.get_by_text("Keberatan diselesaikan.")).to_be_visible()

    registry = site.visit(size=PHONE)
    acts.log_in(registry, cilegon.civil_registry, PASSWORD)
    registry.get_by_role("link", name="Tinjau notula").click()
    press(registry, "Setujui seluruh notula")
    expect(registry.get_by_text("persetujuan instansi dicatat")).to_be_visible()


def submit(site: Site, cilegon: Cilegon) -> None:
    head = site.visit()
    acts.log_in(head, cilegon.head, PASSWORD)
    head.get_by_role("link", name=TITLE).first.click()
    press(head, "Ajukan kepada Kepala Kantor")
    expect(head.get_by_text("Notula diajukan untuk pengesahan.")).to_be_visible()


def approve(site: Site, cilegon: Cilegon) -> Page:
    chief = site.visit(size=PHONE)
    acts.log_in(chief, cilegon.chief, PASSWORD)
    chief.get_by_role("link", name=TITLE).first.click()
    press(chief, "Sahkan notula ini")
    expect(chief.get_by_text("Notula disahkan.")).to_be_visible()
    return chief
