"""Law rows that a test's world needs: the words do not matter, that they exist does."""

from foreigners.models import ClockRule, Ground

GROUNDS = (
    "order",
    "exception",
    "examination",
    "conference",
    "tak",
    "detention",
    "objection",
    "early_execution",
    "prosecution",
    "protection",
    "referral",
    "warning",
    "not_proven",
    "closing",
    "reopening",
)
CLOCKS = (
    ("order_after_exception", 1, "hari"),
    ("objection", 21, "hari_kerja"),
    ("forward", 5, "hari_kerja"),
    ("minister", 5, "hari_kerja"),
    ("spdp", 7, "hari"),
)


def lay_down_the_law() -> None:
    Ground.objects.bulk_create(
        Ground(
            code=code,
            article="Pasal 1",
            instrument="Peraturan Contoh",
            text="Contoh.",
            source="uji",
        )
        for code in GROUNDS
    )
    ClockRule.objects.bulk_create(
        ClockRule(
            code=code,
            name=code,
            length=length,
            unit=unit,
            article="Pasal 1 Peraturan Contoh",
            source="uji",
        )
        for code, length, unit in CLOCKS
    )
