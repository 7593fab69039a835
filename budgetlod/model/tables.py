"""The records of a printed table: columns, rows, cells, blanks."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from budgetlod.model.cube import Point, Subject
from budgetlod.model.document import NOWHERE, Place


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


class Entry(NamedTuple):
    """What one side of a row says in a classification: the code it prints and the code that its label names.

    Either may be empty: a row without codes prints none, words that no list holds name none. ``lacking`` is the code
    right above the printed one if the table prints rows for such codes, but none for this.
    """

    dimension: str
    label: str
    printed: str = ""
    named: str = ""
    lacking: str = ""


class Row(NamedTuple):
    """A printed data row; two places where it was cut by a page break.

    ``after_gap`` is the running number that should stand right before this row's own, but is printed nowhere;
    ``descends`` tells that the code in the row right above is not smaller than its own.
    """

    number: int
    labels: tuple[str, ...]
    codes: tuple[str, ...]
    places: tuple[Place, ...]
    entries: tuple[Entry, ...] = ()
    after_gap: int | None = None
    descends: bool = False


class Cell(NamedTuple):
    """A filled cell: what it prints, and what it states if it prints a figure.

    ``amount`` (yuan) for money, ``number`` for counts, shares and targets; neither for words and codes.
    ``row_code`` and ``row_label`` are those of the cell's side of the table. ``confidence`` (0 to 1) is below 1 where
    the text was recognised in a picture. ``mended`` is the number that a misread one was taken for because only so does
    a printed sum close; ``printed`` is then what was recognised.
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
    confidence: float = 1.0
    mended: str = ""


class Blank(NamedTuple):
    """A cell that is left blank, and the point of the cube that it would state."""

    row: int
    column: int
    point: Point


class Statement(NamedTuple):
    """One printed table. ``serial`` tells tables of one type apart (0: the only one).

    ``prints_unit`` is false for a budget table that does not say in which unit its amounts are; ``section`` is the order
    of the section of the notes that it stands in (0: none).
    """

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
    prints_unit: bool = True
    section: int = 0

    @property
    def key(self) -> str:
        """The name of the statement within its disclosure: ``income``, ``performance-3``."""
        return f"{self.type}-{self.serial}" if self.serial else self.type

    @property
    def rejoined(self) -> int:
        """How many rows were put together over a page break."""
        return sum(len(row.places) > 1 for row in self.rows)
