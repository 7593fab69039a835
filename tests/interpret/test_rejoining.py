"""A row may be cut at a page break at any place: the table read is the same."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from budgetlod.core.text import squeeze
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.statements import Setting, StatementReader
from budgetlod.interpret.tables import find_tables
from budgetlod.model.document import GridRow, Place
from budgetlod.model.tables import Statement
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.read.text import read_text
from tests.interpret.synthetic import tables_of
from tests.interpret.synthetic_money import Amount, make_budget

BUDGET = make_budget(3, carried=True, funds=True, own=True, travel=True)
TABLES = [table for table in tables_of(BUDGET) if table.rows]
CODED = {"income", "expenditure", "general-public-expenditure", "basic-expenditure", "government-fund-expenditure"}


def _rows(number: int, ordinal: bool) -> list[list[str]]:
    table = TABLES[number]
    rows = [[f"{x.value:.2f}" if isinstance(x, Amount) and x.value else "" if isinstance(x, Amount) else x for x in row]
            for row in table.rows]  # fmt: skip
    return [[*([str(n)] if ordinal else []), *row] for n, row in enumerate(rows, 1)]


def _read(number: int, pages: list[list[list[str]]], ordinal: bool, repeat: bool) -> Statement:
    table = TABLES[number]
    header = [[*(["序号" if n == 0 else ""] if ordinal else []), *row] for n, row in enumerate(table.header)]
    lines = [table.title, "", "单位：万元", ""]
    for position, page in enumerate(pages):
        lines += ["\t".join(row) for row in ([*header, *page] if repeat or not position else page)] + [""]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.txt"
        path.write_text("\n".join(lines), encoding="utf-8")
        (raw,), problems = find_tables(read_text(path), load_lexicon())
    assert not problems
    setting = Setting(BUDGET.year, "budget", "cny-10k", load_lexicon().lists["unit"].codes["cny-10k"].factor or 0)  # type: ignore[arg-type]
    return StatementReader(raw, load_lexicon().statements[raw.type], load_lexicon(), setting, "x").read(0, 1)


def _what(statement: Statement) -> list[object]:
    return [
        [(c.row, c.column, squeeze(c.printed), c.amount, c.states) for c in statement.cells],
        [(r.labels, r.codes) for r in statement.rows],
        [(c.path, c.role) for c in statement.columns],
    ]


@cache
def _whole(number: int, ordinal: bool) -> list[object]:
    return _what(_read(number, [_rows(number, ordinal)], ordinal, repeat=True))


def _check(data: st.DataObject, ordinal: bool, repeat: bool) -> None:
    number = data.draw(st.integers(0, len(TABLES) - 1), "table")
    rows = _rows(number, ordinal)
    cut = data.draw(st.integers(0, len(rows) - 2), "row")
    first, second = list(rows[cut]), [""] * len(rows[cut])
    for column in range(1 if ordinal else 0, len(first)):
        text = first[column]
        if text and data.draw(st.booleans(), f"cut column {column}"):
            place = data.draw(st.integers(0, len(text)), "at")
            first[column], second[column] = text[:place], text[place:]
    if not any(second) or not any(first[1 if ordinal else 0 :]):
        return
    pages = [[*rows[:cut], first], [second, *rows[cut + 1 :]]]
    statement = _read(number, pages, ordinal, repeat)
    assert _what(statement) == _whole(number, ordinal)
    assert statement.rejoined == 1


def test_a_rest_of_words_that_are_headings_elsewhere() -> None:
    """Of 一、一般公共… the number stands on one page and the name, which may head a column, on the next."""
    first, *others = _rows(0, ordinal=True)
    assert first[1][:2] == first[3][:2] == "一、"
    rest = ["", first[1][2:], "", first[3][2:], ""]
    first[1] = first[3] = "一、"
    statement = _read(0, [[first], [rest, *others]], ordinal=True, repeat=True)
    assert _what(statement) == _whole(0, ordinal=True)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_row_cut_at_any_place(data: st.DataObject) -> None:
    _check(data, ordinal=True, repeat=True)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_any_row_cut_where_headings_are_not_repeated(data: st.DataObject) -> None:
    _check(data, ordinal=True, repeat=False)


@settings(max_examples=100, deadline=None)
@given(data=st.data(), repeat=st.booleans())
def test_numbers_cut_without_running_numbers(data: st.DataObject, repeat: bool) -> None:
    number = data.draw(st.integers(0, len(TABLES) - 1))
    rows = _rows(number, ordinal=False)
    cut = data.draw(st.integers(0, len(rows) - 2))
    first, second = list(rows[cut]), [""] * len(rows[cut])
    for column, text in enumerate(rows[cut]):
        if text.replace(".", "").isdigit() and "." in text:
            place = data.draw(st.integers(1, len(text) - 1))
            first[column], second[column] = text[:place], text[place:]
    if any(second):
        statement = _read(number, [[*rows[:cut], first], [second, *rows[cut + 1 :]]], ordinal=False, repeat=repeat)
        assert _what(statement) == _whole(number, ordinal=False)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_codes_and_labels_cut_without_running_numbers(data: st.DataObject) -> None:
    number = data.draw(st.sampled_from([n for n, t in enumerate(TABLES) if t.type in CODED]))
    rows = _rows(number, ordinal=False)
    cut = data.draw(st.integers(1, len(rows) - 2))
    first, second = list(rows[cut]), [""] * len(rows[cut])
    for column in (0, 1):
        place = data.draw(st.integers(1, len(first[column]) - 1))
        first[column], second[column] = first[column][:place], first[column][place:]
    statement = _read(number, [[*rows[:cut], first], [second, *rows[cut + 1 :]]], ordinal=False, repeat=True)
    assert _what(statement) == _whole(number, ordinal=False)


@settings(max_examples=100, deadline=None)
@given(data=st.data(), ordinal=st.booleans())
def test_a_page_break_between_rows_joins_nothing(data: st.DataObject, ordinal: bool) -> None:
    number = data.draw(st.integers(0, len(TABLES) - 1))
    rows = _rows(number, ordinal)
    cut = data.draw(st.integers(1, len(rows) - 1))
    statement = _read(number, [rows[:cut], rows[cut:]], ordinal, repeat=data.draw(st.booleans()))
    assert _what(statement) == _whole(number, ordinal)
    assert statement.rejoined == 0


def test_joined_rows_keep_both_places() -> None:
    row = RawRow(("4", "2010", "357."), (Place(line=7),))
    joined = row.joined(GridRow(("", "301", "40", ""), Place(line=19)))
    assert joined.cells == ("4", "2010\n301", "357.\n40", "")
    assert joined.places == (Place(line=7), Place(line=19))
