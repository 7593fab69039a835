"""Read the headings of a table: each column gets its path of headings, its role and its coordinates.

Merged headings come as blanks beside or below the text. A heading over several columns passes to the right as long
as the columns have headings of their own below it; a heading with nothing below it stands for its column alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgetlod.core.text import fold, label_key, squeeze
from budgetlod.interpret.recognise import heading_key
from budgetlod.model.document import GridRow
from budgetlod.model.lexicon import Lexicon, StatementType


@dataclass(frozen=True, slots=True)
class Heading:
    """What the headings say about one physical column.

    ``role`` is ``amount`` for a column of figures, ``unknown`` for headings the lexicon lacks, else the role that
    the ontology gives; ``dimension`` is the classification that a column of codes belongs to, if told.
    """

    index: int
    path: tuple[str, ...]
    role: str
    coordinates: tuple[tuple[str, str], ...] = ()
    dimension: str = ""


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
    """
    phases = [_phase(path, lexicon) for path in paths]
    several = len({phase for phase in phases if phase}) > 1
    return [
        _read(index, path, type_, lexicon, phase if several else "")
        for index, (path, phase) in enumerate(zip(paths, phases, strict=True))
    ]


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
    for text in path:
        role, found, dimension_here = _component(text, type_, lexicon, context)
        said.update(found)
        context.update(found)
        dimension = dimension_here or dimension
    return Heading(index, path, role if path else "unknown", tuple(said.items()), dimension)


def _component(
    text: str, type_: StatementType, lexicon: Lexicon, context: Mapping[str, str]
) -> tuple[str, dict[str, str], str]:
    """Return (role, coordinates, dimension) of one heading of a path."""
    key = heading_key(text)
    dimension = lexicon.dimension_keys.get(key, "")
    if role := lexicon.role(key, type_.notation):
        return role, {}, dimension
    meaning = lexicon.find(key, "column", context, type_.column_dimensions) or lexicon.find(key, "column", context)
    if meaning is not None:
        return "amount", dict(meaning.sets), dimension
    return "group" if dimension else "unknown", {}, dimension


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
