"""Note which subjects the notes speak of, what the glossary explains, and what titles and notes of tables say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from budgetlod.core.text import chinese_number, fold, label_key
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.outline import Outline, RawSection
from budgetlod.interpret.recognise import title_type
from budgetlod.model.cube import Point
from budgetlod.model.document import Document
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import Term
from budgetlod.model.tables import Statement

_FIRST_WORDS = 40
# Sections in which words of every subject occur: only headings below them say what a passage is about.
_OF_ALL_THINGS = frozenset({"glossary", "department-performance", "special-funds", "projects"})
_HEADING = re.compile(r"^[(]?[一二三四五六七八九十]+[)、.][^。:;]{2,36}$")
_FEWEST_SECTIONS = 3
_FEWEST_TERMS = 3
_COUNT = r"(\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|家)"
_UNITS = re.compile(
    rf"(?:下设|下属|所属|直属|下辖)[^。;,事行处科室\d]{{0,6}}{_COUNT}[^。;,事行处科室]{{0,6}}单位"
    rf"|(?:预算单位|所属单位|下属单位|二级单位|直属单位)(?:共计|共有|共|有|包括|为)?{_COUNT}"
    rf"|{_COUNT}(?:二级|所属|下属|直属)?预算单位"
)
_NO_UNITS = re.compile(r"(?:无|没有)(?:下属|所属|下级|二级|直属)(?:二级)?(?:预算)?单位")
_TITLE_OF_TABLE = re.compile(r"^[^。;,:]{4,40}表$")


def _subjects(lexicon: Lexicon) -> Mapping[str, tuple[str, ...]]:
    """Return the subjects by the words they are known by."""
    return lexicon.lists["subject"].keys


def read_subjects(
    document: Document, tables: Sequence[RawTable], outline: Outline, lexicon: Lexicon
) -> tuple[str, ...]:
    """Return the subjects that a section, a schedule or the first words of a passage are about.

    Nothing where the document holds no notes, that is, fewer than three sections that the ontology knows.
    """
    if sum(bool(section.type) for section in outline.sections) < _FEWEST_SECTIONS:
        return ()
    aside = {
        p.place
        for section in outline.sections
        if section.type in _OF_ALL_THINGS
        for p in section.paragraphs
        if not _HEADING.match(fold(p.text))
    }
    aside |= {place for table in tables for place in table.used}
    texts = [section.label for section in outline.sections]
    texts += [p.text for p in document.paragraphs() if p.place not in aside]
    openings = [_plain(text)[:_FIRST_WORDS] for text in texts]
    found = {
        notation
        for word, notations in _subjects(lexicon).items()
        if any(word in opening for opening in openings)
        for notation in notations
    }
    found |= {section.type for section in outline.sections}
    found |= {table.type for table in tables if lexicon.statements[table.type].group == "schedule"}
    if "performance" in found:
        found |= {"department-performance"}
    return tuple(n for n in lexicon.lists["subject"].codes if n in found)


def read_explained(outline: Outline, terms: Sequence[Term], lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """Yield the subjects that the glossary explains, with the order of its section; by terms if it could be cut so."""
    for section in outline.of_type("glossary"):
        places = {p.place for p in section.paragraphs}
        labels = [_plain(term.label) for term in terms if term.place in places]
        texts = labels if len(labels) >= _FEWEST_TERMS else [_plain(p.text) for p in section.paragraphs]
        found = {n for word, ns in _subjects(lexicon).items() if any(word in text for text in texts) for n in ns}
        yield from ((section.order, notation) for notation in sorted(found))


def read_stated_units(outline: Outline) -> Iterator[tuple[int, int]]:
    """Yield how many subordinate units a section about duties or the budget says there are, if it says one number."""
    for section in (*outline.of_type("duties"), *outline.of_type("overview")):
        if len(numbers := _stated(section)) == 1:
            yield section.order, numbers.pop()


def _stated(section: RawSection) -> set[int]:
    text = "\n".join(fold(paragraph.text) for paragraph in section.paragraphs)
    words = ["".join(groups) for groups in _UNITS.findall(text)]
    numbers = {int(word) if word.isdigit() else chinese_number(word) or 0 for word in words}
    return numbers | {0 for _ in _NO_UNITS.findall(text)}


def read_itemised(statements: Sequence[Statement]) -> Iterator[tuple[str, str]]:
    """Yield the items that the tables of the three public expenses name, for tables that are understood in full."""
    for statement in statements:
        if statement.type == "three-public" and statement.rows and not statement.unmapped and _all_told(statement):
            stated = [cell.states for cell in statement.cells if isinstance(cell.states, Point)]
            points = [*stated, *(blank.point for blank in statement.blanks)]
            yield from ((statement.key, item) for item in sorted({point.item for point in points}))


def _all_told(statement: Statement) -> bool:
    """Return whether every heading and every row that has words says something that is known."""
    told = {cell.row for cell in statement.cells if cell.states is not None} | {b.row for b in statement.blanks}
    named = {row.number for row in statement.rows if row.labels}
    return named <= told and all(column.role != "unknown" or not column.path for column in statement.columns)


def read_note_sources(statements: Sequence[Statement], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield the funds of the government that the note of a table names."""
    funds = {n for n in lexicon.lists["source"].codes if "fiscal" in lexicon.lists["source"].broader(n)}
    for statement in statements:
        key = label_key(statement.note) if statement.note else ""
        words = lexicon.lists["source"].keys.items()
        named = {n for word, notations in words if len(word) > 3 and word in key for n in notations if n in funds}
        yield from ((statement.key, notation) for notation in sorted(named))


def read_bare_titles(document: Document, tables: Sequence[RawTable], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the types of tables whose title is printed as a line of its own while no such table is found."""
    found = {table.type for table in tables}
    printed = {title_type(paragraph.text, lexicon) for paragraph in document.paragraphs()}
    return tuple(sorted(type_ for type_ in printed if type_ and type_ not in found))


def swallowed_titles(tables: Sequence[RawTable]) -> int:
    """Return how many pages taken for the next page of a table stand under a title of their own."""
    return sum(
        _TITLE_OF_TABLE.match(fold(line)) is not None and fold(line) != fold(table.title)
        for table in tables
        for page in table.pages[1:]
        for line in page.context
    )


def _plain(text: str) -> str:
    return re.sub("[“”\"'‘’「」*]", "", fold(text))
