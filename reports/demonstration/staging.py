"""Plays a script through the services, on the days it tells of."""

import datetime as dt
import uuid
from itertools import cycle

import time_machine

from agencies.models import Region
from meetings.models import AgendaItem, Invitation, Meeting, Minutes
from meetings.services.agenda import write_agenda
from meetings.services.answering import answer_invitation
from meetings.services.checkin import check_in
from meetings.services.convening import create_meeting
from meetings.services.entries import Said, save_entry
from meetings.services.inviting import add_invitee, remove_invitee, send_invitations
from meetings.services.photos import add_photos
from meetings.services.rollcall import Statement, record_line
from meetings.services.sessions import close_session, open_session
from reports.demonstration.clock import ZONE, on, working_day
from reports.demonstration.directory import person_name
from reports.demonstration.drawings import photo, scribble
from reports.demonstration.masters import Cast
from reports.demonstration.operating import PLANS, operate
from reports.demonstration.scripts import Line, Script
from reports.demonstration.settling import approve, correct, follow_up, review

STAGES = ("draft", "invited", "minutes", "submitted", "approved")


def stage(
    script: Script, cast: Cast, held: dict[str, Meeting], *, today: dt.date
) -> Meeting:
    """Convene the script's meeting and carry it as far as its stage says."""
    day = script.date or working_day(
        today + dt.timedelta(days=script.days_from_today), cast
    )
    reached = STAGES.index(script.stage)
    with on(min(day - dt.timedelta(days=12), today)):
        meeting = convene(script, cast, held, day)
        send_invitations(
            meeting,
            by=cast.staff["officer"],
            revision=meeting.revision,
            accepts_warnings=True,
        )
    meeting.refresh_from_db()
    with on(min(day - dt.timedelta(days=3), today), dt.time(14)):
        answer(script, cast, meeting)
    if reached >= STAGES.index("minutes"):
        minutes = hold(script, cast, meeting, day, today)
        if script.key in PLANS:
            operate(script.key, cast, meeting, day)
        if reached >= STAGES.index("submitted"):
            review(script, cast, minutes, day)
        if reached >= STAGES.index("approved"):
            approve(cast, minutes)
            follow_up(script, cast, meeting, today=today)
            correct(script, cast, meeting, day + dt.timedelta(days=21))
    return meeting


def convene(
    script: Script, cast: Cast, held: dict[str, Meeting], day: dt.date
) -> Meeting:
    starts_at = dt.datetime.combine(day, script.start, tzinfo=ZONE)
    meeting = create_meeting(
        by=cast.staff["officer"],
        form_token=uuid.uuid4(),
        kind=script.kind,
        title=script.title,
        theme=script.theme,
        team=cast.teams[script.team],
        level=cast.teams[script.team].level,
        scope_regions=list(Region.objects.filter(code__in=script.scope)),
        venue=script.venue,
        venue_region=Region.objects.get(code=script.venue_region),
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=script.hours),
        chair=cast.staff["chief"],
        secretary=cast.staff.get("section_head"),
        minute_taker=cast.staff["officer"],
        attire="Pakaian dinas harian",
        contact=f"{cast.staff['officer'].name}, Seksi Inteldakim",
        request="Mohon membawa data orang asing menurut bidang tugas masing-masing.",
        legal_bases=cast.office.legal_bases,
        previous=held.get(script.previous),
    )
    meeting.agenda.all().delete()
    write_agenda(meeting, rundown_of(script))
    choose_invitees(script, cast, meeting)
    return meeting


def rundown_of(script: Script) -> list[dict[str, object]]:
    rows = [
        dict(zip(("kind", "title", "presenter", "minutes"), row, strict=True))
        for row in script.agenda
    ]
    if script.previous:
        rows.insert(
            0,
            {
                "kind": AgendaItem.Kind.CARRIED,
                "title": "Tindak lanjut rapat lalu",
                "presenter": "Seksi Inteldakim",
                "minutes": 15,
            },
        )
    return rows


def choose_invitees(script: Script, cast: Cast, meeting: Meeting) -> None:
    officer = cast.staff["officer"]
    wanted = {cast.agencies[key].pk for key in script.invited}
    for invitation in meeting.invitations.exclude(agency__in=wanted):
        remove_invitee(invitation, by=officer)
    seated = set(meeting.invitations.values_list("agency", flat=True))
    for key in (*script.invited, *script.guests):
        agency = cast.agencies[key]
        if agency.pk not in seated:
            add_invitee(
                meeting,
                agency=agency,
                role=Invitation.Role.GUEST,
                addressee="Kepala",
                email="",
                by=officer,
            )


def answer(script: Script, cast: Cast, meeting: Meeting) -> None:
    """Who comes says so; of a meeting still ahead, every third has not answered yet."""
    keys = {agency.pk: key for key, agency in cast.agencies.items()}
    for number, invitation in enumerate(meeting.invitations.select_related("agency")):
        key = keys[invitation.agency_id]
        invitation.meeting = meeting
        if key in script.absent or (script.stage == "invited" and number % 3 == 0):
            continue
        if key in script.excused:
            answer_invitation(
                invitation,
                answer="berhalangan",
                excuse="Bersamaan dengan kegiatan dinas di luar kota.",
            )
        else:
            answer_invitation(
                invitation,
                answer="diwakilkan" if key in script.represented else "hadir",
                person=person_of(cast, key, number),
                person_post="Staf" if key in script.represented else cast.posts[key],
            )


def person_of(cast: Cast, key: str, number: int) -> str:
    liaison = cast.liaisons.get(key)
    if cast.agencies[key].withholds_names:
        return "Perwakilan"
    return liaison.name if liaison and number % 2 else person_name(number + 40)


def hold(
    script: Script, cast: Cast, meeting: Meeting, day: dt.date, today: dt.date
) -> Minutes:
    officer = cast.staff["officer"]
    with on(day, script.start) as opened:
        minutes = open_session(meeting, by=officer)
        sign_in(script, cast, meeting, opened)
    with on(day, dt.time(script.start.hour + 1)):
        write_entries(script, cast, minutes, day, today)
        if script.key == "kota-juli":
            add_photos(minutes, photos=[photo(0)], caption="Pembukaan rapat (gambar contoh)", by=officer)  # fmt: skip
            add_photos(minutes, photos=[photo(1)], caption="Pertukaran informasi (gambar contoh)", by=officer)  # fmt: skip
    with on(day, dt.time(script.start.hour + script.hours)):
        close_session(meeting, by=officer)
    return Minutes.objects.select_related("meeting__office__agency").get(pk=minutes.pk)


def sign_in(script: Script, cast: Cast, meeting: Meeting, opened: dt.datetime) -> None:
    """Most sign on their phones at the door; the officer records every fourth, and
    whoever stays away."""
    keys = {agency.pk: key for key, agency in cast.agencies.items()}
    late = cycle([0, 0, 0, 0, 25])
    for number, line in enumerate(
        meeting.attendances.select_related("agency", "invitation__agency", "meeting")
    ):
        key = keys[line.agency_id or 0]
        invitation = line.invitation
        if key in script.absent:
            said = Statement(state="tidak_hadir")
        elif key in script.excused or invitation is None:
            said = Statement(state="izin", reason="Kegiatan dinas di luar kota.")
        else:
            arrived_at = opened + dt.timedelta(minutes=next(late))
            said = Statement(
                state="diwakilkan" if key in script.represented else "hadir",
                person=invitation.person,
                person_post=invitation.person_post,
                arrived_at=arrived_at,
            )
            if number % 4 != 3 and not invitation.agency.withholds_names:
                invitation.meeting = meeting
                with time_machine.travel(arrived_at, tick=False):
                    check_in(
                        invitation,
                        nonce=uuid.uuid4(),
                        said=said,
                        signature=scribble(said.person),
                    )
                continue
        record_line(line, by=cast.staff["officer"], revision=line.revision, said=said)


def write_entries(
    script: Script, cast: Cast, minutes: Minutes, day: dt.date, today: dt.date
) -> None:
    items = list(minutes.meeting.agenda.all())
    question = None
    planned = [item for item in items if item.kind != AgendaItem.Kind.CARRIED]
    for line in script.lines:
        entry = save_entry(
            minutes,
            key=uuid.uuid4(),
            revision=0,
            said=Said(
                item=planned[line.item],
                kind=line.kind,
                text=line.text,
                agency=cast.agencies[line.by],
                restricted_text=line.restricted,
                classification=line.classification,
                answers=question if line.kind == "jawaban" else None,
                owner=cast.agencies[line.owner] if line.owner else None,
                due_on=due_date(line, day, today),
            ),
            by=cast.staff["officer"],
        )
        if line.kind == "pertanyaan":
            question = entry
    carried = [item for item in items if item.kind == AgendaItem.Kind.CARRIED]
    for item in carried:
        save_entry(
            minutes,
            key=uuid.uuid4(),
            revision=0,
            said=Said(
                item=item,
                kind="catatan",
                text="Sekretariat membacakan keadaan tindak lanjut rapat yang lalu.",
                agency=cast.agencies["kanim"],
            ),
            by=cast.staff["officer"],
        )


def due_date(line: Line, day: dt.date, today: dt.date) -> dt.date | None:
    if not line.due:
        return None
    return (today if line.due_from_today else day) + dt.timedelta(days=line.due)
