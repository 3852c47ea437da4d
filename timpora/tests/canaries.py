"""A world with one word of its own in every place that not everybody may read."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from agencies.models import Agency, User
from agencies.tests.factories import AgencyFactory, MembershipFactory, UserFactory
from documents.models import Classification, Document
from documents.tests.factories import NumberPatternFactory
from meetings.models import (
    Attendance,
    Entry,
    FollowUp,
    Invitation,
    Material,
    Meeting,
    Minutes,
    Photo,
)
from meetings.services.approving import approve_minutes, submit_minutes
from meetings.services.attendance_papers import FILLED, print_sheet
from meetings.services.correcting import start_correction
from meetings.services.followups import report_progress
from meetings.services.reviewing import (
    confirm,
    contest,
    open_review,
    reject_objection,
    reviewers,
)
from meetings.tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    EntryFactory,
    InvitationFactory,
    MeetingFactory,
    MinutesFactory,
)
from timpora.tests import (
    canaries_cases,
    canaries_findings,
    canaries_measures,
    canaries_meetings,
    canaries_persons,
    canaries_reports,
    canaries_work,
)
from timpora.tests.world import World, build_world, file_with, picture

OFFICE = canaries_cases.OFFICE
# The agency that speaks, its liaison; another that came, by account and by link.
SOURCE = {"source"}
CAME = SOURCE | {"liaison", "link"}
# Invited, sent word, stayed away.
AWAY = {"away", "away_link"}
INVITED = CAME | AWAY

# word: who may read it somewhere; everybody else finds it nowhere. The links are those
# of the meeting whose minutes are in review.
CANARIES = {
    "kxbiasa": OFFICE | INVITED,
    "kxterbatas": OFFICE | CAME,
    "kxrahasia": OFFICE | SOURCE,
    "kxuntuk": OFFICE | CAME,
    "kxnama": OFFICE | SOURCE,
    "kxtanya": OFFICE | CAME,
    "kxlama": OFFICE | CAME,
    "kxbaru": OFFICE | CAME - {"link"},
    "kxtemuan": OFFICE | CAME,
    "kxtugas": OFFICE | SOURCE,
    "kxdraf": OFFICE,
    # Why a paper was replaced stands in what replaced it.
    "kxperbaikan": OFFICE | {"source", "liaison", "away", "auditor"},
    "kxkeberatan": OFFICE | SOURCE,
    "kxjawabkeberatan": OFFICE | SOURCE,
    "kxfoto": OFFICE | INVITED - {"link", "away_link"},
    "kxfotodraf": OFFICE,
    "kxpaparanbiasa": OFFICE | INVITED - {"link", "away_link"},
    "kxpaparanterbatas": OFFICE | CAME - {"link"},
    "kxpaparanrahasia": OFFICE,
    "kxkemajuan": OFFICE | SOURCE,
    "kxbukti": OFFICE | SOURCE,
    "kxizin": OFFICE,
    "kxsuratizin": OFFICE | AWAY - {"away_link"},
    "kxsurel": OFFICE,
    "kxakun": {"administrator"},
    "081234509876": OFFICE,
    "199001012020121009": OFFICE,
    **canaries_cases.CANARIES,
    **canaries_findings.CANARIES,
    **canaries_persons.CANARIES,
    **canaries_reports.CANARIES,
    **canaries_work.CANARIES,
    **canaries_measures.CANARIES,
    **canaries_meetings.CANARIES,
}


@dataclass
class CanaryWorld:
    base: World
    people: dict[str, User | None]
    # Whoever holds one of these speaks for the agency.
    links: dict[str, Invitation]


def build_canaries() -> CanaryWorld:
    base = build_world()
    source = AgencyFactory(keeper=base.office)
    away = AgencyFactory(keeper=base.office)
    people = dict(base.people)
    people["source"] = UserFactory(
        liaison=True, agency=source, email="kxakun@contoh.example"
    )
    people["away"] = UserFactory(liaison=True, agency=away)
    for agency in (source, away):
        MembershipFactory(team=base.meeting.team, agency=agency)
    for kind in (Document.Kind.MINUTES, Document.Kind.MINUTES_RESTRICTED):
        NumberPatternFactory(office=base.office, kind=kind)
    built = _Builder(base, source, away, people)
    corrected = built.corrected()
    built.progress(corrected)
    reviewed = built.reviewed()
    drafted = built.draft()
    canaries_meetings.plant_meetings(
        base, people, corrected=corrected, reviewed=reviewed, drafted=drafted
    )
    canaries_cases.build_cases(base, people)
    canaries_findings.build_findings(base, people)
    canaries_findings.build_operation(base, people)
    canaries_persons.plant_persons(base, people)
    file = canaries_work.build_work(base, people)
    canaries_measures.build_measures(base, file)
    canaries_reports.build_reports(base, people)
    came, gone = (
        Invitation.objects.get(meeting=reviewed, agency=agency)
        for agency in (base.agency, away)
    )
    return CanaryWorld(
        base,
        people,
        {"link": came, "away_link": gone},
    )


@dataclass
class _Builder:
    base: World
    source: Agency
    away: Agency
    people: dict[str, Any]

    def held(self, title: str, days_ago: int) -> tuple[Meeting, Minutes]:
        """A meeting that is over: the source and the liaison's agency came."""
        start = timezone.now() - dt.timedelta(days=days_ago)
        meeting = MeetingFactory(
            team=self.base.meeting.team,
            title=title,
            starts_at=start,
            opened_at=start,
            closed_at=start + dt.timedelta(hours=2),
            state=Meeting.State.MINUTES,
            chair=self.people["chief"],
            secretary=self.people["section_head"],
            created_by=self.people["officer"],
        )
        for agency in (self.source, self.base.agency):
            invitation = InvitationFactory(
                meeting=meeting,
                agency=agency,
                sent=True,
            )
            AttendanceFactory(
                invitation=invitation,
                present=True,
                phone="081234509876" if agency == self.source else "",
                person_nip="199001012020121009" if agency == self.source else "",
            )
        excused = InvitationFactory(
            meeting=meeting,
            agency=self.away,
            sent=True,
            answer=Invitation.Answer.EXCUSED,
            excuse="kxizin sakit",
            excuse_letter=file_with("kxsuratizin"),
        )
        AttendanceFactory(
            invitation=excused,
            present=True,
            person="",
            state=Attendance.State.EXCUSED,
            reason="kxizin sakit",
        )
        item = AgendaItemFactory(meeting=meeting)
        Photo.objects.create(meeting=meeting, upload=picture(), caption="kxfoto rapat")
        for level in Classification:
            Material.objects.create(
                item=item,
                upload=file_with(f"kxpaparan{level.value}"),
                classification=level,
            )
        return meeting, MinutesFactory(meeting=meeting)

    def say(self, minutes: Minutes, kind: str, text: str, **fields: Any) -> Entry:
        fields.setdefault("agency", self.source)
        return EntryFactory(
            minutes=minutes,
            item=minutes.meeting.agenda.get(),
            kind=kind,
            text=text,
            order=minutes.entries.count(),
            **fields,
        )

    def speak(self, minutes: Minutes) -> None:
        kind, restricted = Entry.Kind, Classification.RESTRICTED
        secret = Classification.SECRET
        self.say(minutes, kind.STATEMENT, "kxbiasa")
        self.say(minutes, kind.STATEMENT, "kxterbatas", classification=restricted)
        self.say(minutes, kind.STATEMENT, "kxrahasia", classification=secret)
        shared = self.say(minutes, kind.STATEMENT, "kxuntuk", classification=secret)
        shared.shared_with.add(self.base.agency)
        self.say(
            minutes,
            kind.FINDING,
            "kxtemuan",
            classification=restricted,
            restricted_text="kxnama",
        )
        question = self.say(
            minutes,
            kind.QUESTION,
            "kxtanya",
            agency=self.base.agency,
            classification=restricted,
        )
        self.say(minutes, kind.ANSWER, "Sudah ditangani.", answers=question)
        self.say(minutes, kind.STATEMENT, "kxlama", classification=restricted)
        self.say(
            minutes,
            kind.FOLLOW_UP,
            "kxtugas",
            owner=self.source,
            due_on=timezone.localdate() - dt.timedelta(days=1),
            classification=secret,
        )

    def approve(self, minutes: Minutes) -> Minutes:
        """Reviewed, agreed to by whoever came, submitted and approved."""
        open_review(minutes, by=self.people["officer"])
        for invitation in reviewers(minutes.meeting):
            confirm(minutes, agency=invitation.agency)
        minutes.refresh_from_db()
        submit_minutes(
            minutes, by=self.people["section_head"], revision=minutes.revision
        )
        return approve_minutes(
            minutes, by=self.people["chief"], revision=minutes.revision
        )

    def corrected(self) -> Meeting:
        meeting, minutes = self.held("Rapat yang diperbaiki", 20)
        self.speak(minutes)
        self.approve(minutes)
        correction = start_correction(
            meeting, reason="kxperbaikan", by=self.people["officer"]
        )
        correction.entries.filter(text="kxlama").update(text="kxbaru")
        self.approve(correction)
        print_sheet(meeting, kind=FILLED, by=self.people["officer"])
        return meeting

    def progress(self, meeting: Meeting) -> None:
        duty = FollowUp.objects.get(origin=meeting)
        report = report_progress(
            duty,
            text="kxkemajuan",
            is_final=False,
            evidence=[],
            by=self.people["source"],
        )
        report.evidence.add(file_with("kxbukti"))

    def reviewed(self) -> Meeting:
        meeting, minutes = self.held("Rapat yang ditinjau", 5)
        self.speak(minutes)
        open_review(minutes, by=self.people["officer"])
        minutes.refresh_from_db()
        entry = minutes.entries.get(text="kxterbatas")
        objection = contest(entry, agency=self.source, text="kxkeberatan")
        reject_objection(
            objection, settlement="kxjawabkeberatan", by=self.people["officer"]
        )
        contest(entry, agency=self.source, text="kxkeberatan")
        return meeting

    def draft(self) -> Meeting:
        meeting, minutes = self.held("Rapat yang disusun", 2)
        self.say(minutes, Entry.Kind.STATEMENT, "kxdraf")
        Photo.objects.filter(meeting=meeting).update(caption="kxfotodraf")
        fields = {"team": meeting.team, "created_by": self.people["officer"]}
        MeetingFactory(state=Meeting.State.INVITED, **fields)
        InvitationFactory(
            meeting=MeetingFactory(**fields),
            agency=self.source,
            email="kxsurel@contoh.example",
        )
        return meeting
