"""What the rows of a table lack: running numbers that are skipped, codes that do not ascend, rows of the codes above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from budgetlod.core.text import fold
from budgetlod.model.codes import ALL
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.tables import Row

_ORDINAL = re.compile(r"[1-9]\d{0,4}")


def missing_numbers(printed: Mapping[int, str]) -> dict[int, int]:
    """Return for each row after a gap the running number that should stand before its own; ``printed`` is by row.

    A table printed unit by unit begins again with 1, so a number counts as there wherever it stands. Nothing can be
    said of a table that does not begin with 1.
    """
    numbers = {row: int(text) for row, cell in printed.items() if _ORDINAL.fullmatch(text := fold(cell))}
    there = set(numbers.values())
    if 1 not in there:
        return {}
    return {row: number - 1 for row, number in numbers.items() if number > 1 and number - 1 not in there}


def with_order(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows, marking each whose code is not greater than the one printed right above it."""
    yield from rows[:1]
    for above, row in pairwise(rows):
        pairs = ((a, b) for a in above.entries for b in row.entries if a.dimension == b.dimension and b.printed)
        yield row._replace(descends=True) if any(a.printed >= b.printed for a, b in pairs) else row


def with_missing_parents(rows: Sequence[Row], lexicon: Lexicon) -> tuple[Row, ...]:
    """Return the rows, noting in the entries of each the code above its own that has no row in the table.

    Only where the table prints rows for other codes of that level: some tables print the lowest level alone.
    """
    printed = {(entry.dimension, entry.printed) for row in rows for entry in row.entries if entry.printed}
    used = {(d, len(above)) for d, code in printed for above in _above(d, code, lexicon) if (d, above) in printed}
    if not used:
        return tuple(rows)

    def lacking(dimension: str, code: str) -> str:
        above = next(iter(_above(dimension, code, lexicon)), "") if code else ""
        return "" if (dimension, above) in printed or (dimension, len(above)) not in used else above

    return tuple(
        row._replace(entries=tuple(e._replace(lacking=lacking(e.dimension, e.printed)) for e in row.entries))
        for row in rows
    )


def _above(dimension: str, code: str, lexicon: Lexicon) -> Iterable[str]:
    return (above for above in lexicon.codes(dimension).broader(code) if above != ALL)
