"""The reader of web pages as a whole: what it refuses, any bytes, and real pages."""

from __future__ import annotations

import re
import time
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from budgetlod.model.document import Document, Grid
from budgetlod.model.problem import BadInput
from budgetlod.read.html.reader import read_html
from budgetlod.read.registry import read_document

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"


def write(folder: Path, content: str | bytes, name: str = "page.html") -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def problem(path: Path) -> tuple[str, str]:
    with pytest.raises(BadInput) as caught:
        read_html(path)
    (found,) = caught.value.problems
    assert found.file == str(path)
    assert found.zh
    assert found.hint_zh
    assert found.hint_en
    return found.code, found.en


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("<p>附件：</p><a href='./P020260130.xls' title='预算表.xls'>预算表</a> <a href='b.pdf?x=1'>说明.pdf</a>", "预算表.xls、说明.pdf"),
        ("<iframe src='/pdfjs/web/viewer.html?file=/u/2026%E9%A2%84%E7%AE%97.pdf'></iframe>", "2026预算.pdf"),
        ("<embed src='a/budget.pdf'>", "budget.pdf"),
        ("<script>PDFObject.embed('/a/budget.pdf', '#x')</script><div id=x></div>", "budget.pdf"),
        ("<frameset><frame src='sheet001.htm'></frameset>", "sheet001.htm"),
    ],
)  # fmt: skip
def test_a_page_that_only_links_is_refused(tmp_path: Path, body: str, names: str) -> None:
    path = write(tmp_path, f"<html><title>某局预算</title><body>{body}<p>版权所有 某市人民政府</p></body></html>")
    if "frameset" in body:
        path = write(tmp_path, f"<html><title>某局预算</title>{body}</html>")
    assert problem(path) == ("link-page", f"the page only links to attachments: {names}")


def test_a_page_with_text_may_link(tmp_path: Path) -> None:
    text = "本部门收入预算一千万元，其中一般公共预算拨款收入八百万元，事业收入二百万元，支出预算一千万元。" * 10
    found = read_html(write(tmp_path, f"<p>{text}</p><a href='a.xls'>附件.xls</a>"))
    assert [p.text for p in found.paragraphs()] == [text, "附件.xls"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "source-empty"),
        ("<html><body><script>load()</script></body></html>", "source-empty"),
        ("<p>收入 1.00</p><table><tr><td cla", "source-damaged"),
        ("<p>\x00</p>", "source-binary"),
        ("<div>" * 3000 + "收入", "source-too-large"),
        ("<p><font>" * 3000 + "收入", "source-too-large"),
        (("收入" * 3000).encode() + b"\xe4\xb8<p>" + ("收入" * 3000).encode(), "source-encoding"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, content: str | bytes, code: str) -> None:
    assert problem(write(tmp_path, content))[0] == code


def test_broken_characters_that_are_not_printed_do_no_harm(tmp_path: Path) -> None:
    text = "收入预算" * 3000
    content = b"<meta name=Description content='" + "预算".encode()[:-1] + f"'><p>{text}</p>".encode()
    assert [p.text for p in read_html(write(tmp_path, content)).paragraphs()] == [text]


def test_nothing_outside_the_file_is_read(tmp_path: Path) -> None:
    write(tmp_path, "秘密", "secret.txt")
    content = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{tmp_path.as_uri()}/secret.txt">]><base href="http://0.0.0.0/">'
        f'<link rel=stylesheet href="http://0.0.0.0/a.css"><p>&x; 收入</p><iframe src="{tmp_path.as_uri()}/secret.txt"></iframe>'
        f"<p>{'甲' * 500}</p>"
    )
    found = " ".join(p.text for p in read_html(write(tmp_path, content)).paragraphs())
    assert "秘密" not in found
    assert "收入" in found


def test_pictures_inside_the_page_are_passed_over(tmp_path: Path) -> None:
    found = read_html(write(tmp_path, f"<img src='data:image/png;base64,{'QUJD' * 4_000_000}'><p>收入</p>"))
    assert [p.text for p in found.paragraphs()] == ["收入"]


def test_a_saved_page_in_one_file(tmp_path: Path) -> None:
    content = (
        b'From: <Saved by WPS>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--=_1"\r\n\r\n'
        b"----=_1\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    from base64 import encodebytes

    content += (
        encodebytes("<p>收入预算</p>".encode("gb2312"))
        + b"\r\n----=_1\r\nContent-Type: image/png\r\n\r\nxx\r\n----=_1--\r\n"
    )
    assert [p.text for p in read_document(write(tmp_path, content, "page.mht")).paragraphs()] == ["收入预算"]
    assert (
        problem(write(tmp_path, b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nxx", "x.mht"))[0]
        == "source-damaged"
    )


def test_a_page_under_another_name_is_read_as_one(tmp_path: Path) -> None:
    found = read_document(
        write(tmp_path, "<html><body><table><tr><td>项目<td>金额<tr><td>教育<td>1.00</table>", "表.xls")
    )
    assert found.media_type == "text/html"
    assert [row.cells for row in found.blocks[0].rows] == [("项目", "金额"), ("教育", "1.00")]  # type: ignore[union-attr]


PIECES = st.sampled_from(
    ["<table>", "<tr>", "<td rowspan=3 colspan=70>", "<td>", "</td>", "</table>", "<p>", "</p>", "<br>", "<ol><li>", "<pre>",
     "<a href=x.html>", "</a>", "<div style='position:absolute;left:1pt;top:2pt'>", "</div>", "<style>", "</style>", "<!--", "-->",
     "12,345.60", "收入", "\u3000", "&nbsp;", "&#xD800;", "<script>", "</script>", "<tbody>", "<thead>", "<h1>", "</body>", "\n",
     "<span style='display:none'>", "</span>", "<title>", "<li value=x>", "<td width", ">"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=60).map(lambda pieces: "".join(pieces).encode())))
@example(b"<pre></pre><li>")
@example(b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=nonsense\r\n\r\n<p>x")
def test_any_bytes_are_a_document_or_a_problem(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path, data)
    try:
        found = read_html(path)
        files = {found.file} if found.blocks else set()
    except BadInput as error:
        files = {one.file for one in error.problems}
    assert files == {str(path)}


def test_time_grows_with_the_page_alone(tmp_path: Path) -> None:
    row = (
        "<tr style='height:18px'>"
        + "<td style='mso-number-format:General;border:1px solid'>1,234.50</td>" * 8
        + "</tr>\n"
    )

    def seconds(rows: int) -> float:
        path = write(tmp_path, f"<table>{row * rows}</table>")
        start = time.process_time()
        assert sum(len(b.rows) for b in read_html(path).blocks if isinstance(b, Grid)) == rows
        return time.process_time() - start

    assert seconds(8000) < 25 * max(seconds(800), 0.05)


# --- real pages -------------------------------------------------------------------------------------------------------------


def corpus(name: str) -> Path:
    path = CORPUS / name / "source.html"
    if not path.is_file():
        pytest.skip("the corpus is not here")
    return path


AMOUNT = re.compile(r"\d[\d,]*\.\d\d")


def printed(document: Document) -> list[str]:
    return [
        c for b in document.blocks for c in ([c for r in b.rows for c in r.cells] if isinstance(b, Grid) else [b.text])
    ]


def test_all_that_a_drawn_page_prints_is_read() -> None:
    path = corpus("yantai-tuiyijunren-2026-budget-html")
    found = read_html(path)
    boxes = re.findall(r'<div class="p"[^>]*>(.*?)</div>', path.read_text(encoding="utf-8"), re.DOTALL)
    wanted = Counter(character for box in boxes for character in unescape(box) if not character.isspace())
    read = Counter(character for text in printed(found) for character in text if not character.isspace())
    assert not wanted - read
    amounts = Counter(amount for box in boxes for amount in AMOUNT.findall(box))
    assert Counter(amount for text in printed(found) for amount in AMOUNT.findall(text)) == amounts
    assert sum(amounts.values()) > 900
    # No cell holds the amounts of two: the grid is that of the borders.
    tables = [cell for b in found.blocks if isinstance(b, Grid) for row in b.rows for cell in row.cells]
    assert not [cell for cell in tables if len(AMOUNT.findall(cell)) > 1]


def test_all_paragraphs_of_a_narrative_are_read() -> None:
    path = corpus("kunming-shenjiju-2026-budget-html")
    text = path.read_text(encoding="utf-8")
    wanted = [
        re.sub(r"\s|&nbsp;", "", unescape(re.sub(r"<[^>]*>", "", p))) for p in re.findall(r"<p style.*?</p>", text)
    ]
    read = {re.sub(r"\s", "", paragraph) for paragraph in printed(read_html(path))}
    assert [p for p in wanted if p.replace("\xa0", "") and p.replace("\xa0", "") not in read] == []
    assert len(wanted) > 100
