"""The approved paper itself, rendered by the worker: read back, page by page."""

import datetime as dt
import time
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from documents.services.storing import stored
from meetings.services.approving import approve_minutes
from meetings.services.correcting import start_correction
from meetings.tests.held import CANARY, DECISIONS, MEMBERS, Held, fifty_agencies

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def approve(django_capture_on_commit_callbacks):
    """The whole way from a draft to the rendered paper."""

    def approve(held, minutes):
        held.submit(minutes)
        with django_capture_on_commit_callbacks(execute=True):
            return approve_minutes(minutes, by=held.chief, revision=minutes.revision)

    return approve


def read(version):
    version.refresh_from_db()
    return PdfReader(BytesIO(stored(version.file).read_bytes()))


def words(reader, pages=slice(None)):
    text = " ".join(page.extract_text() for page in reader.pages[pages])
    return " ".join(text.split())


def everything_in(version) -> bytes:
    """Each stream of the file, unpacked: attachments, metadata and bookmarks too."""
    with pikepdf.open(BytesIO(stored(version.file).read_bytes())) as pdf:
        return b"\n".join(
            bytes(item.read_bytes()) if isinstance(item, pikepdf.Stream) else b""
            for item in pdf.objects
        )


def test_page_one_is_the_whole_meeting(approve):
    held = Held()
    held.carry(text="Menyusun daftar perusahaan pengguna tenaga kerja asing")
    held.carry(
        text="Memutakhirkan data penjamin", state="done", done_on=dt.date(2025, 7, 1)
    )

    first = words(read(approve(held, held.minutes).circulation), slice(0, 1))

    for text, _code, _days in DECISIONS:
        assert text in first
    for count in ("Hadir (11)", "Diwakilkan (1)", "Izin (1)", "Tidak hadir (1)"):
        assert count in first
    assert "Belum ada kemajuan" in first
    assert "Selesai 1 Juli 2025" in first
    assert "3 butir terbatas" in first
    assert "Jalannya rapat" not in first


def test_circulation_copy_carries_no_restricted_word_in_any_corner(approve):
    held = Held()

    minutes = approve(held, held.minutes)

    circulation, annex = read(minutes.circulation), read(minutes.restricted)
    assert CANARY not in words(circulation)
    assert CANARY.encode() not in everything_in(minutes.circulation)
    assert words(annex).count(CANARY) == 3
    # What is searched for above is found where it stands.
    assert CANARY.encode() in everything_in(minutes.restricted)


def test_paper_names_every_state_and_no_phone(approve):
    held = Held()

    text = words(read(approve(held, held.minutes).circulation))

    for name in MEMBERS.values():
        assert name in text
    assert "Tidak menjawab, dianggap setuju (12)" in text
    assert "Perwakilan" in text
    assert "0812" not in text


def test_headings_are_bookmarks_and_the_file_is_tagged(approve):
    held = Held()

    reader = read(approve(held, held.minutes).circulation)

    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert len(titles) == 1
    assert titles[0].casefold().startswith("notula")
    [sections] = [item for item in reader.outline if isinstance(item, list)]
    names = [item.title for item in sections if not isinstance(item, list)]
    assert names[-3:] == [
        "Rekapitulasi tindak lanjut",
        "Penutup",
        "Lampiran I: Daftar hadir",
    ]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_correction_says_so_and_the_old_paper_is_stamped(approve):
    held = Held()
    first = approve(held, held.minutes)
    minutes = start_correction(
        held.meeting, reason="Angka kapal keliru.", by=held.officer
    )
    minutes.entries.filter(key=held.said.key).update(text="Terdapat 53 kapal asing.")

    second = approve(held, minutes)

    new = words(read(second.circulation))
    assert "Alasan: Angka kapal keliru." in new
    assert "53 kapal asing" in new
    first.circulation.refresh_from_db()
    stamped = PdfReader(BytesIO(stored(first.circulation.stamped_file).read_bytes()))
    assert all("DIGANTI" in page.extract_text() for page in stamped.pages)
    assert "35 kapal asing" in words(stamped)


def test_fifty_agencies_sixty_entries_ten_photos_render_within_ten_seconds(approve):
    held = fifty_agencies()
    assert held.minutes.entries.count() == 60
    for number in range(10):
        held.photograph(number)

    started = time.perf_counter()
    minutes = approve(held, held.minutes)

    assert time.perf_counter() - started < 10
    assert "Lampiran II: Dokumentasi" in words(read(minutes.circulation))


def test_paper_without_photos_stays_under_a_megabyte(approve):
    held = Held(extra_entries=44)

    minutes = approve(held, held.minutes)

    minutes.circulation.refresh_from_db()
    assert minutes.circulation.size < 1_000_000
