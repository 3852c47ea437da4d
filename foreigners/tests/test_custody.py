import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEntry, Notification, User
from agencies.tests.factories import UserFactory
from documents.models import Document, Upload
from documents.services.storing import digest
from documents.services.uploads import UploadRefused
from documents.tests.factories import NumberPatternFactory
from foreigners.models import Custody, Evidence
from foreigners.services.custody import (
    CustodyRefused,
    confirm_custody,
    hand_over,
    let_go,
    refuse_custody,
    rehash_evidence,
    take_evidence,
)
from foreigners.services.evidence_card import is_outdated, issue_card
from foreigners.tests.factories import CaseFactory
from foreigners.tests.files import pdf_file, photo_file
from foreigners.tests.papers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    case = CaseFactory()
    NumberPatternFactory(office=case.office, kind=Document.Kind.EVIDENCE)
    return case


@pytest.fixture
def colleague(case) -> User:
    return UserFactory(agency=case.office.agency)


def take(case, file=None) -> Evidence:
    return take_evidence(
        case,
        description="Paspor",
        taken_from="Orang Contoh",
        taken_at=timezone.now() - dt.timedelta(hours=1),
        place="Mes",
        order=None,
        file=file,
        by=case.responsible,
    )


def give(evidence, taker) -> Custody:
    return hand_over(evidence, taker=taker, purpose="Diperiksa.", by=evidence.holder)


def test_file_is_kept_to_the_last_bit_with_its_hash(case):
    file = photo_file(exif=True)
    content = file.read()
    file.seek(0)

    evidence = take(case, file)

    assert evidence.sha256 == digest(content)
    assert Path(settings.MEDIA_ROOT, evidence.upload.file).read_bytes() == content
    assert evidence.upload.kind == Upload.Kind.ORIGINAL


def test_file_that_is_not_what_it_says_is_no_evidence(case):
    with pytest.raises(UploadRefused):
        take(case, SimpleUploadedFile("foto.jpg", b"<html><script>1</script></html>"))

    assert not Evidence.objects.exists()


def test_numbers_follow_each_other_within_the_case(case):
    numbers = [take(case).number, take(case).number]

    assert numbers == [f"BB-01/{case.number}", f"BB-02/{case.number}"]


def test_nothing_is_taken_tomorrow(case):
    with pytest.raises(CustodyRefused, match="belum tiba"):
        take_evidence(
            case,
            description="Paspor",
            taken_from="Orang",
            taken_at=timezone.now() + dt.timedelta(hours=1),
            place="Mes",
            order=None,
            file=None,
            by=case.responsible,
        )


def test_hand_over_counts_when_the_taker_confirms(case, colleague):
    evidence = take(case)
    custody = give(evidence, colleague)
    evidence.refresh_from_db()
    assert evidence.holder == case.responsible

    confirm_custody(custody, by=colleague)

    evidence.refresh_from_db()
    assert evidence.holder == colleague
    assert list(
        AuditEntry.objects.filter(verb__contains="custody").values_list("verb")
    ) == [("foreigners.confirm_custody",)]


def test_only_the_holder_gives_and_only_the_taker_answers(case, colleague):
    evidence = take(case)
    with pytest.raises(CustodyRefused, match="Hanya pemegang"):
        hand_over(evidence, taker=case.responsible, purpose="x", by=colleague)
    custody = give(evidence, colleague)

    with pytest.raises(CustodyRefused, match="Hanya penerima"):
        confirm_custody(custody, by=case.responsible)
    with pytest.raises(CustodyRefused, match="belum dijawab"):
        give(evidence, colleague)


def test_thing_that_was_taken_is_given_no_more_even_through_a_stale_object(
    case, colleague
):
    stale = take(case)
    confirm_custody(give(Evidence.objects.get(), colleague), by=colleague)

    with pytest.raises(CustodyRefused, match="Hanya pemegang"):
        hand_over(stale, taker=UserFactory(), purpose="x", by=case.responsible)

    assert Custody.objects.count() == 1


def test_hand_over_to_oneself_or_to_another_office_is_refused(case):
    evidence = take(case)

    with pytest.raises(CustodyRefused, match="orang lain"):
        give(evidence, case.responsible)
    with pytest.raises(CustodyRefused, match="bukan pegawai"):
        give(evidence, UserFactory())


def test_refusal_stays_and_the_giver_still_answers_for_it(case, colleague):
    evidence = take(case)
    custody = give(evidence, colleague)

    refuse_custody(custody, reason="Segelnya rusak.", by=colleague)

    evidence.refresh_from_db()
    assert evidence.holder == case.responsible
    assert evidence.custody.get().refused_reason == "Segelnya rusak."
    assert AuditEntry.objects.get(verb="foreigners.refuse_custody").reason == ""
    with pytest.raises(CustodyRefused, match="sudah dijawab"):
        confirm_custody(custody, by=colleague)


@pytest.mark.parametrize(("hours", "is_gap"), [(23, False), (25, True)])
def test_gap_in_the_chain_stays_visible_after_it_was_confirmed(
    case, colleague, hours, is_gap
):
    custody = give(take(case), colleague)

    with time_machine.travel(custody.given_at + dt.timedelta(hours=hours)):
        confirm_custody(custody, by=colleague)

    assert Custody.objects.get().is_gap(timezone.now()) is is_gap


def test_thing_that_left_the_office_is_handed_over_no_more(case, colleague):
    evidence = take(case)
    let_go(
        evidence,
        state=Evidence.State.RETURNED,
        taker_text="Pemilik",
        purpose="Tidak terbukti",
        proof=pdf_file(),
        by=case.responsible,
    )

    with pytest.raises(CustodyRefused, match="tidak disimpan"):
        give(evidence, colleague)


def test_one_changed_byte_marks_the_evidence_for_ever_and_tells_once(case):
    evidence = take(case, pdf_file())
    whole = take(case, photo_file())
    assert rehash_evidence(at=timezone.now()) == 0
    path = Path(settings.MEDIA_ROOT, evidence.upload.file)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)

    found = [rehash_evidence(at=timezone.now()) for _ in range(2)]

    evidence.refresh_from_db()
    whole.refresh_from_db()
    assert found == [1, 0]
    assert evidence.broken_at is not None
    assert whole.broken_at is None
    assert Notification.objects.filter(key__startswith="evidence-broken").count() == 1


def test_missing_file_is_broken_too(case):
    evidence = take(case, pdf_file())
    Path(settings.MEDIA_ROOT, evidence.upload.file).unlink()

    assert rehash_evidence(at=timezone.now()) == 1


def test_card_is_made_once_and_anew_when_the_thing_changed_hands(case, colleague):
    evidence = take(case, pdf_file())

    first, again = (issue_card(evidence, by=case.responsible) for _time in range(2))
    give(evidence, colleague)
    assert is_outdated(Evidence.objects.get())
    second = issue_card(evidence, by=case.responsible)

    first.refresh_from_db()
    assert again == first
    assert (second.version, second.document_id) == (2, first.document_id)
    assert first.superseded_at is not None
    assert not is_outdated(Evidence.objects.get())
    chain = second.snapshot["chain"]
    assert [(one["giver"], one["taker"], one["taken"]) for one in chain] == [
        (case.responsible.name, colleague.name, "")
    ]
    assert case.papers.filter(document=first.document, persons=None).count() == 1


def test_nightly_hashing_makes_no_card_old_but_a_broken_file_does(case):
    evidence = take(case, pdf_file())
    issue_card(evidence, by=case.responsible)
    rehash_evidence(at=timezone.now() + dt.timedelta(days=1))
    assert not is_outdated(Evidence.objects.get())

    Path(settings.MEDIA_ROOT, evidence.upload.file).unlink()
    rehash_evidence(at=timezone.now() + dt.timedelta(days=2))

    assert is_outdated(Evidence.objects.get())


def test_gap_in_the_chain_stands_on_the_card(case, colleague):
    custody = give(take(case), colleague)

    with time_machine.travel(custody.given_at + dt.timedelta(hours=25)):
        card = issue_card(custody.evidence, by=case.responsible)

    assert [one["is_gap"] for one in card.snapshot["chain"]] == [True]


@pytest.mark.slow
def test_card_shows_the_chain_and_the_hash(case, colleague):
    evidence = take(case, pdf_file())
    confirm_custody(give(evidence, colleague), by=colleague)
    let_go(
        Evidence.objects.get(),
        state=Evidence.State.RETURNED,
        taker_text="Pemilik Contoh",
        purpose="Tidak terbukti",
        proof=pdf_file(),
        by=colleague,
    )

    text = text_of(issue_card(evidence, by=case.responsible))

    # A hash breaks over the lines of its cell.
    assert evidence.sha256 in text.replace(" ", "")
    for part in (
        f"NOMOR {evidence.number}",
        "Dikembalikan",
        "Rantai penguasaan",
        case.responsible.name,
        colleague.name,
        "Pemilik Contoh",
    ):
        assert part in text


@pytest.mark.slow
def test_whoever_gave_a_thing_gets_a_receipt(case):
    evidence = take(case, pdf_file())

    text = text_of(evidence.receipt)

    assert evidence.number in text
    assert "Orang Contoh" in text


def test_page_makes_the_card_and_says_when_it_is_old(client, case, colleague):
    evidence = take(case)
    client.force_login(case.responsible)
    url = reverse("foreigners:evidence_card", args=[evidence.pk])

    before = client.get(evidence.get_absolute_url()).content.decode()
    response = client.post(url)
    made = client.get(response.url).content.decode()
    give(evidence, colleague)
    old = client.get(response.url).content.decode()

    assert response.url == evidence.get_absolute_url()
    assert "Buat kartu untuk dicetak" in before
    assert "Versi 1" in made
    assert url not in made
    assert "Buat kartu terbaru" in old


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_evidence_costs_no_query_per_hand_over(
    client, case, colleague, rows, django_assert_num_queries
):
    evidence = take(case)
    issue_card(evidence, by=case.responsible)
    for _number in range(rows):
        refuse_custody(give(evidence, colleague), reason="Segel.", by=colleague)
    client.force_login(case.responsible)

    with django_assert_num_queries(17):
        client.get(evidence.get_absolute_url())
