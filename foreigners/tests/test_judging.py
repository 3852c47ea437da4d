"""The same person or not: shown side by side, judged, remembered."""

import pytest
from django.urls import reverse

from agencies.models import AuditEntry
from agencies.tests.factories import OfficeFactory
from foreigners.models import Foreigner, Reading, Verdict
from foreigners.services.identifying import bump
from foreigners.services.judging import judge, proposals_for, standing_verdict
from foreigners.services.matching import index_names
from foreigners.tests.factories import (
    ForeignerFactory,
    OtherNameFactory,
    StayPermitFactory,
    TravelDocumentFactory,
)

pytestmark = pytest.mark.django_db

GROUND = "Foto dan tanda tangan dibandingkan."


@pytest.fixture
def pair(officer):
    people = [
        ForeignerFactory(office=officer.agency.office, name=name, birth_year=1985)
        for name in ("MUHAMMAD RIZWAN", "MOHAMED RIZVAN")
    ]
    for person in people:
        index_names(person)
    return people


def post(client, pair, **fields):
    one, other = pair
    url = reverse("foreigners:compare", args=[one.pk, other.pk])
    values = {
        "answer": "beda",
        "ground": GROUND,
        "revision": one.revision,
        "other_revision": other.revision,
    }
    return client.post(url, values | fields)


def proposed(person):
    return [candidate.person for candidate, _verdict in proposals_for(person)]


@pytest.mark.parametrize(
    "fields",
    [
        {"answer": ""},
        {"answer": "mungkin"},
        {"ground": ""},
        {"ground": "beda"},
        {"ground": "Ini Muhammad Rizwan yang lain."},
        {"ground": "x" * 10_000},
    ],
)
def test_verdict_needs_an_answer_and_a_ground_that_names_nobody(client, pair, fields):
    response = post(client, pair, **fields)

    assert response.status_code == 422
    assert not Verdict.objects.exists()


def test_verdict_on_data_that_has_changed_is_refused(client, pair):
    bump(pair[1])

    response = post(client, pair)

    assert response.status_code == 422
    assert "berubah sejak dibandingkan" in response.content.decode()
    assert not Verdict.objects.exists()


def test_nobody_is_compared_with_themselves_or_with_another_offices_person(
    client, pair
):
    stranger = ForeignerFactory(office=OfficeFactory())

    for other in (pair[0], stranger):
        url = reverse("foreigners:compare", args=[pair[0].pk, other.pk])
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("answer", Verdict.Answer)
def test_verdict_is_recorded_with_ground_officer_and_revisions(
    client, officer, pair, answer
):
    post(client, pair, answer=answer)

    verdict = Verdict.objects.get()
    assert (verdict.answer, verdict.ground, verdict.decided_by) == (
        answer,
        GROUND,
        officer,
    )
    assert (verdict.first, verdict.second) == tuple(pair)
    entry = AuditEntry.objects.get(verb="foreigners.judge_same")
    assert entry.data == {"other": pair[1].pk, "answer": answer}


def test_not_the_same_is_not_proposed_again_in_either_direction(officer, pair):
    one, other = pair
    assert proposed(one) == [other]

    judge(other, one, answer="beda", ground=GROUND, revisions=(1, 1), by=officer)

    assert (proposed(one), proposed(other)) == ([], [])


@pytest.mark.parametrize("changed", [0, 1])
def test_pair_is_proposed_again_when_either_changes(officer, pair, changed):
    one, other = pair
    judge(one, other, answer="beda", ground=GROUND, revisions=(1, 1), by=officer)

    bump(pair[changed])

    one, other = Foreigner.objects.order_by("pk")
    assert proposed(one) == [other]


@pytest.mark.parametrize("answer", ["sama", "belum"])
def test_other_verdicts_leave_the_proposal_and_show_on_it(officer, pair, answer):
    one, other = pair
    judge(one, other, answer=answer, ground=GROUND, revisions=(1, 1), by=officer)

    ((candidate, verdict),) = proposals_for(one)

    assert (candidate.person, verdict.answer) == (other, answer)


def test_the_last_verdict_counts(officer, pair):
    one, other = pair
    for answer in ("beda", "sama"):
        judge(one, other, answer=answer, ground=GROUND, revisions=(1, 1), by=officer)

    assert standing_verdict(one, other).answer == "sama"
    assert proposed(one) == [other]


def test_page_tells_what_agrees_and_what_differs_and_shows_no_number(
    client, officer, pair
):
    for person in pair:
        TravelDocumentFactory(foreigner=person, number="KX7712349")
        StayPermitFactory(foreigner=person)
    OtherNameFactory(foreigner=pair[0], name="محمد")

    page = client.get(reverse("foreigners:compare", args=[one.pk for one in pair]))

    rows = {str(row.label): (row.agrees, row.how) for row in page.context["rows"]}
    assert rows["Nama"] == (False, "mirip")
    assert rows["Tanggal lahir"] == (True, "")
    assert rows["Dokumen perjalanan"] == (True, "")
    assert rows["Izin tinggal"] == (False, "")
    assert rows["Nama lain"] == (None, "")
    assert "KX7712349" not in page.content.decode()
    assert "<bdi>محمد</bdi>" in page.content.decode()


def test_both_of_a_pair_are_noted_as_opened_and_the_proposed_as_listed(client, pair):
    one, other = pair

    client.get(reverse("foreigners:look_alikes", args=[one.pk]))
    client.get(reverse("foreigners:compare", args=[one.pk, other.pk]))

    assert sorted(Reading.objects.values_list("verb", "foreigner")) == sorted(
        [
            ("listed", one.pk),
            ("listed", other.pk),
            ("opened", one.pk),
            ("opened", other.pk),
        ]
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_proposals_need_the_same_queries_for_any_number(
    officer, pair, rows, django_assert_num_queries
):
    for _nth in range(rows):
        twin = ForeignerFactory(
            office=officer.agency.office, name="MUHAMAD RIZWAN", birth_year=1985
        )
        index_names(twin)
        judge(
            pair[0], twin, answer="belum", ground=GROUND, revisions=(1, 1), by=officer
        )

    with django_assert_num_queries(10):
        assert len(proposals_for(pair[0])) == rows + 1
