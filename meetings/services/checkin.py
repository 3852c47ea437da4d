"""Check-in by the people themselves: their own agency's line, from their own phone."""

import dataclasses
import datetime as dt
import uuid

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services import audit
from documents.models import Upload
from documents.services.uploads import accept_signature
from meetings.models import Attendance, Invitation, Meeting
from meetings.services.rollcall import Statement, hold
from timpora.dates import clock_time, local_date, long_date
from timpora.errors import DomainError

State = Attendance.State
Method = Attendance.Method

# How long before the start the door opens.
LEAD = dt.timedelta(hours=2)
# A link that leaked can't fill the sheet.
MOST_PEOPLE = 10
OPEN = (Meeting.State.INVITED, Meeting.State.IN_SESSION)


class CheckInClosed(DomainError):
    pass


class RecordedByOfficer(DomainError):
    pass


class TooManyPeople(DomainError):
    pass


class FormAlreadyUsed(DomainError):
    pass


def why_no_check_in(meeting: Meeting, *, at: dt.datetime) -> str:
    """The sentence that refuses a check-in, or nothing while the door is open."""
    zone = meeting.office.time_zone
    if meeting.is_cancelled:
        return _("Rapat ini dibatalkan.")
    opens_at = meeting.starts_at - LEAD
    if at < opens_at:
        return _("Kehadiran dapat dicatat mulai %(day)s pukul %(time)s.") % {
            "day": long_date(local_date(opens_at, zone)),
            "time": clock_time(opens_at, zone),
        }
    # A session that nobody opened in the application ends with its day.
    forgotten = meeting.state == Meeting.State.INVITED and local_date(at, zone) > max(
        meeting.day, local_date(meeting.ends_at, zone)
    )
    if not meeting.takes_check_in or forgotten:
        return _(
            "Sesi sudah ditutup. Minta petugas mencatat kehadiran pada daftar hadir."
        )
    return ""


@transaction.atomic
def check_in(
    invitation: Invitation,
    *,
    nonce: uuid.UUID,
    said: Statement,
    signature: str = "",
    by: User | None = None,
) -> Attendance:
    """Record that somebody of the invited agency is here; the same ``nonce`` counts once.

    The first person takes the agency's line, another one a line of their own. What an
    officer recorded stands: it is signed, never altered.
    """
    meeting = invitation.meeting
    # The lock of the meeting's row orders all its check-ins, so a double tap waits here.
    if not hold(meeting, OPEN):
        meeting.refresh_from_db(fields=["state"])
    known = Attendance.objects.filter(meeting=meeting, nonce=nonce).first()
    if known and known.agency_id == invitation.agency_id:
        return known
    if known:
        raise FormAlreadyUsed(_("Formulir ini sudah dipakai. Muat ulang halaman."))
    if refusal := why_no_check_in(meeting, at=timezone.now()):
        raise CheckInClosed(refusal)

    said = dataclasses.replace(said, arrived_at=timezone.now()).about(invitation.agency)
    if invitation.agency.withholds_names:
        signature = ""
    lines = list(
        Attendance.objects.filter(meeting=meeting, agency=invitation.agency_id)
    )
    line = _line_for(lines, said)
    if line and line.came and line.person and (line.signature_id or not signature):
        return line
    image = accept_signature(signature, by=by) if signature else None
    if line is None:
        written = _add_line(invitation, nonce, said, image, by)
    elif line.came:
        written = _sign(line, said, image)
    else:
        written = _fill(line, nonce, said, image, by)
    audit.record(
        by,
        "meetings.check_in",
        written,
        office_id=meeting.office_id,
        agency=None if by else invitation.agency,
        after={"state": written.state, "person": written.person},
        signed=image is not None,
    )
    return written


@transaction.atomic
def leave(attendance: Attendance, *, by: User | None = None) -> None:
    """Note that a person of the agency goes home before the end; said twice, noted once."""
    meeting = attendance.meeting
    if not hold(meeting, OPEN):
        raise CheckInClosed(
            _("Sesi sudah ditutup; jam pulang tidak perlu dicatat lagi.")
        )
    left_at = timezone.now()
    written = Attendance.objects.filter(
        pk=attendance.pk,
        state__in=Attendance.CAME,
        left_at=None,
    ).update(left_at=left_at, revision=F("revision") + 1)
    if written:
        audit.record(
            by,
            "meetings.leave",
            attendance,
            office_id=meeting.office_id,
            agency=None if by else attendance.agency,
            left_at=left_at,
        )
    attendance.refresh_from_db()


def _line_for(lines: list[Attendance], said: Statement) -> Attendance | None:
    """The line that the person belongs on, or None if they need one of their own."""
    own = next(line for line in lines if line.invitation_id)
    if not own.is_known:
        return own
    for line in lines:
        if line.came and _same_name(line.person, said.person):
            return line
    if own.came and not own.person:
        return own
    if not own.came:
        raise RecordedByOfficer(
            _("Petugas sudah mencatat instansi Anda: %(state)s. Hubungi panitia.")
            % {"state": own.get_state_display()}
        )
    if len(lines) >= MOST_PEOPLE:
        raise TooManyPeople(
            _("Sudah %(count)s orang tercatat untuk instansi ini. Hubungi panitia.")
            % {"count": len(lines)}
        )
    return None


def _same_name(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _fill(
    line: Attendance,
    nonce: uuid.UUID,
    said: Statement,
    image: Upload | None,
    by: User | None,
) -> Attendance:
    for name, value in dataclasses.asdict(said).items():
        setattr(line, name, value)
    line.nonce = nonce
    line.signature = image
    line.method = Method.LOGIN if by else Method.LINK
    line.recorded_at = timezone.now()
    line.recorded_by = by
    line.revision += 1
    line.save(force_update=True)
    return line


def _add_line(
    invitation: Invitation,
    nonce: uuid.UUID,
    said: Statement,
    image: Upload | None,
    by: User | None,
) -> Attendance:
    return Attendance.objects.create(
        meeting=invitation.meeting,
        agency=invitation.agency,
        nonce=nonce,
        signature=image,
        method=Method.LOGIN if by else Method.LINK,
        recorded_at=timezone.now(),
        recorded_by=by,
        **dataclasses.asdict(said),
    )


def _sign(line: Attendance, said: Statement, image: Upload | None) -> Attendance:
    """Put the signature, and a name where none stands, on what an officer recorded."""
    line.signature = image
    line.person = line.person or said.person
    line.revision += 1
    line.save(force_update=True, update_fields=["signature", "person", "revision"])
    return line
