"""A recap's life: refusals first, then what is kept."""

import datetime as dt
from io import BytesIO

import pytest
import time_machine
from django.db import IntegrityError, transaction
from docx import Document as open_document
from python_calamine import CalamineWorkbook

from agencies.models import AuditEntry, Region, User
from agencies.tests.factories import OfficeFactory, UserFactory
from documents.models import Document, DocumentVersion
from documents.services.storing import stored
from documents.tests.factories import NumberPatternFactory
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
    CaseViolationFactory,
    MeasureFactory,
    ViolationFactory,
    kind_of,
)
from reports.models import Period, PeriodKind, Recap
from reports.queries.figures.caseload import R6A
from reports.services import recaps as service
from reports.services.publishing import public_edition
from reports.services.recap_papers import NotFrozen, NothingNew, publish
from reports.services.recaps import (
    NothingRecorded,
    NothingToCorrect,
    PeriodRefused,
    ReasonTooShort,
    RecapChanged,
    RecapExists,
    RecapFaulty,
    RecapFrozen,
    RecapNotReady,
    RecapOutdated,
    compute,
    correct_recap,
    freeze,
    open_recap,
    recompute,
    send_owed,
    stop_computing,
    write_narrative,
)
from reports.services.spreadsheet import spreadsheet_of
from reports.services.word import chapter_of
from reports.tests.factories import JULY

pytestmark = pytest.mark.django_db
AUGUST = Period(PeriodKind.MONTH, dt.date(2026, 8, 1), dt.date(2026, 8, 31))
QUARTER = Period.containing("triwulan", JULY.starts_on)


@pytest.fixture(autouse=True)
def _september():
    with time_machine.travel(dt.datetime(2026, 9, 14, 3, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def office():
    office = OfficeFactory()
    for kind in (Document.Kind.RECAP, Document.Kind.RECAP_PUBLIC):
        NumberPatternFactory(office=office, kind=kind)
    return office


@pytest.fixture
def head(office):
    return UserFactory(agency=office.agency, role=User.Role.SECTION_HEAD)


def case_in_july(office, **fields):
    case = CaseFactory(office=office, registered_on=dt.date(2026, 7, 9), **fields)
    CaseViolationFactory(
        case=case, violation=ViolationFactory(report_article="Pasal 75")
    )
    return case


@pytest.fixture
def draft(office, head, django_capture_on_commit_callbacks):
    """A computed draft of the third quarter's first month, with one case."""
    case_in_july(office)
    return opened(office, JULY, head, django_capture_on_commit_callbacks)


def opened(office, period, by, capture, **part) -> Recap:
    with capture(execute=True):
        recap = open_recap(office, period, by=by, **part)
    recap.refresh_from_db()
    return recap


# --- opening -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (dt.date(2026, 7, 31), dt.date(2026, 7, 1)),
        (dt.date(2026, 10, 1), dt.date(2026, 10, 31)),
    ],
)
def test_reversed_and_future_spans_are_refused(office, head, starts_on, ends_on):
    case_in_july(office)

    with pytest.raises(PeriodRefused):
        open_recap(office, Period("bebas", starts_on, ends_on), by=head)


def test_free_spans_do_not_overlap(office, head):
    case_in_july(office)
    open_recap(
        office, Period("bebas", dt.date(2026, 7, 1), dt.date(2026, 7, 20)), by=head
    )

    with pytest.raises(PeriodRefused, match="bertumpang"):
        open_recap(
            office, Period("bebas", dt.date(2026, 7, 20), dt.date(2026, 7, 25)), by=head
        )


def test_office_without_records_has_nothing_to_recap(office, head):
    with pytest.raises(NothingRecorded):
        open_recap(office, JULY, by=head)


def test_same_period_twice_is_refused_by_service_and_database(draft, office, head):
    with pytest.raises(RecapExists):
        open_recap(office, JULY, by=head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recap.objects.create(
            office=office,
            kind="bulanan",
            starts_on=JULY.starts_on,
            ends_on=JULY.ends_on,
        )


def codes_of(recap):
    return [table.code for table in recap.tables]


# --- computing -----------------------------------------------------------------------
def test_draft_is_computed_with_sentences_and_control_sums(draft):
    assert codes_of(draft) == ["R1", "R2", "R3", "R4", "R14"]
    assert draft.faults == []
    assert "NIHIL" in draft.narrative["r1"]
    assert not draft.is_computing
    assert draft.tables_done == 5


def test_tables_and_texts_stand_in_their_order_whatever_the_database_kept(draft):
    data = draft.figures["R1"]
    draft.figures = {
        code: data | {"code": code} for code in ("R10", "R7", "R6b", "R2", "R6a")
    }
    draft.narrative = dict.fromkeys(
        ("advice", "r10", "problems", "r6b", "r6a", "r2"), ""
    )

    assert codes_of(draft) == ["R2", "R6a", "R6b", "R7", "R10"]
    assert list(draft.texts) == ["r2", "r6a", "r6b", "r10", "problems", "advice"]


def test_longer_period_has_every_table_of_the_shorter(
    draft, office, head, django_capture_on_commit_callbacks
):
    quarter = opened(office, QUARTER, head, django_capture_on_commit_callbacks)

    assert set(draft.figures) < set(quarter.figures)


def test_level_leaves_tables_that_know_no_level_out(
    office, head, django_capture_on_commit_callbacks
):
    case_in_july(office)

    recap = opened(
        office, JULY, head, django_capture_on_commit_callbacks, level="kecamatan"
    )

    assert codes_of(recap) == ["R3", "R14"]


def test_task_delivered_twice_computes_once(draft):
    before = draft.revision

    compute(draft.pk)

    draft.refresh_from_db()
    assert draft.revision == before


def test_sweep_rings_for_a_draft_whose_task_was_lost(draft, head, monkeypatch):
    recompute(draft, by=head)
    sent = []
    monkeypatch.setattr(service, "send", lambda task, pk: sent.append(pk))
    send_owed()
    assert sent == []

    with time_machine.travel(dt.datetime(2026, 9, 14, 3, 2, tzinfo=dt.UTC)):
        send_owed()

    assert sent == [draft.pk]


def test_stopped_computation_leaves_the_figures_of_before(draft, head):
    figures = draft.figures
    recompute(draft, by=head)
    stop_computing(draft)

    compute(draft.pk)

    draft.refresh_from_db()
    assert (draft.figures, draft.is_computing) == (figures, False)


def test_failing_table_is_tried_again_and_then_told(draft, head, monkeypatch):
    def broken(self, scope):
        raise ZeroDivisionError("uji")

    monkeypatch.setattr(type(R6A), "tabulate", broken)
    recompute(draft, by=head)
    for turn in range(service.MOST_ATTEMPTS):
        later = dt.datetime(2026, 9, 15 + turn, tzinfo=dt.UTC)
        with time_machine.travel(later), pytest.raises(ZeroDivisionError):
            compute(draft.pk)

    draft.refresh_from_db()
    assert draft.error == "ZeroDivisionError: uji"
    assert not draft.is_computing


# --- narrative -----------------------------------------------------------------------
def test_edited_sentences_survive_a_new_computation(
    draft, head, office, django_capture_on_commit_callbacks
):
    write_narrative(
        draft,
        texts={"r1": "Tulisan sendiri.", "problems": "Kurang kendaraan."},
        revision=draft.revision,
        by=head,
    )
    draft.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        recompute(draft, by=head)

    draft.refresh_from_db()
    assert draft.narrative["r1"] == "Tulisan sendiri."
    assert draft.narrative["problems"] == "Kurang kendaraan."
    assert "NIHIL" in draft.narrative["r3"]


def test_narrative_of_two_writers_is_not_overwritten(draft, head):
    read = draft.revision
    write_narrative(draft, texts={"advice": "Pertama."}, revision=read, by=head)

    with pytest.raises(RecapChanged):
        write_narrative(draft, texts={"advice": "Kedua."}, revision=read, by=head)

    draft.refresh_from_db()
    assert draft.narrative["advice"] == "Pertama."


# --- freezing ------------------------------------------------------------------------
def test_running_period_is_not_frozen(office, head, django_capture_on_commit_callbacks):
    case_in_july(office)
    recap = opened(office, QUARTER, head, django_capture_on_commit_callbacks)

    with pytest.raises(RecapNotReady, match="30 September 2026"):
        freeze(recap, revision=recap.revision, by=head)


def test_draft_that_is_being_computed_is_not_frozen(draft, head):
    recompute(draft, by=head)
    draft.refresh_from_db()

    with pytest.raises(RecapNotReady):
        freeze(draft, revision=draft.revision, by=head)


def test_draft_that_somebody_else_changed_is_not_frozen(draft, head):
    read = draft.revision
    write_narrative(draft, texts={"advice": "Baru."}, revision=read, by=head)

    with pytest.raises(RecapChanged):
        freeze(draft, revision=read, by=head)


def test_figures_that_moved_on_are_not_frozen(office, head, draft):
    deported = case_in_july(office)
    measure_of(deported)

    with pytest.raises(RecapOutdated):
        freeze(draft, revision=draft.revision, by=head)

    draft.refresh_from_db()
    assert not draft.is_frozen


def measure_of(case, day=dt.date(2026, 7, 20)):
    kind = kind_of("e")
    kind.report_column = "Biaya beban"
    kind.save()
    return MeasureFactory(
        case=case,
        person=CasePersonFactory(case=case),
        kind_code="e",
        decided=True,
        decided_on=day,
    )


def test_table_whose_control_fails_is_not_frozen(draft, head, monkeypatch):
    fault = "R1: jumlah baris 1, jumlah kolom 2."
    monkeypatch.setattr("reports.models.Table.faults", lambda table: [fault])

    with pytest.raises(RecapFaulty, match="R1"):
        freeze(draft, revision=draft.revision, by=head)

    assert not DocumentVersion.objects.exists()


def test_frozen_recap_is_numbered_signed_and_kept(draft, head):
    version = freeze(draft, revision=draft.revision, by=head)

    assert draft.is_frozen
    assert draft.document.number.endswith("1")
    assert draft.sha256 == service.digest_of(draft.figures)
    assert version.signatures.get().user == head
    assert version.snapshot["figures"] == draft.figures
    entry = AuditEntry.objects.get(verb="reports.freeze_recap")
    assert entry.data["sha256"] == draft.sha256


def test_recap_is_frozen_once(draft, head):
    revision = draft.revision
    freeze(draft, revision=revision, by=head)

    with pytest.raises(RecapFrozen):
        freeze(draft, revision=revision, by=head)

    assert Document.objects.filter(kind=Document.Kind.RECAP).count() == 1


def test_frozen_recap_is_not_computed_again(draft, head):
    freeze(draft, revision=draft.revision, by=head)

    with pytest.raises(RecapFrozen):
        recompute(draft, by=head)


# --- correcting ----------------------------------------------------------------------
def test_change_after_freezing_shows_as_exactly_its_correction(draft, office, head):
    freeze(draft, revision=draft.revision, by=head)
    frozen, first = draft.sha256, draft.spreadsheet
    kept = stored(first).read_bytes()
    measure_of(case_in_july(office))

    draft.refresh_from_db()
    assert draft.sha256 == frozen
    made = correct_recap(draft, reason="Keputusan terlambat dicatat.", by=head)

    assert made.changes == [
        {
            "table": "R2",
            "row": "Pasal 75",
            "column": "Biaya beban L",
            "before": "-",
            "after": "1",
        }
    ]
    draft.refresh_from_db()
    versions = list(draft.document.versions.order_by("version"))
    assert [version.version for version in versions] == [1, 2]
    assert versions[0].snapshot["figures"] != versions[1].snapshot["figures"]
    assert versions[1].snapshot["corrections"][0]["changes"] == made.changes
    assert draft.sha256 != frozen
    assert stored(first).read_bytes() == kept


def test_correction_needs_a_reason_and_a_change(draft, head):
    with pytest.raises(RecapNotReady):
        correct_recap(draft, reason="Alasan yang cukup panjang.", by=head)
    freeze(draft, revision=draft.revision, by=head)
    with pytest.raises(ReasonTooShort):
        correct_recap(draft, reason="x", by=head)
    with pytest.raises(NothingToCorrect):
        correct_recap(draft, reason="Alasan yang cukup panjang.", by=head)


# --- publishing ----------------------------------------------------------------------
def test_public_edition_is_of_frozen_figures_and_once(draft, head):
    with pytest.raises(NotFrozen):
        publish(draft, by=head)
    freeze(draft, revision=draft.revision, by=head)

    version = publish(draft, by=head)

    draft.refresh_from_db()
    assert version.document.kind == Document.Kind.RECAP_PUBLIC
    assert "figures" not in version.snapshot
    with pytest.raises(NothingNew):
        publish(draft, by=head)


def test_kecamatan_edition_has_no_table_by_nationality(draft, office):
    draft.figures = {
        code: {**draft.figures["R1"], "code": code} for code in ("R4", "R5", "R8")
    }
    draft.district = Region(code="36.72.01", name="Cibeber")

    edition = public_edition(draft)

    assert [table.code for table in edition.tables] == ["R4"]
    assert len(edition.left_out) == 2


# --- files ---------------------------------------------------------------------------
def test_spreadsheet_has_a_sheet_a_table_and_never_a_formula(draft, head, office):
    measure_of(case_in_july(office))
    service.keep(draft, service.tabulate(draft))
    draft.refresh_from_db()
    draft.figures["R2"]["rows"][0]["label"] = '=HYPERLINK("http://jahat.example")'

    book = CalamineWorkbook.from_filelike(BytesIO(spreadsheet_of(draft)))

    assert book.sheet_names == ["R1", "R2", "R3", "R4", "R14"]
    rows = book.get_sheet_by_name("R2").to_python()
    assert any(row[1] == '=HYPERLINK("http://jahat.example")' for row in rows)
    assert any(row[1] == "JUMLAH" and row[-1] == 1 for row in rows)
    assert book.get_sheet_by_name("R1").to_python()[5][0] == "NIHIL"


def test_spreadsheet_of_the_same_figures_is_the_same_file(draft, head):
    version = freeze(draft, revision=draft.revision, by=head)

    assert spreadsheet_of(draft, version) == stored(draft.spreadsheet).read_bytes()


def test_chapter_opens_in_word_and_says_that_it_is_a_draft(draft):
    chapter = open_document(BytesIO(chapter_of(draft)))

    words = "\n".join(paragraph.text for paragraph in chapter.paragraphs)
    assert "JULI 2026" in words
    assert "KONSEP" in words
    assert len(chapter.tables) == len(draft.figures)
    assert "NIHIL" in chapter.tables[0].rows[-1].cells[0].text
