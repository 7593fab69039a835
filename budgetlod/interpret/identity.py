"""Who, where, when: department, fiscal year, phase and unit of money, read from the document's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgetlod.core.text import fold, squeeze
from budgetlod.interpret.fragments import RawTable
from budgetlod.model.disclosure import Identity
from budgetlod.model.document import Document, Paragraph
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.problem import Problem
from budgetlod.model.publisher import SourceNotes

_CODED_NAME = re.compile(r"^(?:部门|单位|预算部门|部门名称|单位名称)?:?(\d{3,9})[-—]?(?!年)([^\d\W][^:]{3,40})$")
_LABELLED_NAME = re.compile(r"^(?:编制)?(?:部门|单位|预算部门|部门名称|单位名称|预算单位):(.{4,40})$")
_TITLE = re.compile(r"^(?P<name>.{4,40}?)(?P<year>20\d\d)年度?(?P<level>部门|单位)?(?:预算|决算|综合预算)")
_YEAR = re.compile(r"(?:预算|决算)年度:?(20\d\d)|(20\d\d)年度?(?:部门|单位)?(?:综合)?(?:预算|决算)")
# The document's own name; the kinds of money (一般公共预算) and 预算年度 say nothing of the phase.
_BUDGET = re.compile(r"(?:部门|单位|综合|收支|收入|支出|20\d\d年)预算")
_OF_UNIT, _OF_DEPARTMENT = re.compile(r"单位[预决]算"), re.compile(r"部门[预决]算")
_UNIT = re.compile(r"单位:?(?:人民币)?([万亿千百]{0,2}元)")


def read_identity(document: Document, tables: Sequence[RawTable], notes: SourceNotes) -> tuple[Identity, list[Problem]]:
    """Return who disclosed what for which year; notes override the document, and what neither tells is a problem."""
    heads = [fold(text) for text in _heads(document, tables)]
    name, code = _name(heads)
    years = Counter(int(a or b) for text in heads for a, b in _YEAR.findall(text))
    words = "".join(heads)
    phase = "final" if words.count("决算") > len(_BUDGET.findall(words)) else "budget"
    identity = Identity(
        name=notes.name or name,
        code=notes.code or code,
        area=notes.area,
        fiscal_year=notes.fiscal_year or (min(years, key=lambda y: (-years[y], -y)) if years else 0),
        phase=notes.phase or phase,
        level="unit" if len(_OF_UNIT.findall(words)) > len(_OF_DEPARTMENT.findall(words)) else "department",
    )
    problems = list(_open_questions(identity, document.file))
    short = notes.organization or "-".join(part for part in (identity.area, identity.code or identity.name) if part)
    return identity._replace(organization=short), problems


def _heads(document: Document, tables: Sequence[RawTable]) -> Iterator[str]:
    """Yield the lines that head tables and the document itself."""
    for table in tables:
        yield from table.context
        yield "".join(table.context)
    for block in document.blocks[:60]:
        if isinstance(block, Paragraph):
            yield block.text
    for paragraph in document.paragraphs():
        if len(paragraph.text) < 60 and _TITLE.match(fold(paragraph.text)):
            yield paragraph.text


def _name(heads: Sequence[str]) -> tuple[str, str]:
    """Return the name and code of the department: the pair printed most often above tables, else a title's name."""
    coded = Counter((m[2], m[1]) for text in heads if (m := _CODED_NAME.match(text)))
    if coded:
        return min(coded, key=lambda pair: (-coded[pair], pair))
    named = Counter(m[1] for text in heads if (m := _LABELLED_NAME.match(text)))
    titled = Counter(m["name"] for text in heads if (m := _TITLE.match(text)))
    best = named or titled
    return (min(best, key=lambda name: (-best[name], name)), "") if best else ("", "")


def _open_questions(identity: Identity, file: str) -> Iterator[Problem]:
    questions = {
        "name": (not identity.name, "无法判断部门名称", "the department's name is not told", "name"),
        "fiscal-year": (not identity.fiscal_year, "无法判断预算年度", "the fiscal year is not told", "fiscal_year"),
        "area": (not identity.area, "未说明行政区划", "the area is not stated", "area"),
    }
    for code, (open_, zh, en, key) in questions.items():
        if open_:
            severity = "warning" if code == "area" else "error"
            hint_zh, hint_en = (
                f"请在 source.toml 的 [disclosure] 中写明 {key}",
                f"state {key} in [disclosure] of source.toml",
            )
            yield Problem(
                f"identity-{code}", "warning" if severity == "warning" else "error", zh, en, hint_zh, hint_en, file
            )


def unit_of(context: Sequence[str], lexicon: Lexicon) -> tuple[str, Decimal] | None:
    """Return the unit of money that stands over a table and its worth in yuan, or ``None`` when none is printed."""
    units = lexicon.lists["unit"]
    for text in (*context, "".join(context)):
        if match := _UNIT.search(fold(squeeze(text))):
            code = units.find(match[1])
            factor = units.codes[code].factor if code else None
            if code and factor is not None:
                return code, factor
    return None
