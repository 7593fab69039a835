"""The scripts and styles of the query page, ours and others', and data as classic scripts.

A page that is opened as a file may neither fetch nor import modules, but it may load classic scripts. So every file
that the page needs as bytes exists as a script, too, that puts it in base64 into one global table.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

from budgetlod.core.resources import resource
from budgetlod.publish.packing import gzip_bytes

VOCABULARY = "vocabulary.ttl"
"""The name of the ontology and its code lists in the table of files."""
_OWN = Path(__file__).with_name("assets")
_VENDORED = Path(__file__).parent.parent / "assets" / "vendor"


def packed_script(name: str, packed: bytes) -> bytes:
    """Return a classic script that puts gzip-compressed bytes under ``name`` into the table of files."""
    head = f"(self.budgetlodFiles ||= {{}})[{json.dumps(name)}] ="
    return b'%s "%s";\n' % (head.encode(), base64.b64encode(packed))


def script_path(folder: str) -> str:
    """Return where in the publication the data of a disclosure stand as a script."""
    return f"query/data/{folder.removeprefix('dataset/').replace('/', '.')}.js"


def data_script(folder: str, packed: bytes) -> tuple[str, bytes]:
    """Return path and content of the script with a disclosure's compressed N-Triples."""
    return script_path(folder), packed_script(folder, packed)


def vocabulary_script() -> tuple[str, bytes]:
    """Return path and content of the script with the ontology: what ``budgetlod query`` and the endpoint load, too.

    Turtle files one after another are Turtle, since none of ours names blank nodes or sets a base.
    """
    files = sorted(resource("ontology").rglob("*.ttl"))
    return "query/data/vocabulary.js", packed_script(
        VOCABULARY, gzip_bytes(b"\n".join(path.read_bytes() for path in files))
    )


def asset_files() -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every script and style of the page, once for a publication."""
    for path in sorted(_OWN.iterdir()):
        yield f"assets/{path.name}", path.read_bytes()
    for path in sorted(_VENDORED.iterdir()):
        yield f"assets/vendor/{path.name}", path.read_bytes()
