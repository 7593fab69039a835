"""Is the document whole? Compare what it announces in its table of contents with what is there."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import groupby

from budgetlod.core.text import fold, label_key
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.outline import Outline
from budgetlod.interpret.recognise import is_page_number, title_type
from budgetlod.model.document import Block, Document, Grid, Paragraph
from budgetlod.model.lexicon import Lexicon, StatementType
from budgetlod.model.problem import BadInput, Problem

_RUNS_ON = re.compile(r"[,、;:(“《]$")
# What may stand last under a table: a note, a date, a signature, a person to ask, a list of attachments.
_CLOSING = re.compile(
    r"^(?:(?:备?注|说明|附件?\d*|联系人|联系电话|电话|监督电话)|.{0,12}(?:联系人|联系方式|联系电话)):|。$|20\d\d年\d{1,2}月"
)
_HINT = ("请提供完整的文件", "give the whole document")
# A text that is cut off looks like one that ends; PDF and office files are damaged then, which their readers notice.
_WITHOUT_END = frozenset({"text/plain", "text/markdown"})


def check_completeness(
    document: Document, outline: Outline, tables: Sequence[RawTable], lexicon: Lexicon
) -> list[Problem]:
    """Return a warning for each announced part that is missing, and one for each core statement that is.

    Raises :class:`BadInput` when a text breaks off: the parts announced last are all missing, the last section is
    empty, or it ends inside a sentence or a row. Of a disclosure without budget tables the tables are not missed:
    they are published elsewhere (:mod:`budgetlod.interpret.refusal`).
    """
    file = document.file
    apart = not any(lexicon.statements[table.type].group == "budget" for table in tables)
    announced = [(entry, _is_there(entry, outline, tables, lexicon)) for entry in outline.contents]
    known = [(e, there) for e, there in announced if there is not None and not (apart and title_type(e, lexicon))]
    if known and not known[-1][1] and document.parts[-1].media_type in _WITHOUT_END:
        last = next((entry for entry, there in reversed(known) if there), "")
        missing = known[-1][0]
        zh = f"文件不完整：目录列有“{missing}”，正文到“{last}”为止"
        en = f"the document breaks off: its contents announce {missing}, its last part is {last}"
        raise BadInput(Problem("document-truncated", "error", zh, en, *_HINT, file))
    if document.parts[-1].media_type in _WITHOUT_END:
        _check_last_section(document, outline, tables)
    for part, blocks in groupby(document.blocks, key=lambda block: block.place.part):
        if document.parts[part].media_type in _WITHOUT_END:
            _check_end(tuple(blocks), file)
    problems = [_missing_part(file, entry) for entry, there in known if not there]
    return problems + ([] if apart else _missing_statements(file, {table.type for table in tables}, lexicon))


def _is_there(entry: str, outline: Outline, tables: Sequence[RawTable], lexicon: Lexicon) -> bool | None:
    """Return whether an entry of the contents is in the document; ``None`` when it cannot be told."""
    key = label_key(entry)
    if type_ := title_type(entry, lexicon):
        if type_ in _with_served({table.type for table in tables}, lexicon):
            return True
        if lexicon.statements[type_].group == "budget":
            return False
    headings = (p.text for section in outline.sections for p in (*section.paragraphs, *section.headed))
    if any(label_key(text) == key for text in (*(section.label for section in outline.sections), *headings)):
        return True
    section_type = lexicon.lists["section"].find(key)
    return any(section.type == section_type for section in outline.sections) if section_type else None


def _check_last_section(document: Document, outline: Outline, tables: Sequence[RawTable]) -> None:
    if not outline.sections:
        return
    last, file, order = outline.sections[-1], document.file, document.reading_order()
    if not last.paragraphs and not any(order[table.place] > order[last.place] for table in tables):
        zh = f"文件不完整：最后一节“{last.label}”没有内容"
        en = f"the document breaks off: its last section, {last.label}, is empty"
        raise BadInput(Problem("document-truncated", "error", zh, en, *_HINT, file, last.place.words()))


def _check_end(blocks: Sequence[Block], file: str) -> None:
    """Raise when a file ends in the middle of something: a sentence at a comma, a row short of its columns."""
    last = blocks[-1]
    if isinstance(last, Paragraph):
        text = fold(last.text)
        broken = bool(_RUNS_ON.search(text)) or text.rfind("(") > text.rfind(")") or _is_piece_of_row(blocks)
        place = last.lines[-1].place
    else:
        widths = {len(row.cells) for row in last.rows[:-1]}
        broken = len(widths) == 1 and len(last.rows[-1].cells) < max(widths)
        place = last.rows[-1].place
    if broken:
        zh, en = "文件不完整：在一句话或一行表格的中间结束", "the document breaks off inside a sentence or a row"
        raise BadInput(Problem("document-truncated", "error", zh, en, *_HINT, file, place.words()))


def _is_piece_of_row(blocks: Sequence[Block]) -> bool:
    """Return whether the last line stands right under a grid, as the first cell of a row does, and closes nothing."""
    *_, before, last = (None, *blocks)
    if not isinstance(before, Grid) or not isinstance(last, Paragraph):
        return False
    if _CLOSING.search(fold(last.text)) or is_page_number(last.text):
        return False
    return len(last.lines) == 1 and last.place.line == before.rows[-1].place.line + 1


def _missing_part(file: str, entry: str) -> Problem:
    zh, en = f"目录列有“{entry}”，正文中未找到", f"the contents announce {entry}, which is not found"
    return Problem("part-missing", "warning", zh, en, *_HINT, file)


def expected_statements(lexicon: Lexicon) -> list[StatementType]:
    """Return the statement types that every budget or final account is bound to hold, in their usual order."""
    return sorted((t for t in lexicon.statements.values() if t.required), key=lambda t: t.order)


def missing_statements(found: Collection[str], lexicon: Lexicon) -> list[StatementType]:
    """Return the expected statement types that are not among those found, nor served by one of them."""
    there = _with_served(found, lexicon)
    return [type_ for type_ in expected_statements(lexicon) if type_.notation not in there]


def _with_served(found: Collection[str], lexicon: Lexicon) -> set[str]:
    """Return statement types with those whose place they take."""
    return {*found, *(served for type_ in found for served in lexicon.statements[type_].serves_as)}


def _missing_statements(file: str, found: Collection[str], lexicon: Lexicon) -> list[Problem]:
    return [
        Problem(
            "statement-missing",
            "warning",
            f"未找到{type_.label}",
            f"not found: {type_.label_en} ({type_.label})",
            "若原文有此表，在 ontology/statements.ttl 中为其标题添加标签",
            "if the document has it, add its title as a label in ontology/statements.ttl",
            file,
        )
        for type_ in missing_statements(found, lexicon)
    ]
