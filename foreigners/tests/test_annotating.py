"""Notes with a class of their own, and the times in which a case waits."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import AuditEntry
from foreigners.models import Case, CaseNote, Hold
from foreigners.services.annotating import NoteEmpty, add_note
from foreigners.services.casefile import CaseHasEnded
from foreigners.services.holding import (
    AlreadyWaiting,
    WaitingIsOver,
    end_hold,
    start_hold,
)
from foreigners.tests.factories import CaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


def url(name, *args):
    return reverse(f"foreigners:{name}", args=args)


def test_note_makes_a_shown_receipt_stale_and_leaves_no_words_in_the_trail(case):
    add_note(
        case,
        text=" Keterangan Tuan Fulan. ",
        classification="rahasia",
        attachments=[],
        by=case.responsible,
    )

    note, entry = CaseNote.objects.get(), AuditEntry.objects.get()
    assert (note.text, Case.objects.get().revision) == ("Keterangan Tuan Fulan.", 2)
    assert (entry.reason, entry.data) == (
        "",
        {"note": note.pk, "classification": "rahasia", "files": 0},
    )


def test_note_says_something(case):
    with pytest.raises(NoteEmpty):
        add_note(
            case,
            text=" \n",
            classification="biasa",
            attachments=[],
            by=case.responsible,
        )


def test_note_whose_file_is_not_what_it_says_is_refused_and_its_text_kept(client, case):
    client.force_login(case.responsible)

    response = client.post(
        url("note_add", case.pk),
        {
            "text": "Kata yang sudah diketik",
            "classification": "terbatas",
            "attachments": SimpleUploadedFile("surat.pdf", b"MZ\x90\x00 bukan pdf"),
        },
    )

    assert response.status_code == 422
    assert "Kata yang sudah diketik</textarea>" in response.content.decode()
    assert not CaseNote.objects.exists()


def test_case_that_has_ended_still_takes_a_note(case):
    Case.objects.update(state="closed")
    case.refresh_from_db()

    add_note(
        case,
        text="Bukti baru.",
        classification="terbatas",
        attachments=[],
        by=case.responsible,
    )

    assert CaseNote.objects.exists()


def test_case_waits_once_for_each_kind_of_reason(case):
    start_hold(case, kind="instansi", ground="Menunggu Disnaker.", by=case.responsible)
    start_hold(case, kind="orang", ground="Menunggu paspor.", by=case.responsible)

    with pytest.raises(AlreadyWaiting):
        start_hold(case, kind="orang", ground="Lagi.", by=case.responsible)

    assert Hold.objects.count() == 2


def test_waiting_ends_once_and_may_begin_again(case):
    hold = start_hold(case, kind="orang", ground="Menunggu.", by=case.responsible)
    end_hold(hold, by=case.responsible)

    with pytest.raises(WaitingIsOver):
        end_hold(hold, by=case.responsible)
    start_hold(case, kind="orang", ground="Menunggu lagi.", by=case.responsible)

    assert Hold.objects.filter(until=None).count() == 1


def test_case_that_has_ended_waits_for_nobody(case):
    Case.objects.update(state="closed")
    case.refresh_from_db()

    with pytest.raises(CaseHasEnded):
        start_hold(case, kind="orang", ground="Menunggu.", by=case.responsible)


def test_waiting_is_noted_and_ended_on_the_page(client, case):
    client.force_login(case.responsible)

    refused = client.post(url("hold_start", case.pk), {"kind": "orang", "ground": "x"})
    client.post(
        url("hold_start", case.pk), {"kind": "orang", "ground": "Menunggu paspornya."}
    )
    hold = Hold.objects.get()
    client.post(url("hold_end", case.pk, hold.pk))

    hold.refresh_from_db()
    assert refused.status_code == 422
    assert hold.until is not None
