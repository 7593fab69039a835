"""The “three public” costs and their kin, item by item: what the table prints, what the prose says beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgetlod.publish.lookup import Lookup
from budgetlod.publish.site.changes import Changes, Stated
from budgetlod.publish.site.figures import Figure, Figures, with_funds
from budgetlod.publish.site.names import Label, Names
from budgetlod.rdf.names import BLOD, CODE

_ITEMS = (
    ("abroad", 1), ("vehicles", 1), ("vehicle-purchase", 2), ("vehicle-operation", 2), ("reception", 1),
    ("three-public", 0), ("meeting", 1), ("training", 1), ("agency-operating", 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item: its figure, whether a table prints it, and the row that leaves it blank although the prose states it."""

    code: str
    level: int
    label: Label
    figure: Figure
    in_table: bool
    blank_row: str
    is_wrong: bool
    change: Stated | None


class Printed:
    """Where figures are printed: which have a cell of a table, and which rows leave one blank."""

    def __init__(self, graph: Lookup) -> None:
        cells = graph.members(BLOD + "Cell")
        self.in_tables = {figure for cell in cells for figure in graph.texts(cell, BLOD + "states")}
        self.blank: dict[str, str] = {}
        self.wrong: set[str] = set()
        for row in graph.members(BLOD + "Row"):
            for figure in graph.texts(row, BLOD + "leavesBlank"):
                self.blank.setdefault(figure, row)
            if graph.terms(row, BLOD + "leavesBlankOver"):
                self.wrong.add(row)


def item_lines(figures: Figures, names: Names, printed: Printed, changes: Changes) -> list[ItemLine]:
    """Return the items that the disclosure states, in the usual order."""
    lines = []
    for code, level in _ITEMS:
        choices = list(with_funds({"flow": "expenditure", "item": code}))
        stated = [found for choice in choices if (found := figures.at(**choice))]
        # A cell counts for more than the prose: of several funds the one that a table prints.
        figure = next((one for one in stated if one.iri in printed.in_tables), stated[0] if stated else None)
        if figure is None:
            continue
        row = next((printed.blank[one.iri] for one in stated if one.iri in printed.blank), "")
        lines.append(
            ItemLine(
                code,
                level,
                names.of(f"{CODE}item/{code}"),
                figure,
                figure.iri in printed.in_tables and not row,
                row,
                row in printed.wrong,
                changes.first(*choices),
            )
        )
    return lines


def three_public(lines: Sequence[ItemLine]) -> Figure | None:
    """Return the total of the “three public” costs."""
    return next((line.figure for line in lines if line.code == "three-public"), None)
