"""The records of how a document is laid out: its contents, what stands over its tables, what is odd in its print."""

from __future__ import annotations

from typing import NamedTuple

from budgetlod.model.document import Place


class Entry(NamedTuple):
    """An entry of the table of contents.

    ``page`` is the printed page number. ``type`` is the kind of part its words are known for, as scheme and notation
    (``("section", "glossary")``); ``announces`` the part that bears the entry's words, else the first of its kind, as
    kind and key (``("statement", "income")``, ``("section", "3")``). ``repeated``: its words stand in the document
    once more, outside the contents.
    """

    order: int
    label: str
    place: Place
    page: int | None = None
    type: tuple[str, str] | None = None
    announces: tuple[str, str] | None = None
    repeated: bool = False


class Imprint(NamedTuple):
    """A place that says whose the document is and of which year: the lines over a page of a table, or a title.

    ``statement`` is the key of the table and ``page`` counts its pages; both are empty for a title. ``name``, ``year``
    and ``unit`` (a code) are empty where the place does not print them; ``alone_without`` are those of the three that
    all other pages of its kind (first pages, later pages) print, and this one does not.
    """

    order: int
    printed: str
    place: Place
    statement: str = ""
    page: int = 0
    name: str = ""
    year: int = 0
    unit: str = ""
    alone_without: tuple[str, ...] = ()


class Peculiarity(NamedTuple):
    """Something noticeable in the print at one place: its kind (a code), and the characters in question."""

    order: int
    kind: str
    printed: str
    place: Place


class Layout(NamedTuple):
    """How a document is laid out.

    ``subjects`` are the subjects that the notes speak of, empty where the document holds no notes; ``explained`` those
    that the glossary explains, by section; ``stated_units`` how many subordinate units a section says there are.
    ``itemised`` are the items that a table's rows or columns name, for tables that are understood in full;
    ``note_sources`` the funds that a table's note names. ``bare_titles`` are the types of tables whose title is
    printed while no table is found under it; ``unrecognised`` is how many tables are not understood.
    """

    entries: tuple[Entry, ...] = ()
    imprints: tuple[Imprint, ...] = ()
    peculiarities: tuple[Peculiarity, ...] = ()
    subjects: tuple[str, ...] = ()
    explained: tuple[tuple[int, str], ...] = ()
    stated_units: tuple[tuple[int, int], ...] = ()
    itemised: tuple[tuple[str, str], ...] = ()
    note_sources: tuple[tuple[str, str], ...] = ()
    bare_titles: tuple[str, ...] = ()
    unrecognised: int = 0


NO_LAYOUT = Layout()
