"""The joint operations of the demonstration, from their plan to their report."""

import datetime as dt

import pytest

from agencies.services.reference import load_masters
from documents.services.rendering import page
from foreigners.models import Case, Finding
from foreigners.services.nationalities import load_nationalities
from foreigners.services.reference import load_law
from meetings.models import Operation, OperationPlace
from meetings.services.operation_report import is_outdated
from reports.demonstration.case_scripts import CASES
from reports.demonstration.casework import stage_case
from reports.demonstration.masters import build_cast
from reports.demonstration.registry import register_people
from reports.demonstration.scripts import OPERASI_JULI, OPERASI_LAUT
from reports.demonstration.staging import stage

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
