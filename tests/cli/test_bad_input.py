"""Whatever is wrong with the input: exit code 2, a message that helps, and nothing published is touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgetlod import pipeline
from budgetlod.cli.main import BAD_INPUT, run
from budgetlod.model.problem import BadInput
from budgetlod.read.sources import find_sources
from tests.conftest import EXAMPLE
from tests.interpret.synthetic import Style, write

TEXT = (EXAMPLE / "source.txt").read_bytes()
NOTES = '[disclosure]\narea = "130371"\n'


def _folder(path: Path, notes: str | bytes = NOTES, data: bytes = TEXT) -> Path:
    path.mkdir(parents=True)
    (path / "source.toml").write_bytes(notes if isinstance(notes, bytes) else notes.encode())
    (path / "source.txt").write_bytes(data)
    return path


def _file(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _empty_folder(path: Path) -> Path:
    path.mkdir()
    return path


def _two_sources(path: Path) -> Path:
    _folder(path / "a")
    _folder(path / "b")
    return path


PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj"
UNRELATED = "会议通知\n\n请各处室参加。\n\n姓名\t房间\n王某\t301\n".encode()

# what is wrong: (how to make it, the code of the problem, the file it names, words of the message, words of the hint)
CASES: dict[str, tuple[Callable[[Path], Path], str, str, str, str]] = {
    "missing file": (lambda p: p / "gone.txt", "source-missing", "gone.txt", "no such file", "check the path"),
    "empty": (lambda p: _file(p / "x.txt", b""), "source-empty", "x.txt", "no content", "complete text"),
    "white space": (lambda p: _file(p / "x.txt", b" \n\t\n\r\n"), "source-empty", "x.txt", "no content", "complete text"),
    "only a byte order mark": (lambda p: _file(p / "x.txt", b"\xef\xbb\xbf"), "source-empty", "x.txt", "no content", "complete"),
    "binary": (lambda p: _file(p / "x.txt", bytes(range(256))), "source-encoding", "x.txt", "no text", "UTF-8"),
    "zero bytes": (lambda p: _file(p / "x.txt", b"a\n\x00\x01b"), "source-binary", "x.txt", "line 2", "extract"),
    "a PDF called text": (lambda p: _file(p / "x.txt", PDF), "source-binary", "x.txt", "PDF", "extract"),
    "GB18030": (lambda p: _file(p / "x.txt", TEXT.decode().encode("gb18030")), "source-encoding", "x.txt", "GB18030", "iconv"),
    "UTF-16": (lambda p: _file(p / "x.txt", TEXT.decode().encode("utf-16")), "source-encoding", "x.txt", "UTF-16", "iconv"),
    "cut inside a character": (lambda p: _file(p / "x.txt", TEXT[:-1]), "source-encoding", "x.txt", "inside a character", "complete"),
    "unrelated": (lambda p: _file(p / "x.txt", UNRELATED), "not-a-disclosure", "x.txt", "no budget statement", "titles"),
    "prose only": (lambda p: _file(p / "x.txt", "2024年部门预算".encode()), "not-a-disclosure", "x.txt", "no budget", "titles"),
    "a PDF cut off": (lambda p: _file(p / "x.pdf", PDF), "source-damaged", "x.pdf", "cut off", "complete"),
    "a format that is not read": (lambda p: _file(p / "x.dwg", TEXT), "source-format", "x.dwg", "no reader", ".txt"),
    "no extension": (lambda p: _file(p / "x", TEXT), "source-format", "x", "no reader", ".txt"),
    "no sources": (lambda p: _empty_folder(p / "d"), "source-none", "d", "no source", "budgetlod init"),
    "two claims": (lambda p: _two_sources(p / "d"), "disclosure-claimed-twice", "source.txt", "130371-442/2024-budget", "keep one"),
    "notes: syntax": (lambda p: _folder(p / "d", "[source\n"), "notes-damaged", "source.toml", "line 1", "docs/reading.md"),
    "notes: encoding": (lambda p: _folder(p / "d", b"\xff\xfe"), "notes-damaged", "source.toml", "UTF-8", "docs/reading.md"),
    "notes: table": (lambda p: _folder(p / "d", "[sauce]\n"), "notes-unknown", "source.toml", "[sauce]", "disclosure"),
    "notes: key": (lambda p: _folder(p / "d", '[source]\nlicense="x"\n'), "notes-unknown", "source.toml", "license", "licence"),
    "notes: type": (lambda p: _folder(p / "d", '[disclosure]\nfiscal_year="x"\n'), "notes-value", "source.toml", "fiscal_year", "2024"),
    "notes: form": (lambda p: _folder(p / "d", '[disclosure]\narea="1"\n'), "notes-value", "source.toml", "area", "write:"),
    "notes: checksum": (
        lambda p: _folder(p / "d", f'[source]\nsha256="{"0" * 64}"\n'), "source-checksum", "source.toml", "sha256", "update",
    ),
    "notes: accepted without a reason": (
        lambda p: _folder(p / "d", '[[accepted]]\nrule="A46"\n'), "notes-value", "source.toml", "[[accepted]] 1", "reason =",
    ),
    "notes: file gone": (lambda p: _folder(p / "d", '[source]\nfile="y.txt"\n'), "source-missing", "source.toml", "y.txt", "name the file"),
}  # fmt: skip


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_refused_with_help(
    case: str, tmp_path: Path, published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, code, file, words, hint = CASES[case]
    source = make(tmp_path)
    before = _contents(published)
    assert run(["build", str(source), "-o", str(published), "--no-validate"]) == 2
    zh, en = capsys.readouterr().err.splitlines()[:2]
    assert zh.startswith("错误 ")
    assert any("\u4e00" <= character <= "\u9fff" for character in zh.removeprefix("错误 "))
    assert en.startswith("error: ")
    assert file in en.split(": ", 1)[1]
    assert words in en
    assert en.endswith("]"), "what to do stands in brackets at the end"
    assert hint in en
    assert _contents(published) == before, "the publication was touched"
    assert code in _codes(source, tmp_path)


def _codes(source: Path, folder: Path) -> list[str]:
    with pytest.raises(BadInput) as raised:
        pipeline.build([source], folder / "out", pipeline.BuildOptions(engine=""))
    return [problem.code for problem in raised.value.problems]


@pytest.mark.parametrize("command", ["read", "validate"])
def test_other_commands_refuse_it_too(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, str(_file(tmp_path / "x.txt", UNRELATED))]) == 2
    assert "no budget statement" in capsys.readouterr().err


def test_all_bad_sources_are_named_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = [_file(tmp_path / name, b"") for name in ("a.txt", "b.txt")]
    assert run(["build", *map(str, bad), "-o", str(tmp_path / "out")]) == 2
    message = capsys.readouterr().err
    assert all(str(path) in message for path in bad)
    assert not (tmp_path / "out").exists()


# --- cut off --------------------------------------------------------------------------------------------------------------


def _refused(data: bytes, folder: Path) -> str:
    path = _file(folder / "cut.txt", data)
    with pytest.raises(BadInput) as raised:
        pipeline.read_source(find_sources([path])[0])
    problem = raised.value.problems[0]
    assert problem.file == str(path)
    assert problem.zh
    assert problem.hint_zh
    assert problem.hint_en
    return problem.code


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(min_value=0, max_value=len(TEXT) - 60))
def test_a_cut_document_is_refused_wherever_it_is_cut(place: int, tmp_path: Path) -> None:
    expected = {"source-empty", "source-encoding", "not-a-disclosure", "document-truncated"}
    assert _refused(TEXT[:place], tmp_path) in expected


@pytest.mark.parametrize(
    "mark",
    ["栏次\t1", "9\t2080501", "二、部门预算安排", "一级指标", "部门固定资产占用情况表", "十、名词解释", "十一、其他"],
)
def test_a_document_cut_before_or_inside_a_part_is_refused(mark: str, tmp_path: Path) -> None:
    place = TEXT.rindex(mark.encode())
    assert _refused(TEXT[:place], tmp_path) == "document-truncated"
    assert _refused(TEXT[: place + len(mark.encode())], tmp_path) == "document-truncated"


@pytest.mark.parametrize(
    "end",
    [
        "4、其他固定资产",
        "上年末固定资产金额为 30.00 万元（详见",
        "1、**财政拨款收入**：指本级财政拨付的资金。\n\n2、**基本支出**：",
    ],
)
def test_without_a_table_of_contents_a_cut_sentence_or_row_is_noticed(end: str, tmp_path: Path) -> None:
    text = write(Style(contents=False)).text
    assert _refused(text[: text.index(end) + len(end)].encode(), tmp_path) == "document-truncated"


# --- recognised in part ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code", "unmapped"),
    [
        ("8\t20805\t行政事业单位养老支出\t121.82\t121.82", "8\t20805\t行政事业单位养老支出\t121.82\t12l.82", "number-unmapped", 2),
        ("六、科学技术支出\t\n", "六、神秘支出\t3.00\n", "number-unmapped", 1),
        ("对附属单位补助支出", "往来款项", "heading-unknown", 0),
        ("部门预算收入总表\n\n442", "部门某某表\n\n442", "table-unrecognised", 0),
    ],
)  # fmt: skip
def test_a_table_recognised_in_part_is_a_problem_in_every_report(
    old: str, new: str, code: str, unmapped: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TEXT.decode()
    assert old in text
    source = _folder(tmp_path / "d", data=text.replace(old, new).encode())
    assert run(["read", str(source), "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert len(shown["coverage"]["unmapped"]) == unmapped
    problem = next(p for p in shown["problems"] if p["code"] == code)
    assert problem["place"].startswith("line ")
    assert problem["zh"]
    assert run(["read", str(source)]) == 0
    assert problem["en"] in capsys.readouterr().out
    assert run(["build", str(source), "-o", str(tmp_path / "out"), "--no-validate"]) == 0
    written = json.loads(next((tmp_path / "out").glob("dataset/*/*/reading.json")).read_text(encoding="utf-8"))
    assert written["problems"] == shown["problems"]
    assert written["coverage"] == shown["coverage"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("issued", '"2024-13-45"'),
        ("issued", '"2024-02-30"'),
        ("modified", '"2024-00"'),
        ("licence", '"https://x/<y>"'),
        ("landing_page", '"https://x/ y"'),
        ("fiscal_year", "true"),
        ("fiscal_year", "12"),
        ("unit", '"zorkmid"'),
        ("unit", '"percent"'),
    ],
)
def test_a_value_of_the_notes_that_cannot_be(
    key: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = "source" if key in ("issued", "modified", "licence", "landing_page") else "disclosure"
    source = tmp_path / "source"
    source.mkdir()
    (source / "source.txt").write_bytes((EXAMPLE / "source.txt").read_bytes())
    (source / "source.toml").write_text(f"[{table}]\n{key} = {value}\n", encoding="utf-8")
    assert run(["build", str(source), "-o", str(tmp_path / "public"), "--no-validate"]) == BAD_INPUT
    printed = capsys.readouterr().err
    assert f"[{table}] {key}" in printed
    assert "write" in printed
    assert not (tmp_path / "public").exists()
