"""A publication appears whole or not at all, and never takes the place of something else."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from budgetlod.model.problem import BadInput
from budgetlod.publish import swap
from budgetlod.publish.folder import FolderWriter, new_publication
from budgetlod.publish.manifest import read_manifest
from budgetlod.publish.packing import gzip_bytes


def write(destination: Path, **files: bytes) -> None:
    with new_publication(destination) as writer:
        for name, content in files.items():
            writer.write(f"sub/{name}", content)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_one_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    write(tmp_path / "deep/public", a=b"1", b=b"2")
    write(tmp_path / "deep/public", a=b"3")
    assert set(contents(tmp_path / "deep/public")) == {"sub/a", "manifest.json"}
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["public"]


def test_a_failure_leaves_the_old_one(tmp_path: Path) -> None:
    write(tmp_path / "public", a=b"1")
    before = contents(tmp_path)
    with pytest.raises(TypeError):
        write(tmp_path / "public", a=b"2", b=None)  # type: ignore[arg-type]
    assert contents(tmp_path) == before


def test_a_failure_of_the_swap_brings_the_old_one_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "public", a=b"1")
    before = contents(tmp_path)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            raise OSError("no space left")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    monkeypatch.setattr(swap, "exchange", lambda one, other: False)  # a system that cannot exchange names
    with pytest.raises(OSError, match="no space"):
        write(tmp_path / "public", a=b"2")
    assert contents(tmp_path) == before


@pytest.mark.parametrize("manifest", [None, b"{}", b"not json", b'{"tool": "budgetlod", "files": [{}]}', b"\xff"])
def test_a_folder_of_something_else_is_refused(tmp_path: Path, manifest: bytes | None) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public/holiday.jpg").write_bytes(b"precious")
    if manifest is not None:
        (tmp_path / "public/manifest.json").write_bytes(manifest)
    with pytest.raises(BadInput, match="nothing was changed"):
        write(tmp_path / "public", a=b"1")
    assert (tmp_path / "public/holiday.jpg").read_bytes() == b"precious"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("a file")
    with pytest.raises(BadInput, match="is not a folder"):
        write(tmp_path / "public", a=b"1")
    with pytest.raises(BadInput, match="cannot be"):
        write(tmp_path / "public/below", a=b"1")


def test_an_empty_folder_and_a_link_to_one_are_taken(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link", a=b"1")
    assert (tmp_path / "link").is_symlink()
    assert set(contents(tmp_path / "real")) == {"sub/a", "manifest.json"}


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", ""])
def test_no_file_outside_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside"), new_publication(tmp_path / "public") as writer:
        writer.write(path, b"")
    assert list(tmp_path.iterdir()) == []


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with new_publication(tmp_path / "public") as writer:
        writer.write("a", b"1")
        with pytest.raises(FileExistsError):
            writer.write("a", b"2")


def test_gzip_says_nothing_of_its_making() -> None:
    packed = gzip_bytes(b"budget" * 99)
    assert gzip.decompress(packed) == b"budget" * 99
    assert packed[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def test_the_manifest_comes_back(tmp_path: Path) -> None:
    with new_publication(tmp_path / "public") as writer:
        written = [writer.write("b.ttl", b""), writer.write_packed("a.nt.gz", b"content")]
    content = (tmp_path / "public/manifest.json").read_bytes()
    assert list(read_manifest(content).values()) == written[::-1]
    assert json.loads(content)["tool"] == "budgetlod"


def test_a_stream_is_written_and_recorded_as_the_whole_would_be(tmp_path: Path) -> None:
    content = "收支总表\n".encode() * 5000
    pieces = [content[start : start + 777] for start in range(0, len(content), 777)]
    whole, streamed = FolderWriter(tmp_path / "whole"), FolderWriter(tmp_path / "streamed")
    whole.write("a.csv", content)
    whole.write_packed("a.nq.gz", content)
    streamed.write_stream("a.csv", pieces)
    streamed.write_stream("a.nq.gz", pieces)
    assert streamed.records[0] == whole.records[0]
    packed = streamed.place("a.nq.gz").read_bytes()
    assert gzip.decompress(packed) == content
    record = streamed.records[1]
    assert (record.size, record.sha256) == (len(packed), hashlib.sha256(packed).hexdigest())
    assert (record.content_size, record.content_sha256) == (len(content), whole.records[1].content_sha256)


def test_an_empty_stream_is_an_empty_file(tmp_path: Path) -> None:
    writer = FolderWriter(tmp_path)
    writer.write_stream("a.gz", [])
    assert gzip.decompress(writer.place("a.gz").read_bytes()) == b""
