"""The conditions of a detention outside the gelar kasus (UU 6/2011 art. 83-84)."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foreigners.models import (
    DetentionGround,
    Foreigner,
    Measure,
    StayPermit,
    TravelDocument,
)
from foreigners.queries.protection import names_of, unasked, what_blocks_detention
from foreigners.services.attempt import Attempt
from foreigners.services.guards import guard
from foreigners.services.protecting import asks_placement

LEAST_PLACEMENT_REASON = 20
# UU 6/2011 art. 75(2) b: the stay permit is restricted, changed or cancelled.
CANCELS_PERMIT = "b"
# Kinds of the catalogue under which somebody is registered who has no permit.
WITHOUT_PERMIT = {"TANPA", "UNHCR"}


@guard(gettext_lazy("Pendetensian disusun"))
def detention_drafted(attempt: Attempt) -> str | None:
    if attempt.drafted_detentions:
        return None
    return _(
        "Belum ada konsep pendetensian. Petugas menyusunnya pada bagian Tindakan, dengan "
        "alasan, tempat, dan pertimbangannya."
    )


@guard(gettext_lazy("Alasan pasal 83 ayat (1) tidak dibantah catatan"))
def detention_grounded(attempt: Attempt) -> str | None:
    sentences = [
        sentence
        for measure in attempt.drafted_detentions
        if (sentence := what_contradicts(measure, attempt.all_measures, attempt.on))
    ]
    return " ".join(sentences) or None


def what_contradicts(
    measure: Measure, beside: Iterable[Measure], on: dt.date
) -> str | None:
    """Why the ground of a detention does not hold by what is on record; None if it may."""
    person = measure.person.foreigner
    match measure.detention_ground:
        case DetentionGround.NO_PERMIT:
            if any(is_valid_permit(permit, on) for permit in person.stay_permits.all()):
                return _(
                    "%s tercatat memiliki izin tinggal yang berlaku. Perbaiki catatannya "
                    "atau pilih alasan lain."
                ) % (person)
        case DetentionGround.NO_DOCUMENT:
            held = person.travel_documents.all()
            if any(is_valid_document(document, on) for document in held):
                return _(
                    "%s tercatat memegang dokumen perjalanan yang berlaku. Perbaiki "
                    "catatannya atau pilih alasan lain."
                ) % (person)
        case DetentionGround.PERMIT_CANCELLED:
            if not any(m.kind.code == CANCELS_PERMIT for m in decided(person, beside)):
                return _(
                    "Izin tinggal %s belum dibatalkan dengan tindakan administratif dalam "
                    "kasus ini."
                ) % (person)
        case DetentionGround.AWAITS_DEPORTATION:
            if not any(
                m.kind.removes and not m.is_executed for m in decided(person, beside)
            ):
                return _(
                    "Belum ada deportasi %s yang diputuskan dan menunggu pelaksanaan "
                    "dalam kasus ini."
                ) % (person)
        case DetentionGround.AWAITS_DEPARTURE:
            # A refusal of entry leaves no record here; the receipt says so.
            return None
        case _:
            return _("Pilih alasan pendetensian %s (Pasal 83 ayat (1)).") % person
    return None


def decided(person: Foreigner, measures: Iterable[Measure]) -> list[Measure]:
    standing = {Measure.State.DECIDED, Measure.State.SERVED}
    return [
        measure
        for measure in measures
        if measure.state in standing and measure.person.foreigner_id == person.pk
    ]


def is_valid_permit(permit: StayPermit, on: dt.date) -> bool:
    """One without an end holds."""
    return (
        permit.state == StayPermit.State.GRANTED
        and permit.kind.code not in WITHOUT_PERMIT
        and (permit.starts_on is None or permit.starts_on <= on)
        and (permit.ends_on is None or permit.ends_on >= on)
    )


def is_valid_document(document: TravelDocument, on: dt.date) -> bool:
    """A refugee's card is no travel document; one without an end proves nothing."""
    return (
        document.state == TravelDocument.State.HELD
        and document.kind != TravelDocument.Kind.REFUGEE
        and document.expires_on is not None
        and document.expires_on >= on
    )


@guard(gettext_lazy("Anak, orang sakit, atau yang akan melahirkan: alasan penempatan"))
def detention_placed(attempt: Attempt) -> str | None:
    # UU 6/2011 art. 83(2).
    owed = [
        measure
        for measure in attempt.drafted_detentions
        if asks_placement(measure.person.foreigner, measure.kind, on=attempt.on)
        and len(measure.placement_reason.strip()) < LEAST_PLACEMENT_REASON
    ]
    if not owed:
        return None
    return _(
        "%s mungkin anak, sakit, atau akan melahirkan. Tulis pada konsep mengapa tidak "
        "ditempatkan di tempat lain (Pasal 83 ayat (2))."
    ) % people_of(owed)


@guard(gettext_lazy("Gerbang pelindungan dijawab untuk setiap orang yang ditahan"))
def detention_gate_answered(attempt: Attempt) -> str | None:
    owed = {
        str(measure.person.foreigner): unasked(measure.person.foreigner)
        for measure in attempt.drafted_detentions
    }
    owed = {person: kinds for person, kinds in owed.items() if kinds}
    if not owed:
        return None
    return _("Gerbang pelindungan belum dijawab untuk %s.") % "; ".join(
        f"{person} ({names_of(kinds)})" for person, kinds in owed.items()
    )


@guard(gettext_lazy("Tidak ada pelindungan yang menghalangi pendetensian"))
def detention_unblocked(attempt: Attempt) -> str | None:
    blocks = {
        what_blocks_detention(measure.person.foreigner)
        for measure in attempt.drafted_detentions
    } - {None}
    return " ".join(sorted(str(block) for block in blocks)) or None


@guard(gettext_lazy("Pemutus bukan pemeriksa dan bukan penyusun konsep"))
def detention_decider_apart(attempt: Attempt) -> str | None:
    decider = attempt.decider
    if decider is None:
        return None
    if decider.pk in {one.examiner_id for one in attempt.examinations}:
        return _(
            "Pemeriksa dalam kasus ini tidak dapat memutus pendetensiannya. Minta pejabat "
            "lain yang berwenang memutus."
        )
    writers = {who.pk for m in attempt.drafted_detentions for who in m.drafters.all()}
    if decider.pk in writers:
        return _(
            "Penyusun konsep tidak dapat memutus konsepnya sendiri. Minta pejabat lain "
            "yang berwenang memutus."
        )
    return None


def people_of(measures: Iterable[Measure]) -> str:
    return ", ".join(sorted({str(measure.person.foreigner) for measure in measures}))
