"""Read the table of contents: its entries, and which part of the document each announces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetlod.core.text import fold, label_key, tidy
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.outline import Outline
from budgetlod.interpret.recognise import is_contents, title_type
from budgetlod.model.document import Document, Grid, GridRow
from budgetlod.model.layout import Entry
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.tables import Statement

_LEADER = re.compile(r"[.．…·]{4,}\s*(?P<page>\d{0,4})$")


def read_entries(
    document: Document, tables: Sequence[RawTable], statements: Sequence[Statement], outline: Outline, lexicon: Lexicon
) -> tuple[Entry, ...]:
    """Return the entries of the contents in order; ``tables`` and ``statements`` are the same ones, in that order."""
    rows = list(_rows(document))
    body = _body(document) if rows else ""
    parts = _Parts(tables, statements, outline, lexicon)
    return tuple(parts.entry(order, row, body) for order, row in enumerate(rows, 1))


def _rows(document: Document) -> Iterator[GridRow]:
    for block in document.blocks:
        if isinstance(block, Grid) and is_contents(block):
            yield from block.rows


def _body(document: Document) -> str:
    """Return all words outside the contents, without what :func:`label_key` takes off inside labels."""
    texts: list[str] = []
    for block in document.blocks:
        if not isinstance(block, Grid):
            texts.append(block.text)
        elif not is_contents(block):
            texts.extend(cell for row in block.rows for cell in row.cells)
    return "".join(_plain(text) for text in texts)


def _plain(text: str) -> str:
    return re.sub("[“”\"'‘’「」*]", "", fold(text))


class _Parts:
    """Finds the part that an entry announces."""

    def __init__(
        self, tables: Sequence[RawTable], statements: Sequence[Statement], outline: Outline, lexicon: Lexicon
    ) -> None:
        self.lexicon = lexicon
        self.statements = [
            (table.type, label_key(table.title), s.key) for table, s in zip(tables, statements, strict=True)
        ]
        self.sections = [(s.type, label_key(s.label), str(s.order)) for s in outline.sections]

    def entry(self, order: int, row: GridRow, body: str) -> Entry:
        """Return the entry that a row of the contents prints."""
        text = fold("".join(row.cells))
        leader = _LEADER.search(text)
        label = tidy(re.sub(r"[.．…·]{4,}.*$", "", "".join(row.cells)))
        page = int(leader["page"]) if leader and leader["page"] else None
        key = label_key(label)
        type_ = self._type(label)
        return Entry(order, label, row.place, page, type_, self._part(key, type_), bool(key) and key in body)

    def _type(self, label: str) -> tuple[str, str] | None:
        if notation := self.lexicon.lists["section"].find(label_key(label)):
            return "section", notation
        if notation := title_type(label, self.lexicon):
            return "statement", notation
        return None

    def _part(self, key: str, type_: tuple[str, str] | None) -> tuple[str, str] | None:
        """Return the part that bears the words of an entry, else the first of its type."""
        for kind, parts in (("statement", self.statements), ("section", self.sections)):
            if same := [name for _, words, name in parts if words == key]:
                return kind, same[0]
        if type_ is None:
            return None
        parts = self.statements if type_[0] == "statement" else self.sections
        alike = [name for notation, _, name in parts if notation == type_[1]]
        return (type_[0], alike[0]) if alike else None
