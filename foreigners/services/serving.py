"""A decision reaches the person: with proof, on a day that the objection counts from."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.services.uploads import accept_letter
from foreigners.models import Measure
from foreigners.services.casefile import touch
from foreigners.services.clocks import start_clock
from foreigners.services.measure_papers import issue_service
from timpora.dates import long_date
from timpora.errors import DomainError


class ServiceRefused(DomainError):
    pass


@transaction.atomic
def serve_measure(
    measure: Measure,
    *,
    on: dt.date,
    to: str,
    proof: UploadedFile,
    by: User,
) -> Measure:
    """Record the service: the window of the objection runs from that day, and the paper
    says its last day. A decision is served once."""
    case = measure.case
    if measure.decided_on is None:
        raise ServiceRefused(_("Keputusan belum ada, jadi belum dapat disampaikan."))
    if on < measure.decided_on:
        raise ServiceRefused(
            _("Penyampaian tidak dapat mendahului keputusan tanggal %s.")
            % long_date(measure.decided_on)
        )
    if on > case.office.today:
        raise ServiceRefused(_("Tanggal penyampaian belum tiba."))
    if not to.strip():
        raise ServiceRefused(_("Tulis siapa yang menerima keputusan."))
    upload = accept_letter(proof, by=by)
    served = Measure.objects.filter(pk=measure.pk, state=Measure.State.DECIDED).update(
        state=Measure.State.SERVED,
        served_on=on,
        served_to=to.strip(),
        service_proof=upload,
        served_by=by,
        revision=F("revision") + 1,
    )
    if not served:
        raise ServiceRefused(_("Keputusan ini sudah disampaikan atau sudah berakhir."))
    measure.refresh_from_db()
    window = start_clock(case, "objection", on=on, measure=measure)
    version = issue_service(measure, window, by=by)
    Measure.objects.filter(pk=measure.pk).update(service_version=version)
    measure.refresh_from_db()
    touch(case)
    record(
        by,
        "foreigners.serve_measure",
        measure,
        office_id=case.office_id,
        served_on=on,
        last_day=window.due_on,
        proof=upload.sha256,
    )
    return measure
