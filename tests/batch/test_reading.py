"""Documents read in workers: what one of them does is its own affair."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from budgetlod.batch.reading import Read, Record, read_all, read_records
from budgetlod.bounded import Refused
from budgetlod.interpret.coverage import reading
from budgetlod.model.disclosure import Disclosure
from budgetlod.read.limits import DEFAULTS, Limits
from budgetlod.read.sources import source_paths
from tests.conftest import EXAMPLE

MEGABYTE = 1_000_000
STRICT = Limits(seconds=4.0, memory=400 * MEGABYTE)


def reader(path: Path) -> list[Record] | Refused:
    """A reader that does what the content of a document says."""
    match path.read_text(encoding="utf-8"):
        case "sleep":
            time.sleep(60)
        case "allocate":
            bytearray(900 * MEGABYTE)
        case "crash":
            os._exit(11)
        case "raise":
            raise KeyError("a fault of ours")
        case _:
            return read_records(path, STRICT)
    return []


def results(*paths: Path, limits: Limits = STRICT, jobs: int = 2) -> list[Read]:
    done = dict(read_all(paths, limits, jobs, reader))
    return [done[index] for index in range(len(paths))]


def document(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("what", "code", "words"),
    [
        ("sleep", "source-too-slow", "within 4 seconds"),
        ("allocate", "source-too-large", "memory (bytes) may be 400,000,000 at most"),
        ("crash", "source-crashed", "exit code 11"),
        ("raise", "source-failed", "KeyError: 'a fault of ours'"),
        ("会议通知", "not-a-disclosure", "no budget statement"),
        ("", "source-empty", "no content"),
    ],
)
def test_a_bad_document_is_reported_and_the_others_are_read(tmp_path: Path, what: str, code: str, words: str) -> None:
    bad = document(tmp_path / "bad.txt", what)
    first, refused, last = results(EXAMPLE / "source.txt", bad, EXAMPLE / "source.txt", jobs=1)
    assert [problem.code for problem in refused.problems] == [code]
    assert words in refused.problems[0].en
    assert refused.problems[0].file == str(bad)
    assert refused.problems[0].zh != refused.problems[0].en
    assert refused.records == ()
    assert (refused.trace != "") == (what == "raise")
    for good in (first, last):
        assert good.problems == ()
        assert good.records[0]["coverage"]["mapped"] == 398


def test_the_record_is_the_one_that_is_read_here(example: Disclosure) -> None:
    ((_, found),) = read_all([EXAMPLE])
    assert found.records == (reading(example),)
    assert found.path == EXAMPLE
    assert 0 < found.seconds < DEFAULTS.seconds
    assert 10 < found.megabytes < 500


def test_the_limits_of_documents_hold_in_the_workers(tmp_path: Path) -> None:
    size = (EXAMPLE / "source.txt").stat().st_size
    (_, found) = next(iter(read_all([EXAMPLE], Limits(file_size=size - 1))))
    assert [problem.code for problem in found.problems] == ["source-too-large"]


def test_a_folder_with_damaged_notes_among_good_ones(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        document(tmp_path / name / "source.txt", (EXAMPLE / "source.txt").read_text(encoding="utf-8"))
        document(tmp_path / name / "source.toml", "[sauce]\n" if name == "a" else '[disclosure]\narea = "110000"\n')
    paths = source_paths([tmp_path])
    done = dict(read_all(paths))
    assert [problem.code for problem in done[0].problems] == ["notes-unknown"]
    assert done[1].records[0]["disclosure"]["area"] == "110000"


def test_many_more_documents_than_workers(tmp_path: Path) -> None:
    paths = [document(tmp_path / f"{number:02}.txt", "crash" if number % 3 else "") for number in range(12)]
    found = results(*paths)
    assert [result.path for result in found] == paths
    assert [result.problems[0].code for result in found] == ["source-empty", "source-crashed", "source-crashed"] * 4
