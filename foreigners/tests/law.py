"""Law rows that a test's world needs: the words do not matter, that they exist does."""

from foreigners.models import ClockRule
from foreigners.services.transitions import TABLE
from foreigners.tests.factories import GroundFactory

CLOCKS = (
    ("order_after_exception", 1, "hari"),
    ("objection", 21, "hari_kerja"),
    ("forward", 5, "hari_kerja"),
    ("minister", 5, "hari_kerja"),
    ("spdp", 7, "hari"),
)


def law() -> None:
    """Every ground that the table of steps or a paper names, and the clock rules."""
    for code in sorted({row.ground for row in TABLE} | {"exception", "detention"}):
        GroundFactory(code=code)
    for code, length, unit in CLOCKS:
        rule(code, length, unit)


def rule(code: str, length: int, unit: str) -> ClockRule:
    return ClockRule.objects.get_or_create(
        code=code,
        defaults={
            "name": code,
            "length": length,
            "unit": unit,
            "article": "Pasal 1 Peraturan Contoh",
            "source": "uji",
        },
    )[0]
