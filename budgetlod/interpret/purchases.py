"""Tell the lines of a procurement table apart: projects it alone names, and several purchases for one project.

A procurement table may name projects that no form describes, and it may buy several things for one project. Each
line is a point of the cube of its own, so a project with several lines is taken apart into sub-projects, one a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from budgetlod.core.text import label_key, squeeze
from budgetlod.interpret.fragments import RawRow, RawTable
from budgetlod.interpret.headings import Heading
from budgetlod.interpret.row_sides import sides_of
from budgetlod.model.codes import ALL
from budgetlod.model.cube import Point
from budgetlod.model.lexicon import Lexicon, Meaning, StatementType
from budgetlod.model.notes import Institution, Project
from budgetlod.model.tables import Cell, Statement


def document_names(
    projects: Sequence[Project], institutions: Sequence[Institution], lexicon: Lexicon
) -> dict[str, Meaning]:
    """Return the row labels that the document itself defines: projects, and institutions with their subtotals."""
    names: dict[str, Meaning] = {}
    for institution in institutions:
        meaning = Meaning(institution.name, (("organization", institution.name),), opens=True)
        for suffix in ("", *lexicon.words_of("total")):
            names[label_key(institution.name + suffix)] = meaning
    for project in projects:
        if project.name:
            names.setdefault(label_key(project.name), Meaning(project.key, (("project", project.key),)))
    return names


def only_bought_for(
    table: RawTable,
    headings: Sequence[Heading],
    type_: StatementType,
    names: Mapping[str, Meaning],
    lexicon: Lexicon,
    statement: str,
) -> tuple[dict[str, Meaning], list[Project]]:
    """Return the row labels nobody else defines, as names, and the projects among them.

    A label that ends in a word for a total heads the lines of a unit; any other names a project. A label beside a code
    is that of the code.
    """
    keys = [key for side in sides_of(headings) for key in side.keys if key.labels and key.dimension in ("", "project")]
    found: dict[str, Meaning] = {}
    projects: list[Project] = []
    totals = lexicon.words_of("total")
    for row, of in ((row, key) for row in table.rows for key in keys):
        label = "" if any(_cell(row, h) for h in of.codes) else "".join(_cell(row, h) for h in of.labels)
        key = label_key(label)
        dimensions = (of.dimension, "item") if of.dimension else type_.row_dimensions
        if not key or key in names or key in found or lexicon.find(key, "row", dict(type_.fixes), dimensions):
            continue
        if unit := next((label.removesuffix(s) for s in totals if label.endswith(s) and label != s), ""):
            found[key] = Meaning(unit, (("organization", unit),), opens=True)
        else:
            found[key] = Meaning(key, (("project", key),))
            name = "/".join(filter(None, (_cell(row, h) for h in of.labels)))
            projects.append(Project(key, "", name, statement, row.places[0], form=False))
    return found, projects


def _cell(row: RawRow, heading: Heading) -> str:
    """Return what a cell prints, or the merged cell above that covers it."""
    text = row.cells[heading.index] if heading.index < len(row.cells) else ""
    merged = row.above[heading.index] if not text and heading.index < len(row.above) else ""
    return squeeze(text or merged)


def taken_apart(
    statement: Statement, goods: Mapping[int, str], projects: Sequence[Project]
) -> tuple[Statement, list[Project]]:
    """Return the statement with several lines of one project moved to sub-projects, and those.

    ``goods`` are the names of what is bought, by row. A row without goods above rows with goods is the whole of them.
    """
    of_row = {c.row: (c.states.organization, c.states.project) for c in statement.cells if isinstance(c.states, Point)}
    told = {key for row, key in of_row.items() if goods.get(row)}
    lines = {row for row, key in of_row.items() if key[1] != ALL and (goods.get(row) or key not in told)}
    wholes = {key for row, key in of_row.items() if row not in lines}
    counts = Counter(key for row, key in of_row.items() if row in lines)
    parents = {project.key: project for project in projects}
    serials: Counter[tuple[str, str]] = Counter()
    moved: dict[int, str] = {}
    found: list[Project] = []
    for row, key in of_row.items():
        if row not in lines or (counts[key] < 2 and key not in wholes):
            continue
        serials[key] += 1
        unit, project = key
        moved[row] = f"{project}.{unit + '.' if unit else ''}{serials[key]}"
        name = "：".join(filter(None, [parents[project].name if project in parents else project, goods.get(row, "")]))
        place = next(r.places[0] for r in statement.rows if r.number == row)
        group = project if key in wholes else ""
        found.append(Project(moved[row], "", name, statement.key, place, form=False, parent=project, group=group))
    return _moved(statement, moved), found


def _moved(statement: Statement, moved: Mapping[int, str]) -> Statement:
    blanks = tuple(
        b._replace(point=b.point._replace(project=moved[b.row])) if b.row in moved else b for b in statement.blanks
    )
    return statement._replace(cells=tuple(_cells(statement, moved)), blanks=blanks)


def _cells(statement: Statement, moved: Mapping[int, str]) -> Iterator[Cell]:
    for cell in statement.cells:
        if cell.row in moved and isinstance(cell.states, Point):
            yield cell._replace(states=cell.states._replace(project=moved[cell.row]))
        else:
            yield cell
