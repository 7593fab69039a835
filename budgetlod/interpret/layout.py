"""Read how a document is laid out: everything about it that checks of completeness and text need."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlod.interpret.contents import read_entries
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.imprints import read_imprints
from budgetlod.interpret.outline import Outline
from budgetlod.interpret.peculiarities import read_peculiarities
from budgetlod.interpret.subjects import (
    read_bare_titles,
    read_explained,
    read_itemised,
    read_note_sources,
    read_stated_units,
    read_subjects,
    swallowed_titles,
)
from budgetlod.model.disclosure import Content
from budgetlod.model.document import Document
from budgetlod.model.layout import Layout
from budgetlod.model.lexicon import Lexicon


def read_layout(
    document: Document,
    tables: Sequence[RawTable],
    unrecognised: int,
    outline: Outline,
    content: Content,
    lexicon: Lexicon,
) -> Layout:
    """Return the layout; ``unrecognised`` is how many tables no statement type claims."""
    statements = content.statements
    return Layout(
        entries=read_entries(document, tables, statements, outline, lexicon),
        imprints=read_imprints(document, tables, statements, lexicon),
        peculiarities=read_peculiarities(document, tables, lexicon),
        subjects=read_subjects(document, tables, outline, lexicon),
        explained=tuple(read_explained(outline, content.glossary, lexicon)),
        stated_units=tuple(read_stated_units(outline)),
        itemised=tuple(read_itemised(statements)),
        note_sources=tuple(read_note_sources(statements, lexicon)),
        bare_titles=read_bare_titles(document, tables, lexicon),
        unrecognised=unrecognised + swallowed_titles(tables),
    )
