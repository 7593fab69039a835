"""What a document itself tells about its row labels: codes printed beside names, the department and its units.

One table of a disclosure often prints codes with names that another prints as names alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from budgetlod.core.text import fold, label_key
from budgetlod.interpret.printed_codes import CODE_LENGTHS, joined_code, split_code
from budgetlod.model.lexicon import Lexicon

CLASSIFICATIONS = ("function", "economic", "governmentEconomic")
_CLASS = 3
_LEVELS = 3


@dataclass(frozen=True)
class DocumentLabels:
    """``codes``: by classification, the codes that the document prints beside a name, by the key of the name.

    ``department`` is the department's name, ``units`` are its units as the document lists them.
    """

    codes: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    department: str = ""
    units: tuple[str, ...] = ()


NO_LABELS = DocumentLabels()


def classification_of(code: str, lexicon: Lexicon) -> str:
    """Return the classification that has the class of a code, or an empty string: no class is in two of them."""
    if len(code) not in CODE_LENGTHS:
        return ""
    return next((d for d in CLASSIFICATIONS if code[:_CLASS] in lexicon.codes(d).codes), "")


def read_labels(
    tables: Iterable[Sequence[Sequence[str]]], lexicon: Lexicon, department: str = "", units: Sequence[str] = ()
) -> DocumentLabels:
    """Return what the rows of all tables (each row as its cells) tell."""
    found: dict[str, dict[str, dict[str, None]]] = {dimension: {} for dimension in CLASSIFICATIONS}
    for rows in tables:
        above = ""
        for row in rows:
            code, label = _code_and_label([fold(cell) for cell in row], above)
            dimension = classification_of(code, lexicon)
            if dimension and label_key(label):
                found[dimension].setdefault(label_key(label), {})[code] = None
                above = code
    codes = {dimension: {key: tuple(of) for key, of in names.items()} for dimension, names in found.items()}
    return DocumentLabels(codes, department, tuple(units))


def _code_and_label(cells: Sequence[str], above: str) -> tuple[str, str]:
    """Return the code and label that a row begins with: in cells side by side, or in one."""
    first = next((n for n, cell in enumerate(cells) if cell and not cell.isdecimal()), None)
    if first is None:
        return "", ""
    if both := split_code(cells[first]):
        return both.code, both.label
    return joined_code(cells[max(0, first - _LEVELS) : first], above), cells[first]
