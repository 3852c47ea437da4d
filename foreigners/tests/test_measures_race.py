"""Several people at the same moment: one wins, the others read why, nothing is doubled."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import timezone

from agencies.models import AuditEntry, Notification, User
from agencies.tests.factories import UserFactory
from documents.models import TakenNumber
from foreigners.models import Case, Clock, Extension, Measure, Objection
from foreigners.services.clocks import start_clock
from foreigners.services.executing import Execution, execute_measure
from foreigners.services.extending import extend
from foreigners.services.measuring import decide_measure
from foreigners.services.objecting import Filing, register_objection
from foreigners.services.serving import serve_measure
from foreigners.services.ticking import tick
from foreigners.tests.measures import bench, pdf_file
from timpora.errors import DomainError
from timpora.tests.threads import database_in_a_file, in_own_connection

pytestmark = pytest.mark.slow

CROWD = 4


def outcome_of(act, *arguments):
    try:
        act(*arguments)
    except DomainError as error:
        return type(error).__name__
    return "done"


def crowd(tmp_path, act, arguments, count):
    """Everybody acts at once; answers what each met and what is there afterwards."""
    with database_in_a_file(tmp_path), ThreadPoolExecutor(CROWD) as people:
        met = list(
            people.map(lambda one: in_own_connection(outcome_of, act, *one), arguments)
        )
        return sorted(met), people.submit(in_own_connection, count).result()


def decide(pk, chief):
    decide_measure(Measure.objects.get(pk=pk), revision=1, by=chief)


def test_two_chiefs_at_once_make_one_decision(transactional_db, tmp_path):
    table = bench()
    measure = table.draft()
    chiefs = [
        UserFactory(agency=table.case.office.agency, role=User.Role.CHIEF)
        for _chief in range(CROWD)
    ]

    met, found = crowd(
        tmp_path,
        decide,
        [(measure.pk, chief) for chief in chiefs],
        lambda: (
            TakenNumber.objects.filter(register__kind="keputusan_tak").count(),
            AuditEntry.objects.filter(verb="foreigners.decide_measure").count(),
        ),
    )

    assert met == ["MeasureChanged"] * (CROWD - 1) + ["done"]
    assert found == (1, 1)


def serve(pk, officer):
    serve_measure(
        Measure.objects.get(pk=pk),
        on=timezone.localdate(),
        to="Yang bersangkutan",
        proof=pdf_file(),
        by=officer,
    )


def test_one_service_starts_one_window(transactional_db, tmp_path):
    table = bench()
    measure = table.decided()

    met, found = crowd(
        tmp_path,
        serve,
        [(measure.pk, table.officer)] * CROWD,
        lambda: (
            Clock.objects.filter(rule__code="objection").count(),
            TakenNumber.objects.filter(register__kind="penyampaian").count(),
        ),
    )

    assert met == ["ServiceRefused"] * (CROWD - 1) + ["done"]
    assert found == (1, 1)


def file_objection(pk, officer):
    register_objection(
        Measure.objects.get(pk=pk),
        Filing(received_on=timezone.localdate(), reasons="Tidak benar adanya."),
        by=officer,
    )


def test_objection_is_taken_in_once(transactional_db, tmp_path):
    table = bench()
    measure = table.served()

    met, found = crowd(
        tmp_path,
        file_objection,
        [(measure.pk, table.officer)] * CROWD,
        lambda: (
            Objection.objects.count(),
            Clock.objects.filter(rule__code="forward").count(),
            TakenNumber.objects.filter(register__kind="terima_keberatan").count(),
        ),
    )

    assert met == ["ObjectionIsOpen"] * (CROWD - 1) + ["done"]
    assert found == (1, 1, 1)


def carry_out(pk, officer):
    measure = Measure.objects.select_related("kind", "case__office").get(pk=pk)
    execute_measure(
        measure,
        Execution("penuh", timezone.localdate(), "Dilaksanakan.", pdf_file()),
        by=officer,
    )


def test_measure_is_carried_out_once(transactional_db, tmp_path):
    table = bench()
    measure = table.served()
    Clock.objects.update(state=Clock.State.PASSED, ended_on=timezone.localdate())
    table.move(Case.State.EXECUTION)

    met, found = crowd(
        tmp_path,
        carry_out,
        [(measure.pk, table.officer)] * CROWD,
        lambda: Measure.objects.get(pk=measure.pk).execution_records.count(),
    )

    assert met == ["ExecutionRefused"] * (CROWD - 1) + ["done"]
    assert found == 1


def lengthen(pk, officer):
    extend(
        Clock.objects.get(pk=pk),
        on=timezone.localdate(),
        ground="Keputusan Nomor 7",
        by=officer,
    )


def test_clock_is_extended_once(transactional_db, tmp_path):
    table = bench()
    clock = start_clock(table.case, "prevention", on=timezone.localdate())

    met, found = crowd(
        tmp_path,
        lengthen,
        [(clock.pk, table.officer)] * CROWD,
        lambda: Extension.objects.count(),
    )

    assert met == ["ExtensionRefused"] * (CROWD - 1) + ["done"]
    assert found == 1


def test_time_passes_once_on_any_number_of_machines(transactional_db, tmp_path):
    table = bench()
    clock = start_clock(table.case, "spdp", on=timezone.localdate())
    Clock.objects.filter(pk=clock.pk).update(
        due_on=timezone.localdate() - dt.timedelta(days=1)
    )
    now = timezone.now()

    _met, found = crowd(
        tmp_path,
        lambda _one: tick(now),
        [(machine,) for machine in range(CROWD)],
        lambda: sorted(
            key.split(":")[2]
            for key in Notification.objects.values_list("key", flat=True)
        ),
    )

    # The responsible officer and the two section heads, once each.
    assert found == ["lewat"] * 3
