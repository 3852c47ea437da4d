"""The attendance sheet in the hands of the office: say who came, correct with a reason."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.services import audit
from meetings.models import Attendance, Meeting
from timpora.dates import long_date
from timpora.errors import DomainError

State = Attendance.State
Method = Attendance.Method

# How people are written whose body does not give names.
WITHHELD = "Perwakilan"
# What a correction tells the audit only as "changed": the sheet does not show it.
NOT_SHOWN = {"person_nip", "phone"}


class RollCallClosed(DomainError):
    pass


class LineChanged(DomainError):
    pass


class ReasonMissing(DomainError):
    pass


class ExcuseMissing(DomainError):
    pass


class AgencyIsInvited(DomainError):
    pass


@dataclasses.dataclass(frozen=True)
class Statement:
    """What somebody says about one line of the sheet."""

    state: str
    person: str = ""
    person_rank: str = ""
    person_nip: str = ""
    person_post: str = ""
    phone: str = ""
    reason: str = ""
    arrived_at: dt.datetime | None = None
    left_at: dt.datetime | None = None

    def about(self, agency: Agency | None) -> "Statement":
        """The statement as the sheet may carry it: no times for those who did not come,
        no names for a body that withholds them."""
        statement = self
        if statement.state not in Attendance.CAME:
            statement = dataclasses.replace(statement, arrived_at=None, left_at=None)
        if agency and agency.withholds_names:
            statement = dataclasses.replace(
                statement,
                person=WITHHELD if statement.state in Attendance.CAME else "",
                person_rank="",
                person_nip="",
                person_post="",
                phone="",
            )
        return statement


def statement_of(attendance: Attendance) -> Statement:
    """What the line says now."""
    return Statement(
        **{
            field.name: getattr(attendance, field.name)
            for field in dataclasses.fields(Statement)
        }
    )


def with_announced_person(attendance: Attendance) -> Statement:
    """What the line says, the name announced for it where none is written yet.

    The answer to the invitation says who would come, never that somebody came.
    """
    said = statement_of(attendance)
    announced = attendance.invitation
    if announced is None or attendance.is_known or said.person:
        return said
    return dataclasses.replace(
        said,
        person=announced.person,
        person_rank=announced.person_rank,
        person_nip=announced.person_nip,
        person_post=announced.person_post,
    )


def mark_line(attendance: Attendance, *, by: User, revision: int, state: str) -> None:
    """Say in one tap how an agency stands; what was said before needs a correction."""
    if attendance.state == state:
        return
    if state in Attendance.CAME:
        said = with_announced_person(attendance)
        if attendance.meeting.takes_check_in and not said.arrived_at:
            said = dataclasses.replace(said, arrived_at=timezone.now())
    else:
        said = statement_of(attendance)
    if state == State.EXCUSED and attendance.invitation and not said.reason:
        said = dataclasses.replace(said, reason=attendance.invitation.excuse)
    said = dataclasses.replace(said, state=state)
    record_line(attendance, by=by, revision=revision, said=said)


@transaction.atomic
def record_line(
    attendance: Attendance,
    *,
    by: User,
    revision: int,
    said: Statement,
    correction: str = "",
) -> None:
    """Write what the office knows about a line, exactly as it stood at ``revision``.

    Whatever was recorded before changes only with the reason of the ``correction``.
    """
    meeting = attendance.meeting
    _require_roll_call(meeting)
    said = said.about(attendance.agency)
    if said.state == State.EXCUSED and not said.reason.strip():
        raise ExcuseMissing(_("Tulis alasan izin."))
    if attendance.revision != revision:
        raise LineChanged(_("Baris ini sudah diubah orang lain sejak Anda membukanya."))
    before, after = _difference(attendance, said)
    if not after:
        return
    if any(before.values()) and not correction.strip():
        raise ReasonMissing(
            _("Yang sudah tercatat hanya dapat diperbaiki dengan alasan.")
        )

    stamp: dict[str, Any] = {}
    if "state" in after:
        known = said.state != State.UNKNOWN
        stamp = {
            "method": Method.OFFICER if known else "",
            "recorded_at": timezone.now() if known else None,
            "recorded_by": by if known else None,
        }
    written = Attendance.objects.filter(pk=attendance.pk, revision=revision).update(
        **after, **stamp, revision=F("revision") + 1
    )
    if not written:
        raise LineChanged(_("Baris ini sudah diubah orang lain sejak Anda membukanya."))
    attendance.refresh_from_db()
    audit.record(
        by,
        "meetings.correct_attendance" if correction else "meetings.record_attendance",
        attendance,
        office_id=meeting.office_id,
        reason=correction,
        before=_for_audit(before),
        after=_for_audit(after),
    )


@transaction.atomic
def add_walk_in(
    meeting: Meeting,
    *,
    by: User,
    nonce: uuid.UUID,
    agency: Agency | None,
    agency_text: str,
    said: Statement,
) -> Attendance:
    """Add a guest whom nobody invited; the same form sent twice adds one."""
    _require_roll_call(meeting)
    known = Attendance.objects.filter(meeting=meeting, nonce=nonce).first()
    if known:
        return known
    if agency and _is_still_unknown(meeting, agency):
        raise AgencyIsInvited(
            _("%(agency)s ada dalam daftar undangan; isi pada barisnya.")
            % {"agency": agency.short_name}
        )
    said = said.about(agency)
    guest = Attendance.objects.create(
        meeting=meeting,
        agency=agency,
        agency_text="" if agency else agency_text,
        nonce=nonce,
        method=Method.OFFICER,
        recorded_at=timezone.now(),
        recorded_by=by,
        **dataclasses.asdict(said),
    )
    audit.record(
        by,
        "meetings.add_walk_in",
        guest,
        office_id=meeting.office_id,
        after=_for_audit({"state": said.state, "person": said.person}),
    )
    return guest


def hold(meeting: Meeting, states: Collection[str]) -> bool:
    """Keep the meeting in one of the ``states`` until the transaction ends.

    The UPDATE takes the row's lock: whoever closes the session or records another line
    of this meeting waits, so nothing slips in between a check and its write.
    """
    return bool(
        Meeting.objects.filter(pk=meeting.pk, state__in=states).update(state=F("state"))
    )


def why_no_roll_call(meeting: Meeting) -> str:
    """The sentence that refuses the roll call, or nothing while it may be taken."""
    if not meeting.takes_attendance:
        return _("Kehadiran tidak dapat diubah: rapat berstatus “%(state)s”.") % {
            "state": meeting.get_state_display()
        }
    today = meeting.office.today
    if meeting.state == Meeting.State.INVITED and today < meeting.day:
        return _("Kehadiran dapat dicatat mulai hari rapat, %(day)s.") % {
            "day": long_date(meeting.day)
        }
    return ""


def _require_roll_call(meeting: Meeting) -> None:
    held = hold(
        meeting,
        {Meeting.State.INVITED, Meeting.State.IN_SESSION, Meeting.State.MINUTES},
    )
    if not held:
        meeting.refresh_from_db(fields=["state"])
    if refusal := why_no_roll_call(meeting):
        raise RollCallClosed(refusal)


def _is_still_unknown(meeting: Meeting, agency: Agency) -> bool:
    return Attendance.objects.filter(
        meeting=meeting, agency=agency, invitation__isnull=False, state=State.UNKNOWN
    ).exists()


def _difference(
    attendance: Attendance, said: Statement
) -> tuple[dict[str, Any], dict[str, Any]]:
    after = {
        name: value
        for name, value in dataclasses.asdict(said).items()
        if value != getattr(attendance, name)
    }
    return {name: getattr(attendance, name) for name in after}, after


def _for_audit(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: "…" if name in NOT_SHOWN and value else value
        for name, value in values.items()
    }
