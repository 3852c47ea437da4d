"""Recaps on the screen: what is typed is kept, what is refused says what to do."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import OfficeFactory, UserFactory
from documents.models import Document, DocumentVersion
from documents.services.rendering import stop_drawing
from documents.tests.factories import NumberPatternFactory
from foreigners.tests.factories import CaseFactory
from reports.models import Recap
from reports.services.recaps import freeze, keep, tabulate
from reports.tests.factories import RecapFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _september():
    with time_machine.travel(dt.datetime(2026, 9, 14, 3, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def office():
    office = OfficeFactory()
    NumberPatternFactory(office=office, kind=Document.Kind.RECAP)
    CaseFactory(office=office, registered_on=dt.date(2026, 7, 9))
    return office


@pytest.fixture
def head(office, client):
    user = UserFactory(agency=office.agency, role=User.Role.SECTION_HEAD)
    client.force_login(user)
    return user


@pytest.fixture
def draft(office):
    draft = RecapFactory(office=office, kind="triwulan", starts_on=dt.date(2026, 4, 1))
    Recap.objects.filter(pk=draft.pk).update(ends_on=dt.date(2026, 6, 30))
    draft.refresh_from_db()
    keep(draft, tabulate(draft))
    draft.refresh_from_db()
    return draft


def address(name, recap, *more):
    return reverse(f"reports:{name}", args=[recap.pk, *more])


def words_of(response) -> str:
    return response.content.decode()


def test_new_recap_leads_to_its_page(client, head, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            reverse("reports:recap_new"), {"period": "bulanan:2026-07-01"}
        )

    recap = Recap.objects.get()
    assert response.url == recap.get_absolute_url()
    assert (recap.period.label, recap.created_by) == ("Juli 2026", head)
    assert "R1 Projustisia" in words_of(client.get(response.url))


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"period": "bulanan:2031-01-01"}, 422, "pilihan"),
        ({"period": "bulanan:kemarin"}, 422, "pilihan"),
        ({"period": "bebas"}, 422, "Isi tanggal ini"),
        (
            {"period": "bebas", "starts_on": "2026-07-31", "ends_on": "2026-07-01"},
            422,
            "mendahului",
        ),
        (
            {"period": "bebas", "starts_on": "2026-10-01", "ends_on": "2026-10-31"},
            422,
            "belum dimulai",
        ),
        ({"period": "bulanan:2026-07-01", "district": "99.99.99"}, 422, "pilihan"),
    ],
)
def test_bad_period_is_refused_and_what_was_typed_stays(
    client, head, typed, status, sentence
):
    response = client.post(reverse("reports:recap_new"), typed)

    assert response.status_code == status
    assert sentence in words_of(response).lower() or sentence in words_of(response)
    assert response.context["form"]["starts_on"].value() == typed.get("starts_on")
    assert not Recap.objects.exists()


def test_same_period_twice_is_a_conflict(client, head, draft):
    response = client.post(
        reverse("reports:recap_new"), {"period": "triwulan:2026-04-01"}
    )

    assert response.status_code == 409
    assert "sudah ada" in words_of(response)


def test_page_says_how_far_the_computation_is(client, head, draft):
    client.post(address("recap_compute", draft))
    Recap.objects.filter(pk=draft.pk).update(tables_done=3)

    page = words_of(client.get(address("recap", draft), headers={"HX-Request": "true"}))

    assert "3 dari 12 tabel" in page
    assert "<html" not in page
    assert "Bekukan" not in page


def test_stopping_brings_the_page_back(client, head, draft):
    client.post(address("recap_compute", draft))

    response = client.post(address("recap_stop", draft), follow=True)

    assert "Bekukan" in words_of(response)


def test_narrative_is_kept_and_a_conflict_shows_both(client, head, draft):
    read = draft.revision
    first = client.post(
        address("recap_narrative", draft), {"revision": read, "problems": "Satu."}
    )
    second = client.post(
        address("recap_narrative", draft), {"revision": read, "problems": "Dua."}
    )

    assert (first.status_code, second.status_code) == (302, 409)
    assert "Satu." in words_of(second)
    assert "Dua." in words_of(second)
    draft.refresh_from_db()
    assert draft.narrative["problems"] == "Satu."


def test_narrative_of_a_conflict_is_saved_over_what_was_shown(client, head, draft):
    url, read = address("recap_narrative", draft), draft.revision
    client.post(url, {"revision": read, "problems": "Satu."})
    shown = client.post(url, {"revision": read, "problems": "Dua."})
    again = {one.name: one.value() or "" for one in shown.context["form"]}

    assert client.post(url, again).status_code == 302

    draft.refresh_from_db()
    assert draft.narrative["problems"] == "Dua."


def test_narrative_of_a_frozen_recap_is_refused_and_shown_again(client, head, draft):
    client.post(address("recap_freeze", draft), {"revision": draft.revision})

    response = client.post(
        address("recap_narrative", draft),
        {"revision": draft.revision, "problems": "Terlambat."},
    )

    assert response.status_code == 409
    assert "sudah dibekukan" in words_of(response)
    assert "Terlambat." in words_of(response)


def test_too_long_narrative_is_refused_with_its_words(client, head, draft):
    long = "Panjang sekali. " * 400

    response = client.post(
        address("recap_narrative", draft), {"revision": draft.revision, "advice": long}
    )

    assert response.status_code == 422
    assert response.context["form"]["advice"].value() == long


def test_freezing_twice_makes_one_paper_and_the_second_is_told(client, head, draft):
    posted = {"revision": draft.revision}
    first = client.post(address("recap_freeze", draft), posted)
    second = client.post(address("recap_freeze", draft), posted)

    assert (first.status_code, second.status_code) == (302, 409)
    assert "sudah dibekukan" in words_of(second)
    assert Document.objects.filter(kind=Document.Kind.RECAP).count() == 1


def test_figures_that_moved_on_are_computed_anew_before_anybody_freezes(
    client, head, draft, office
):
    CaseFactory(office=office, registered_on=dt.date(2026, 5, 2))

    response = client.post(address("recap_freeze", draft), {"revision": draft.revision})

    assert response.status_code == 409
    assert "baca lagi" in words_of(response)
    draft.refresh_from_db()
    assert draft.is_computing


def test_correction_shows_what_changed_and_asks_for_a_reason(
    client, head, draft, office
):
    client.post(address("recap_freeze", draft), {"revision": draft.revision})
    CaseFactory(office=office, registered_on=dt.date(2026, 5, 2))

    page = client.get(address("recap_correct", draft))
    short = client.post(address("recap_correct", draft), {"reason": "x"})
    done = client.post(
        address("recap_correct", draft), {"reason": "Kasus terlambat dicatat."}
    )

    assert len(page.context["changes"]) > 0
    assert short.status_code == 422
    assert short.context["form"]["reason"].value() == "x"
    assert done.status_code == 302
    assert "Kasus terlambat dicatat." in words_of(client.get(address("recap", draft)))


def test_frozen_files_are_the_ones_that_were_kept(client, head, draft, office):
    client.post(address("recap_freeze", draft), {"revision": draft.revision})
    first = b"".join(client.get(address("recap_xlsx", draft)).streaming_content)
    CaseFactory(office=office, registered_on=dt.date(2026, 5, 2))

    again = b"".join(client.get(address("recap_xlsx", draft)).streaming_content)

    assert first == again
    assert first.startswith(b"PK")


def test_cell_opens_its_rows_and_says_what_stays_closed(client, head, draft, office):
    secret = CaseFactory(
        office=office, registered_on=dt.date(2026, 5, 2), classification="rahasia"
    )
    officer = UserFactory(agency=office.agency)
    client.force_login(officer)

    page = client.get(address("cell", draft, "R6a"))

    assert page.context["cell"].counted == 1
    assert page.context["cell"].closed == 1
    assert secret.number not in words_of(page)
    client.force_login(head)
    assert secret.number in words_of(client.get(address("cell", draft, "R6a")))


@pytest.mark.parametrize(
    ("code", "query"),
    [("R99", {}), ("R1", {"baris": "tidak ada"}), ("R1", {"kolom": "tidak ada"})],
)
def test_cell_that_is_not_there_is_not_found(client, head, draft, code, query):
    assert client.get(address("cell", draft, code), query).status_code == 404


def test_comparison_puts_the_earlier_period_first(client, head, draft, office):
    later = RecapFactory(
        office=office,
        kind="triwulan",
        starts_on=dt.date(2026, 7, 1),
        ends_on=dt.date(2026, 9, 30),
    )
    keep(later, tabulate(later))

    page = client.get(address("recap_compare", later, draft.pk))

    assert page.context["before"] == draft
    assert [change["table"] for change in page.context["changes"]] == [
        "R6a",
        "R6b",
        "R7",
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_needs_the_same_queries_for_one_row_and_three(
    client, head, office, rows, django_assert_num_queries
):
    for month in range(rows):
        RecapFactory(
            office=office,
            starts_on=dt.date(2026, month + 1, 1),
            ends_on=dt.date(2026, month + 1, 28),
        )
    client.get(reverse("reports:recaps"))

    with django_assert_num_queries(4):
        client.get(reverse("reports:recaps"))


def test_frozen_recap_shows_how_far_its_paper_is(client, head, draft):
    version = freeze(draft, revision=draft.revision, by=head)
    DocumentVersion.objects.filter(pk=version.pk).update(parts_done=3, parts=12)

    page = words_of(client.get(draft.get_absolute_url()))
    polled = words_of(client.get(address("recap_papers", draft)))
    stop_drawing(version, by=head)
    stopped = words_of(client.get(address("recap_papers", draft)))

    for shown in (page, polled):
        assert "bagian 3 dari 12" in shown
        assert address("recap_papers", draft) in shown
        assert reverse("documents:stop", args=[version.pk]) in shown
    assert "dihentikan oleh" in stopped
    assert address("recap_papers", draft) not in stopped


def test_recap_whose_paper_is_drawn_asks_no_more(client, head, draft):
    version = freeze(draft, revision=draft.revision, by=head)
    DocumentVersion.objects.filter(pk=version.pk).update(
        state="ready", ready_at=timezone.now(), file="ab/abc", sha256="ab" * 32
    )

    page = words_of(client.get(draft.get_absolute_url()))

    assert address("recap_papers", draft) not in page
    assert "PDF resmi" in page
