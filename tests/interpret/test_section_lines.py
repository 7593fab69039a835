"""How lines head the parts and sections of the notes, and how a table of contents in lines is told from them."""

from __future__ import annotations

import pytest

from budgetlod.interpret.outline import Outline, read_outline
from budgetlod.interpret.section_lines import numbered, said_by, section_type
from budgetlod.model.document import Box, Document, Paragraph, Place, TextLine
from budgetlod.rdf.lexicon import load_lexicon

LEXICON = load_lexicon()
FULL: Box = (60.0, 0.0, 500.0, 10.0)
SHORT: Box = (60.0, 0.0, 200.0, 10.0)


def outline(*lines: str, page: int = 1) -> Outline:
    places = (Place(page=page, line=n) for n in range(1, len(lines) + 1))
    paragraphs = tuple(Paragraph((TextLine(text, place),)) for text, place in zip(lines, places, strict=True))
    return read_outline(Document("x.pdf", "application/pdf", "", paragraphs), [], LEXICON)


def cut(*lines: str) -> list[tuple[str, str, int]]:
    return [(section.label, section.type, len(section.paragraphs)) for section in outline(*lines).sections]


@pytest.mark.parametrize(
    ("text", "level", "number", "words"),
    [
        ("第三部分 情况说明", 1, 3, "情况说明"),
        ("第一部分：部门概况", 1, 1, "部门概况"),
        ("十二、政府采购情况", 2, 12, "政府采购情况"),
        ("（四）“三公”经费（详见表7）", 3, 4, "“三公”经费"),
        ("3．公务接待费", 4, 3, "公务接待费"),
        ("（2）培训支出", 5, 2, "培训支出"),
    ],
)
def test_numbers_of_headings(text: str, level: int, number: int, words: str) -> None:
    line = numbered(text)
    assert line is not None
    assert (line.level, line.number, line.words) == (level, number, words)
    assert line.bare


@pytest.mark.parametrize("text", ["1.5万元", "2031年预算", "一般公共服务支出", "各项支出"])
def test_lines_without_a_number(text: str) -> None:
    assert numbered(text) is None


@pytest.mark.parametrize(
    "text", ["一、财政拨款收入：指拨付的资金。", "二、基本支出5万元", "（三）收入预算：", "1.完成比例100%"]
)
def test_numbered_sentences_are_no_headings(text: str) -> None:
    line = numbered(text)
    assert line is not None
    assert not line.bare


@pytest.mark.parametrize(
    ("words", "type_", "said"),
    [
        ("一般公共预算“三公”经费、会议费支出预算情况说明", "three-public", (("source", "general-public"),)),
        ("政府性基金预算支出情况说明", "government-fund", (("source", "government-fund"),)),
        ("2031年收入预算情况说明", "overview", (("flow", "revenue"),)),
        ("财政拨款收支预算总体情况", "fiscal-balance", (("source", "fiscal"),)),
        ("其他重要事项的情况说明", "other", ()),
        ("部门主要职责及机构设置", "duties", ()),
        ("教室维修", "", ()),
    ],
)
def test_what_the_words_of_a_heading_say(words: str, type_: str, said: tuple[tuple[str, str], ...]) -> None:
    assert (section_type(words, LEXICON), said_by(words, LEXICON)) == (type_, said)


def test_numbers_begin_again_in_each_part() -> None:
    found = cut(
        "第一部分 学校概况", "一、主要职责", "1.办学。", "二、机构设置", "无下属单位。",
        "第二部分 部门预算情况说明", "一、收支预算总体情况", "收入5万元。", "二、某某特别事项", "无。",
    )  # fmt: skip
    assert found == [
        ("学校概况", "", 0), ("主要职责", "duties", 1), ("机构设置", "institutions", 1),
        ("部门预算情况说明", "overview", 0), ("收支预算总体情况", "overview", 1), ("某某特别事项", "", 1),
    ]  # fmt: skip


def test_a_number_alone_takes_the_next_line_for_its_title() -> None:
    assert cut("第一部分", "部门概况", "一、主要职责", "办学。")[0] == ("部门概况", "", 0)


def test_points_of_a_chapter_that_are_about_something_else_are_sections() -> None:
    found = cut(
        "一、其他重要事项说明",
        "（一）政府采购情况",
        "采购预算5万元。",
        "（二）某某工作情况",
        "无。",
        "（三）机关运行经费",
        "5万元。",
    )
    assert found == [
        ("其他重要事项说明", "other", 2),
        ("政府采购情况", "procurement", 1),
        ("机关运行经费", "agency-operating", 1),
    ]


def test_terms_of_a_glossary_are_text() -> None:
    found = cut(
        "一、政府采购情况", "无。", "二、名词解释", "一、机关运行经费", "指公用经费。", "三、某某费", "指其他费用。"
    )
    assert found == [("政府采购情况", "procurement", 1), ("名词解释", "glossary", 4)]


def test_titles_without_numbers_where_chapters_have_none() -> None:
    found = cut("某某学校主要职能", "主要职能包括：", "1.办学。", "2031年部门预算编制说明", "支出预算5万元。")
    assert found == [("某某学校主要职能", "duties", 2), ("2031年部门预算编制说明", "overview", 1)]


def test_contents_are_told_by_what_is_said_again() -> None:
    read = outline(
        "目 录", "第一部分 学校概况", "一、主要职责", "第二部分 预算说明", "一、收支情况 ……… 3", "第一部分 学校概况",
        "一、主要职责", "办学。",
    )  # fmt: skip
    assert read.contents == ["第一部分 学校概况", "一、主要职责", "第二部分 预算说明", "一、收支情况"]
    assert [section.label for section in read.sections] == ["学校概况", "主要职责"]


def test_headings_right_before_text_are_no_contents() -> None:
    assert outline("一、主要职责", "二、机构设置", "三、收支情况", "收入5万元。").contents == []


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (("本年收入合计9万元，其中其他", FULL), ("收入5万元。", SHORT), True),
        (("本年收入合计9万元，其中其他", SHORT), ("收入5万元。", SHORT), False),
        (("本年收入合计9万元。", FULL), ("支出合计5万元。", SHORT), False),
        (("本年收入合计9万元，其中", FULL), ("（一）其他收入5万元。", SHORT), False),
        (("1.教育支出（类）普通教育（款）小学教育", FULL), ("（项）5万元。", SHORT), True),
        (("一、收支预算总体情况的说明", FULL), ("收入预算5万元。", SHORT), False),
    ],
)
def test_paragraphs_that_pages_cut_are_rejoined(first: tuple[str, Box], second: tuple[str, Box], joined: bool) -> None:
    paragraphs = tuple(
        Paragraph((TextLine(text, Place(page=page, line=1, box=box)),))
        for page, (text, box) in enumerate((first, second), 1)
    )
    wide = Paragraph((TextLine("一" * 40 + "。", Place(page=1, line=9, box=(60.0, 20.0, 500.0, 30.0))),))
    order = (wide, *paragraphs)
    read = read_outline(Document("x.pdf", "application/pdf", "", order), [], LEXICON)
    texts = [p.text for p in (*read.preamble, *(p for s in read.sections for p in s.paragraphs))]
    assert (first[0] + second[0] in texts) == joined
