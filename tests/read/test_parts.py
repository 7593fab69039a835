"""One disclosure in several files: joined in order, each place in its own file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from budgetlod.model.document import Document, Grid, GridRow, Paragraph, Part, Place, Span, TextLine
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.parts import read_parts
from budgetlod.read.registry import read_document
from budgetlod.read.sources import find_sources


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_files_are_joined_in_the_order_given(tmp_path: Path) -> None:
    tables, notes = write(tmp_path / "b.txt", "标题\n甲\t1\n"), write(tmp_path / "a.md", "说明\n")
    document = read_parts([tables, notes])
    assert (document.name, document.path) == ("b.txt", str(tables))
    assert document.parts == tuple(
        Part(path.name, "text/plain", hashlib.sha256(path.read_bytes()).hexdigest()) for path in (tables, notes)
    )
    assert [(block.place.part, block.place.line) for block in document.blocks] == [(0, 1), (0, 2), (1, 1)]
    assert document.blocks[2].place.words() == "file 2, line 1"
    assert document.blocks[2].place.words("zh") == "第2个文件第1行"
    assert document.blocks[1].place.words() == "line 2"


def test_one_file_is_as_it_was_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "标题\n甲\t1\n")
    assert read_parts([path]) == read_document(path)


def test_all_that_readers_tell_is_kept() -> None:
    place = Place(3, 4, (1.0, 2.0, 3.0, 4.0))
    blocks = (
        Paragraph((TextLine("甲", place, 0.5),)),
        Grid((GridRow(("乙", ""), place, (0.5, 1.0)),), (Span(0, 0, 1, 2),)),
    )
    joined = read_parts([Path("a"), Path("b")], lambda path: Document(path.name, "x/y", path.name, blocks))
    there = place._replace(part=1)
    assert joined.blocks == (
        *blocks,
        Paragraph((TextLine("甲", there, 0.5),)),
        Grid((GridRow(("乙", ""), there, (0.5, 1.0)),), (Span(0, 0, 1, 2),)),
    )


def test_what_is_wrong_with_every_file_is_told() -> None:
    def fail(path: Path) -> Document:
        raise BadInput(Problem("source-empty", "error", "空", "empty", file=str(path)))

    with pytest.raises(BadInput) as raised:
        read_parts([Path("a"), Path("b")], fail)
    assert [problem.file for problem in raised.value.problems] == ["a", "b"]


# --- source.toml ------------------------------------------------------------------------------------------------------------


def describe(folder: Path, notes: str) -> Path:
    write(folder / "a.txt", "甲")
    write(folder / "b.txt", "乙")
    write(folder / "source.toml", notes)
    return folder


def test_notes_name_several_files(tmp_path: Path) -> None:
    sums = [hashlib.sha256(text.encode()).hexdigest() for text in "甲乙"]
    describe(tmp_path, f'[source]\nfile = ["a.txt", "b.txt"]\nsha256 = ["{sums[0]}", "{sums[1]}"]\n')
    for path in (tmp_path, tmp_path / "a.txt", tmp_path / "b.txt"):
        (found,) = find_sources([path])
        assert found.paths == (tmp_path / "a.txt", tmp_path / "b.txt")


@pytest.mark.parametrize(
    ("notes", "code", "place"),
    [
        ('file = ["a.txt", "c.txt"]', "source-missing", ""),
        (f'file = ["a.txt", "b.txt"]\nsha256 = "{"0" * 64}"', "notes-value", "[source] sha256"),
        ('file = ["a.txt", "a.txt"]', "notes-value", "[source] file"),
        ("file = []", "notes-value", "[source] file"),
        ('file = ["a.txt", 1]', "notes-value", "[source] file"),
        ('file = ["a.txt", ["b.txt"]]', "notes-value", "[source] file"),
    ],
)
def test_what_is_wrong_with_several_files(tmp_path: Path, notes: str, code: str, place: str) -> None:
    with pytest.raises(BadInput) as raised:
        find_sources([describe(tmp_path, f"[source]\n{notes}\n")])
    assert [(problem.code, problem.place) for problem in raised.value.problems] == [(code, place)]


def test_every_file_that_is_another_is_named(tmp_path: Path) -> None:
    describe(tmp_path, f'[source]\nfile = ["a.txt", "b.txt"]\nsha256 = ["{"0" * 64}", "{"1" * 64}"]\n')
    with pytest.raises(BadInput) as raised:
        find_sources([tmp_path])
    assert [problem.code for problem in raised.value.problems] == ["source-checksum"] * 2
    assert [problem.en[:5] for problem in raised.value.problems] == ["a.txt", "b.txt"]
