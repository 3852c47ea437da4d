"""The interview and its BAP: what was asked and answered becomes the paper as it stands."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.models import Document
from documents.services.snapshots import letterhead_of, signer_for, signer_of
from documents.services.uploads import accept_signature
from foreigners.models import Case, CasePerson, Examination, Ground, Question
from foreigners.queries.law import in_force
from foreigners.services.casefile import (
    identity_of,
    issue_case_paper,
    refuse_if_ended,
    touch,
)
from timpora.dates import clock_time, day_and_date, local_date
from timpora.errors import DomainError

TEMPLATE = "foreigners/pdf/bap.html"
INDONESIAN = ("indonesia", "bahasa indonesia")


class ExaminationSigned(DomainError):
    pass


class ExaminationChanged(DomainError):
    pass


class ExaminationIncomplete(DomainError):
    pass


@transaction.atomic
def start_examination(
    case: Case,
    *,
    person: CasePerson,
    place: str,
    started_at: dt.datetime,
    language: str,
    by: User,
    interpreter: str = "",
    companion: str = "",
) -> Examination:
    """Open the record of an interview; ``by`` is its examiner and will decide nothing."""
    refuse_if_ended(case)
    if case.state not in {Case.State.VERIFICATION, Case.State.EXAMINATION}:
        raise ExaminationIncomplete(
            _("Pemeriksaan dicatat saat kasus dalam verifikasi atau pemeriksaan.")
        )
    if started_at > timezone.now():
        raise ExaminationIncomplete(_("Waktu mulai belum tiba."))
    examination = Examination.objects.create(
        case=case,
        person=person,
        examiner=by,
        place=place,
        started_at=started_at,
        language=language,
        interpreter=interpreter,
        companion=companion,
    )
    touch(case)
    record(
        by,
        "foreigners.start_examination",
        case,
        office_id=case.office_id,
        examination=examination.pk,
    )
    return examination


@transaction.atomic
def save_question(
    examination: Examination,
    *,
    number: int | None,
    question: str,
    answer: str,
    revision: int,
) -> Question:
    """Add the next question (``number`` None) or change one that still has ``revision``."""
    _refuse_signed(examination)
    if number is None:
        last = examination.questions.aggregate(last=Max("number"))["last"] or 0
        saved = Question.objects.create(
            examination=examination,
            number=last + 1,
            question=question,
            answer=answer,
        )
    else:
        written = Question.objects.filter(
            examination=examination, number=number, revision=revision
        ).update(question=question, answer=answer, revision=F("revision") + 1)
        if not written:
            raise ExaminationChanged(
                _("Pertanyaan ini baru saja diubah orang lain. Periksa lagi.")
            )
        saved = Question.objects.get(examination=examination, number=number)
    _grow(examination)
    return saved


@transaction.atomic
def record_rights(
    examination: Examination,
    *,
    rights_read: bool,
    consular: str,
    consular_note: str,
    language: str,
    interpreter: str,
    companion: str,
    revision: int,
    by: User,
) -> None:
    """Rights read, consular notice asked or declined, language, interpreter, companion."""
    _refuse_signed(examination)
    read_at = examination.rights_read_at or timezone.now() if rights_read else None
    written = Examination.objects.filter(
        pk=examination.pk, revision=revision, state=Examination.State.DRAFT
    ).update(
        rights_read_at=read_at,
        consular=consular,
        consular_note=consular_note,
        language=language,
        interpreter=interpreter,
        companion=companion,
        revision=F("revision") + 1,
    )
    if not written:
        raise ExaminationChanged(
            _("Pemeriksaan ini baru saja diubah orang lain. Periksa lagi.")
        )
    examination.refresh_from_db()
    record(
        by,
        "foreigners.record_rights",
        examination.case,
        office_id=examination.case.office_id,
        examination=examination.pk,
        consular=consular,
    )


def missing_from(examination: Examination) -> list[str]:
    """What the law still asks before the BAP can be signed, as sentences."""
    missing = []
    questions = list(examination.questions.all())
    if not examination.rights_read_at:
        missing.append(_("Hak terperiksa belum dibacakan."))
    if not examination.consular:
        missing.append(_("Pemberitahuan konsuler belum ditanyakan."))
    speaks = examination.language.strip().lower() in INDONESIAN
    if not speaks and not examination.interpreter:
        missing.append(
            _(
                "Juru bahasa belum dicatat, padahal pemeriksaan bukan berbahasa Indonesia."
            )
        )
    if not questions:
        missing.append(_("Belum ada pertanyaan dan jawaban."))
    unanswered = [str(q.number) for q in questions if not q.answer.strip()]
    if unanswered:
        missing.append(_("Belum ada jawaban pada nomor %s.") % ", ".join(unanswered))
    return missing


@transaction.atomic
def sign_examination(
    examination: Examination,
    *,
    revision: int,
    read_back: bool,
    signature: str,
    refused_to_sign: str,
    by: User,
) -> None:
    """Close the interview: the BAP is made of exactly the text at ``revision``.

    Refused while anything is missing, unless read back in a language the person
    understands, and without a signature or the reason why there is none.
    """
    _refuse_signed(examination)
    case = examination.case
    if by.pk != examination.examiner_id:
        raise ExaminationIncomplete(_("Hanya pemeriksa yang dapat menutup BAP ini."))
    missing = missing_from(examination)
    if not read_back:
        missing.append(_("BAP belum dibacakan kembali kepada terperiksa."))
    if not signature and not refused_to_sign.strip():
        missing.append(_("Belum ada tanda tangan atau alasan tidak menandatangani."))
    if missing:
        raise ExaminationIncomplete(" ".join(missing))
    now = timezone.now()
    held = Examination.objects.filter(
        pk=examination.pk, revision=revision, state=Examination.State.DRAFT
    ).update(
        read_back=True,
        examinee_signature=accept_signature(signature, by=by) if signature else None,
        refused_to_sign=refused_to_sign,
        ended_at=now,
        revision=F("revision") + 1,
    )
    if not held:
        raise ExaminationChanged(
            _("Pemeriksaan ini baru saja diubah orang lain. Periksa lagi.")
        )
    examination.refresh_from_db()
    version = issue_case_paper(
        case,
        kind=Document.Kind.EXAMINATION,
        title=_("Berita acara pemeriksaan"),
        dated_on=case.office.today,
        template=TEMPLATE,
        snapshot=bap_snapshot(examination),
        by=by,
        persons=[examination.person.foreigner],
        signer=signer_for(case.office, examination.examiner),
    )
    Examination.objects.filter(pk=examination.pk).update(
        state=Examination.State.SIGNED, signed_at=now, version=version
    )
    examination.refresh_from_db()
    touch(case)
    record(
        by,
        "foreigners.sign_examination",
        case,
        office_id=case.office_id,
        examination=examination.pk,
        number=version.document.number,
        signed=bool(signature),
    )


def bap_snapshot(examination: Examination) -> dict[str, Any]:
    """The BAP as it will be read in court: identity known that day, numbered answers."""
    case, office = examination.case, examination.case.office
    zone = office.time_zone
    day = local_date(examination.started_at, zone)
    ground = in_force(Ground, "examination", on=day)
    signature = examination.examinee_signature
    return {
        "office": letterhead_of(office),
        "signer": signer_of(signer_for(office, examination.examiner)),
        "case_number": case.number,
        "day": day_and_date(day),
        "start": clock_time(examination.started_at, zone),
        "end": clock_time(examination.ended_at or timezone.now(), zone),
        "place": examination.place,
        "role": examination.person.get_role_display(),
        "person": {
            **examination.person.identity,
            **identity_of(examination.person.foreigner),
        },
        "ground": f"{ground.article} {ground.instrument}",
        "violations": [
            f"{row.violation.name} ({row.violation.article})"
            for row in case.violations.select_related("violation")
        ],
        "language": examination.language,
        "interpreter": examination.interpreter,
        "companion": examination.companion,
        "consular": examination.get_consular_display(),
        "consular_note": examination.consular_note,
        "questions": [
            {"number": row.number, "question": row.question, "answer": row.answer}
            for row in examination.questions.all()
        ],
        "signature": signature.pk if signature else None,
        "refused_to_sign": examination.refused_to_sign,
    }


def _refuse_signed(examination: Examination) -> None:
    if examination.is_signed:
        raise ExaminationSigned(
            _("BAP ini sudah ditandatangani dan tidak dapat diubah.")
        )


def _grow(examination: Examination) -> None:
    """A question changed: who signs must have read it. Refuses what was signed since."""
    grown = Examination.objects.filter(
        pk=examination.pk, state=Examination.State.DRAFT
    ).update(revision=F("revision") + 1)
    if not grown:
        raise ExaminationSigned(_("BAP ini baru saja ditandatangani."))
    examination.refresh_from_db()
