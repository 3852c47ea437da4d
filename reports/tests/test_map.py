import pytest
from django.urls import reverse

from agencies.models import Region, User
from agencies.tests.factories import OfficeFactory, RegionFactory, UserFactory
from foreigners.tests.factories import CaseFactory
from reports.queries.dashboard_map import suppressed, tile_map

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    """A city with three sub-districts, one of them with a village."""
    city = RegionFactory(code="36.72", name="Kota Cilegon")
    for code, name in (("02", "Cilegon"), ("01", "Cibeber"), ("06", "Gerogol")):
        RegionFactory(
            code=f"36.72.{code}", name=name, level=Region.Level.DISTRICT, parent=city
        )
    RegionFactory(code="36.72.06.1001", name="Rawa Arum", level=Region.Level.VILLAGE)
    RegionFactory(code="36.04.01", name="Kramatwatu", level=Region.Level.DISTRICT)
    made = OfficeFactory()
    made.work_regions.add(city)
    return made


@pytest.fixture
def chief(office):
    return UserFactory(agency=office.agency, role=User.Role.CHIEF)


def cases_in(office, code, count):
    region = Region.objects.filter(pk=code).first()
    CaseFactory.create_batch(count, office=office, region=region)


def test_tiles_are_those_of_the_work_area_in_the_order_of_the_codes(chief):
    tally = {("36.72.06",): 3, ("36.04.01",): 2, ("",): 1}

    found = tile_map(chief, (tally,), outside=False)

    assert [(tile.name, tile.regency, tile.counts) for tile in found.tiles] == [
        ("Cibeber", "Kota Cilegon", (0,)),
        ("Cilegon", "Kota Cilegon", (0,)),
        ("Gerogol", "Kota Cilegon", (3,)),
    ]
    assert (found.elsewhere, found.totals) == ((3,), (6,))
    assert list(found.blocks) == ["Kota Cilegon"]


def test_village_counts_for_its_sub_district(client, office, chief):
    cases_in(office, "36.72.06.1001", 2)
    cases_in(office, "36.72.06", 1)
    cases_in(office, "36.04.01", 1)
    cases_in(office, "", 1)
    client.force_login(chief)

    sections = client.get(reverse("reports:dashboard")).context["sections"]

    rows = next(one for one in sections if one.name == "peta").rows
    assert [[str(cell.text) for cell in row] for row in rows] == [
        ["Cibeber, Kota Cilegon", "0", "0"],
        ["Cilegon, Kota Cilegon", "0", "0"],
        ["Gerogol, Kota Cilegon", "3", "0"],
        ["Di luar wilayah kerja atau tanpa wilayah", "2", "0"],
    ]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([0, 5, 12], [0, 5, 12]),
        ([1, 4, 5], [None, None, 5]),
        ([], []),
    ],
)
def test_cells_from_one_to_four_are_not_told(counts, shown):
    assert suppressed(counts) == shown


def test_total_that_would_give_a_hidden_cell_away_is_not_told_either(chief):
    hidden = {("36.72.06",): 3, ("36.72.01",): 9}
    open_ones = {("36.72.01",): 9}

    found = tile_map(chief, (hidden, open_ones), outside=True)

    assert found.totals == (None, 9)
    assert [tile.counts for tile in found.tiles] == [(9, 9), (0, 0), (None, 0)]


@pytest.mark.parametrize("role", ["liaison", "auditor", "administrator"])
def test_reader_from_outside_never_gets_a_small_number(office, role):
    reader = UserFactory(agency=office.agency, role=role)

    found = tile_map(reader, ({("36.72.06",): 3},), outside=False)

    assert 3 not in [count for tile in found.tiles for count in tile.counts]


def test_edition_that_leaves_the_office_hides_small_cells_in_picture_and_table(
    client, office, chief
):
    cases_in(office, "36.72.06", 4)
    cases_in(office, "36.72.01", 5)
    client.force_login(chief)

    response = client.get(reverse("reports:district_map"))

    (section,) = response.context["sections"]
    assert [[str(cell.text) for cell in row] for row in section.rows] == [
        ["Cibeber, Kota Cilegon", "5", "0"],
        ["Cilegon, Kota Cilegon", "0", "0"],
        ["Gerogol, Kota Cilegon", "< 5", "0"],
    ]
    assert [str(cell.text) for cell in section.total] == [
        "Jumlah", "tidak ditampilkan", "0",
    ]  # fmt: skip
    assert "Gerogol: < 5" in section.picture.description
    assert ">4<" not in section.picture.svg
    assert not any(cell.url for row in section.rows for cell in row)
