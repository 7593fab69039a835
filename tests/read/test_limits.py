"""Limits: what breaks one is refused with its name, the option that raises it, and nothing else is."""

from __future__ import annotations

import zipfile
from dataclasses import fields
from pathlib import Path

import pytest

from budgetlod.model.document import Document, Grid, GridRow, Paragraph, Place, TextLine
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.limits import (
    DEFAULTS,
    Limits,
    check_document,
    check_file,
    check_limit,
    check_members,
    limited,
    limits_in_force,
    too_large,
    too_slow,
)
from budgetlod.read.registry import read_document


def refused(limits: Limits, path: Path) -> Problem:
    with limited(limits), pytest.raises(BadInput) as error:
        read_document(path)
    (problem,) = error.value.problems
    return problem


def text(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_limits_hold_inside_and_not_after() -> None:
    assert limits_in_force() == DEFAULTS
    with limited(Limits(pages=3)):
        assert limits_in_force().pages == 3
        with limited(Limits(pages=4)):
            assert limits_in_force().pages == 4
        assert limits_in_force().pages == 3
    assert limits_in_force() == DEFAULTS


@pytest.mark.parametrize("name", [entry.name for entry in fields(Limits)])
def test_a_limit_is_positive_and_has_words(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        Limits(**{name: 0})
    problem = too_large(name, "x.pdf", 5)
    assert problem.code == "source-too-large"
    assert "5" in problem.zh
    assert f"{getattr(DEFAULTS, name):,}" in problem.en


def test_a_file_at_its_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = text(tmp_path / "x.txt", "0123456789")
    with limited(Limits(file_size=10)):
        check_file(path)
        assert read_document(path).file == str(path)
    problem = refused(Limits(file_size=9), path)
    assert (problem.code, problem.file) == ("source-too-large", str(path))
    assert "9 at most, it is 10" in problem.en
    assert "最多 9，实为 10" in problem.zh


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    """The size is asked for first: what is no text at all is refused for its size."""
    path = tmp_path / "x.txt"
    path.write_bytes(b"\x00" * 100)
    assert refused(Limits(file_size=99), path).code == "source-too-large"


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(characters=11), "characters may be 11 at most, it is 12"),
        (Limits(cells=5), "cells may be 5 at most, it is 6"),
    ],
)
def test_characters_and_cells_are_counted_over_all_blocks(limits: Limits, words: str) -> None:
    line = TextLine("四个汉字", Place(line=1))
    rows = (GridRow(("ab", "", "cd"), Place(line=2)), GridRow(("", "efgh", ""), Place(line=3)))
    document = Document("x", "text/plain", "", (Paragraph((line,)), Grid(rows)))
    with limited(Limits(characters=12, cells=6)):
        check_document(document)
    with limited(limits), pytest.raises(BadInput, match=words):
        check_document(document)


def archive(path: Path, *members: tuple[str, bytes]) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
    with zipfile.ZipFile(path) as file:
        return file.infolist()


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    members = archive(tmp_path / "x.zip", ("a", b"a" * 600), ("b", b"b" * 600))
    with limited(Limits(unpacked_size=1200)):
        check_members("x.zip", members)
    with limited(Limits(unpacked_size=1199)), pytest.raises(BadInput, match="1,199 at most, it is 1,200"):
        check_members("x.zip", members)


def test_a_bomb_is_refused_by_its_ratio_and_named(tmp_path: Path) -> None:
    members = archive(tmp_path / "x.zip", ("sheet.xml", b"\x00" * 20_000_000))
    with pytest.raises(BadInput) as error:
        check_members("x.zip", members)
    (problem,) = error.value.problems
    assert problem.place == "sheet.xml"
    assert "200 at most" in problem.en


def test_a_small_member_may_be_packed_tightly(tmp_path: Path) -> None:
    check_members("x.zip", archive(tmp_path / "x.zip", ("sheet.xml", b"\x00" * 1_000_000)))


def test_the_hint_names_the_option() -> None:
    with limited(Limits(pages=10)), pytest.raises(BadInput) as error:
        check_limit("pages", 11, "x.pdf")
    assert "--max-pages" in error.value.problems[0].hint_zh
    assert "--max-pages" in error.value.problems[0].hint_en
    assert "--max-seconds" in too_slow("x.pdf").hint_en
    assert "--max-memory" in too_large("memory", "x.pdf").hint_en


def test_too_slow_says_after_how_long() -> None:
    with limited(Limits(seconds=2.5)):
        problem = too_slow("x.pdf")
    assert problem.code == "source-too-slow"
    assert "2.5 秒" in problem.zh
    assert "2.5 seconds" in problem.en
