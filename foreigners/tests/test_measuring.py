import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.models import AuditEntry, User
from agencies.tests.factories import UserFactory
from documents.models import Document, DocumentVersion, Signature, TakenNumber
from documents.services.numbering import NoNumberPattern
from foreigners.models import Case, Clock, Conference, Foreigner, Measure
from foreigners.services.measure_checks import MeasureRefused
from foreigners.services.measuring import (
    DeciderNotApart,
    MeasureChanged,
    NotInConference,
    decide_measure,
    draft_measure,
    drop_draft,
    edit_draft,
)
from foreigners.services.overstay_sheets import keep_sheet
from foreigners.services.protecting import GateNotAsked, RemovalBlocked, determine
from foreigners.tests.factories import CasePersonFactory
from foreigners.tests.measures import LONG_REASON, bench, examine, held_conference

pytestmark = pytest.mark.django_db

NOTE = "Wawancara dan surat dokter."


@pytest.fixture
def table():
    return bench()


def decide(measure, by):
    return decide_measure(measure, revision=measure.revision, by=by)


def refused_decision(measure, by, error):
    with pytest.raises(error):
        decide(measure, by)
    measure.refresh_from_db()
    assert measure.is_draft
    assert not TakenNumber.objects.exists()
    assert not Document.objects.filter(kind="keputusan_tak").exists()


@pytest.mark.parametrize(
    "state",
    [s for s in Case.State if s != Case.State.CONFERENCE],
)
def test_measure_is_drafted_and_decided_in_the_conference_alone(table, state):
    measure = table.draft()
    table.move(state)

    with pytest.raises(NotInConference):
        draft_measure(table.case, table.content(), by=table.officer)
    refused_decision(measure, table.chief, NotInConference)


@pytest.mark.parametrize(
    "outcome", [o for o in Conference.Outcome if o not in {"", "tak"}]
)
def test_other_outcome_of_the_conference_decides_no_measure(table, outcome):
    measure = table.draft()
    Conference.objects.update(outcome=outcome)

    refused_decision(measure, table.chief, NotInConference)


def test_newer_conference_that_is_not_held_yet_is_waited_for(table):
    measure = table.draft()
    Conference.objects.create(
        case=table.case,
        planned_at=timezone.now(),
        place="Ruang rapat",
        chair=table.chief,
        quorum=3,
        created_by=table.officer,
    )

    refused_decision(measure, table.chief, NotInConference)


def test_examiner_does_not_decide(table):
    measure = table.draft()
    examine(table.case, table.person, table.chief)

    refused_decision(measure, table.chief, DeciderNotApart)


def test_examiner_who_became_chief_does_not_decide_either(table):
    measure = table.draft()
    former = UserFactory(agency=table.case.office.agency, role=User.Role.OFFICER)
    examine(table.case, table.person, former)
    former.role = User.Role.CHIEF
    former.save()

    refused_decision(measure, former, DeciderNotApart)


def test_drafter_does_not_decide_even_as_chief(table):
    measure = table.draft()
    table.officer.role = User.Role.CHIEF
    table.officer.save()

    refused_decision(measure, table.officer, DeciderNotApart)


def test_whoever_wrote_on_the_draft_does_not_decide(table):
    measure = table.draft()
    edit_draft(measure, table.content(), revision=measure.revision, by=table.chief)

    refused_decision(measure, table.chief, DeciderNotApart)


def test_database_knows_that_nobody_decides_their_own_draft(table):
    measure = table.decided()

    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(decided_by=measure.drafted_by)


@pytest.mark.parametrize("code", ["f", "83"])
def test_gate_is_asked_in_full_before_anybody_is_removed_or_held(table, code):
    table.person.foreigner.protections.filter(kind="tppo").delete()
    measure = table.draft(code)

    refused_decision(measure, table.chief, GateNotAsked)


def test_gate_is_not_asked_of_a_cancelled_permit(table):
    table.person.foreigner.protections.all().delete()

    assert table.decided("b").state == "decided"


@pytest.mark.parametrize("answer", ["ya", "diperiksa"])
def test_protection_blocks_a_deportation(table, answer):
    measure = table.draft("f")
    determine(
        table.person.foreigner,
        kind="tppo",
        answer=answer,
        note=NOTE,
        answers_read=table.person.foreigner.protections.count(),
        by=table.head,
    )

    refused_decision(measure, table.chief, RemovalBlocked)


def test_open_identity_blocks_a_deportation(table):
    measure = table.draft("f")
    Foreigner.objects.update(identity=Foreigner.Identity.OPEN)

    refused_decision(measure, table.chief, RemovalBlocked)


def test_detention_of_a_child_says_why_not_elsewhere(table):
    table.person.foreigner.birth_year = 2015
    table.person.foreigner.save()

    with pytest.raises(MeasureRefused, match="83 ayat"):
        table.draft("83")

    measure = table.draft("83", placement_reason="Keluarganya ditempatkan bersama.")
    assert decide(measure, table.chief).state == "decided"


def test_fact_that_came_after_the_draft_is_asked_at_the_decision(table):
    measure = table.draft("83")
    determine(
        table.person.foreigner,
        kind="sakit",
        answer="ya",
        note=NOTE,
        answers_read=table.person.foreigner.protections.count(),
        by=table.head,
    )

    refused_decision(measure, table.chief, MeasureRefused)


def today(days=0):
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("code", "fields", "sentence"),
    [
        ("b", {"reason": "Singkat."}, "pertimbangannya"),
        ("b", {"starts_on": today()}, "tidak berjangka"),
        ("a", {"starts_on": None, "ends_on": None}, "Isi awal dan akhir"),
        ("a", {"ends_on": None}, "Isi awal dan akhir"),
        ("a", {"starts_on": today(1), "ends_on": today()}, "sebelum dimulai"),
        ("a", {"ends_on": today(366 * 11)}, "paling lama"),
        ("a-cegah", {"ends_on": today(200)}, "paling lama"),
        ("83", {"place": " "}, "tempat pendetensian"),
        ("83", {"detention_ground": ""}, "alasan pendetensian"),
        ("83", {"detention_ground": "z"}, "alasan pendetensian"),
        ("e", {}, "lembar hitung"),
    ],
)
def test_draft_that_the_kind_does_not_allow_is_refused(table, code, fields, sentence):
    with pytest.raises(MeasureRefused, match=sentence):
        table.draft(code, **fields)

    assert not Measure.objects.exists()


def test_witness_gets_no_measure(table):
    table.person.role = "saksi"
    table.person.save()

    with pytest.raises(MeasureRefused, match="terduga"):
        table.draft()


def test_person_of_another_case_gets_no_measure(table):
    with pytest.raises(MeasureRefused, match="tidak tercatat"):
        table.draft(person=CasePersonFactory())


def sheet(table, days, person=None, **fields):
    return keep_sheet(
        table.case,
        person or table.person,
        permit_ends_on=today(-days),
        found_at=timezone.now(),
        by=table.officer,
        **fields,
    )


def test_amount_is_that_of_the_sheet(table):
    measure = table.draft("e", sheet=sheet(table, 12))

    assert (measure.amount, measure.sheet.days) == (12_000_000, 12)


def test_sheet_of_another_person_is_refused(table):
    other = CasePersonFactory(case=table.case)

    with pytest.raises(MeasureRefused, match="orang yang bersangkutan"):
        table.draft("e", sheet=sheet(table, 12, other))


def test_sheet_beyond_day_60_brings_no_charge(table):
    with pytest.raises(MeasureRefused, match="deportasi"):
        table.draft("e", sheet=sheet(table, 61))


def test_sheet_belongs_to_a_charge_alone(table):
    with pytest.raises(MeasureRefused, match="hanya untuk biaya beban"):
        table.draft("b", sheet=sheet(table, 12))


def test_stale_draft_is_not_overwritten(table):
    measure = table.draft()
    stale = Measure.objects.get()
    edit_draft(measure, table.content(content="Satu."), revision=1, by=table.head)

    with pytest.raises(MeasureChanged):
        edit_draft(stale, table.content(content="Dua."), revision=1, by=table.officer)

    assert Measure.objects.get().content == "Satu."


def test_draft_that_changed_since_the_chief_read_it_is_not_decided(table):
    measure = table.draft()
    edit_draft(measure, table.content(content="Lain."), revision=1, by=table.head)

    with pytest.raises(MeasureChanged):
        decide_measure(measure, revision=1, by=table.chief)

    assert Measure.objects.get().is_draft


def test_decided_measure_is_neither_edited_nor_dropped(table):
    measure = table.decided()

    with pytest.raises(MeasureChanged):
        edit_draft(
            measure, table.content(), revision=measure.revision, by=table.officer
        )
    with pytest.raises(MeasureChanged):
        drop_draft(measure, revision=measure.revision, by=table.officer)

    assert Measure.objects.get().state == "decided"
    assert not AuditEntry.objects.filter(verb="foreigners.drop_measure").exists()


def test_dropped_draft_stays_in_the_audit(table):
    drop_draft(table.draft(), revision=1, by=table.officer)

    assert not Measure.objects.exists()
    assert AuditEntry.objects.get(verb="foreigners.drop_measure").data == {"kind": "b"}


def test_decision_takes_a_number_a_paper_and_a_name_in_one_act(table):
    revision = table.case.revision
    measure = table.decided()

    version = DocumentVersion.objects.get(document__kind="keputusan_tak")
    signature = Signature.objects.get()
    assert (measure.state, measure.decided_by, measure.version) == (
        "decided",
        table.chief,
        version,
    )
    assert measure.decided_on == today()
    assert version.document.number.endswith("-1")
    assert version.document.is_guarded
    assert (signature.user, signature.name) == (table.chief, table.chief.name)
    assert list(version.document.case_paper.persons.all()) == [table.person.foreigner]
    table.case.refresh_from_db()
    assert table.case.revision > revision
    assert AuditEntry.objects.get(verb="foreigners.decide_measure").data == {
        "kind": "b",
        "number": version.document.number,
    }


def test_second_click_changes_nothing(table):
    measure = table.draft()
    decide_measure(measure, revision=1, by=table.chief)
    decide_measure(measure, revision=1, by=table.chief)

    assert TakenNumber.objects.filter(register__kind="keputusan_tak").count() == 1


def test_second_chief_reads_that_it_was_decided(table):
    measure = table.draft()
    decide_measure(measure, revision=1, by=table.chief)
    other = UserFactory(agency=table.case.office.agency, role=User.Role.CHIEF)

    with pytest.raises(MeasureChanged, match="diputuskan orang lain"):
        decide_measure(measure, revision=1, by=other)


def test_office_without_a_number_pattern_decides_nothing(table):
    table.case.office.number_patterns.all().delete()

    refused_decision(table.draft(), table.chief, NoNumberPattern)


def test_verify_page_learns_no_name_from_the_title(table):
    measure = table.decided()

    assert table.person.foreigner.name not in measure.version.document.title


def test_ban_gets_a_clock_that_ends_it(table):
    measure = table.decided("a", starts_on=today(), ends_on=today(30))

    clock = Clock.objects.get()
    assert (clock.rule.code, clock.measure, clock.due_on) == ("ban", measure, today(30))


def test_measure_without_period_gets_no_clock(table):
    table.decided("b")

    assert not Clock.objects.exists()


def test_paper_prints_confirmed_articles_alone(table):
    table.case.violations.get().violation.__class__.objects.update(
        certainty="belum", name="Perbuatan", article="Pasal 999"
    )
    snapshot = table.decided().version.snapshot

    assert snapshot["violations"] == ["Perbuatan"]
    assert snapshot["grounds"] == [
        "Pasal 75 ayat (2) huruf b Undang-Undang Nomor 6 Tahun 2011 tentang Keimigrasian",
        "Pasal 75 dan Pasal 76 Undang-Undang Nomor 6 Tahun 2011 tentang Keimigrasian",
        "Pasal 59 ayat (1) Peraturan Menteri Imigrasi dan Pemasyarakatan Nomor 2 "
        "Tahun 2025",
        "Pasal 73 Peraturan Menteri Imigrasi dan Pemasyarakatan Nomor 2 Tahun 2025",
    ]


def test_paper_keeps_the_identity_of_then(table):
    Foreigner.objects.update(name="NAMA BARU FIKTIF")

    snapshot = table.decided().version.snapshot

    assert snapshot["person"]["name"].startswith("CONTOH ORANG")


def test_cancelled_conference_stands_in_no_way(table):
    measure = table.draft()
    cancelled = held_conference(table.case, table.chief)
    Conference.objects.filter(pk=cancelled.pk).update(
        state="cancelled", outcome="", held_at=None, version=None
    )

    assert decide(measure, table.chief).state == "decided"


def test_reason_of_the_measure_does_not_reach_the_audit(table):
    table.decided()

    assert not AuditEntry.objects.filter(data__icontains=LONG_REASON[:20]).exists()
    assert not AuditEntry.objects.filter(reason__icontains=LONG_REASON[:20]).exists()
