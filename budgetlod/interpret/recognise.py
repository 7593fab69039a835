"""Recognise titles, headings, contents and page numbers by the words of the ontology."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import fold, label_key
from budgetlod.model.document import Grid, GridRow
from budgetlod.model.lexicon import Lexicon

_LEADER = re.compile(r"[.．…·]{4,}\s*\d*$")
_SENTENCE = re.compile(r"[。；;！？]")
_NUMBERED_TITLE = re.compile(r"^(?:附?表?[\d一二三四五六七八九十]+[:.、]?|公开\d*表\d*|预算\d+表)")
_PAGE_NUMBER = re.compile(r"^(?:[-—–]*\d{1,4}[-—–]*|第\d{1,4}页(?:[,/]?共\d{1,4}页)?|\d{1,4}/\d{1,4})$")
# Rows are numbered (一、一般公共服务支出), headings are not.
_LISTED = re.compile(r"^[一二三四五六七八九十]+、")
_YEAR_PREFIX = re.compile(r"^20\d\d年度?")
_KINDS_OF_MONEY = frozenset({"source", "flow", "vintage", "item", "nature"})
_FORM_FIELDS = frozenset({"project-code", "purpose", "payment-plan", "goals"})
_LONGEST_TITLE = 60


def is_contents(grid: Grid) -> bool:
    """Return whether a grid is a piece of a table of contents (dot leaders and page numbers)."""
    return all(_LEADER.search(fold("".join(row.cells))) for row in grid.rows)


def is_page_number(text: str) -> bool:
    """Return whether a line is a page number: ``5``, ``- 5 -``, ``第 5 页``."""
    return bool(_PAGE_NUMBER.match(fold(text)))


def title_type(text: str, lexicon: Lexicon) -> str | None:
    """Return the statement type whose title ``text`` is, or ``None``.

    The longest label that the text ends with counts, unless what stands before it speaks of a dimension itself
    (政府性基金 before 收支总表 is another table).
    """
    key = label_key(_NUMBERED_TITLE.sub("", fold(text)))
    if not key or len(key) > _LONGEST_TITLE or _SENTENCE.search(key) or _LEADER.search(key):
        return None
    for start in range(len(key)):
        if notation := lexicon.titles.get(key[start:]):
            budget = lexicon.statements[notation].group == "budget"
            return None if budget and _names_money(key[:start], lexicon) else notation
    return None


def _names_money(prefix: str, lexicon: Lexicon) -> bool:
    return any(
        any(dimension in _KINDS_OF_MONEY for dimension, _ in meaning.sets) and not meaning.axes
        for start in range(len(prefix))
        for meaning in lexicon.meanings.get(prefix[start:], ())
        if len(prefix) - start > 2
    )


def split_header(grid: Grid, type_: str, lexicon: Lexicon) -> tuple[tuple[GridRow, ...], tuple[GridRow, ...]]:
    """Split a grid into heading rows and data rows; a row of column numbers belongs to neither.

    Heading rows end at the row of column numbers where one is printed, else before the first row that holds
    anything but known headings.
    """
    for position, row in enumerate(grid.rows[:6]):
        if is_column_numbers(row, lexicon):
            return grid.rows[:position], grid.rows[position + 1 :]
    count = 0
    for row in grid.rows[:4]:
        if not _all_headings(row, type_, lexicon):
            break
        count += 1
    return grid.rows[:count], grid.rows[count:]


def is_column_numbers(row: GridRow, lexicon: Lexicon) -> bool:
    """Return whether a row prints the numbers of the columns (栏次 1 2 3)."""
    filled = [fold(cell) for cell in row.cells if cell]
    if len(filled) < 2:
        return False
    numbers = filled if filled[0].isdigit() else filled[1:]
    named = filled[0].isdigit() or lexicon.role(label_key(filled[0]), "") == "column-numbers" or filled[0] == "**"
    return named and [str(n) for n in range(1, len(numbers) + 1)] == numbers


def _all_headings(row: GridRow, type_: str, lexicon: Lexicon) -> bool:
    filled = [cell for cell in row.cells if cell]
    if len(filled) < 2 or any(parse_number(cell) is not None or _LISTED.match(fold(cell)) for cell in filled):
        return False
    return all(knows_heading(cell, type_, lexicon) for cell in filled) and not _is_form_field(row, type_, lexicon)


def knows_heading(text: str, type_: str, lexicon: Lexicon) -> bool:
    """Return whether the lexicon knows ``text`` as a heading of tables of this type."""
    key = heading_key(text)
    return bool(
        lexicon.role(key, type_) or key in lexicon.dimension_keys or lexicon.find(key, "column", {"flow": "revenue"})
    )


def heading_key(text: str) -> str:
    """Return the key of a heading; a year before it (2024年预算数) is not part of the key."""
    return label_key(_YEAR_PREFIX.sub("", fold(text)))


def _is_form_field(row: GridRow, type_: str, lexicon: Lexicon) -> bool:
    return lexicon.role(label_key(row.cells[0]), type_) in _FORM_FIELDS


def heading_roles(header: Sequence[Sequence[str]], width: int, type_: str, lexicon: Lexicon) -> list[str | None]:
    """Return the role of each column: that of the lowest heading over it."""

    def role(column: int) -> str | None:
        lowest = next((row[column] for row in reversed(header) if column < len(row) and row[column]), "")
        return lexicon.role(heading_key(lowest), type_) if lowest else None

    return [role(column) for column in range(width)]
