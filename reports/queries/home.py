"""What waits for a person: at most seven duties, each one tap from done."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Decree, User
from foreigners.models import Finding
from meetings.models import (
    Attendance,
    Consent,
    FollowUp,
    Invitation,
    Meeting,
    Minutes,
    Objection,
    Progress,
)
from reports.queries.duty import MOST, Duty
from reports.queries.home_cases import (
    cases_for_the_section_head,
    cases_to_decide,
    cases_to_go_on_with,
    clocks_running_out,
)
from timpora.dates import long_date

DECREE_WARNING_DAYS = 30


def duties_of(user: User) -> list[Duty]:
    """The first seven; what is late or blocks others comes first."""
    match user.role:
        case User.Role.LIAISON:
            sources = [
                owed_reports(user),
                returned_findings(user),
                invitations_to_answer(user),
                minutes_to_read(user),
            ]
        case User.Role.OFFICER:
            sources = officer_sources(user)
        case User.Role.SECTION_HEAD:
            sources = [
                minutes_to_submit(user),
                findings_to_triage(user),
                cases_for_the_section_head(user),
                *officer_sources(user),
                decrees_to_renew(user),
            ]
        case User.Role.CHIEF:
            sources = [
                minutes_to_approve(user),
                cases_to_decide(user),
                decrees_to_renew(user),
            ]
        case User.Role.ADMINISTRATOR:
            sources = [decrees_to_renew(user)]
        case _:
            sources = []
    return list(islice((duty for source in sources for duty in source), MOST))


def officer_sources(user: User) -> list[Iterator[Duty]]:
    return [
        meetings_in_session(user),
        clocks_running_out(user),
        objections_to_settle(user),
        minutes_to_finish(user),
        reports_to_judge(user),
        returned_findings(user),
        invitations_to_send(user),
        cases_to_go_on_with(user),
    ]


def owed_reports(user: User) -> Iterator[Duty]:
    owed = FollowUp.objects.visible_to(user).filter(state=FollowUp.State.OPEN)
    for follow_up in owed.order_by("due_on")[:MOST]:
        yield Duty(
            _("Laporkan tindak lanjut, tenggat %s") % long_date(follow_up.due_on),
            follow_up.text,
            follow_up.get_absolute_url(),
            is_overdue=follow_up.is_overdue(),
        )


def findings_to_triage(user: User) -> Iterator[Duty]:
    """Who reported, not what: names and faces come after the ground for suspicion."""
    waiting = Finding.objects.visible_to(user).waiting().select_related("reporter")
    for finding in waiting[:MOST]:
        yield Duty(
            _("Telaah temuan %s") % finding.number,
            _("%(reporter)s, %(day)s")
            % {"reporter": finding.reporter, "day": long_date(finding.reported_on)},
            reverse("foreigners:triage", args=[finding.pk]),
        )


def returned_findings(user: User) -> Iterator[Duty]:
    """Of the agency's own; in the office, of whoever wrote it."""
    returned = Finding.objects.visible_to(user).filter(state=Finding.State.RETURNED)
    mine = Q(reporter=user.agency_id) if user.is_liaison else Q(created_by=user)
    for finding in returned.filter(mine).order_by("pk")[:MOST]:
        yield Duty(
            _("Lengkapi temuan %s") % finding.number,
            finding.place or long_date(finding.reported_on),
            finding.get_absolute_url(),
        )


def invitations_to_answer(user: User) -> Iterator[Duty]:
    unanswered = Invitation.objects.visible_to(user).filter(
        answer=Invitation.Answer.NONE,
        meeting__state=Meeting.State.INVITED,
        meeting__starts_at__gt=timezone.now(),
    )
    for invitation in unanswered.select_related("meeting").order_by(
        "meeting__starts_at"
    )[:MOST]:
        meeting = invitation.meeting
        yield Duty(
            _("Jawab undangan %s") % long_date(timezone.localdate(meeting.starts_at)),
            meeting.title,
            meeting.get_absolute_url(),
        )


def minutes_to_read(user: User) -> Iterator[Duty]:
    """Minutes in review that the agency attended and has not answered."""
    answered = Consent.objects.filter(minutes=OuterRef("pk"), agency=user.agency_id)
    attended = Attendance.objects.came().filter(
        meeting=OuterRef("meeting"), agency=user.agency_id
    )
    waiting = (
        Minutes.objects.visible_to(user)
        .filter(~Exists(answered), Exists(attended), state=Minutes.State.REVIEW)
        .select_related("meeting")
    )
    for minutes in waiting.order_by("review_ends_on")[:MOST]:
        ends_on = minutes.review_ends_on or timezone.localdate()
        yield Duty(
            _("Tinjau notula sampai %s") % long_date(ends_on),
            minutes.meeting.title,
            reverse("meetings:review", args=[minutes.meeting_id]),
        )


def meetings_in_session(user: User) -> Iterator[Duty]:
    for meeting in Meeting.objects.visible_to(user).filter(
        state=Meeting.State.IN_SESSION
    )[:MOST]:
        yield Duty(
            _("Lanjutkan rapat yang sedang berlangsung"),
            meeting.title,
            reverse("meetings:minutes", args=[meeting.pk]),
        )


def objections_to_settle(user: User) -> Iterator[Duty]:
    contested = (
        Minutes.objects.visible_to(user)
        .filter(state=Minutes.State.REVIEW)
        .annotate(
            contested=Count(
                "entries__objections", filter=Q(entries__objections__settled_at=None)
            )
        )
        .filter(contested__gt=0)
        .select_related("meeting")
    )
    for minutes in contested[:MOST]:
        yield Duty(
            _("Selesaikan %d keberatan atas notula") % minutes.contested,
            minutes.meeting.title,
            reverse("meetings:review", args=[minutes.meeting_id]),
        )


def minutes_to_finish(user: User) -> Iterator[Duty]:
    drafts = (
        Minutes.objects.visible_to(user)
        .filter(state=Minutes.State.DRAFT)
        .exclude(meeting__state=Meeting.State.IN_SESSION)
        .select_related("meeting")
    )
    for minutes in drafts.order_by("meeting__starts_at")[:MOST]:
        yield Duty(
            _("Rapikan notula yang dikembalikan")
            if minutes.returned_reason
            else _("Selesaikan notula"),
            minutes.meeting.title,
            reverse("meetings:minutes", args=[minutes.meeting_id]),
        )


def reports_to_judge(user: User) -> Iterator[Duty]:
    pending = Progress.objects.filter(
        verdict=Progress.Verdict.PENDING,
        follow_up__in=FollowUp.objects.visible_to(user),
    ).select_related("follow_up__owner")
    for progress in pending.order_by("pk")[:MOST]:
        yield Duty(
            _("Periksa laporan %s") % progress.follow_up.owner,
            progress.follow_up.text,
            progress.follow_up.get_absolute_url(),
        )


def invitations_to_send(user: User) -> Iterator[Duty]:
    drafts = Meeting.objects.visible_to(user).filter(
        state=Meeting.State.DRAFT, starts_at__gt=timezone.now()
    )
    for meeting in drafts.order_by("starts_at")[:MOST]:
        yield Duty(
            _("Periksa dan kirim undangan rapat %s")
            % long_date(timezone.localdate(meeting.starts_at)),
            meeting.title,
            reverse("meetings:send", args=[meeting.pk]),
        )


def minutes_to_submit(user: User) -> Iterator[Duty]:
    """In review, past the window or answered by all, with nothing contested."""
    reviewed = (
        Minutes.objects.visible_to(user)
        .filter(state=Minutes.State.REVIEW, review_ends_on__lt=timezone.localdate())
        .exclude(
            Exists(
                Objection.objects.filter(entry__minutes=OuterRef("pk"), settled_at=None)
            )
        )
        .select_related("meeting")
    )
    for minutes in reviewed.order_by("review_ends_on")[:MOST]:
        yield Duty(
            _("Ajukan notula kepada Kepala Kantor"),
            minutes.meeting.title,
            reverse("meetings:review", args=[minutes.meeting_id]),
        )


def minutes_to_approve(user: User) -> Iterator[Duty]:
    submitted = (
        Minutes.objects.visible_to(user)
        .filter(state=Minutes.State.SUBMITTED)
        .select_related("meeting")
    )
    for minutes in submitted.order_by("submitted_at")[:MOST]:
        yield Duty(
            _("Sahkan notula"),
            minutes.meeting.title,
            reverse("meetings:approval", args=[minutes.meeting_id]),
        )


def decrees_to_renew(user: User) -> Iterator[Duty]:
    """A team's last decree that ends soon: no summons is lawful after that day."""
    today = timezone.localdate()
    newer = Decree.objects.filter(
        team=OuterRef("team"), valid_to__gt=OuterRef("valid_to")
    )
    ending = Decree.objects.filter(
        ~Exists(newer),
        team__office=user.office_id,
        team__is_active=True,
        valid_to__lte=today + dt.timedelta(days=DECREE_WARNING_DAYS),
    ).select_related("team")
    for decree in ending.order_by("valid_to")[:MOST]:
        yield Duty(
            _("SK %(team)s berakhir %(day)s")
            % {"team": decree.team, "day": long_date(decree.valid_to)},
            decree.number,
            reverse("agencies:master_list", args=["sk"])
            if user.role == User.Role.ADMINISTRATOR
            else reverse("meetings:list"),
            is_overdue=decree.valid_to < today,
        )
