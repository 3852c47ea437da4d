"""What an office may choose where a text leaves it open; other choices are a number."""

FIRST_DAY_AFTER = "sesudah"
FIRST_DAY_IS_LAST_OF_PERMIT = "hari_terakhir"
LAST_DAY_COUNTS = "dihitung"
LAST_DAY_IS_FREE = "tidak"
DAY_60_IS_CHARGED = "beban"
DAY_60_IS_BEYOND = "deportasi"
EARLY_BY_WRITTEN_CHOICE = "pilihan_tertulis"
EARLY_IS_FORBIDDEN = "dilarang"

CHOICES: dict[str, frozenset[str]] = {
    "overstay_first_day": frozenset({FIRST_DAY_AFTER, FIRST_DAY_IS_LAST_OF_PERMIT}),
    "overstay_last_day": frozenset({LAST_DAY_COUNTS, LAST_DAY_IS_FREE}),
    "overstay_day_60": frozenset({DAY_60_IS_CHARGED, DAY_60_IS_BEYOND}),
    "execution_before_objection_ends": frozenset(
        {EARLY_BY_WRITTEN_CHOICE, EARLY_IS_FORBIDDEN}
    ),
}
