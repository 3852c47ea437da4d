"""The register of findings: what agencies report, under a number of its own."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import F

from agencies.models import Agency, Office, User
from agencies.services.audit import record
from documents.services.numbering import next_serial
from foreigners.models import Finding, FindingEvent
from foreigners.services.casefile import touch

# The findings' counter stands beside those of the letters, under a kind of its own.
REGISTER = "temuan"


def take_finding_number(office: Office, year: int) -> str:
    return f"TM-{next_serial(office, REGISTER, year):04d}/{year}"


@transaction.atomic
def register_finding(
    *,
    key: uuid.UUID,
    office: Office,
    reporter: Agency,
    reported_on: dt.date,
    activity: str,
    persons: str,
    classification: str,
    by: User,
) -> Finding:
    """Give what an agency reported a number; ``key`` ties it to its entry."""
    finding = Finding.objects.create(
        key=key,
        office=office,
        reporter=reporter,
        number=take_finding_number(office, reported_on.year),
        origin=Finding.Origin.MEETING,
        reported_on=reported_on,
        activity=activity,
        persons=persons,
        classification=classification,
        created_by=by,
    )
    FindingEvent.objects.create(finding=finding, state=finding.state, by=by)
    record(
        by,
        "foreigners.register_finding",
        finding,
        office_id=office.pk,
        number=finding.number,
    )
    return finding


@transaction.atomic
def correct_finding(
    finding: Finding,
    *,
    reporter: Agency,
    activity: str,
    persons: str,
    classification: str,
    reason: str,
    by: User,
) -> None:
    """Bring a finding in line with the corrected minutes; unchanged, nothing happens.

    What was decided stays decided; a case that rests on it is told by its revision.
    """
    new = {
        "reporter_id": reporter.pk,
        "activity": activity,
        "persons": persons,
        "classification": classification,
    }
    if finding.state == Finding.State.WITHDRAWN:
        new["state"] = Finding.State.SUBMITTED
    changed = [name for name, value in new.items() if getattr(finding, name) != value]
    if not changed:
        return
    Finding.objects.filter(pk=finding.pk).update(revision=F("revision") + 1, **new)
    finding.refresh_from_db()
    FindingEvent.objects.create(
        finding=finding, state=finding.state, reason=reason, by=by
    )
    if finding.case is not None:
        touch(finding.case)
    # Which fields, not what they say: an activity may describe a person.
    record(
        by,
        "foreigners.correct_finding",
        finding,
        office_id=finding.office_id,
        reason=reason,
        changed=changed,
    )


@transaction.atomic
def withdraw_finding(finding: Finding, *, reason: str, by: User) -> None:
    """The corrected minutes no longer report it; the number stays taken. What was decided
    meanwhile stays decided."""
    withdrawn = Finding.objects.filter(
        pk=finding.pk, state__in=[Finding.State.SUBMITTED, Finding.State.RETURNED]
    ).update(state=Finding.State.WITHDRAWN, revision=F("revision") + 1)
    if withdrawn:
        FindingEvent.objects.create(
            finding=finding, state=Finding.State.WITHDRAWN, reason=reason, by=by
        )
        record(
            by,
            "foreigners.withdraw_finding",
            finding,
            office_id=finding.office_id,
            reason=reason,
        )
