"""Numbers that were misread in a picture (``1.935.36``, ``1,O35.36``), mended where arithmetic leaves one reading.

What a mark or a letter in a number was is not guessed: each number that it may have been is tried, and taken where it
alone makes a printed sum of its row or column close. The printed text stays as it was recognised.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from budgetlod.core.numbers import in_yuan, parse_number
from budgetlod.core.text import squeeze
from budgetlod.interpret.cube import Cube, printed_lists
from budgetlod.interpret.figures import ZERO
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.relations import PrintedList, find_breakdowns
from budgetlod.model.cube import Point
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.tables import Cell

Spot = tuple[int, int]
"""Row and column of a cell."""

# Signs that look like a digit.
_LOOKALIKES = str.maketrans("OoQ〇○lI|丨SsBZz", "000001111" + "55822")
_MARKS = r".,，．·、'’‘:;"
_NUMBER = re.compile(rf"(-?)([0-9]+(?:[{_MARKS}]+[0-9]+)*)[{_MARKS}]*")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９－−（）", "0123456789--()")


def is_unsure(row: RawRow, column: int) -> bool:
    """Return whether the cell of a row was recognised in a picture."""
    return column < len(row.confidence) and row.confidence[column] < 1


def possible(text: str) -> tuple[Decimal, ...]:
    """Return the numbers that a text may be which is none: any one of its marks may be the decimal point, or none.

    Empty where the text is a number as it stands, or could not have been one.
    """
    body = squeeze(text).translate(_FULL_WIDTH)
    if not any(sign.isdigit() for sign in body) or parse_number(body) is not None:
        return ()
    negative = body.startswith("(") and body.endswith(")")
    match = _NUMBER.fullmatch((body[1:-1] if negative else body).translate(_LOOKALIKES))
    if match is None:
        return ()
    groups = re.split(rf"[{_MARKS}]+", match[2])
    points = ("".join(groups[:cut]) + "." + "".join(groups[cut:]) for cut in range(1, len(groups)))
    sign = -1 if negative or match[1] else 1
    return tuple(dict.fromkeys(sign * Decimal(number) for number in ("".join(groups), *points)))


def mended(
    cells: Sequence[Cell], unsure: Collection[Spot], unmapped: Iterable[Cell], factor: Decimal, lexicon: Lexicon
) -> dict[Spot, Cell]:
    """Return the cells that one reading mends, by row and column.

    ``unsure`` are the spots of numbers that state nothing and were recognised, ``unmapped`` all cells of which nothing
    is known: no sum is formed with those. ``factor`` is what the unit of the table is worth in yuan.
    """
    waiting = {
        (cell.row, cell.column): numbers
        for cell in cells
        if (cell.row, cell.column) in unsure and isinstance(cell.states, Point) and (numbers := possible(cell.printed))
    }
    unknown = {(cell.row, cell.column) for cell in unmapped}
    table = {(cell.row, cell.column): cell for cell in cells}
    cube, found = Cube(lexicon), dict[Spot, Cell]()
    while waiting:
        done = {
            spot: number
            for spot, numbers in waiting.items()
            if (number := _only(numbers, table, spot, unknown, factor, cube)) is not None
        }
        if not done:
            break
        for spot, number in done.items():
            found[spot] = table[spot] = _with(table[spot], number, factor)
            del waiting[spot]
            unknown.discard(spot)
    return found


def _with(cell: Cell, number: Decimal, factor: Decimal) -> Cell:
    return cell._replace(amount=in_yuan(number, factor), mended=str(number))


def _only(
    numbers: Sequence[Decimal],
    table: dict[Spot, Cell],
    spot: Spot,
    unknown: Collection[Spot],
    factor: Decimal,
    cube: Cube,
) -> Decimal | None:
    """Return the only one of some numbers that makes a sum of the cell's row or column close."""
    others = [cell for other, cell in table.items() if (other[0] == spot[0]) != (other[1] == spot[1])]
    lines: list[list[Cell]] = []
    for axis in (0, 1):
        line = [cell for cell in others if (cell.row, cell.column)[axis] == spot[axis]]
        if not any((cell.row, cell.column) in unknown for cell in line):
            lines.append([cell for cell in line if isinstance(cell.states, Point) and cell.amount is not None])
    closing = [
        number
        for number in numbers
        if any(_closes([*line, _with(table[spot], number, factor)], cube) for line in lines)
    ]
    return closing[0] if len(closing) == 1 else None


def _closes(line: Sequence[Cell], cube: Cube) -> bool:
    """Return whether the last cell of a row or column is part or whole of a sum in it that closes."""
    amounts = {cell.states: cell.amount for cell in line if isinstance(cell.states, Point) and cell.amount is not None}
    point = line[-1].states
    spots = [(cell.row, cell.column, cell.states) for cell in line if isinstance(cell.states, Point)]
    lists = [PrintedList("", points) for points in printed_lists(spots)]
    for (whole, _), parts in find_breakdowns(lists, amounts.keys(), cube).items():
        total = sum((amounts[part] for part in parts.points), ZERO)
        if (point == whole or point in parts.points) and total == amounts[whole]:
            return True
    return False
