import contextlib
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreigners.mrz import parse, wrong_digits
from foreigners.mrz_lines import BY_EYE, LAYOUTS, Format, MrzUnreadable

TODAY = dt.date(2026, 3, 2)
# The specimens of ICAO Doc 9303, parts 4 to 7.
SPECIMENS = {
    Format.TD1: (
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ),
    Format.TD2: (
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
        "D231458907UTO7408122F1204159<<<<<<<6",
    ),
    Format.TD3: (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ),
    Format.MRV_A: (
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
    ),
    Format.MRV_B: (
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
        "L8988901C4XXX4009078F9612109<<<<<<<<",
    ),
}
PASSPORT = "\n".join(SPECIMENS[Format.TD3])
# As the standard words it, apart from the code under test: 0-9, A-Z, filler as nought.
VALUES = {char: number for number, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}  # fmt: skip


def digit_for(text):
    return str(
        sum(VALUES[char] * [7, 3, 1][place % 3] for place, char in enumerate(text)) % 10
    )


def replaced(lines, line, place, char):
    changed = list(lines)
    changed[line] = changed[line][:place] + char + changed[line][place + 1 :]
    return tuple(changed)


def faulty(lines):
    return {fault.field for fault in parse("\n".join(lines)).faults}


@pytest.mark.parametrize("kind", Format)
def test_specimen_of_the_standard_parses_without_a_fault(kind):
    zone = parse("\n".join(SPECIMENS[kind]))

    assert (zone.format, zone.faults) == (kind, ())
    assert (zone.name, zone.sex, zone.text("issuer")) == (
        "ANNA MARIA ERIKSSON",
        "P",
        "UTO",
    )


@pytest.mark.parametrize(
    ("kind", "number", "nationality", "birth", "expiry"),
    [
        (Format.TD1, "D23145890", "UTO", (1974, 8, 12), dt.date(2012, 4, 15)),
        (Format.TD2, "D23145890", "UTO", (1974, 8, 12), dt.date(2012, 4, 15)),
        (Format.TD3, "L898902C3", "UTO", (1974, 8, 12), dt.date(2012, 4, 15)),
        (Format.MRV_A, "L8988901C", "XXX", (1940, 9, 7), dt.date(1996, 12, 10)),
        (Format.MRV_B, "L8988901C", "XXX", (1940, 9, 7), dt.date(1996, 12, 10)),
    ],
)
def test_specimen_gives_its_fields(kind, number, nationality, birth, expiry):
    zone = parse("\n".join(SPECIMENS[kind]))

    assert zone.number == number
    assert zone.text("nationality") == nationality
    assert zone.birth(TODAY) == birth
    assert zone.expiry(TODAY) == expiry


def covered_figures():
    """Every figure of every specimen that a check digit covers, digits included."""
    for kind, lines in SPECIMENS.items():
        layout = LAYOUTS[kind]
        for name in layout.spans:
            own = name in layout.digits
            covered = own or (layout.composite and name.startswith("optional"))
            if name in BY_EYE or not covered:
                continue
            line, first, end = layout.spans[name]
            places = [(line, place) for place in range(first, end)]
            if own:
                places.append(layout.digits[name])
            for where in places:
                if lines[where[0]][where[1]].isdecimal():
                    yield kind, where, {name} if own else {"composite"}
        if layout.composite:
            yield kind, layout.composite_digit, {"composite"}


def test_every_other_figure_in_a_covered_field_is_refused_and_the_field_is_named():
    missed = []
    tried = 0
    for kind, (line, place), named in covered_figures():
        right = SPECIMENS[kind][line][place]
        for other in "0123456789".replace(right, ""):
            lines = replaced(SPECIMENS[kind], line, place, other)
            tried += 1
            if not named <= faulty(lines):
                missed.append((kind, line, place, other))

    assert not missed
    assert tried > 1000


def test_changes_of_a_passport_line_that_no_digit_notices_are_those_that_cannot_be():
    lines = SPECIMENS[Format.TD3]
    second = lines[1]
    unnoticed = {
        (place, char)
        for place in range(44)
        for char in VALUES
        if char != second[place]
        and not wrong_digits(Format.TD3, replaced(lines, 1, place, char))
    }
    without_digit = {*range(10, 13), 20}
    digits = {9, 19, 27, 42, 43}
    # Nationality and sex stand outside every sum.
    uncovered = {(place, char) for place, char in unnoticed if place in without_digit}
    # The others weigh the same: their value differs by a multiple of ten.
    same_weight = {
        (place, char)
        for place in set(range(44)) - without_digit - digits
        for char in VALUES
        if char != second[place] and (VALUES[char] - VALUES[second[place]]) % 10 == 0
    }

    assert uncovered == {
        (place, char)
        for place in without_digit
        for char in VALUES
        if char != second[place]
    }
    assert unnoticed == uncovered | same_weight
    assert (44 * 36, len(unnoticed), len(uncovered)) == (1584, 249, 144)


def test_letters_that_weigh_like_figures_are_noticed_where_dates_stand():
    lines = replaced(SPECIMENS[Format.TD3], 1, 16, "I")

    assert not wrong_digits(Format.TD3, lines)
    assert faulty(lines) == {"birth"}


@pytest.mark.parametrize("other", ["ERIKSSEN", "ERIKS50N"])
def test_name_has_no_digit_and_is_left_to_the_eye(other):
    zone = parse(PASSPORT.replace("ERIKSSON", other))

    assert not wrong_digits(zone.format, zone.lines)
    assert set(BY_EYE) == {"name", "nationality", "sex", "century", "issuer", "code"}


@pytest.mark.parametrize(
    ("line", "place", "char", "field"),
    [
        (0, 3, "0", "issuer"),
        (0, 9, "5", "name"),
        (1, 11, "7", "nationality"),
    ],
)
def test_figure_where_only_letters_stand_is_named(line, place, char, field):
    assert faulty(replaced(SPECIMENS[Format.TD3], line, place, char)) == {field}


@pytest.mark.parametrize(
    ("line", "place", "wrong", "right"),
    [
        (1, 5, "O", "0"),
        (1, 16, "B", "8"),
        (1, 18, "Z", "2"),
        (1, 17, "I", "1"),
        (1, 26, "S", "5"),
        (1, 36, "8", "B"),
    ],
)
def test_look_alike_is_offered_for_the_failing_field(line, place, wrong, right):
    lines = SPECIMENS[Format.TD3]
    assert lines[line][place] == right

    zone = parse("\n".join(replaced(lines, line, place, wrong)))

    assert lines in [offer.lines for offer in zone.suggestions]
    assert len({fault.field for fault in zone.faults}) == 1


def test_wrong_figure_that_looks_like_nothing_gets_no_offer():
    zone = parse("\n".join(replaced(SPECIMENS[Format.TD3], 1, 14, "7")))

    assert [fault.field for fault in zone.faults] == ["birth"]
    assert zone.suggestions == []


def test_look_alikes_that_pass_the_digit_are_pointed_out():
    (number, optional) = parse(PASSPORT).silent_lookalikes

    assert "L898902C3" in number
    assert "8/S, L/1" in number
    assert "1/L, 6/G, 8/S" in optional


@pytest.mark.parametrize(("figure", "twin"), [("6", "G"), ("1", "L"), ("8", "S")])
def test_named_look_alikes_do_pass_the_digit(figure, twin):
    assert digit_for(f"AB{figure}") == digit_for(f"AB{twin}")


@pytest.mark.parametrize(
    "typed",
    [
        PASSPORT.lower(),
        PASSPORT.replace("\n", ""),
        PASSPORT.replace("\n", "\r\n\r\n"),
        " ".join(PASSPORT.replace("\n", "")),
        PASSPORT.replace("<<", "«"),
        PASSPORT.replace("<", "‹"),
        PASSPORT.replace("<", "＜"),
        "\ufeff\u202e" + PASSPORT + "\u200f",
    ],
)
def test_zone_is_read_however_it_was_typed(typed):
    assert parse(typed).lines == SPECIMENS[Format.TD3]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Tempel atau ketik"),
        ("  \n\t ", "Tempel atau ketik"),
        ("A" * 10_000, "terlalu panjang"),
        (PASSPORT[:-1], "Baris 2 terdiri atas 43 karakter, seharusnya 44"),
        (PASSPORT + "<", "Baris 2 terdiri atas 45 karakter, seharusnya 44"),
        (PASSPORT[:43] + "\n" + PASSPORT[43:44] + PASSPORT[45:], "Baris 1 terdiri"),
        ("P<UTOERIKSSON", "yang terbaca 13 karakter"),
        (PASSPORT.replace("ERIK", "ÉRIK"), "“É”"),
        (PASSPORT.replace("<", "-", 1), "“-”"),
        ("'; --", "“'”"),
        ("=1+1", "“=”"),
        ("\x00", "Karakter ke-1"),
    ],
)
def test_text_that_is_no_zone_is_refused_with_a_clear_sentence(typed, told):
    with pytest.raises(MrzUnreadable) as refused:
        parse(typed)

    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("six", "birth"),
    [
        ("85<<<<", (1985, None, None)),
        ("8504<<", (1985, 4, None)),
        ("<<<<<<", (None, None, None)),
        ("260302", (2026, 3, 2)),
        ("270302", (1927, 3, 2)),
    ],
)
def test_birth_may_be_known_in_part_and_lies_never_in_a_coming_year(six, birth):
    second = SPECIMENS[Format.MRV_A][1]
    changed = second[:13] + six + digit_for(six) + second[20:]

    zone = parse(f"{SPECIMENS[Format.MRV_A][0]}\n{changed}")

    assert zone.faults == ()
    assert zone.birth(TODAY) == birth


@pytest.mark.parametrize("six", ["851301", "850230", "850431", "<<0412", "85<<12"])
def test_impossible_date_is_named_though_its_digit_fits(six):
    second = SPECIMENS[Format.MRV_A][1]
    changed = second[:13] + six + digit_for(six) + second[20:]

    zone = parse(f"{SPECIMENS[Format.MRV_A][0]}\n{changed}")

    assert [fault.field for fault in zone.faults] == ["birth"]
    assert "Tanggal lahir" in zone.faults[0].text


def test_number_of_more_than_nine_places_goes_on_in_the_optional_data():
    number = "D23145890AB112234566"
    first = f"I<UTO{number[:9]}<{number[9:]}".ljust(30, "<")
    second = "7408122F1204159UTO<<<<<<<<<<<"
    composite = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    zone = parse(f"{first}\n{second}{digit_for(composite)}\n{SPECIMENS[Format.TD1][2]}")

    assert digit_for(number[:-1]) == number[-1]
    assert (zone.number, zone.faults) == (number[:-1], ())


def test_empty_optional_data_of_a_passport_may_have_no_digit():
    head = "L898902C36UTO7408122F1204159" + "<" * 14
    for digit in "<0":
        body = head + digit
        covered = body[0:10] + body[13:20] + body[21:43]
        zone = parse(f"{SPECIMENS[Format.TD3][0]}\n{body}{digit_for(covered)}")
        assert zone.faults == ()


def test_full_line_of_names_may_be_cut():
    full = "P<UTO" + "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<KRASUA"[:39]
    zone = parse(f"{full}\n{SPECIMENS[Format.TD3][1]}")

    assert zone.name_may_be_cut
    assert not parse(PASSPORT).name_may_be_cut


NAMES = st.lists(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=6),
    min_size=1,
    max_size=3,
)
PLAIN = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=9)


@given(
    kind=st.sampled_from(Format),
    surname=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=6),
    given_names=NAMES,
    number=PLAIN,
    optional=st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=7),
    birth=st.dates(dt.date(1927, 1, 1), TODAY),
    expiry=st.dates(dt.date(2000, 1, 1), dt.date(2070, 1, 1)),
    sex=st.sampled_from("MF<"),
)
def test_what_is_written_by_the_standard_is_read_back(
    kind, surname, given_names, number, optional, birth, expiry, sex
):
    number = number.ljust(9, "<")
    born, ends = f"{birth:%y%m%d}", f"{expiry:%y%m%d}"
    name = f"{surname}<<{'<'.join(given_names)}"
    lines = written(kind, name, number, optional, born, ends, sex)

    zone = parse("\n".join(lines))

    assert (zone.format, zone.faults) == (kind, ())
    assert zone.number == number.rstrip("<")
    assert zone.name == " ".join([*given_names, surname])[: len(zone.name)]
    assert zone.birth(TODAY) == (birth.year, birth.month, birth.day)
    assert zone.expiry(TODAY) == expiry
    assert zone.sex == {"M": "L", "F": "P", "<": "X"}[sex]


def written(kind, name, number, optional, born, ends, sex):
    length = LAYOUTS[kind].length
    dated = f"{born}{digit_for(born)}{sex}{ends}{digit_for(ends)}"
    numbered = f"{number}{digit_for(number)}"
    if kind == Format.TD1:
        first = f"I<KOR{numbered}{optional.ljust(15, '<')}"
        second = f"{dated}KOR<<<<<<<<<<<"
        covered = first[5:30] + second[0:7] + second[8:15] + second[18:29]
        return first, second + digit_for(covered), name.ljust(30, "<")[:30]
    head = {Format.TD2: "I<", Format.TD3: "P<"}.get(kind, "V<")
    first = f"{head}KOR{name}".ljust(length, "<")[:length]
    second = f"{numbered}KOR{dated}"
    if kind in {Format.MRV_A, Format.MRV_B}:
        return first, (second + optional).ljust(length, "<")
    if kind == Format.TD2:
        second += optional.ljust(7, "<")
    else:
        kept = optional.ljust(14, "<")
        second += kept + digit_for(kept)
    return first, second + digit_for(second[0:10] + second[13:20] + second[21:])


@given(st.text(max_size=400))
def test_no_text_makes_the_reader_fall_over(text):
    with contextlib.suppress(MrzUnreadable):
        assert isinstance(parse(text).suggestions, list)


@settings(max_examples=40)
@given(
    st.sampled_from([90, 72, 88]).flatmap(
        lambda size: st.text(list(VALUES), min_size=size, max_size=size)
    )
)
def test_any_zone_of_the_right_length_is_judged_field_by_field(text):
    zone = parse(text)

    assert isinstance(zone.suggestions, list)
    assert isinstance(zone.silent_lookalikes, list)
    zone.birth(TODAY)
    zone.expiry(TODAY)
