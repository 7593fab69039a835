"""A full disk is an error that says so; what was published is not touched. Tried on a small file system in memory."""

from __future__ import annotations

import errno
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetlod.cli.main import BAD_INPUT, run
from budgetlod.model.problem import BadInput
from budgetlod.publish.folder import FolderWriter, new_publication
from budgetlod.publish.publication import PublicationSettings, publish
from tests.conftest import EXAMPLE
from tests.publish.small import small_item


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    mount, umount = shutil.which("mount"), shutil.which("umount")
    disk = tmp_path / "disk"
    disk.mkdir()
    if not mount or not umount:
        pytest.skip("there is no mount command")
    mounted = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted without the rights of the administrator")
    yield disk
    subprocess.run([umount, str(disk)], check=True)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_full_disk_loses_nothing(small_disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    public = small_disk / "public"
    publish([small_item()], public, PublicationSettings())
    before = contents(small_disk)
    large = small_item(source_bytes=bytes(6_000_000))
    with pytest.raises(BadInput, match="the disk is full"):
        publish([large], public, PublicationSettings())
    assert contents(small_disk) == before
    assert run(["build", str(EXAMPLE), "-o", str(small_disk / "other"), "--no-validate"]) == BAD_INPUT
    assert "磁盘空间不足" in capsys.readouterr().err
    assert contents(small_disk) == before


def test_a_disk_that_fills_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same without a disk: the system refuses the third file."""
    publish([small_item()], tmp_path / "public", PublicationSettings())
    before = contents(tmp_path)
    put, left = FolderWriter._put, iter([True, True])

    def filling(self: FolderWriter, path: str, content: bytes) -> None:
        if not next(left, False):
            raise OSError(errno.ENOSPC, "No space left on device", path)
        put(self, path, content)

    monkeypatch.setattr(FolderWriter, "_put", filling)
    with pytest.raises(BadInput, match="the disk is full"):
        publish([small_item(title_en="New")], tmp_path / "public", PublicationSettings())
    assert contents(tmp_path) == before


def test_another_fault_is_no_full_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="broken"), new_publication(tmp_path / "public"):
        raise OSError(errno.EIO, "broken")
    assert list(tmp_path.iterdir()) == []
