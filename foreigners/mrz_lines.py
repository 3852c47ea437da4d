"""The lines of a machine-readable zone and where each field stands in them: ICAO Doc
9303 parts 4 to 7."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from timpora.errors import DomainError

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FILLER = "<"
MOST_TEXT = 300


class Format(StrEnum):
    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"


LABELS: dict[str, str | Promise] = {
    "code": lazy("Kode dokumen"),
    "issuer": lazy("Negara penerbit"),
    "name": lazy("Nama"),
    "number": lazy("Nomor dokumen"),
    "nationality": lazy("Kewarganegaraan"),
    "birth": lazy("Tanggal lahir"),
    "century": lazy("Abad tahun lahir"),
    "sex": lazy("Jenis kelamin"),
    "expiry": lazy("Tanggal habis berlaku"),
    "optional": lazy("Data opsional"),
    "optional_2": lazy("Data opsional baris 2"),
    "composite": lazy("Digit pemeriksa gabungan"),
}
# What no check digit covers, in any format: confirmed by eye.
BY_EYE = ("name", "nationality", "sex", "century", "issuer", "code")
LETTERS_ONLY = ("issuer", "nationality", "name")

Span = tuple[int, int, int]


@dataclass(frozen=True)
class Layout:
    """Where each field stands: (line, first, past the last); digits: (line, place)."""

    lines: int
    length: int
    spans: dict[str, Span]
    digits: dict[str, tuple[int, int]]
    composite: tuple[Span, ...]
    composite_digit: tuple[int, int]


HEAD: dict[str, Span] = {"code": (0, 0, 2), "issuer": (0, 2, 5)}


def two_lines(length: int, optional_end: int) -> Layout:
    """All but TD1 share their second line; a visa has no composite digit."""
    is_visa = optional_end == length
    return Layout(
        lines=2,
        length=length,
        spans={
            **HEAD,
            "name": (0, 5, length),
            "number": (1, 0, 9),
            "nationality": (1, 10, 13),
            "birth": (1, 13, 19),
            "sex": (1, 20, 21),
            "expiry": (1, 21, 27),
            "optional": (1, 28, optional_end),
        },
        digits={"number": (1, 9), "birth": (1, 19), "expiry": (1, 27)},
        composite=() if is_visa else ((1, 0, 10), (1, 13, 20), (1, 21, length - 1)),
        composite_digit=(1, length - 1),
    )


LAYOUTS: dict[Format, Layout] = {
    Format.TD1: Layout(
        lines=3,
        length=30,
        spans={
            **HEAD,
            "number": (0, 5, 14),
            "optional": (0, 15, 30),
            "birth": (1, 0, 6),
            "sex": (1, 7, 8),
            "expiry": (1, 8, 14),
            "nationality": (1, 15, 18),
            "optional_2": (1, 18, 29),
            "name": (2, 0, 30),
        },
        digits={"number": (0, 14), "birth": (1, 6), "expiry": (1, 14)},
        composite=((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
        composite_digit=(1, 29),
    ),
    Format.TD2: two_lines(36, 35),
    Format.TD3: two_lines(44, 42),
    Format.MRV_A: two_lines(44, 44),
    Format.MRV_B: two_lines(36, 36),
}
# Of the optional data only a passport's has a digit of its own.
LAYOUTS[Format.TD3].digits["optional"] = (1, 42)
# By the number of characters: the format, and that of a visa, which starts with V.
FORMS = {
    90: (Format.TD1, Format.TD1),
    72: (Format.TD2, Format.MRV_B),
    88: (Format.TD3, Format.MRV_A),
}


def part(lines: tuple[str, ...], span: Span) -> str:
    line, first, end = span
    return lines[line][first:end]


def check_digit(text: str) -> str:
    """Weights 7-3-1; figures as they are, A-Z 10-35, the filler 0; modulo ten."""
    total = sum(
        (0 if char == FILLER else ALPHABET.index(char)) * (7, 3, 1)[place % 3]
        for place, char in enumerate(text)
    )
    return str(total % 10)


class MrzUnreadable(DomainError):
    """The text is no machine-readable zone; the sentence says what is wrong with it."""


def cleaned(text: str) -> str:
    """In capitals, without spaces and invisible marks; other angle marks are fillers."""
    plain = unicodedata.normalize("NFKC", text).upper().replace("«", "<<")
    plain = re.sub("[‹〈⟨]", FILLER, plain)
    return "".join(
        char
        for char in plain
        if not char.isspace() and unicodedata.category(char) != "Cf"
    )


def lines_of(text: str) -> tuple[str, ...]:
    if len(text) > MOST_TEXT:
        raise MrzUnreadable(
            _("Teks ini terlalu panjang untuk MRZ. Tempel dua atau tiga barisnya saja.")
        )
    typed = [line for line in map(cleaned, text.splitlines()) if line]
    whole = "".join(typed)
    if not whole:
        raise MrzUnreadable(_("Tempel atau ketik baris MRZ dokumen."))
    for place, char in enumerate(whole, start=1):
        if char not in ALPHABET + FILLER:
            raise MrzUnreadable(
                _(
                    "Karakter ke-%(place)d, “%(char)s”, tidak ada dalam MRZ. "
                    "Pakai huruf A-Z, angka, dan tanda <."
                )
                % {"place": place, "char": char if char.isprintable() else "?"}
            )
    if len(whole) not in FORMS:
        raise MrzUnreadable(length_sentence(typed))
    layout = LAYOUTS[FORMS[len(whole)][0]]
    # As many lines as there should be, but broken elsewhere: one is short, one is long.
    if len(typed) == layout.lines and any(len(line) != layout.length for line in typed):
        raise MrzUnreadable(length_sentence(typed))
    return tuple(
        whole[start : start + layout.length]
        for start in range(0, len(whole), layout.length)
    )


def length_sentence(typed: list[str]) -> str:
    """Which line is too short or too long for the nearest format."""
    total = sum(map(len, typed))
    as_typed = [
        form for form, kinds in FORMS.items() if LAYOUTS[kinds[0]].lines == len(typed)
    ]
    nearest = min(as_typed or FORMS, key=lambda form: abs(form - total))
    layout = LAYOUTS[FORMS[nearest][0]]
    told = _(
        "MRZ terdiri atas 2 baris × 44 karakter (paspor), 2 × 36, atau 3 × 30; "
        "yang terbaca %(total)d karakter."
    ) % {"total": total}
    if len(typed) != layout.lines:
        return told
    for number, line in enumerate(typed, start=1):
        if len(line) != layout.length:
            told += " " + _(
                "Baris %(number)d terdiri atas %(found)d karakter, seharusnya %(right)d."
            ) % {"number": number, "found": len(line), "right": layout.length}
    return told
