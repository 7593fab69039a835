"""The IRIs of a disclosure's resources: stable, readable, made from what the thing is.

A figure's IRI spells its coordinates, a project's its code, so that the same document gives the same IRIs whatever
the order in which it was read. What has a page of its own (disclosure, statement, figure, project, department) has a
path; what is a part of such a page is a fragment of its IRI, so that any static host answers for every IRI.
"""

from __future__ import annotations

import hashlib
from functools import cache

from budgetlod.model.codes import ALL
from budgetlod.model.cube import ChangeOf, Point, Subject, Thing
from budgetlod.model.disclosure import Identity
from budgetlod.model.lexicon import SCHEMES
from budgetlod.model.notes import Project
from budgetlod.model.tables import Statement
from budgetlod.rdf.names import BLOD, CODE
from budgetlod.rdf.terms import iri, segment

BASE = "https://w3id.org/budgetlod/data/"

TEXT = "text"
"""The page of a disclosure that holds its prose."""

_IN_TEXT = frozenset(
    ["section", "mention", "duty", "term", "glossary", "contents", "imprint", "peculiarity", "remark", "body"]
)
# File systems allow 255 bytes for a name; a key that is longer keeps its beginning.
_LONGEST_KEY = 200


@cache
def code(scheme: str, notation: str) -> str:
    """Return the term of a code."""
    return iri(f"{CODE}{scheme}/{segment(notation)}")


@cache
def blod(name: str) -> str:
    """Return the term of a class or property of the budget ontology."""
    return iri(BLOD + name)


def dimension_suffix(dimension: str) -> str:
    """Return the ending of ``partOfBy…`` and ``withinBy…`` for a dimension: ``GovernmentEconomic``."""
    return dimension[0].upper() + dimension[1:]


class Iris:
    """Names the resources of one disclosure; every method returns an N-Triples term."""

    def __init__(self, identity: Identity, base: str = BASE) -> None:
        self.identity = identity
        self.base = base
        self._organization = f"{base}organization/{segment(identity.organization)}"
        self._disclosure = f"{base}dataset/{segment(identity.organization)}/{identity.fiscal_year}-{identity.phase}"
        self._figures: dict[Point, str] = {}
        self.organization = iri(self._organization)
        self.disclosure = iri(self._disclosure)

    @property
    def folder(self) -> str:
        """The path of the disclosure below the base, which is its folder in the publication."""
        return self._disclosure.removeprefix(self.base)

    @property
    def plain(self) -> str:
        """The disclosure's IRI without angle brackets."""
        return self._disclosure

    def part(self, kind: str, key: str | int) -> str:
        """Return a part of the disclosure: section, duty, goal, mention, asset, procurement …"""
        return iri(f"{self._page(kind)}#{kind}-{segment(str(key))}")

    def single(self, kind: str) -> str:
        """Return a part that a disclosure has once: run, glossary."""
        return iri(f"{self._page(kind)}#{kind}")

    def _page(self, kind: str) -> str:
        return f"{self._disclosure}/{TEXT}" if kind in _IN_TEXT else self._disclosure

    def unit(self, name: str) -> str:
        """Return a unit of the department; the empty name is the department itself."""
        return iri(f"{self._organization}#unit-{segment(name)}") if name else self.organization

    # --- evidence ---------------------------------------------------------------------------------------------------------

    def statement(self, key: str) -> str:
        """Return a statement by its key."""
        return iri(f"{self._disclosure}/statement/{key}")

    def row(self, statement: str, number: int) -> str:
        """Return a row of a statement."""
        return iri(f"{self._disclosure}/statement/{statement}#r{number}")

    def column(self, statement: str, number: int) -> str:
        """Return a column of a statement."""
        return iri(f"{self._disclosure}/statement/{statement}#c{number}")

    def cell(self, statement: Statement, row: int, column: int) -> str:
        """Return a cell of a statement."""
        return iri(f"{self._disclosure}/statement/{statement.key}#r{row}c{column}")

    def source(self, file: str, fragment: str = "") -> str:
        """Return the source document, or a place in it."""
        return iri(f"{self._disclosure}/{segment(file)}{'#' + fragment if fragment else ''}")

    # --- figures ----------------------------------------------------------------------------------------------------------

    def figure(self, point: Point) -> str:
        """Return the figure at a point."""
        found = self._figures.get(point)
        if found is None:
            key = segment(_bounded(self.point_key(point)))
            found = self._figures[point] = iri(f"{self._disclosure}/figure/{key}")
        return found

    def change(self, change: ChangeOf) -> str:
        """Return a stated change."""
        return self.part("change", self.change_key(change))

    def change_key(self, change: ChangeOf) -> str:
        """Spell the coordinates of a change: those of its figure, the year and, if another one, the phase before."""
        against = "-".join(filter(None, (str(change.against), change.phase)))
        return f"{self.point_key(change.point)}.against-{against}"

    def point_key(self, point: Point) -> str:
        """Spell the coordinates that say something, such as ``expenditure.function-2010301.nature-basic``."""
        parts = [point.flow]
        if point.fiscalYear != self.identity.fiscal_year:
            parts.insert(0, str(point.fiscalYear))
        if point.phase != self.identity.phase:
            parts.insert(0, point.phase)
        if point.organization:
            parts.append(f"unit-{point.organization}")
        for dimension in SCHEMES:
            value = getattr(point, dimension)
            if dimension != "flow" and value != ALL:
                parts.append(f"{SCHEMES[dimension]}-{value}")
        return ".".join(parts)

    def subject(self, subject: Subject) -> str:
        """Return whatever a piece of evidence is about."""
        if isinstance(subject, Point):
            return self.figure(subject)
        if isinstance(subject, ChangeOf):
            return self.change(subject)
        return self.thing(subject)

    def thing(self, thing: Thing) -> str:
        """Return something that is no figure."""
        if thing.kind == "disclosure":
            return self.disclosure
        if thing.kind == "project":
            return self.project(thing.owner)
        if thing.owner:
            return self.of_project(thing.owner, thing.kind, thing.key)
        return self.part(thing.kind, thing.key)

    # --- projects ---------------------------------------------------------------------------------------------------------

    def project(self, key: str) -> str:
        """Return a project of the fiscal year, by its key."""
        return iri(self._project(key))

    def of_project(self, project: str, kind: str, key: str | int) -> str:
        """Return a goal, indicator or payment of a project."""
        return iri(f"{self._project(project)}#{kind}-{key}")

    def _project(self, key: str) -> str:
        return f"{self._organization}/project/{self.identity.fiscal_year}/{segment(_bounded(key))}"

    def owner(self, project: Project | None) -> str:
        """Return the project, or the disclosure where there is none: what goals and indicators belong to."""
        return self.project(project.key) if project else self.disclosure


def _bounded(key: str) -> str:
    """Return a key that is no longer than a file's name may be: its beginning and a checksum of the whole."""
    whole = key.encode()
    if len(whole) <= _LONGEST_KEY:
        return key
    return f"{whole[: _LONGEST_KEY - 20].decode(errors='ignore')}~{hashlib.sha256(whole).hexdigest()[:16]}"
