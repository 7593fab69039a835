"""What a person corrects is read as if it had been read rightly, and nothing else is touched."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from budgetlod.interpret.corrections import Corrector, columns_before
from budgetlod.interpret.coverage import reading
from budgetlod.interpret.disclosure import interpret
from budgetlod.interpret.fragments import RawRow, RawTable, table_keys
from budgetlod.interpret.lifting import lifted
from budgetlod.interpret.tables import find_tables
from budgetlod.model.corrections import Applied, Correction, Corrections
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Document, Grid, GridRow, Paragraph, Place, TextLine
from budgetlod.model.publisher import SourceNotes
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.read.text import read_text
from tests.interpret.synthetic import AREA, Style, write

FILE = "corrections.toml"


@pytest.fixture(scope="module")
def text() -> str:
    """A disclosure that nothing is wrong with."""
    return write(Style(travel=True)).text


def read(folder: Path, text: str, *corrections: Correction) -> Disclosure:
    path = folder / "source.txt"
    path.write_text(text, encoding="utf-8")
    notes = SourceNotes(area=AREA, corrections=Corrections(FILE, corrections))
    return interpret(read_text(path), load_lexicon(), notes)


def fix(entry: int = 1, **said: object) -> Correction:
    return Correction(entry=entry, reason="看错", **said)  # type: ignore[arg-type]


def unused(disclosure: Disclosure) -> list[tuple[str, str]]:
    return [
        (p.place, p.en.partition(" is not used: ")[2]) for p in disclosure.problems if p.code == "correction-unused"
    ]


def a_cell(disclosure: Disclosure, key: str) -> tuple[int, int, str]:
    """Row, column and print of a cell of a statement whose print occurs once in its row."""
    (statement,) = [s for s in disclosure.content.statements if s.key == key]
    printed = Counter((cell.row, cell.printed) for cell in statement.cells)
    cell = [
        c for c in statement.cells if (c.amount or c.number) and len(c.places) == 1 and printed[c.row, c.printed] == 1
    ][-1]
    return cell.row, cell.column, cell.printed


@pytest.mark.parametrize("key", ["expenditure", "balance", "performance-2", "procurement", "basic-expenditure"])
def test_a_misread_cell(text: str, tmp_path: Path, key: str) -> None:
    """Rows and columns are those of cells.csv, with a column of running numbers and without, in forms too."""
    right = read(tmp_path, text)
    row, column, printed = a_cell(right, key)
    statement = next(s for s in right.content.statements if s.key == key)
    line = next(r.places[0].line for r in statement.rows if r.number == row)
    lines = text.split("\n")
    misread = printed[:-1] + "O"
    cells = lines[line - 1].split("\t")
    shift = cells.index(printed)
    cells[shift] = misread
    lines[line - 1] = "\t".join(cells)
    wrong = read(tmp_path, "\n".join(lines))
    assert wrong.content.statements != right.content.statements
    again = read(
        tmp_path, "\n".join(lines), fix(statement=key, row=row, column=column, printed=misread, correct=printed)
    )
    assert again.figures == right.figures
    assert again.content.statements == right.content.statements
    assert unused(again) == []
    (applied,) = again.content.corrections
    assert (applied.target, applied.statement, applied.row, applied.column) == ("cell", key, row, column)
    assert applied.place == Place(line=line)


def test_rows_and_columns_are_those_of_the_cells(example: Disclosure, example_document: Document) -> None:
    """What a correction would find at the numbers of a cell is what the cell prints."""
    lexicon = load_lexicon()
    tables, _ = find_tables(lifted(example_document, lexicon), lexicon)
    named = dict(zip(table_keys(tables), tables, strict=True))
    assert list(named) == [statement.key for statement in example.content.statements]
    for statement in example.content.statements:
        table = named[statement.key]
        rows = [row for row in table.rows if not row.heading]
        shift = columns_before(table, lexicon)
        for cell in statement.cells:
            assert rows[cell.row - 1].cells[cell.column - 1 + shift] == cell.printed


def test_a_misread_heading(text: str, tmp_path: Path) -> None:
    right = read(tmp_path, text)
    words, misread = "合计\t基本支出\t项目支出\t经营支出", "合计\t墓本攴出\t项目支出\t经营支出"
    spoilt = text.replace(words, misread)  # on both pages
    assert spoilt != text
    assert read(tmp_path, spoilt).figures != right.figures
    column = next(
        c.number for s in right.content.statements if s.key == "expenditure" for c in s.columns if c.label == "基本支出"
    )
    heading = fix(statement="expenditure", heading=1, column=column, printed="墓本攴出", correct="基本支出")
    again = read(tmp_path, spoilt, heading)
    assert again.content.statements == right.content.statements
    (applied,) = again.content.corrections
    assert (applied.target, applied.statement, applied.row, applied.column) == ("column", "expenditure", 0, column)


def test_a_title_that_was_misread(text: str, tmp_path: Path) -> None:
    right = read(tmp_path, text)
    title = next(s for s in right.content.statements if s.key == "income").title
    line = next(s for s in right.content.statements if s.key == "income").place.line
    lines = text.split("\n")
    lines[line - 1] = "郎门预算攴人总衰"
    spoilt = "\n".join(lines)
    lost = read(tmp_path, spoilt)
    assert "income" not in {s.key for s in lost.content.statements}
    grid = next(r.places[0].line for s in right.content.statements if s.key == "income" for r in s.rows)
    again = read(tmp_path, spoilt, fix(line=grid, table=1, printed=lines[line - 1], correct=title))
    assert again.content.statements == right.content.statements
    assert [(a.target, a.statement, a.place.line) for a in again.content.corrections] == [("statement", "income", line)]


def test_a_title_that_was_not_read_at_all(text: str, tmp_path: Path) -> None:
    right = read(tmp_path, text)
    statement = next(s for s in right.content.statements if s.key == "income")
    lines = text.split("\n")
    lines[statement.place.line - 1] = ""
    grid = statement.rows[0].places[0].line
    again = read(tmp_path, "\n".join(lines), fix(line=grid, table=1, printed="", correct=statement.title))
    assert again.figures == right.figures
    assert [(a.target, a.statement) for a in again.content.corrections] == [("statement", "income")]
    # Where a title is read, nothing is put over it.
    other = read(tmp_path, text, fix(line=grid, table=1, printed="", correct="部门预算支出总表"))
    assert other.content.statements == right.content.statements
    assert unused(other) == [("[[correction]] 1", f'what was read there is "{statement.title}"')]


def test_prose(text: str, tmp_path: Path) -> None:
    right = read(tmp_path, text)
    mention = next(m for m in right.content.mentions if m.amount)
    number = mention.printed.rstrip("万元 ")
    lines = text.split("\n")
    where = mention.place.line - 1
    head, _, tail = lines[where].partition(number)
    lines[where] = f"{head}I{number}{tail}"
    misread = f"{head[-4:]}I{number}"
    change = fix(line=where + 1, printed=misread, correct=misread.replace("I", ""))
    again = read(tmp_path, "\n".join(lines), change)
    assert again.content.mentions == right.content.mentions
    assert [(a.target, a.place) for a in again.content.corrections] == [("text", mention.place)]


def test_a_correction_that_does_not_fit_changes_nothing_and_says_what_is_there(text: str, tmp_path: Path) -> None:
    right = read(tmp_path, text)
    row, column, printed = a_cell(right, "expenditure")
    wide = len(next(s for s in right.content.statements if s.key == "expenditure").columns)
    rows = len(next(s for s in right.content.statements if s.key == "expenditure").rows)
    cell = {"statement": "expenditure", "row": row, "column": column, "printed": printed, "correct": "1"}
    again = read(
        tmp_path,
        text,
        fix(1, **{**cell, "printed": "2.00"}),
        fix(2, **{**cell, "statement": "expenses"}),
        fix(3, **{**cell, "row": rows + 1}),
        fix(4, **{**cell, "column": wide + 1}),
        fix(5, **{**cell, "row": 0, "heading": 9}),
        fix(6, page=1, printed="x", correct="y"),
        fix(7, line=1, printed="x", correct="y"),
        fix(8, line=1, table=1, printed="x", correct="y"),
        fix(9, line=1, file="other.txt", printed="x", correct="y"),
    )
    assert again.content.statements == right.content.statements
    assert again.content.corrections == ()
    found = dict(unused(again))
    assert list(found) == [f"[[correction]] {n}" for n in range(1, 10)]
    assert found["[[correction]] 1"] == f'what was read there is "{printed}"'
    assert found["[[correction]] 2"].startswith("there is no statement expenses, but balance, ")
    assert found["[[correction]] 3"] == f"there is no row {rows + 1} of {rows}"
    assert found["[[correction]] 5"].startswith("there is no heading row 9 of ")
    assert found["[[correction]] 6"] == "there is no such place"
    assert found["[[correction]] 8"] == "there is no table 1 of 0 there"
    assert found["[[correction]] 9"] == "there is no file other.txt"
    problems = [p for p in again.problems if p.code == "correction-unused"]
    assert {p.severity for p in problems} == {"warning"}
    assert {p.file for p in problems} == {FILE}
    assert all(p.zh and p.hint_zh and p.hint_en for p in problems)


def test_the_record_of_reading_lists_them(text: str, tmp_path: Path) -> None:
    right = read(tmp_path, text)
    row, column, printed = a_cell(right, "expenditure")
    cell = {"statement": "expenditure", "row": row, "column": column, "printed": printed}
    said = fix(3, **cell, correct=f" {printed}", by="某人", date="2026-01-31")
    record = reading(read(tmp_path, text, said))
    (entry,) = record["corrections"]
    assert entry.pop("place").startswith("line ")
    assert entry == {
        "entry": 3, "kind": "cell", "statement": "expenditure", "row": row, "column": column, "readAs": printed,
        "correct": f" {printed}", "reason": "看错", "by": "某人", "date": "2026-01-31",
    }  # fmt: skip
    assert reading(right)["corrections"] == []


# --- pieces -----------------------------------------------------------------------------------------------------------------


def document(*blocks: Paragraph | Grid) -> Document:
    return Document("a.pdf", "application/pdf", "0", blocks)


def line(text: str, page: int, line: int = 0) -> TextLine:
    return TextLine(text, Place(page, line), 0.5)


def corrected(whole: Document, *corrections: Correction) -> tuple[Document, Corrector]:
    corrector = Corrector(Corrections(FILE, corrections), load_lexicon())
    return corrector.correct_texts(corrector.correct_cells(whole)), corrector


def test_the_second_table_of_a_page_of_the_second_file() -> None:
    def grid(text: str, part: int) -> Grid:
        return Grid((GridRow(("甲", text), Place(page=3, line=1, part=part), (0.9, 0.4)),))

    whole = document(grid("1", 0), grid("2", 0), grid("1", 1), grid("1 O", 1))._replace(
        more=(Document("b.pdf", "application/pdf", "1").parts[0],)
    )
    cell = fix(file="b.pdf", page=3, table=2, row=1, column=2, printed="1O", correct="10")
    found, corrector = corrected(whole, cell)
    assert corrector.unused() == []
    last = found.blocks[-1]
    assert isinstance(last, Grid)
    assert last.rows == (GridRow(("甲", "10"), Place(page=3, line=1, part=1), (0.9, 1.0)),)
    assert found.blocks[:-1] == whole.blocks[:-1]


def test_words_over_the_end_of_a_line() -> None:
    whole = document(
        Paragraph((line("减少12", page=2, line=1), line("万无，其中", page=2, line=2), line("。", page=2, line=3)))
    )
    found, corrector = corrected(whole, fix(page=2, printed="12万无", correct="12万元"))
    assert corrector.unused() == []
    paragraph = found.blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert [(one.text, one.confidence) for one in paragraph.lines] == [
        ("减少12万元", 1.0),
        ("，其中", 0.5),
        ("。", 0.5),
    ]


def test_words_that_stand_twice_are_not_guessed() -> None:
    whole = document(Paragraph((line("减少5元，减少5元", page=2),)), Paragraph((line("减少5元", page=3),)))
    found, corrector = corrected(whole, fix(page=2, printed="减少5元", correct="增加5元"))
    assert found == whole
    assert corrector.unused()[0].en.endswith("it stands there 2 times; give more of the text")
    found, corrector = corrected(whole, fix(page=3, printed="减少5元", correct="增加5元"))
    assert [p.text for p in found.paragraphs()] == ["减少5元，减少5元", "增加5元"]


def table(*rows: RawRow, header: tuple[GridRow, ...] = ()) -> RawTable:
    return RawTable("expenditure", "支出总表", [], header, Place(1), rows=list(rows))


def test_a_merged_heading_is_one_heading() -> None:
    header = (
        GridRow(("科目", "科目", "攴出", "攴出", "备注"), Place(1)),
        GridRow(("编码", "名称", "小计", "小计", ""), Place(1)),
    )
    raw = table(header=header)
    corrector = Corrector(
        Corrections(
            FILE,
            (
                fix(1, statement="expenditure", heading=1, column=4, printed="攴出", correct="支出"),
                fix(2, statement="expenditure", heading=2, column=4, printed="小计", correct="其中"),
            ),
        ),
        load_lexicon(),
    )
    corrector.correct_tables([raw])
    assert [row.cells for row in raw.header] == [
        ("科目", "科目", "支出", "支出", "备注"),
        ("编码", "名称", "小计", "其中", ""),
    ]
    assert [(a.order, a.target, a.column) for a in corrector.applied()] == [(1, "column", 4), (2, "column", 4)]


def test_a_merged_cell_says_the_same_of_the_rows_below() -> None:
    raw = table(
        RawRow(("20l", "1"), (Place(1),), confidence=(0.3, 0.9)),
        RawRow(("", "2"), (Place(1),), above=("20l", "")),
        RawRow(("", "3"), (Place(1),), above=("20l", "")),
        RawRow(("202", "4"), (Place(1),), above=("", "")),
    )
    corrector = Corrector(
        Corrections(FILE, (fix(statement="expenditure", row=1, column=1, printed="20l", correct="201"),)),
        load_lexicon(),
    )
    corrector.correct_tables([raw])
    assert raw.rows[0] == RawRow(("201", "1"), (Place(1),), confidence=(1.0, 0.9))
    assert [row.above for row in raw.rows[1:]] == [("201", ""), ("201", ""), ("", "")]


def test_a_blank_at_the_end_of_a_row_and_rows_that_repeat_headings() -> None:
    raw = table(
        RawRow(("甲", "1", "2"), (Place(1),)),
        RawRow(("头", "", ""), (Place(2),), heading=True),
        RawRow(("乙",), (Place(2),)),
    )
    entries = (
        fix(1, statement="expenditure", row=2, column=3, printed="", correct="7"),
        fix(2, statement="expenditure", row=2, column=4, printed="", correct="7"),
    )
    corrector = Corrector(Corrections(FILE, entries), load_lexicon())
    corrector.correct_tables([raw])
    assert raw.rows[2].cells == ("乙", "", "7")
    assert [problem.place for problem in corrector.unused()] == ["[[correction]] 2"]
    (applied,) = corrector.applied()
    assert applied == Applied(1, entries[0], Place(2), "cell", "expenditure", 2, 3)
