"""Mails about findings: that something happened and where to read it, never what."""

from django.conf import settings
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.services.notifying import notify
from foreigners.models import Finding, FindingEvent


def tell_reporter(finding: Finding, event: FindingEvent) -> None:
    """Whoever wrote it, or their agency; not the one who decided it."""
    writer = finding.created_by
    is_reporters = writer is not None and writer.agency_id == finding.reporter_id
    address = writer.email if writer and is_reporters else finding.reporter.email
    if not address or (writer and is_reporters and writer.pk == event.by_id):
        return
    sentence = _("Temuan %(number)s sudah diputus. Statusnya dapat dibaca di:")
    if event.state == Finding.State.RETURNED:
        sentence = _(
            "Temuan %(number)s dikembalikan untuk dilengkapi. Alasannya dapat dibaca di:"
        )
    _tell(finding, f"finding:{event.pk}", address, sentence)


def tell_receiver(finding: Finding, agency: Agency) -> None:
    """The agency to which it was referred."""
    if agency.email:
        sentence = _(
            "Temuan %(number)s dilimpahkan kepada instansi Anda. "
            "Penghubung instansi dapat membacanya di:"
        )
        _tell(finding, f"referred:{finding.pk}:{agency.pk}", agency.email, sentence)


def _tell(finding: Finding, key: str, to: str, sentence: str) -> None:
    said = sentence % {"number": finding.number}
    link = settings.SITE_URL + finding.get_absolute_url()
    notify(
        key=key,
        to=to,
        subject=_("Status temuan %(number)s") % {"number": finding.number},
        body=f"{said}\n{link}\n",
        office_id=finding.office_id,
    )
