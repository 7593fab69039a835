"""Forms over several pages: what stands between their pages, and whether a page begins with a row of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budgetlod.core.text import fold, label_key
from budgetlod.interpret.recognise import heading_key
from budgetlod.model.lexicon import Lexicon

# Which part of the pairs of characters of a text must stand in a table for the text to be a repetition of its cells.
_ECHO = 0.8
_FEWEST = 2
_NAMES = frozenset({"project-name", "project-code", "unit-or-project", "organization"})


def echoes(text: str, cells: Iterable[str], lexicon: Lexicon) -> bool:
    """Return whether a text between two pages of a form says again what its merged cells say.

    A cell that a page break cuts is printed on the next page too, where no line closes it: 产出指标 数量指标.
    """
    words = fold(text)
    said = fold("".join(cells)) + " ".join(lexicon.lists["indicator-category"].keys)
    pairs = [words[i : i + 2] for i in range(len(words) - 1)]
    return bool(pairs) and sum(pair in said for pair in pairs) >= _ECHO * len(pairs)


def begins_inside(rows: Sequence[Sequence[str]], type_: str, lexicon: Lexicon) -> bool:
    """Return whether a page of a form begins with indicators: what they are of stands on the page before."""
    levels = lexicon.lists["indicator-category"].keys
    first = next(([cell for cell in cells if cell] for cells in rows if any(cells)), [])
    named = any(lexicon.role(heading_key(cell), type_) in _NAMES for cells in rows for cell in cells if cell)
    return any(label_key(cell) in levels for cell in first) and not named


def is_whole(cells: Sequence[str], type_: str, lexicon: Lexicon) -> bool:
    """Return whether the first row of a page of a form is a row of its own, not the rest of one that the break cuts.

    A row that names a level of indicators or a field is one, and one that fills several cells; a piece of a cut row
    fills one.
    """
    filled = [cell for cell in cells if cell]
    if not filled:
        return True
    levels = lexicon.lists["indicator-category"].keys
    if any(label_key(cell) in levels for cell in filled) or lexicon.role(heading_key(filled[0]), type_):
        return True
    return len(filled) >= _FEWEST
