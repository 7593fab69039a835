"""The records of a disclosure: what a document says, figure by figure, with its places.

Amounts are ``Decimal`` in yuan, exact. *Printed* text is kept beside every cleaned value. Records refer to one
another by key (a point of the cube, a number), never by object, so that they are plain data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple, cast

from budgetlod.model.codes import ALL
from budgetlod.model.document import NOWHERE, Place
from budgetlod.model.problem import Problem


class Point(NamedTuple):
    """A point of the cube: one value for each dimension; the fields bear the names of the RDF properties.

    ``organization`` is empty for the department itself, else the name of one of its units; ``project`` is the key
    of a project of the disclosure.
    """

    organization: str = ""
    fiscalYear: int = 0
    phase: str = "budget"
    flow: str = ALL
    vintage: str = ALL
    source: str = ALL
    function: str = ALL
    economic: str = ALL
    governmentEconomic: str = ALL
    nature: str = ALL
    item: str = ALL
    project: str = ALL

    def moved(self, codes: Mapping[str, str]) -> Point:
        """Return the point with other codes in some dimensions."""
        return self._replace(**cast("dict[str, Any]", codes))

    def code(self, dimension: str) -> str:
        """Return the value in a dimension whose values are codes."""
        return str(getattr(self, dimension))


class ChangeOf(NamedTuple):
    """A stated change of the figure at ``point`` (in the later year) against ``against`` (the year before)."""

    point: Point
    against: int


class Thing(NamedTuple):
    """Something that is no figure and that a number is stated of: an asset line, an indicator, a payment …

    ``owner`` is a project key or empty for the disclosure itself.
    """

    kind: str
    owner: str
    key: str


Subject = Point | ChangeOf | Thing


class Column(NamedTuple):
    """A printed column: its place (1-based, the running-number column not counted as one), headings and role."""

    number: int
    path: tuple[str, ...]
    role: str
    coordinates: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """The heading path, joined by a stroke."""
        return "/".join(self.path)


class Row(NamedTuple):
    """A printed data row; two places where it was cut by a page break."""

    number: int
    labels: tuple[str, ...]
    codes: tuple[str, ...]
    places: tuple[Place, ...]


class Cell(NamedTuple):
    """A filled cell: what it prints, and what it states if it prints a figure.

    ``amount`` (yuan) for money, ``number`` for counts, shares and targets; neither for words and codes.
    ``row_code`` and ``row_label`` are those of the cell's side of the table.
    """

    row: int
    column: int
    printed: str
    places: tuple[Place, ...]
    amount: Decimal | None = None
    number: Decimal | None = None
    states: Subject | None = None
    row_code: str = ""
    row_label: str = ""


class Blank(NamedTuple):
    """A cell that is left blank, and the point of the cube that it would state."""

    row: int
    column: int
    point: Point


class Statement(NamedTuple):
    """One printed table. ``serial`` tells tables of one type apart (0: the only one)."""

    type: str
    serial: int
    order: int
    title: str
    unit: str
    precision: Decimal
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    place: Place
    blanks: tuple[Blank, ...] = ()
    note: str = ""
    note_place: Place = NOWHERE
    declared_empty: bool = False
    unmapped: tuple[Cell, ...] = ()

    @property
    def key(self) -> str:
        """The name of the statement within its disclosure: ``income``, ``performance-3``."""
        return f"{self.type}-{self.serial}" if self.serial else self.type

    @property
    def rejoined(self) -> int:
        """How many rows were put together over a page break."""
        return sum(len(row.places) > 1 for row in self.rows)


class Section(NamedTuple):
    """A section of the explanatory notes with its text, one paragraph a line."""

    order: int
    label: str
    type: str
    text: str
    place: Place


class Mention(NamedTuple):
    """A figure, change, count or target stated in prose."""

    order: int
    section: int
    printed: str
    place: Place
    states: Subject
    amount: Decimal | None = None
    number: Decimal | None = None
    unit: str = ""
    comparator: str = ""
    percent: Decimal | None = None


class Institution(NamedTuple):
    """A body of the department: nature, rank and funding as codes where known, always as printed."""

    order: int
    name: str
    type: str
    rank: str
    funding: str
    printed: tuple[str, str, str]


class Goal(NamedTuple):
    """A performance goal; ``part_of`` is the order of the goal it belongs to."""

    order: int
    text: str
    place: Place
    part_of: int | None = None


class Target(NamedTuple):
    """A target as printed, taken apart: comparator code, value, unit. No value: a target in words."""

    printed: str
    text: str
    comparator: str = ""
    value: Decimal | None = None
    unit: str = ""
    unit_text: str = ""


class Indicator(NamedTuple):
    """A performance indicator of a project or of the department."""

    order: int
    category: str
    label: str
    target: Target
    place: Place
    description: str = ""
    basis: str = ""
    goal: int | None = None
    level_1: str = ""
    level_2: str = ""


class PlannedPayment(NamedTuple):
    """By the end of ``month`` the cumulative ``share`` (percent) of the budget is to be paid."""

    month: int
    share: Decimal
    place: Place


class Project(NamedTuple):
    """A budget project; amounts in yuan, ``None`` where the cell is blank.

    ``form`` is false for a project that only a procurement table names; ``parent`` is the key of the project that
    a purchase is one of several for.
    """

    key: str
    code: str
    name: str
    statement: str
    place: Place
    purpose: str = ""
    budget: Decimal | None = None
    fiscal_funds: Decimal | None = None
    other_funds: Decimal | None = None
    payments: tuple[PlannedPayment, ...] = ()
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    form: bool = True
    parent: str = ""


class ProcurementLine(NamedTuple):
    """A row of the procurement table; ``kind`` is line, subtotal or total."""

    order: int
    kind: str
    label: str
    organization: str
    project: str
    project_label: str
    catalogue_code: str
    unit: str
    unit_text: str
    quantity: Decimal | None
    unit_price: Decimal | None
    project_funds: Decimal | None
    amount: Decimal | None
    reserved: Decimal | None
    place: Place


class AssetLine(NamedTuple):
    """A row of the asset table: class, quantity and book value in yuan."""

    order: int
    asset_class: str
    label: str
    quantity: Decimal | None
    unit_text: str
    amount: Decimal | None
    as_of: str
    place: Place


class Duty(NamedTuple):
    """One duty of the department."""

    order: int
    text: str
    place: Place


class Term(NamedTuple):
    """A term of the glossary with its definition."""

    order: int
    label: str
    definition: str
    place: Place


class Figure(NamedTuple):
    """The amount the disclosure states for a point, and the precision it is known to (both in yuan)."""

    point: Point
    amount: Decimal
    precision: Decimal


class StatedChange(NamedTuple):
    """A change of a figure against an earlier year, in yuan, with its two ends where they are stated."""

    change: ChangeOf
    amount: Decimal
    precision: Decimal
    percent: Decimal | None = None
    ends: tuple[Point | None, Point | None] = (None, None)


class Breakdown(NamedTuple):
    """A printed list of parts under one whole; ``dimensions`` are those in which the parts differ from it."""

    key: str
    whole: Subject
    parts: tuple[Subject, ...]
    dimensions: tuple[str, ...]
    statements: tuple[str, ...]
    hand_rounded: bool = False


class Bound(NamedTuple):
    """A part that never exceeds its whole along one dimension; ``adds_up`` where a breakdown links the two."""

    part: Subject
    whole: Subject
    dimension: str
    adds_up: bool = False


class Balance(NamedTuple):
    """Money in equals money out, for one source of funds."""

    source: str
    money_in: tuple[Point, ...]
    money_out: tuple[Point, ...]


class BlankLink(NamedTuple):
    """Why a blank matters: ``leavesBlank``, ``leavesBlankOver`` or ``leavesBlankUnder`` of a row, and a figure."""

    statement: str
    row: int
    kind: str
    point: Point


class Correspondence(NamedTuple):
    """A figure that corresponds to, or is charged to, another figure of another classification."""

    kind: str
    part: Point
    whole: Point


class Relations(NamedTuple):
    """What holds the figures together, derived from how the tables print them."""

    breakdowns: tuple[Breakdown, ...] = ()
    bounds: tuple[Bound, ...] = ()
    balances: tuple[Balance, ...] = ()
    blanks: tuple[BlankLink, ...] = ()
    correspondences: tuple[Correspondence, ...] = ()
    funded_by: tuple[str, ...] = ()


NO_RELATIONS = Relations()


class Identity(NamedTuple):
    """Who, where, when: read from the document, stated or overridden by ``source.toml``."""

    name: str = ""
    code: str = ""
    area: str = ""
    fiscal_year: int = 0
    phase: str = "budget"
    level: str = ""
    organization: str = ""
    """The short name of the organisation in IRIs and folders, e.g. ``130371-442``."""


class Source(NamedTuple):
    """The document as published, and what its publisher says of it.

    ``name`` is the name of the file that was read, ``file`` the name under which it is published again.
    """

    name: str
    file: str
    media_type: str
    sha256: str
    issued: str = ""
    licence: str = ""
    rights: str = ""
    landing_page: str = ""
    publisher: str = ""
    publisher_en: str = ""
    contact: str = ""


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
    rounding: str = ""


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
    problems: tuple[Problem, ...] = ()

    @property
    def key(self) -> str:
        """The name of the disclosure in IRIs and folders, e.g. ``130371-442/2024-budget``."""
        who = self.identity
        return f"{who.organization}/{who.fiscal_year}-{who.phase}"
