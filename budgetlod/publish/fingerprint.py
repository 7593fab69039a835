"""What a disclosure's folder was made from, as one checksum: equal fingerprints, equal files.

It covers the source (names and bytes), what its publisher says of it, the settings, how it was validated, and the
installation: every file of the package, the ontology and the shapes, and the versions of the libraries that it runs with.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from budgetlod.core.resources import resource
from budgetlod.publish.settings import PublicationSettings

_PACKAGE = Path(__file__).resolve().parents[1]
_PARTS = ("ontology", "shapes")
_LIBRARIES = (
    "pyoxigraph",
    "jinja2",
    "rdflib",
    "pyshacl",
    "pypdfium2",
    "lxml",
    "python-calamine",
    "olefile",
    "xlsxwriter",
)


def fingerprint(
    files: Sequence[Path], notes: object, settings: PublicationSettings, validation: Iterable[str] = ()
) -> str:
    """Return the fingerprint of a disclosure that is made from ``files``.

    ``notes`` is what its publisher says of it (its ``repr`` counts), ``validation`` how it is validated. Raises ``OSError``.
    """
    said = [installation(), repr(settings), repr(notes), *validation]
    for path in files:
        said += [path.name, hashlib.sha256(path.read_bytes()).hexdigest()]
    return _digest(text.encode() for text in said)


@cache
def installation() -> str:
    """Return the checksum of this installation; it does not depend on where it is."""
    return _digest(_installed())


def _installed() -> Iterator[bytes]:
    yield ".".join(map(str, sys.version_info[:2])).encode()
    for name in _LIBRARIES:
        yield f"{name} {_version(name)}".encode()
    for home in (_PACKAGE, *map(resource, _PARTS)):
        for path in sorted(home.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and "_files" not in path.parts[len(home.parts) :]:
                yield f"{home.name}/{path.relative_to(home).as_posix()}".encode()
                yield path.read_bytes()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _digest(parts: Iterable[bytes]) -> str:
    """Return the sha256 of parts; their lengths keep them apart."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)}:".encode())
        digest.update(part)
    return digest.hexdigest()
