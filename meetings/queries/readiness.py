"""What stands between a draft and its summons, as sentences."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Decree, Signer
from documents.models import Document, NumberPattern
from meetings.models import Meeting


@dataclass(frozen=True)
class Problem:
    """A sentence for the officer; ``blocks`` if no tick lets the summons pass."""

    sentence: str
    blocks: bool = True


def problems_of(meeting: Meeting) -> list[Problem]:
    """Everything that is missing (blocks) or odd (needs a tick), in the order of the form."""
    checks = (_time, _people, _clashes, _decree, _guests_and_agenda, _paperwork)
    return [problem for check in checks for problem in check(meeting)]


def _time(meeting: Meeting) -> list[Problem]:
    if meeting.starts_at <= timezone.now():
        return [Problem(_("Waktu rapat sudah lewat."))]
    return []


def _people(meeting: Meeting) -> list[Problem]:
    found = []
    if meeting.chair_id is None:
        found.append(Problem(_("Pimpinan rapat belum ditunjuk.")))
    if meeting.minute_taker_id is None:
        found.append(Problem(_("Notulis belum ditunjuk.")))
    return found


def _clashes(meeting: Meeting) -> list[Problem]:
    """Another meeting of the office at the same time: same place or same people."""
    people = [
        pk
        for pk in (meeting.chair_id, meeting.minute_taker_id, meeting.secretary_id)
        if pk
    ]
    others = Meeting.objects.filter(
        Q(venue__iexact=meeting.venue)
        | Q(chair__in=people)
        | Q(minute_taker__in=people)
        | Q(secretary__in=people),
        office=meeting.office_id,
        starts_at__lt=meeting.ends_at,
        ends_at__gt=meeting.starts_at,
        state__in=[Meeting.State.INVITED, Meeting.State.IN_SESSION],
    ).exclude(pk=meeting.pk)
    return [
        Problem(
            _("Tempat atau petugas yang sama sudah terpakai pada waktu ini: %s.")
            % other,
            blocks=False,
        )
        for other in others
    ]


def _decree(meeting: Meeting) -> list[Problem]:
    day = meeting.day
    if Decree.objects.valid_on(day).filter(team=meeting.team_id).exists():
        return []
    return [
        Problem(
            _("%s tidak mempunyai SK yang berlaku pada tanggal rapat.") % meeting.team
        )
    ]


def _guests_and_agenda(meeting: Meeting) -> list[Problem]:
    found = []
    invitations = list(meeting.invitations.select_related("agency"))
    if not invitations:
        found.append(Problem(_("Belum ada instansi yang diundang.")))
    if not meeting.agenda.exists():
        found.append(Problem(_("Susunan acara masih kosong.")))
    unreachable = [str(i.agency) for i in invitations if not i.email]
    if unreachable:
        found.append(
            Problem(
                _("Tanpa surel, bagikan tautannya sendiri: %s.")
                % ", ".join(unreachable),
                blocks=False,
            )
        )
    return found


def _paperwork(meeting: Meeting) -> list[Problem]:
    found = []
    today = timezone.localdate()
    if not Signer.objects.on(today).filter(office=meeting.office_id).exists():
        found.append(
            Problem(_("Kantor belum mempunyai penanda tangan yang berlaku hari ini."))
        )
    if not NumberPattern.objects.filter(
        office=meeting.office_id, kind=Document.Kind.INVITATION
    ).exists():
        found.append(Problem(_("Pola nomor undangan belum diatur administrator.")))
    return found
