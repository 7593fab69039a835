"""The triples of the data by predicate: what the fast engine looks at before it asks any query.

Terms stay the bytes that N-Triples writes. What is looked up in them is made by predicate (columns.py) when it is
first wanted, and shared by all constraints.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import chain

from budgetlod.rdf.names import RDF, RDFS
from budgetlod.validate.columns import Column, Index, Read, columns_of

Line = tuple[bytes, bytes, bytes]
TYPE = f"<{RDF}type>".encode()
SUBCLASS = f"<{RDFS}subClassOf>".encode()
# Datatypes that a store turns into xsd:integer, after which nobody can tell what they were.
_NARROW = re.compile(
    rb"XMLSchema#(?:byte|int|long|short|unsigned\w+|negativeInteger|positiveInteger|nonNegativeInteger|nonPositiveInteger)>"
)
_NONE = Column({})


class Triples:
    """The triples of N-Triples ``lines``; raises ``ValueError`` unless each line is one triple, written plainly.

    ``has_blank`` tells whether there are blank nodes.
    """

    def __init__(self, lines: bytes) -> None:
        with no_collection():
            read = Read(lines)
            self._start(read.columns, has_blank=read.has_blank)

    @classmethod
    def of_terms(cls, terms: Iterable[Sequence[str]]) -> Triples:
        """Return the triples of terms as N-Triples writes them, no character by its number; nothing is read."""
        made = cls.__new__(cls)
        with no_collection():
            columns = columns_of(terms)
            ends = chain.from_iterable((*one.holders, *one.subjects) for one in columns.values())
            made._start(columns, has_blank=any(term.startswith(b"_") for term in ends))
        return made

    def _start(self, columns: dict[bytes, Column], *, has_blank: bool) -> None:
        self._columns, self.has_blank = columns, has_blank
        self._having: dict[tuple[bytes, bytes], set[bytes]] = {}
        self._members: dict[bytes, set[bytes]] = {}

    def _column(self, predicate: bytes) -> Column:
        return self._columns.get(predicate, _NONE)

    def has(self, predicate: bytes) -> bool:
        """Whether there is a triple of a predicate."""
        return predicate in self._columns

    def size(self, predicate: bytes) -> int:
        """Return how many triples of a predicate there are."""
        return self._column(predicate).size

    def lines(self, predicate: bytes) -> Iterator[Line]:
        """Yield the triples of a predicate."""
        return ((s, predicate, value) for s, values in self.values(predicate).items() for value in values)

    def predicates(self) -> list[bytes]:
        """Return all predicates."""
        return list(self._columns)

    def count(self) -> int:
        """Return how many triples there are."""
        return sum(map(self.size, self._columns))

    def subjects(self, predicate: bytes) -> set[bytes]:
        """Return what has a value of ``predicate``."""
        return self._column(predicate).subjects

    def objects(self, predicate: bytes) -> set[bytes]:
        """Return all values of ``predicate``."""
        return self._column(predicate).objects

    def values(self, predicate: bytes) -> Index:
        """Return the values of ``predicate`` of each subject, each once."""
        return self._column(predicate).values

    def holders(self, predicate: bytes) -> Index:
        """Return the subjects of each value of ``predicate``."""
        return self._column(predicate).holders

    def values_in_one_form(self, predicate: bytes) -> Index:
        """Return the values of ``predicate`` of each subject, literals in the one form that a store gives them."""
        return self._column(predicate).in_one_form.values

    def holders_in_one_form(self, predicate: bytes) -> Index:
        """Return the subjects of each value of ``predicate``."""
        return self._column(predicate).in_one_form.holders

    def about(self, subject: bytes) -> list[Line]:
        """Return the triples of a subject."""
        return self._by_subject.get(subject, [])

    @cached_property
    def _by_subject(self) -> dict[bytes, list[Line]]:
        found = dict[bytes, list[Line]]()
        with no_collection():
            for predicate in self._columns:
                for line in self.lines(predicate):
                    found.setdefault(line[0], []).append(line)
        return found

    def repeated(self, predicate: bytes) -> set[bytes]:
        """Return what has more than one value of ``predicate``."""
        return self._column(predicate).repeated

    def instances(self, class_: bytes) -> set[bytes]:
        """Return the members of a class, without those of its subclasses."""
        return self.having(TYPE, class_)

    def having(self, predicate: bytes, value: bytes) -> set[bytes]:
        """Return what has a certain value of ``predicate``; a literal is in its one form."""
        found = self._having.get((predicate, value))
        if found is None:
            found = self._having[predicate, value] = set(self.holders_in_one_form(predicate)[value])
        return found

    @cached_property
    def has_subclasses(self) -> bool:
        """Whether the data itself says what is a subclass of what."""
        return SUBCLASS in self._columns

    def members(self, class_: bytes) -> set[bytes]:
        """Return the members of a class and of its subclasses in the data."""
        if not self.has_subclasses:
            return self.instances(class_)
        found = self._members.get(class_)
        if found is None:
            found = self._members[class_] = set[bytes]().union(*map(self.instances, self._classes(class_)))
        return found

    def _classes(self, class_: bytes) -> set[bytes]:
        """Return a class with all its subclasses."""
        found, waiting = {class_}, [class_]
        while waiting:
            below = set(self.holders(SUBCLASS)[waiting.pop()]) - found
            found |= below
            waiting += below
        return found


def has_narrow_integers(lines: bytes) -> bool:
    """Whether there is a literal whose datatype a store would lose."""
    return _NARROW.search(lines) is not None


@contextmanager
def no_collection() -> Iterator[None]:
    """Thousands of small tuples that all stay: looking through them for garbage doubles the time. At the end they count
    as old, or they would be looked through at once; none of them is part of a circle, so nothing waits for that.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if not gc.get_freeze_count():  # else somebody keeps what is not to be thawed
                gc.freeze()
                gc.unfreeze()
            gc.enable()
