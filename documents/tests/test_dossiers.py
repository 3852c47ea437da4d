"""From parts to one file: made once, made again when a part changes, gone after a week."""

import datetime as dt
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from pypdf import PdfReader

from documents.models import Classification, Dossier
from documents.services.dossiers import (
    FileDamaged,
    NothingToBind,
    ask,
    drawn_part,
    forget_old,
    is_current,
    make,
    paper_part,
    send_owed,
)
from documents.services.rendering import MOST_ATTEMPTS, render_version
from documents.services.storing import stored
from documents.tasks import bind
from documents.tests.factories import DocumentVersionFactory
from timpora.merging import is_marked
from timpora.tests.twice import deliver_twice

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def paper(office=None, *, title="Notula", **document):
    snapshot = {
        "document": {
            "title": title,
            "number": "WIM.12-1",
            "classification": "biasa",
            "verify_url": "https://contoh.example/v/x/",
        },
        "office": {"lines": ["KANTOR IMIGRASI"], "address": "Jalan Contoh"},
    }
    if office:
        document["office"] = office
    version = DocumentVersionFactory(
        snapshot=snapshot, **{f"document__{name}": it for name, it in document.items()}
    )
    render_version(version.pk)
    version.refresh_from_db()
    return version


def asked(*versions, title="Rapat koordinasi"):
    return ask(
        "rapat:1:kantor",
        office=versions[0].document.office,
        title=title,
        parts=[paper_part(version) for version in versions],
    )


def content_of(dossier):
    dossier.refresh_from_db()
    return stored(dossier.file).read_bytes()


def test_nothing_is_bound_of_nothing():
    office = DocumentVersionFactory().document.office

    with pytest.raises(NothingToBind):
        ask("rapat:1:kantor", office=office, title="Rapat", parts=[])

    assert not Dossier.objects.exists()


def test_dossier_lists_its_parts_with_number_version_and_digest_and_says_what_it_is():
    first = paper(title="Notula", number="WIM.12-77")
    second = paper(first.document.office, kind="daftar_hadir", number="")

    dossier = asked(first, second)
    make(dossier.pk)

    content = content_of(dossier)
    reader = PdfReader(BytesIO(content))
    cover = " ".join(reader.pages[0].extract_text().split())
    joined = cover.replace(" ", "")
    assert (dossier.state, dossier.done, dossier.pages) == ("ready", 2, 3)
    assert "himpunan salinan, bukan surat resmi" in cover
    assert "WIM.12-77" in cover
    assert first.sha256 in joined
    assert second.sha256 in joined
    assert [item.title for item in reader.outline if not isinstance(item, list)] == [
        "Daftar isi",
        "Notula (WIM.12-77)",
        "Daftar hadir",
    ]
    with pikepdf.open(BytesIO(content)) as pdf:
        assert is_marked(pdf)
    assert dossier.is_archivable


def test_cover_of_several_pages_still_names_the_page_at_which_a_part_starts():
    version = paper()
    parts = [paper_part(version, title=f"Bagian {n}") for n in range(1, 31)]

    dossier = ask(
        "rapat:1:kantor", office=version.document.office, title="Rapat", parts=parts
    )
    make(dossier.pk)

    reader = PdfReader(BytesIO(content_of(dossier)))
    covers = dossier.pages - 30
    told = "".join(page.extract_text() for page in reader.pages[:covers])
    last = reader.outline[-1]
    assert covers > 1
    assert reader.get_destination_page_number(last) + 1 == dossier.pages
    assert told.split()[told.split().index("30") :].count(str(dossier.pages)) >= 1


def test_pages_of_no_paper_are_drawn_from_their_data_and_marked_by_their_class():
    version = paper()
    part = drawn_part(
        "Lembar catatan",
        "documents/pdf/bundel_lembar.html",
        {"anything": "x"},
        Classification.RESTRICTED,
    )

    dossier = ask(
        "rapat:1:kantor",
        office=version.document.office,
        title="Rapat",
        parts=[paper_part(version), part],
    )
    make(dossier.pk)

    reader = PdfReader(BytesIO(content_of(dossier)))
    words = ["".join(page.extract_text().split()) for page in reader.pages]
    assert dossier.classification == "terbatas"
    assert ["TERBATAS" in page for page in words] == [True, False, True]


def test_asking_again_for_the_same_parts_makes_nothing_new():
    version = paper()
    dossier = asked(version)
    make(dossier.pk)
    before = Dossier.objects.values().get()

    again = asked(version)

    assert Dossier.objects.values().get() == before
    assert again.is_ready


def test_other_parts_take_the_old_file_away_and_owe_a_new_one(
    django_capture_on_commit_callbacks,
):
    version = paper()
    dossier = asked(version)
    make(dossier.pk)
    dossier.refresh_from_db()
    old = stored(dossier.file)

    with django_capture_on_commit_callbacks(execute=True):
        dossier = asked(version, paper(version.document.office))

    dossier.refresh_from_db()
    assert not old.exists()
    assert (dossier.state, dossier.pages) == ("ready", 3)


def test_parts_that_change_while_they_are_bound_leave_no_file_of_the_old_ones():
    version, other = paper(), paper()
    dossier = asked(version)
    files = set(stored("").rglob("*"))

    class Meanwhile:
        """Somebody asks for other parts just before the old ones are finished."""

        def __call__(self, execute, sql, params, many, context):
            if "is_archivable" in sql and sql.startswith("UPDATE") and not self.done:
                self.done = True
                asked(version, other)
            return execute(sql, params, many, context)

        done = False

    with connection.execute_wrapper(Meanwhile()):
        make(dossier.pk)

    dossier.refresh_from_db()
    assert dossier.state == "queued"
    assert dossier.leased_until is None
    assert {path for path in stored("").rglob("*") if path.is_file()} <= files


def test_second_delivery_finds_nothing_to_do(django_capture_on_commit_callbacks):
    dossier = asked(paper())

    before, once, twice = deliver_twice(
        bind, dossier.pk, capture=django_capture_on_commit_callbacks
    )

    assert before != once == twice


def test_sweep_takes_up_what_a_dead_worker_left(django_capture_on_commit_callbacks):
    dossier = asked(paper())
    now = timezone.now()
    Dossier.objects.update(
        queued_at=now - dt.timedelta(minutes=9),
        leased_until=now - dt.timedelta(minutes=1),
        attempts=1,
    )

    send_owed()

    dossier.refresh_from_db()
    assert (dossier.state, dossier.attempts) == ("ready", 2)


def test_part_whose_bytes_have_changed_is_not_bound_and_the_reason_stays():
    version = paper()
    dossier = asked(version)
    stored(version.file).write_bytes(b"%PDF-1.7 lain")
    Dossier.objects.update(attempts=MOST_ATTEMPTS - 1)

    with pytest.raises(FileDamaged):
        make(dossier.pk)

    dossier.refresh_from_db()
    assert dossier.state == "failed"
    assert dossier.error == f"FileDamaged: {version.pk}"
    assert asked(version).state == "queued"


def test_dossier_goes_after_a_week_and_its_papers_stay():
    version = paper()
    dossier = asked(version)
    make(dossier.pk)
    dossier.refresh_from_db()

    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        forget_old()

    assert not Dossier.objects.exists()
    assert not stored(dossier.file).exists()
    assert stored(version.file).exists()


def test_young_dossier_stays():
    asked(paper())

    forget_old()

    assert Dossier.objects.count() == 1


def test_dossier_is_current_for_exactly_its_parts():
    version = paper()
    dossier = asked(version)
    part = paper_part(version)

    assert is_current(dossier, "Rapat koordinasi", [part])
    assert not is_current(dossier, "Rapat koordinasi", [part, part])
    assert not is_current(dossier, "Rapat lain", [part])
