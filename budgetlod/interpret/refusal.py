"""Refuse what is no disclosure: documents of other kinds, pages of links, blank forms.

A disclosure has the words of one - a title or sections of a budget or final accounts - and figures: in tables, or in
prose where its tables are published in another file. Whose it is and of which year, :mod:`budgetlod.interpret.identity`
asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import fold, tidy
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.outline import Outline
from budgetlod.interpret.recognise import heading_roles
from budgetlod.interpret.testimony import Testimony, cover_lines
from budgetlod.model.document import Document, Paragraph
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.problem import BadInput, Problem

# 单位价值100万元以上 is no amount of anybody.
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)[万亿千百]{0,2}元(?!\(?含?\)?以上)")
_LINK = re.compile(r"附件|下载|点击(?:此处|查看)|\.(?:pdf|docx?|xlsx?|et|wps|zip|rar|7z)\b", re.IGNORECASE)
_ATTACHED = re.compile(
    r"^附件?[\d一二三四五六七八九十]*[:.、]?.{0,40}(?:表|附件)|(?:详?见|另附)[^。]{0,20}(?:附件|附表|报表|公开表)"
)
_LONGEST_TITLE = 60
_FEWEST_AMOUNTS = 3
_FEWEST_SECTIONS = 2
_NOT_FIGURES = frozenset({"code", "ordinal"})
_TITLES = (
    "核对文件；若标题写法不同，在 ontology/statements.ttl 中添加标签",
    "check the file; if its titles are worded otherwise, add them as labels in ontology/statements.ttl",
)


def check_kind(
    document: Document, tables: Sequence[RawTable], outline: Outline, said: Testimony, lexicon: Lexicon
) -> list[Problem]:
    """Return a warning when a disclosure has its tables elsewhere; raise :class:`BadInput` when it is none.

    ``not-a-disclosure`` says what the document seems to be where its title tells; ``link-page`` is a page that
    names a disclosure and holds links to its files.
    """
    if any(lexicon.statements[table.type].group == "budget" for table in tables):
        return []
    titled = bool(said.phases.votes)
    amounts = sum(len(_AMOUNT.findall(fold(paragraph.text))) for paragraph in document.paragraphs())
    kind = _kind(document, lexicon)
    sections = {section.type for section in outline.sections if section.type}
    if titled and amounts >= _FEWEST_AMOUNTS and (kind is None or len(sections) >= _FEWEST_SECTIONS):
        return [_tables_elsewhere(document)]
    if titled and amounts < _FEWEST_AMOUNTS and any(_LINK.search(fold(p.text)) for p in document.paragraphs()):
        raise BadInput(_link_page(document))
    raise BadInput(_other_kind(document, kind))


def check_filled(document: Document, tables: Sequence[RawTable], said: Testimony, lexicon: Lexicon) -> None:
    """Raise :class:`BadInput` (``blank-form``) for a form that was not filled in.

    It has no amount but zeros anywhere, and where its name or year belongs there is nothing or a placeholder.
    """
    budget = [table for table in tables if lexicon.statements[table.type].group == "budget"]
    numbers = [number for table in budget for number in _numbers(table, lexicon)]
    if not budget or any(numbers) or any(_amounts(document)):
        return
    if numbers and said.names.votes and said.years.votes and not said.placeholders:
        return  # a body that has no money says so with zeros
    zh = f"这是一份空白表样：{len(budget)}张预算表中没有一个金额"
    en = f"a blank form: there is not one amount in its {len(budget)} budget tables"
    if said.placeholders:
        zh, en = f"{zh}，“{said.placeholders[0]}”尚未填写", f"{en}, and {said.placeholders[0]} is still to be filled in"
    hint = "请提供填写完成的公开文件", "give the document that was published, filled in"
    raise BadInput(Problem("blank-form", "error", zh, en, *hint, document.file))


def _numbers(table: RawTable, lexicon: Lexicon) -> Iterator[bool]:
    """Yield for each number in a table that is no code and no running number whether it is other than zero."""
    roles = heading_roles([row.cells for row in table.header], table.width, table.type, lexicon)
    for row in table.rows:
        for cell, role in zip(row.cells, roles, strict=False):
            if cell and role not in _NOT_FIGURES and (number := parse_number(cell)) is not None:
                yield bool(number)


def _amounts(document: Document) -> Iterator[bool]:
    """Yield for each amount of money in the prose whether it is other than zero."""
    for paragraph in document.paragraphs():
        for match in _AMOUNT.finditer(fold(paragraph.text)):
            yield bool(parse_number(match[1]))


def _kind(document: Document, lexicon: Lexicon) -> tuple[str, str, str] | None:
    """Return the title of a document that is of another kind, with that kind in Chinese and English."""
    kinds = lexicon.lists["document-kind"]
    longest = sorted(kinds.keys, key=len, reverse=True)
    for line in cover_lines(document):
        text = fold(line.text)
        if len(text) <= _LONGEST_TITLE and (key := next((k for k in longest if text.endswith(k)), None)):
            return tidy(line.text), key, kinds.codes[kinds.keys[key][0]].label_en
    return None


def _other_kind(document: Document, kind: tuple[str, str, str] | None) -> Problem:
    zh = "没有识别出任何预算公开表，似乎不是部门预算公开文件"
    en = "no budget statement is recognised; this does not look like a budget disclosure"
    if kind:
        title, label, label_en = kind
        zh, en = (
            f"{zh}，而是“{label}”一类的文件（{title}）",
            f"{en} but like a document of another kind: {label_en} ({title})",
        )
    return Problem("not-a-disclosure", "error", zh, en, *_TITLES, document.file)


def _link_page(document: Document) -> Problem:
    return Problem(
        "link-page",
        "error",
        "页面只有公开文件的标题和链接，没有预算内容",
        "the page holds the titles of disclosures and links to them, but no budget",
        "请下载其附件，读取附件本身",
        "download what it links to and read that",
        document.file,
    )


def _tables_elsewhere(document: Document) -> Problem:
    """Return the warning that the tables are elsewhere, with what the text says of where."""
    mention = next((p for p in document.paragraphs() if _mentions(p)), None)
    zh, en = "文件只有文字，没有预算表", "the document is prose alone: its budget tables are elsewhere"
    if mention:
        words = tidy(mention.text)[:_LONGEST_TITLE]
        zh, en = f"{zh}；文中提到：“{words}”", f"{en}; it mentions {words}"
    return Problem(
        "tables-missing",
        "warning",
        zh,
        en,
        "把报表文件一并写入 source.toml 的 [source] file，合为一份公开",
        "name the file of the tables too in [source] file of source.toml: both make one disclosure",
        document.file,
        mention.place.words() if mention else "",
    )


def _mentions(paragraph: Paragraph) -> bool:
    return bool(_ATTACHED.search(fold(paragraph.text)))
