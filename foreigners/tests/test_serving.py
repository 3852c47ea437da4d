import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import AuditEntry, Holiday
from documents.services.uploads import UploadRefused
from foreigners.models import Clock, Measure
from foreigners.services.serving import ServiceRefused, serve_measure
from foreigners.tests.measures import bench, pdf_file

pytestmark = pytest.mark.django_db

DECIDED = dt.date(2026, 6, 29)
SERVED = dt.date(2026, 7, 1)


@pytest.fixture
def table():
    with time_machine.travel(dt.datetime(2026, 6, 29, 3, tzinfo=dt.UTC)) as clock:
        table = bench()
        measure = table.decided()
        clock.move_to(dt.datetime(2026, 7, 10, 3, tzinfo=dt.UTC))
        table.measure = measure
        yield table


def serve(table, **fields):
    return serve_measure(
        table.measure,
        **{
            "on": SERVED,
            "to": "Yang bersangkutan",
            "proof": pdf_file(),
            "by": table.officer,
            **fields,
        },
    )


def assert_not_served(table):
    table.measure.refresh_from_db()
    assert (table.measure.state, table.measure.served_on) == ("decided", None)
    assert not Clock.objects.exists()


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (dt.date(2026, 6, 28), "mendahului keputusan"),
        (dt.date(2026, 7, 11), "belum tiba"),
    ],
)
def test_service_before_the_decision_or_in_the_future_is_refused(table, on, sentence):
    with pytest.raises(ServiceRefused, match=sentence):
        serve(table, on=on)

    assert_not_served(table)


def test_service_to_nobody_is_refused(table):
    with pytest.raises(ServiceRefused, match="siapa"):
        serve(table, to="  ")

    assert_not_served(table)


@pytest.mark.parametrize(
    "content", [b"", b"bukan pdf", b"<svg onload=alert(1)>", b"%PDF-1.7 rusak"]
)
def test_proof_that_is_not_what_it_says_is_refused(table, content):
    with pytest.raises(UploadRefused):
        serve(table, proof=SimpleUploadedFile("bukti.pdf", content))

    assert_not_served(table)


def test_draft_is_not_served(table):
    table.measure = table.draft()

    with pytest.raises(ServiceRefused, match="belum ada"):
        serve(table)


def test_decision_is_served_once(table):
    serve(table)
    table.measure.refresh_from_db()

    with pytest.raises(ServiceRefused, match="sudah disampaikan"):
        serve(table, on=dt.date(2026, 7, 2))

    assert Clock.objects.get().started_on == SERVED


def test_decision_whose_period_is_over_is_not_served_any_more(table):
    Measure.objects.update(state=Measure.State.ENDED, ended_on=dt.date(2026, 7, 5))

    with pytest.raises(ServiceRefused, match="sudah berakhir"):
        serve(table)

    assert not Clock.objects.exists()


def test_window_runs_from_the_service_and_the_paper_says_its_last_day(table):
    Holiday.objects.create(date=dt.date(2026, 7, 6), name="Libur contoh")

    serve(table)

    measure, clock = table.measure, Clock.objects.get()
    assert (measure.state, measure.served_on, measure.served_by) == (
        "served",
        SERVED,
        table.officer,
    )
    assert (clock.rule.code, clock.measure, clock.due_on) == (
        "objection",
        measure,
        dt.date(2026, 7, 31),
    )
    snapshot = measure.service_version.snapshot
    assert snapshot["objection"]["last_day"] == "Jumat, 31 Juli 2026"
    assert snapshot["objection"]["basis"] == clock.basis
    assert "6 Juli 2026" in snapshot["objection"]["basis"][3]
    assert snapshot["decision"]["number"] == measure.version.document.number


def test_service_leaves_the_hash_of_its_proof(table):
    serve(table)

    entry = AuditEntry.objects.get(verb="foreigners.serve_measure")
    assert entry.data["proof"] == table.measure.service_proof.sha256
    assert (entry.data["served_on"], entry.data["last_day"]) == (
        "2026-07-01",
        "2026-07-30",
    )


def test_office_without_a_number_for_it_still_serves(table):
    table.case.office.number_patterns.filter(kind="penyampaian").delete()

    serve(table)

    assert table.measure.service_version.document.number == ""
