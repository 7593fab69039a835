"""Builds that are killed: run as a program, it forks builders, kills each after a random while, and looks at what is there.

``python -m tests.publish.killed FOLDER SEED KILLS`` prints for each kill ``old`` or ``new`` and exits with 0, or with 1 at the
first publication that is neither.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sys
import time
from pathlib import Path

from budgetlod.publish.publication import PublicationSettings, publish
from tests.publish.small import small_item


def build(destination: Path, number: int) -> None:
    """Publish an edition that names its number and nothing else differs."""
    publish([small_item(title_en=f"Edition {number}")], destination, PublicationSettings())


def digest(folder: Path) -> str:
    """Return the checksum of all files under a folder."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return total.hexdigest()


def kill_one(destination: Path, number: int, after: float) -> None:
    """Fork a builder and kill it after so many seconds; a crash of its own would be an error too."""
    child = os.fork()
    if child == 0:
        build(destination, number)
        os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def main() -> int:
    """Kill builders at random moments; each time the old edition or the new one must be there, whole."""
    home, kills = Path(sys.argv[1]), int(sys.argv[3])
    moments = random.Random(int(sys.argv[2]))
    destination = home / "public"
    build(destination, 0)
    begun = time.monotonic()
    build(home / "timed", 1)
    longest = 1.2 * (time.monotonic() - begun)
    editions = {}
    for number in range(kills + 1):
        build(home / "wanted", number)
        editions[digest(home / "wanted")] = number
    last = 0
    for number in range(1, kills + 1):
        kill_one(destination, number, moments.uniform(0, longest))
        found = editions.get(digest(destination))
        if found not in (last, number):
            sys.stdout.write(f"kill {number}: neither edition {last} nor {number}\n")
            return 1
        sys.stdout.write("new\n" if found == number else "old\n")
        last = found
    build(destination, 0)
    left = [path.name for path in home.iterdir() if path.name.startswith(".public")]
    sys.stdout.write(f"left over: {left}\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
