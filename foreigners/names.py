"""Names as a search compares them: pure functions, the same on every database.

A name is brought to plain letters, folded so that spellings of one sound fall together
(MUHAMMAD and Mohamed, ZHANG and CHANG, Yevgeny and EVGENII), and cut into short keys. A
misspelt name still shares most of its keys with the right one. Names propose, they never
decide.
"""

import re

from anyascii import anyascii
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz.fuzz import ratio, token_set_ratio, token_sort_ratio

# Below the one a name reads too differently to be worth a look; from the other on it is
# so close that its owner must have been looked at.
WORTH_A_LOOK, VERY_ALIKE = 60, 88

# What joins the parts of one word rather than parting two.
JOINERS = re.compile("['`’ʻʼ]")
OTHER = re.compile("[^A-Z]+")
# A syllable of another script starts with a capital: 김민준 is GimMinJun.
SYLLABLES = re.compile("(?<=[a-z])(?=[A-Z])")

# In this order; the left side is read in capitals.
FOLDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        ("TSCH|TCH|DZH|CZ|CH|ZH|DJ|TJ|J", "J"),
        ("^HS|^X|SCH|SH|SZ|TS|TZ|CS|Z|C(?=[EIY])", "S"),
        ("X", "KS"),
        ("PH|[BFV]|^W|(?<=[AEIOU])W", "P"),
        ("W", "U"),
        ("QU|KH|GH|CK|[CQ]|(?<!N)G", "K"),
        ("TH|DH|D", "T"),
        # Heard at the start and between vowels alone.
        ("(?<=[^AEIOU])H|(?<=.)H(?![AEIOUY])", ""),
        ("Y(?=[AEIOU])", ""),
        ("EE|IE|Y", "I"),
        ("OO|OU|EO|EU|UE|OE", "U"),
        ("AE", "A"),
    ]
]
SOUNDS = str.maketrans("EO", "AU")
DOUBLES = re.compile(r"(.)\1+")


def plain(name: str) -> str:
    """Latin capitals, words parted by one space: "Müller-Lüdenscheidt" in two words."""
    words = name.split()
    whole = "".join(words)
    if whole.isascii() and whole.isalpha():
        return " ".join(words).upper()
    letters = name if name.isascii() else SYLLABLES.sub(" ", anyascii(name))
    return OTHER.sub(" ", JOINERS.sub("", letters).upper()).strip()


def folded(word: str) -> str:
    """One sound, one spelling; ``word`` is plain."""
    for pattern, sound in FOLDS:
        word = pattern.sub(sound, word)
    return DOUBLES.sub(r"\1", word.translate(SOUNDS))


def keys_of(name: str) -> set[str]:
    """Three letters in a row of every folded word; ^ and $ are its ends."""
    keys = set()
    for word in plain(name).split():
        marked = f"^{folded(word)}$"
        keys |= {marked[start : start + 3] for start in range(len(marked) - 2)}
    return keys


def likeness(one: str, other: str) -> float:
    """How alike two plain names read, 0 to 100; 99 where only order and gaps differ."""
    if one == other:
        return 100.0
    alike = max(
        token_sort_ratio(one, other),
        ratio(one.replace(" ", ""), other.replace(" ", "")),
        # A word more or less: alike, but never as much as the whole name.
        0.9 * token_set_ratio(one, other),
    )
    return min(alike, 99.0)


def in_words(alike: float) -> str | Promise:
    """What a likeness is called; no figure stands for a person."""
    for least, words in (
        (100, _("sama persis")),
        (99, _("sama, urutan atau spasi berbeda")),
        (VERY_ALIKE, _("sangat mirip")),
        (WORTH_A_LOOK, _("mirip")),
    ):
        if alike >= least:
            return words
    return _("berbeda")
