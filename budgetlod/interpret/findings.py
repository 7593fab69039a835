"""Collect what could not be understood while one table is read, each thing once."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlod.core.text import squeeze
from budgetlod.model.lexicon import StatementType
from budgetlod.model.problem import Problem, Severity
from budgetlod.model.tables import Cell

_ADD_LABEL = ("在 ontology/ 中为该写法添加标签", "add the wording as a label in ontology/")


class Findings:
    """The problems of one table of ``file``, and its cells whose numbers stay unmapped."""

    def __init__(self, type_: StatementType, file: str) -> None:
        self.type, self.file = type_, file
        self.problems: list[Problem] = []
        self.unmapped: list[Cell] = []

    def add(self, code: str, severity: Severity, zh: str, en: str, place: str) -> None:
        """Add a problem that a label in the ontology would solve."""
        problem = Problem(code, severity, zh, en, *_ADD_LABEL, self.file, place)
        if problem not in self.problems:
            self.problems.append(problem)

    def number(self, cell: Cell, path: Sequence[str]) -> None:
        """Add a number of the table that is not mapped; ``path`` are the headings over it."""
        self.unmapped.append(cell)
        what = cell.row_label or cell.row_code or "/".join(path)
        printed = squeeze(cell.printed)
        self.add(
            "number-unmapped",
            "warning",
            f"{self.type.label} 第{cell.row}行第{cell.column}列“{printed}”未能归入：{what}",
            f"{self.type.label_en}, row {cell.row}, column {cell.column}: {printed} is not mapped ({what})",
            cell.places[0].words(),
        )
