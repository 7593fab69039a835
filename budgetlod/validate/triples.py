"""The triples of the data by predicate: what the fast engine looks at before it asks any query.

Terms stay the bytes that N-Triples writes. While they are read they are put by predicate and subject; what else is
looked up in them (sets, who has which value) is made when it is first wanted, and shared by all constraints.
"""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from itertools import chain

from budgetlod.rdf.names import RDF, RDFS
from budgetlod.validate.forms import Odd, form_of, needs_form

Line = tuple[bytes, bytes, bytes]
Lists = Mapping[bytes, Sequence[bytes]]
TYPE = f"<{RDF}type>".encode()
SUBCLASS = f"<{RDFS}subClassOf>".encode()
# Other lines give nothing for a triple.
_LINE = re.compile(rb"(<[^>]*+>) (<[^>]*+>) (<[^>]*+>|\"[^\n]+) \.\n|.*\n")
_LINE_WITH_BLANK = re.compile(rb"(<[^>]*+>|_:\S++) (<[^>]*+>) (<[^>]*+>|_:\S++|\"[^\n]+) \.\n|.*\n")
# So many characters are read at once: what is made of them is put away while it is at hand.
_AT_ONCE = 250_000
_QUOTE = ord('"')
# Datatypes that a store turns into xsd:integer, after which nobody can tell what they were.
_NARROW = re.compile(
    rb"XMLSchema#(?:byte|int|long|short|unsigned\w+|negativeInteger|positiveInteger|nonNegativeInteger|nonPositiveInteger)>"
)


class Index(dict[bytes, Sequence[bytes]]):
    """What belongs to a term, nothing to most. Filled when first looked at; then, or when asked for :meth:`all`, raises
    :class:`~budgetlod.validate.forms.Odd` for literals of which the one form is not known, or which become one.
    """

    def __init__(self, make: Callable[[], Lists] | None = None) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, term: bytes) -> Sequence[bytes]:
        """Return what belongs to a term that was not found yet."""
        return self.all().get(term, ())

    def all(self) -> Index:
        """Return the index, filled."""
        if self._make is not None:
            self.update(self._make())
            self._make = None
        return self


_EMPTY = Index()


class Triples:
    """The triples of N-Triples ``lines``; raises ``ValueError`` unless each line is one triple, written plainly.

    ``has_blank`` tells whether there are blank nodes.
    """

    def __init__(self, lines: bytes) -> None:
        if lines and not lines.endswith(b"\n"):
            lines += b"\n"
        self._start()
        with no_collection():
            self.has_blank = not self._read(_LINE, lines)
            if self.has_blank:
                self._start()
                if not self._read(_LINE_WITH_BLANK, lines):
                    raise ValueError("not one triple a line")

    @classmethod
    def of_terms(cls, terms: Iterable[Sequence[str]]) -> Triples:
        """Return the triples of terms as N-Triples writes them, no character by its number; nothing is read."""
        made, known = cls.__new__(cls), _Encoded()
        made._start()
        with no_collection():
            for subject, predicate, value in terms:
                index, (key,), one = made._columns[known[predicate][0]], known[subject], known[value]
                before = index.get(key)
                if before is None:
                    index[key] = one
                elif one[0] not in before:
                    index[key] = (*before, *one)
            made._terms = {one[0]: one for one in known.values()}
        made.has_blank = any(term.startswith(b"_") for term in made._terms)
        return made

    def _start(self) -> None:
        self._columns, self._terms = _Columns(), dict[bytes, tuple[bytes]]()
        self._subjects: dict[bytes, set[bytes]] = {}
        self._objects: dict[bytes, set[bytes]] = {}
        self._holders: dict[bytes, Index] = {}
        self._size: dict[bytes, int] = {}
        self._instances: dict[bytes, set[bytes]] = {}
        self._members: dict[bytes, set[bytes]] = {}
        self._one_form: dict[tuple[bool, bytes], Index] = {}

    def _read(self, pattern: re.Pattern[bytes], lines: bytes) -> bool:
        """Read lines; return whether each is one that a pattern describes. Of equal terms one object is kept."""
        columns, one_of, start, last = self._columns, self._terms.setdefault, 0, b""
        while start < len(lines):
            end = lines.find(b"\n", start + _AT_ONCE) + 1 or len(lines)
            for subject, predicate, value in pattern.findall(lines, start, end):
                if subject != last:
                    last = one_of(subject, (subject,))[0]
                index, one = columns[predicate], one_of(value, (value,))
                before = index.get(last)
                if before is None:
                    index[last] = one
                elif value not in before:
                    index[last] = (*before, *one)
            start = end
        return b"" not in columns and b"\n" not in b"".join((*self._terms, *columns))

    def has(self, predicate: bytes) -> bool:
        """Whether there is a triple of a predicate."""
        return predicate in self._columns

    def size(self, predicate: bytes) -> int:
        """Return how many triples of a predicate there are."""
        found = self._size.get(predicate)
        if found is None:
            found = self._size[predicate] = sum(map(len, self.values(predicate).values()))
        return found

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
        found = self._subjects.get(predicate)
        if found is None:
            found = self._subjects[predicate] = set(self.values(predicate))
        return found

    def objects(self, predicate: bytes) -> set[bytes]:
        """Return all values of ``predicate``."""
        found = self._objects.get(predicate)
        if found is None:
            found = self._objects[predicate] = set(chain.from_iterable(self.values(predicate).values()))
        return found

    def values(self, predicate: bytes) -> Index:
        """Return the values of ``predicate`` of each subject, each once."""
        return self._columns.get(predicate, _EMPTY)

    def holders(self, predicate: bytes) -> Index:
        """Return the subjects of each value of ``predicate``."""
        found = self._holders.get(predicate)
        if found is None:
            found = self._holders[predicate] = Index(partial(_turned, self.values(predicate))).all()
        return found

    def values_in_one_form(self, predicate: bytes) -> Index:
        """Return the values of ``predicate`` of each subject, literals in the one form that a store gives them."""
        found = self._one_form.get((True, predicate))
        if found is None:
            unchanged = self._is_in_one_form(predicate)
            found = (
                self.values(predicate)
                if unchanged
                else Index(partial(_in_one_form, self.values(predicate), self._changed))
            )
            self._one_form[True, predicate] = found
        return found

    def holders_in_one_form(self, predicate: bytes) -> Index:
        """Return the subjects of each value of ``predicate``."""
        found = self._one_form.get((False, predicate))
        if found is None:
            found = Index(partial(_turned, self.values_in_one_form(predicate)))
            self._one_form[False, predicate] = found
        return found

    def _is_in_one_form(self, predicate: bytes) -> bool:
        values: Iterable[bytes] = self._objects.get(predicate) or chain.from_iterable(self.values(predicate).values())
        return self._changed.keys().isdisjoint(values)

    @cached_property
    def _changed(self) -> dict[bytes, tuple[bytes]]:
        """The literals that are not in their one form, with that; with nothing where it is not known."""
        return {term: (form_of(term),) for term in self._terms if term[0] == _QUOTE and needs_form(term)}

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
        if len(self.values(predicate)) == self.size(predicate):
            return set()
        return {subject for subject, values in self.values(predicate).items() if len(values) > 1}

    def instances(self, class_: bytes) -> set[bytes]:
        """Return the members of a class, without those of its subclasses."""
        found = self._instances.get(class_)
        if found is None:
            found = self._instances[class_] = set(self.holders(TYPE)[class_])
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


class _Columns(dict[bytes, Index]):
    """What was read, by predicate."""

    def __missing__(self, predicate: bytes) -> Index:
        found = self[predicate] = Index()
        return found


class _Encoded(dict[str, tuple[bytes]]):
    """Terms as bytes, each alone, one object for each."""

    def __missing__(self, term: str) -> tuple[bytes]:
        found = self[term] = (term.encode(),)
        return found


def has_narrow_integers(lines: bytes) -> bool:
    """Whether there is a literal whose datatype a store would lose."""
    return _NARROW.search(lines) is not None


def _in_one_form(index: Index, changed: Mapping[bytes, tuple[bytes]]) -> Lists:
    """Return values by subject in their one form, which some of them are not in."""
    found = dict[bytes, Sequence[bytes]]()
    for subject, values in index.items():
        forms: Sequence[bytes] = changed.get(values[0], values[:1])
        if len(values) > 1:
            forms = [changed.get(value, (value,))[0] for value in values]
        if b"" in forms or (len(forms) > 1 and len(set(forms)) < len(forms)):
            raise Odd("a literal of unknown form, or two that a store takes for one")
        found[subject] = forms
    return found


def _turned(values: Index) -> Lists:
    """Return the subjects of each value."""
    found = defaultdict[bytes, list[bytes]](list)
    for subject, ends in values.all().items():
        for value in ends:
            found[value].append(subject)
    return found


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
