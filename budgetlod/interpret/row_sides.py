"""The sides of a table of figures: the columns of codes and labels, and the columns of amounts that belong to them.

A table has one or more sides (revenue on the left, expenditure on the right). A side can name several classifications
at once (department and government economic categories), each by a key of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import squeeze
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.headings import Heading
from budgetlod.model.tables import Entry

_UNCODED = frozenset({"project", "item"})


@dataclass
class Key:
    """The columns of a side that name one thing; ``last`` is the code that they printed last."""

    codes: list[Heading] = field(default_factory=list)
    labels: list[Heading] = field(default_factory=list)
    last: str = ""

    @property
    def dimension(self) -> str:
        """The classification that the headings tell, if they do."""
        return next((h.dimension for h in (*self.codes, *self.labels) if h.dimension), "")

    def takes(self, heading: Heading) -> bool:
        """Return whether a column goes on with this key: not a code behind labels, nor another classification.

        Names of projects and items are never the labels of codes beside them.
        """
        told = self.dimension or heading.dimension in _UNCODED
        other = heading.dimension and told and heading.dimension != self.dimension
        return not other and not (self.labels and heading.role == "code")


@dataclass
class Side:
    """One side of a table; ``context`` are the coordinates that a row above passes on, ``above`` is what it says."""

    keys: list[Key] = field(default_factory=list)
    amounts: list[Heading] = field(default_factory=list)
    context: dict[str, str] = field(default_factory=dict)
    nature: str = ""
    above: Reading | None = None

    @property
    def columns(self) -> list[Heading]:
        """All columns of the side."""
        return [*(h for key in self.keys for h in (*key.codes, *key.labels)), *self.amounts]


class Reading(NamedTuple):
    """What a row says on one side: code, label and coordinates; ``None`` where its words are unknown.

    ``entries`` is what it says in the national classifications, if it speaks of them; ``meaning`` is the name of what
    its words mean, where it prints no code.
    """

    code: str
    label: str
    coordinates: Mapping[str, str] | None
    entries: tuple[Entry, ...] = ()
    meaning: str = ""


def sides_of(headings: Sequence[Heading]) -> list[Side]:
    """Return the sides of a table: a column of codes or labels after amounts begins another side.

    A column whose heading names a classification and nothing else holds labels.
    """
    sides = [Side()]
    for heading in headings:
        if heading.role in ("code", "label") or (heading.role == "group" and heading.dimension):
            if sides[-1].amounts:
                sides.append(Side())
            keys = sides[-1].keys
            if not keys or not keys[-1].takes(heading):
                keys.append(Key())
            (keys[-1].codes if heading.role == "code" else keys[-1].labels).append(heading)
        elif heading.role == "amount":
            sides[-1].amounts.append(heading)
    return sides


def shared_label(row: RawRow, side: Side) -> str:
    """Return the label that a merged cell of another side gives to the amounts of this one too (支出合计), if it does."""
    numbers = (row.cells[h.index] for h in side.amounts if h.index < len(row.cells))
    labels = [row.over[h.index] for key in side.keys for h in key.labels if h.index < len(row.over)]
    return squeeze(labels[0]) if labels and any(parse_number(number) is not None for number in numbers) else ""
