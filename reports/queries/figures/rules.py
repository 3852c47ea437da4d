"""The counting rules: written once, printed under every table that follows them."""

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[2] / "data/counting_rules.csv"


@cache
def counting_rules() -> dict[str, str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["text"] for row in csv.DictReader(file)}


def rules(*codes: str) -> tuple[str, ...]:
    """The sentences behind the codes, in this order; an unknown code is a mistake."""
    return tuple(counting_rules()[code] for code in codes)
