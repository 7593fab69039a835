"""Put a disclosure together: read the tables, then the notes, then derive the figures and what holds them together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from budgetlod.core.text import label_key, tidy
from budgetlod.interpret import relations
from budgetlod.interpret.completeness import check_completeness
from budgetlod.interpret.cube import Cube
from budgetlod.interpret.figures import ZERO, collect_evidence, settle, settle_changes
from budgetlod.interpret.headings import heading_paths, unit_in_heading
from budgetlod.interpret.identity import read_identity, unit_of
from budgetlod.interpret.outline import (
    Outline,
    read_department_goals,
    read_duties,
    read_glossary,
    read_outline,
    sections_of,
)
from budgetlod.interpret.performance import PerformanceReader
from budgetlod.interpret.prose import Known, ProseReader
from budgetlod.interpret.relations import PrintedList
from budgetlod.interpret.schedules import document_names, read_assets, read_institutions, read_procurement
from budgetlod.interpret.statements import Setting, StatementReader, statement_lists
from budgetlod.interpret.tables import RawTable, find_tables
from budgetlod.interpret.wordings import Words
from budgetlod.model.codes import ALL
from budgetlod.model.disclosure import (
    AssetLine,
    Breakdown,
    Content,
    Disclosure,
    Figure,
    Identity,
    Institution,
    Mention,
    Point,
    ProcurementLine,
    Project,
    Relations,
    Source,
    Statement,
    Thing,
)
from budgetlod.model.document import Document
from budgetlod.model.lexicon import Lexicon, StatementType
from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.publisher import SourceNotes

_DECIMALS = re.compile(r"\d+\.(\d+)")


@dataclass
class _Tables:
    """What the tables give, as they are read one after another."""

    statements: list[Statement] = field(default_factory=list)
    institutions: list[Institution] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    procurement: list[ProcurementLine] = field(default_factory=list)
    assets: list[AssetLine] = field(default_factory=list)
    local_codes: dict[tuple[str, str], str] = field(default_factory=dict)


class Interpreter:
    """Reads one document into a :class:`Disclosure`."""

    def __init__(self, document: Document, lexicon: Lexicon, notes: SourceNotes = SourceNotes()) -> None:
        self.document, self.lexicon, self.notes = document, lexicon, notes
        self.problems: list[Problem] = []
        self.cube = Cube(lexicon)

    def interpret(self) -> Disclosure:
        """Return the disclosure.

        Raises :class:`BadInput` when the document is none, is cut off, or does not tell whose or which year's it is.
        """
        raw, problems = find_tables(self.document, self.lexicon)
        outline = read_outline(self.document, raw, self.lexicon)
        self.problems += problems
        self.problems += check_completeness(self.document.name, outline, raw, self.lexicon)
        identity, questions = read_identity(self.document, raw, self.notes)
        if errors := [question for question in questions if question.severity == "error"]:
            raise BadInput(errors)
        self.problems += questions
        content, local_codes = self._content(raw, outline, identity)
        return self._related(identity, content, local_codes)

    # --- content ----------------------------------------------------------------------------------------------------------

    def _content(
        self, raw: Sequence[RawTable], outline: Outline, identity: Identity
    ) -> tuple[Content, dict[tuple[str, str], str]]:
        tables = self._tables(raw, identity)
        goals = read_department_goals(outline, self.lexicon)
        content = Content(
            statements=tuple(tables.statements),
            sections=sections_of(outline),
            preamble="\n".join(tidy(paragraph.text) for paragraph in outline.preamble),
            contents=tuple(outline.contents),
            duties=read_duties(outline, self.lexicon),
            institutions=tuple(tables.institutions),
            goals=tuple(goals.goals),
            indicators=tuple(goals.indicators),
            projects=tuple(tables.projects),
            procurement=tuple(tables.procurement),
            assets=tuple(tables.assets),
            glossary=read_glossary(outline),
            rounding=self._rounding(),
        )
        mentions = self._mentions(outline, content, goals.overall, goals.itemised, identity)
        return replace(content, mentions=mentions), tables.local_codes

    def _tables(self, raw: Sequence[RawTable], identity: Identity) -> _Tables:
        tables = _Tables()
        counts = {table.type: sum(t.type == table.type for t in raw) for table in raw}
        serials: dict[str, int] = {}
        unit: tuple[str, Decimal] | None = self._stated_unit()
        for order, table in enumerate(raw, 1):
            type_ = self.lexicon.statements[table.type]
            serials[table.type] = serials.get(table.type, 0) + 1
            serial = serials[table.type] if counts[table.type] > 1 else 0
            unit = self._unit(table, type_, unit)
            setting = Setting(identity.fiscal_year, identity.phase, *unit)
            self._table(table, type_, setting, serial, order, tables)
        return tables

    def _stated_unit(self) -> tuple[str, Decimal] | None:
        code = self.lexicon.lists["unit"].codes.get(self.notes.unit)
        return (code.notation, code.factor) if code and code.factor is not None else None

    def _unit(self, table: RawTable, type_: StatementType, last: tuple[str, Decimal] | None) -> tuple[str, Decimal]:
        """Return the unit over the table or in its headings; else that of the table before it, with a warning."""
        if found := unit_of(table.context, self.lexicon):
            return found
        width = max((len(row.cells) for row in table.header), default=0)
        for path in heading_paths(table.header, width):
            if code := unit_in_heading(path, self.lexicon):
                factor = self.lexicon.lists["unit"].codes[code].factor
                return code, factor if factor is not None else Decimal(1)
        if type_.group == "budget":
            zh, en = f"{type_.label}未注明金额单位", f"{type_.label_en}: no unit of money is printed"
            severity = "warning" if last else "error"
            hint = ("请在 source.toml 的 [disclosure] 中写明 unit", "state unit in [disclosure] of source.toml")
            problem = Problem(
                "unit-missing", "warning" if last else "error", zh, en, *hint, self.document.name, table.place.words()
            )
            if severity == "error":
                raise BadInput(problem)
            self.problems.append(problem)
        return last or ("cny-10k", Decimal(10000))

    def _table(
        self, table: RawTable, type_: StatementType, setting: Setting, serial: int, order: int, tables: _Tables
    ) -> None:
        file = self.document.name
        if type_.notation == "performance":
            form = PerformanceReader(table, type_, self.lexicon, setting, file)
            project, statement = form.read(serial, order)
            tables.projects.append(project)
            self.problems += form.problems
        elif type_.notation == "institutions":
            tables.institutions, statement = read_institutions(table, type_, self.lexicon, setting, order)
        elif type_.notation == "assets":
            tables.assets, statement = read_assets(table, type_, self.lexicon, setting, order)
        else:
            names = document_names(tables.projects, tables.institutions) if type_.notation == "procurement" else {}
            reader = StatementReader(table, type_, self.lexicon, setting, file, names)
            if type_.notation == "procurement":
                projects = {project.key: project for project in tables.projects}
                tables.procurement, statement = read_procurement(reader, order, projects, self.lexicon)
            else:
                statement = reader.read(serial, order)
            self.problems += reader.problems
            tables.local_codes |= reader.local_codes
        tables.statements.append(statement)

    def _rounding(self) -> str:
        words = [key for key, names in self.lexicon.lists["remark"].keys.items() if "rounding" in names]
        for paragraph in self.document.paragraphs():
            key = label_key(paragraph.text)
            if any(word in key for word in words):
                return tidy(paragraph.text)
        return ""

    def _mentions(
        self, outline: Outline, content: Content, overall: Sequence[Any], itemised: Sequence[Any], identity: Identity
    ) -> tuple[Mention, ...]:
        amounts: dict[Point, list[Decimal]] = {}
        for statement in content.statements:
            for cell in statement.cells:
                if isinstance(cell.states, Point) and cell.amount is not None:
                    amounts.setdefault(cell.states, []).append(cell.amount)
        known = Known(amounts, {blank.point for statement in content.statements for blank in statement.blanks})
        words = Words(self.lexicon, identity.fiscal_year, content.projects, content.assets)
        reader = ProseReader(words, identity.phase, known, self.document.name)
        aside = {id(paragraph) for paragraph in (*overall, *itemised)}
        for section in outline.sections:
            if section.type == "glossary":
                continue
            if section.type == "department-performance":
                reader.read_targets(section, overall, 1)
            reader.read(section, [p for p in section.paragraphs if id(p) not in aside])
        self.problems += reader.problems
        return tuple(reader.mentions)

    # --- relations ----------------------------------------------------------------------------------------------------------

    def _related(self, identity: Identity, content: Content, local_codes: Mapping[tuple[str, str], str]) -> Disclosure:
        prose_precision = self._prose_precision(content)
        evidence = collect_evidence(content.statements, content.mentions, prose_precision)
        lists = self._lists(content)
        parts = relations.find_breakdowns(lists, evidence.keys(), self.cube)
        printed = {p for listed in lists for p in listed.points}
        for key, stated in relations.stated_parts(evidence.keys(), printed, self.lexicon, self.cube).items():
            parts.setdefault(key, stated)
        breakdowns = relations.as_breakdowns(parts)
        figures = settle(evidence, _Closure(breakdowns, evidence))
        changes = settle_changes(content.mentions, figures, prose_precision)
        base = Point(fiscalYear=identity.fiscal_year, phase=identity.phase)
        asset_table = next((s.key for s in content.statements if s.type == "assets"), "assets")
        everything = (
            *breakdowns,
            *relations.change_breakdowns(changes, parts, self.lexicon, self.cube),
            *relations.asset_breakdowns(content.assets, self.lexicon, asset_table),
        )
        return Disclosure(
            identity=identity,
            source=self._source(identity),
            content=content,
            figures=figures,
            changes=changes,
            relations=Relations(
                breakdowns=everything,
                bounds=relations.find_bounds(figures, breakdowns, self.cube),
                balances=relations.find_balances(figures, base, self.lexicon),
                blanks=relations.find_blanks(content.statements, figures, self.cube),
                correspondences=relations.find_correspondences(figures, self.lexicon),
                funded_by=relations.funded_by(figures, base, self.cube),
            ),
            prose_precision=prose_precision,
            local_codes=tuple((dimension, code, label) for (dimension, code), label in sorted(local_codes.items())),
            problems=tuple(self.problems),
        )

    def _lists(self, content: Content) -> list[PrintedList]:
        """Return the printed lists of all tables, and the list of projects where their forms show them all."""
        lists = [PrintedList(s.key, points) for s in content.statements for points in statement_lists(s)]
        budgets = self._project_budgets(content)
        if budgets:
            lists.append(budgets)
        return lists

    def _project_budgets(self, content: Content) -> PrintedList | None:
        """Return the budgets of all projects under project expenditure, if the notes count as many projects."""
        counted = {m.number for m in content.mentions if m.states == Thing("disclosure", "", "")}
        if Decimal(len(content.projects)) not in counted:
            return None
        cells = [c.states for s in content.statements if s.type == "performance" for c in s.cells]
        points = [p for p in cells if isinstance(p, Point) and p.source == ALL]
        if not points:
            return None
        return PrintedList("performance-1", (points[0]._replace(project=ALL), *points))

    def _prose_precision(self, content: Content) -> Decimal:
        """Return what the last digit of amounts in prose is worth, by the most decimals that prose prints."""
        worth: list[Decimal] = []
        for mention in content.mentions:
            if mention.amount is not None:
                code = self.lexicon.lists["unit"].codes.get(mention.unit or "cny-10k")
                digits = _DECIMALS.search(mention.printed)
                factor = code.factor if code and code.factor is not None else Decimal(10000)
                worth.append(factor.scaleb(-(len(digits[1]) if digits else 0)))
        return min(worth, default=Decimal(100))

    def _source(self, identity: Identity) -> Source:
        notes = self.notes
        return Source(
            name=self.document.name,
            file="source" + PurePath(self.document.name).suffix.lower(),
            media_type=self.document.media_type,
            sha256=self.document.sha256,
            issued=notes.issued,
            licence=notes.licence,
            rights=notes.rights,
            landing_page=notes.landing_page,
            publisher=notes.publisher or identity.name,
            publisher_en=notes.publisher_en,
            contact=notes.contact,
        )


class _Closure:
    """Counts the sums that an amount would close at a point, with the first evidence of the other figures."""

    def __init__(self, breakdowns: Sequence[Breakdown], evidence: Mapping[Point, Sequence[Any]]) -> None:
        self._amounts = {point: found[0].amount for point, found in evidence.items()}
        self._touching: dict[object, list[Breakdown]] = {}
        for breakdown in breakdowns:
            for subject in (breakdown.whole, *breakdown.parts):
                self._touching.setdefault(subject, []).append(breakdown)

    def __call__(self, point: Point, amount: Decimal) -> int:
        amounts = {**self._amounts, point: amount}
        return sum(
            sum((amounts.get(p, ZERO) for p in b.parts if isinstance(p, Point)), ZERO) == amounts.get(b.whole)  # type: ignore[call-overload]
            for b in self._touching.get(point, ())
        )


def interpret(document: Document, lexicon: Lexicon, notes: SourceNotes = SourceNotes()) -> Disclosure:
    """Read a document into a disclosure; see :meth:`Interpreter.interpret`."""
    return Interpreter(document, lexicon, notes).interpret()
