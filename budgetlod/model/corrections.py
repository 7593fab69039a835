"""Corrections that a person makes to what was read: one entry of ``corrections.toml``, and where it took effect."""

from __future__ import annotations

from typing import Literal, NamedTuple

from budgetlod.model.document import NOWHERE, Place

Kind = Literal["cell", "heading", "title", "text"]


class Correction(NamedTuple):
    """What a person says a place really prints.

    ``printed`` is what the reader made of it, ``correct`` the right text, ``entry`` the number of the correction in
    its file. A place is told in one of two ways: by ``statement`` (its key) with ``column`` and either ``row`` (as in
    ``cells.csv``) or ``heading`` (the heading row), or by ``file``, ``page``, ``line`` and ``sheet``. A place with
    ``table`` is a grid there: one of its cells (``row``, headings counted, and ``column``) or its title; without
    ``table`` it is prose.
    """

    entry: int
    printed: str
    correct: str
    reason: str
    by: str = ""
    date: str = ""
    statement: str = ""
    row: int = 0
    heading: int = 0
    column: int = 0
    file: str = ""
    page: int = 0
    line: int = 0
    sheet: str = ""
    table: int = 0

    @property
    def kind(self) -> Kind:
        """What is corrected: a cell, a heading, the title of a table, or a piece of prose."""
        if self.row:
            return "cell"
        if self.heading:
            return "heading"
        return "title" if self.table else "text"


class Corrections(NamedTuple):
    """The corrections that belong to one source; ``file`` is where they stand, for messages."""

    file: str = ""
    entries: tuple[Correction, ...] = ()


class Applied(NamedTuple):
    """A correction that took effect at ``place``.

    ``target`` says what it is of now that the tables are understood, with the key of the statement and the numbers of
    row and column as they apply: a cell, a column, a statement, prose, or nothing where the table is not understood.
    """

    order: int
    correction: Correction
    place: Place = NOWHERE
    target: Literal["cell", "column", "statement", "text", ""] = ""
    statement: str = ""
    row: int = 0
    column: int = 0
