"""SYNTHETIC disclosures: invented departments, amounts and sentences in the layout of a text-extracted budget.

``write(Style(...))`` prints a disclosure and returns it with everything a reader should find in it: the point and
amount of every cell and sentence. A style is one way in which such documents differ from one another. The words
are our own; only headings, code names and set phrases that all departments share are those of the template.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

from tests.interpret.synthetic_money import make_budget
from tests.interpret.synthetic_notes import Notes
from tests.interpret.synthetic_style import AREA, CODE, NAME, SECTIONS, UNITS, Style, Written, numeral
from tests.interpret.synthetic_tables import Field, Table, tables_of

__all__ = ["AREA", "CODE", "NAME", "SECTIONS", "UNITS", "Style", "Written", "numeral", "tables_of", "write"]


def write(style: Style) -> Written:
    """Print an invented disclosure in a style."""
    return _Writer(style).write()


class _Writer:
    """Prints tables and sentences, and keeps what they state."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.dice = random.Random(style.seed)
        self.budget = make_budget(
            style.seed, year=style.year, carried=style.carried, closing=style.closing, funds=style.funds,
            own=style.own, projects=style.projects, travel=style.travel,
        )  # fmt: skip
        self.lines: list[str] = []
        self.out = Written("", self.budget)
        self.pages = 0

    def write(self) -> Written:
        tables = tables_of(self.budget)
        self._contents(tables)
        for table in tables:
            self._table(table)
        Notes(self).write()
        lines = [line + (" " if self.style.trailing_spaces and line else "") for line in self.lines]
        self.out.text = "\n".join(lines)
        for word, other in self.style.renamed:
            assert word in self.out.text, word
            self.out.text = self.out.text.replace(word, other)
        return self.out

    def say(self, *paragraphs: str) -> None:
        """Print paragraphs, each with a blank line after it."""
        for paragraph in paragraphs:
            self.lines += [paragraph, ""]

    def _contents(self, tables: Sequence[Table]) -> None:
        self.say(f"{self.style.year} 年部门预算信息公开目录")
        if self.style.contents:
            entries = [t.title for t in tables] + [f"{numeral(n)}、{s}" for n, s in enumerate(SECTIONS, 1)]
            self.lines += [f"{entry}.....\t{page}" for page, entry in enumerate(entries, 1)] + [""]

    # --- tables -----------------------------------------------------------------------------------------------------

    def printed(self, value: Decimal, unit: str | None = None) -> str:
        """Return an amount as the style prints it."""
        style = self.style
        value = value * 10000 if (unit or style.unit) == "元" else value
        return self.digits(f"{value:,.2f}" if style.thousands else f"{value:.2f}")

    def digits(self, text: str) -> str:
        return (
            text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")) if self.style.wide_digits else text
        )

    def _cell(self, table: Table, row: int, column: int, content: Field) -> str:
        if isinstance(content, str):
            return content
        if not content.value and self.style.zero in ("", "-"):
            return self.style.zero
        self.out.cells[table.type, row, column] = (content.point, content.value * 10000)
        text = self.printed(content.value) if content.value else self.digits(self.style.zero)
        return text[:2] + " " + text[2:] if self.style.inner_spaces and len(text) > 4 else text

    def _table(self, table: Table) -> None:
        style = self.style
        lead = ["序号"] if style.ordinal and table.numbered else []
        header = [[*lead, *table.header[0]], *([*([""] * len(lead)), *row] for row in table.header[1:])]
        if style.column_numbers and table.numbered:
            width = len(table.header[0])
            header.append([*(["栏次"] if lead else []), *(str(n) for n in range(1, width + 1))])
        rows = [
            [*([str(n)] if lead else []), *(self._cell(table, n, c, x) for c, x in enumerate(row, 1))]
            for n, row in enumerate(table.rows, 1)
        ]
        for number, row in enumerate(rows, 1):
            self.out.labels[table.type, number] = "".join(row[len(lead) :][: 2 if "科目编码" in header[1] else 1])
        self.say(*([] if self.style.repeat_title else [table.title]))
        self._pages(header, rows, self._over(table), len(lead), "科目编码" in header[1])
        if table.note or (not rows and style.empty_note):
            self.say(table.note or style.empty_note)

    def _over(self, table: Table) -> list[str]:
        """Return what a page prints over its part of a table; long names break as they please."""
        title = [table.title] if self.style.repeat_title else []
        return [*title, f"{CODE} {NAME[:7]}\n{NAME[7:]}", f"预算年度：\n{self.style.year}", f"单位：{self.style.unit}"]

    def _pages(self, header: list[list[str]], rows: list[list[str]], over: list[str], lead: int, coded: bool) -> None:
        size = self.style.rows_per_page
        pages = [rows[i : i + size] for i in range(0, len(rows), size)] or [[]]
        rest: list[list[str]] = []
        for number, page in enumerate(pages):
            body = [*rest, *page]
            rest = []
            if number + 1 < len(pages) and self.style.split:
                body[-1], second = self._cut(body[-1], lead, coded)
                rest = [second] if second else []
            if number == 0 or self.style.repeat_header:
                self.say(*over)
                self.lines += ["\t".join(row) for row in header]
            self.lines += ["\t".join(row) for row in body] + [""]
            self.pages += 1
            if self.style.page_numbers:
                self.say(f"- {self.pages} -")

    def _cut(self, row: list[str], lead: int, coded: bool) -> tuple[list[str], list[str]]:
        """Cut a row over a page break in the columns that the style says; the rest has no running number."""
        first, second = list(row), [""] * len(row)
        kinds = {"code": [lead] if coded else [], "label": [lead + 1] if coded else [lead]}
        columns = [c for kind in self.style.split for c in kinds.get(kind, [])]
        if "number" in self.style.split:
            columns += [c for c in range(lead + 2 if coded else lead + 1, len(row)) if row[c][:1].isdigit()]
        for column in columns:
            text = row[column]
            if len(text) > 3:
                place = self.dice.randint(1, len(text) - 1)
                first[column], second[column] = text[:place], text[place:]
        if any(second):
            self.out.cut_rows += 1
            return first, second
        return row, []
