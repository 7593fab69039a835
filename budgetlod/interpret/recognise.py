"""Recognise titles, headings, contents and page numbers by the words of the ontology."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import fold, label_key
from budgetlod.interpret.merged import heading_depth, is_banner, spread
from budgetlod.model.document import Grid, GridRow
from budgetlod.model.lexicon import Lexicon

_LEADER = re.compile(r"[.．…·]{4,}\s*\d*$")
_SENTENCE = re.compile(r"[。；;！？]")
_NUMBERED_TITLE = re.compile(
    r"^(?:附件\d*[:.、]?)?(?:部门|单位|预算|决算)?(?:公开)?"
    r"(?:\d{1,2}表|附?表(?:[1-9]\d?|0\d|[一二三四五六七八九十]{1,3})(?:-\d)?[:.、]?(?!\d)|[1-9]\d?[:.、]?(?!\d))"
)
_PAGE_NUMBER = re.compile(r"^(?:[-—–]*\d{1,4}[-—–]*|第\d{1,4}页(?:[,/]?共\d{1,4}页)?|\d{1,4}/\d{1,4})$")
# Rows are numbered (一、一般公共服务支出), headings are not.
_BRACKETS = re.compile(r"\([^()]*\)")
_TABLE = re.compile(r"表(?:\d*|[一二三四五六七八九十])$")
# 详见下表, 如表: a sentence that sends the reader to a table.
_ELSEWHERE = re.compile(r"(?:[下附见如]|报)表$")
_LISTED = re.compile(r"^[一二三四五六七八九十]+、")
_YEAR_PREFIX = re.compile(r"^20\d\d年度?(?=.)")
_KINDS_OF_MONEY = frozenset({"source", "flow", "vintage", "item", "nature"})
_COLUMN_DIMENSIONS = ("source", "nature", "item", "vintage", "flow")
_FORM_FIELDS = frozenset({"project-code", "purpose", "payment-plan", "goals"})
_LONGEST_TITLE = 60
_DEEPEST_HEADER = 8
_FEWEST_COLUMNS = 3


def is_contents(grid: Grid) -> bool:
    """Return whether a grid is a piece of a table of contents (dot leaders and page numbers)."""
    return all(_LEADER.search(fold("".join(row.cells))) for row in grid.rows)


def lists_tables(grid: Grid, lexicon: Lexicon) -> bool:
    """Return whether a grid is a list of tables: most of its rows name one, none holds an amount."""
    named = sum(any(title_type(cell, lexicon) for cell in row.cells if cell) for row in grid.rows)
    return named >= _FEWEST_COLUMNS and 2 * named > len(grid.rows)


def is_page_number(text: str) -> bool:
    """Return whether a line is a page number: ``5``, ``- 5 -``, ``第 5 页``."""
    return bool(_PAGE_NUMBER.match(fold(text)))


def title_type(text: str, lexicon: Lexicon) -> str | None:
    """Return the statement type whose title ``text`` is, or ``None``.

    The longest label that the text ends with counts, unless what stands before it speaks of a dimension itself
    (政府性基金 before 收支总表 is another table); else the words that the ontology wants in the titles of a type.
    """
    key = label_key(_NUMBERED_TITLE.sub("", label_key(text)))
    if not key or len(key) > _LONGEST_TITLE or _SENTENCE.search(key) or _LEADER.search(key):
        return None
    key = _BRACKETS.sub("", key)
    if not key or (key[-1] not in lexicon.title_ends and not _TABLE.search(key)):
        return None
    for start in range(len(key)):
        if notation := lexicon.titles.get(key[start:]):
            budget = lexicon.statements[notation].group == "budget"
            if budget and (_names_money(key[:start], lexicon) or _says_more(key, start, lexicon)):
                break
            return notation
    return _by_words(key, lexicon)


def _says_more(key: str, start: int, lexicon: Lexicon) -> bool:
    """Return whether the title words of a type reach over the start of the label that a title ends with (基本|支出总表).

    Words that tell the type whatever else a title says need only stand before it (三公 before 机关运行经费预算表).
    """
    best = next((title for title in lexicon.title_words if all(word in key for word in title.words)), None)
    if best is None:
        return False
    outside = [word for word in best.words if word not in key[start:]]
    return bool(outside) if best.rank else any(word not in key[:start] for word in outside)


def _by_words(key: str, lexicon: Lexicon) -> str | None:
    """Return the type of the most telling set of title words that a title holds; a title ends with 表 (table).

    A single word tells the type only where nothing before it speaks of other money.
    """
    if not _TABLE.search(key) or _ELSEWHERE.search(key):
        return None
    for title in lexicon.title_words:
        if all(word in key for word in title.words):
            plain = len(title.words) == 1 and not title.rank
            return None if plain and _names_money(key[: key.index(title.words[0])], lexicon) else title.type
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

    Heading rows end at the row of column numbers where one is printed, else where merged cells and known headings
    end. The text of a merged heading stands in every column that it covers.
    """
    for position, row in enumerate(grid.rows[:_DEEPEST_HEADER]):
        if is_column_numbers(row, lexicon):
            return spread(grid, position), grid.rows[position + 1 :]
    count = _merged_headings(grid, type_, lexicon)
    while count < min(_DEEPEST_HEADER, len(grid.rows)) and _all_headings(grid.rows[count], type_, lexicon):
        count = _without_numbers(grid, heading_depth(grid, count + 1))
    return spread(grid, count), grid.rows[count:]


def _merged_headings(grid: Grid, type_: str, lexicon: Lexicon) -> int:
    """Return how many rows the merged cells of a first row of headings make headings; no row of numbers is one."""
    if grid.spans is None:
        return 0
    # A heading over all columns need not be known, as those below it say what stands where; in a form it may be a name.
    known_above = not lexicon.statements[type_].is_form or knows_heading(_only(grid.rows[0]), type_, lexicon)
    above = int(is_banner(grid, 0) and len(grid.rows) > 1 and known_above)
    filled = [cell for cell in grid.rows[above].cells if cell]
    known = sum(knows_heading(cell, type_, lexicon) for cell in filled)
    if 2 * known < len(filled) or len(filled) < 2 or _is_form_field(grid.rows[above], type_, lexicon):
        return 0
    if lexicon.statements[type_].is_form and (4 * known < 3 * len(filled) or len(filled) < _FEWEST_COLUMNS):
        return 0  # the name of a field beside its value, not two headings
    return _without_numbers(grid, heading_depth(grid, above + 1))


def _only(row: GridRow) -> str:
    return next((cell for cell in row.cells if cell), "")


def _without_numbers(grid: Grid, depth: int) -> int:
    """Return how many of the first ``depth`` rows stand above the first that holds a number."""
    rows = enumerate(grid.rows[: min(depth, _DEEPEST_HEADER)])
    numbers = (n for n, row in rows if any(parse_number(c) is not None for c in row.cells if c))
    return next(numbers, min(depth, _DEEPEST_HEADER))


def is_column_numbers(row: GridRow, lexicon: Lexicon) -> bool:
    """Return whether a row prints the numbers of the columns (栏次 1 2 3, ** ** 1 2 3)."""
    filled = [fold(cell) for cell in row.cells if cell]
    if len(filled) < 2:
        return False
    stars = sum(cell.strip("*") == "" for cell in filled)
    named = stars or lexicon.role(label_key(filled[0]), "") == "column-numbers" or filled[0].isdigit()
    numbers = filled[stars:] if stars or filled[0].isdigit() else filled[1:]
    return bool(named and numbers) and [str(n) for n in range(1, len(numbers) + 1)] == numbers


def _all_headings(row: GridRow, type_: str, lexicon: Lexicon) -> bool:
    filled = [cell for cell in row.cells if cell]
    if len(filled) < 2 or any(parse_number(cell) is not None or _LISTED.match(fold(cell)) for cell in filled):
        return False
    if _is_form_field(row, type_, lexicon):
        return False
    if lexicon.statements[type_].is_form and len(filled) < _FEWEST_COLUMNS:
        return False
    known = sum(knows_heading(cell, type_, lexicon) for cell in filled)
    roles = {lexicon.role(heading_key(cell), type_) for cell in filled}
    return known == len(filled) or (4 * known >= 3 * len(filled) and {"label", "amount"} <= roles)


def knows_heading(text: str, type_: str, lexicon: Lexicon) -> bool:
    """Return whether the lexicon knows ``text`` as a heading of tables of this type."""
    key = heading_key(text)
    plain = without_brackets(key)
    return _knows(key, type_, lexicon) or bool(plain and _knows(plain, type_, lexicon))


def _knows(key: str, type_: str, lexicon: Lexicon) -> bool:
    return bool(
        lexicon.role(key, type_)
        or key in lexicon.dimension_keys
        or composed_heading(key, type_, lexicon)
        or lexicon.find(key, "column", {"flow": "revenue"})
        or lexicon.nearly(key, "column", {"flow": "revenue"}, _COLUMN_DIMENSIONS)
    )


def composed_heading(key: str, statement: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """Return role and dimension of a heading made of the name of a classification and a role (部门经济科目 + 编码)."""
    for cut in range(len(key) - 1, 1, -1):
        if (dimension := lexicon.dimension_keys.get(key[:cut])) and (role := lexicon.role(key[cut:], statement)):
            return role, dimension
    return None


def without_brackets(key: str) -> str:
    """Return a key without what it adds in brackets (支出功能分类科目(按大类)), empty if it adds nothing."""
    plain = _BRACKETS.sub("", key)
    return plain if plain != key else ""


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
