"""The machine-readable zone of a travel document, ICAO Doc 9303: pure, no database.

Check digits show that a line was copied right, never that a document is genuine. Names,
nationality, sex, the century of birth, the issuing state and the document code have no
digit at all: a person compares them by eye.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from foreigners.mrz_lines import (
    FILLER,
    FORMS,
    LABELS,
    LAYOUTS,
    LETTERS_ONLY,
    Format,
    Layout,
    check_digit,
    lines_of,
    part,
)

UNKNOWN = FILLER * 2
# What a camera or an eye takes for another. The last three pairs pass the check digit
# as well, for their values differ by a multiple of ten.
LOOKALIKES = ("O0", "I1", "S5", "B8", "Z2", "G6", "L1", "S8")
SILENT = {"G": "6", "6": "G", "L": "1", "1": "L", "S": "8", "8": "S"}


@dataclass(frozen=True)
class Fault:
    """A field that cannot be right as it stands."""

    field: str
    text: str


@dataclass(frozen=True)
class Suggestion:
    """The zone with one look-alike replaced, so that the failing field holds."""

    field: str
    text: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Mrz:
    format: Format
    lines: tuple[str, ...]
    faults: tuple[Fault, ...] = field(default=())

    def raw(self, name: str) -> str:
        span = LAYOUTS[self.format].spans.get(name)
        return part(self.lines, span) if span else ""

    def text(self, name: str) -> str:
        return self.raw(name).rstrip(FILLER).replace(FILLER, " ")

    @property
    def number(self) -> str:
        return number_and_digit(self.format, self.lines)[0].replace(FILLER, "")

    @property
    def name(self) -> str:
        """Given names before the surname, as Indonesian papers write them."""
        surname, _between, given = self.raw("name").strip(FILLER).partition("<<")
        names = f"{given}<{surname}".replace(FILLER, " ")
        return " ".join(names.split())

    @property
    def name_may_be_cut(self) -> bool:
        return not self.raw("name").endswith(FILLER)

    @property
    def sex(self) -> str:
        return {"M": "L", "F": "P"}.get(self.raw("sex"), "X")

    def birth(self, today: dt.date) -> tuple[int | None, int | None, int | None]:
        """Year, month and day as far as the zone gives them; the century is a guess."""
        year, month, day = (number_of(two) for two in pairs(self.raw("birth")))
        if year is None:
            return None, None, None
        full = today.year // 100 * 100 + year
        return full - 100 * (full > today.year), month, day if month else None

    def expiry(self, today: dt.date) -> dt.date | None:
        """The century is the one that brings the date nearest to today."""
        year, month, day = (number_of(two) for two in pairs(self.raw("expiry")))
        if year is None or month is None or day is None:
            return None
        full = today.year // 100 * 100 + year
        full += 100 * (full < today.year - 50) - 100 * (full > today.year + 50)
        return day_or_none(full, month, day)

    @property
    def silent_lookalikes(self) -> list[str]:
        """For each field that letters and figures share: what its digit does not tell
        apart."""
        found = []
        for name in ("number", "optional", "optional_2"):
            value = self.number if name == "number" else self.text(name)
            doubts = sorted({char for char in value if char in SILENT})
            if doubts:
                found.append(
                    _(
                        "%(field)s %(value)s: digit pemeriksa tidak membedakan %(pairs)s."
                    )
                    % {
                        "field": LABELS[name],
                        "value": value,
                        "pairs": ", ".join(f"{one}/{SILENT[one]}" for one in doubts),
                    }
                )
        return found

    @property
    def suggestions(self) -> list[Suggestion]:
        return list(suggestions_for(self))


def pairs(six: str) -> tuple[str, str, str]:
    return six[0:2], six[2:4], six[4:6]


def number_of(two: str) -> int | None:
    return int(two) if two.isdecimal() else None


def day_or_none(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def parse(text: str) -> Mrz:
    """The zone that ``text`` holds, with its faults; refuses what is no zone at all."""
    lines = lines_of(text)
    kind = FORMS[sum(map(len, lines))][lines[0].startswith("V")]
    return Mrz(kind, lines, tuple(faults_in(kind, lines)))


def number_and_digit(kind: Format, lines: tuple[str, ...]) -> tuple[str, str]:
    """The document number and its check digit. One of more than nine places goes on in
    the optional data of TD1 and TD2, and its digit stands at the end there."""
    layout = LAYOUTS[kind]
    number = part(lines, layout.spans["number"])
    line, place = layout.digits["number"]
    digit = lines[line][place]
    rest = part(lines, layout.spans["optional"]).partition(FILLER)[0]
    if kind in {Format.TD1, Format.TD2} and digit == FILLER and len(rest) > 1:
        return number + rest[:-1], rest[-1]
    return number, digit


def wrong_digits(kind: Format, lines: tuple[str, ...]) -> list[Fault]:
    """The fields whose check digit does not fit, each by its name."""
    layout = LAYOUTS[kind]
    faults = []
    for name, (line, place) in layout.digits.items():
        value, found = part(lines, layout.spans[name]), lines[line][place]
        if name == "number":
            value, found = number_and_digit(kind, lines)
        is_empty = name == "optional" and not value.strip(FILLER)
        if found != check_digit(value) and not (is_empty and found == FILLER):
            faults.append(wrong_digit(name, found, check_digit(value)))
    if layout.composite and not faults:
        line, place = layout.composite_digit
        covered = "".join(part(lines, span) for span in layout.composite)
        if lines[line][place] != check_digit(covered):
            faults.append(
                wrong_digit("composite", lines[line][place], check_digit(covered))
            )
    return faults


def wrong_digit(name: str, found: str, right: str) -> Fault:
    told = _(
        "%(field)s: digit pemeriksa tertulis %(found)s, hitungannya %(right)s."
    ) % {
        "field": LABELS[name],
        "found": found,
        "right": right,
    }
    if name == "composite":
        told += " " + _("Digit ini mencakup juga data opsional.")
    return Fault(name, told)


def faults_in(kind: Format, lines: tuple[str, ...]) -> Iterator[Fault]:
    """Wrong digits first; then dates that are none and figures where only letters stand."""
    yield from wrong_digits(kind, lines)
    spans = LAYOUTS[kind].spans
    for name in ("birth", "expiry"):
        value = part(lines, spans[name])
        if not is_date(value, may_be_partial=name == "birth"):
            yield Fault(
                name,
                _("%(field)s: “%(value)s” bukan tanggal (tahun, bulan, hari).")
                % {"field": LABELS[name], "value": value},
            )
    for name in LETTERS_ONLY:
        value = part(lines, spans[name])
        if any(char.isdecimal() for char in value):
            yield Fault(
                name,
                _("%(field)s: “%(value)s” memuat angka; di situ hanya ada huruf.")
                % {"field": LABELS[name], "value": value.rstrip(FILLER)},
            )


def is_date(six: str, *, may_be_partial: bool) -> bool:
    year, month, day = pairs(six)
    if may_be_partial and day == UNKNOWN:
        day = "01"
        if month == UNKNOWN:
            month = "01"
            year = "00" if year == UNKNOWN else year
    if not f"{year}{month}{day}".isdecimal():
        return False
    # 29 February 1900 never was; the zone does not tell the century.
    return any(
        day_or_none(century + int(year), int(month), int(day))
        for century in (1900, 2000)
    )


def suggestions_for(zone: Mrz) -> Iterator[Suggestion]:
    """One look-alike replaced in a failing field, if that field then holds."""
    layout = LAYOUTS[zone.format]
    failing = list(dict.fromkeys(fault.field for fault in zone.faults))
    for name in failing:
        for line, place in places_of(layout, name):
            char = zone.lines[line][place]
            for pair in LOOKALIKES:
                if char not in pair:
                    continue
                other = pair.replace(char, "")
                lines = list(zone.lines)
                lines[line] = lines[line][:place] + other + lines[line][place + 1 :]
                left = {fault.field for fault in faults_in(zone.format, tuple(lines))}
                if name not in left and left <= set(failing):
                    told = _(
                        "%(field)s: baris %(line)d posisi %(place)d mungkin %(other)s, "
                        "bukan %(char)s."
                    ) % {
                        "field": LABELS[name],
                        "line": line + 1,
                        "place": place + 1,
                        "other": other,
                        "char": char,
                    }
                    yield Suggestion(name, told, tuple(lines))


def places_of(layout: Layout, name: str) -> Iterator[tuple[int, int]]:
    """The places of a field and of its digit; of all optional data for the composite."""
    names = ("optional", "optional_2") if name == "composite" else (name,)
    for one in names:
        if one in layout.spans:
            line, first, end = layout.spans[one]
            yield from ((line, place) for place in range(first, end))
        if one in layout.digits:
            yield layout.digits[one]
