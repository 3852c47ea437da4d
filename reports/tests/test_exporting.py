import csv
import datetime as dt
import io
import os
import uuid
import zipfile

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from agencies.models import AuditEntry, User
from agencies.tests.factories import UserFactory
from documents.services.storing import stored
from documents.tests.factories import DocumentVersionFactory
from foreigners.models import Clock, ClockRule, Reading
from foreigners.tests.factories import (
    CaseFactory,
    FindingFactory,
    ForeignerFactory,
    MeasureFactory,
    TravelDocumentFactory,
)
from meetings.models import FollowUp
from meetings.tests.factories import FollowUpFactory, MeetingFactory
from reports import exports
from reports.exports import EXPORTS, rows_of
from reports.models import Export
from reports.services import exporting
from reports.services.exporting import (
    MOST_ATTEMPTS,
    ExportRefused,
    TakenOver,
    cancel_export,
    clear_folders,
    mine,
    progress,
    remove_expired,
    request_export,
    send_owed,
    write_file,
)
from reports.services.sheets import MIMES, harmless
from reports.tasks import write_export
from timpora.tests.twice import deliver_twice

pytestmark = pytest.mark.django_db

REASON = "Laporan bulanan kepada Kanwil."


def ask(user, kind="rapat", form="csv", query="", reason=REASON):
    return request_export(
        kind=kind, query=query, form=form, reason=reason, key=uuid.uuid4(), by=user
    )


def written(user, capture, **fields):
    """The export after its worker was there."""
    with capture(execute=True):
        export = ask(user, **fields)
    export.refresh_from_db()
    return export


def table(export):
    """All rows of the file as somebody's spreadsheet reads them."""
    content = stored(export.file).read_bytes()
    if export.format == "csv":
        text = content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text), delimiter=";"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def officer():
    return UserFactory()


def one_of_each(user):
    """A row for every list, and one of each that another office keeps to itself."""
    for office in (user.agency.office, UserFactory().agency.office):
        meeting = MeetingFactory(team__office=office)
        FollowUpFactory(origin=meeting)
        FindingFactory(office=office)
        case = CaseFactory(office=office)
        person = ForeignerFactory(office=office)
        TravelDocumentFactory(foreigner=person)
        rule, _made = ClockRule.objects.get_or_create(
            code="verification",
            defaults={"name": "Verifikasi", "length": 3, "source": "uji"},
        )
        today = timezone.localdate()
        Clock.objects.create(case=case, rule=rule, started_on=today, due_on=today)
        MeasureFactory(case=case)
        DocumentVersionFactory(document__office=office)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", EXPORTS)
def test_every_list_comes_out_with_its_heads_its_rows_and_who_took_it(
    kind, form, capture
):
    head = UserFactory(role=User.Role.SECTION_HEAD)
    one_of_each(head)
    if kind == "audit":
        written(head, capture)

    export = written(head, capture, kind=kind, form=form)

    assert (export.state, export.error) == ("ready", "")
    rows = table(export)
    heads = [str(one) for one, _value in EXPORTS[kind].columns(head)]
    shown = [row for row in rows[2:] if any(row)]
    assert head.name in rows[0][0]
    assert str(export) in rows[0][0]
    assert rows[1][: len(heads)] == heads
    assert len(shown) == export.total + 1
    assert shown[-1][0] == rows[0][0]
    # The trail grows by the line that says that this file was written.
    later = 1 if kind == "audit" else 0
    assert export.total == rows_of(kind, head, "").count() - later >= 1
    assert stored(export.file).stat().st_size == export.size


PAGES = [
    ("meetings:list", "rapat", "?q=Koordinasi"),
    ("meetings:follow_ups", "tindak-lanjut", "?state=open"),
    ("foreigners:findings", "temuan", "?state=submitted"),
    ("foreigners:cases", "kasus", "?state=reported"),
    ("foreigners:persons", "orang-asing", "?izin=tanpa"),
    ("foreigners:clocks", "tenggat", ""),
    ("documents:list", "berkas", "?kind=notula"),
    ("agencies:audit", "audit", "?verb=Meminta"),
]


@pytest.mark.parametrize(("page", "kind", "query"), PAGES)
@pytest.mark.parametrize(
    "role", ["officer", "section_head", "auditor", "administrator", "liaison"]
)
def test_file_has_the_rows_of_the_page_for_each_reader(
    client, capture, page, kind, query, role
):
    user = UserFactory(role=role)
    if role == "liaison":
        FindingFactory(reporter=user.agency)
        FollowUpFactory(owner=user.agency)
    else:
        one_of_each(user)
        CaseFactory(office=user.agency.office, state="verification")
    if not user.has_perm(EXPORTS[kind].permission):
        client.force_login(user)
        refused = client.get(reverse("reports:export_new", args=[kind]))
        assert refused.status_code == 403
        return
    if kind == "audit" and role == "section_head":
        written(user, capture)
    client.force_login(user)

    shown = client.get(reverse(page) + query).context["page"]

    found = rows_of(kind, user, query.removeprefix("?"))
    assert [row.pk for row in found] == [row.pk for row in shown]
    assert EXPORTS[kind].page == page


def test_auditor_takes_out_no_more_than_their_list_says():
    auditor = UserFactory(role=User.Role.AUDITOR)

    heads = {
        kind: [str(head) for head, _value in EXPORTS[kind].columns(auditor)]
        for kind in ("kasus", "temuan", "tindak-lanjut")
    }

    assert heads == {
        "kasus": ["Nomor", "Status", "Sejak", "Terdaftar"],
        "temuan": ["Temuan", "Pelapor", "Dilaporkan", "Status"],
        "tindak-lanjut": [
            "Nomor", "Asal", "Penanggung jawab", "Sejak", "Tenggat", "Selesai pada",
            "Status", "Terlambat",
        ],
    }  # fmt: skip


def test_numbers_of_documents_leave_masked(officer, capture):
    person = ForeignerFactory(office=officer.agency.office)
    TravelDocumentFactory(foreigner=person, number="ZZ7712349")

    export = written(officer, capture, kind="orang-asing")

    content = stored(export.file).read_text("utf-8-sig")
    assert "Z••••349" in content
    assert "ZZ7712349" not in content


def test_person_who_leaves_in_a_file_is_told_so_in_their_access_log(officer, capture):
    people = ForeignerFactory.create_batch(2, office=officer.agency.office)
    ForeignerFactory()

    export = written(officer, capture, kind="orang-asing")

    read = Reading.objects.filter(verb=Reading.Verb.EXPORTED)
    assert {(row.foreigner_id, row.reason, row.sha256) for row in read} == {
        (person.pk, REASON, export.sha256) for person in people
    }
    lines = AuditEntry.objects.order_by("pk").values_list("verb", "reason")
    assert list(lines) == [
        ("reports.request_export", REASON),
        ("reports.export", REASON),
    ]
    assert AuditEntry.objects.get(verb="reports.export").data == {
        "kind": "orang-asing",
        "rows": 2,
        "sha256": export.sha256,
    }


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0"]
)  # fmt: skip
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_text_that_begins_like_a_formula_stays_a_text(officer, capture, text, form):
    MeetingFactory(team__office=officer.agency.office, title=text)

    export = written(officer, capture, form=form)

    cell = table(export)[2][0]
    content = stored(export.file).read_bytes()
    if form == "csv":
        assert cell == f"'{text}"
    else:
        # Read without evaluating anything: it is there as it was typed.
        assert cell.replace("_x000D_", "\r").strip() == text.strip()
        assert b"<f>" not in b"".join(parts_of(content))


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [packed.read(name) for name in packed.namelist()]


@pytest.mark.parametrize(
    ("text", "shown"), [("Biasa", "Biasa"), ("", ""), ("a=b", "a=b"), ("-", "'-")]
)
def test_only_the_first_letter_makes_a_formula(text, shown):
    assert harmless(text) == shown


def test_dates_and_moments_are_those_of_the_office(capture):
    officer = UserFactory()
    officer.agency.office.time_zone = "Asia/Jayapura"
    officer.agency.office.save()
    MeetingFactory(
        team__office=officer.agency.office,
        starts_at=dt.datetime(2026, 6, 30, 16, 30, tzinfo=dt.UTC),
    )

    comma = written(officer, capture)
    sheet = written(officer, capture, form="xlsx")

    assert table(comma)[2][3] == "2026-07-01 01:30"
    assert table(sheet)[2][3] == dt.datetime(2026, 7, 1, 1, 30)  # noqa: DTZ001 -- a cell


def test_personal_data_leaves_for_a_reason_alone(client, officer):
    ForeignerFactory(office=officer.agency.office)
    client.force_login(officer)
    url = reverse("reports:export_new", args=["orang-asing"])
    typed = {"key": uuid.uuid4(), "form": "csv", "reason": "  perlu  "}

    response = client.post(url, typed)

    assert response.status_code == 422
    assert "paling sedikit 10 huruf" in response.content.decode()
    assert 'name="reason"' in response.content.decode()
    assert not Export.objects.exists()


def test_service_asks_for_the_reason_too(officer):
    ForeignerFactory(office=officer.agency.office)

    with pytest.raises(exporting.ReasonMissing):
        ask(officer, kind="orang-asing", reason=" ")

    assert not Export.objects.exists()


@pytest.mark.parametrize(
    ("rows", "most", "sentence"),
    [
        (0, 5, "Tidak ada baris untuk diekspor."),
        (3, 2, "Daftar ini memuat 3 baris; satu berkas paling banyak 2."),
    ],
)
def test_list_that_fits_no_file_is_refused_in_words(
    client, officer, monkeypatch, rows, most, sentence
):
    monkeypatch.setattr(exporting, "MOST_ROWS", most)
    MeetingFactory.create_batch(rows, team__office=officer.agency.office)
    client.force_login(officer)

    response = client.post(
        reverse("reports:export_new", args=["rapat"]),
        {"key": uuid.uuid4(), "form": "csv"},
    )

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Export.objects.exists()
    assert not AuditEntry.objects.exists()


def test_nobody_fills_the_queue(officer):
    MeetingFactory(team__office=officer.agency.office)
    for _number in range(3):
        ask(officer)

    with pytest.raises(ExportRefused, match="Masih ada 3 ekspor"):
        ask(officer)


def test_form_that_is_sent_twice_owes_one_file(client, officer, capture):
    MeetingFactory(team__office=officer.agency.office, title="Rapat A")
    MeetingFactory(team__office=officer.agency.office, title="Rapat B")
    client.force_login(officer)
    typed = {"key": uuid.uuid4(), "form": "csv", "query": "q=Rapat+A&halaman=2"}
    url = reverse("reports:export_new", args=["rapat"])

    with capture(execute=True):
        answers = [client.post(url, typed)["Location"] for _time in range(2)]

    export = Export.objects.get()
    assert answers == [export.get_absolute_url()] * 2
    assert (export.query, export.total, export.state) == ("q=Rapat+A", 1, "ready")


def test_task_that_is_delivered_twice_writes_one_file(officer, capture):
    MeetingFactory(team__office=officer.agency.office)
    export = ask(officer)

    before, first, second = deliver_twice(write_export, export.pk, capture=capture)

    assert before != first
    assert first == second


def test_cancelled_export_leaves_nothing(officer):
    MeetingFactory(team__office=officer.agency.office)
    export = ask(officer)

    cancel_export(export, by=officer)
    write_file(export.pk)

    export.refresh_from_db()
    assert (export.state, export.file) == ("cancelled", "")
    with pytest.raises(ExportRefused):
        cancel_export(export, by=officer)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_worker_stops_at_the_next_batch_when_somebody_cancels(
    officer, monkeypatch, form
):
    MeetingFactory.create_batch(3, team__office=officer.agency.office)
    monkeypatch.setattr(exporting, "AT_A_TIME", 1)
    export = ask(officer, form=form)

    def cancel_after_the_first_row(rows, *arguments, **fields):
        progress(rows, *arguments, **fields)
        if arguments == (1,):
            cancel_export(Export.objects.get(pk=export.pk), by=officer)

    monkeypatch.setattr(exporting, "progress", cancel_after_the_first_row)
    write_file(export.pk)

    export.refresh_from_db()
    assert (export.state, export.written, export.file) == ("cancelled", 1, "")
    left = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert left == []


def test_attempt_that_was_overtaken_cannot_go_on(officer):
    MeetingFactory(team__office=officer.agency.office)
    export = ask(officer)
    Export.objects.update(attempts=1)
    stale = Export.objects.get()
    Export.objects.update(attempts=2)

    assert not mine(stale).exists()
    with pytest.raises(TakenOver):
        progress(stale, 0, total=1)
    assert export.pk == stale.pk


def test_row_that_may_not_be_seen_any_more_does_not_go_out(officer, monkeypatch):
    kept, moved = MeetingFactory.create_batch(2, team__office=officer.agency.office)
    export = ask(officer)
    keys = exporting.keys_of

    def withdrawn_meanwhile(rows):
        found = list(keys(rows))
        type(moved).objects.filter(pk=moved.pk).update(office=UserFactory().agency_id)
        return found

    monkeypatch.setattr(exporting, "keys_of", withdrawn_meanwhile)
    write_file(export.pk)

    export.refresh_from_db()
    assert [row[0] for row in table(export)[2:-1]] == [kept.title]


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "administrator"}])
def test_right_that_was_lost_in_the_meantime_stops_the_file(officer, change):
    CaseFactory(office=officer.agency.office)
    export = ask(officer, kind="kasus")
    User.objects.filter(pk=officer.pk).update(**change)

    write_file(export.pk)

    export.refresh_from_db()
    assert (export.state, export.file) == ("failed", "")
    assert export.error == "Anda tidak lagi berwenang atas halaman ini."


def test_failure_is_left_to_the_sweep_and_then_told(officer, monkeypatch):
    MeetingFactory(team__office=officer.agency.office)
    export = ask(officer)
    broken = exports.Exportable(
        **{
            **vars(EXPORTS["rapat"]),
            "columns": lambda user: (("Rapat", lambda one: one.absent),),
        }
    )
    monkeypatch.setitem(EXPORTS, "rapat", broken)

    for _attempt in range(MOST_ATTEMPTS):
        with pytest.raises(AttributeError):
            write_file(export.pk)
        Export.objects.filter(leased_until__isnull=False).update(
            leased_until=timezone.now() - dt.timedelta(seconds=1)
        )

    export.refresh_from_db()
    assert (export.state, export.attempts) == ("failed", MOST_ATTEMPTS)
    assert "AttributeError" in export.error
    assert not list(settings.MEDIA_ROOT.rglob("tmp-*"))


def test_sweep_rings_for_what_nobody_works_on(officer):
    MeetingFactory(team__office=officer.agency.office)
    export = ask(officer)

    send_owed()
    export.refresh_from_db()
    too_early = export.state
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        send_owed()

    export.refresh_from_db()
    assert (too_early, export.state) == ("queued", "ready")


def test_sweep_leaves_alone_what_somebody_works_on(officer):
    MeetingFactory(team__office=officer.agency.office)
    export = ask(officer)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        Export.objects.update(leased_until=timezone.now() + exporting.LEASE)
        send_owed()

    export.refresh_from_db()
    assert (export.state, export.attempts) == ("queued", 0)


def test_file_goes_after_seven_days_and_its_row_says_so(client, officer, capture):
    MeetingFactory(team__office=officer.agency.office)
    export = written(officer, capture)
    path = stored(export.file)

    remove_expired()
    early = path.exists()
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, seconds=1)):
        remove_expired()
        client.force_login(officer)
        response = client.get(reverse("reports:export_file", args=[export.pk]))

    export.refresh_from_db()
    assert (early, path.exists(), export.state) == (True, False, "expired")
    assert response.status_code == 404


def test_what_a_killed_worker_left_is_cleared_when_it_is_old(officer, capture):
    """It may have died while it wrote, or with the file whole and the row unwritten."""
    MeetingFactory(team__office=officer.agency.office)
    kept = stored(written(officer, capture).file).parent
    folders = settings.MEDIA_ROOT / exporting.FOLDER
    for name, file in (("1-a", exporting.UNFINISHED), ("2-b", "0" * 64), ("3-c", "x")):
        (folders / name).mkdir()
        (folders / name / file).write_text("x")
    moment = (timezone.now() - dt.timedelta(hours=2)).timestamp()
    for folder in (folders / "1-a", folders / "2-b", kept):
        os.utime(folder, (moment, moment))

    clear_folders()

    assert {path.name for path in folders.iterdir()} == {"3-c", kept.name}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_download_is_a_file_to_keep_and_stands_in_the_audit(
    client, officer, capture, form
):
    MeetingFactory(team__office=officer.agency.office)
    export = written(officer, capture, form=form)
    client.force_login(officer)

    response = client.get(reverse("reports:export_file", args=[export.pk]))

    assert response["Content-Type"] == MIMES[form]
    assert response["Content-Disposition"].startswith("attachment")
    assert f"rapat_{export}.{form}" in response["Content-Disposition"]
    assert b"".join(response.streaming_content) == stored(export.file).read_bytes()
    assert AuditEntry.objects.filter(verb="reports.download_export").count() == 1


def test_page_shows_how_far_it_is_and_asks_again_until_it_is_there(client, officer):
    MeetingFactory(team__office=officer.agency.office)
    export = ask(officer)
    Export.objects.update(total=200, written=50)
    client.force_login(officer)

    waiting = client.get(export.get_absolute_url()).content.decode()
    write_file(export.pk)
    ready = client.get(
        export.get_absolute_url(), headers={"HX-Request": "true"}
    ).content.decode()

    assert "50 dari 200 baris" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert 'value="25"' in waiting
    assert "hx-trigger" not in ready
    assert ready.lstrip().startswith('<div id="ekspor"')


def test_liaison_takes_out_what_their_agency_owes(client, capture):
    liaison = UserFactory(liaison=True)
    own = FollowUpFactory(owner=liaison.agency)
    FollowUpFactory()

    export = written(liaison, capture, kind="tindak-lanjut", reason="")

    assert [row[1] for row in table(export)[2:-1]] == [own.text]
    assert FollowUp.objects.count() == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_exports_needs_the_same_queries_for_any_number(
    client, officer, rows, django_assert_max_num_queries
):
    MeetingFactory(team__office=officer.agency.office)
    for _number in range(rows):
        ask(officer)
    client.force_login(officer)
    client.get(reverse("reports:exports"))

    with django_assert_max_num_queries(6):
        response = client.get(reverse("reports:exports"))

    assert len(response.context["rows"]) == rows


@pytest.mark.parametrize("kind", EXPORTS)
def test_file_needs_as_many_queries_for_three_rows_as_for_one(kind, capture):
    needed = []
    for rows in (1, 3):
        head = UserFactory(role=User.Role.SECTION_HEAD)
        for _number in range(rows):
            one_of_each(head)
        if kind == "audit":
            written(head, capture)
        export = ask(head, kind=kind)
        with CaptureQueriesContext(connection) as queries:
            write_file(export.pk)
        needed.append(len(queries))

    assert needed[0] == needed[1]
