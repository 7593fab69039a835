"""The triples of the data by predicate: what the fast engine looks at before it asks any query.

Terms stay the bytes that N-Triples writes. Reading lines and grouping them takes half the time of filling a store,
and most constraints can be settled here: no member of the class, no value of that kind, nothing to ask.
"""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cached_property
from typing import Any

from budgetlod.rdf.names import RDF, RDFS

Line = tuple[bytes, bytes, bytes]
TYPE = f"<{RDF}type>".encode()
SUBCLASS = f"<{RDFS}subClassOf>".encode()
_LINE = re.compile(rb"(<[^>]*+>) (<[^>]*+>) (<[^>]*+>|\"[^\n]+) \.\n")
_LINE_WITH_BLANK = re.compile(rb"(<[^>]*+>|_:\S++) (<[^>]*+>) (<[^>]*+>|_:\S++|\"[^\n]+) \.\n")
# Datatypes that a store turns into xsd:integer, after which nobody can tell what they were.
_NARROW = re.compile(
    rb"XMLSchema#(?:byte|int|long|short|unsigned\w+|negativeInteger|positiveInteger|nonNegativeInteger|nonPositiveInteger)>"
)


class Triples:
    """The triples of N-Triples ``lines``; raises ``ValueError`` unless each line is one triple, written plainly.

    ``has_blank`` tells whether there are blank nodes.
    """

    def __init__(self, lines: bytes) -> None:
        if lines and not lines.endswith(b"\n"):
            lines += b"\n"
        count = lines.count(b"\n")
        found = _read(_LINE, lines)
        self.has_blank = len(found) != count
        if self.has_blank and len(found := _read(_LINE_WITH_BLANK, lines)) != count:
            raise ValueError("not one triple a line")
        self._index(found)

    @classmethod
    def of_terms(cls, terms: Iterable[Sequence[str]]) -> Triples:
        """Return the triples of terms as N-Triples writes them, no character by its number; nothing is read."""
        made = cls.__new__(cls)
        with no_collection():
            found = [(s.encode(), p.encode(), o.encode()) for s, p, o in terms]
        made.has_blank = any(line[0].startswith(b"_") or line[2].startswith(b"_") for line in found)
        made._index(found)
        return made

    def watched(self) -> Triples:
        """Return the same triples; ``seen`` of it gathers what probes look at."""
        made = copy(self)
        made.seen, made._kept = set(), {}
        return made

    def _index(self, found: list[Line]) -> None:
        self.seen: set[Line] | None = None
        self._groups = _grouped(found)
        self._subjects: dict[bytes, set[bytes]] = {}
        self._objects: dict[bytes, set[bytes]] = {}
        self._values: dict[bytes, dict[bytes, list[bytes]]] = {}
        self._members: dict[bytes, set[bytes]] = {}
        self._holders: dict[bytes, dict[bytes, list[bytes]]] = {}
        self._kept: dict[str, dict[Any, Any]] = {}
        self._tested: dict[tuple[bytes, Callable[[bytes], bool]], bool] = {}

    def lines(self, predicate: bytes) -> list[Line]:
        """Return the triples of a predicate."""
        return self._groups.get(predicate, [])

    def predicates(self) -> list[bytes]:
        """Return all predicates."""
        return list(self._groups)

    def count(self) -> int:
        """Return how many different triples there are."""
        return sum(len(set(lines)) for lines in self._groups.values())

    def subjects(self, predicate: bytes) -> set[bytes]:
        """Return what has a value of ``predicate``."""
        found = self._subjects.get(predicate)
        if found is None:
            found = self._subjects[predicate] = {line[0] for line in self.lines(predicate)}
        return found

    def objects(self, predicate: bytes) -> set[bytes]:
        """Return all values of ``predicate``."""
        found = self._objects.get(predicate)
        if found is None:
            found = self._objects[predicate] = {line[2] for line in self.lines(predicate)}
        return found

    def values(self, predicate: bytes) -> dict[bytes, list[bytes]]:
        """Return the values of ``predicate`` of each subject."""
        found = self._values.get(predicate)
        if found is None:
            found = self._values[predicate] = {}
            for subject, _, value in self.lines(predicate):
                found.setdefault(subject, []).append(value)
        return found

    def holders(self, predicate: bytes) -> dict[bytes, list[bytes]]:
        """Return the subjects of each value of ``predicate``."""
        found = self._holders.get(predicate)
        if found is None:
            found = self._holders[predicate] = {}
            for subject, _, value in self.lines(predicate):
                found.setdefault(value, []).append(subject)
        return found

    def about(self, subject: bytes) -> list[Line]:
        """Return the triples of a subject."""
        return self._by_subject.get(subject, [])

    @cached_property
    def _by_subject(self) -> dict[bytes, list[Line]]:
        found = dict[bytes, list[Line]]()
        with no_collection():
            for group in self._groups.values():
                for line in group:
                    found.setdefault(line[0], []).append(line)
        return found

    def kept(self, name: str) -> dict[Any, Any]:
        """Return the place where something worked out from these triples is kept."""
        return self._kept.setdefault(name, {})

    def all_values(self, predicate: bytes, test: Callable[[bytes], bool]) -> bool:
        """Whether all values of ``predicate`` pass a test; each pair is looked at once."""
        found = self._tested.get((predicate, test))
        if found is None:
            found = self._tested[predicate, test] = all(map(test, self.objects(predicate)))
        return found

    def repeated(self, predicate: bytes) -> set[bytes]:
        """Return what has more than one value of ``predicate``."""
        if len(self.subjects(predicate)) == len(self.lines(predicate)):
            return set()
        return {subject for subject, values in self.values(predicate).items() if len(values) > 1}

    @cached_property
    def typed(self) -> dict[bytes, set[bytes]]:
        """The members of each class, without those of its subclasses."""
        found: defaultdict[bytes, set[bytes]] = defaultdict(set)
        for member, _, class_ in self.lines(TYPE):
            found[class_].add(member)
        return dict(found)

    @cached_property
    def has_subclasses(self) -> bool:
        """Whether the data itself says what is a subclass of what."""
        return SUBCLASS in self._groups

    def members(self, class_: bytes) -> set[bytes]:
        """Return the members of a class and of its subclasses in the data."""
        found = self._members.get(class_)
        if found is None:
            sets = [self.typed.get(c, set()) for c in self._classes(class_)]
            found = self._members[class_] = sets[0] if len(sets) == 1 else set[bytes]().union(*sets)
        return found

    def _classes(self, class_: bytes) -> set[bytes]:
        """Return a class with all its subclasses."""
        found, waiting = {class_}, [class_] if self.has_subclasses else []
        while waiting:
            above = waiting.pop()
            below = {line[0] for line in self.lines(SUBCLASS) if line[2] == above} - found
            found |= below
            waiting += below
        return found


def has_narrow_integers(lines: bytes) -> bool:
    """Whether there is a literal whose datatype a store would lose."""
    return _NARROW.search(lines) is not None


def _read(pattern: re.Pattern[bytes], lines: bytes) -> list[Line]:
    """Return all triples that a pattern finds."""
    with no_collection():
        found: list[Line] = pattern.findall(lines)
        return found


def _grouped(triples: list[Line]) -> dict[bytes, list[Line]]:
    """Return the triples by predicate."""
    groups: defaultdict[bytes, list[Line]] = defaultdict(list)
    for line in triples:
        groups[line[1]].append(line)
    return dict(groups)


@contextmanager
def no_collection() -> Iterator[None]:
    """Thousands of small tuples that all stay: looking through them for garbage doubles the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
