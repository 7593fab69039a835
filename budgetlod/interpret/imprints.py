"""Read what stands over the pages of tables and in titles: whose document it is, of which year, in which unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetlod.core.text import fold, tidy
from budgetlod.interpret.fragments import PageHead, RawTable
from budgetlod.interpret.money_units import unit_of
from budgetlod.model.document import Document
from budgetlod.model.layout import Imprint
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.tables import Statement

_NAME = re.compile(
    r"^(?:(?:编制)?(?:预算)?(?:部门|单位)(?:名称)?:(?:\d{3,9}[-—]?)?|\d{3,9}[-—]?(?!年))(?P<name>[^\d\W][^:]{3,40})$"
)
_YEAR = re.compile(r"(?:预算|决算)年度:?(20\d\d)|(20\d\d)年度?(?:部门|单位)?(?:综合)?(?:预算|决算|收支|收入|支出)")
# The number of a part before a title is no name: a title may stand in the contents, or over its part.
_TITLE = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}(?:部分|章|篇)[、:.]?)?(?P<name>.{4,40}?)?(?P<year>20\d\d)年度?(?:部门|单位)?(?:综合)?(?:预算|决算)(?:信息)?(?:公开)?"
    r"(?:目录|(?:有关)?(?:情况)?(?:的)?说明|公开表|文本|报告|报表)?$"
)
_UNIT_OF_MONEY = re.compile(r"单位:?(?:人民币)?[万亿千百]{0,2}元.*$")
_LONGEST_LINE = 60
_LINES = 8


def read_imprints(
    document: Document, tables: Sequence[RawTable], statements: Sequence[Statement], lexicon: Lexicon
) -> tuple[Imprint, ...]:
    """Return the imprints over the pages of budget tables, then those of titles; ``tables`` go with ``statements``."""
    found = [
        imprint
        for table, statement in zip(tables, statements, strict=True)
        if lexicon.statements[table.type].group == "budget"
        for page, head in enumerate(table.pages, 1)
        if (imprint := _over_page(head, page, statement.key, lexicon))
    ]
    found = [imprint._replace(alone_without=tuple(_missed(imprint, found))) for imprint in found]
    used = {place for table in tables for place in table.used}
    found += [title for title in _titles(document) if title.place not in used]
    return tuple(imprint._replace(order=order) for order, imprint in enumerate(found, 1))


def _over_page(head: PageHead, page: int, statement: str, lexicon: Lexicon) -> Imprint | None:
    """Return the imprint over a page of a table, with the last lines before it; a page break may cut them anywhere."""
    lines = [line for line in head.context if len(line) <= _LONGEST_LINE][-_LINES:]
    folded = [fold(line) for line in lines]
    names = [m["name"] for text in folded if (m := _NAME.match(_UNIT_OF_MONEY.sub("", text)))]
    years = {int(a or b) for text in (*folded, "".join(folded)) for a, b in _YEAR.findall(text)}
    unit = unit_of(lines, lexicon)
    return Imprint(
        0,
        tidy(" ".join(lines)),
        head.place,
        statement,
        page,
        names[0] if names else "",
        min(years) if len(years) == 1 else 0,
        unit[0] if unit else "",
    )


def _missed(imprint: Imprint, pages: Sequence[Imprint]) -> Iterator[str]:
    """Yield what a page does not print and all others of its kind, at least two, do."""
    others = [p for p in pages if (p.page == 1) == (imprint.page == 1) and p is not imprint]
    for name in ("name", "year", "unit"):
        if len(others) > 1 and not getattr(imprint, name) and all(getattr(p, name) for p in others):
            yield name


def _titles(document: Document) -> Iterator[Imprint]:
    """Yield the lines that are a title of the document, or of its contents or notes, and nothing else."""
    for paragraph in document.paragraphs():
        if len(paragraph.text) <= _LONGEST_LINE and (match := _TITLE.match(fold(paragraph.text))):
            name = match["name"] or ""
            yield Imprint(0, tidy(paragraph.text), paragraph.place, name=name, year=int(match["year"]))
