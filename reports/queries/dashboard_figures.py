"""What the dashboards count: each figure is a queryset, its groups, and what a row says.

The number on the page and the list behind it come from the same queryset, so they can't
differ; and all numbers of a page come in one query, whatever the size.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Substr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foreigners.models import Case as CaseFile
from foreigners.models import CaseEvent, Clock, Finding, Measure, Order
from foreigners.queries.findings import status_for
from meetings.models import FollowUp, Invitation, Meeting
from reports.queries.dashboard_lines import (
    Line,
    of_case,
    of_clock,
    of_event,
    of_finding,
    of_follow_up,
    of_invitation,
    of_measure,
    of_meeting,
    of_order,
    of_own_finding,
)
from reports.queries.dashboard_outlook import Outlook

Rows = QuerySet[Any]
Words = str | Promise
# Days since: up to and including the bound; the last bucket has none.
AGES: tuple[tuple[str, int | None, Words], ...] = (
    ("7", 7, _("sampai 7 hari")),
    ("30", 30, _("8–30 hari")),
    ("90", 90, _("31–90 hari")),
    ("lama", None, _("lebih dari 90 hari")),
)
SOON_DAYS, WEEK_DAYS = 3, 7
# A sub-district's code: "36.72.06" of "36.72.06.1001".
DISTRICT_LENGTH = 8
KEYS = ("k1", "k2", "k3")
Tally = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Figure:
    """``rows`` answers from ``visible_to``; ``group`` are the expressions it is split by.

    ``fold`` makes one word of a group, where several groups are told as one.
    """

    title: Words
    rows: Callable[[Outlook], Rows]
    line: Callable[[Any], Line]
    group: tuple[Any, ...] = ()
    fold: Callable[..., str] | None = None
    of_office: bool = True
    of_agency: bool = False


def age_bucket(field: str, today: dt.date, *, only: Q | None = None) -> Case:
    """How old a row is, in the words of ``AGES``."""
    known = only or Q()
    bounds = [
        When(
            known & Q(**{f"{field}__gte": today - dt.timedelta(days=bound)}),
            then=Value(key),
        )
        for key, bound, _label in AGES
        if bound is not None
    ]
    oldest = AGES[-1][0]
    if only is None:
        return Case(*bounds, default=Value(oldest), output_field=CharField())
    return Case(
        *bounds,
        When(only, then=Value(oldest)),
        default=Value(""),
        output_field=CharField(),
    )


# --- meetings ------------------------------------------------------------------------
def meetings_held(outlook: Outlook) -> Rows:
    return (
        Meeting.objects.visible_to(outlook.user)
        .filter(
            state__in=Meeting.HELD,
            starts_at__gte=outlook.since,
            starts_at__lt=outlook.until,
        )
        .for_list()
    )


def invitations(outlook: Outlook) -> Rows:
    """One line for each agency and meeting; nobody who came unasked."""
    return (
        Invitation.objects.visible_to(outlook.user)
        .filter(
            sent_at__isnull=False,
            meeting__state__in=Meeting.HELD,
            meeting__starts_at__gte=outlook.since,
            meeting__starts_at__lt=outlook.until,
        )
        .select_related("meeting", "agency", "attendance")
        .order_by("-meeting__starts_at", "pk")
    )


def follow_ups_due(outlook: Outlook) -> Rows:
    return (
        FollowUp.objects.visible_to(outlook.user)
        .filter(due_on__range=outlook.period.days)
        .exclude(state=FollowUp.State.CANCELLED)
        .annotate(
            bucket=Case(
                When(state=FollowUp.State.DONE, done_on__lte=F("due_on"), then=Value("tepat")),
                When(state=FollowUp.State.DONE, then=Value("susulan")),
                When(due_on__lt=outlook.today, then=Value("terlambat")),
                default=Value("berjalan"),
                output_field=CharField(),
            )
        )
        .for_list()
    )  # fmt: skip


# --- findings and cases --------------------------------------------------------------
WAITING = Q(state__in=[Finding.State.SUBMITTED, Finding.State.RETURNED])


def findings_reported(outlook: Outlook) -> Rows:
    """With its age while it still waits for the office or its reporter."""
    return (
        Finding.objects.visible_to(outlook.user)
        .exclude(state=Finding.State.DRAFT)
        .filter(reported_on__range=outlook.period.days)
        .annotate(age=age_bucket("reported_on", outlook.today, only=WAITING))
        .for_list()
    )


def own_findings(outlook: Outlook) -> Rows:
    """What the liaison's own agency reported, not what others shared with it."""
    return (
        Finding.objects.visible_to(outlook.user)
        .filter(reporter=outlook.user.agency_id, reported_on__range=outlook.period.days)
        .for_list()
    )


def open_cases(outlook: Outlook) -> Rows:
    return (
        CaseFile.objects.visible_to(outlook.user)
        .exclude(state__in=CaseFile.ENDED)
        .annotate(age=age_bucket("registered_on", outlook.today))
        .select_related("responsible")
    )


def cases_ended(outlook: Outlook) -> Rows:
    return (
        CaseFile.objects.visible_to(outlook.user)
        .filter(
            state__in=CaseFile.ENDED,
            state_since__gte=outlook.since,
            state_since__lt=outlook.until,
        )
        .select_related("responsible")
    )


def cases_by_place(outlook: Outlook) -> Rows:
    return (
        CaseFile.objects.visible_to(outlook.user)
        .filter(registered_on__range=outlook.period.days)
        .annotate(district=Substr("region_id", 1, DISTRICT_LENGTH))
        .select_related("responsible")
    )


def findings_by_place(outlook: Outlook) -> Rows:
    return findings_reported(outlook).annotate(
        district=Substr("region_id", 1, DISTRICT_LENGTH)
    )


# --- clocks, measures, lawfulness ----------------------------------------------------
def clocks_at_risk(outlook: Outlook) -> Rows:
    soon = outlook.today + dt.timedelta(days=SOON_DAYS)
    return (
        Clock.objects.visible_to(outlook.user)
        .filter(
            state__in=[Clock.State.RUNNING, Clock.State.LATE],
            due_on__lte=outlook.today + dt.timedelta(days=WEEK_DAYS),
        )
        .annotate(
            bucket=Case(
                When(due_on__lt=outlook.today, then=Value("lewat")),
                When(due_on__lte=soon, then=Value("dekat")),
                default=Value("pekan"),
                output_field=CharField(),
            )
        )
        .for_list()
    )


def measures_of_the_year(outlook: Outlook) -> Rows:
    """Decided in the year of the period's last day and not annulled since."""
    return (
        Measure.objects.visible_to(outlook.user)
        .filter(decided_on__year=outlook.period.ends_on.year)
        .exclude(state=Measure.State.ANNULLED)
        .select_related("case", "kind")
    )


def decisions_not_served(outlook: Outlook) -> Rows:
    return (
        Measure.objects.visible_to(outlook.user)
        .filter(state=Measure.State.DECIDED)
        .select_related("case", "kind")
        .order_by("decided_on", "pk")
    )


def orders_after_the_fact(outlook: Outlook) -> Rows:
    """Checks whose order came after them or has not come yet; the limit is the clock's."""
    limit = Clock.objects.filter(order=OuterRef("pk")).order_by("pk").values("due_on")
    return (
        Order.objects.visible_to(outlook.user)
        .annotate(limit=Coalesce(Subquery(limit[:1]), F("check_on")))
        .filter(
            Q(issued_on=None) & ~Q(exception="") | Q(issued_on__gt=F("check_on")),
            check_on__range=outlook.period.days,
            check_on__lte=outlook.today,
        )
        .annotate(
            standing=Case(
                When(issued_on=None, then=Value(Order.Standing.MISSING.value)),
                When(issued_on__lte=F("limit"), then=Value(Order.Standing.WITHIN.value)),
                default=Value(Order.Standing.LATE.value),
                output_field=CharField(),
            )
        )
        .select_related("case")
        .order_by("check_on", "pk")
    )  # fmt: skip


def overrides(outlook: Outlook) -> Rows:
    return (
        CaseEvent.objects.filter(
            case__in=CaseFile.objects.visible_to(outlook.user),
            is_override=True,
            at__gte=outlook.since,
            at__lt=outlook.until,
        )
        .select_related("case", "by")
        .order_by("-pk")
    )


def executed_early(outlook: Outlook) -> Rows:
    return (
        Measure.objects.visible_to(outlook.user)
        .filter(executed_early=True, executed_on__range=outlook.period.days)
        .select_related("case", "kind")
        .order_by("-executed_on", "pk")
    )


SEAT = Case(
    When(role=Invitation.Role.MEMBER, then=Value("anggota")),
    default=Value("tamu"),
    output_field=CharField(),
)
FIGURES: dict[str, Figure] = {
    "kegiatan": Figure(
        _("Kegiatan dilaksanakan"), meetings_held, of_meeting, (F("kind"),)
    ),
    "kehadiran": Figure(
        _("Kehadiran instansi yang diundang"),
        invitations,
        of_invitation,
        (SEAT, F("agency"), F("attendance__state")),
        of_agency=True,
    ),
    "tindak-lanjut": Figure(
        _("Tindak lanjut yang bertenggat dalam periode ini"),
        follow_ups_due,
        of_follow_up,
        (F("owner"), F("bucket")),
        of_agency=True,
    ),
    "temuan": Figure(
        _("Temuan yang dilaporkan"),
        findings_reported,
        of_finding,
        (F("state"), F("age")),
    ),
    "kasus": Figure(
        _("Kasus yang belum selesai"), open_cases, of_case, (F("state"), F("age"))
    ),
    "kasus-selesai": Figure(
        _("Kasus yang berakhir dalam periode ini"), cases_ended, of_case, (F("state"),)
    ),
    "tenggat": Figure(_("Tenggat berisiko"), clocks_at_risk, of_clock, (F("bucket"),)),
    "tindakan": Figure(
        _("Tindakan yang diputuskan tahun ini"),
        measures_of_the_year,
        of_measure,
        (F("kind__code"), F("kind__name")),
    ),
    "belum-disampaikan": Figure(
        _("Keputusan yang belum disampaikan"), decisions_not_served, of_measure
    ),
    "perintah-menyusul": Figure(
        _("Surat perintah yang menyusul pemeriksaan"),
        orders_after_the_fact,
        of_order,
        (F("standing"),),
    ),
    "pilihan-tertulis": Figure(
        _("Langkah menyimpang atas pilihan tertulis"), overrides, of_event
    ),
    "lebih-awal": Figure(
        _("Pelaksanaan sebelum keberatan selesai"), executed_early, of_measure
    ),
    "kasus-wilayah": Figure(
        _("Kasus terdaftar per kecamatan"), cases_by_place, of_case, (F("district"),)
    ),
    "temuan-wilayah": Figure(
        _("Temuan per kecamatan"), findings_by_place, of_finding, (F("district"),)
    ),
    "hasil-temuan": Figure(
        _("Temuan instansi Anda menurut hasilnya"),
        own_findings,
        of_own_finding,
        (F("state"), F("case__state"), F("closing_action")),
        fold=lambda *keys: status_for(*keys).code,
        of_office=False,
        of_agency=True,
    ),
}


def offered_to(outlook: Outlook) -> dict[str, Figure]:
    """The figures of the office, or those of the liaison's own agency."""
    is_agency = outlook.user.is_liaison
    return {
        name: figure
        for name, figure in FIGURES.items()
        if (figure.of_agency if is_agency else figure.of_office)
    }


def tallies(outlook: Outlook, names: Iterable[str]) -> dict[str, Tally]:
    """How many rows each figure has in each of its groups, all in one query."""
    found: dict[str, Tally] = {name: Counter() for name in names}
    first, *others = [_counted(name, FIGURES[name], outlook) for name in found]
    for name, *keys, count in first.union(*others, all=True):
        if not count:
            # Nothing at all, of a figure that is not split.
            continue
        figure = FIGURES[name]
        group = tuple(keys[: len(figure.group)])
        found[name][(figure.fold(*group),) if figure.fold else group] += count
    return found


def rows_behind(name: str, outlook: Outlook, keys: Mapping[str, str]) -> Rows:
    """What a number counts: the figure's rows, narrowed to the groups that are named."""
    figure = FIGURES[name]
    wanted = {key: keys[key] for key in KEYS if key in keys}
    if not wanted:
        return figure.rows(outlook)
    rows = figure.rows(outlook).annotate(**_keys_of(figure))
    if figure.fold is None:
        return rows.filter(**wanted)
    told_as_one = Q(pk__in=[])
    for group in _counted(name, figure, outlook).values_list(*KEYS):
        if figure.fold(*group[: len(figure.group)]) == wanted.get("k1"):
            told_as_one |= Q(**dict(zip(KEYS, group, strict=True)))
    return rows.filter(told_as_one)


def _counted(name: str, figure: Figure, outlook: Outlook) -> Rows:
    rows = figure.rows(outlook).select_related(None).prefetch_related(None).order_by()
    return (
        rows.annotate(**_keys_of(figure))
        .values(*KEYS)
        .annotate(figure=Value(name, TextField()), count=Count("pk"))
        .values_list("figure", *KEYS, "count")
    )


def _keys_of(figure: Figure) -> dict[str, Any]:
    """Every figure gives three texts, so that all fit into one table."""
    given = [
        Coalesce(Cast(expression, TextField()), Value(""), output_field=TextField())
        for expression in figure.group
    ]
    empty = [Value("", TextField())] * (len(KEYS) - len(given))
    return dict(zip(KEYS, [*given, *empty], strict=True))
