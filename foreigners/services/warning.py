"""A light case that a written warning or a correction settles, without TAK."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.services.uploads import accept_letter
from foreigners.models import Admonition, Case
from foreigners.services.casefile import touch
from timpora.errors import DomainError


class WarningRefused(DomainError):
    pass


@transaction.atomic
def warn(
    case: Case, *, text: str, settled_on: dt.date, proof: UploadedFile, by: User
) -> Admonition:
    """Keep the warning with its proof; refused where a violation does not allow it."""
    if case.state != Case.State.VERIFICATION:
        raise WarningRefused(_("Teguran dicatat saat kasus dalam verifikasi."))
    violations = [row.violation for row in case.violations.select_related("violation")]
    heavy = [violation for violation in violations if not violation.allows_warning]
    if heavy or not violations:
        raise WarningRefused(
            _("Pelanggaran ini tidak dapat diselesaikan dengan teguran: %s.")
            % (", ".join(str(violation) for violation in heavy) or _("belum dicatat"))
        )
    if settled_on > case.office.today:
        raise WarningRefused(_("Tanggal teguran belum tiba."))
    admonition = Admonition.objects.create(
        case=case,
        text=text,
        settled_on=settled_on,
        proof=accept_letter(proof, by=by),
        by=by,
    )
    touch(case)
    record(
        by,
        "foreigners.warn",
        case,
        office_id=case.office_id,
        admonition=admonition.pk,
    )
    return admonition
