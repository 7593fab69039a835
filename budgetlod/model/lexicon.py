"""The parser's lexicon: what the ontology says about printed words.

Nothing here knows a document: titles, headings, row labels and prose are looked up in the labels of code lists,
statement types, headings and wordings. Keys are made by :func:`budgetlod.core.text.label_key`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from budgetlod.model.codes import CodeList

_MARKS = re.compile(r"[、,和及与()]")

SCHEMES: Mapping[str, str] = MappingProxyType(
    {
        "flow": "flow",
        "vintage": "vintage",
        "source": "source",
        "function": "function",
        "economic": "economic",
        "governmentEconomic": "government-economic",
        "nature": "nature",
        "item": "item",
        "project": "project",
    }
)
"""Dimension (property name) to code scheme, for the dimensions whose values are codes."""

DIMENSION_OF: Mapping[str, str] = MappingProxyType({scheme: name for name, scheme in SCHEMES.items()})

Coordinates = Mapping[str, str]
"""Dimension name to notation."""


class Meaning(NamedTuple):
    """What some printed words say: coordinates, and where they say so.

    ``axes`` is empty for words that mean the same everywhere, else some of ``row``, ``column``, ``prose``;
    ``when`` are coordinates that must hold already; a meaning that ``opens`` gives its coordinates to the rows
    below it, up to one that ``closes``.
    """

    name: str
    sets: tuple[tuple[str, str], ...]
    axes: frozenset[str] = frozenset()
    when: tuple[tuple[str, str], ...] = ()
    opens: bool = False
    closes: bool = False

    @property
    def depth(self) -> int:
        """How far down a classification the words lead: the digits of the code, 0 for other coordinates."""
        return max((len(code) for _, code in self.sets if code.isdigit()), default=0)

    def fits(self, axis: str, context: Coordinates) -> bool:
        """Return whether the words mean this on ``axis`` where the coordinates of ``context`` hold."""
        return (not self.axes or axis in self.axes) and all(context.get(d) == c for d, c in self.when)


class Role(NamedTuple):
    """The role a heading or form field gives, and the statement types that use it so (empty: all)."""

    name: str
    used_in: frozenset[str] = frozenset()


class StatementType(NamedTuple):
    """A kind of table: its titles are in :attr:`Lexicon.titles`; what its cells have in common is here.

    ``required``: every budget and final account is bound to hold one; ``serves_as`` are the types whose place it takes,
    as it states what they do and more. ``as_printed``: no budget table, its cells are kept as printed. ``is_form``: fields with their values beside
    them and tables inside, where others are a table of rows under headings.
    """

    notation: str
    label: str
    label_en: str
    order: int
    group: str
    fixes: tuple[tuple[str, str], ...] = ()
    row_total: tuple[tuple[str, str], ...] = ()
    row_dimensions: tuple[str, ...] = ()
    column_dimensions: tuple[str, ...] = ()
    carry_over_decides: bool = False
    labels_carry_down: bool = False
    names_projects: bool = False
    required: bool = False
    is_form: bool = False
    serves_as: tuple[str, ...] = ()
    as_printed: bool = False


class TitleWords(NamedTuple):
    """Words that a title of a statement type, or a heading of a section, holds; of a higher ``rank`` where they tell the type whatever else it says."""

    words: tuple[str, ...]
    type: str
    rank: int = 0


@dataclass(frozen=True)
class Lexicon:
    """All the words the reader knows."""

    lists: Mapping[str, CodeList]
    meanings: Mapping[str, tuple[Meaning, ...]]
    roles: Mapping[str, tuple[Role, ...]]
    statements: Mapping[str, StatementType]
    titles: Mapping[str, str]
    dimension_keys: Mapping[str, str]
    section_fixes: Mapping[str, tuple[tuple[str, str], ...]]
    corresponds: tuple[tuple[str, str], ...] = ()
    charged: tuple[tuple[str, str], ...] = ()
    paid_from: tuple[tuple[str, str], ...] = ()
    title_words: tuple[TitleWords, ...] = ()
    """Words that titles of statement types hold, most telling first."""
    heading_words: tuple[TitleWords, ...] = ()
    """Words that headings of sections hold, most telling first."""
    fillers: tuple[str, ...] = ()
    """Words at the end of a label that say no more than the rest (收入, 预算, 资金), longer ones first."""
    cores: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    """Meanings by what is left of their labels without such words."""

    def codes(self, dimension: str) -> CodeList:
        """Return the code list of a dimension."""
        return self.lists[SCHEMES[dimension]]

    def role(self, key: str, statement: str) -> str | None:
        """Return the role that a heading has in a statement type; a role for that type alone goes first."""
        general = None
        for role in self.roles.get(key, ()):
            if statement in role.used_in:
                return role.name
            if not role.used_in:
                general = role.name
        return general

    def roles_of(self, name: str) -> tuple[str, ...]:
        """Return the keys of all headings that give a role, longer ones first."""
        return self._keys_of_roles.get(name, ())

    def words_of(self, wording: str) -> tuple[str, ...]:
        """Return the keys of all labels of a wording."""
        return self._keys_of_words.get(wording, ())

    @cached_property
    def title_ends(self) -> frozenset[str]:
        """The last letters of titles of statements: other text is none."""
        return frozenset(title[-1] for title in self.titles)

    @cached_property
    def _keys_of_roles(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for key in sorted(self.roles, key=len, reverse=True):
            for role in self.roles[key]:
                found.setdefault(role.name, {})[key] = None
        return {name: tuple(keys) for name, keys in found.items()}

    @cached_property
    def _keys_of_words(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for key, meanings in self.meanings.items():
            for meaning in meanings:
                found.setdefault(meaning.name, {})[key] = None
        return {name: tuple(keys) for name, keys in found.items()}

    def find(self, key: str, axis: str, context: Coordinates, dimensions: tuple[str, ...] = ()) -> Meaning | None:
        """Return what ``key`` means on ``axis``; ``None`` when it is unknown or speaks of other dimensions.

        With ``dimensions`` only coordinates of those (and of flow and vintage, which any label may set) are
        accepted, an earlier dimension before a later one. Of codes of one list that share a name (其他支出 is a class
        and a group) the one higher up is meant.
        """
        fitting = [m for m in self.meanings.get(key, ()) if m.fits(axis, context)]
        if dimensions:
            allowed = (*dimensions, "flow", "vintage")
            fitting = [m for m in fitting if all(d in allowed for d, _ in m.sets)]
            fitting.sort(key=lambda m: (not m.when, min((allowed.index(d) for d, _ in m.sets), default=99), m.depth))
        else:
            fitting.sort(key=lambda m: (not m.when, m.depth))
        return fitting[0] if fitting else None

    def nearly(self, key: str, axis: str, context: Coordinates, dimensions: tuple[str, ...]) -> Meaning | None:
        """Return what words mean that are no label but end otherwise than one (…拨款收入资金); ``None`` if in doubt.

        Only coordinates of ``dimensions`` are accepted, and only if all labels that begin so mean the same.
        """
        found = self.cores.get(self.core(key), ()) if self.core(key) else ()
        fitting = [m for m in found if m.fits(axis, context) and all(d in dimensions for d, _ in m.sets)]
        return fitting[0] if len({m.sets for m in fitting}) == 1 else None

    def core(self, key: str) -> str:
        """Return what is left of a key without marks and without the words at its end that say no more."""
        left = _MARKS.sub("", key)
        while filler := next((f for f in self.fillers if left.endswith(f) and len(left) - len(f) > 1), ""):
            left = left[: -len(filler)]
        return left
