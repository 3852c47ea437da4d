import datetime as dt

import pytest
from django.utils import timezone

from agencies.models import AuditEntry
from agencies.tests.factories import UserFactory
from documents.models import Document
from documents.tests.factories import NumberPatternFactory
from foreigners.models import Case, Examination
from foreigners.services.examining import (
    ExaminationChanged,
    ExaminationIncomplete,
    ExaminationSigned,
    missing_from,
    record_rights,
    save_question,
    sign_examination,
    start_examination,
)
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
)
from foreigners.tests.law import law

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    law()
    case = CaseFactory(state=Case.State.EXAMINATION)
    NumberPatternFactory(office=case.office, kind=Document.Kind.EXAMINATION)
    return case


def tell(examination: Examination, **changes) -> None:
    fields = {
        "rights_read": True,
        "consular": "ditolak",
        "consular_note": "",
        "language": "Korea",
        "interpreter": "Juru Bahasa Contoh",
        "companion": "",
        "revision": examination.revision,
    }
    record_rights(examination, by=examination.examiner, **{**fields, **changes})


def ask(examination: Examination, answer: str = "Bekerja.") -> None:
    save_question(
        examination,
        number=None,
        question="Apa kegiatan Saudara?",
        answer=answer,
        revision=0,
    )


def sign(examination: Examination, **changes) -> None:
    fields = {
        "revision": examination.revision,
        "read_back": True,
        "signature": "",
        "refused_to_sign": "Menolak tanpa alasan.",
        "by": examination.examiner,
    }
    sign_examination(examination, **{**fields, **changes})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rights_read": False}, "Hak terperiksa belum dibacakan."),
        ({"consular": ""}, "Pemberitahuan konsuler belum ditanyakan."),
        ({"interpreter": ""}, "Juru bahasa belum dicatat"),
    ],
)
def test_bap_is_not_closed_while_a_right_is_missing(examination, changes, sentence):
    tell(examination, **changes)
    ask(examination)

    with pytest.raises(ExaminationIncomplete, match=sentence):
        sign(examination)

    assert Examination.objects.get().state == "draft"


def test_bap_needs_questions_and_answers(examination):
    tell(examination)
    assert missing_from(examination) == ["Belum ada pertanyaan dan jawaban."]

    ask(examination, answer="")

    with pytest.raises(ExaminationIncomplete, match="nomor 1"):
        sign(examination)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"read_back": False}, "belum dibacakan kembali"),
        ({"refused_to_sign": " "}, "tanda tangan atau alasan"),
    ],
)
def test_bap_is_read_back_and_signed_or_says_why_not(examination, changes, sentence):
    tell(examination)
    ask(examination)

    with pytest.raises(ExaminationIncomplete, match=sentence):
        sign(examination, **changes)


def test_only_the_examiner_closes_the_bap(examination):
    tell(examination)
    ask(examination)

    with pytest.raises(ExaminationIncomplete, match="Hanya pemeriksa"):
        sign(examination, by=UserFactory(agency=examination.case.office.agency))


def test_examiner_signs_exactly_the_text_that_was_read(examination):
    tell(examination)
    ask(examination)
    read = examination.revision
    ask(examination, answer="Ditambahkan orang lain.")

    with pytest.raises(ExaminationChanged):
        sign(examination, revision=read)


def test_indonesian_needs_no_interpreter(examination):
    tell(examination, language="Indonesia", interpreter="")
    ask(examination)

    sign(examination)

    assert Examination.objects.get().is_signed


def test_signed_bap_is_evidence_and_takes_no_more_words(examination):
    tell(examination)
    ask(examination)
    stale = Examination.objects.get()
    sign(examination)

    with pytest.raises(ExaminationSigned):
        ask(stale)
    with pytest.raises(ExaminationSigned):
        sign(Examination.objects.get())


def test_question_changed_meanwhile_is_not_overwritten(examination):
    ask(examination)
    row = examination.questions.get()
    change = {"number": 1, "question": "Apa?", "revision": row.revision}
    save_question(examination, answer="Satu.", **change)

    with pytest.raises(ExaminationChanged):
        save_question(examination, answer="Dua.", **change)

    assert examination.questions.get().answer == "Satu."


def test_passport_number_stays_sealed_in_the_snapshot(examination):
    tell(examination)
    ask(examination)

    sign(examination)

    snapshot = Examination.objects.get().version.snapshot
    assert "ZZ00A0777" not in str(snapshot)
    assert snapshot["person"]["document"] == "Paspor Z••••777"
    assert "ZZ00A0777" not in str(list(AuditEntry.objects.values_list("data")))


def test_examination_does_not_begin_tomorrow(case):
    with pytest.raises(ExaminationIncomplete, match="belum tiba"):
        start_examination(
            case,
            person=CasePersonFactory(case=case),
            place="Kantor",
            started_at=timezone.now() + dt.timedelta(days=1),
            language="Indonesia",
            by=case.responsible,
        )
