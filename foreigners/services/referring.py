"""A limpah to another agency: sent with a minimum card, accepted with a receipt."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.services.audit import record
from agencies.services.notifying import notify
from documents.models import Document
from documents.services.snapshots import letterhead_of, signer_for, signer_of
from foreigners.models import Case, Ground, Referral
from foreigners.queries.law import in_force
from foreigners.services.casefile import (
    issue_case_paper,
    refuse_if_ended,
    touch,
)
from timpora.dates import long_date
from timpora.errors import DomainError

TEMPLATE = "foreigners/pdf/pelimpahan.html"


class ReferralRefused(DomainError):
    pass


@transaction.atomic
def refer_case(
    case: Case, *, agency: Agency, reason: str, card: str, content: str, by: User
) -> Referral:
    """Send the matter to the agency whose law it is; the letter is numbered at once."""
    refuse_if_ended(case)
    if agency.pk == case.office_id:
        raise ReferralRefused(_("Pilih instansi lain."))
    if case.referrals.filter(agency=agency, state=Referral.State.SENT).exists():
        raise ReferralRefused(_("Pelimpahan kepada instansi ini belum dijawab."))
    referral = Referral.objects.create(
        case=case, agency=agency, reason=reason, card=card, content=content, sent_by=by
    )
    referral.version = issue_case_paper(
        case,
        kind=Document.Kind.REFERRAL,
        title=_("Pelimpahan perkara"),
        dated_on=case.office.today,
        template=TEMPLATE,
        snapshot=referral_snapshot(referral, by=by),
        by=by,
        signer=signer_for(case.office, by),
    )
    referral.save(update_fields=["version"])
    touch(case)
    record(
        by,
        "foreigners.refer_case",
        case,
        office_id=case.office_id,
        referral=referral.pk,
        to=agency.pk,
    )
    _tell_agency(referral)
    return referral


def referral_snapshot(referral: Referral, *, by: User) -> dict[str, Any]:
    case, office = referral.case, referral.case.office
    today = office.today
    ground = in_force(Ground, "referral", on=today)
    return {
        "office": letterhead_of(office),
        "signer": signer_of(signer_for(office, by)),
        "letter": {
            "day": long_date(today),
            "urgency": case.get_classification_display(),
            "enclosures": "-",
            "subject": _("Pelimpahan perkara"),
        },
        "agency": referral.agency.name_on(today),
        "ground": f"{ground.article} {ground.instrument}",
        "case_number": case.number,
        "reason": referral.reason,
        "content": referral.content,
    }


def _tell_agency(referral: Referral) -> None:
    """By mail, without a word of what it is about."""
    liaisons = referral.agency.users.filter(
        role=User.Role.LIAISON, is_active=True
    ).values_list("pk", "email")
    for pk, email in liaisons:
        notify(
            key=f"referral:{referral.pk}:{pk}",
            to=email,
            subject=_("Pelimpahan dari %s") % referral.case.office,
            body=_(
                "Ada pelimpahan untuk instansi Anda. Masuk ke TIMPORA untuk membaca "
                "kartu ringkasnya dan menjawab:\n%s"
            )
            % f"{settings.SITE_URL}{referral.get_absolute_url()}",
            office_id=referral.case.office_id,
        )


@transaction.atomic
def accept_referral(referral: Referral, *, receipt_number: str, by: User) -> None:
    """The agency takes it under its own receipt; from now on it reads the content."""
    _answer(
        referral,
        by=by,
        state=Referral.State.ACCEPTED,
        receipt_number=receipt_number,
    )


@transaction.atomic
def refuse_referral(referral: Referral, *, reason: str, by: User) -> None:
    """The agency does not take it; the office decides what follows."""
    _answer(referral, by=by, state=Referral.State.REFUSED, answer_reason=reason)


@transaction.atomic
def revoke_referral(referral: Referral, *, reason: str, by: User) -> None:
    """The office takes it back before it was answered; the agency sees it no more."""
    _answer(referral, by=by, state=Referral.State.REVOKED, answer_reason=reason)


def _answer(referral: Referral, *, by: User, **fields: Any) -> None:
    answered = Referral.objects.filter(
        pk=referral.pk, state=Referral.State.SENT
    ).update(answered_at=timezone.now(), answered_by=by, **fields)
    if not answered:
        raise ReferralRefused(_("Pelimpahan ini sudah dijawab atau ditarik."))
    referral.refresh_from_db()
    touch(referral.case)
    # The reason stays with the referral: the audit is read by others.
    record(
        by,
        "foreigners.answer_referral",
        referral.case,
        office_id=referral.case.office_id,
        agency=by.agency if by.is_liaison else None,
        referral=referral.pk,
        state=referral.state,
    )
