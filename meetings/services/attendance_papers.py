"""Daftar hadir on paper: blank to be signed by hand, filled as the sheet stands."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services import audit
from documents.models import Document, DocumentVersion
from documents.services.issuing import correct, issue
from documents.services.snapshots import letterhead_of
from meetings.models import AttendanceSheet, Invitation, Meeting
from meetings.queries.attendance import Line, count_attendance, sheet_lines
from meetings.services.rollcall import hold
from timpora.dates import clock_time, day_and_date
from timpora.errors import DomainError

Json = dict[str, Any]

TEMPLATE = "meetings/pdf/daftar_hadir.html"
BLANK = Document.Kind.ATTENDANCE_BLANK
FILLED = Document.Kind.ATTENDANCE
# Room on the blank sheet for guests whom nobody invited.
SPARE_ROWS = 6
SUMMONED = [Meeting.State.INVITED, *Meeting.HELD]


class NothingToPrint(DomainError):
    pass


@transaction.atomic
def print_sheet(meeting: Meeting, *, kind: str, by: User) -> DocumentVersion:
    """The paper of the sheet as it stands: the one that exists if nothing changed since.

    Refuses a meeting without invitations, and a filled sheet before they were sent.
    """
    if not hold(
        meeting, [Meeting.State.DRAFT, *SUMMONED] if kind == BLANK else SUMMONED
    ):
        raise NothingToPrint(
            _("Daftar hadir rapat berstatus “%(state)s” tidak dapat dicetak.")
            % {"state": meeting.get_state_display()}
        )
    snapshot = snapshot_of(meeting, kind=kind)
    if not any(row["body"] for row in snapshot["rows"]):
        raise NothingToPrint(_("Belum ada instansi yang diundang."))
    sheet = (
        AttendanceSheet.objects.filter(meeting=meeting, kind=kind)
        .select_related("document")
        .first()
    )
    if sheet is None:
        version = issue(
            office=meeting.office,
            kind=kind,
            title=_("Daftar hadir %(title)s") % {"title": meeting.title},
            dated_on=meeting.day,
            template=TEMPLATE,
            snapshot=snapshot,
            by=by,
            classification=meeting.classification,
            numbered=False,
        )
        AttendanceSheet.objects.create(
            meeting=meeting, kind=kind, document=version.document
        )
    else:
        latest = sheet.document.versions.order_by("-version")[0]
        if _without_document(latest.snapshot) == snapshot:
            return latest
        version = correct(
            sheet.document,
            snapshot=snapshot,
            reason=_("Isi daftar hadir berubah sejak dicetak."),
            by=by,
            template=TEMPLATE,
        )
    audit.record(
        by,
        "meetings.print_attendance",
        meeting,
        office_id=meeting.office_id,
        kind=kind,
        version=version.version,
    )
    return version


def snapshot_of(meeting: Meeting, *, kind: str) -> Json:
    """What the paper says. No telephone number and no NIP of a participant: the paper
    circulates, and its snapshot travels inside the file."""
    zone = meeting.office.time_zone
    return {
        "office": letterhead_of(meeting.office),
        "blank": kind == BLANK,
        "meeting": {
            "title": meeting.title,
            "theme": meeting.theme,
            "day_and_date": day_and_date(meeting.day),
            "time": clock_time(meeting.starts_at, zone),
            "venue": meeting.venue,
        },
        "rows": _blank_rows(meeting) if kind == BLANK else _filled_rows(meeting),
        "counts": {} if kind == BLANK else _counts(meeting),
        "signers": [
            {
                "label": label,
                "name": person.name,
                "post": person.post,
                "rank": person.rank,
                "nip": person.nip,
            }
            for label, person in [
                (_("Pimpinan rapat"), meeting.chair),
                (_("Notulis"), meeting.minute_taker),
            ]
            if person
        ],
    }


def _blank_rows(meeting: Meeting) -> list[Json]:
    invitations = meeting.invitations.select_related("agency__type").prefetch_related(
        "agency__names"
    )

    def place(invitation: Invitation) -> tuple[bool, int, str]:
        agency = invitation.agency
        guest = invitation.role != Invitation.Role.MEMBER
        return guest, agency.type.order, agency.name_on(meeting.day)

    bodies = [
        invitation.agency.name_on(meeting.day)
        for invitation in sorted(invitations, key=place)
    ]
    spare = [""] * SPARE_ROWS
    return [
        {"number": number, "body": body}
        for number, body in enumerate(bodies + spare, start=1)
    ]


def _filled_rows(meeting: Meeting) -> list[Json]:
    return [_filled_row(line, meeting) for line in sheet_lines(meeting)]


def _filled_row(line: Line, meeting: Meeting) -> Json:
    attendance, zone = line.attendance, meeting.office.time_zone
    came = attendance.came
    return {
        "number": line.number,
        "body": line.body,
        "is_member": line.is_member,
        "state": attendance.state,
        "state_label": attendance.get_state_display(),
        "person": attendance.person if came else "",
        "post": attendance.person_post if came else "",
        "arrived": _clock(attendance.arrived_at, zone),
        "left": _clock(attendance.left_at, zone),
        "signature": attendance.signature_id if came else None,
        "came": came,
    }


def _clock(moment: dt.datetime | None, zone: str) -> str:
    """09.03; the head of the paper names the zone."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H.%M}" if moment else ""


def _counts(meeting: Meeting) -> Json:
    counts = count_attendance(meeting)
    return {
        "came": counts.members.came,
        "members": counts.members.total,
        "present": counts.members.present,
        "represented": counts.members.represented,
        "excused": counts.members.excused,
        "absent": counts.members.absent,
        "unknown": counts.members.unknown,
        "guests": counts.guests.came,
        "walk_ins": counts.walk_ins,
        "people": counts.people,
    }


def _without_document(snapshot: Json) -> Json:
    return {key: value for key, value in snapshot.items() if key != "document"}
