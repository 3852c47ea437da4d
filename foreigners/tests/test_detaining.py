"""A detention outside the gelar kasus: by art. 83 alone, on a way of its own."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEntry
from foreigners.models import Case, CaseEvent, Clock, Measure, MeasureKind
from foreigners.services.detaining import release_detention, review_detention
from foreigners.services.executing import ExecutionRefused
from foreigners.services.measuring import NotInConference, edit_draft
from foreigners.services.objecting import Filing, register_objection
from foreigners.services.protecting import DetentionBlocked, determine
from foreigners.services.serving import serve_measure
from foreigners.services.stepping import StepRefused, take_step
from foreigners.services.ticking import windows_over
from foreigners.tests.factories import (
    CasePersonFactory,
    StayPermitFactory,
    answer_gate,
)
from foreigners.tests.measures import bench, carry_out, pdf_file
from foreigners.tests.papers import text_of

pytestmark = pytest.mark.django_db

REASON = "Tidak ada izin tinggal dan tidak ada alamat tetap yang dapat dipegang."


@pytest.fixture
def table():
    """A case under examination; nobody has met about it."""
    table = bench()
    table.conference.delete()
    table.move(Case.State.EXAMINATION)
    return table


def detain(table, **fields) -> CaseEvent:
    table.case.refresh_from_db()
    values = {"by": table.chief, "reason": REASON, "revision": table.case.revision}
    return take_step(table.case, "detain", **{**values, **fields})


def detained(table, **fields) -> Measure:
    """Drafted, decided and served today, and not carried out yet."""
    draft = table.draft("83", **fields)
    detain(table)
    draft.refresh_from_db()
    return serve_measure(
        draft,
        on=timezone.localdate(),
        to="Yang bersangkutan",
        proof=pdf_file(),
        by=table.officer,
    )


@pytest.mark.parametrize("state", Case.State)
def test_detention_is_drafted_from_the_examination_to_the_execution(table, state):
    table.move(state)
    allowed = state in {
        "examination", "conference", "decided", "window", "objection", "execution",
    }  # fmt: skip

    if allowed:
        table.draft("83")
    else:
        with pytest.raises(NotInConference, match="sejak pemeriksaan"):
            table.draft("83")

    assert Measure.objects.exists() is allowed


@pytest.mark.parametrize("code", ["a", "b", "c", "d", "f"])
def test_no_other_measure_is_drafted_outside_the_conference(table, code):
    with pytest.raises(NotInConference):
        table.draft(code)


def test_detention_is_decided_by_the_step_and_the_case_stays_where_it_is(table):
    draft = table.draft("83")

    event = detain(table)

    draft.refresh_from_db()
    assert (draft.state, draft.decided_by, draft.is_outside_conference) == (
        "decided",
        table.chief,
        True,
    )
    assert (event.from_state, event.to_state, event.ground.code) == (
        "examination",
        "examination",
        "detention",
    )
    words = " ".join(fact["value"] for fact in event.receipt["facts"])
    assert "huruf a: tidak memiliki izin tinggal yang sah" in words
    entry = AuditEntry.objects.get(verb="foreigners.decide_measure")
    assert entry.data["number"] == draft.version.document.number


def test_everybody_who_was_drafted_gets_a_decision_of_their_own(table):
    second = CasePersonFactory(case=table.case, foreigner__birth_year=1980)
    answer_gate(second.foreigner)
    drafts = [table.draft("83"), table.draft("83", person=second)]

    detain(table)

    numbers = {
        Measure.objects.get(pk=draft.pk).version.document.number for draft in drafts
    }
    assert len(numbers) == 2


def test_one_whose_ground_is_contradicted_holds_nobody(table):
    second = CasePersonFactory(case=table.case, foreigner__birth_year=1980)
    answer_gate(second.foreigner)
    table.draft("83")
    table.draft("83", person=second)
    StayPermitFactory(foreigner=second.foreigner, ends_on=None)

    with pytest.raises(StepRefused) as refused:
        detain(table)

    assert refused.value.code == "missing:detention_grounded"
    assert f"OA-{second.foreigner_id} tercatat memiliki izin" in str(refused.value)
    assert set(Measure.objects.values_list("state", flat=True)) == {"draft"}


def test_draft_that_was_written_on_since_is_not_decided(table):
    draft = table.draft("83")
    table.case.refresh_from_db()
    read = table.case.revision
    content = table.content("83", place="Ruang lain")

    edit_draft(draft, content, revision=draft.revision, by=table.officer)
    with pytest.raises(StepRefused) as refused:
        detain(table, revision=read)

    assert refused.value.code == "stale"
    assert Measure.objects.get().is_draft


def test_ordinary_decision_needs_its_conference_for_a_detention_too(table):
    draft = table.draft("83")

    with pytest.raises(NotInConference):
        table.decided("83")

    assert draft.is_draft


def test_detention_is_carried_out_at_once_and_gets_its_clocks(table):
    measure = carry_out(detained(table), table.officer)

    assert measure.holds_somebody
    assert measure.executed_early is False
    assert dict(measure.clocks.values_list("rule__code", "state")) == {
        "objection": "berjalan",
        "detention_review": "berjalan",
        "detention_limit": "berjalan",
    }


def test_review_goes_on_and_release_ends_it_while_the_case_goes_on(table):
    measure = carry_out(detained(table), table.officer)
    today = timezone.localdate()

    review_detention(measure, on=today, reason="Dokumen belum terbit.", by=table.head)
    release_detention(measure, on=today, note="Dilepaskan.", by=table.head)

    table.case.refresh_from_db()
    assert table.case.state == "examination"
    assert (measure.state, measure.clocks.filter(ended_on=None).count()) == ("ended", 1)


def test_detention_before_its_service_is_not_carried_out(table):
    draft = table.draft("83")
    detain(table)
    draft.refresh_from_db()

    with pytest.raises(ExecutionRefused, match="disampaikan"):
        carry_out(draft, table.officer)


@pytest.mark.parametrize("kind", ["tppo", "pengungsi"])
@pytest.mark.parametrize("answer", ["ya", "diperiksa"])
def test_claim_that_comes_in_between_holds_the_detention_up(table, kind, answer):
    measure = detained(table)
    determine(
        table.person.foreigner,
        kind=kind,
        answer=answer,
        note="Disampaikan dalam wawancara.",
        answers_read=table.person.foreigner.protections.count(),
        by=table.head,
    )

    with pytest.raises(DetentionBlocked, match="menahan pendetensian"):
        carry_out(measure, table.officer)

    measure.refresh_from_db()
    assert measure.execution == ""


def test_window_of_a_detention_holds_no_case_up(table):
    measure = detained(table)
    table.move(Case.State.OBJECTION_WINDOW)
    Clock.objects.create(
        case=table.case,
        rule=measure.clocks.get().rule,
        measure=other_measure(table),
        started_on=timezone.localdate(),
        due_on=timezone.localdate(),
        state="lewat",
        ended_on=timezone.localdate(),
    )
    register_objection(
        measure,
        Filing(received_on=timezone.localdate(), reasons="Saya punya izin tinggal."),
        by=table.officer,
    )

    assert list(windows_over()) == [table.case]
    table.case.refresh_from_db()
    take_step(
        table.case,
        "window_over",
        by=None,
        reason="Masa keberatan habis.",
        revision=table.case.revision,
    )


def other_measure(table) -> Measure:
    """A served measure of the case's own way."""
    beside = Measure.objects.get()
    beside.pk, beside.is_outside_conference = None, False
    beside.kind = MeasureKind.objects.get(code="b")
    beside.save()
    return beside


def test_database_knows_that_only_a_ground_holds_somebody_outside(table):
    draft = table.draft("83")

    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=draft.pk).update(
            is_outside_conference=True, detention_ground=""
        )


def test_page_offers_the_detention_alone_while_somebody_is_examined(table, client):
    client.force_login(table.officer)
    page = client.get(reverse("foreigners:measure_new", args=[table.case.pk]))

    kinds = [kind.code for kind in page.context["kinds"]]
    case_page = client.get(table.case.get_absolute_url()).content.decode()
    work = reverse("foreigners:case_part", args=[table.case.pk, "penanganan"])

    assert kinds == ["83"]
    assert "Susun pendetensian" in client.get(work).content.decode()
    assert "Status kasus tetap" in case_page


def test_chief_is_led_from_the_draft_to_its_receipt(table, client):
    draft = table.draft("83")
    client.force_login(table.chief)
    step = reverse("foreigners:step", args=[table.case.pk, "detain"])

    page = client.get(draft.get_absolute_url()).content.decode()
    shown = client.get(step).context["form"].initial
    response = client.post(step, {"reason": REASON, "choice": "on", **shown})

    assert f'href="{step}"' in page
    assert reverse("foreigners:measure_decide", args=[draft.pk]) not in page
    assert response.status_code == 302
    after = client.get(draft.get_absolute_url()).content.decode()
    assert "di luar gelar kasus" in after
    assert "Pasal 83 ayat (1) huruf a" in after


def test_officer_carries_it_out_from_its_page(table, client):
    measure = detained(table)
    client.force_login(table.officer)
    url = reverse("foreigners:measure_execute", args=[measure.pk])

    page = client.get(measure.get_absolute_url()).content.decode()
    form = client.get(url).content.decode()

    assert url in page
    assert "Laksanakan sebelum masa keberatan habis" not in page
    assert "pilihan tertulis" not in form


@pytest.mark.slow
def test_decision_outside_the_conference_names_its_ground_and_no_conference(table):
    table.draft("83")
    detain(table)

    text = " ".join(text_of(Measure.objects.get().version).split())

    assert "tidak memiliki izin tinggal yang sah (Pasal 83 ayat (1) huruf a)" in text
    assert "Paling lama 120 (seratus dua puluh) bulan sejak dilaksanakan" in text
    assert "Ruang Detensi Imigrasi" in text
    assert "gelar kasus" not in text.lower()
    assert "Pasal 59" not in text
