"""Triple patterns as loops and tests, each when its turn comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from budgetlod.validate.fast.formulas import Unknown
from budgetlod.validate.fast.loops import Edge, Rest, Writer

Step = Callable[[Rest], None]
"""Writes its part, and what comes after it at the place where all of its part is known."""


class Joins:
    """The edges of a group that have no loop yet; ``bound`` are the names of what is known, and grows."""

    def __init__(self, writer: Writer, bound: set[str]) -> None:
        self._writer, self._bound, self.edges = writer, bound, list[Edge]()

    def _knows(self, name: str) -> bool:
        return name in self._bound or name in self._writer.constants

    def ahead(self) -> Step | None:
        """Return the step for an edge between what is known, or one that leads on from there; none if there is none."""
        both = [edge for edge in self.edges if self._knows(edge.subject) and self._knows(edge.object)]
        known = both or [edge for edge in self.edges if self._knows(edge.subject)]
        if not known:
            return None
        self.edges.remove(known[0])
        return self._checked(known[0]) if both else self._forward(known[0])

    def _checked(self, edge: Edge) -> Step:
        return partial(self._writer.block, f"if {self._holds(edge)}:")

    def _holds(self, edge: Edge) -> str:
        if (members := self._members(edge)) is not None:
            return f"{edge.subject} in {members}"
        return f"{edge.object} in {self._ends(edge)}"

    def _members(self, edge: Edge) -> str | None:
        """Return the name for the set of those that have a certain value, if an edge is about one."""
        value = self._writer.constants.get(edge.object)
        return (
            None
            if value is None or len(edge.predicates) > 1
            else self._writer.index("having", edge.predicates[0], value)
        )

    def _ends(self, edge: Edge, *, backwards: bool = False) -> str:
        """Return the text of what an edge leads to."""
        if backwards and (members := self._members(edge)) is not None:
            return members
        kind, start = ("holders", edge.object) if backwards else ("values", edge.subject)
        lists = [f"{self._writer.index(kind, predicate)}[{start}]" for predicate in edge.predicates]
        return lists[0] if len(lists) == 1 else f"({', '.join(f'*{one}' for one in lists)},)"

    def _forward(self, edge: Edge) -> Step:
        self._bound.add(edge.object)
        return partial(self._writer.block, f"for {edge.object} in {self._ends(edge)}:")

    def backward(self) -> Step:
        """Return the step that finds a subject by all its known objects, or one that goes through all triples."""
        known = [edge for edge in self.edges if self._knows(edge.object)]
        if not known:
            return self._all_of(self.edges.pop(0))
        first = next((edge for edge in known if edge.object in self._bound), known[0])
        together = [edge for edge in known if edge.subject == first.subject]
        for edge in together:
            self.edges.remove(edge)
        self._bound.add(first.subject)
        lists = [self._ends(edge, backwards=True) for edge in together]
        tests = " and ".join(map(self._holds, together))

        def step(rest: Rest) -> None:
            found = lists[0] if len(lists) == 1 else f"fewest({', '.join(lists)})"
            inner = rest if len(lists) == 1 else partial(self._writer.block, f"if {tests}:", rest)
            self._writer.block(f"for {first.subject} in {found}:", inner)

        return step

    def _all_of(self, edge: Edge) -> Step:
        if len(edge.predicates) != 1:
            raise Unknown("a choice of paths from anywhere")
        self._bound |= {edge.subject, edge.object}
        index, (start, _, end) = self._writer.index("values", edge.predicates[0]), edge
        if start == end:
            return lambda rest: self._writer.block(
                f"for {start}, ends in {index}.items():",
                partial(self._writer.block, f"if {start} in ends:", rest),
            )
        ends = self._writer.fresh("t")
        return lambda rest: self._writer.block(
            f"for {start}, {ends} in {index}.items():", partial(self._writer.block, f"for {end} in {ends}:", rest)
        )
