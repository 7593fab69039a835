"""Tell the lines of a procurement table apart: projects it alone names, and several purchases for one project.

A procurement table may name projects that no form describes, and it may buy several things for one project. Each
line is a point of the cube of its own, so a project with several lines is taken apart into sub-projects, one a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from budgetlod.core.text import label_key, squeeze
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.headings import Heading
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
        if project.name and not project.parent:
            names[label_key(project.name)] = Meaning(project.key, (("project", project.key),))
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

    A label that ends in a word for a total heads the lines of a unit; any other names a project.
    """
    found: dict[str, Meaning] = {}
    projects: list[Project] = []
    totals = lexicon.words_of("total")
    for row in table.rows:
        label = "".join(squeeze(row.cells[h.index]) for h in headings if h.role == "label" and h.index < len(row.cells))
        key = label_key(label)
        if not key or key in names or key in found or lexicon.find(key, "row", dict(type_.fixes), type_.row_dimensions):
            continue
        if unit := next((label.removesuffix(s) for s in totals if label.endswith(s) and label != s), ""):
            found[key] = Meaning(unit, (("organization", unit),), opens=True)
        else:
            found[key] = Meaning(key, (("project", key),))
            projects.append(Project(key, "", label, statement, row.places[0], form=False))
    return found, projects


def taken_apart(
    statement: Statement, goods: Mapping[int, str], projects: Sequence[Project]
) -> tuple[Statement, list[Project]]:
    """Return the statement with several lines of one project moved to sub-projects, and those.

    ``goods`` are the names of what is bought, by row.
    """
    of_row = {c.row: (c.states.organization, c.states.project) for c in statement.cells if isinstance(c.states, Point)}
    counts = Counter(key for key in of_row.values() if key[1] != ALL)
    parents = {project.key: project for project in projects}
    serials: Counter[tuple[str, str]] = Counter()
    moved: dict[int, str] = {}
    found: list[Project] = []
    for row, key in of_row.items():
        if counts[key] < 2:
            continue
        serials[key] += 1
        unit, project = key
        moved[row] = f"{project}.{unit + '.' if unit else ''}{serials[key]}"
        name = "：".join(filter(None, [parents[project].name if project in parents else project, goods.get(row, "")]))
        place = next(r.places[0] for r in statement.rows if r.number == row)
        found.append(Project(moved[row], "", name, statement.key, place, form=False, parent=project))
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
