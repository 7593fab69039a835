"""What is noted of a document's layout: contents, imprints, peculiarities of print, subjects, counts of units."""

from __future__ import annotations

from functools import cache

import pytest

from budgetlod.interpret.imprints import read_imprints
from budgetlod.interpret.outline import Outline, RawSection, read_outline
from budgetlod.interpret.peculiarities import read_peculiarities
from budgetlod.interpret.subjects import read_stated_units, read_subjects
from budgetlod.interpret.tables import find_tables
from budgetlod.model.document import Document, Paragraph, Place, TextLine
from budgetlod.model.lexicon import Lexicon
from budgetlod.rdf.lexicon import load_lexicon


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


def paragraph(text: str, line: int = 1) -> Paragraph:
    return Paragraph((TextLine(text, Place(line=line)),))


def document(*texts: str) -> Document:
    return Document("source.txt", "text/plain", "", tuple(paragraph(text, n) for n, text in enumerate(texts, 1)))


def kinds(*texts: str) -> list[tuple[str, str]]:
    return [(p.kind, p.printed) for p in read_peculiarities(document(*texts), [], lexicon())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("服务水平逐步改善逐步改善", [("doubled", "逐步改善逐步改善")]),
        ("研究研究再说，常常往往", []),
        (r"覆盖率 \leq 95%", [("markup", r"\leq")]),
        ("**基本支出**：指保障运转的支出", [("markup", "**")]),
        ("1.5 ** 2 = 2.25", []),
        ("20XX年收入为××万元", [("placeholder", "XX"), ("placeholder", "××")]),
        ("面积3.6×8米，见 XXGK 网", []),
        ("本项待填写", [("placeholder", "待填写")]),
        ("所称“三公”经费”", [("quotation", "”")]),
        ("因公出国（境）费，因公出国(境)费", [("brackets", "(境)")]),
        ("政府办公厅（室）、因公出国(境)费", []),
    ],
)
def test_peculiarities_of_one_line(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text) == found


def test_a_quotation_may_end_in_the_next_paragraph() -> None:
    assert kinds("所称“三公经费，", "是指三项费用”。") == []
    assert kinds("所称“三公经费，", "是指三项费用。", "另起”一段") == [("quotation", "“"), ("quotation", "”")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("某市某局2031年部门预算", ("某市某局", 2031)),
        ("2031年度部门决算情况说明", ("", 2031)),
        ("第一部分 2031年部门预算说明", ("", 2031)),
        ("第十二部分 某市某局2031年部门预算", ("某市某局", 2031)),
        ("2030年部门决算执行较好。", None),
        ("关于2031年预算安排的几点意见", None),
    ],
)
def test_titles(text: str, found: tuple[str, int] | None) -> None:
    imprints = read_imprints(document(text), [], [], lexicon())
    assert [(i.name, i.year) for i in imprints] == ([found] if found else [])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("我局下属5个预算单位。", 5),
        ("纳入预算编制范围的二级预算单位共三家，分别是：", 3),
        ("下设综合科、财务科等6个内设机构。", None),
        ("下设5个处室，另有2个下属预算单位。", 2),
        ("本部门无下属单位。", 0),
        ("包括2个预算单位。其中下属预算单位1个，", None),
        ("共有事业单位4个。", None),
    ],
)
def test_stated_units(text: str, count: int | None) -> None:
    section = RawSection(1, "部门职责", "duties", Place(line=1), [paragraph(text)])
    assert list(read_stated_units(Outline(sections=[section]))) == ([] if count is None else [(1, count)])


NOTES = (
    "一、部门职责及机构设置情况", "负责全市的示范工作。", "二、部门预算安排的总体情况", "收入为90万元。",
    "三、其他事项", "（一）机关运行经费安排9万元。", "（二）政府采购预算2万元。",
    "四、名词解释", "三公经费：指三项费用。",
)  # fmt: skip


def subjects(*texts: str) -> set[str]:
    whole = document(*texts)
    tables, _ = find_tables(whole, lexicon())
    return set(read_subjects(whole, tables, read_outline(whole, tables, lexicon()), lexicon()))


def test_subjects_are_told_by_headings_and_first_words() -> None:
    assert subjects(*NOTES) == {"duties", "institutions", "agency-operating", "procurement", "glossary"}


def test_a_heading_below_the_glossary_is_no_term() -> None:
    more = ("（一）“三公”经费预算情况", "共5万元。")
    assert subjects(*NOTES, *more) - subjects(*NOTES) == {"three-public"}


def test_a_document_without_notes_covers_nothing() -> None:
    assert subjects(*NOTES[:4]) == set()
