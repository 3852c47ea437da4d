import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import AuditEntry
from documents.services.uploads import UploadRefused
from foreigners.models import Case, Clock, Measure, Objection
from foreigners.services.objecting import (
    Filing,
    ObjectionIsOpen,
    ObjectionRefused,
    decide_objection,
    forward_objection,
    register_objection,
)
from foreigners.services.serving import serve_measure
from foreigners.services.ticking import tick
from foreigners.tests.measures import bench, pdf_file

pytestmark = pytest.mark.django_db

SERVED = dt.date(2026, 7, 1)
LAST_DAY = dt.date(2026, 7, 30)
REASONS = "Kegiatan itu termasuk dalam izin tinggal."
ADVICE = "Kantor berpendapat keputusan sudah tepat."


@pytest.fixture
def table():
    """A decision served on 1 July; today is 10 September."""
    with time_machine.travel(dt.datetime(2026, 7, 1, 3, tzinfo=dt.UTC)) as clock:
        table = bench()
        table.measure = serve_measure(
            table.decided(),
            on=SERVED,
            to="Yang bersangkutan",
            proof=pdf_file(),
            by=table.officer,
        )
        table.move(Case.State.OBJECTION_WINDOW)
        clock.move_to(dt.datetime(2026, 9, 10, 3, tzinfo=dt.UTC))
        yield table


def filed(table, **fields):
    return register_objection(
        table.measure,
        Filing(**{"received_on": dt.date(2026, 7, 10), "reasons": REASONS, **fields}),
        by=table.officer,
    )


def forward(table, objection, on=dt.date(2026, 7, 15), advice=ADVICE):
    forward_objection(objection, on=on, advice=advice, by=table.head)
    return objection


def decide(table, objection, outcome="ditolak", on=dt.date(2026, 7, 20), **fields):
    decide_objection(
        objection,
        **{
            "on": on,
            "outcome": outcome,
            "note": "Alasan tidak dapat diterima.",
            "proof": pdf_file(),
            "by": table.head,
            **fields,
        },
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"received_on": dt.date(2026, 6, 30)}, "mendahului"),
        ({"received_on": dt.date(2026, 9, 11)}, "belum tiba"),
        ({"reasons": "Salah."}, "alasan keberatannya"),
        ({"by_proxy": "Advokat Contoh"}, "surat kuasa"),
        ({"received_on": dt.date(2026, 7, 31)}, "30 Juli 2026"),
        ({"received_on": dt.date(2026, 7, 31), "late_reason": "Lupa"}, "30 Juli 2026"),
    ],
)
def test_objection_that_lacks_something_is_refused(table, fields, sentence):
    with pytest.raises(ObjectionRefused, match=sentence):
        filed(table, **fields)

    assert not Objection.objects.exists()
    assert Clock.objects.get().state == "berjalan"


def test_decision_that_was_not_served_is_not_contested(table):
    table.move(Case.State.CONFERENCE)
    table.measure = table.decided()

    with pytest.raises(ObjectionRefused, match="disampaikan"):
        filed(table)


def test_evidence_that_is_no_file_of_ours_leaves_nothing_behind(table):
    bad = SimpleUploadedFile("bukti.pdf", b"MZ bukan pdf")

    with pytest.raises(UploadRefused):
        filed(table, evidence=[pdf_file(), bad])

    assert not Objection.objects.exists()


def test_second_objection_waits_for_the_first_to_be_decided(table):
    filed(table)

    with pytest.raises(ObjectionIsOpen):
        filed(table)

    assert Objection.objects.count() == 1
    assert Clock.objects.filter(rule__code="forward").count() == 1


def test_objection_on_the_last_day_is_in_time(table):
    objection = filed(table, received_on=LAST_DAY)

    assert (objection.is_late, objection.late_reason) == (False, "")


def test_late_objection_is_heard_with_its_reason_and_gets_a_receipt(table):
    tick(dt.datetime(2026, 8, 1, 3, tzinfo=dt.UTC))

    objection = filed(
        table, received_on=dt.date(2026, 7, 31), late_reason="Dirawat di rumah sakit."
    )

    assert (objection.is_late, objection.late_reason) == (
        True,
        "Dirawat di rumah sakit.",
    )
    assert objection.receipt.snapshot["received"]["is_late"] is True
    assert Clock.objects.get(rule__code="objection").state == "lewat"


def test_late_objection_is_heard_even_in_a_case_that_has_ended(table):
    table.move(Case.State.CLOSED)

    filed(
        table, received_on=dt.date(2026, 8, 20), late_reason="Baru mendapat penerjemah."
    )

    assert Objection.objects.get().is_late


def test_objection_ends_the_window_and_starts_five_working_days(table):
    objection = filed(table)

    window, forwarding = Clock.objects.order_by("pk")
    assert (window.state, window.ended_on) == ("terpenuhi", dt.date(2026, 7, 10))
    assert (forwarding.rule.code, forwarding.objection, forwarding.due_on) == (
        "forward",
        objection,
        dt.date(2026, 7, 17),
    )


def test_receipt_is_printed_at_once_and_says_what_follows(table):
    objection = filed(
        table,
        by_proxy="Advokat Contoh",
        power_of_attorney=pdf_file(),
        evidence=[pdf_file(), pdf_file()],
    )

    document = objection.receipt.document
    assert (document.kind, document.is_guarded) == ("terima_keberatan", True)
    assert objection.receipt.snapshot["received"] == {
        "day": "Jumat, 10 Juli 2026",
        "by_proxy": "Advokat Contoh",
        "files": 2,
        "is_late": False,
    }
    assert objection.receipt.snapshot["next"] == [
        "diteruskan dengan pertimbangan paling lama 5 (lima) hari kerja",
        "diputus oleh Menteri paling lama 5 (lima) hari kerja",
    ]
    assert table.person.foreigner.name not in document.title


def test_missing_number_pattern_does_not_stand_in_the_way_of_a_right(table):
    table.case.office.number_patterns.all().delete()

    assert filed(table).receipt.document.number == ""


def test_power_of_attorney_without_a_proxy_is_not_kept(table):
    objection = filed(table, power_of_attorney=pdf_file())

    assert objection.power_of_attorney is None


@pytest.mark.parametrize(
    ("on", "advice"),
    [
        (dt.date(2026, 7, 9), ADVICE),
        (dt.date(2026, 9, 11), ADVICE),
        (dt.date(2026, 7, 15), "Tepat."),
    ],
)
def test_forwarding_before_the_receipt_in_the_future_or_without_advice_is_refused(
    table, on, advice
):
    objection = filed(table)

    with pytest.raises(ObjectionRefused):
        forward(table, objection, on, advice)

    assert Objection.objects.get().forwarded_on is None


def test_objection_is_forwarded_once(table):
    objection = forward(table, filed(table))

    with pytest.raises(ObjectionRefused, match="sudah diteruskan"):
        forward(table, objection, dt.date(2026, 7, 16))

    assert Objection.objects.get().forwarded_on == dt.date(2026, 7, 15)


def test_minister_s_days_run_from_the_forwarding_however_late_it_is_entered(table):
    forward(table, filed(table))

    forwarding = Clock.objects.get(rule__code="forward")
    minister = Clock.objects.get(rule__code="minister")
    assert (forwarding.state, forwarding.ended_on) == (
        "terpenuhi",
        dt.date(2026, 7, 15),
    )
    assert (minister.started_on, minister.due_on) == (
        dt.date(2026, 7, 15),
        dt.date(2026, 7, 22),
    )


def test_decision_before_its_forwarding_was_entered_is_refused(table):
    objection = filed(table)

    with pytest.raises(ObjectionRefused, match="diteruskan"):
        decide(table, objection)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"on": dt.date(2026, 7, 14)}, "mendahului"),
        ({"on": dt.date(2026, 9, 11)}, "belum tiba"),
        ({"note": "Tolak"}, "isi putusannya"),
    ],
)
def test_decision_out_of_order_or_without_its_words_is_refused(table, fields, sentence):
    objection = forward(table, filed(table))

    with pytest.raises(ObjectionRefused, match=sentence):
        decide(table, objection, **fields)

    assert Objection.objects.get().is_open


def test_objection_is_decided_once(table):
    objection = forward(table, filed(table))
    decide(table, objection)

    with pytest.raises(ObjectionRefused, match="sudah diputus"):
        decide(table, objection, "dibatalkan")

    assert Objection.objects.get().outcome == "ditolak"
    assert Measure.objects.get().state == "served"


@pytest.mark.parametrize("outcome", ["ditolak", "diubah"])
def test_upheld_or_changed_measure_stands(table, outcome):
    decide(table, forward(table, filed(table)), outcome)

    assert Measure.objects.get().state == "served"
    assert Clock.objects.get(rule__code="minister").state == "terpenuhi"


def test_annulled_measure_falls_with_whatever_still_ran_because_of_it(table):
    table.move(Case.State.CONFERENCE)
    with time_machine.travel(dt.datetime(2026, 7, 1, 3, tzinfo=dt.UTC)):
        table.measure = serve_measure(
            table.decided("a"),
            on=SERVED,
            to="Yang bersangkutan",
            proof=pdf_file(),
            by=table.officer,
        )
    table.measure.refresh_from_db()

    decide(table, forward(table, filed(table)), "dibatalkan")

    measure = Measure.objects.get(pk=table.measure.pk)
    assert measure.state == "annulled"
    assert measure.clocks.get(rule__code="ban").state == "batal"
    assert not measure.clocks.filter(ended_on=None).exists()


def test_after_a_decision_another_objection_may_be_taken_in(table):
    decide(table, forward(table, filed(table)))

    filed(
        table,
        received_on=dt.date(2026, 8, 3),
        late_reason="Ada bukti baru dari kedutaan.",
    )

    assert Objection.objects.filter(decided_on=None).count() == 1


def test_each_act_leaves_a_trace_without_its_words(table):
    decide(table, forward(table, filed(table)))

    verbs = AuditEntry.objects.filter(verb__contains="objection").order_by("pk")
    assert [entry.verb for entry in verbs] == [
        "foreigners.register_objection",
        "foreigners.forward_objection",
        "foreigners.decide_objection",
    ]
    for entry in verbs:
        assert REASONS not in str(entry.data) + entry.reason
        assert ADVICE not in str(entry.data) + entry.reason
