"""The triples of one predicate, by value and by subject; and how lines of N-Triples are put into such columns.

A line is cut once, after its subject. What stands behind (predicate and value) is the same in many lines: it is the
key under which subjects are gathered, and only looked into once. So the subjects of a value are there for nothing, and
all that is said of single values is said of each value once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, repeat

from budgetlod.validate.forms import Odd, form_of, is_in_one_form

Lists = Mapping[bytes, Sequence[bytes]]
_END = b" .\n"
# So many characters are cut at once: what is made of them is put away while it is at hand.
_AT_ONCE = 60_000
_IRI = re.compile(rb"<[^>\s]*+>")
_NAMED = re.compile(rb"<[^>\s]*+>|_:[^\s]++")
_SPACE = re.compile(rb"[ \t\r]")


class Index(dict[bytes, Sequence[bytes]]):
    """What belongs to a term, nothing to most."""

    def __missing__(self, term: bytes) -> Sequence[bytes]:
        """Return what belongs to a term that has nothing."""
        return ()


class Column:
    """The triples of a predicate from the subjects of each value; what is given twice counts once.

    ``values`` and ``holders`` of :meth:`in_one_form` raise :class:`~budgetlod.validate.forms.Odd` for literals of
    which the one form is not known, or which become one.
    """

    def __init__(self, lists: Lists, subjects: set[bytes] | None = None) -> None:
        self._given, self._subjects = lists, subjects

    @property
    def subjects(self) -> set[bytes]:
        """All that have a value."""
        if self._subjects is None:
            self._subjects = set(chain.from_iterable(self._given.values()))
        return self._subjects

    @cached_property
    def objects(self) -> set[bytes]:
        """All values."""
        return set(self._given)

    @cached_property
    def size(self) -> int:
        """How many triples there are."""
        return sum(map(len, self.holders.values()))

    @cached_property
    def is_single(self) -> bool:
        """Whether nobody has more than one value; then nothing is given twice either."""
        return len(self.subjects) == sum(map(len, self._given.values()))

    @cached_property
    def repeated(self) -> set[bytes]:
        """What has more than one value."""
        seen, found = set[bytes](), set[bytes]()
        for subject in () if self.is_single else chain.from_iterable(self.holders.values()):
            (found if subject in seen else seen).add(subject)
        return found

    @cached_property
    def holders(self) -> Index:
        """The subjects of each value."""
        if self.is_single:
            return Index(self._given)
        return Index((value, _once(subjects)) for value, subjects in self._given.items())

    @cached_property
    def values(self) -> Index:
        """The values of each subject, sorted."""
        return _single(self._given) if self.is_single else _several(self._given)

    @property
    def in_one_form(self) -> Column:
        """The column with literals in the one form that a store gives them; the same, if they are in it."""
        return self._formed or self

    @cached_property
    def _formed(self) -> Column | None:
        if is_in_one_form(self._given):
            return None
        formed, is_changed = dict[bytes, Sequence[bytes]](), False
        for value, subjects in self._given.items():
            form = form_of(value)
            if not form:
                return _Unknown({})
            is_changed = is_changed or form != value
            formed[form] = (*formed[form], *subjects) if form in formed else subjects
        made = Column(formed, self.subjects) if is_changed else None
        become_one = made is not None and len(formed) < len(self._given) and made.size < self.size
        return _Unknown({}) if become_one else made


class _Unknown(Column):
    """A column with literals of which it is not known what a store takes them for."""

    @property
    def values(self) -> Index:
        """Nothing can be told."""
        raise Odd("a literal of unknown form, or two that a store takes for one")

    holders = values


def _single(lists: Lists) -> Index:
    """Return the value of each subject that has one."""
    found = Index()
    for value, subjects in lists.items():
        if len(subjects) == 1:
            found[subjects[0]] = (value,)
        else:
            found.update(zip(subjects, repeat((value,))))
    return found


def _several(lists: Lists) -> Index:
    """Return the values of each subject, sorted."""
    found = Index()
    for value in sorted(lists):
        one = (value,)
        for subject in lists[value]:
            before = found.get(subject)
            if before is None:
                found[subject] = one
            elif before[-1] != value:
                found[subject] = (*before, value)
    return found


class Read:
    """Lines of N-Triples by predicate and value; raises ``ValueError`` unless each line is one triple, written plainly.

    ``has_blank`` tells whether there are blank nodes.
    """

    def __init__(self, lines: bytes) -> None:
        if lines and not lines.endswith(b"\n"):
            lines += b"\n"
        tails, names = _by_tail(lines)
        self.columns, values = _by_predicate(tails)
        names |= values
        self.has_blank = not _are_iris(names)
        if not all(map(_IRI.fullmatch, self.columns)) or (self.has_blank and not all(map(_NAMED.fullmatch, names))):
            raise ValueError("not one triple a line")


def _by_tail(lines: bytes) -> tuple[dict[bytes, list[bytes]], set[bytes]]:
    """Return the subjects of what stands behind them, and all subjects."""
    tails, starts, last = defaultdict[bytes, list[bytes]](list), set[bytes](), b""
    for part in _parts(lines):
        pieces = part.split(_END)
        if pieces.pop():
            raise ValueError("not one triple a line")
        for subject, _, tail in map(bytes.partition, pieces, repeat(b" ")):
            if subject != last:
                last = subject
                starts.add(last)
            tails[tail].append(last)
    return tails, starts


def _by_predicate(tails: dict[bytes, list[bytes]]) -> tuple[dict[bytes, Column], set[bytes]]:
    """Return a column for each predicate, and all values but literals."""
    found, named = defaultdict[bytes, dict[bytes, list[bytes]]](dict), set[bytes]()
    for tail, subjects in tails.items():
        predicate, _, value = tail.partition(b" ")
        found[predicate][value] = subjects
        if not value.startswith(b'"'):
            named.add(value)
        elif b"\n" in value:
            raise ValueError("not one triple a line")
    return {predicate: Column(lists) for predicate, lists in found.items()}, named


def _are_iris(names: set[bytes]) -> bool:
    """Whether all are IRIs in their brackets. Two of them joined meet in one place, and no bracket is anywhere else."""
    text, count = b"\n".join(names), len(names)
    borders = text[:1] == b"<" and text[-1:] == b">" and text.count(b">\n<") == count - 1
    return not names or (borders and text.count(b"<") == count == text.count(b">") and not _SPACE.search(text))


def _parts(lines: bytes) -> Iterator[bytes]:
    """Yield whole lines, some at once."""
    start = 0
    while start < len(lines):
        end = lines.find(b"\n", start + _AT_ONCE) + 1 or len(lines)
        yield lines[start:end]
        start = end


def columns_of(terms: Iterable[Sequence[str]]) -> dict[bytes, Column]:
    """Return the columns of triples whose terms are written as in N-Triples, no character by its number."""
    found, known = defaultdict[bytes, defaultdict[bytes, list[bytes]]](lambda: defaultdict(list)), _Encoded()
    for subject, predicate, value in terms:
        found[known[predicate]][known[value]].append(known[subject])
    return {predicate: Column(dict(lists)) for predicate, lists in found.items()}


def _once(subjects: Sequence[bytes]) -> Sequence[bytes]:
    """Return subjects each once."""
    found = dict.fromkeys(subjects)
    return subjects if len(found) == len(subjects) else list(found)


class _Encoded(dict[str, bytes]):
    """Terms as bytes, one object for each."""

    def __missing__(self, term: str) -> bytes:
        found = self[term] = term.encode()
        return found
