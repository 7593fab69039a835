"""A published folder in an in-memory store: one graph per disclosure, one for the vocabulary."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

from budgetlod.model.problem import BadInput, Problem
from budgetlod.rdf.formats import VOCABULARY_GRAPH

_QUADS = "all.nq.gz"


def open_publication(folder: Path) -> Store:
    """Return a store with the data and the ontology of a published folder.

    Numbers keep their value, not their trailing zeros (the store's own form). Raises :class:`BadInput` when
    ``folder`` is no publication or one of its files cannot be read.
    """
    quads = folder / _QUADS
    if not quads.is_file():
        raise _problem(folder, "不是已发布的文件夹：缺少 all.nq.gz", "is no published folder: all.nq.gz is missing")
    store = Store()
    _load(store, quads, gzip_packed=True)
    for path in sorted((folder / "ontology").rglob("*.ttl")):
        _load(store, path)
    return store


def _load(store: Store, path: Path, *, gzip_packed: bool = False) -> None:
    try:
        content = gzip.decompress(path.read_bytes()) if gzip_packed else path.read_bytes()
        if gzip_packed:
            store.bulk_load(content, RdfFormat.N_QUADS, lenient=True)
        else:
            store.bulk_load(content, RdfFormat.TURTLE, to_graph=NamedNode(VOCABULARY_GRAPH))
    except (OSError, EOFError, zlib.error, SyntaxError, ValueError) as problem:
        raise _problem(path, f"无法读取：{problem}", f"cannot be read: {problem}") from problem


def _problem(path: Path, zh: str, en: str) -> BadInput:
    return BadInput(
        Problem(
            code="no-publication",
            severity="error",
            zh=zh,
            en=en,
            hint_zh="请先运行 budgetlod build，或用 --in 指定发布文件夹",
            hint_en="run budgetlod build first, or name the published folder",
            file=str(path),
        )
    )
