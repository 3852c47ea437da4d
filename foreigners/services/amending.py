"""Changes to a case apart from its state: its words, its class, its people, its violations."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import Region, User
from agencies.services.audit import record
from foreigners.models import Case, CaseViolation, Violation
from foreigners.services.casefile import refuse_if_ended, touch
from timpora.errors import DomainError

LEAST_REASON = 10


class CaseChanged(DomainError):
    """Somebody changed the case since it was read; nothing was written."""


class ReasonMissing(DomainError):
    pass


class AlreadyAlleged(DomainError):
    pass


@transaction.atomic
def edit_case(
    case: Case,
    *,
    title: str,
    summary: str,
    region: Region | None,
    revision: int,
    by: User,
) -> None:
    """Write the words of a case that is still as ``revision``; the trail names fields."""
    refuse_if_ended(case)
    new = {"title": title, "summary": summary, "region": region}
    changed = [name for name, value in new.items() if getattr(case, name) != value]
    write_over(case, revision, **new)
    record(
        by,
        "foreigners.edit_case",
        case,
        office_id=case.office_id,
        changed=changed,
    )
    case.refresh_from_db()


def write_over(case: Case, revision: int, **values: Any) -> None:
    """Write to a case that is still as it was read, or raise."""
    written = Case.objects.filter(pk=case.pk, revision=revision).update(
        revision=F("revision") + 1, **values
    )
    if not written:
        raise CaseChanged(
            _("Kasus ini berubah sejak Anda membukanya. Bandingkan dulu lalu simpan.")
        )


@transaction.atomic
def classify_case(
    case: Case, *, classification: str, reason: str, revision: int, by: User
) -> None:
    """Raise or lower the class of a case that is still as ``revision``; who may open it
    changes, so a reason is kept."""
    if len(reason.strip()) < LEAST_REASON:
        raise ReasonMissing(
            _("Tulis alasan perubahan klasifikasi, sedikitnya %d karakter.")
            % LEAST_REASON
        )
    before = case.classification
    if classification == before:
        return
    write_over(case, revision, classification=classification)
    record(
        by,
        "foreigners.classify_case",
        case,
        office_id=case.office_id,
        reason=reason.strip(),
        before=before,
        after=classification,
    )
    case.refresh_from_db()


@transaction.atomic
def assign_case(
    case: Case,
    *,
    responsible: User,
    assigned: Iterable[User],
    revision: int,
    by: User,
) -> None:
    """Who answers for a case that is still as ``revision`` and who else works on it, and
    so may open it."""
    people = list(assigned)
    write_over(case, revision, responsible=responsible)
    case.assigned.set(people)
    record(
        by,
        "foreigners.assign_case",
        case,
        office_id=case.office_id,
        responsible=responsible.pk,
        assigned=sorted(person.pk for person in people),
    )
    case.refresh_from_db()


@transaction.atomic
def add_violation(case: Case, violation: Violation, *, by: User) -> CaseViolation:
    """One more allegation; the first is the main one."""
    refuse_if_ended(case)
    row, is_new = CaseViolation.objects.get_or_create(
        case=case,
        violation=violation,
        defaults={"is_main": not case.violations.exists()},
    )
    if not is_new:
        raise AlreadyAlleged(_("Dugaan pelanggaran ini sudah tercatat."))
    touch(case)
    record(
        by,
        "foreigners.add_violation",
        case,
        office_id=case.office_id,
        violation=violation.code,
    )
    return row


@transaction.atomic
def remove_violation(row: CaseViolation, *, reason: str, by: User) -> None:
    """Take an allegation back; the next becomes the main one."""
    case = row.case
    refuse_if_ended(case)
    if len(reason.strip()) < LEAST_REASON:
        raise ReasonMissing(
            _("Tulis alasan menghapus dugaan ini, sedikitnya %d karakter.")
            % LEAST_REASON
        )
    record(
        by,
        "foreigners.remove_violation",
        case,
        office_id=case.office_id,
        reason=reason.strip(),
        violation=row.violation.code,
    )
    row.delete()
    next_row = case.violations.order_by("pk").first()
    if next_row and not case.violations.filter(is_main=True).exists():
        CaseViolation.objects.filter(pk=next_row.pk).update(is_main=True)
    touch(case)
