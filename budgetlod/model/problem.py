"""What is wrong with a document, as a value: where, in Chinese and English, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from budgetlod.core.errors import BudgetlodError

Severity = Literal["error", "warning", "info"]


class Problem(NamedTuple):
    """One thing that is wrong or could not be understood.

    ``code`` is a stable short name (``table-unrecognised``), ``place`` says where inside ``file`` ("line 12",
    "table 3, row 4"); ``zh`` and ``en`` say what is wrong, ``hint_zh`` and ``hint_en`` what to do. ``rule`` is the id
    of the catalogue rule that the problem reports; empty for problems of reading.
    """

    code: str
    severity: Severity
    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""
    file: str = ""
    place: str = ""
    rule: str = ""

    def text(self, language: str = "en") -> str:
        """Return the problem as one line in ``language`` ("zh" or "en")."""
        what, hint = (self.zh, self.hint_zh) if language == "zh" else (self.en, self.hint_en)
        where = ": ".join(part for part in (self.file, self.place) if part)
        sentence = f"{where}: {what}" if where else what
        return f"{sentence} [{hint}]" if hint else sentence


class BadInput(BudgetlodError):
    """Nothing can be made of the input; ``problems`` say why. The command line prints them and exits with 2."""

    def __init__(self, problems: Problem | Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(problem.text() for problem in self.problems))
