"""The columns of the tables inside forms: of indicators, of projects, of tasks, of money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import label_key
from budgetlod.interpret.form_words import MONEY, Coordinates, FormWords
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.headings import heading_paths
from budgetlod.model.document import GridRow
from budgetlod.model.lexicon import Lexicon

_INDICATOR_ROLES = frozenset(
    {"level-1", "level-2", "level-3", "indicator-content", "target", "term-target", "target-sign", "target-unit",
     "weight", "scoring", "description", "basis", "actual-value", "past-value"}
)  # fmt: skip
_LEVELS = frozenset({"level-2", "level-3"})
_MONEY_ROLES = frozenset({"budget", "amount", "fiscal-funds", "other-funds", "term-budget", MONEY})
_GROUPS = frozenset({"group", "funds", "indicator"})
_WIDEST_SHIFT = 3
_MOST_MISSING = 2


@dataclass(frozen=True)
class Columns:
    """What the columns of a table inside a form hold.

    ``kind`` is ``list`` (a project or unit a row or several), ``indicators``, ``tasks`` or ``money``; ``roles`` gives
    the columns of a role, ``money`` the coordinates of a column of amounts, ``paths`` the headings over a column.
    """

    kind: str
    roles: Mapping[str, tuple[int, ...]]
    money: Mapping[int, Coordinates]
    paths: Mapping[int, tuple[str, ...]]
    width: int

    def at(self, role: str) -> int:
        """Return the first column of a role, -1 if there is none."""
        return self.roles[role][0] if role in self.roles else -1

    def first(self) -> int:
        """Return the first column that holds something of its own, no name of a group."""
        return min((c for role, columns in self.roles.items() if role not in _GROUPS for c in columns), default=0)

    def role_of(self, column: int) -> str:
        """Return the role of a column, ``money`` for one of amounts."""
        if column in self.money:
            return MONEY
        return next((role for role, columns in self.roles.items() if column in columns), "")


def is_heading(row: RawRow, words: FormWords) -> bool:
    """Return whether a row heads a table inside a form."""
    filled = [cell for cell in row.cells if cell]
    labels = [label for cell in filled if (label := words.label(cell))]
    roles = {label.role for label in labels}
    if roles & _LEVELS or len(roles & _INDICATOR_ROLES) > 1:
        return True
    if len(labels) < 3 or 3 * len(labels) < 2 * len(filled) or any(parse_number(cell) is not None for cell in filled):
        return False
    if "task" in roles:
        return True
    named = roles & {"project-name", "unit-or-project"}
    return bool(named) and bool(roles & (_MONEY_ROLES | {"goals", "indicator"})) and len(labels) == len(filled)


def columns_of(block: Sequence[RawRow], words: FormWords) -> Columns:
    """Return the columns that some rows of headings make."""
    width = max(len(row.cells) for row in block)
    paths = heading_paths([GridRow(row.cells, row.places[0]) for row in block], width)
    roles: dict[str, list[int]] = {}
    money: dict[int, Coordinates] = {}
    for column, path in enumerate(paths):
        labels = [label for text in path if (label := words.label(text))]
        if not labels:
            continue
        if labels[-1].coordinates is not None:
            said = dict(pair for label in labels for pair in label.coordinates or ())
            money[column] = tuple(said.items())
        else:
            roles.setdefault(labels[-1].role, []).append(column)
    found = {role: tuple(columns) for role, columns in _settled(roles).items()}
    return Columns(_kind(found), found, _beside(money), dict(enumerate(paths)), width)


def _settled(roles: dict[str, list[int]]) -> dict[str, list[int]]:
    """Return the roles with those decided that depend on what else is printed.

    指标内容 is the third level where no other column is, else what describes it; so is 绩效指标.
    """
    for name in ("indicator-content", "indicator"):
        if name in roles:
            instead = "description" if "level-3" in roles else "level-3"
            columns = roles.pop(name)
            if instead == "level-3" or instead not in roles:
                roles[instead] = columns
    return roles


def _kind(roles: Iterable[str]) -> str:
    found = set(roles)
    if found & {"project-name", "unit-or-project", "organization", "organization-code"}:
        return "list"
    if found & _INDICATOR_ROLES:
        return "indicators"
    return "tasks" if "task" in found else "money"


def _beside(money: Mapping[int, Coordinates]) -> dict[int, Coordinates]:
    """Return the columns of money; beside 财政专户管理资金 the other money is that of the units themselves."""
    special = any(("source", "special-account") in coordinates for coordinates in money.values())
    return {
        column: tuple(("source", "unit") if special and pair == ("source", "non-fiscal") else pair for pair in said)
        for column, said in money.items()
    }


def shifted(columns: Columns, rows: Sequence[RawRow], lexicon: Lexicon) -> Columns:
    """Return the columns as they stand on a page whose grid has other columns: ``rows`` are those of the page.

    A lattice drawn page by page may gain or lose columns that are blank. Of the ways to lay the headings over the
    columns, the one counts in which most cells hold what their heading says: known levels under the levels, numbers
    under money.
    """
    ways = list(_ways(columns, rows))
    best = max(ways, key=lambda way: (_fitting(columns, way, rows, lexicon), -ways.index(way)))
    width = max(len(row.cells) for row in rows)
    return replace(columns, width=width) if best == ways[0] else _moved(columns, best, width)


def _ways(columns: Columns, rows: Sequence[RawRow]) -> Iterator[dict[int, int]]:
    """Yield the ways to lay the headings over the columns of a page: as they stand, without blank ones, shifted."""
    named = sorted(column for column, path in columns.paths.items() if path)
    yield {column: column for column in named}
    used = sorted({column for row in rows for column, cell in enumerate(row.cells) if cell})
    for there in (used, list(range(max(len(row.cells) for row in rows)))):
        missing = len(named) - len(there)
        if 0 <= missing <= _MOST_MISSING:
            for left_out in combinations(named, missing):
                kept = (column for column in named if column not in left_out)
                yield dict(zip(kept, there, strict=True)) | dict.fromkeys(left_out, -1)
    for shift in range(-_WIDEST_SHIFT, _WIDEST_SHIFT + 1):
        yield {column: column + shift for column in named}


def _fitting(columns: Columns, way: Mapping[int, int], rows: Sequence[RawRow], lexicon: Lexicon) -> int:
    """Return how many cells hold what their heading says, less those that hold something else."""
    known = lexicon.lists["indicator-category"].keys
    levels = {way.get(columns.at(role), -1) for role in ("level-1", "level-2")}
    other = {way.get(columns.at(role), -1) for role in ("level-3", "target")}
    money = {way.get(column, -1) for column in columns.money}
    fits = 0
    for row in rows:
        for column, cell in enumerate(row.cells):
            if label_key(cell) in known:
                fits += (column in levels) - (column in other)
            if cell and column in money:
                fits += 1 if parse_number(cell) is not None else -1
        fits += all(0 <= c < len(row.cells) and bool(row.cells[c]) for c in other)
    return fits


def _moved(columns: Columns, way: Mapping[int, int], width: int) -> Columns:
    return replace(
        columns,
        roles={role: tuple(way.get(c, c) for c in found) for role, found in columns.roles.items()},
        money={way.get(c, c): said for c, said in columns.money.items()},
        paths={way.get(c, c): path for c, path in columns.paths.items() if path},
        width=width,
    )
