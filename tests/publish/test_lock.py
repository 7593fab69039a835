"""Two builds at once: the second says so. A lock of a process that died holds nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from budgetlod.cli.main import BAD_INPUT, run
from budgetlod.model.problem import BadInput
from budgetlod.publish.folder import new_publication
from budgetlod.publish.lock import locked

HOLD = (
    "import sys, time; from pathlib import Path; from budgetlod.publish.lock import locked\n"
    "with locked(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(60)"
)


def test_the_second_build_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    destination = tmp_path / "public"
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(destination)], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(BadInput, match="another build is writing"), new_publication(destination):
            pass
        assert not destination.exists()
        assert run(["build", "data", "-o", str(destination), "--no-validate"]) == BAD_INPUT
        assert "另一个发布正在写入" in capsys.readouterr().err
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert (tmp_path / ".public.lock").exists()
        with new_publication(destination) as writer:
            writer.write("a", b"1")
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_lock_is_given_back_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path / "public"):
        _ = 1 / 0
    with locked(tmp_path / "public"):
        pass
    assert list(tmp_path.iterdir()) == []
