"""Environments of software by others that reads what we publish, each apart because it pins old versions.

``python tests/clients/environments.py`` makes one for every ``tests/clients/*.txt`` under ``.clients/`` of the checkout,
and ``.clients/node`` from ``tests/clients/package-lock.json`` where npm is installed.
One that is there and was made from the same file is kept. Tests that need an absent one skip and name the command.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[1] / ".clients"
COMMAND = "make clients"
_STAMP = "made-from.sha256"
_NODE, _LOCK = "node", "package-lock.json"


def python_of(name: str) -> Path | None:
    """Return the interpreter of an environment, or ``None`` when it is absent or was made from other pins."""
    stamp, python = HOME / name / _STAMP, _interpreter(name)
    current = stamp.is_file() and stamp.read_text(encoding="ascii") == _sha256(name)
    return python if current and python.is_file() else None


def make(name: str) -> None:
    """Make an environment anew; raises ``subprocess.CalledProcessError`` when its packages cannot be installed."""
    shutil.rmtree(HOME / name, ignore_errors=True)
    venv.create(HOME / name, with_pip=True)
    options = ["--disable-pip-version-check", "-q", "install", "--no-deps", "--prefer-binary"]
    subprocess.run([_interpreter(name), "-m", "pip", *options, "-r", HERE / f"{name}.txt"], check=True)
    (HOME / name / _STAMP).write_text(_sha256(name), encoding="ascii")


def node_home() -> Path | None:
    """Return the folder with ``node_modules``, or ``None`` when it is absent, made from another lock, or node is."""
    stamp = HOME / _NODE / _STAMP
    current = stamp.is_file() and stamp.read_text(encoding="ascii") == _sha256_of(HERE / _LOCK)
    return HOME / _NODE if current and shutil.which("node") else None


def make_node() -> None:
    """Install the packages of the lock; raises ``subprocess.CalledProcessError`` when they cannot be installed."""
    home = HOME / _NODE
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    for name in ("package.json", _LOCK):
        shutil.copy(HERE / name, home)
    npm = shutil.which("npm")
    assert npm  # the caller has looked
    subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], check=True, cwd=home)
    (home / _STAMP).write_text(_sha256_of(HERE / _LOCK), encoding="ascii")


def _interpreter(name: str) -> Path:
    return HOME / name / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _sha256(name: str) -> str:
    return _sha256_of(HERE / f"{name}.txt")


def _sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_all() -> list[str]:
    """Make what is absent and can be made here, and return the names of those that could not be installed."""
    absent = [pins.stem for pins in sorted(HERE.glob("*.txt")) if python_of(pins.stem) is None]
    wanted: dict[str, Callable[[], None]] = {name: partial(make, name) for name in absent}
    if node_home() is None and shutil.which("npm"):
        wanted[_NODE] = make_node
    failed = []
    for name, install in wanted.items():
        try:
            install()
        except subprocess.CalledProcessError:
            failed.append(name)
    return failed


if __name__ == "__main__" and (missing := make_all()):
    sys.exit(f"{', '.join(missing)}: the packages could not be installed")
