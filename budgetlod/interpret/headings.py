"""Read the headings of a table: each column gets its path of headings, its role and its coordinates.

Merged headings come as blanks beside or below the text. A heading over several columns passes to the right as long
as the columns have headings of their own below it; a heading with nothing below it stands for its column alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from budgetlod.core.text import fold, label_key, squeeze
from budgetlod.interpret.recognise import composed_heading, heading_key, without_brackets
from budgetlod.model.document import GridRow
from budgetlod.model.lexicon import Lexicon, StatementType

_FLOW_WORD = 2
_NAMED_YEAR = re.compile(r"^(20\d\d)年度?(.*)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the headings say about one physical column.

    ``role`` is ``amount`` for a column of figures, ``unknown`` for headings the lexicon lacks, else the role that
    the ontology gives; ``dimension`` is the classification that a column of codes belongs to, if told. ``year`` is the
    year that the headings name (2024年 / 0: none), ``before`` how many years before the document's they say (上年: 1).
    ``measure`` tells columns of figures from those of their ``change`` against the year before and its ``percent``.
    """

    index: int
    path: tuple[str, ...]
    role: str
    coordinates: tuple[tuple[str, str], ...] = ()
    dimension: str = ""
    year: int = 0
    before: int = 0
    measure: str = "figure"


def heading_paths(header: Sequence[GridRow], width: int) -> list[tuple[str, ...]]:
    """Return for each column the headings over it, outermost first, cleaned of white space."""
    rows = [[squeeze(cell) for cell in row.cells] + [""] * (width - len(row.cells)) for row in header]
    spread = [list(row) for row in rows]
    for level in range(len(rows) - 1):
        for column in range(1, width):
            left_has_more = any(rows[below][column - 1] for below in range(level + 1, len(rows)))
            has_more = any(rows[below][column] for below in range(level + 1, len(rows)))
            same_parent = all(spread[above][column] == spread[above][column - 1] for above in range(level))
            if not spread[level][column] and has_more and left_has_more and same_parent:
                spread[level][column] = spread[level][column - 1]
    return [tuple(row[column] for row in spread if row[column]) for column in range(width)]


def orphan(header: Sequence[GridRow], width: int) -> int | None:
    """Return the column whose heading lost its group, standing right of a heading without anything below it.

    Text extraction exchanges the two when a group of merged headings is followed by a single tall one.
    """
    if len(header) < 2:
        return None
    top, bottom = (list(row.cells) + [""] * (width - len(row.cells)) for row in (header[0], header[-1]))
    for column in range(2, width):
        tall_before = top[column - 1] and not bottom[column - 1]
        grouped = bottom[column - 2] and not top[column - 2]
        if not top[column] and bottom[column] and tall_before and grouped:
            return column
    return None


def exchanged(paths: Sequence[tuple[str, ...]], column: int) -> list[tuple[str, ...]]:
    """Return the paths with the heading of ``column`` moved into the group on its left and its neighbour after it."""
    group = paths[column - 2][:-1]
    moved = list(paths)
    moved[column - 1], moved[column] = (*group, paths[column][-1]), paths[column - 1]
    return moved


def read_headings(paths: Sequence[tuple[str, ...]], type_: StatementType, lexicon: Lexicon) -> list[Heading]:
    """Return what each path of headings says for a statement type.

    Where budget and outturn stand side by side the headings tell the phases apart; a single phase is the document's.
    The same holds for years, unless the only one that is named is said to be the year before.
    """
    phases = [_phase(path, lexicon) for path in paths]
    several = len({phase for phase in phases if phase}) > 1
    headings = [
        _read(index, path, type_, lexicon, phase if several else "")
        for index, (path, phase) in enumerate(zip(paths, phases, strict=True))
    ]
    if len({(h.year, h.before) for h in headings if h.year or h.before}) < 2 and not any(h.before for h in headings):
        return [replace(heading, year=0) for heading in headings]
    return headings


def _phase(path: Sequence[str], lexicon: Lexicon) -> str:
    """Return the phase of the budget cycle that a path of headings names (决算数), or an empty string."""
    found = (lexicon.lists["phase"].find(heading_key(text)) for text in path)
    return next((phase for phase in found if phase), "")


def first_of_role(headings: Sequence[Heading]) -> dict[str, Heading]:
    """Return the first column of each role."""
    found: dict[str, Heading] = {}
    for heading in headings:
        found.setdefault(heading.role, heading)
    return found


def _read(index: int, path: tuple[str, ...], type_: StatementType, lexicon: Lexicon, phase: str) -> Heading:
    context: dict[str, str] = dict(type_.fixes)
    said: dict[str, str] = {"phase": phase} if phase else {}
    role = "unknown"
    dimension = ""
    year = before = 0
    measure = "figure"
    for text in path:
        named, offset, rest = _year(text, lexicon)
        year, before = named or year, offset or before
        # A year and nothing else stands over amounts of that year.
        role_here, found, dimension_here = (
            _component(rest, type_, lexicon, context) if rest else ("amount", dict[str, str](), "")
        )
        if role_here in ("change", "percent"):
            measure, role_here = role_here, "amount"
        role = role_here
        said.update(found)
        context.update(found)
        dimension = dimension_here or dimension
    if "flow" in type_.column_dimensions and "flow" not in context and (flow := _flow(path, lexicon)):
        said["flow"] = flow
    return Heading(index, path, role if path else "unknown", tuple(said.items()), dimension, year, before, measure)


def _flow(path: Sequence[str], lexicon: Lexicon) -> str:
    """Return the flow that the outermost heading with a word for it at its end names (财政拨款收入 / 财政拨款支出)."""
    found = (lexicon.lists["flow"].find(heading_key(text)[-_FLOW_WORD:]) for text in path)
    return next((flow for flow in found if flow), "")


def _year(text: str, lexicon: Lexicon) -> tuple[int, int, str]:
    """Return the year that a heading names, how many years before the document's it says, and what else it says, if it does.

    上年 alone or before the name of a phase or of amounts (上年预算数) is the year before; in 上年结转 it is none.
    """
    key = label_key(text)
    if match := _NAMED_YEAR.match(key):
        return int(match[1]), 0, match[2]
    for words, offset in (("year-before", 1), ("this-year", 0)):
        for word in lexicon.roles_of(words):
            rest = key.removeprefix(word)
            if rest != key and (not rest or lexicon.role(rest, "") == "amount"):
                return 0, offset, rest
    return 0, 0, text


def _component(
    text: str, type_: StatementType, lexicon: Lexicon, context: Mapping[str, str]
) -> tuple[str, dict[str, str], str]:
    """Return (role, coordinates, dimension) of one heading of a path."""
    role, said, dimension = _words(heading_key(text), type_, lexicon, context)
    if role == "unknown" and (plain := without_brackets(heading_key(text))):
        return _words(plain, type_, lexicon, context)
    return role, said, dimension


def _words(
    key: str, type_: StatementType, lexicon: Lexicon, context: Mapping[str, str]
) -> tuple[str, dict[str, str], str]:
    dimension = lexicon.dimension_keys.get(key, "")
    if role := lexicon.role(key, type_.notation):
        return role, {}, dimension
    if composed := composed_heading(key, type_.notation, lexicon):
        return composed[0], {}, composed[1]
    meaning = (
        lexicon.find(key, "column", context, type_.column_dimensions)
        or lexicon.find(key, "column", context)
        or lexicon.nearly(key, "column", context, (*type_.column_dimensions, "flow", "vintage"))
    )
    if meaning is not None:
        return "amount", dict(meaning.sets), dimension
    if both := _compound(key, type_, lexicon, context):
        return "amount", both, dimension
    return "group" if dimension else "unknown", {}, dimension


def _compound(key: str, type_: StatementType, lexicon: Lexicon, context: Mapping[str, str]) -> dict[str, str]:
    """Return the coordinates of a heading made of two known ones (一般公共预算拨款安排的 + “三公”经费预算)."""
    for cut in range(2, len(key) - 1):
        last = lexicon.find(key[cut:], "column", context, type_.column_dimensions)
        first = lexicon.nearly(key[:cut], "column", context, (*type_.column_dimensions, "source", "vintage"))
        if last and first and last.sets and first.sets and not {d for d, _ in last.sets} & {d for d, _ in first.sets}:
            return dict(first.sets) | dict(last.sets)
    return {}


def unit_in_heading(path: Sequence[str], lexicon: Lexicon) -> str | None:
    """Return the unit of money that a heading names in brackets, 价值（万元）, or ``None``."""
    for text in reversed(path):
        body = fold(text)
        if body.endswith(")") and "(" in body:
            inner = label_key(body[body.rindex("(") + 1 : -1].rsplit(":", 1)[-1])
            unit = lexicon.lists["unit"].find(inner)
            if unit and lexicon.lists["unit"].codes[unit].factor is not None:
                return unit
    return None
