"""The public edition: nothing small is shown, nothing small can be computed back."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from reports.models import HIDDEN, Column, Row, Table
from reports.services.publishing import LEAST, suppressed


def table_of(numbers: list[list[int]]) -> Table:
    return Table(
        code="R6a",
        title="Kasus",
        unit="kasus",
        head="Pelanggaran",
        columns=[Column(str(place), str(place)) for place in range(len(numbers[0]))],
        rows=[Row(str(turn), str(turn), list(row)) for turn, row in enumerate(numbers)],
    )


def grid_of(table: Table) -> list[list[int | str]]:
    rows = [
        [*row.cells, total]
        for row, total in zip(table.rows, table.row_totals, strict=True)
    ]
    return [*rows, [*table.column_totals, table.total]]


def test_small_cell_takes_the_smallest_of_its_lines_with_it():
    shown = grid_of(suppressed(table_of([[3, 10, 20], [30, 40, 50], [60, 70, 80]])))

    assert shown == [
        [HIDDEN, HIDDEN, 20, 33], [HIDDEN, HIDDEN, 50, 120], [60, 70, 80, 210],
        [93, 120, 150, 363],
    ]  # fmt: skip


def test_zeros_stay_and_large_tables_stay_whole():
    large = table_of([[0, 10], [7, 0]])

    assert grid_of(suppressed(large)) == [[0, 10, 10], [7, 0, 7], [7, 10, 17]]


def test_single_person_is_not_given_away_by_a_total():
    shown = grid_of(suppressed(table_of([[1]])))

    assert shown == [[HIDDEN, HIDDEN], [HIDDEN, HIDDEN]]


def test_lists_of_words_are_published_as_they_are():
    words = Table(
        "R3", "Timpora", "kegiatan", "Tim", [Column("a", "a")], [], is_count=False
    )

    assert suppressed(words) is words


def test_rates_are_not_published_beside_hidden_counts():
    table = table_of([[2, 2]])
    rated = Table(**{**vars(table), "rows": [Row("0", "0", [2, 2], "", ["50 %"])]})

    assert suppressed(rated).rows[0].extra == [HIDDEN]


numbers = st.integers(0, 12)
grids = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(numbers, min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(grids)
def test_what_is_shown_is_true_and_never_small(values):
    before, after = grid_of(table_of(values)), grid_of(suppressed(table_of(values)))

    for row_before, row_after in zip(before, after, strict=True):
        for was, is_shown in zip(row_before, row_after, strict=True):
            if is_shown != HIDDEN:
                assert is_shown == was
                assert is_shown == 0 or is_shown >= LEAST


@given(grids)
def test_no_hidden_entry_follows_from_the_sums(values):
    """Solved as a reader would: each line is an equation, hidden entries are unknown."""
    after = grid_of(suppressed(table_of(values)))
    unknown = [
        (row, column)
        for row, line in enumerate(after)
        for column, cell in enumerate(line)
        if cell == HIDDEN
    ]

    rows = reduced([equation(line, unknown) for line in lines_of(after)])

    assert all(sum(1 for factor in row if factor) != 1 for row in rows)


def lines_of(grid: list[list[int | str]]) -> list[list[tuple[int, int]]]:
    height, width = len(grid), len(grid[0])
    across = [[(row, column) for column in range(width)] for row in range(height)]
    return [*across, *(list(line) for line in zip(*across, strict=True))]


def equation(
    line: list[tuple[int, int]], unknown: list[tuple[int, int]]
) -> list[Fraction]:
    """Factors of the unknown: the entries of a line less its total are nothing."""
    return [
        Fraction(0 if place not in line else -1 if place == line[-1] else 1)
        for place in unknown
    ]


def reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Row echelon form: an unknown alone in its row has one value only."""
    width = len(rows[0])
    done = 0
    for column in range(width):
        pivot = next((r for r in range(done, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        head = rows[done][column]
        rows[done] = [value / head for value in rows[done]]
        for other in range(len(rows)):
            if other != done and rows[other][column]:
                factor = rows[other][column]
                rows[other] = [
                    mine - factor * theirs
                    for mine, theirs in zip(rows[other], rows[done], strict=True)
                ]
        done += 1
    return rows[:done]
