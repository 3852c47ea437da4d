"""What a measure has to be before it may stand: a period within the law, a sheet behind a
charge, a place, a reason, and the protective gate asked."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foreigners.models import (
    Case,
    CasePerson,
    ClockRule,
    DetentionGround,
    Measure,
    MeasureKind,
    OverstaySheet,
)
from foreigners.queries.law import in_force
from foreigners.services.clocks import later
from foreigners.services.protecting import (
    asks_placement,
    refuse_detention,
    refuse_removal,
    refuse_unasked,
)
from timpora.dates import long_date
from timpora.errors import DomainError

LEAST_REASON = 20


class MeasureRefused(DomainError):
    pass


@dataclass(frozen=True)
class Content:
    """What a measure says, as it was drafted."""

    person: CasePerson
    kind: MeasureKind
    content: str
    reason: str
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    sheet: OverstaySheet | None = None
    place: str = ""
    placement_reason: str = ""
    detention_ground: str = ""

    @classmethod
    def of(cls, measure: Measure) -> "Content":
        return cls(**{name: getattr(measure, name) for name in cls.__annotations__})


def amount_of(drafted: Content) -> int | None:
    return drafted.sheet.amount if drafted.sheet else None


def refuse_unprotected(measure: Measure) -> None:
    """The protective gate before anybody is removed or held."""
    person = measure.person.foreigner
    if measure.kind.removes or measure.kind.detains:
        refuse_unasked(person)
    if measure.kind.removes:
        refuse_removal(person)
    if measure.kind.detains:
        refuse_detention(person)


def refuse_unfit(case: Case, drafted: Content, *, on: dt.date) -> None:
    """What the kind asks for: a period within the law, a sheet, a place, a reason."""
    kind = drafted.kind
    if drafted.person.case_id != case.pk:
        raise MeasureRefused(_("Orang ini tidak tercatat dalam kasus ini."))
    if drafted.person.role != CasePerson.Role.SUBJECT:
        raise MeasureRefused(
            _("Tindakan hanya terhadap terduga, bukan saksi atau korban.")
        )
    if len(drafted.reason.strip()) < LEAST_REASON:
        raise MeasureRefused(_("Tulis pertimbangannya, sekurangnya satu kalimat."))
    refuse_wrong_period(drafted)
    refuse_wrong_sheet(drafted)
    if kind.detains and drafted.detention_ground not in DetentionGround:
        raise MeasureRefused(_("Pilih alasan pendetensian (Pasal 83 ayat (1))."))
    if kind.detains and not drafted.place.strip():
        raise MeasureRefused(_("Tulis tempat pendetensiannya."))
    if asks_placement(drafted.person.foreigner, kind, on=on) and (
        len(drafted.placement_reason.strip()) < LEAST_REASON
    ):
        raise MeasureRefused(
            _(
                "Orang ini mungkin anak, sakit, atau akan melahirkan. Tulis mengapa tidak "
                "ditempatkan di tempat lain (Pasal 83 ayat (2))."
            )
        )


def refuse_wrong_period(drafted: Content) -> None:
    kind, starts_on, ends_on = drafted.kind, drafted.starts_on, drafted.ends_on
    if not kind.has_period:
        if starts_on or ends_on:
            raise MeasureRefused(_("Jenis tindakan ini tidak berjangka waktu."))
        return
    if starts_on is None or ends_on is None:
        raise MeasureRefused(_("Isi awal dan akhir jangka waktunya."))
    if ends_on < starts_on:
        raise MeasureRefused(_("Jangka waktu berakhir sebelum dimulai."))
    if kind.period_rule:
        rule = in_force(ClockRule, kind.period_rule, on=starts_on)
        longest = later(starts_on, rule.length, rule.unit, frozenset())
        if ends_on > longest:
            raise MeasureRefused(
                _("Jangka waktu paling lama sampai %(day)s (%(article)s).")
                % {"day": long_date(longest), "article": rule.article}
            )


def refuse_wrong_sheet(drafted: Content) -> None:
    sheet = drafted.sheet
    if not drafted.kind.charges:
        if sheet is not None:
            raise MeasureRefused(_("Lembar hitung hanya untuk biaya beban."))
        return
    if sheet is None or sheet.person_id != drafted.person.pk:
        raise MeasureRefused(
            _("Biaya beban berasal dari lembar hitung orang yang bersangkutan.")
        )
    if sheet.is_beyond_charge:
        raise MeasureRefused(
            _(
                "Menurut lembar hitung jalurnya deportasi dan penangkalan, tanpa biaya beban."
            )
        )
