"""Folders of documents: what is a source in them, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlod.model.problem import BadInput
from budgetlod.read.folders import documents_under
from budgetlod.read.sources import find_sources, source_paths

READABLE = {".pdf", ".txt", ".md", ".csv", ".xlsx", ".png", "datapackage.json"}


def folder(home: Path, *names: str, data: bytes = b"x") -> Path:
    for name in names:
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return home


def found(home: Path) -> list[str]:
    return [path.relative_to(home).as_posix() for path in documents_under(home, READABLE)]


def test_documents_are_found_at_any_depth_in_order(tmp_path: Path) -> None:
    folder(tmp_path, "b.pdf", "a/2026/x.PDF", "a/2025/y.xlsx", "c/d/e/f.txt")
    assert found(tmp_path) == ["a/2025/y.xlsx", "a/2026/x.PDF", "b.pdf", "c/d/e/f.txt"]


def test_a_folder_with_notes_is_one_source(tmp_path: Path) -> None:
    folder(tmp_path, "a/source.toml", "a/source.txt", "a/original.pdf", "a/more/other.pdf", "b/x.pdf")
    assert found(tmp_path) == ["a", "b/x.pdf"]


def test_a_format_that_no_reader_takes_is_not_passed_over(tmp_path: Path) -> None:
    folder(tmp_path, "a.doc", "b.pdf", "c.wps")
    assert found(tmp_path) == ["a.doc", "b.pdf", "c.wps"]


def test_lists_notes_and_pictures_are_no_documents_beside_documents(tmp_path: Path) -> None:
    folder(tmp_path, "index.csv", "README.md", "logo.png", "a/x.pdf")
    assert found(tmp_path) == ["a/x.pdf"]


def test_but_they_are_where_nothing_else_is(tmp_path: Path) -> None:
    folder(tmp_path, "table-1.csv", "a/page-1.png")
    assert found(tmp_path) == ["a/page-1.png", "table-1.csv"]


def test_a_table_package_is_one_document(tmp_path: Path) -> None:
    folder(tmp_path, "p/datapackage.json", "p/table-1.csv", "p/table-2.csv", "other.json")
    assert found(tmp_path) == ["p/datapackage.json"]


def test_hidden_files_and_publications_are_passed_over(tmp_path: Path) -> None:
    folder(tmp_path, ".git/x.pdf", ".x.pdf", "~$x.xlsx", "public/manifest.json", "public/dataset/a/source.pdf", "x.pdf")
    assert found(tmp_path) == ["x.pdf"]


def test_a_file_without_a_known_extension_is_taken_by_its_content(tmp_path: Path) -> None:
    folder(tmp_path, "download", "report.aspx", data=b"%PDF-1.7\n")
    folder(tmp_path, "notes", "setup.exe", data=b"nothing known")
    assert found(tmp_path) == ["download", "report.aspx"]


def test_a_link_in_a_circle_ends(tmp_path: Path) -> None:
    folder(tmp_path, "a/x.pdf")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "broken").symlink_to(tmp_path / "nowhere")
    assert found(tmp_path) == ["a/x.pdf"]


def test_paths_of_sources(tmp_path: Path) -> None:
    folder(tmp_path, "a/source.toml", "a/source.txt", "b/x.txt", "c/readme.bin")
    wanted = [tmp_path / "a", tmp_path / "b" / "x.txt"]
    assert source_paths([tmp_path]) == wanted
    assert source_paths([tmp_path / "a", tmp_path, tmp_path / "b" / "x.txt"]) == wanted
    # What is wrong with these, find_sources says.
    assert source_paths([tmp_path / "c", tmp_path / "gone"]) == [tmp_path / "c", tmp_path / "gone"]


def test_sources_of_a_mixed_folder(tmp_path: Path) -> None:
    folder(tmp_path, "a/source.txt", "b/x.txt")
    (tmp_path / "a" / "source.toml").write_text('[publisher]\nname = "某局"\n', encoding="utf-8")
    sources = find_sources([tmp_path])
    assert [source.path for source in sources] == [tmp_path / "a" / "source.txt", tmp_path / "b" / "x.txt"]
    assert [source.notes.publisher for source in sources] == ["某局", ""]


def test_all_that_is_wrong_in_a_folder_is_told_at_once(tmp_path: Path) -> None:
    folder(tmp_path, "a/source.toml", "b/source.toml", "c/x.txt", data=b"[sauce]\n")
    with pytest.raises(BadInput) as error:
        find_sources([tmp_path])
    assert [Path(problem.file).parent.name for problem in error.value.problems] == ["a", "b"]
