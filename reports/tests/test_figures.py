"""Each table of the catalogue: what is counted where, and what stays out."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace

import pytest
from django.db.models import F

from agencies.models import Office, Region
from agencies.tests.factories import (
    AgencyFactory,
    OfficeFactory,
    RegionFactory,
    UserFactory,
)
from foreigners.models import (
    Case,
    CaseEvent,
    Clock,
    ClockRule,
    Foreigner,
    Prosecution,
    StageEvent,
)
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
    CaseViolationFactory,
    FindingFactory,
    ForeignerFactory,
    MeasureFactory,
    NationalityFactory,
    ObjectionFactory,
    PermitKindFactory,
    StatementFactory,
    StayPermitFactory,
    ViolationFactory,
    kind_of,
    proof,
)
from meetings.models import Attendance, Entry, Invitation, Meeting, OperationPlace
from meetings.tests.factories import (
    AttendanceFactory,
    EntryFactory,
    FollowUpFactory,
    InvitationFactory,
    MeetingFactory,
    MinutesFactory,
)
from reports.models import Period, PeriodKind, Recap, Table, Target
from reports.queries.catalogue import CATALOGUE, tables_of
from reports.queries.crosstab import ALL, Axis, Facts, Scope, visible
from reports.queries.figures.enforcement import decided
from reports.tests.factories import JULY

pytestmark = pytest.mark.django_db

IN_JULY = dt.datetime(2026, 7, 15, 3, tzinfo=dt.UTC)
MID_JULY = dt.date(2026, 7, 15)


@pytest.fixture
def office():
    office = OfficeFactory()
    city = RegionFactory()
    for code, name in (("36.72.01", "Cibeber"), ("36.72.02", "Jombang")):
        district = RegionFactory(
            code=code, name=name, level=Region.Level.DISTRICT, parent=city
        )
        RegionFactory(
            code=f"{code}.1001",
            name=f"Kelurahan {name}",
            level=Region.Level.VILLAGE,
            parent=district,
        )
    office.work_regions.add(city)
    return office


def tabulated(code: str, office, period: Period = JULY, **part: str) -> Table:
    return CATALOGUE[code].tabulate(Scope(office, period, **part))


def counts(table: Table) -> dict[str, dict[str, int]]:
    """What is not zero, by row and column."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell:
                found[row.key][column.key] = cell
    return dict(found)


def case_of(office, code="OVS-60", article="Pasal 78 ayat (1) dan ayat (2)", **fields):
    case = CaseFactory(office=office, **{"registered_on": MID_JULY, **fields})
    violation = ViolationFactory(code=code, article=article, report_article=article)
    CaseViolationFactory(case=case, violation=violation)
    return case


def person_in(case, sex="L", **fields):
    return CasePersonFactory(case=case, foreigner__sex=sex, **fields)


def measure_in(
    case, kind="e", day=MID_JULY, person=None, column="Biaya beban", **fields
):
    row = kind_of(kind)
    row.report_column = column
    row.save()
    return MeasureFactory(
        case=case,
        person=person or person_in(case),
        kind_code=kind,
        decided=True,
        decided_on=day,
        **fields,
    )


# --- R1 ------------------------------------------------------------------------------
def prosecution_of(case, ordered_on=MID_JULY, **stages: dt.date) -> Prosecution:
    officer = case.responsible
    prosecution = Prosecution.objects.create(
        case=case,
        order_number="SP-1",
        ordered_on=ordered_on,
        investigator=officer,
        created_by=officer,
    )
    for stage, on in stages.items():
        StageEvent.objects.create(
            prosecution=prosecution, stage=stage, on=on, note="uji", by=officer
        )
    return prosecution


def test_r1_counts_each_suspect_at_each_stage_of_the_period(office):
    case = case_of(office)
    person_in(case, "L")
    person_in(case, "P")
    person_in(case, "P", role="saksi")
    prosecution_of(case, penuntutan=dt.date(2026, 7, 31), sidang=dt.date(2026, 8, 1))

    table = tabulated("R1", office)

    assert counts(table) == {
        "Pasal 78 ayat (1) dan ayat (2)": {
            "sidik/L": 1, "sidik/P": 1, "penuntutan/L": 1, "penuntutan/P": 1,
        }
    }  # fmt: skip
    assert table.faults() == []


def test_r1_without_prosecution_is_nil(office):
    person_in(case_of(office))

    assert tabulated("R1", office).is_nil


# --- R2, R8 --------------------------------------------------------------------------
def test_r2_counts_measures_on_the_day_of_decision_under_the_main_violation(office):
    case = case_of(office)
    measure_in(case, day=dt.date(2026, 7, 1))
    measure_in(case, day=dt.date(2026, 7, 31), person=person_in(case, "P"))
    measure_in(case, day=dt.date(2026, 6, 30))
    measure_in(case, day=dt.date(2026, 8, 1))
    MeasureFactory(case=case, person=person_in(case))

    table = tabulated("R2", office)

    assert counts(table) == {
        "Pasal 78 ayat (1) dan ayat (2)": {"Biaya beban/L": 1, "Biaya beban/P": 1}
    }
    assert table.faults() == []


def test_r2_names_what_has_no_column_and_still_adds_up(office):
    case = case_of(office)
    measure_in(case, kind="d", column="")
    measure_in(case, person=person_in(case, "X"))

    table = tabulated("R2", office)

    assert (table.total, table.outside, table.counted) == (0, 2, 2)
    assert table.faults() == []
    assert any("2 tindakan" in note for note in table.notes)


def test_r2_starts_with_the_first_article_of_the_form_then_by_number(office):
    for code, article in (("A", "Pasal 119"), ("B", "Pasal 71"), ("C", "")):
        measure_in(case_of(office, code=code, article=article))

    rows = [row.label for row in tabulated("R2", office).rows]

    assert rows == [
        "Pasal 78 ayat (1) dan ayat (2)", "Pasal 71", "Pasal 119", "(pasal belum dicatat)",
    ]  # fmt: skip


def test_r2_tells_deportations_that_were_carried_out(office):
    case = case_of(office)
    done = measure_in(
        case, kind="f", day=dt.date(2026, 6, 3), column="Deportasi/pemindahan"
    )
    type(done).objects.filter(pk=done.pk).update(
        execution="penuh", executed_on=MID_JULY, execution_proof=proof()
    )

    notes = tabulated("R2", office).notes

    assert notes == ["Deportasi yang dilaksanakan dalam periode: 1 (L 1, P 0)."]


def test_r8_counts_measures_by_nationality(office):
    case = case_of(office)
    korean, thai = NationalityFactory(), NationalityFactory(code="THA", name="Thailand")
    measure_in(case, person=person_in(case, foreigner__nationality=korean))
    measure_in(case, person=person_in(case, foreigner__nationality=thai))
    measure_in(case, kind="f", person=person_in(case, foreigner__nationality=thai))

    assert counts(tabulated("R8", office)) == {
        "Korea Selatan": {"e": 1}, "Thailand": {"e": 1, "f": 1},
    }  # fmt: skip


def test_another_office_and_another_district_are_not_counted(office):
    here = Region.objects.get(code="36.72.01.1001")
    measure_in(case_of(office, region=here))
    measure_in(case_of(office, region=Region.objects.get(code="36.72.02.1001")))
    measure_in(case_of(OfficeFactory(), region=here))

    assert tabulated("R2", office).total == 2
    assert tabulated("R2", office, district="36.72.01").total == 1


# --- R3, R14 -------------------------------------------------------------------------
def held(office, *regions: str, **fields) -> Meeting:
    meeting = MeetingFactory(
        team__office=office,
        in_session=True,
        **{"starts_at": IN_JULY, "level": "kecamatan", **fields},
    )
    meeting.scope_regions.set(Region.objects.filter(code__in=regions))
    return meeting


def told(table: Table) -> dict[str, list[str]]:
    return {row.key: row.cells for row in table.rows if any(row.cells)}


def test_r3_writes_a_meeting_at_each_of_its_areas(office):
    held(office, "36.72.01", "36.72.02", title="Rapat Dua Kecamatan", venue="Aula")
    held(office, "36.72.01", title="Operasi", venue="Pasar", kind="operasi_gabungan")
    held(office, "36.72.01", state=Meeting.State.CANCELLED, cancel_reason="Banjir")
    held(office, "36.72.01", starts_at=IN_JULY - dt.timedelta(days=15))
    held(office, "36.72.01", kind="rdk")

    table = tabulated("R3", office)

    both = ["15 Juli 2026", "Rapat Dua Kecamatan, Aula"]
    assert told(table) == {
        "kecamatan/36.72.01": [*both, "15 Juli 2026", "Operasi, Pasar"],
        "kecamatan/36.72.02": [*both, "", ""],
    }
    assert table.faults() == []
    sections = [row.section for row in table.rows]
    assert sections == ["Kabupaten/Kota", "Kecamatan", "Kecamatan"]


def test_r3_counts_the_last_minute_of_the_month_in_the_office_s_zone(office):
    last = dt.datetime(2026, 7, 31, 16, 59, tzinfo=dt.UTC)
    held(office, "36.72.01", starts_at=last, title="Terakhir")
    held(office, "36.72.02", starts_at=last + dt.timedelta(minutes=1))

    assert list(told(tabulated("R3", office))) == ["kecamatan/36.72.01"]


def test_r3_of_one_level_leaves_the_others_out(office):
    held(office, "36.72.01")
    held(office, "36.72", level="kabupaten_kota")

    table = tabulated("R3", office, level="kabupaten_kota")

    assert list(told(table)) == ["kabupaten_kota/36.72"]


def test_r14_counts_visited_places_by_result(office):
    operation = held(office, "36.72.01", kind="operasi_gabungan")
    village = Region.objects.get(code="36.72.01.1001")
    for turn, (result, region) in enumerate(
        [("nihil", village), ("nihil", None), ("temuan", village), ("", village)]
    ):
        OperationPlace.objects.create(
            meeting=operation,
            order=turn,
            place=f"Tempat {turn}",
            region=region,
            result=result,
            visited_at=IN_JULY if result else None,
        )

    table = tabulated("R14", office)

    assert counts(table) == {"36.72.01": {"nihil": 1, "temuan": 1}, "": {"nihil": 1}}
    assert [row.label for row in table.rows][:2] == ["Cibeber", "Jombang"]


# --- R4, R5 --------------------------------------------------------------------------
def lives(office, village: str, *, since=dt.date(2026, 7, 1), until=None, **fields):
    person = ForeignerFactory(office=office, **fields)
    StatementFactory(
        foreigner=person,
        subject="alamat",
        region=Region.objects.get(code=village),
        stated_on=since,
        until=until,
    )
    return person


def test_r4_counts_who_is_present_on_the_last_day_by_permit(office):
    itas = PermitKindFactory()
    first = lives(office, "36.72.01.1001")
    StayPermitFactory(foreigner=first, kind=itas, ends_on=dt.date(2026, 7, 31))
    second = lives(office, "36.72.01.1001")
    StayPermitFactory(foreigner=second, kind=itas, ends_on=dt.date(2026, 7, 30))
    moved = lives(office, "36.72.01.1001", until=dt.date(2026, 7, 30))
    lives(office, "36.72.02.1001", since=dt.date(2026, 8, 1))
    gone = lives(office, "36.72.02.1001")
    Foreigner.objects.filter(pk=gone.pk).update(merged_into=moved)

    assert counts(tabulated("R4", office)) == {"36.72.01": {"ITAS": 1, "tanpa": 1}}


def test_r4_follows_the_newest_address(office):
    person = lives(office, "36.72.01.1001", since=dt.date(2026, 7, 1))
    StatementFactory(
        foreigner=person,
        subject="alamat",
        region=Region.objects.get(code="36.72.02.1001"),
        stated_on=dt.date(2026, 7, 9),
    )

    assert counts(tabulated("R4", office)) == {"36.72.02": {"tanpa": 1}}


def deported(person, on: dt.date) -> None:
    case = case_of(person.office)
    suspect = CasePersonFactory(case=case, foreigner=person)
    measure = measure_in(case, kind="f", day=dt.date(2026, 5, 1), person=suspect)
    type(measure.kind).objects.filter(pk=measure.kind_id).update(removes=True)
    type(measure).objects.filter(pk=measure.pk).update(
        execution="penuh", executed_on=on, execution_proof=proof()
    )


def test_r4_does_not_count_who_was_deported_until_an_address_is_stated_again(office):
    for executed_on in (dt.date(2026, 7, 31), dt.date(2026, 8, 1)):
        deported(lives(office, "36.72.01.1001"), executed_on)
    returned = lives(office, "36.72.01.1001", since=dt.date(2026, 4, 1))
    deported(returned, dt.date(2026, 6, 1))
    StatementFactory(
        foreigner=returned,
        subject="alamat",
        region=Region.objects.get(code="36.72.02.1001"),
        stated_on=dt.date(2026, 7, 9),
    )

    assert counts(tabulated("R4", office)) == {
        "36.72.01": {"tanpa": 1}, "36.72.02": {"tanpa": 1},
    }  # fmt: skip


def test_r5_splits_nationality_and_permit_by_sex(office):
    lives(office, "36.72.01.1001", sex="P")
    lives(office, "36.72.01.1001", sex="X")

    table = tabulated("R5", office)

    assert counts(table) == {"Korea Selatan": {"tanpa/P": 1}}
    assert (table.outside, table.faults()) == (1, [])


# --- R6, R7 --------------------------------------------------------------------------
def test_r6_counts_cases_by_violation_district_and_reporter(office):
    here = Region.objects.get(code="36.72.01.1001")
    case = case_of(office, region=here)
    case_of(office, code="SIT-KEG", registered_on=dt.date(2026, 8, 1))
    case_of(office, code="SIT-KEG")
    first, second = AgencyFactory(), AgencyFactory()
    for reporter in (first, second):
        FindingFactory(office=office, reporter=reporter, state="accepted", case=case)

    assert counts(tabulated("R6a", office)) == {
        "OVS-60": {"36.72.01": 1}, "SIT-KEG": {"": 1},
    }  # fmt: skip
    assert counts(tabulated("R6b", office)) == {
        str(first.pk): {"OVS-60": 1}, "kantor": {"SIT-KEG": 1},
    }  # fmt: skip


def moved_to(case, state: str, at: dt.datetime) -> None:
    CaseEvent.objects.create(
        case=case,
        action="uji",
        from_state=case.state,
        to_state=state,
        reason="uji",
        receipt={},
        receipt_sha256="0" * 64,
        at=at,
        by=case.responsible,
    )


def test_r7_shows_each_case_in_the_state_it_had_when_the_period_ended(office):
    still = case_of(office, registered_on=dt.date(2026, 7, 2))
    moved_to(still, Case.State.VERIFICATION, IN_JULY)
    moved_to(still, Case.State.CLOSED, IN_JULY + dt.timedelta(days=20))
    over = case_of(office, registered_on=dt.date(2026, 5, 1))
    moved_to(over, Case.State.NOT_PROVEN, IN_JULY)
    before = case_of(office, registered_on=dt.date(2026, 5, 1))
    moved_to(before, Case.State.CLOSED, IN_JULY - dt.timedelta(days=20))
    case_of(office, registered_on=dt.date(2026, 3, 1))
    case_of(office, registered_on=dt.date(2026, 8, 1))

    assert counts(tabulated("R7", office)) == {
        "verification": {"30": 1}, "not_proven": {"90": 1}, "reported": {"lebih": 1},
    }  # fmt: skip


# --- R9, R10, R11 --------------------------------------------------------------------
def test_r9_counts_invitations_to_meetings_that_took_place(office):
    meeting, draft = (
        held(office),
        MeetingFactory(team__office=office, starts_at=IN_JULY),
    )
    agency = AgencyFactory()
    for where, state in ((meeting, Attendance.State.PRESENT), (held(office), "")):
        AttendanceFactory(
            present=bool(state),
            invitation=InvitationFactory(sent=True, meeting=where, agency=agency),
        )
    InvitationFactory(sent=True, meeting=draft, agency=agency)
    InvitationFactory(meeting=meeting)
    guest = InvitationFactory(sent=True, meeting=meeting, role=Invitation.Role.GUEST)

    table = tabulated("R9", office)

    assert counts(table) == {
        f"anggota/{agency.pk}": {"hadir": 1, "": 1}, f"tamu/{guest.agency_id}": {"": 1},
    }  # fmt: skip
    assert [row.extra for row in table.rows] == [["50 %"], ["0 %"]]


def test_r10_counts_follow_ups_by_how_they_stood_at_the_end(office):
    owner = AgencyFactory()
    meeting = held(office)

    def duty(done=None, state="done", due=MID_JULY):
        FollowUpFactory(
            origin=meeting,
            owner=owner,
            due_on=due,
            created_on=dt.date(2026, 7, 1),
            state=state,
            done_on=done,
        )

    duty(done=MID_JULY)
    duty(done=dt.date(2026, 7, 20))
    duty(done=dt.date(2026, 8, 1))
    duty(state="open")
    duty(state="cancelled")
    duty(state="open", due=dt.date(2026, 8, 1))

    table = tabulated("R10", office)

    assert counts(table) == {
        str(owner.pk): {"tepat": 1, "terlambat": 1, "belum": 2, "batal": 1}
    }
    assert table.rows[0].extra == ["16,5"]


def test_r11_counts_what_was_shared_in_the_last_version_of_the_minutes(office):
    meeting, agency = held(office), AgencyFactory()
    old = MinutesFactory(meeting=meeting)
    new = MinutesFactory(meeting=meeting, version=2, reason="Perbaikan nama.")
    EntryFactory(minutes=old, agency=agency)
    EntryFactory(minutes=new, agency=agency)
    EntryFactory(minutes=new, agency=agency, kind=Entry.Kind.QUESTION)
    EntryFactory(
        minutes=new, agency=agency, kind=Entry.Kind.FINDING, classification="terbatas"
    )

    assert counts(tabulated("R11", office)) == {
        str(agency.pk): {"biasa": 1, "terbatas": 1}
    }


# --- R12 -----------------------------------------------------------------------------
QUARTER = Period.containing(PeriodKind.QUARTER, MID_JULY)
YEAR = Period.containing(PeriodKind.YEAR, MID_JULY)


def target_of(office, measures: int, set_on=dt.date(2026, 1, 5), year=2026) -> Target:
    return Target.objects.create(
        office=office, year=year, measures=measures, set_on=set_on, ground="PK uji"
    )


def test_r12_adds_the_year_up_to_the_period_and_compares_it_with_the_target(office):
    case = case_of(office)
    for day in (
        dt.date(2025, 12, 31),
        dt.date(2026, 1, 1),
        dt.date(2026, 6, 30),
        dt.date(2026, 7, 1),
        dt.date(2026, 10, 1),
    ):
        measure_in(case, day=day)
    MeasureFactory(case=case, person=person_in(case))
    target_of(office, 99, year=2025)
    target_of(office, 4)

    table = tabulated("R12", office, QUARTER)

    assert counts(table) == {"2026": {"sebelum": 2, "periode": 1}}
    [row] = table.rows
    assert (row.label, row.extra) == (
        f"{office.agency.short_name}, 2026", ["4", "75 %"],
    )  # fmt: skip
    assert table.notes == ["Target tahun 2026: 4 tindakan, PK uji (5 Januari 2026)."]
    assert (table.counted, table.faults()) == (3, [])


def test_r12_of_a_year_has_nothing_before_it_and_counts_what_r2_counts(office):
    case = case_of(office)
    measure_in(case, day=dt.date(2026, 2, 1))
    measure_in(case, kind="d", column="")
    measure_in(case, kind="83", column="Ruang detensi", state="annulled")

    year, article = tabulated("R12", office, YEAR), tabulated("R2", office, YEAR)

    assert [column.key for column in year.columns] == ["periode"]
    assert year.total == 3
    assert year.total == article.total + article.outside


def test_r12_takes_the_target_that_was_in_force_when_the_period_ended(office):
    measure_in(case_of(office))
    target_of(office, 10)
    target_of(office, 20, set_on=dt.date(2026, 9, 30))
    target_of(office, 30, set_on=dt.date(2026, 10, 1))
    target_of(OfficeFactory(), 40, set_on=dt.date(2026, 9, 30))

    assert tabulated("R12", office, QUARTER).rows[0].extra == ["20", "5 %"]


def test_r12_without_a_target_says_so_and_counts_all_the_same(office):
    measure_in(case_of(office))
    target_of(office, 10, set_on=dt.date(2026, 10, 1))

    table = tabulated("R12", office, QUARTER)

    assert (table.total, table.rows[0].extra) == (1, ["belum ditetapkan", ""])
    assert table.notes == [
        "Target tahun 2026 belum ditetapkan sampai 30 September 2026."
    ]


def test_r12_without_measures_still_tells_the_target(office):
    target_of(office, 0)

    table = tabulated("R12", office, QUARTER)

    assert table.is_nil
    assert table.rows[0].extra == ["0", ""]
    assert table.notes == ["Target tahun 2026: 0 tindakan, PK uji (5 Januari 2026)."]


def test_r12_of_two_years_keeps_each_to_its_own_target(office):
    case = case_of(office)
    for day in (dt.date(2026, 1, 1), MID_JULY, dt.date(2027, 1, 2)):
        measure_in(case, day=day)
    target_of(office, 4)
    span = Period(PeriodKind.FREE, MID_JULY, dt.date(2027, 1, 31))

    table = tabulated("R12", office, span)

    assert counts(table) == {
        "2026": {"sebelum": 1, "periode": 1},
        "2027": {"periode": 1},
    }
    assert [row.extra for row in table.rows] == [
        ["4", "50 %"],
        ["belum ditetapkan", ""],
    ]
    assert not table.sums_down


def test_r12_cell_opens_the_measures_of_its_span(office):
    case = case_of(office)
    before = measure_in(case, day=dt.date(2026, 6, 30))
    within = measure_in(case)
    opened = {
        column: CATALOGUE["R12"].behind(
            Scope(office, QUARTER), row="2026", column=column
        )
        for column in ("sebelum", "periode", ALL)
    }

    found = {column: list(facts.order_by("pk")) for column, [facts] in opened.items()}

    assert found == {"sebelum": [before], "periode": [within], ALL: [before, within]}


def test_r12_belongs_to_quarters_and_longer_and_to_the_whole_office(office):
    district = Region.objects.get(code="36.72.01")
    has = {
        (kind, part is None): "R12"
        in {table.code for table in tables_of(Recap(kind=kind, district=part))}
        for kind in PeriodKind
        for part in (None, district)
    }

    assert {key for key, told in has.items() if told} == {
        (kind, True) for kind in PeriodKind if kind != PeriodKind.MONTH
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_r12_needs_the_same_queries_for_any_number_of_rows(
    office, rows, django_assert_num_queries
):
    for turn in range(rows):
        measure_in(case_of(office))
        target_of(office, 4, set_on=dt.date(2026, 1, 5 + turn))
    scope = Scope(Office.objects.select_related("agency").get(pk=office.pk), QUARTER)

    # Groups, names of the office, and the target beside and under the table.
    with django_assert_num_queries(4):
        CATALOGUE["R12"].tabulate(scope)


# --- R13 -----------------------------------------------------------------------------
def test_r13_gives_each_step_its_own_denominator(office):
    case = case_of(office)
    measure_in(case, day=MID_JULY)
    served = measure_in(case, day=MID_JULY, served=True, served_on=dt.date(2026, 8, 2))
    ObjectionFactory(measure=served, received_on=MID_JULY)
    prosecution = prosecution_of(case)
    rule = clock_rule()
    Clock.objects.create(
        case=case,
        rule=rule,
        prosecution=prosecution,
        started_on=MID_JULY,
        due_on=dt.date(2026, 7, 22),
    )
    Prosecution.objects.filter(pk=prosecution.pk).update(
        spdp_sent_on=dt.date(2026, 7, 22)
    )

    table = tabulated("R13", office)

    assert counts(table) == {
        "gelar": {"tidak": 2},
        "sampai": {"tidak": 2},
        "diajukan": {"ya": 1},
        "diputus": {"tidak": 1},
        "spdp": {"ya": 1},
    }
    assert not table.sums_down


def clock_rule():
    return ClockRule.objects.create(
        code="spdp", name="SPDP", length=7, unit="hari", article="uji", source="uji"
    )


# --- all of them ---------------------------------------------------------------------
@pytest.mark.parametrize("code", CATALOGUE)
def test_an_office_without_data_is_nil_and_adds_up(code, office):
    table = tabulated(code, office)

    assert table.is_nil
    assert table.faults() == []
    assert Table.from_json(table.to_json()) == table


@pytest.mark.parametrize("code", CATALOGUE)
def test_queries_do_not_grow_with_the_rows(code, office, django_assert_max_num_queries):
    world_of(office, 3)

    with django_assert_max_num_queries(14):
        tabulated(code, office)


@pytest.mark.parametrize(
    ("joined", "counted"), [("case__persons", 2), ("case__findings", 0)]
)
def test_a_join_that_counts_a_row_twice_or_loses_it_is_a_fault(office, joined, counted):
    case = case_of(office)
    measure_in(case)
    person_in(case)

    def facts(scope: Scope) -> list[Facts]:
        rows = decided(scope)
        joins = {"row": F(f"{joined}__pk"), "column": F("kind__code")}
        return [Facts(rows.annotate(**joins).exclude(row=None), control=rows)]

    def every(scope: Scope, keys: set[str]) -> Axis:
        return [(key, key, "") for key in keys]

    table = replace(CATALOGUE["R8"], facts=facts, rows=every).tabulate(
        Scope(office, JULY)
    )

    [fault] = table.faults()
    assert f"memuat {counted} tindakan, tercatat 1." in fault


def world_of(office, cases: int) -> None:
    for _turn in range(cases):
        case = case_of(office, region=Region.objects.get(code="36.72.01.1001"))
        measure_in(case)
        prosecution_of(case)
        lives(office, "36.72.01.1001")
        meeting = held(office, "36.72.01")
        AttendanceFactory(invitation=InvitationFactory(sent=True, meeting=meeting))
        FollowUpFactory(origin=meeting, due_on=MID_JULY)
        EntryFactory(minutes=MinutesFactory(meeting=meeting))


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_cell_opens_as_many_rows_as_it_counts(code, office):
    world_of(office, 2)
    crosstab, scope = CATALOGUE[code], Scope(office, JULY)
    table = crosstab.tabulate(scope)
    if not table.is_count:
        return

    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            facts = crosstab.behind(scope, row=row.key, column=column.key)
            assert sum(each.count() for each in facts) == cell
    opened = crosstab.behind(scope, row=ALL, column=ALL)
    assert sum(each.count() for each in opened) == table.counted


def test_a_secret_case_is_counted_and_opens_for_its_own_officers_alone(office):
    case = case_of(office, classification="rahasia")
    stranger = UserFactory(agency=office.agency)
    [facts] = CATALOGUE["R6a"].behind(Scope(office, JULY), row=ALL, column=ALL)

    assert facts.count() == 1
    assert not visible(facts, stranger).exists()
    assert visible(facts, case.responsible).exists()


def test_free_span_counts_its_first_and_last_day(office):
    for day in (dt.date(2026, 7, 10), dt.date(2026, 7, 12), dt.date(2026, 7, 13)):
        case_of(office, registered_on=day)
    span = Period(PeriodKind.FREE, dt.date(2026, 7, 10), dt.date(2026, 7, 12))

    assert tabulated("R6a", office, span).total == 2
