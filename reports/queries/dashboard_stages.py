"""How long cases stand at each stage, and whether the office, others or the law held them.

``STAGES`` is the one place that says which state is which kind of time, and why; it is
printed under the table.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foreigners.models import Case, CaseEvent, Hold, Pause
from reports.queries.dashboard_outlook import Outlook

State = Case.State
DAY = dt.timedelta(days=1)


class Kind(models.TextChoices):
    """Whose time it is; the later of two that overlap prevails."""

    WORKING = "kerja", _("Dikerjakan kantor")
    WAITING = "tunggu", _("Menunggu pihak lain")
    SUSPENDED = "hukum", _("Ditangguhkan hukum")


RANK = {kind: rank for rank, kind in enumerate(Kind)}
Words = str | Promise
# State: whose time it is, and why. What has ended takes no time.
STAGES: dict[Case.State, tuple[Kind, Words]] = {
    State.REPORTED: (
        Kind.WORKING,
        _("Kantor menyiapkan surat perintah dan petugas."),
    ),
    State.REOPENED: (Kind.WORKING, _("Kantor menangani bukti baru.")),
    State.VERIFICATION: (Kind.WORKING, _("Petugas memeriksa lapangan.")),
    State.EXAMINATION: (Kind.WORKING, _("Petugas memeriksa dan menyusun BAP.")),
    State.CONFERENCE: (Kind.WORKING, _("Gelar kasus dan keputusan ada pada kantor.")),
    State.DECIDED: (Kind.WORKING, _("Kantor menyampaikan keputusan.")),
    State.OBJECTION_WINDOW: (
        Kind.SUSPENDED,
        _("Masa keberatan menurut hukum; kantor menunggu sampai habis."),
    ),
    State.OBJECTION: (Kind.WAITING, _("Keberatan diputus Menteri.")),
    State.EXECUTION: (Kind.WORKING, _("Kantor melaksanakan keputusan.")),
    State.PROSECUTION: (
        Kind.WAITING,
        _(
            "Penuntut umum dan pengadilan menentukan lamanya; penyidikan PPNS sendiri "
            "ikut terhitung di sini."
        ),
    ),
    State.PROTECTION: (Kind.WAITING, _("Lembaga pelindungan menerima orangnya.")),
    State.REFERRED: (Kind.WAITING, _("Instansi tujuan menjawab pelimpahan.")),
}
# What stands over a stage while it lasts.
HOLDS: dict[str, tuple[Kind, Words]] = {
    Hold.Kind.AGENCY: (Kind.WAITING, _("Penantian yang dicatat: instansi lain.")),
    Hold.Kind.PERSON: (
        Kind.WAITING,
        _("Penantian yang dicatat: orang yang bersangkutan."),
    ),
    Hold.Kind.LAW: (
        Kind.SUSPENDED,
        _("Penantian yang dicatat: ditangguhkan menurut hukum."),
    ),
}
PAUSED: tuple[Kind, Words] = (
    Kind.SUSPENDED,
    _("Tenggat kasus dijeda menurut aturannya."),
)


@dataclass(frozen=True)
class Stretch:
    """A time with what it was: a state, or the kind of what stood over it."""

    start: dt.datetime
    end: dt.datetime
    what: Any


@dataclass
class Stage:
    """What the cases of a period spent in one state."""

    state: Case.State
    cases: set[int] = field(default_factory=set)
    time: dict[Kind, dt.timedelta] = field(
        default_factory=lambda: dict.fromkeys(Kind, dt.timedelta())
    )

    def days_per_case(self, kind: Kind) -> float:
        return self.time[kind] / DAY / len(self.cases) if self.cases else 0.0

    @property
    def all_days_per_case(self) -> float:
        return sum(self.days_per_case(kind) for kind in Kind)


def stages_of(outlook: Outlook) -> list[Stage]:
    """The time of the period that the visible cases spent in each state, in four queries."""
    until = min(outlook.until, timezone.now())
    since = outlook.since
    cases = Case.objects.visible_to(outlook.user).filter(
        ~Q(state__in=[State.CLOSED, State.NOT_PROVEN]) | Q(state_since__gte=since),
        registered_on__lte=outlook.period.ends_on,
    )
    steps: dict[int, list[tuple[str, str, dt.datetime]]] = defaultdict(list)
    for pk, before, after, at in (
        CaseEvent.objects.filter(case__in=cases)
        .order_by("case", "pk")
        .values_list("case", "from_state", "to_state", "at")
    ):
        steps[pk].append((before, after, at))
    over = _what_stands_over(cases, since=since, until=until)
    found = {state: Stage(state) for state in STAGES}
    rows = cases.order_by().values_list("pk", "state", "state_since", "registered_on")
    for pk, state, state_since, registered_on in rows:
        begun = timezone.make_aware(dt.datetime.combine(registered_on, dt.time.min))
        for stretch in stretches(state, state_since, begun, steps[pk], until=until):
            clipped = _within(stretch, since, until)
            if clipped and stretch.what in found:
                _add(found[stretch.what], pk, clipped, over[pk])
    return [stage for stage in found.values() if stage.cases]


def stretches(
    state: str,
    state_since: dt.datetime,
    begun: dt.datetime,
    steps: Iterable[tuple[str, str, dt.datetime]],
    *,
    until: dt.datetime,
) -> list[Stretch]:
    """The states of a case one after the other, from its registration on.

    A case whose steps were not kept is known from its last change alone.
    """
    found, since = [], begun
    for before, _after, at in steps:
        found.append(Stretch(min(since, at), at, State(before)))
        since = at
    if not found:
        since = state_since
    found.append(Stretch(since, max(until, since), State(state)))
    return found


def split(stretch: Stretch, over: Iterable[Stretch]) -> dict[Kind, dt.timedelta]:
    """The time of a stretch by kind; where several stand over it the strongest counts."""
    base = STAGES[stretch.what][0]
    upon = [
        found for one in over if (found := _within(one, stretch.start, stretch.end))
    ]
    points = sorted(
        {stretch.start, stretch.end}.union(*({one.start, one.end} for one in upon))
    )
    time = dict.fromkeys(Kind, dt.timedelta())
    for start, end in zip(points, points[1:], strict=False):
        kinds = [one.what for one in upon if one.start <= start and end <= one.end]
        time[max([base, *kinds], key=RANK.__getitem__)] += end - start
    return time


def _within(stretch: Stretch, since: dt.datetime, until: dt.datetime) -> Stretch | None:
    start, end = max(stretch.start, since), min(stretch.end, until)
    return Stretch(start, end, stretch.what) if start < end else None


def _add(stage: Stage, pk: int, stretch: Stretch, over: list[Stretch]) -> None:
    stage.cases.add(pk)
    for kind, time in split(stretch, over).items():
        stage.time[kind] += time


def _what_stands_over(
    cases: Any, *, since: dt.datetime, until: dt.datetime
) -> dict[int, list[Stretch]]:
    """Holds and pauses by case; a pause lasts to the end of the day before it is over."""
    over: dict[int, list[Stretch]] = defaultdict(list)
    holds = Hold.objects.filter(
        Q(until=None) | Q(until__gt=since), case__in=cases, since__lt=until
    )
    for pk, kind, start, end in holds.values_list("case", "kind", "since", "until"):
        over[pk].append(Stretch(start, end or until, HOLDS[kind][0]))
    pauses = Pause.objects.filter(
        Q(until=None) | Q(until__gt=timezone.localdate(since)), clock__case__in=cases
    ).annotate(case=F("clock__case"))
    for pk, first, last in pauses.values_list("case", "since", "until"):
        start, end = (
            timezone.make_aware(dt.datetime.combine(day, dt.time.min)) if day else until
            for day in (first, last)
        )
        over[pk].append(Stretch(start, end, PAUSED[0]))
    return over
