"""One disclosure in several files, such as tables and notes: each is read by itself, then they are one document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from budgetlod.model.document import Block, Document, Paragraph, Part
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.registry import read_document


def read_parts(paths: Sequence[Path], read: Callable[[Path], Document] = read_document) -> Document:
    """Read the files of one disclosure in the order given, each with ``read``, and join them.

    The document bears the name of the first; places say by their ``part`` in which file they are. Raises
    :class:`BadInput` with what is wrong with any of the files.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            documents.append(read(path))
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    first, *others = documents
    blocks = (_placed(block, part) for part, document in enumerate(documents) for block in document.blocks)
    more = tuple(Part(document.name, document.media_type, document.sha256) for document in others)
    recogniser = next((document.recogniser for document in documents if document.recogniser), "")
    return first._replace(blocks=tuple(blocks), more=more, recogniser=recogniser) if others else first


def _placed(block: Block, part: int) -> Block:
    """Return a block whose places are in the file of that number."""
    if isinstance(block, Paragraph):
        return Paragraph(tuple(line._replace(place=line.place._replace(part=part)) for line in block.lines))
    return block._replace(rows=tuple(row._replace(place=row.place._replace(part=part)) for row in block.rows))
