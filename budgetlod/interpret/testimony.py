"""Collect what a document says of whose it is, of which year, of what kind: on its cover, over its tables, in prose.

Titles and fields are looked for on the cover, in every short line and at the top of forms; sentences count only
where they begin with the name or the year, since they also speak of other bodies and of the year before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from budgetlod.core.text import fold
from budgetlod.interpret.ballot import Ballot
from budgetlod.interpret.bodies import Bodies, Body, alternatives, words
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.publication_titles import Title, Titles, is_bare_year
from budgetlod.interpret.recognise import is_contents
from budgetlod.model.document import Document, Grid, Paragraph, Place, TextLine
from budgetlod.model.lexicon import Lexicon

_COVER_LINES = 12
_SHORT = 70
_FORM_ROWS = 8
_FORM_FIELD = 3
_START_OF_PROSE = 240
_CONTENTS = re.compile(r"^目录")
_YEAR = re.compile(r"(?<!\d)(20\d\d)")
_YEAR_AHEAD = re.compile(r"^(?:附?表?[\d一二三四五六七八九十-]*[:.、]?)?[(]?(20\d\d)年")
_IN_BRACKETS = re.compile(r"^\((20\d\d)年(?:度)?\)$")
# Fields of other things that share a line with a name: what is left of 金额单位: when 单位: is a field of its own.
_NEXT_FIELD = re.compile(
    r"(?:金额|计量|货币)$|(?:填报|编制|公开|报送)?日期.*$|币种.*$|(?:负责人|联系人|联系电话|电话):.*$"
)
_BRACKETED_NOTE = r"(?:\([^()]{0,8}\))?"


@dataclass
class Testimony:
    """What was said: names (with the codes and levels printed with them), years, phases, levels, areas."""

    names: Ballot[str] = field(default_factory=Ballot)
    years: Ballot[int] = field(default_factory=Ballot)
    phases: Ballot[str] = field(default_factory=Ballot)
    levels: Ballot[str] = field(default_factory=Ballot)
    marks: Ballot[tuple[str, str]] = field(default_factory=Ballot)
    codes: Ballot[tuple[str, str]] = field(default_factory=Ballot)
    given: list[str] = field(default_factory=list)
    """What titles have where a name would stand, and is none: 某市某区 of 某市某区2025年区级部门预算."""
    placeholders: list[str] = field(default_factory=list)
    """Lines of the cover, titles and fields in which something is left to be filled in."""


def hear(document: Document, tables: Sequence[RawTable], lexicon: Lexicon) -> Testimony:
    """Return what a document says of itself; ``tables`` are those found in it."""
    return _Hearing(lexicon).run(document, tables)


class _Hearing:
    """Walks over a document once and takes the votes."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.bodies = Bodies(lexicon)
        self.titles = Titles(lexicon, self.bodies)
        self.said = Testimony()
        named, published, dated = (words(lexicon, kind) for kind in ("name-field", "publisher-field", "year-field"))
        self.kinds = {fold(word): kind for kind, found in
                      (("publisher", published), ("field", named), ("year-field", dated)) for word in found}  # fmt: skip
        self.field = re.compile(f"({alternatives(self.kinds)}){_BRACKETED_NOTE}:")
        tails = alternatives(words(lexicon, "prose-tail"))
        self.subject = re.compile(rf"(?:^|[。;,])(?:20\d\d年(?:度)?)?([^\W\d_](?:[^\W\d_]|[()]){{2,39}}?)(?:{tails})")
        phases = "|".join(self.titles.phases)
        self.dated = re.compile(
            rf"(?:^|[。;])(?:\([^()]{{1,3}}\)|[\d一二三四五六七八九十]+[、.])?(20\d\d)年度?[^。;,\d]{{0,40}}(?:{phases})"
        )

    def run(self, document: Document, tables: Sequence[RawTable]) -> Testimony:
        cover = list(cover_lines(document))
        self._cover(cover)
        seen = {line.place for line in cover}
        for block in document.blocks:
            if isinstance(block, Grid):
                self._form(block)
            elif block.place not in seen:
                self._paragraph(block)
        for table in tables:
            self._table(table)
        return self.said

    # --- cover ----------------------------------------------------------------------------------------------------------

    def _cover(self, lines: Sequence[TextLine]) -> None:
        for title in self.titles.over_lines(lines):
            self._title(title, "cover")
        for line in lines:
            self._fields(line.text, line.place, "cover")
            if is_bare_year(line.text):
                self.said.years.add(int(fold(line.text)[:4]), "title", line.place)
            self._coded(line.text, line.place)
            self._prose(fold(line.text), line.place)

    def _title(self, title: Title, kind: str) -> None:
        if title.body:
            self._body(title.body, kind, title.place)
        elif self.bodies.has_placeholder(title.given):
            self.said.placeholders.append(title.given)
        elif title.given:
            self.said.given.append(title.given)
        if title.year:
            self.said.years.add(title.year, kind, title.place)
        self.said.phases.add(title.phase, kind, title.place)
        if title.level in self.titles.levels.values():
            self.said.levels.add(title.level, kind, title.place)

    def _body(self, body: Body, kind: str, place: Place) -> None:
        self.said.names.add(body.name, kind, place)
        self.said.marks.add((body.name, body.level), kind, place)
        if body.code:
            self.said.codes.add((body.name, body.code), kind, place)

    # --- lines ----------------------------------------------------------------------------------------------------------

    def _paragraph(self, paragraph: Paragraph) -> None:
        if len(paragraph.text) > _SHORT:
            self._prose(fold(paragraph.text[:_START_OF_PROSE]), paragraph.place)
            return
        title = self.titles.read(paragraph.text, paragraph.place)
        if title:
            self._title(title, "title")
        elif self._fields(paragraph.text, paragraph.place, "") or self._coded(paragraph.text, paragraph.place):
            return
        elif body := self.bodies.of_heading(fold(paragraph.text)):
            self._body(body, "heading", paragraph.place)
        else:
            self._prose(fold(paragraph.text), paragraph.place)

    def _fields(self, text: str, place: Place, kind: str) -> bool:
        """Take what the fields of a line say, and return whether it has any; ``kind`` overrides their weight."""
        text = fold(text)
        if ":" not in text:
            return False
        found = list(self.field.finditer(text))
        for match, after in zip_longest(found, found[1:]):
            value = text[match.end() : after.start() if after else len(text)]
            self._value(self.kinds[match[1]], _NEXT_FIELD.sub("", value), place, kind)
        return bool(found)

    def _value(self, field_: str, value: str, place: Place, kind: str = "") -> None:
        if field_ == "year-field":
            if match := _YEAR.match(value):
                self.said.years.add(int(match[1]), field_, place)
        elif self.bodies.has_placeholder(value):
            self.said.placeholders.append(value)
        elif (body := self.bodies.read(value, sure=field_ == "field")) and not self._is_unit(value):
            if body.code:
                kind = kind or "coded"
            self._body(body, field_ if field_ == "publisher" else kind or field_, place)

    def _is_unit(self, value: str) -> bool:
        units = self.lexicon.lists["unit"]
        return units.find(value) is not None or value.endswith("元")

    def _coded(self, text: str, place: Place) -> bool:
        """Take a line that is a code and a name: 442 某局."""
        if not fold(text)[:1].isdigit():
            return False
        body = self.bodies.read(fold(text))
        if not body or not body.code:
            return False
        self._body(body, "coded", place)
        return True

    # --- prose and forms --------------------------------------------------------------------------------------------------

    def _prose(self, text: str, place: Place) -> None:
        for match in self.subject.finditer(text):
            if body := self.bodies.read(match[1].removeprefix("从预算单位构成看")):
                self._body(body, "prose", place)
        for match in self.dated.finditer(text):
            self.said.years.add(int(match[1]), "prose", place)

    def _form(self, grid: Grid) -> None:
        """Take the fields at the top of a form or table: name and value in one cell, or in two beside one another."""
        if is_contents(grid):
            return
        for row in grid.rows[:_FORM_ROWS]:
            cells = [fold(cell) for cell in row.cells if cell]
            for cell, value in zip_longest(cells, cells[1:], fillvalue=""):
                if match := _IN_BRACKETS.match(cell):
                    self.said.years.add(int(match[1]), "form", row.place)
                elif ":" in cell and len(cell) <= _SHORT:
                    self._fields(cell.rstrip(":") + ":" + value if cell.endswith(":") else cell, row.place, "form")
                elif len(cell) > _FORM_FIELD and self.kinds.get(cell) == "field" and self.bodies.read(value):
                    self._value("field", value, row.place, "form")
                elif len(cell) > _FORM_FIELD and self.kinds.get(cell) == "year-field":
                    self._value("year-field", value, row.place)

    # --- tables -------------------------------------------------------------------------------------------------------------

    def _table(self, table: RawTable) -> None:
        """Take what stands over a table: the year before its title, and its words for phase and level."""
        years = {int(m[1]) for text in table.context if (m := _YEAR_AHEAD.match(fold(text)))}
        if len(years) == 1:
            self.said.years.add(years.pop(), "table", table.place)
        title = fold(table.title)
        # 一般公共预算支出决算表 is of final accounts: 预算 there is a kind of money.
        for phase in [phase for label, phase in self.titles.phases.items() if label in title][-1:]:
            self.said.phases.add(phase, "table", table.place)
        levels = [level for label, level in self.titles.levels.items() if label in title]
        if len(levels) == 1:
            self.said.levels.add(levels[0], "table", table.place)


def cover_lines(document: Document) -> Iterator[TextLine]:
    """Yield the first lines of a document: those of its first page up to the contents or a table, a dozen at most."""
    count = 0
    first = document.blocks[0].place.page if document.blocks else 0
    for block in document.blocks:
        if isinstance(block, Grid) or block.place.page != first or _CONTENTS.match(fold(block.text)):
            return
        for line in block.lines:
            count += 1
            if count > _COVER_LINES:
                return
            yield line
