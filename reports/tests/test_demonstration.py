"""The joint operations of the demonstration, and the recaps that count them."""

import datetime as dt

import pytest
import time_machine

from agencies.services.reference import load_masters
from documents.services.rendering import page
from foreigners.models import Case, Finding
from foreigners.services.nationalities import load_nationalities
from foreigners.services.reference import load_law
from meetings.models import Operation, OperationPlace
from meetings.services.operation_report import is_outdated
from reports.demonstration.case_scripts import CASES
from reports.demonstration.casework import stage_case
from reports.demonstration.clock import ZONE
from reports.demonstration.masters import build_cast
from reports.demonstration.recapping import keep_recaps, set_targets
from reports.demonstration.registry import register_people
from reports.demonstration.scripts import OPERASI_JULI, OPERASI_LAUT
from reports.demonstration.staging import stage
from reports.models import Recap, Target
from reports.services.calendar import prepare_drafts
from reports.services.recaps import changes_since

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = dt.date(2026, 3, 9)


@pytest.fixture
def cast():
    load_masters()
    load_law()
    load_nationalities()
    return build_cast(today=TODAY)


def test_operation_on_land_reports_what_it_found_and_a_case_begins_there(cast):
    held = {"operasi-juli": stage(OPERASI_JULI, cast, {}, today=TODAY)}
    operation = Operation.objects.get(meeting=held["operasi-juli"])
    report = operation.report.current

    counts, places = report.snapshot["counts"], report.snapshot["places"]
    assert counts == {
        "places": 6, "nil": 4, "with_findings": 2, "stopped": 0,
        "findings": 2, "persons": 3,
    }  # fmt: skip
    found = {
        place["number"]: place["findings"] for place in places if place["findings"]
    }
    assert found.keys() == {3, 5}
    assert found[3][0]["number"] in page(report)
    assert "REYES" not in page(report)
    states = Finding.objects.order_by("pk").values_list("origin", "state")
    assert list(states) == [("operasi", "submitted"), ("operasi", "referred")]

    [script] = [case for case in CASES if case.operation]
    registry = register_people(cast, today=TODAY)
    case = stage_case(script, cast, registry, held, today=TODAY)

    finding = Finding.objects.get(case=case)
    place = OperationPlace.objects.get(findings=finding)
    assert (place.order, finding.state) == (3, "accepted")
    assert (case.state, case.registered_on) == (
        Case.State.NOT_PROVEN,
        held["operasi-juli"].day,
    )
    assert not is_outdated(operation, held["operasi-juli"])


def test_operation_at_sea_was_stopped_by_the_weather(cast):
    meeting = stage(OPERASI_LAUT, cast, {}, today=TODAY)

    operation = Operation.objects.get(meeting=meeting)
    counts = operation.report.current.snapshot["counts"]
    assert (counts["nil"], counts["stopped"], counts["findings"]) == (1, 1, 0)
    assert not Finding.objects.exists()


def test_recaps_were_frozen_in_their_turn_and_the_last_ones_wait(cast):
    sea = stage(OPERASI_LAUT, cast, {}, today=TODAY)
    set_targets(cast, today=TODAY)

    keep_recaps(cast, sea, today=TODAY)

    recaps = Recap.objects.order_by("ends_on", "-starts_on")
    told = [
        (recap.period.label, recap.frozen_by and recap.frozen_by.role)
        for recap in recaps.select_related("frozen_by")
    ]
    assert told == [
        ("Desember 2025", "section_head"),
        ("Triwulan IV Tahun 2025", None),
        ("Semester II Tahun 2025", "chief"),
        ("Tahun 2025", "chief"),
        ("Januari 2026", "section_head"),
        ("Februari 2026", None),
    ]
    for recap in recaps:
        first = recap.ends_on + dt.timedelta(days=1)
        assert recap.created_at.astimezone(ZONE).date() == first
        assert recap.computed_at is not None
        assert recap.faults == []
        assert not recap.is_computing
        assert recap.frozen_at is None or recap.frozen_at > recap.created_at
    assert {target.year for target in Target.objects.all()} == {2025, 2026}


def test_calendar_has_nothing_to_add_to_the_recaps_of_the_demonstration(cast):
    sea = stage(OPERASI_LAUT, cast, {}, today=TODAY)
    keep_recaps(cast, sea, today=TODAY)
    before = set(Recap.objects.values_list("pk", flat=True))

    now = dt.datetime.combine(TODAY, dt.time(9), tzinfo=ZONE)
    with time_machine.travel(now):
        prepare_drafts(now)

    assert set(Recap.objects.values_list("pk", flat=True)) == before


def test_ship_that_lay_elsewhere_is_put_right_in_report_and_recap(cast):
    sea = stage(OPERASI_LAUT, cast, {}, today=TODAY)

    keep_recaps(cast, sea, today=TODAY)

    recap = Recap.objects.get(kind="bulanan", starts_on=dt.date(2025, 12, 1))
    correction = recap.corrections.get()
    assert correction.changes == [
        {
            "table": "R14", "row": row, "column": "Dihentikan",
            "before": before, "after": after,
        }
        for row, before, after in (("Pulomerak", "1", "-"), ("Gerogol", "-", "1"))
    ]  # fmt: skip
    assert (correction.by.role, correction.version.version) == ("section_head", 2)
    assert "Kecamatan Gerogol" in correction.reason
    assert correction.version.created_at > recap.frozen_at
    assert not is_outdated(Operation.objects.get(meeting=sea), sea)
    year = Recap.objects.get(kind="tahunan")
    assert changes_since(recap) == changes_since(year) == []
    assert not year.corrections.exists()
