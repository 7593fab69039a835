"""A build that is killed at any moment leaves the last good publication, and the next build tidies up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from budgetlod.publish import swap
from budgetlod.publish.folder import new_publication
from tests.sampling import FULL

ROOT = Path(__file__).parents[2]
SEED = 20240207
KILLS = 60 if FULL else 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_killed_at_random_moments(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.publish.killed", str(tmp_path), str(SEED), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.split()[:KILLS].count("old") >= 1, done.stdout


def test_killed_between_two_renames(tmp_path: Path) -> None:
    """Where names cannot be exchanged, there is a moment without a folder; the next build puts the old one back."""
    with new_publication(tmp_path / "public") as writer:
        writer.write("a", b"old")
    (tmp_path / "public").rename(tmp_path / ".public.123-0.old")
    (tmp_path / ".public.123-0.new").mkdir()
    (tmp_path / ".public.holiday.new").mkdir()
    swap.tidy(tmp_path / "public")
    assert (tmp_path / "public/a").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".public.holiday.new", "public"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges names")
def test_names_are_exchanged_at_one_stroke(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_text(name)
    if not swap.exchange(tmp_path / "one", tmp_path / "two"):
        pytest.skip("this file system cannot exchange names")
    assert (tmp_path / "one/two").read_text() == "two"
    with pytest.raises(OSError, match="No such file"):
        swap.exchange(tmp_path / "one", tmp_path / "absent")
