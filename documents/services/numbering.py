"""Letter numbers: taken once, in the transaction of the paper; voided ones stay."""

import datetime as dt
import re

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Office, User
from agencies.services.audit import record
from documents.models import NumberPattern, NumberRegister, TakenNumber
from timpora.dates import ROMAN_MONTHS
from timpora.errors import DomainError

TOKENS = frozenset({"unit", "klasifikasi", "nomor", "bulan_romawi", "tahun"})


class NoNumberPattern(DomainError):
    pass


class BadNumberPattern(DomainError):
    pass


class NumberAlreadyVoid(DomainError):
    pass


class ReasonMissing(DomainError):
    pass


def check_pattern(pattern: str) -> None:
    """Refuse a pattern with an unknown token, a stray brace, or without {nomor}."""
    unknown = set(re.findall(r"{([^{}]*)}", pattern)) - TOKENS
    rest = re.sub(r"{[^{}]*}", "", pattern)
    if unknown or "{" in rest or "}" in rest:
        raise BadNumberPattern(
            _("Token yang dikenal: %s.") % ", ".join(f"{{{t}}}" for t in sorted(TOKENS))
        )
    if "{nomor}" not in pattern:
        raise BadNumberPattern(_("Pola harus memuat {nomor}."))


@transaction.atomic
def next_serial(office: Office, kind: str, year: int) -> int:
    """Count one register up; the UPDATE takes the row lock, so the next taker waits."""
    register, _created = NumberRegister.objects.get_or_create(
        office=office, kind=kind, year=year
    )
    NumberRegister.objects.filter(pk=register.pk).update(last=F("last") + 1)
    register.refresh_from_db()
    return register.last


@transaction.atomic
def take_number(office: Office, kind: str, *, on: dt.date) -> TakenNumber:
    """The next number of the office's register for this kind and the paper's year.

    The increment and the row stand or fall with the caller's transaction: a paper that
    fails leaves no gap.
    """
    pattern = NumberPattern.objects.filter(office=office, kind=kind).first()
    if pattern is None:
        raise NoNumberPattern(
            _("Kantor belum mempunyai pola nomor untuk jenis surat ini.")
        )
    serial = next_serial(office, kind, on.year)
    return TakenNumber.objects.create(
        register=NumberRegister.objects.get(office=office, kind=kind, year=on.year),
        serial=serial,
        text=written(pattern, unit=office.unit_code, serial=serial, on=on),
    )


def written(pattern: NumberPattern, *, unit: str, serial: int, on: dt.date) -> str:
    """A number as the pattern writes it."""
    return pattern.pattern.format(
        unit=unit,
        klasifikasi=pattern.classification_code,
        nomor=serial,
        bulan_romawi=ROMAN_MONTHS[on.month - 1],
        tahun=on.year,
    )


@transaction.atomic
def void_number(number: TakenNumber, *, reason: str, by: User) -> None:
    """Declare a number void for good; it stays in the register with its reason."""
    if not reason.strip():
        raise ReasonMissing(_("Tulis alasan pembatalan nomor."))
    voided = TakenNumber.objects.filter(pk=number.pk, voided_at=None).update(
        voided_at=timezone.now(), void_reason=reason.strip()
    )
    if not voided:
        raise NumberAlreadyVoid(_("Nomor ini sudah dibatalkan."))
    number.refresh_from_db()
    record(
        by,
        "documents.void_number",
        number,
        office_id=number.register.office_id,
        reason=reason.strip(),
        number=number.text,
    )


@transaction.atomic
def keep_pattern(
    *,
    office_id: int | None,
    kind: str,
    pattern: str,
    classification_code: str,
    by: User,
) -> NumberPattern:
    """Set how the office numbers a kind of paper; numbers already taken stay."""
    check_pattern(pattern)
    kept, _created = NumberPattern.objects.update_or_create(
        office_id=office_id,
        kind=kind,
        defaults={"pattern": pattern, "classification_code": classification_code},
    )
    record(
        by,
        "documents.keep_pattern",
        kept,
        office_id=office_id,
        kind=kind,
        after=pattern,
    )
    return kept
