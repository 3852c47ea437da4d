"""The case file: opened under a number, with persons, violations, notes and papers."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Office, Region, User
from agencies.services.audit import record
from documents.models import Classification, DocumentVersion
from documents.services.issuing import issue
from documents.services.numbering import next_serial
from foreigners.models import (
    Case,
    CasePaper,
    CasePerson,
    CaseViolation,
    Foreigner,
    Violation,
)
from timpora.errors import DomainError

REGISTER = "kasus"


class AlreadyInCase(DomainError):
    pass


class CaseHasEnded(DomainError):
    pass


@transaction.atomic
def open_case(
    *,
    office: Office,
    title: str,
    summary: str,
    region: Region | None,
    responsible: User,
    by: User,
    classification: str = Classification.RESTRICTED,
    violations: Iterable[Violation] = (),
) -> Case:
    """A case in its first state, under the next number; the first violation is its main."""
    today = office.today
    serial = next_serial(office, REGISTER, today.year)
    case = Case.objects.create(
        office=office,
        number=f"K-{serial:04d}/{today.year}",
        title=title,
        summary=summary,
        region=region,
        classification=classification,
        registered_on=today,
        responsible=responsible,
        state_since=timezone.now(),
        created_by=by,
    )
    for order, violation in enumerate(violations):
        CaseViolation.objects.create(case=case, violation=violation, is_main=order == 0)
    record(by, "foreigners.open_case", case, office_id=office.pk, number=case.number)
    return case


def touch(case: Case) -> None:
    """Something that a step relies on has changed: a receipt shown before is stale."""
    Case.objects.filter(pk=case.pk).update(revision=F("revision") + 1)
    case.refresh_from_db(fields=["revision"])


def refuse_if_ended(case: Case) -> None:
    if case.has_ended:
        raise CaseHasEnded(
            _("Kasus ini sudah berakhir. Kepala Kantor dapat membukanya kembali.")
        )


def identity_of(foreigner: Foreigner) -> dict[str, Any]:
    """What is known of a person now, frozen for the papers.

    The document's number stays sealed here too; only a paper opens it while it is drawn.
    """
    document = foreigner.travel_documents.first()
    return {
        "name": foreigner.name,
        "other_names": [other.name for other in foreigner.other_names.all()],
        "sex": foreigner.sex,
        "birth_date": foreigner.birth_date_text,
        "birth_place": foreigner.birth_place,
        "nationality": foreigner.nationality.name,
        "nationality_code": foreigner.nationality_id,
        "document": str(document) if document else "",
        "document_kind": document.get_kind_display() if document else "",
        "document_sealed": document.number_sealed if document else "",
        "revision": foreigner.revision,
    }


@transaction.atomic
def add_person(
    case: Case,
    foreigner: Foreigner,
    *,
    by: User,
    role: str = CasePerson.Role.SUBJECT,
) -> CasePerson:
    """Bring a person into a case under the identity known today."""
    refuse_if_ended(case)
    person, is_new = CasePerson.objects.get_or_create(
        case=case,
        foreigner=foreigner,
        defaults={"role": role, "identity": identity_of(foreigner), "added_by": by},
    )
    if not is_new:
        raise AlreadyInCase(_("Orang ini sudah tercatat dalam kasus ini."))
    touch(case)
    record(
        by,
        "foreigners.add_person",
        case,
        office_id=case.office_id,
        foreigner=foreigner.pk,
        role=role,
    )
    return person


@transaction.atomic
def issue_case_paper(
    case: Case,
    *,
    kind: str,
    title: str,
    dated_on: dt.date,
    template: str,
    snapshot: dict[str, Any],
    by: User,
    persons: Iterable[Foreigner] = (),
    numbered: bool = True,
) -> DocumentVersion:
    """An official paper of the case: guarded, queued for the worker. ``title`` names no
    person, for the verify page and the register of numbers show it."""
    version = issue(
        office=case.office,
        kind=kind,
        title=title,
        dated_on=dated_on,
        template=template,
        snapshot=snapshot,
        by=by,
        classification=case.classification,
        numbered=numbered,
        guarded=True,
    )
    paper = CasePaper.objects.create(case=case, document=version.document)
    paper.persons.set(persons)
    return version
