"""What waits for a person in their cases; each source answers from ``visible_to``."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import User
from foreigners.models import (
    Admonition,
    Case,
    Clock,
    Conference,
    Measure,
    Prosecution,
    Referral,
)
from reports.queries.duty import MOST, Duty
from timpora.dates import long_date

SOON_DAYS = 3
State = Case.State
OFFICER_ACTS = {
    State.REPORTED: gettext_lazy("Siapkan surat perintah dan mulai verifikasi"),
    State.REOPENED: gettext_lazy("Tangani kasus yang dibuka kembali"),
    State.VERIFICATION: gettext_lazy("Periksa lapangan dan catat hasilnya"),
    State.EXAMINATION: gettext_lazy("Selesaikan BAP"),
    State.DECIDED: gettext_lazy("Sampaikan keputusan"),
    State.EXECUTION: gettext_lazy("Laksanakan keputusan dan catat buktinya"),
}
SECTION_HEAD_ACTS = {
    State.VERIFICATION: gettext_lazy("Selesaikan dengan teguran"),
    State.EXAMINATION: gettext_lazy("Bawa ke gelar kasus"),
    State.EXECUTION: gettext_lazy("Tutup kasus yang selesai dilaksanakan"),
    State.PROSECUTION: gettext_lazy("Tutup kasus yang perkaranya selesai"),
    State.PROTECTION: gettext_lazy("Pastikan penyerahan dan tutup kasus"),
    State.REFERRED: gettext_lazy(
        "Tutup atau tangani kasus yang dijawab instansi tujuan"
    ),
}


def own(user: User) -> QuerySet[Case]:
    """The cases that the person answers for or is assigned to."""
    assigned = Case.assigned.through.objects.filter(case=OuterRef("pk"), user=user.pk)
    return Case.objects.visible_to(user).filter(Q(responsible=user) | Exists(assigned))


def duty(case: Case, act: str) -> Duty:
    return Duty(act, f"{case.number}: {case.title}", case.get_absolute_url())


def clocks_running_out(user: User) -> Iterator[Duty]:
    today = timezone.localdate()
    ending = Clock.objects.filter(
        case__in=own(user),
        state__in=[Clock.State.RUNNING, Clock.State.LATE],
        due_on__lte=today + dt.timedelta(days=SOON_DAYS),
    )
    for clock in ending.for_list().order_by("due_on")[:MOST]:
        yield Duty(
            _("%(rule)s: hari terakhir %(day)s")
            % {"rule": clock.rule, "day": long_date(clock.due_on)},
            f"{clock.case.number}: {clock.case.title}",
            clock.case.get_absolute_url(),
            is_overdue=clock.due_on < today,
        )


def cases_to_go_on_with(user: User) -> Iterator[Duty]:
    waiting = own(user).filter(state__in=OFFICER_ACTS).order_by("state_since")
    for case in waiting[:MOST]:
        yield duty(case, str(OFFICER_ACTS[State(case.state)]))


def cases_for_the_section_head(user: User) -> Iterator[Duty]:
    """A step that only the section head takes, where what it needs seems to be there."""
    of_case = {"case": OuterRef("pk")}
    unfinished = Measure.objects.filter(
        ~Q(state=Measure.State.ANNULLED),
        execution__in=["", Measure.Execution.PARTIAL],
        **of_case,
    )
    ended = Prosecution.objects.filter(
        stage__in=[Prosecution.Stage.VERDICT, Prosecution.Stage.STOPPED], **of_case
    )
    unanswered = Referral.objects.filter(state=Referral.State.SENT, **of_case)
    convened = Conference.objects.filter(state=Conference.State.CONVENED, **of_case)
    waiting = Case.objects.visible_to(user).filter(
        Q(state=State.VERIFICATION) & Exists(Admonition.objects.filter(**of_case))
        | Q(state=State.EXAMINATION) & Exists(convened)
        | Q(state=State.EXECUTION) & ~Exists(unfinished)
        | Q(state=State.PROSECUTION) & Exists(ended)
        | Q(state=State.REFERRED) & ~Exists(unanswered)
        | Q(state=State.PROTECTION)
    )
    for case in waiting.order_by("state_since")[:MOST]:
        yield duty(case, str(SECTION_HEAD_ACTS[State(case.state)]))


def cases_to_decide(user: User) -> Iterator[Duty]:
    """The conference is over: what it found waits for the chief."""
    held = Conference.objects.filter(case=OuterRef("pk"), state=Conference.State.HELD)
    waiting = Case.objects.visible_to(user).filter(Exists(held), state=State.CONFERENCE)
    for case in waiting.order_by("state_since")[:MOST]:
        yield duty(case, _("Putuskan hasil gelar kasus"))
