"""Rulings to tables, without a file around them."""

from __future__ import annotations

from budgetlod.read.layout.lattice import Cell, find_lattices
from budgetlod.read.layout.page import Ruling


def box(left: float, top: float, right: float, bottom: float) -> list[Ruling]:
    return [
        Ruling(True, top, left, right), Ruling(True, bottom, left, right),
        Ruling(False, left, top, bottom), Ruling(False, right, top, bottom),
    ]  # fmt: skip


def test_two_tables_that_do_not_touch_are_two() -> None:
    upper = [*box(0, 0, 100, 40), Ruling(False, 50, 0, 40)]
    lower = [*box(0, 60, 100, 90), Ruling(False, 30, 60, 90)]
    assert [lattice.xs for lattice in find_lattices(lower + upper)] == [(0, 50, 100), (0, 30, 100)]


def test_a_ruling_that_ends_short_parts_only_the_cells_it_reaches() -> None:
    [lattice] = find_lattices([*box(0, 0, 100, 40), Ruling(False, 50, 20, 40), Ruling(True, 20, 0, 100)])
    assert set(lattice.cells) == {Cell(0, 0, 1, 2), Cell(1, 0, 1, 1), Cell(1, 1, 1, 1)}


def test_a_region_that_is_no_rectangle_is_cut_into_rows() -> None:
    """The upper left cell reaches into the one on its right below: no merged cell can be like that."""
    rulings = [*box(0, 0, 100, 40), Ruling(False, 50, 0, 20), Ruling(True, 20, 50, 100)]
    [lattice] = find_lattices(rulings)
    assert set(lattice.cells) == {Cell(0, 0, 1, 1), Cell(0, 1, 1, 1), Cell(1, 0, 1, 2)}


def test_double_lines_are_one() -> None:
    twice = [Ruling(False, 51.5, 0, 40), Ruling(False, 50, 0, 40), Ruling(True, 1.2, 0, 100)]
    [lattice] = find_lattices(box(0, 0, 100, 40) + twice)
    assert (len(lattice.xs), len(lattice.ys)) == (3, 2)


def test_dots_and_underlines_are_no_tables() -> None:
    assert find_lattices([Ruling(True, 10, 0, 80), Ruling(True, 30, 0, 80), Ruling(False, 40, 9, 11)]) == []


def test_fills_count_only_where_no_table_is_drawn() -> None:
    table = [*box(0, 0, 100, 40), Ruling(False, 50, 0, 40)]
    assert find_lattices(table, [(0, 10, 100, 25)]) == find_lattices(table)
    cells = [(0.0, 60.0, 50.0, 80.0), (50.0, 60.0, 100.0, 80.0), (0.0, 80.0, 50.0, 100.0), (50.0, 80.0, 100.0, 100.0)]
    assert [lattice.ys for lattice in find_lattices(table, cells)] == [(0, 40), (60, 80, 100)]
