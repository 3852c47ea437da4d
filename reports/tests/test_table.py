"""Control sums and how a table reads."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.models import Column, Row, Table
from reports.services.comparing import differences
from reports.services.layout import laid_out, letters, shown


def table_of(cells: list[list[int]], counted: int | None = None, **fields) -> Table:
    made = Table(
        code="R1",
        title="Projustisia",
        unit="orang",
        head="Pasal",
        columns=[
            Column(f"k{place}", f"Kolom {place}") for place in range(len(cells[0]))
        ],
        rows=[Row(f"b{turn}", f"Baris {turn}", row) for turn, row in enumerate(cells)],
        **fields,
    )
    return replace(made, counted=made.total if counted is None else counted)


@given(
    st.lists(st.lists(st.integers(0, 10**6), min_size=3, max_size=3), min_size=1),
    st.integers(0, 50),
)
def test_control_sums_hold_whatever_is_counted(cells, outside):
    table = table_of(cells)
    total = sum(map(sum, cells))

    assert sum(table.row_totals) == sum(table.column_totals) == table.total == total
    assert replace(table, outside=outside, counted=total + outside).faults() == []


@given(st.integers(1, 10**6))
def test_a_fact_that_no_cell_has_is_a_fault(missing):
    [fault] = table_of([[1, 2], [3, 4]], counted=10 + missing).faults()

    assert "R1" in fault


def test_totals_that_disagree_are_a_fault():
    margins = {"rows": [3, 8], "columns": [4, 6], "total": 10}

    faults = replace(table_of([[1, 2], [3, 4]]), margins=margins).faults()

    assert "11" in faults[0]
    assert "10" in faults[0]


def test_zero_is_a_dash_and_thousands_have_a_dot():
    assert [shown(0), shown(7), shown(1234567)] == ["-", "7", "1.234.567"]


def test_nothing_counted_is_nil():
    assert laid_out(table_of([[0, 0]]))["is_nil"]
    assert not laid_out(table_of([[0, 1]]))["is_nil"]


def test_rows_with_their_own_denominators_are_not_added_up():
    assert laid_out(table_of([[1, 2]], sums_down=False))["totals"] == []


def test_neighbours_share_a_heading():
    table = replace(
        table_of([[1, 2, 3]]),
        columns=[
            Column("a", "L", "SIDIK"),
            Column("b", "P", "SIDIK"),
            Column("c", "L", "SIDANG"),
        ],
    )

    groups = laid_out(table)["groups"]

    assert [(group["label"], group["span"]) for group in groups] == [
        ("SIDIK", 2), ("SIDANG", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "word"), [(0, "a"), (25, "z"), (26, "aa"), (51, "az")]
)
def test_rows_of_a_list_have_letters(place, word):
    assert letters(place) == word


def test_differences_name_each_cell_that_changed_appeared_or_went():
    before = table_of([[1, 2], [3, 4]])
    after = replace(
        before, rows=[Row("b0", "Baris 0", [1, 5]), Row("b9", "Baris 9", [0, 6])]
    )

    changes = differences([before], [after])

    assert [(c["row"], c["column"], c["before"], c["after"]) for c in changes] == [
        ("Baris 0", "Kolom 1", "2", "5"),
        ("Baris 1", "Kolom 0", "3", "-"),
        ("Baris 1", "Kolom 1", "4", "-"),
        ("Baris 9", "Kolom 1", "-", "6"),
    ]


@given(
    st.lists(
        st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=1, max_size=4
    )
)
def test_a_table_never_differs_from_itself(cells):
    assert differences([table_of(cells)], [table_of(cells)]) == []
