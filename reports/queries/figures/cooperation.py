"""R3, R9, R10, R11 and R14: what the team does together, and what each agency gives."""

from functools import partial
from statistics import median

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Region, Team
from documents.models import Classification
from meetings.models import (
    Attendance,
    Entry,
    FollowUp,
    Invitation,
    Meeting,
    Minutes,
    OperationPlace,
)
from reports.models import Column, Row, Table
from reports.queries.crosstab import Axis, Crosstab, Facts, Rows, Scope, fixed_columns
from reports.queries.figures.common import (
    agency_rows,
    district_of,
    district_rows,
    in_district,
    percent,
    text,
)
from reports.queries.figures.rules import rules
from timpora.dates import long_date

MEETING, OPERATION = "rapat", "operasi"
COORDINATION = (
    Meeting.Kind.COORDINATION,
    Meeting.Kind.FORMATION,
    Meeting.Kind.STRENGTHENING,
)
MEMBERS, GUESTS = "anggota", "tamu"
ON_TIME, LATE, CANCELLED, OPEN = "tepat", "terlambat", "batal", "belum"


def held(scope: Scope, path: str = "") -> Q:
    """Meetings that took place in the period, of the scope's level and kecamatan."""
    begins, after = scope.period.moments(scope.office.time_zone)
    chosen = Q(
        **{
            f"{path}office": scope.office,
            f"{path}state__in": Meeting.HELD,
            f"{path}starts_at__gte": begins,
            f"{path}starts_at__lt": after,
        }
    )
    if scope.level:
        chosen &= Q(**{f"{path}level": scope.level})
    if scope.district:
        about = Meeting.scope_regions.through.objects.filter(
            in_district(scope, "region"), meeting=OuterRef(f"{path}pk")
        )
        chosen &= Q(Exists(about))
    return chosen


def activities(scope: Scope) -> list[Facts]:
    """A meeting once for each region that it was about, at its own level."""
    operation = Q(kind=Meeting.Kind.JOINT_OPERATION)
    placed = (
        Meeting.objects.filter(held(scope), operation | Q(kind__in=COORDINATION))
        .annotate(
            row=text("level", Coalesce(F("scope_regions__code"), Value(""))),
            column=Case(
                When(operation, then=Value(OPERATION)),
                default=Value(MEETING),
                output_field=CharField(),
            ),
        )
        .order_by("starts_at", "pk")
    )
    return [Facts(placed)]


def areas(scope: Scope, keys: set[str]) -> Axis:
    """1 Provinsi, 2 Kabupaten/Kota, 3 Kecamatan: the work area, and what was met about."""
    own = [region.code for region in scope.office.work_regions.all()]
    above = {code[:length] for code in own for length in (2, 5) if len(code) > length}
    area = Region.objects.within_any(own) | Region.objects.filter(code__in=above)
    levels = (Region.Level.PROVINCE, Region.Level.REGENCY, Region.Level.DISTRICT)
    rows = {
        (region.level, region.code): region.name
        for region in area.filter(level__in=levels)
    }
    named = Region.objects.in_bulk({key.partition("/")[2] for key in keys} - {""})
    for level, _slash, code in (key.partition("/") for key in keys):
        rows[level, code] = (
            named[code].name if code else gettext("(wilayah belum dicatat)")
        )
    order = {str(level): place for place, level in enumerate(levels)}
    return [
        (f"{level}/{code}", rows[level, code], str(Team.Level(level).label))
        for level, code in sorted(rows, key=lambda row: (order[row[0]], row[1]))
        if scope.level in {"", level} and (not scope.district or code == scope.district)
    ]


class Activities(Crosstab):
    """R3 says when and what, not how many: four columns of words."""

    def tabulate(self, scope: Scope) -> Table:
        told: dict[tuple[str, str], list[Meeting]] = {}
        for meeting in self.facts(scope)[0].rows.select_related("office"):
            told.setdefault((meeting.row, meeting.column), []).append(meeting)
        columns = self.columns(scope, set())
        rows = self.rows(scope, {row for row, _column in told})
        return Table(
            **self.headings(),
            columns=columns,
            rows=[
                Row(key, str(label), words(key, columns, told), str(section))
                for key, label, section in rows
            ],
            is_count=False,
        )

    def behind(self, scope: Scope, *, row: str, column: str) -> list[Rows]:
        """Both columns of a pair are about the same meetings."""
        return super().behind(scope, row=row, column=column.partition("/")[0])


def words(
    row: str, columns: list[Column], told: dict[tuple[str, str], list[Meeting]]
) -> list[int | str]:
    """A line for each meeting: its day in the first column of a pair, then what it was."""
    cells: list[int | str] = []
    for column in columns:
        kind, _slash, part = column.key.partition("/")
        meetings = told.get((row, kind), [])
        lines = [
            long_date(meeting.day)
            if part == "waktu"
            else f"{meeting.title}, {meeting.venue}"
            for meeting in meetings
        ]
        cells.append("\n".join(lines))
    return cells


def invited(scope: Scope) -> list[Facts]:
    """Invitations that went out to meetings that took place, by what became of them."""
    is_member = Q(role=Invitation.Role.MEMBER)
    whose = Case(
        When(is_member, then=Value(MEMBERS)),
        default=Value(GUESTS),
        output_field=CharField(),
    )
    sent = Invitation.objects.filter(
        held(scope, "meeting__"), sent_at__isnull=False
    ).select_related("meeting", "agency")
    placed = sent.annotate(
        row=text(whose, Cast("agency", CharField())),
        column=Coalesce(F("attendance__state"), Value("")),
    )
    return [Facts(placed)]


def invited_agencies(scope: Scope, keys: set[str]) -> Axis:
    rows = []
    sections = (
        (MEMBERS, gettext("Anggota menurut SK")),
        (GUESTS, gettext("Undangan dan tamu")),
    )
    for prefix, section in sections:
        found = {key.partition("/")[2] for key in keys if key.startswith(f"{prefix}/")}
        rows += [
            (f"{prefix}/{key}", label, section)
            for key, label, _none in agency_rows(scope, found)
        ]
    return rows


def attendance_rates(
    scope: Scope, counted: dict[str, dict[str, int]]
) -> dict[str, list[str]]:
    return {
        row: [
            percent(sum(cells.get(s, 0) for s in Attendance.CAME), sum(cells.values()))
        ]
        for row, cells in counted.items()
    }


def due(scope: Scope) -> list[Facts]:
    """Follow-ups by how they stood on the last day of the period that they were due in."""
    last = scope.period.ends_on
    done = Q(done_on__lte=last)
    follow_ups = FollowUp.objects.filter(
        office=scope.office, due_on__range=(scope.period.starts_on, last)
    )
    if scope.level:
        follow_ups = follow_ups.filter(team__level=scope.level)
    placed = follow_ups.annotate(
        row=Cast("owner", CharField()),
        column=Case(
            When(state=FollowUp.State.CANCELLED, then=Value(CANCELLED)),
            When(done & Q(done_on__lte=F("due_on")), then=Value(ON_TIME)),
            When(done, then=Value(LATE)),
            default=Value(OPEN),
            output_field=CharField(),
        ),
    )
    return [Facts(placed)]


def median_days(
    scope: Scope, counted: dict[str, dict[str, int]]
) -> dict[str, list[str]]:
    """How long the done ones took, from the meeting to the day they were done."""
    taken: dict[str, list[int]] = {}
    done = due(scope)[0].rows.filter(column__in=[ON_TIME, LATE])
    for row, since, until in done.values_list("row", "created_on", "done_on"):
        taken.setdefault(row, []).append((until - since).days)
    return {row: [f"{median(days):g}".replace(".", ",")] for row, days in taken.items()}


def exchanged(scope: Scope) -> list[Facts]:
    newer = Minutes.objects.filter(
        meeting=OuterRef("minutes__meeting"), version__gt=OuterRef("minutes__version")
    )
    said = Entry.objects.filter(
        held(scope, "minutes__meeting__"),
        ~Exists(newer),
        kind__in=[Entry.Kind.STATEMENT, Entry.Kind.FINDING],
        agency__isnull=False,
    ).select_related("minutes__meeting", "agency")
    return [
        Facts(
            said.annotate(row=Cast("agency", CharField()), column=F("classification"))
        )
    ]


def visited(scope: Scope) -> list[Facts]:
    places = OperationPlace.objects.filter(
        held(scope, "meeting__"), ~Q(result=OperationPlace.Result.NONE)
    ).select_related("meeting")
    return [Facts(places.annotate(row=district_of("region"), column=F("result")))]


def meeting(one: Meeting) -> tuple[str, str]:
    return f"{long_date(one.day)}: {one.title}", one.get_absolute_url()


def invitation(one: Invitation) -> tuple[str, str]:
    return f"{one.agency}: {one.meeting.title}", one.meeting.get_absolute_url()


def follow_up(one: FollowUp) -> tuple[str, str]:
    return one.text[:120], one.get_absolute_url()


def entry(one: Entry) -> tuple[str, str]:
    held_meeting = one.minutes.meeting
    return f"{one.agency}: {held_meeting.title}", held_meeting.get_absolute_url()


def place(one: OperationPlace) -> tuple[str, str]:
    return f"{one.place}: {one.meeting.title}", one.meeting.get_absolute_url()


R3 = Activities(
    code="R3",
    title=_("Timpora"),
    unit=_("kegiatan"),
    head=_("Tim Pora"),
    facts=activities,
    rows=areas,
    columns=fixed_columns(
        (f"{MEETING}/waktu", _("Waktu pelaksanaan"), _("Rapat koordinasi")),
        (f"{MEETING}/ket", _("Keterangan"), _("Rapat koordinasi")),
        (f"{OPERATION}/waktu", _("Waktu pelaksanaan"), _("Operasi gabungan")),
        (f"{OPERATION}/ket", _("Keterangan"), _("Operasi gabungan")),
    ),
    describe=meeting,
    rules=rules("period", "meeting"),
)
R9 = Crosstab(
    code="R9",
    title=_("Kehadiran instansi"),
    unit=_("undangan"),
    head=_("Instansi"),
    facts=invited,
    rows=invited_agencies,
    columns=fixed_columns(
        *((state.value, state.label) for state in Attendance.State if state),
        ("", Attendance.State.UNKNOWN.label),
    ),
    describe=invitation,
    rules=rules("period", "attendance"),
    total_label=_("Diundang"),
    extras=(_("Tingkat kehadiran"),),
    extra_of=attendance_rates,
)
R10 = Crosstab(
    code="R10",
    title=_("Tindak lanjut menurut instansi"),
    unit=_("tindak lanjut"),
    head=_("Instansi"),
    facts=due,
    rows=agency_rows,
    columns=fixed_columns(
        (ON_TIME, _("Selesai tepat waktu")),
        (LATE, _("Selesai terlambat")),
        (OPEN, _("Belum selesai")),
        (CANCELLED, _("Dibatalkan")),
    ),
    describe=follow_up,
    rules=rules("period", "follow_up"),
    total_label=_("Jatuh tempo"),
    extras=(_("Median hari sampai selesai"),),
    extra_of=median_days,
)
R11 = Crosstab(
    code="R11",
    title=_("Pertukaran informasi menurut instansi"),
    unit=_("butir"),
    head=_("Instansi"),
    facts=exchanged,
    rows=agency_rows,
    columns=fixed_columns(*((level.value, level.label) for level in Classification)),
    describe=entry,
    rules=rules("period", "exchange"),
)
R14 = Crosstab(
    code="R14",
    title=_("Kunjungan operasi menurut hasil"),
    unit=_("kunjungan"),
    head=_("Kecamatan"),
    facts=visited,
    rows=partial(district_rows, without=_("(di luar kecamatan, misalnya perairan)")),
    columns=fixed_columns(
        (OperationPlace.Result.NIL, _("Nihil temuan")),
        (OperationPlace.Result.FINDINGS, _("Ada temuan")),
        (OperationPlace.Result.STOPPED, _("Dihentikan")),
    ),
    describe=place,
    rules=rules("period", "visit"),
)
