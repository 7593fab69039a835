"""Pages that flow: what becomes a paragraph, what is left out, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from budgetlod.model.document import Document, Paragraph
from budgetlod.read.html.reader import read_html

Read = Callable[[str], Document]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(body: str) -> Document:
        path = tmp_path / "page.html"
        path.write_text(f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>", encoding="utf-8")
        return read_html(path)

    return read


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


def test_blocks_are_paragraphs_in_reading_order(read: Read) -> None:
    found = read("<div>前言<p>一、职责</p>其后<ul><li>甲</li><li>乙</li></ul></div>尾")
    assert texts(found) == ["前言", "一、职责", "其后", "甲", "乙", "尾"]


def test_text_split_by_inline_elements_is_whole(read: Read) -> None:
    assert texts(read("<p>收入<span>1,2</span><span>34.</span><b>50</b>万元<sup>①</sup></p>")) == ["收入1,234.50万元①"]


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("收&nbsp;&nbsp;入", "收  入"),
        ("收\u3000入", "收\u3000入"),
        ("收入\n    支出", "收入支出"),
        ("in\n  words", "in words"),
        ("1\u200b2\ufeff3\u00ad.50", "123.50"),
        ("&lt;15万元&ge;3", "<15万元≥3"),
        ("购置<15万元的设备", "购置<15万元的设备"),
        ("<o:p>甲</o:p><![if !supportLists]>乙<![endif]>", "甲乙"),
    ],
)
def test_text_is_as_printed(read: Read, source: str, printed: str) -> None:
    assert texts(read(f"<p>{source}</p>")) == [printed]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a='万元'</script>",
        "<style>.a{}</style>",
        "<!-- 注释 -->",
        "<p style='DISPLAY: none'>x</p>",
        "<p hidden>x</p>",
        "<span style='visibility:hidden'>x</span>",
        "<span style='mso-hide:all'>x</span>",
        "<template><p>x</p></template>",
        "<select><option>x</option></select>",
        "<style>.gone{display:none} @media print{p{display:none}}</style><div class='a gone'>x</div>",
    ],
)
def test_what_is_not_shown_is_not_read(read: Read, hidden: str) -> None:
    assert texts(read(f"<p>前</p>{hidden}<p>后</p>")) == ["前", "后"]


def test_hidden_panes_of_tabs_are_read(read: Read) -> None:
    found = read("<div class='tab-pane'>甲</div><div class='tab-pane' style='display:none'>乙</div>")
    assert texts(found) == ["甲", "乙"]


def test_breaks_end_lines_and_wrapped_lines_run_on(read: Read) -> None:
    wrapped = "本部门严格执行中央八项规定精神，从严控制一般性支出，厉行节约"
    assert texts(read(f"<p>一、收入<br>二、支出<br/>{wrapped}<br>办事。<br><br>第三段</p>")) == [
        "一、收入",
        "二、支出",
        f"{wrapped}办事。",
        "第三段",
    ]
    paragraph = read(f"<p>{wrapped}<br>办事。</p>").blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert [line.text for line in paragraph.lines] == [wrapped, "办事。"]


def test_lines_indented_after_a_break_open_paragraphs(read: Read) -> None:
    line = "本部门严格执行中央八项规定精神，从严控制一般性支出，厉行节约"
    assert texts(read(f"<div>{line}<br>&nbsp;&nbsp;&nbsp;&nbsp;{line}<br>\u3000\u3000{line}</div>")) == [line] * 3


def test_menus_are_left_out_and_links_to_files_and_long_ones_stay(read: Read) -> None:
    long = "根据有关规定，现将本部门预算公开如下，" * 25
    found = read(
        "<ul><li><a href='/a.html'>首页</a></li><li><a href='/b/'>财政预决算</a> &gt;</li></ul>"
        f"<p><a href='x.pdf'>附件：预算表</a></p><p><a href='/c'>{long}</a></p><p><a href='/c'>合计 12.50</a></p>"
        "<p><a name='top'>锚点</a><a href='#top'>回到顶部</a></p>"
    )
    assert texts(found) == ["附件：预算表", long, "合计 12.50", "锚点回到顶部"]


def test_numbers_of_ordered_lists_are_printed(read: Read) -> None:
    assert texts(read("<ol><li>甲</li><li>乙</li></ol><ol start='3'><li>丙<li value=9>丁<li>戊</ol>")) == [
        "1.甲", "2.乙", "3.丙", "9.丁", "10.戊",
    ]  # fmt: skip
    assert texts(read("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>")) == ["一、甲", "二、乙"]
    assert texts(read("<ol style='list-style-type: none'><li>1、甲</ol>")) == ["1、甲"]


def test_the_title_comes_first(read: Read) -> None:
    assert texts(read("<p>您的位置</p><h1>某局 预算</h1><p>正文</p>"))[0] == "某局 预算"
    found = read(
        "<meta name='ArticleTitle' content='某局预算'><title>某局预算_门户</title><p>您的位置</p><h2>某局预算</h2>"
    )
    assert texts(found) == ["某局预算", "您的位置"]
    assert texts(read("<title>某局预算_某市门户网站</title><p>正文</p>")) == ["某局预算", "正文"]


def test_what_follows_the_end_of_the_page_is_read(read: Read) -> None:
    assert texts(read("<p>甲</p></body></html><p>乙</p><html><body><p>丙</p>")) == ["甲", "乙", "丙"]


def test_places_are_lines_and_child_sequences(read: Read) -> None:
    first, second, third = read("<div>\n<p>甲</p>\n<p>丙<br>\n<b>丁</b></p></div>").blocks
    assert (first.place.line, first.place.element) == (2, "/1/2/1/1")
    assert first.place.fragment() == "element(/1/2/1/1)"
    assert (second.place.line, second.place.element) == (3, "/1/2/1/2")
    assert (third.place.line, third.place.element) == (4, "/1/2/1/2/2")


def test_lines_of_preformatted_text_are_lines(read: Read) -> None:
    assert texts(read("<pre>一、甲\n二、乙</pre>")) == ["一、甲", "二、乙"]
