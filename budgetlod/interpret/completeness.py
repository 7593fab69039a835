"""Is the document whole? Compare what it announces in its table of contents with what is there."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from budgetlod.core.text import fold, label_key
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.outline import Outline
from budgetlod.interpret.recognise import title_type
from budgetlod.model.document import Document, Grid, Paragraph
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.problem import BadInput, Problem

_RUNS_ON = re.compile(r"[,、;:(“《]$")
_NOTE = re.compile(r"^(?:备?注|说明):|。$")
_HINT = ("请提供完整的文件", "give the whole document")


def check_completeness(
    document: Document, outline: Outline, tables: Sequence[RawTable], lexicon: Lexicon
) -> list[Problem]:
    """Return a warning for each announced part that is missing, and one for each core statement that is.

    Raises :class:`BadInput` when the document breaks off: nothing is recognised, the parts announced last are all
    missing, the last section is empty, or the text ends inside a sentence or a row.
    """
    file = document.file
    if not any(lexicon.statements[table.type].group == "budget" for table in tables):
        raise BadInput(
            Problem(
                "not-a-disclosure", "error",
                "没有识别出任何预算公开表，似乎不是部门预算公开文件",
                "no budget statement is recognised; this does not look like a budget disclosure",
                "核对文件；若标题写法不同，在 ontology/statements.ttl 中添加标签",
                "check the file; if its titles are worded otherwise, add them as labels in ontology/statements.ttl",
                file,
            )
        )  # fmt: skip
    announced = [(entry, _is_there(entry, outline, tables, lexicon)) for entry in outline.contents]
    known = [(entry, there) for entry, there in announced if there is not None]
    if known and not known[-1][1]:
        last = next((entry for entry, there in reversed(known) if there), "")
        missing = known[-1][0]
        zh = f"文件不完整：目录列有“{missing}”，正文到“{last}”为止"
        en = f"the document breaks off: its contents announce {missing}, its last part is {last}"
        raise BadInput(Problem("document-truncated", "error", zh, en, *_HINT, file))
    _check_last_section(file, outline, tables)
    _check_end(document)
    problems = [_missing_part(file, entry) for entry, there in known if not there]
    return problems + _missing_statements(file, {table.type for table in tables}, lexicon)


def _is_there(entry: str, outline: Outline, tables: Sequence[RawTable], lexicon: Lexicon) -> bool | None:
    """Return whether an entry of the contents is in the document; ``None`` when it cannot be told."""
    key = label_key(entry)
    if type_ := title_type(entry, lexicon):
        if any(table.type == type_ for table in tables):
            return True
        if lexicon.statements[type_].group == "budget":
            return False
    if any(label_key(section.label) == key for section in outline.sections):
        return True
    return False if lexicon.lists["section"].find(key) else None


def _check_last_section(file: str, outline: Outline, tables: Sequence[RawTable]) -> None:
    if not outline.sections:
        return
    last = outline.sections[-1]
    if not last.paragraphs and not any(table.place > last.place for table in tables):
        zh = f"文件不完整：最后一节“{last.label}”没有内容"
        en = f"the document breaks off: its last section, {last.label}, is empty"
        raise BadInput(Problem("document-truncated", "error", zh, en, *_HINT, file, last.place.words()))


def _check_end(document: Document) -> None:
    """Raise when the text ends in the middle of something: a sentence at a comma, a row short of its columns."""
    last = document.blocks[-1]
    if isinstance(last, Paragraph):
        text = fold(last.text)
        broken = bool(_RUNS_ON.search(text)) or text.rfind("(") > text.rfind(")") or _is_piece_of_row(document)
        place = last.lines[-1].place
    else:
        widths = {len(row.cells) for row in last.rows[:-1]}
        broken = len(widths) == 1 and len(last.rows[-1].cells) < max(widths)
        place = last.rows[-1].place
    if broken:
        zh, en = "文件不完整：在一句话或一行表格的中间结束", "the document breaks off inside a sentence or a row"
        raise BadInput(Problem("document-truncated", "error", zh, en, *_HINT, document.file, place.words()))


def _is_piece_of_row(document: Document) -> bool:
    """Return whether the last line stands right under a grid, as the first cell of a row does, and is no note."""
    *_, before, last = (None, *document.blocks)
    if not isinstance(before, Grid) or not isinstance(last, Paragraph) or _NOTE.search(fold(last.text)):
        return False
    return len(last.lines) == 1 and last.place.line == before.rows[-1].place.line + 1


def _missing_part(file: str, entry: str) -> Problem:
    zh, en = f"目录列有“{entry}”，正文中未找到", f"the contents announce {entry}, which is not found"
    return Problem("part-missing", "warning", zh, en, *_HINT, file)


def _missing_statements(file: str, found: Collection[str], lexicon: Lexicon) -> list[Problem]:
    expected = sorted((t for t in lexicon.statements.values() if t.group == "budget"), key=lambda t: t.order)
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
        for type_ in expected
        if type_.notation not in found
    ]
