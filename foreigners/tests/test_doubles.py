import datetime as dt
import uuid

import pytest

from agencies.models import Region
from agencies.tests.factories import AgencyFactory, OfficeFactory, UserFactory
from foreigners.models import Finding
from foreigners.queries.doubles import (
    doubles_at_triage,
    doubles_while_typing,
    name_key,
    typed_trace,
)
from foreigners.services.triage import write_ground
from foreigners.tests.factories import FindingFactory, FindingPersonFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 9)


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def village():
    return Region.objects.create(
        code="36.72.08.1001", name="Warnasari", level=Region.Level.VILLAGE
    )


@pytest.fixture
def officer(office):
    return UserFactory(agency=office.agency)


def typed(place="", region="", day=DAY, persons=(), key=None):
    return typed_trace(
        region=region,
        place=place,
        seen_on=day,
        persons=persons,
        key=key or uuid.uuid4(),
    )


def proposed(trace, user):
    return [(one.finding, one.agreed) for one in doubles_while_typing(trace, user=user)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CONTOH, Kim Fiktif", "kim fiktif contoh"),
        ("D'Contoh Ünal", "dcontoh unal"),
        ("Иван Контох", "ivan kontokh"),
    ],
)
def test_name_key_ignores_order_case_accents_and_script(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    "changes",
    [
        {"place": "Restoran Lain"},
        {"place": ""},
        {"day": DAY + dt.timedelta(days=8)},
        {"day": None},
        {"region": ""},
    ],
)
def test_another_place_another_week_or_another_area_is_no_double(
    office, officer, village, changes
):
    FindingFactory(
        office=office, place="Gudang Contoh Raya", region=village, seen_on=DAY
    )
    same = {"place": "Gudang Contoh", "region": village.code, "day": DAY}

    assert proposed(typed(**same | changes), officer) == []


def test_same_area_similar_words_and_near_days_are_proposed_with_what_agrees(
    office, officer, village
):
    finding = FindingFactory(
        office=office, place="Jl. Gudang Contoh Raya", region=village, seen_on=DAY
    )
    trace = typed("gudang contoh", village.code, DAY + dt.timedelta(days=7))

    assert proposed(trace, officer) == [
        (finding, ["Tempat sama", "Tanggal berdekatan"])
    ]


def test_finding_is_no_double_of_itself_and_not_of_a_withdrawn_one(
    office, officer, village
):
    same = {"office": office, "place": "Gudang", "region": village, "seen_on": DAY}
    finding = FindingFactory(**same)
    FindingFactory(**same, state="withdrawn")

    assert proposed(typed("Gudang", village.code, key=finding.key), officer) == []


def test_what_another_office_or_another_agency_reported_is_not_proposed(
    office, village
):
    same = {"place": "Gudang", "region": village, "seen_on": DAY}
    FindingFactory(office=office, **same)
    liaison = UserFactory(liaison=True, agency=AgencyFactory(keeper=office))
    trace = typed("Gudang", village.code)

    assert proposed(trace, liaison) == []
    assert proposed(trace, UserFactory()) == []


def test_typed_name_or_number_tells_nobody_that_it_stands_where_they_may_not_read(
    office, officer
):
    person = FindingPersonFactory(
        finding__office=office, name="CONTOH KIM", number="ZZ00A0001"
    )
    receiver = UserFactory(liaison=True)
    person.finding.shared_with.add(receiver.agency)
    trace = typed(persons=[("Kim Contoh", "zz00a-0001")])

    assert proposed(trace, officer) == []
    assert proposed(trace, receiver) == []


def test_same_number_and_name_are_proposed_to_whoever_may_read_the_persons(
    office, officer
):
    person = FindingPersonFactory(
        finding__office=office, name="CONTOH KIM", number="ZZ00A0001"
    )
    FindingPersonFactory(finding__office=office, name="KIM CONTOH", number="ZZ00A0002")
    write_ground(person.finding, ground="Bekerja tanpa izin.", by=officer)

    trace = typed(persons=[("", "zz00a 0001")])

    assert proposed(trace, officer) == [(person.finding, ["Nomor dokumen sama"])]


def test_own_agency_s_earlier_person_is_proposed_to_its_liaison(office):
    person = FindingPersonFactory(finding__office=office, name="CONTOH KIM")
    liaison = person.finding.created_by

    trace = typed(persons=[("Kim Contoh", "")])

    assert proposed(trace, liaison) == [(person.finding, ["Nama serupa"])]


def test_triage_compares_persons_before_anybody_saw_them(office, officer):
    one, other = (
        FindingPersonFactory(
            finding__office=office, finding__place="", number="ZZ00A0001"
        ).finding
        for _time in range(2)
    )

    found = doubles_at_triage(one, user=officer)

    assert [(double.finding, double.agreed) for double in found] == [
        (other, ["Nomor dokumen sama"])
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_proposals_need_the_same_queries_for_any_number_of_findings(
    office, officer, village, rows, django_assert_num_queries
):
    for _number in range(rows):
        finding = FindingFactory(
            office=office, place="Gudang", region=village, seen_on=DAY
        )
        FindingPersonFactory(finding=finding, number="ZZ00A0001")
    Finding.objects.update(created_by=officer)
    trace = typed("Gudang", village.code, persons=[("", "ZZ00A0001")])

    with django_assert_num_queries(3):
        found = doubles_while_typing(trace, user=officer)

    assert [len(double.agreed) for double in found] == [3] * rows
