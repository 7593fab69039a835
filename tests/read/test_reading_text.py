"""Reading text into grids and paragraphs, and finding the sources to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgetlod.model.document import Document, Grid, Paragraph, Place
from budgetlod.model.problem import BadInput
from budgetlod.model.publisher import SourceNotes
from budgetlod.read.registry import read_document
from budgetlod.read.sources import find_sources

words = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6)
row = st.lists(words, min_size=2, max_size=5).map("\t".join)
block = st.one_of(st.lists(row, min_size=1, max_size=4), words.map(lambda w: [w]))


def _read(path: Path, text: str) -> Document:
    path.write_bytes(text.encode())
    return read_document(path)


def _printed(document: Document) -> dict[int, str]:
    """Return what a document prints, by line."""
    lines: dict[int, str] = {}
    for found in document.blocks:
        if isinstance(found, Grid):
            lines |= {r.place.line: "\t".join(r.cells) for r in found.rows}
        else:
            lines |= {line.place.line: line.text for line in found.lines}
    return lines


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks=st.lists(block, min_size=1, max_size=6), newline=st.sampled_from(["\n", "\r\n", "\r"]), bom=st.booleans())
def test_every_line_is_read_with_its_number(blocks: list[list[str]], newline: str, bom: bool, tmp_path: Path) -> None:
    lines = [line for rows in blocks for line in (*rows, "")]
    text = ("\ufeff" if bom else "") + newline.join(lines)
    document = _read(tmp_path / "x.txt", text)
    assert _printed(document) == {n: line for n, line in enumerate(lines, 1) if line}
    assert len(document.blocks) == len(blocks)


def test_rows_and_prose_are_told_apart(tmp_path: Path) -> None:
    document = _read(tmp_path / "x.txt", "标题\n甲\t 1 \n\t2\n注：无\n1、一\n2、二\n")
    title, grid, note, first, second = document.blocks
    assert isinstance(title, Paragraph)
    assert isinstance(grid, Grid)
    assert [r.cells for r in grid.rows] == [("甲", "1"), ("", "2")]
    assert [p.text for p in document.paragraphs()] == ["标题", "注：无", "1、一", "2、二"]
    assert [b.place for b in (note, first, second)] == [Place(line=4), Place(line=5), Place(line=6)]
    assert document.name == "x.txt"
    assert document.file == str(tmp_path / "x.txt")
    assert len(document.sha256) == 64


def test_a_suffix_in_capitals_is_a_suffix(tmp_path: Path) -> None:
    assert _read(tmp_path / "X.TXT", "甲").name == "X.TXT"


# --- sources ----------------------------------------------------------------------------------------------------------------


def _source(folder: Path, notes: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "source.toml").write_text(notes, encoding="utf-8")
    (folder / "source.txt").write_text("甲", encoding="utf-8")
    return folder


def test_a_source_is_a_file_a_folder_its_notes_or_a_folder_of_folders(tmp_path: Path) -> None:
    one = _source(tmp_path / "all" / "one", '[disclosure]\narea = "999900"\nfiscal_year = 2031\n')
    two = _source(tmp_path / "all" / "two", '[publisher]\nname = "某局"\n')
    notes = SourceNotes(area="999900", fiscal_year=2031)
    for path in (one, one / "source.toml", one / "source.txt"):
        (found,) = find_sources([path])
        assert (found.path, found.notes) == (one / "source.txt", notes)
    assert [f.path for f in find_sources([tmp_path / "all"])] == [one / "source.txt", two / "source.txt"]
    assert find_sources([two])[0].notes.publisher == "某局"


def test_a_file_that_the_notes_beside_it_do_not_describe_stands_alone(tmp_path: Path) -> None:
    folder = _source(tmp_path / "one", '[disclosure]\narea = "999900"\n')
    (folder / "other.txt").write_text("乙", encoding="utf-8")
    assert find_sources([folder / "other.txt"])[0].notes == SourceNotes()


def test_every_problem_of_every_source_is_reported(tmp_path: Path) -> None:
    bad = _source(tmp_path / "bad", '[disclosure]\narea = "x"\nyear = 1\n[more]\na = 1\n')
    with pytest.raises(BadInput) as raised:
        find_sources([bad, tmp_path / "gone"])
    assert [p.code for p in raised.value.problems] == [
        "notes-value",
        "notes-unknown",
        "notes-unknown",
        "source-missing",
    ]
    assert [p.place for p in raised.value.problems] == ["[disclosure] area", "[disclosure] year", "[more]", ""]
