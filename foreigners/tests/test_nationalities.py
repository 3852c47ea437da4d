import pytest

from foreigners.models import Nationality
from foreigners.services.nationalities import load_nationalities

pytestmark = pytest.mark.django_db


def test_nationalities_load_once_and_keep_what_the_office_wrote():
    first = load_nationalities()
    Nationality.objects.filter(code="CHN").update(name="Republik Rakyat Tiongkok")

    again = load_nationalities()

    assert (first > 250, again) == (True, 0)
    assert Nationality.objects.get(code="CHN").name == "Republik Rakyat Tiongkok"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("D", "Jerman"),
        ("CHN", "Tiongkok"),
        ("TWN", "Taiwan"),
        ("TLS", "Timor Leste"),
        ("MMR", "Myanmar"),
        ("HKG", "Hong Kong"),
        ("PSE", "Palestina"),
        ("CIV", "Pantai Gading"),
        ("SWZ", "Eswatini"),
        ("RKS", "Kosovo"),
        ("XXA", "Tanpa kewarganegaraan"),
        ("XXX", "Tidak diketahui"),
        ("UTO", "Utopia (spesimen ICAO)"),
    ],
)
def test_names_are_those_of_official_use(code, name):
    load_nationalities()

    assert Nationality.objects.get(code=code).name == name


@pytest.mark.parametrize(
    "code",
    [
        "GBD", "GBN", "GBO", "GBP", "GBS", "UNO", "UNA", "UNK", "EUE", "XOM", "XPO",
        "XXB", "XXC",
    ],
)  # fmt: skip
def test_codes_that_only_travel_documents_know_are_there(code):
    load_nationalities()

    assert "ICAO" in Nationality.objects.get(code=code).source
    assert not Nationality.objects.filter(code__in=["DEU", "GER"]).exists()
