"""Put a disclosure together: read the tables, then the notes, then derive the figures and what holds them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from budgetlod.core.text import label_key, tidy
from budgetlod.interpret.completeness import check_completeness, expected_statements, missing_statements
from budgetlod.interpret.corrections import Corrector
from budgetlod.interpret.department_goals import read_department_goals
from budgetlod.interpret.derive import derive
from budgetlod.interpret.document_labels import NO_LABELS, DocumentLabels, read_labels
from budgetlod.interpret.form_state import FormState
from budgetlod.interpret.fragments import RawTable, table_serials
from budgetlod.interpret.goals import read_goals
from budgetlod.interpret.headings import heading_paths, unit_in_heading
from budgetlod.interpret.identity import read_identity
from budgetlod.interpret.layout import read_layout
from budgetlod.interpret.lifting import lifted
from budgetlod.interpret.measures import customs
from budgetlod.interpret.money_units import unit_of
from budgetlod.interpret.note_lists import read_duties, read_glossary
from budgetlod.interpret.outline import Outline, read_outline, sections_of, statement_sections
from budgetlod.interpret.performance import PerformanceReader
from budgetlod.interpret.procurement import read_procurement
from budgetlod.interpret.project_tables import read_projects
from budgetlod.interpret.prose import Known, ProseReader
from budgetlod.interpret.prose_precision import with_precision
from budgetlod.interpret.purchases import document_names
from budgetlod.interpret.recognised import with_confidence
from budgetlod.interpret.refusal import check_filled, check_kind
from budgetlod.interpret.row_units import unit_meanings
from budgetlod.interpret.schedules import ScheduleReader
from budgetlod.interpret.statements import Setting, StatementReader
from budgetlod.interpret.tables import find_tables
from budgetlod.interpret.testimony import hear
from budgetlod.interpret.wordings import Words
from budgetlod.model.cube import Point
from budgetlod.model.disclosure import Content, Disclosure, Identity, Source, SourcePart
from budgetlod.model.document import Document
from budgetlod.model.lexicon import Lexicon, StatementType
from budgetlod.model.notes import AssetLine, Goal, Indicator, Institution, Mention, ProcurementLine, Project, Remark
from budgetlod.model.problem import BadInput, Problem, Severity
from budgetlod.model.publisher import SourceNotes
from budgetlod.model.tables import Statement

NO_NOTES = SourceNotes()


@dataclass
class _Tables:
    """What the tables give, as they are read one after another; ``own_name`` is the name of the department."""

    own_name: str = ""
    statements: list[Statement] = field(default_factory=list)
    institutions: list[Institution] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    procurement: list[ProcurementLine] = field(default_factory=list)
    assets: list[AssetLine] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    local_codes: dict[tuple[str, str], str] = field(default_factory=dict)
    labels: DocumentLabels = NO_LABELS

    def add_forms(self, found: Sequence[Project]) -> None:
        """Add projects that forms describe; one that a table has listed before is now known better."""
        positions = {project.key: n for n, project in enumerate(self.projects) if not project.form}
        for project in found:
            if (position := positions.get(project.key)) is None:
                self.projects.append(project)
            elif project.form:
                listed = self.projects[position]
                self.projects[position] = project._replace(parent=listed.parent, group=listed.group)

    def add_units(self, statement: Statement) -> None:
        """Add the units that a statement names to those that later tables may name."""
        points = (cell.states for cell in statement.cells if isinstance(cell.states, Point))
        named = (point.organization for point in points)
        listed = (body.name for body in self.institutions)
        units = dict.fromkeys((*self.labels.units, *listed, *(name for name in named if name)))
        self.labels = replace(self.labels, units=tuple(units))


class Interpreter:
    """Reads one document into a :class:`Disclosure`."""

    def __init__(self, document: Document, lexicon: Lexicon, notes: SourceNotes) -> None:
        self.lexicon, self.notes = lexicon, notes
        self.corrector = Corrector(notes.corrections, lexicon)
        self.document = self.corrector.correct_texts(lifted(self.corrector.correct_cells(document), lexicon))
        self.problems: list[Problem] = []

    def interpret(self) -> Disclosure:
        """Return the disclosure.

        Raises :class:`BadInput` when the document is none, is cut off, or does not tell whose or which year's it is.
        """
        try:
            return self._disclosure()
        except BadInput as error:
            # A correction that was meant to prevent this and does not fit is part of the reason.
            raise BadInput((*error.problems, *self.corrector.unused())) from error

    def _disclosure(self) -> Disclosure:
        raw, problems = find_tables(self.document, self.lexicon)
        self.corrector.correct_tables(raw)
        outline = read_outline(self.document, raw, self.lexicon)
        self.problems += [*self.corrector.unused(), *problems]
        said = hear(self.document, raw, self.lexicon)
        self.problems += check_kind(self.document, raw, outline, said, self.lexicon)
        self.problems += check_completeness(self.document, outline, raw, self.lexicon)
        check_filled(self.document, raw, said, self.lexicon)
        identity, questions = read_identity(self.document, raw, self.notes, self.lexicon, said)
        if errors := [question for question in questions if question.severity == "error"]:
            raise BadInput(errors)
        self.problems += questions
        content, local_codes = self._content(raw, outline, identity)
        content = with_confidence(content, raw, self.document)
        unrecognised = sum(problem.code == "table-unrecognised" for problem in problems)
        layout = read_layout(self.document, raw, unrecognised, outline, content, self.lexicon)
        content = content._replace(
            statements=statement_sections(content, self.document), layout=layout, corrections=self.corrector.applied()
        )
        derived = derive(content, identity, self.lexicon)
        return Disclosure(
            identity=identity,
            source=self._source(identity),
            content=content,
            figures=derived.figures,
            changes=derived.changes,
            relations=derived.relations,
            prose_precision=derived.prose_precision,
            local_codes=tuple((dimension, code, label) for (dimension, code), label in sorted(local_codes.items())),
            expected=tuple(type_.notation for type_ in expected_statements(self.lexicon)),
            missing=tuple(type_.notation for type_ in missing_statements({table.type for table in raw}, self.lexicon)),
            problems=tuple(self.problems),
        )

    # --- content ----------------------------------------------------------------------------------------------------------

    def _content(
        self, raw: Sequence[RawTable], outline: Outline, identity: Identity
    ) -> tuple[Content, dict[tuple[str, str], str]]:
        goals = read_department_goals(outline, self.lexicon)
        tables = self._tables(
            raw, identity, _Tables(identity.name, goals=goals.goals[:], indicators=goals.indicators[:])
        )
        content = Content(
            statements=tuple(tables.statements),
            sections=sections_of(outline),
            preamble="\n".join(tidy(paragraph.text) for paragraph in outline.preamble),
            contents=tuple(outline.contents),
            duties=read_duties(outline, self.lexicon),
            institutions=tuple(tables.institutions),
            goals=tuple(tables.goals),
            indicators=tuple(tables.indicators),
            projects=tuple(tables.projects),
            procurement=tuple(tables.procurement),
            assets=tuple(tables.assets),
            glossary=read_glossary(outline),
            rounding=self._rounding(),
            customs=customs([project for project in tables.projects if project.form], self.lexicon),
        )
        mentions, remarks = self._prose(outline, content, tables.local_codes, goals.overall, goals.itemised, identity)
        content = content._replace(mentions=mentions, remarks=remarks)
        facts = read_goals(content, self.lexicon, identity.fiscal_year)
        return content._replace(goal_facts=facts), tables.local_codes

    def _tables(self, raw: Sequence[RawTable], identity: Identity, tables: _Tables) -> _Tables:
        rows = ([row.cells for row in table.rows] for table in raw)
        tables.labels = read_labels(rows, self.lexicon, identity.name)
        units = {"": stated} if (stated := self._stated_unit()) else self._only_unit(raw)
        for order, (table, serial) in enumerate(zip(raw, table_serials(raw), strict=True), 1):
            type_ = self.lexicon.statements[table.type]
            unit = self._unit(table, type_, units.get(type_.group) or units.get(""))
            units[type_.group] = units[""] = unit
            setting = Setting(identity.fiscal_year, identity.phase, *unit)
            self._table(table, type_, setting, serial, order, tables)
            if type_.group == "budget" and not self._prints_unit(table):
                tables.statements[-1] = tables.statements[-1]._replace(prints_unit=False)
        return tables

    def _prints_unit(self, table: RawTable) -> bool:
        """Return whether a table states its unit anywhere: over it, in its headings, in a cell or in a note under it."""
        elsewhere = (*(cell for row in table.rows for cell in row.cells), *(note.text for note in table.notes))
        return bool(self._own_unit(table) or unit_of(elsewhere, self.lexicon))

    def _stated_unit(self) -> tuple[str, Decimal] | None:
        if not self.notes.unit:
            return None
        units = self.lexicon.lists["unit"].codes
        code = units.get(self.notes.unit)
        if code is None or code.factor is None:
            money = ", ".join(sorted(unit.notation for unit in units.values() if unit.factor is not None))
            zh, en = f"unit 不是金额单位：{self.notes.unit}", f"unit is no unit of money: {self.notes.unit}"
            hint = f"应为：{money}", f"write one of: {money}"
            raise BadInput(Problem("notes-value", "error", zh, en, *hint, self.document.file, "[disclosure] unit"))
        return code.notation, code.factor

    def _unit(self, table: RawTable, type_: StatementType, last: tuple[str, Decimal] | None) -> tuple[str, Decimal]:
        """Return the unit over the table or in its headings; else that of the table before it in its series.

        A table of the budget then gets a warning.
        """
        if found := self._own_unit(table):
            return found
        if type_.group == "budget":
            self._no_unit(table, type_, "warning" if last else "error")
        return last or ("cny-10k", Decimal(10000))

    def _only_unit(self, raw: Sequence[RawTable]) -> dict[str, tuple[str, Decimal]]:
        """Return the unit that all budget tables share which print one: that of a first table that prints none."""
        budget = (table for table in raw if self.lexicon.statements[table.type].group == "budget")
        found = {unit for table in budget if (unit := self._own_unit(table))}
        return {"budget": found.pop()} if len(found) == 1 else {}

    def _own_unit(self, table: RawTable) -> tuple[str, Decimal] | None:
        if found := unit_of(table.context, self.lexicon):
            return found
        for path in heading_paths(table.header, table.width):
            if code := unit_in_heading(path, self.lexicon):
                factor = self.lexicon.lists["unit"].codes[code].factor
                return code, factor if factor is not None else Decimal(1)
        return None

    def _no_unit(self, table: RawTable, type_: StatementType, severity: Severity) -> None:
        zh, en = f"{type_.label}未注明金额单位", f"{type_.label_en}: no unit of money is printed"
        hint = ("请在 source.toml 的 [disclosure] 中写明 unit", "state unit in [disclosure] of source.toml")
        problem = Problem("unit-missing", severity, zh, en, *hint, self.document.file, table.place.words())
        if severity == "error":
            raise BadInput(problem)
        self.problems.append(problem)

    def _table(
        self, table: RawTable, type_: StatementType, setting: Setting, serial: int, order: int, tables: _Tables
    ) -> None:
        file = self.document.file
        if type_.notation in ("performance", "department-performance"):
            known = len(tables.goals), len(tables.indicators)
            reader = PerformanceReader(FormState(table, type_, self.lexicon, setting, file, tables.own_name, known))
            forms = reader.read(serial, order, tables.projects)
            statement = forms.statement
            tables.add_forms(forms.projects)
            tables.goals += forms.goals
            tables.indicators += forms.indicators
            self.problems += reader.findings.problems
        elif type_.notation in ("institutions", "assets"):
            schedule = ScheduleReader(table, type_, self.lexicon, setting, file)
            if type_.notation == "assets":
                assets, statement = schedule.assets(serial, order, len(tables.assets) + 1)
                tables.assets += assets
            else:
                bodies, statement = schedule.institutions(serial, order, len(tables.institutions) + 1)
                tables.institutions += bodies
            self.problems += schedule.findings.problems
        elif type_.as_printed:
            statement = ScheduleReader(table, type_, self.lexicon, setting, file).as_printed(serial, order)
        else:
            statement = self._figures(table, type_, setting, serial, order, tables)
        tables.statements.append(statement)
        tables.add_units(statement)

    def _figures(
        self, table: RawTable, type_: StatementType, setting: Setting, serial: int, order: int, tables: _Tables
    ) -> Statement:
        """Read a table of figures."""
        bought = type_.notation in ("procurement", "service-purchase")
        names = unit_meanings(tables.labels.department, tables.labels.units, self.lexicon)
        names |= document_names(tables.projects, tables.institutions, self.lexicon) if bought else {}
        reader = StatementReader(table, type_, self.lexicon, setting, self.document.file, names, tables.labels)
        if bought:
            read = read_procurement(reader, serial, order, tables.projects, len(tables.procurement) + 1)
            tables.procurement += read.lines
            tables.projects += read.projects
            statement = read.statement
        elif type_.names_projects:
            statement, tables.projects = read_projects(reader, serial, order, tables.projects)
        else:
            statement = reader.read(serial, order)
        self.problems += reader.findings.problems
        tables.local_codes |= reader.rows.local_codes
        return statement

    def _rounding(self) -> str:
        words = [key for key, names in self.lexicon.lists["remark"].keys.items() if "rounding" in names]
        for paragraph in self.document.paragraphs():
            key = label_key(paragraph.text)
            if any(word in key for word in words):
                return tidy(paragraph.text)
        return ""

    def _prose(
        self, outline: Outline, content: Content, local_codes: Mapping[tuple[str, str], str],
        overall: Sequence[Any], itemised: Sequence[Any], identity: Identity,
    ) -> tuple[tuple[Mention, ...], tuple[Remark, ...]]:  # fmt: skip
        amounts: dict[Point, list[Decimal]] = {}
        for statement in content.statements:
            for cell in statement.cells:
                if isinstance(cell.states, Point) and cell.amount is not None:
                    amounts.setdefault(cell.states, []).append(cell.amount)
        known = Known(amounts, {blank.point for statement in content.statements for blank in statement.blanks})
        projects = [project for project in content.projects if project.form]
        words = Words(self.lexicon, identity.fiscal_year, projects, content.assets)
        reader = ProseReader(words, identity.phase, known, self.document.file, local_codes)
        aside = {id(paragraph) for paragraph in (*overall, *itemised)}
        for section in outline.sections:
            if section.type == "glossary":
                continue
            if section.type == "department-performance":
                reader.read_targets(section, overall, 1)
            reader.read(section, [p for p in section.paragraphs if id(p) not in aside])
        self.problems += reader.problems
        return tuple(with_precision(reader.mentions, self.lexicon)), tuple(reader.remarks)

    def _source(self, identity: Identity) -> Source:
        notes = self.notes
        return Source(
            name=self.document.name,
            file=published_as(self.document.name),
            media_type=self.document.media_type,
            sha256=self.document.sha256,
            issued=notes.issued,
            modified=notes.modified,
            licence=notes.licence,
            rights=notes.rights,
            landing_page=notes.landing_page,
            publisher=notes.publisher or identity.name,
            publisher_en=notes.publisher_en,
            contact=notes.contact,
            more=tuple(
                SourcePart(part.name, published_as(part.name, number), part.media_type, part.sha256)
                for number, part in enumerate(self.document.more, 2)
            ),
            recogniser=self.document.recogniser,
        )


def published_as(name: str, number: int = 1) -> str:
    """Return the name under which a file of the disclosure is published: ``source.pdf``, ``source-2.pdf``."""
    return ("source" if number == 1 else f"source-{number}") + PurePath(name).suffix.lower()


def interpret(document: Document, lexicon: Lexicon, notes: SourceNotes = NO_NOTES) -> Disclosure:
    """Read a document into a disclosure; see :meth:`Interpreter.interpret`."""
    return Interpreter(document, lexicon, notes).interpret()
