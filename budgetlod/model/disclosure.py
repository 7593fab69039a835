"""The record of a disclosure: whose it is, where it is from, what it says, and what holds its figures together.

Amounts are ``Decimal`` in yuan, exact. *Printed* text is kept beside every cleaned value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from budgetlod.model.corrections import Applied
from budgetlod.model.cube import NO_RELATIONS, Figure, Point, Relations, StatedChange
from budgetlod.model.goals import NO_GOAL_FACTS, GoalFacts
from budgetlod.model.layout import NO_LAYOUT, Layout
from budgetlod.model.notes import (
    AssetLine,
    Customs,
    Duty,
    Goal,
    Indicator,
    Institution,
    Mention,
    ProcurementLine,
    Project,
    Remark,
    Section,
    Term,
)
from budgetlod.model.problem import Problem
from budgetlod.model.tables import Statement


class Identity(NamedTuple):
    """Who, where, when: read from the document, stated or overridden by ``source.toml``."""

    name: str = ""
    code: str = ""
    area: str = ""
    fiscal_year: int = 0
    phase: str = "budget"
    level: str = ""
    organization: str = ""
    """The short name of the organisation in IRIs and folders, e.g. ``110101-001``."""


class SourcePart(NamedTuple):
    """A file of the document: its name when it was read, the name under which it is published again, what it is."""

    name: str
    file: str
    media_type: str
    sha256: str


class Source(NamedTuple):
    """The document as published, and what its publisher says of it.

    ``name`` is the name of the file that was read, ``file`` the name under which it is published again; ``more`` are
    the further files of a disclosure in several. ``recogniser`` is the software that recognised text in pictures, empty
    where none did.
    """

    name: str
    file: str
    media_type: str
    sha256: str
    issued: str = ""
    modified: str = ""
    licence: str = ""
    rights: str = ""
    landing_page: str = ""
    publisher: str = ""
    publisher_en: str = ""
    contact: str = ""
    more: tuple[SourcePart, ...] = ()
    recogniser: str = ""

    @property
    def parts(self) -> tuple[SourcePart, ...]:
        """The files of the document; the ``part`` of a place counts in them."""
        return SourcePart(self.name, self.file, self.media_type, self.sha256), *self.more


class Content(NamedTuple):
    """Everything read off the document, before relations between figures are derived."""

    statements: tuple[Statement, ...]
    sections: tuple[Section, ...] = ()
    preamble: str = ""
    contents: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    institutions: tuple[Institution, ...] = ()
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    projects: tuple[Project, ...] = ()
    procurement: tuple[ProcurementLine, ...] = ()
    assets: tuple[AssetLine, ...] = ()
    glossary: tuple[Term, ...] = ()
    mentions: tuple[Mention, ...] = ()
    remarks: tuple[Remark, ...] = ()
    rounding: str = ""
    goal_facts: GoalFacts = NO_GOAL_FACTS
    customs: Customs = Customs()
    layout: Layout = NO_LAYOUT
    corrections: tuple[Applied, ...] = ()


@dataclass(frozen=True)
class Disclosure:
    """A disclosure, read: content, figures, relations and the problems met on the way."""

    identity: Identity
    source: Source
    content: Content
    figures: Mapping[Point, Figure] = field(default_factory=dict)
    changes: tuple[StatedChange, ...] = ()
    relations: Relations = NO_RELATIONS
    prose_precision: Decimal = Decimal(100)
    """What the last printed digit of amounts in prose is worth, in yuan."""
    local_codes: tuple[tuple[str, str, str], ...] = ()
    """Codes printed that no code list holds: (dimension, notation, printed label)."""
    expected: tuple[str, ...] = ()
    """The statement types that such a disclosure is bound to hold, found or not, in their usual order."""
    missing: tuple[str, ...] = ()
    """Those of them that it does not hold, nor another that takes their place."""
    problems: tuple[Problem, ...] = ()

    @property
    def key(self) -> str:
        """The name of the disclosure in IRIs and folders, e.g. ``110101-001/2024-budget``."""
        who = self.identity
        return f"{who.organization}/{who.fiscal_year}-{who.phase}"
