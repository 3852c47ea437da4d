"""The three papers of a measure, drawn and read as their reader would."""

import datetime as dt
import re
from io import BytesIO

import pypdf
import pytest
import time_machine
from django.utils import timezone

from agencies.services.reference import load_masters
from documents.services.rendering import draw
from foreigners.models import Case
from foreigners.services.objecting import Filing, register_objection
from foreigners.services.overstay_sheets import keep_sheet
from foreigners.services.serving import serve_measure
from foreigners.tests.measures import bench, pdf_file
from timpora.vault import unseal

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def table():
    load_masters()
    with time_machine.travel(dt.datetime(2026, 3, 9, 3, tzinfo=dt.UTC)):
        yield bench()


def text_of(version):
    reader = pypdf.PdfReader(BytesIO(draw(version)))
    pages = " ".join(page.extract_text() for page in reader.pages)
    return re.sub(r"\s+", " ", pages)


def test_decision_says_who_what_why_and_how_to_object(table, settings):
    settings.DEMO = True
    measure = table.decided(
        "f", content="Dideportasi melalui Bandar Udara Soekarno-Hatta."
    )

    text = text_of(measure.version)

    for part in (
        "D A T A F I K T I F",
        "KEPUTUSAN ANALIS KEIMIGRASIAN",
        f"NOMOR {measure.version.document.number}",
        "DEPORTASI",
        "Menimbang",
        "gelar kasus pada 9 Maret 2026",
        "kurang dari dua alat bukti yang cukup",
        "Mengingat",
        "Pasal 75 ayat (2) huruf f Undang-Undang Nomor 6 Tahun 2011",
        "MEMUTUSKAN",
        table.person.foreigner.name,
        "Korea Selatan",
        "Dideportasi melalui Bandar Udara Soekarno-Hatta.",
        "paling lama 21 (dua puluh satu) hari kerja sejak keputusan ini diterima",
        "hari kerja ke-21 sesudah tanggal penerimaan",
        "libur nasional, dan cuti bersama tidak dihitung",
        "Ditetapkan di Cilegon pada tanggal 9 Maret 2026",
        table.chief.name,
        "bukan tanda tangan elektronik tersertifikasi",
    ):
        assert part in text, part
    assert "BSrE" not in text


def test_full_number_of_the_passport_stands_on_the_paper_and_nowhere_in_the_snapshot(
    table,
):
    foreigner = table.person.foreigner
    number = unseal(foreigner.travel_documents.get().number_sealed)
    table.person.identity |= {
        "document_kind": "Paspor",
        "document_sealed": foreigner.travel_documents.get().number_sealed,
    }
    table.person.save()
    measure = table.decided()

    assert f"Paspor nomor {number}" in text_of(measure.version)
    assert number not in str(measure.version.snapshot)


def test_charge_says_its_amount_in_words_and_how_it_came_about(table):
    sheet = keep_sheet(
        table.case,
        table.person,
        permit_ends_on=dt.date(2026, 2, 25),
        found_at=timezone.now(),
        by=table.officer,
    )
    measure = table.decided("e", sheet=sheet, content="Membayar biaya beban.")

    text = text_of(measure.version)

    assert "Rp12.000.000,00 (dua belas juta rupiah)" in text
    assert "12 hari × Rp1.000.000,00 = Rp12.000.000,00" in text


def test_period_and_place_are_said_where_the_kind_has_them(table):
    ban = table.decided("a", starts_on=dt.date(2026, 4, 1), ends_on=dt.date(2027, 4, 1))
    held = table.decided("83", place="Rumah Detensi Imigrasi Contoh")

    assert "1 April 2026 sampai dengan 1 April 2027" in text_of(ban.version)
    text = text_of(held.version)
    assert "Rumah Detensi Imigrasi Contoh" in text
    assert "Pasal 83 dan Pasal 84" in text


def test_service_says_the_exact_last_day_and_its_derivation(table):
    measure = serve_measure(
        table.decided(),
        on=dt.date(2026, 3, 9),
        to="Yang bersangkutan",
        proof=pdf_file(),
        by=table.officer,
    )

    text = text_of(measure.service_version)

    for part in (
        "BERITA ACARA PENYAMPAIAN KEPUTUSAN",
        "Pada hari Senin, 9 Maret 2026",
        f"Keputusan Nomor {measure.version.document.number}",
        "Hari terakhir pengajuan keberatan: Rabu, 15 April 2026",
        "21 hari kerja",
        "Dihitung sejak 9 Maret 2026; hari itu sendiri tidak dihitung.",
        "Sabtu dan Minggu tidak dihitung.",
        "Yang menerima,",
        table.officer.name,
    ):
        assert part in text, part


def test_receipt_of_an_objection_says_what_was_taken_in_and_what_follows(table):
    measure = table.served()
    table.move(Case.State.OBJECTION_WINDOW)
    objection = register_objection(
        measure,
        Filing(
            received_on=dt.date(2026, 3, 9),
            reasons="Kegiatan itu termasuk dalam izin tinggal.",
            by_proxy="Advokat Contoh Fiktif",
            power_of_attorney=pdf_file(),
            evidence=[pdf_file()],
        ),
        by=table.officer,
    )

    text = text_of(objection.receipt)

    for part in (
        "TANDA TERIMA KEBERATAN",
        "telah diterima keberatan terhadap Keputusan Nomor",
        "Advokat Contoh Fiktif, kuasa dengan surat kuasa",
        "1 berkas",
        "diteruskan dengan pertimbangan paling lama 5 (lima) hari kerja",
        "diputus oleh Menteri paling lama 5 (lima) hari kerja",
    ):
        assert part in text, part
    assert objection.reasons not in text
