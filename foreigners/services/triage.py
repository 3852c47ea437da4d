"""What becomes of a finding: the section head decides once, each time with a reason."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.services.audit import record
from foreigners.models import (
    Case,
    Finding,
    FindingEvent,
    FindingPerson,
    Foreigner,
    Violation,
)
from foreigners.services.casefile import open_case, touch
from foreigners.services.finding_mail import tell_receiver, tell_reporter
from timpora.errors import DomainError

SHORTEST_REASON = 10


class ReasonTooShort(DomainError):
    pass


class FindingMoved(DomainError):
    """Decided by somebody else, or changed since it was read."""


class GroundMissing(DomainError):
    pass


class GroundWritten(DomainError):
    pass


class ReferralToOneself(DomainError):
    pass


class PersonAlreadyLinked(DomainError):
    pass


def checked_reason(reason: str) -> str:
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort(
            _("Tulis alasannya, paling sedikit %d huruf.") % SHORTEST_REASON
        )
    return reason.strip()


@transaction.atomic
def write_ground(finding: Finding, *, ground: str, by: User) -> None:
    """Write why the conduct is suspected before anybody's name, number or face is seen.

    Written once: whoever comes second reads that it stands.
    """
    written = Finding.objects.filter(
        pk=finding.pk, state=Finding.State.SUBMITTED, ground_at=None
    ).update(
        ground=checked_reason(ground),
        ground_at=timezone.now(),
        ground_by=by,
        revision=F("revision") + 1,
    )
    if not written:
        finding.refresh_from_db()
        if finding.has_ground:
            raise GroundWritten(
                _("Dasar dugaan sudah ditulis oleh %(name)s.")
                % {"name": finding.ground_by}
            )
        raise FindingMoved(_why_moved(finding))
    finding.refresh_from_db()
    record(by, "foreigners.write_ground", finding, office_id=finding.office_id)


@transaction.atomic
def return_finding(finding: Finding, *, reason: str, revision: int, by: User) -> None:
    """Send it back to be completed; the reporter reads the reason."""
    reason = checked_reason(reason)
    _hold(finding, revision)
    _decide(finding, Finding.State.RETURNED, reason=reason, by=by)


@transaction.atomic
def accept_finding(
    finding: Finding,
    *,
    reason: str,
    title: str,
    violations: Iterable[Violation],
    responsible: User,
    revision: int,
    by: User,
) -> Case:
    """Open a case from it. Refused until the ground for suspicion is written."""
    reason = checked_reason(reason)
    _hold(finding, revision)
    _refuse_without_ground(finding)
    case = open_case(
        office=finding.office,
        title=title,
        summary=finding.activity,
        region=finding.region,
        responsible=responsible,
        by=by,
        classification=finding.classification,
        violations=violations,
    )
    _decide(finding, Finding.State.ACCEPTED, reason=reason, by=by, case=case)
    return case


@transaction.atomic
def join_finding(
    finding: Finding, *, case: Case, reason: str, revision: int, by: User
) -> None:
    """Bring it to a case that exists, one that has ended included: new evidence."""
    reason = checked_reason(reason)
    _hold(finding, revision)
    _refuse_without_ground(finding)
    _decide(finding, Finding.State.JOINED, reason=reason, by=by, case=case)
    touch(case)


@transaction.atomic
def refer_finding(
    finding: Finding, *, to: Agency, reason: str, revision: int, by: User
) -> None:
    """Hand it to the agency whose matter it is: that agency reads it, without persons."""
    if to.pk == finding.office_id:
        raise ReferralToOneself(_("Pilih instansi lain."))
    reason = checked_reason(reason)
    _hold(finding, revision)
    _decide(finding, Finding.State.REFERRED, reason=reason, by=by, referred_to=to)
    finding.shared_with.add(to)
    tell_receiver(finding, to)


@transaction.atomic
def set_outside(finding: Finding, *, reason: str, revision: int, by: User) -> None:
    """Close it as no matter of immigration."""
    reason = checked_reason(reason)
    _hold(finding, revision)
    _decide(finding, Finding.State.OUTSIDE, reason=reason, by=by)


def _hold(finding: Finding, revision: int) -> None:
    """Take the row before anything follows from it; of two deciders one gets it."""
    held = Finding.objects.filter(
        pk=finding.pk, state=Finding.State.SUBMITTED, revision=revision
    ).update(revision=revision)
    finding.refresh_from_db()
    if not held:
        raise FindingMoved(_why_moved(finding))


def _why_moved(finding: Finding) -> str:
    if finding.waits:
        return _("Temuan ini berubah sejak Anda membacanya. Baca lagi, lalu putuskan.")
    last = finding.events.select_related("by").last()
    return _("Temuan ini sudah diputus oleh %(name)s: %(state)s.") % {
        "name": last.by if last else _("petugas lain"),
        "state": finding.get_state_display(),
    }


def _refuse_without_ground(finding: Finding) -> None:
    if not finding.has_ground:
        raise GroundMissing(
            _("Tulis dasar dugaan lebih dahulu, sebelum nama dan foto dibuka.")
        )


def _decide(
    finding: Finding, state: Finding.State, *, reason: str, by: User, **fields: Any
) -> None:
    Finding.objects.filter(pk=finding.pk).update(
        state=state, revision=F("revision") + 1, **fields
    )
    finding.refresh_from_db()
    event = FindingEvent.objects.create(
        finding=finding, state=state, reason=reason, by=by
    )
    # The reason may describe a person: it stands with the finding, not in the audit.
    record(
        by,
        "foreigners.decide_finding",
        finding,
        office_id=finding.office_id,
        state=state,
        case=finding.case_id,
    )
    tell_reporter(finding, event)


@transaction.atomic
def link_person(person: FindingPerson, *, foreigner: Foreigner, by: User) -> None:
    """Say which person of the register it is; who was named stays as it was written."""
    linked = FindingPerson.objects.filter(pk=person.pk, foreigner=None).update(
        foreigner=foreigner
    )
    if not linked:
        raise PersonAlreadyLinked(_("Orang ini sudah dihubungkan dengan register."))
    person.refresh_from_db()
    record(
        by,
        "foreigners.link_finding_person",
        person.finding,
        office_id=person.finding.office_id,
        person=person.pk,
        foreigner=foreigner.pk,
    )
