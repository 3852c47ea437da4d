import pytest

from timpora.numbers import decimal, grouped, in_words, rupiah


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (7, "tujuh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (2_026, "dua ribu dua puluh enam"),
        (11_000, "sebelas ribu"),
        (1_000_000, "satu juta"),
        (59_300_000, "lima puluh sembilan juta tiga ratus ribu"),
        (1_001_000_001, "satu miliar satu juta satu"),
        (2 * 10**12, "dua triliun"),
    ],
)
def test_number_in_words(number, words):
    assert in_words(number) == words


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "Rp0,00"), (300_000, "Rp300.000,00"), (60_000_000, "Rp60.000.000,00")],
)
def test_rupiah(amount, text):
    assert rupiah(amount) == text


def test_thousands_are_grouped_by_a_dot():
    assert grouped(1_234_567) == "1.234.567"


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (1_250, "1.250"), (12.5, "12,5"), (0.04, "0"), (1_999.96, "2.000")],
)
def test_one_digit_after_the_comma_where_there_is_one(number, text):
    assert decimal(number) == text
