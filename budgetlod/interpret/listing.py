"""The projects that prose lists behind their count: 预算项目 3 个，1.… 17 万元；2.…；3.…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetlod.model.codes import ALL
from budgetlod.model.cube import Point, Thing
from budgetlod.model.notes import Mention

_ITEM = re.compile(r"(?<=[,;:。、(个项])(?P<number>\d{1,3})[.、)](?!\d)")
_COUNTED = Thing("disclosure", "", "")


def with_positions(text: str, found: Sequence[tuple[int, int, Mention]]) -> Iterator[tuple[int, Mention]]:
    """Yield the mentions of lists of projects, completed: the count with the items listed, each project with its place.

    ``found`` are the mentions of a paragraph with their places in ``text`` and their numbers. A list is one that
    numbers its items from 1, at least two; or, without numbers, the amounts up to the end of the sentence, if they are
    of projects one and all.
    """
    for start, number, mention in found:
        if mention.states == _COUNTED and mention.number is not None:
            later = [entry for entry in found if entry[0] > start]
            listed, places = _numbered(text, start, later) or _in_sentence(text, start, later) or (0, {})
            if listed:
                yield number, mention._replace(listed=listed)
                for _, other, item in later:
                    if other in places:
                        yield other, item._replace(position=places[other], list_of=mention.order)


def _numbered(text: str, start: int, later: Sequence[tuple[int, int, Mention]]) -> tuple[int, dict[int, int]] | None:
    """Return how many items are numbered, and the first amount of a project in each."""
    starts: list[int] = []
    for item in _ITEM.finditer(text, start):
        if int(item["number"]) == len(starts) + 1:
            starts.append(item.start())
    if len(starts) < 2:
        return None
    places: dict[int, int] = {}
    for position, (begin, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
        first = next((number for place, number, m in later if begin < place < end and _is_project(m)), None)
        if first is not None:
            places[first] = position
    return len(starts), places


def _in_sentence(text: str, start: int, later: Sequence[tuple[int, int, Mention]]) -> tuple[int, dict[int, int]] | None:
    """Return how many projects the rest of the sentence gives the amounts of, if it speaks of nothing else."""
    end = text.find("。", start)
    inside = [(number, m) for place, number, m in later if end < 0 or place < end]
    projects = {m.states.project for _, m in inside if isinstance(m.states, Point) and _is_project(m)}
    if len(inside) < 2 or len(projects) < len(inside):
        return None
    return len(inside), {number: position for position, (number, _) in enumerate(inside, 1)}


def _is_project(mention: Mention) -> bool:
    return isinstance(mention.states, Point) and mention.states.project != ALL
