"""Titles of disclosures: 2026年某局部门预算, 某局（汇总）2026年部门预算公开说明, also broken over lines.

A title tells whose the document is, of which year, whether it is a budget or final accounts, and of a department or
a unit; any of these may be missing from one title and stand in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from budgetlod.core.text import fold
from budgetlod.interpret.bodies import Bodies, Body
from budgetlod.model.document import Place, TextLine
from budgetlod.model.lexicon import Lexicon

_LONGEST = 70
_MOST_LINES = 3
_LEADER = re.compile(r"[.．…·]{3,}\d*$")
# What may follow 预算: 公开, 情况说明, 及三公经费信息公开, 报表; no figures and no sentence.
_REST = re.compile(r"(?!数|总额|安排\d|收入\d|包括|是|为|由|单位|执行|管理)[^\d。;,:!?]{0,30}(?:\([^()]{0,12}\))?")
_KINDS = ("budget", "final")
_LEVELS = ("department", "unit")
_BARE_YEAR = re.compile(r"^20\d\d年?(?:度)?$")


class Title(NamedTuple):
    """What a title says; empty where it does not. ``given`` is what stands where a name would, as printed."""

    year: int
    phase: str
    level: str
    body: Body | None
    given: str
    place: Place


class Titles:
    """Reads titles by the words of the ontology for phases and levels."""

    def __init__(self, lexicon: Lexicon, bodies: Bodies) -> None:
        self.bodies = bodies
        self.phases = {lexicon.lists["phase"].codes[notation].label: notation for notation in _KINDS}
        self.levels = {lexicon.lists["level"].codes[notation].label: notation for notation in _LEVELS}
        self.pattern = _pattern(self.phases, self.levels)

    def read(self, text: str, place: Place) -> Title | None:
        """Return what a line says if it is a title, else ``None``."""
        text = _LEADER.sub("", fold(text))
        if len(text) > _LONGEST or not any(label in text for label in self.phases):
            return None
        match = self.pattern.fullmatch(text)
        if match is None or not (match["level"] or match["year2"] or match["year1"] or match["rank"]):
            return None
        given = match["name"]
        body = self.bodies.read(given) if given else None
        year = int(match["year2"] or match["year1"] or 0)
        level = body.level if body and body.level else self.levels.get(match["level"] or "", "")
        return Title(year, self.phases[match["phase"]], level, body, given, place)

    def over_lines(self, lines: Sequence[TextLine]) -> Iterator[Title]:
        """Yield the titles that stand in lines following one another, each of up to three lines."""
        position = 0
        while position < len(lines):
            found = self._at(lines, position)
            if found:
                yield found[0]
            position += found[1] if found else 1

    def _at(self, lines: Sequence[TextLine], position: int) -> tuple[Title, int] | None:
        """Return the title that begins at a line, and of how many lines it is; of one with a name the shortest."""
        nameless: tuple[Title, int] | None = None
        for count in range(1, min(_MOST_LINES, len(lines) - position) + 1):
            text = "".join(line.text for line in lines[position : position + count])
            title = self.read(text, lines[position].place)
            if title and title.body:
                return title, count
            if title and nameless is None:
                nameless = title, count
        return nameless


def is_bare_year(text: str) -> bool:
    """Return whether a line is a year and nothing else: of a cover whose other words are a picture, say."""
    return bool(_BARE_YEAR.match(fold(text)))


def _pattern(phases: dict[str, str], levels: dict[str, str]) -> re.Pattern[str]:
    level, phase = "|".join(levels), "|".join(phases)
    return re.compile(
        r"(?:附件?[\d一二三四五六七八九十]*[:.、]|第[一二三四五六七八九十]+部分[:、]?|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))*"
        r"(?:关于)?(?:(?P<year1>20\d\d)年?度?)?(?P<name>\D{0,45}?)(?:(?P<year2>20\d\d)年?度?)?"
        rf"的?(?P<rank>[省市区县乡镇]本?级|中央)?(?P<level>{level})?(?:综合|收支|财务)*(?P<phase>{phase}){_REST.pattern}"
    )
