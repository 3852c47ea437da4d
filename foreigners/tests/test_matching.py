import pytest

from agencies.tests.factories import OfficeFactory
from foreigners.models import Foreigner, NameKey, OtherName
from foreigners.services.matching import Wanted, find_candidates, index_names
from foreigners.tests.factories import (
    ForeignerFactory,
    NationalityFactory,
    TravelDocumentFactory,
)
from timpora.vault import keyed_hash

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return OfficeFactory()


def known(office, name, year=1985, **fields):
    person = ForeignerFactory(office=office, name=name, birth_year=year, **fields)
    index_names(person)
    return person


def found(office, name="", year=None, **wanted):
    names = (name,) if name else ()
    return find_candidates(
        Wanted(office.pk, names=names, birth=(year, None, None), **wanted)
    )


def people(candidates):
    return [candidate.person for candidate in candidates]


def told(candidate):
    return [(str(one.field), str(one.how), one.agrees) for one in candidate.likenesses]


def test_person_of_another_office_is_never_proposed(office):
    known(OfficeFactory(), "MUHAMMAD RIZWAN")

    assert found(office, "MUHAMMAD RIZWAN") == []


def test_record_that_was_merged_away_is_not_proposed(office):
    kept = known(office, "ANNA ERIKSSON")
    gone = known(office, "MUHAMMAD RIZWAN")
    Foreigner.objects.filter(pk=gone.pk).update(merged_into=kept)

    assert found(office, "MUHAMMAD RIZWAN") == []


def test_name_without_a_letter_finds_nobody(office):
    known(office, "ANNA ERIKSSON")

    assert found(office, "'; --") == []


@pytest.mark.parametrize(
    "typed",
    [
        "MUHAMMAD RIZWAN KHAN",
        "Mohamed Rizwan Khan",
        "KHAN MUHAMMAD RIZWAN",
        "MUHAMMAD RIZVAN KAHN",
        "MUHAMAD RIZWAN",
        "RIZWANKHAN MUHAMMAD",
    ],
)
def test_person_is_found_under_other_spellings(office, typed):
    person = known(office, "MUHAMMAD RIZWAN KHAN")
    known(office, "ANNA ERIKSSON")

    assert people(found(office, typed, 1985))[0] == person


def test_other_name_in_its_own_script_leads_to_the_person(office):
    person = known(office, "LEE MIN JUN")
    OtherName.objects.create(
        foreigner=person, name="김하늘", source="uji", noted_on="2026-01-01"
    )
    index_names(person)

    (candidate,) = found(office, "KIM HANEUL", 1985)

    assert candidate.person == person
    assert told(candidate)[0] == ("Nama lain", "sangat mirip", True)


@pytest.mark.parametrize(
    ("year", "finds"), [(1985, 1), (1986, 1), (1984, 1), (1990, 0)]
)
def test_birth_year_may_be_one_off(office, year, finds):
    known(office, "ANNA ERIKSSON", 1985)

    assert len(found(office, "ANNA ERIKSSON", year)) == finds


def test_person_of_unknown_age_is_found_under_any_year(office):
    person = known(office, "ANNA ERIKSSON", None)

    assert people(found(office, "ANNA ERIKSSON", 1985)) == [person]


def test_the_same_year_comes_before_the_year_after(office):
    later = known(office, "ANNA ERIKSSON", 1986)
    same = known(office, "ANNA ERIKSON", 1985)

    assert people(found(office, "ANNA ERIKSSON", 1985)) == [same, later]


def test_document_finds_a_person_whatever_the_name_and_says_so(office):
    person = known(office, "ANNA ERIKSSON")
    TravelDocumentFactory(foreigner=person, number="ZZ00A0001")

    (candidate,) = found(
        office, "TANAKA HIROSHI", number_hashes=frozenset([keyed_hash("zz00a-0001")])
    )

    assert told(candidate) == [
        ("Nomor dokumen", "sama", True),
        ("Nama", "berbeda", False),
    ]


def test_candidate_says_which_fields_agree_and_how(office):
    NationalityFactory(code="JPN", name="Jepang")
    person = known(office, "ANNA ERIKSSON", 1985, birth_month=4, birth_day=12)

    (candidate,) = find_candidates(
        Wanted(
            office.pk,
            names=("ANNA ERIKSSEN",),
            birth=(1985, 4, 12),
            nationality="JPN",
            number_hashes=frozenset([keyed_hash("ZZ00A0001")]),
        )
    )

    assert candidate.person == person
    assert told(candidate) == [
        ("Nomor dokumen", "berbeda", False),
        ("Nama", "sangat mirip", True),
        ("Tanggal lahir", "sama", True),
        ("Kewarganegaraan", "berbeda", False),
    ]


def test_missing_month_is_no_difference(office):
    known(office, "ANNA ERIKSSON", 1985)

    (candidate,) = find_candidates(
        Wanted(office.pk, names=("ANNA ERIKSSON",), birth=(1985, 4, 12))
    )

    assert ("Tahun lahir", "sama", True) in told(candidate)


def test_no_more_than_twenty_are_shown(office):
    for _nth in range(25):
        known(office, "KIM MIN JUN")

    assert len(found(office, "KIM MIN JUN", 1985)) == 20


def test_indexing_again_writes_nothing_and_a_new_name_replaces_the_keys(office):
    person = known(office, "ANNA ERIKSSON")
    before = list(NameKey.objects.order_by("pk").values_list("pk", "key"))
    index_names(person)
    assert list(NameKey.objects.order_by("pk").values_list("pk", "key")) == before

    Foreigner.objects.filter(pk=person.pk).update(name="LI WEI")
    person.refresh_from_db()
    index_names(person)

    assert set(person.name_keys.values_list("key", flat=True)) == {
        "^LI", "LI$", "^PA", "PAI", "AI$",
    }  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_candidates_need_the_same_queries_for_any_number(
    office, rows, django_assert_num_queries
):
    for _nth in range(rows):
        TravelDocumentFactory(foreigner=known(office, "KIM MIN JUN"))

    with django_assert_num_queries(5):
        assert len(found(office, "KIM MIN JUN", 1985)) == rows
