"""Whole numbers and rupiah as official Indonesian papers write them."""

DIGITS = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
# Value and word of each step; one of them is "se-", and one thousand is "seribu".
STEPS = (
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (1000, "ribu"),
    (100, "ratus"),
)
ONE = {"ribu": "seribu", "ratus": "seratus"}


def grouped(number: int) -> str:
    """1.250.000"""
    return f"{number:,}".replace(",", ".")


def decimal(number: float) -> str:
    """1.250 of a whole number, 12,5 of another: one digit after the comma."""
    whole, _point, part = f"{number:.1f}".partition(".")
    text = grouped(int(whole))
    return text if part == "0" else f"{text},{part}"


def rupiah(amount: int) -> str:
    """Rp1.250.000,00"""
    return f"Rp{grouped(amount)},00"


def in_words(number: int) -> str:
    """satu juta dua ratus lima puluh ribu"""
    if number < len(DIGITS):
        return DIGITS[number]
    if number < 20:
        return f"{DIGITS[number - 10]} belas"
    if number < 100:
        tens, rest = divmod(number, 10)
        return _joined(f"{DIGITS[tens]} puluh", rest)
    for value, word in STEPS:
        many, rest = divmod(number, value)
        if many:
            one = many == 1 and word in ONE
            return _joined(ONE[word] if one else f"{in_words(many)} {word}", rest)
    raise AssertionError(number)


def _joined(words: str, rest: int) -> str:
    return f"{words} {in_words(rest)}" if rest else words
