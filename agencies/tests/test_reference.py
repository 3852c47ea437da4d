from collections import Counter

import pytest

from agencies.models import AgencyType, Holiday, Region
from agencies.services.reference import (
    RegionsUnavailable,
    load_masters,
    load_regions,
    official_name,
)

pytestmark = pytest.mark.django_db


def test_banten_has_its_1715_regions_below_the_province():
    load_regions("36")

    assert Counter(Region.objects.values_list("level", flat=True)) == {
        "provinsi": 1,
        "kabupaten_kota": 8,
        "kecamatan": 155,
        "kelurahan_desa": 1552,
    }


def test_regions_are_found_by_the_names_that_people_use():
    load_regions("36")

    found = Region.objects.filter(level="kecamatan")

    assert [r.name for r in found.matching("Grogol")] == ["Gerogol"]
    assert [r.name for r in found.matching("anyer")] == ["Anyar"]


def test_descendants_are_a_prefix_and_not_the_neighbour_with_a_longer_code():
    load_regions("36")

    assert Region.objects.within("36.72").count() == 1 + 8 + 43


def test_loading_again_adds_nothing_and_keeps_what_was_edited():
    load_masters()
    AgencyType.objects.filter(pk="POLRES").update(name="Kepolisian")
    Holiday.objects.filter(date="2026-01-01").update(name="Tahun Baru")

    assert load_masters() == {"agency_types": 0, "holidays": 0, "regions": 0}
    assert AgencyType.objects.get(pk="POLRES").name == "Kepolisian"
    assert Holiday.objects.get(date="2026-01-01").name == "Tahun Baru"


def test_2026_has_17_public_holidays_and_8_days_of_collective_leave():
    load_masters()

    year = Holiday.objects.filter(date__year=2026)
    assert Counter(year.values_list("kind", flat=True)) == {
        "libur_nasional": 17,
        "cuti_bersama": 8,
    }


def test_other_provinces_come_from_the_package():
    assert load_regions("31") > 300
    assert Region.objects.get(pk="31.71").name == "Kota Administrasi Jakarta Pusat"


def test_province_that_does_not_exist_is_refused():
    with pytest.raises(RegionsUnavailable):
        load_regions("99")


def test_names_of_cities_and_regencies_carry_their_title_once():
    assert official_name("kota", "Cilegon") == "Kota Cilegon"
    assert official_name("kota", "Kota Cilegon") == "Kota Cilegon"
    assert official_name("kecamatan", "Anyar") == "Anyar"
