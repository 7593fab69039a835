"""Who, where, when: department, level, area, fiscal year and phase, read from the document's own words.

The places that say so vote (:mod:`budgetlod.interpret.testimony`); the publisher's notes override them. What is not
said, or in two ways of equal weight, is a problem with a question: nothing is guessed, and no file name is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from budgetlod.core.text import fold
from budgetlod.interpret.areas import Areas
from budgetlod.interpret.ballot import Ballot
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.testimony import Testimony, hear
from budgetlod.model.disclosure import Identity
from budgetlod.model.document import Document
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.problem import Problem, Severity
from budgetlod.model.publisher import SourceNotes
from budgetlod.rdf.lexicon import published_list

T = TypeVar("T", str, int)

# A shorter name that a longer one ends with is the same body without its place: 审计局 is too short to tell.
_SHORTEST_TAIL = 4
_MARKS = ("head", "consolidated")
_MOST_NAMED = 4


def read_identity(
    document: Document,
    tables: Sequence[RawTable],
    notes: SourceNotes,
    lexicon: Lexicon,
    said: Testimony | None = None,
) -> tuple[Identity, list[Problem]]:
    """Return who disclosed what for which year; notes override the document, and what neither tells is a problem.

    ``said`` is what :func:`hear` collected, where that was done before. Name, year and phase are errors where they
    cannot be told, area and level warnings.
    """
    return _Reader(document, said or hear(document, tables, lexicon), notes, lexicon).read()


class _Reader:
    """Decides what the votes say, and asks where they do not decide."""

    def __init__(self, document: Document, said: Testimony, notes: SourceNotes, lexicon: Lexicon) -> None:
        self.document, self.said, self.notes, self.lexicon = document, said, notes, lexicon
        self.problems: list[Problem] = []

    def read(self) -> tuple[Identity, list[Problem]]:
        """Return the identity and the questions that are left."""
        notes = self.notes
        name = notes.name or self._elected(_joined(self.said.names), "name", "部门名称", "the department's name")
        identity = Identity(
            name=name or "",
            code=notes.code or self._code(name or ""),
            area=notes.area,
            fiscal_year=notes.fiscal_year
            or self._elected(self.said.years, "fiscal_year", "预算年度", "the fiscal year")
            or 0,
            phase=notes.phase
            or self._elected(self.said.phases, "phase", "预算或决算", "whether it is a budget or final accounts")
            or "budget",
            level=notes.level or self._level(name or ""),
        )
        self._open_questions(identity)
        if identity.name and not identity.area:
            identity = identity._replace(area=self._area(identity.name))
        elif not identity.area:
            self._ask("identity-area", "warning", "未说明行政区划", "the area is not stated", "area")
        short = notes.organization or "-".join(part for part in (identity.area, identity.code or identity.name) if part)
        return identity._replace(organization=short), self.problems

    # --- votes ----------------------------------------------------------------------------------------------------------

    def _elected(self, ballot: Ballot[T], key: str, zh: str, en: str, severity: Severity = "error") -> T | None:
        """Return the value with the most weight; a rival of the same weight is a question."""
        result = ballot.result()
        if result is None:
            return None
        if result.rival is not None and result.rival_place is not None:
            one, other = self._words(key, result.value), self._words(key, result.rival)
            here, there = result.place, result.rival_place
            self._ask(
                "told-two-ways",
                severity,
                f"{zh}有两种说法：“{one[0]}”（{here.words('zh')}）和“{other[0]}”（{there.words('zh')}），是哪一个？",
                f"{en} is told in two ways: {one[1]} ({here.words()}) and {other[1]} ({there.words()}): which is it?",
                key,
            )
        return result.value

    def _words(self, key: str, value: str | int) -> tuple[str, str]:
        """Return a value in Chinese and English; a code by its labels."""
        code = self.lexicon.lists[key].codes.get(str(value)) if key in ("phase", "level") else None
        return (code.label, f"{code.label_en} ({code.label})") if code else (str(value), str(value))

    def _code(self, name: str) -> str:
        """Return the code printed most often with a name."""
        codes: Ballot[str] = Ballot()
        for (named, code), votes in self.said.codes.votes.items():
            if name.endswith(named):
                codes.votes[code] = votes
        result = codes.result()
        return result.value if result else ""

    def _level(self, name: str) -> str:
        """Return the level: a mark behind the name (汇总, 本级) where it usually stands there, else what titles say."""
        weights: dict[str, int] = {}
        for named, mark in self.said.marks.votes:
            if name.endswith(named):
                weights[mark] = weights.get(mark, 0) + self.said.marks.weight((named, mark))
        best = max(weights, key=lambda mark: weights[mark], default="")
        if best in _MARKS:
            return best
        return self._elected(self.said.levels, "level", "公开层级", "the level of the disclosure", "warning") or ""

    # --- area -----------------------------------------------------------------------------------------------------------

    def _area(self, name: str) -> str:
        """Return the area that the department's name begins with, else that of a title; asks where there is none."""
        areas = _areas()
        titles = [code for given in self.said.given if areas.is_area(given) for code in areas.of(given)]
        found = areas.of(name) or tuple(dict.fromkeys(titles))
        if len(found) > 1:
            text = "".join(fold(paragraph.text) for paragraph in self.document.paragraphs())
            found = tuple(code for code in found if code in titles) or areas.mentioned(found, text) or found
        if len(found) == 1:
            return found[0]
        if found:
            names = [f"{areas.label(code)} {code}" for code in found[:_MOST_NAMED]]
            zh = f"“{name}”属于哪个行政区划：{'、'.join(names)}？"
            self._ask("identity-area", "warning", zh, f"which area is {name} of: {', '.join(names)}?", "area")
        else:
            zh = f"从“{name}”看不出行政区划；属于哪里？（中央部门没有）"
            en = f"the area is not told by the name {name}: which is it? (a central body has none)"
            self._ask("identity-area", "warning", zh, en, "area")
        return ""

    # --- questions --------------------------------------------------------------------------------------------------------

    def _open_questions(self, identity: Identity) -> None:
        if not identity.name:
            self._ask("identity-name", "error", "无法判断部门名称", "the department's name is not told", "name")
        if not identity.fiscal_year:
            self._ask("identity-fiscal-year", "error", "无法判断预算年度", "the fiscal year is not told", "fiscal_year")

    def _ask(self, code: str, severity: Severity, zh: str, en: str, key: str) -> None:
        hint_zh, hint_en = (
            f"请在 source.toml 的 [disclosure] 中写明 {key}",
            f"state {key} in [disclosure] of source.toml",
        )
        self.problems.append(Problem(code, severity, zh, en, hint_zh, hint_en, self.document.file))


def _joined(names: Ballot[str]) -> Ballot[str]:
    """Count a name for the longest one that ends with it (市审计局 for 某市审计局)."""

    def whole(name: str) -> str:
        longer = [other for other in names.votes if other.endswith(name)] if len(name) >= _SHORTEST_TAIL else []
        return max(longer, key=lambda other: (names.weight(other) >= names.weight(name), len(other)), default=name)

    return names.merged(whole)


@cache
def _areas() -> Areas:
    return Areas(published_list("area"))
