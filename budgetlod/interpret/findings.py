"""Collect what could not be understood while one table is read, each thing once."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlod.core.text import squeeze
from budgetlod.model.lexicon import StatementType
from budgetlod.model.problem import Problem, Severity
from budgetlod.model.tables import Cell

_COMPARE = ("请对照原件核实", "compare it with the document")
_ADD_LABEL = ("在 ontology/ 中为该写法添加标签", "add the wording as a label in ontology/")


class Findings:
    """The problems of one table of ``file``, and its cells whose numbers stay unmapped."""

    def __init__(self, type_: StatementType, file: str) -> None:
        self.type, self.file = type_, file
        self.problems: list[Problem] = []
        self.unmapped: list[Cell] = []

    def add(
        self, code: str, severity: Severity, zh: str, en: str, place: str, hint: tuple[str, str] = _ADD_LABEL
    ) -> None:
        """Add a problem; without a ``hint`` (zh, en) one that a label in the ontology would solve."""
        problem = Problem(code, severity, zh, en, *hint, self.file, place)
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

    def mended(self, cell: Cell) -> None:
        """Add a number that was misread in a picture and that a sum has mended."""
        printed = squeeze(cell.printed)
        zh = f"{self.type.label} 第{cell.row}行第{cell.column}列识别为“{printed}”，按合计相符读作 {cell.mended}"
        en = (
            f"{self.type.label_en}, row {cell.row}, column {cell.column}: {printed} was recognised and is taken for"
            f" {cell.mended}: only so does a printed sum close"
        )
        self.add("ocr-number-mended", "info", zh, en, cell.places[0].words(), _COMPARE)
