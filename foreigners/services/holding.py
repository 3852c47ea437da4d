"""Times in which a case waits, for whom, and on what ground."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from foreigners.models import Case, Hold
from foreigners.services.casefile import refuse_if_ended
from timpora.errors import DomainError


class AlreadyWaiting(DomainError):
    pass


class WaitingIsOver(DomainError):
    pass


@transaction.atomic
def start_hold(case: Case, *, kind: str, ground: str, by: User) -> Hold:
    """The case waits from now on; its legal clocks go on, for only a rule pauses them."""
    refuse_if_ended(case)
    try:
        with transaction.atomic():
            hold = Hold.objects.create(
                case=case, kind=kind, ground=ground, since=timezone.now(), by=by
            )
    except IntegrityError as error:
        raise AlreadyWaiting(
            _("Penantian jenis ini sudah berjalan. Akhiri dahulu yang berjalan.")
        ) from error
    record(by, "foreigners.start_hold", case, office_id=case.office_id, kind=kind)
    return hold


@transaction.atomic
def end_hold(hold: Hold, *, by: User) -> None:
    ended = Hold.objects.filter(pk=hold.pk, until=None).update(until=timezone.now())
    if not ended:
        raise WaitingIsOver(_("Penantian ini sudah diakhiri."))
    record(
        by,
        "foreigners.end_hold",
        hold.case,
        office_id=hold.case.office_id,
        kind=hold.kind,
    )
    hold.refresh_from_db()
