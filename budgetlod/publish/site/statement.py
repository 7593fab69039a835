"""The page of one statement: the printed table rebuilt, each amount a link to its figure; and the table as CSV."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from budgetlod.publish.addresses import PAGE_NAMES, Language, link, page_of
from budgetlod.publish.site.around import SCHEMA, around, part_of
from budgetlod.publish.site.evidence import Facts, facts_of
from budgetlod.publish.site.findings import Finding, Findings, findings_of
from budgetlod.publish.site.naming import Place, span
from budgetlod.publish.site.rendering import part, render
from budgetlod.publish.site.shell import either, in_language
from budgetlod.publish.site.statement_table import Grid, GridMaker, mark_sign, parts_of
from budgetlod.publish.site.vocabulary import Text
from budgetlod.publish.stages import Disclosed, Page
from budgetlod.publish.tables import csv_bytes
from budgetlod.rdf.names import BLOD, RDFS

TABLE = "table.csv"
READING = "reading.json"
_PLACE = re.compile(r"(page|line|row) (\d+)")


class Unmapped(NamedTuple):
    """A printed number that was not understood: its anchor, text and place."""

    anchor: str
    printed: str
    place: Text


def pages(one: Disclosed) -> Iterator[Page]:
    """Yield the page of each statement in both languages, and its CSV file."""
    facts = facts_of(one)
    findings = findings_of(one.material.item)
    unmapped = _unmapped(one.material.item.report_files.get(READING))
    places = {key: {_position(cell): cell["printed"] for cell in cells} for key, cells in unmapped.items()}
    maker = GridMaker(facts, findings, places)
    statements = ordered(facts)
    for number, iri in enumerate(statements):
        near = (
            statements[number - 1] if number else "",
            statements[number + 1] if number + 1 < len(statements) else "",
        )
        yield from _statement(one, facts, iri, near, maker, unmapped.get(iri.rpartition("/")[2], []))


def summary(material: Any) -> list[list[str]]:
    """Return what the search index says of the statements: title and path inside the disclosure's folder."""
    graph = material.graph
    found = sorted(graph.members(BLOD + "Statement"), key=lambda iri: graph.number(iri, BLOD + "order"))
    return [[graph.text(iri, RDFS + "label"), iri.rpartition("/")[2]] for iri in found]


def ordered(facts: Facts) -> list[str]:
    """Return the statements in the order of the document."""
    return sorted(
        facts.graph.members(BLOD + "Statement"), key=lambda iri: (facts.graph.number(iri, BLOD + "order"), iri)
    )


def table_csv(facts: Facts, statement: str) -> bytes:
    """Return the printed table as CSV: the headings of the columns, then the rows as printed; blanks are empty."""
    graph, parts = facts.graph, parts_of(facts.graph)
    columns = sorted(parts.columns.get(statement, ()), key=lambda iri: graph.number(iri, BLOD + "order"))
    rows = sorted(parts.rows.get(statement, ()), key=lambda iri: graph.number(iri, BLOD + "order"))
    said = [
        [
            " ".join(sorted(graph.text(cell, BLOD + "printed") for cell in parts.cells.get((row, column), ())))
            for column in columns
        ]
        for row in rows
    ]
    return csv_bytes([graph.text(column, BLOD + "label") for column in columns], said)


def _statement(
    one: Disclosed, facts: Facts, iri: str, near: tuple[str, str], maker: GridMaker, unmapped: list[Any]
) -> Iterator[Page]:
    grid, graph, base = maker.grid(iri), facts.graph, one.settings.base
    folder = page_of(iri, base).rpartition("/")[0]
    places = _places(facts, iri)
    sheet = _sheet(facts, folder, grid, graph.text(iri, RDFS + "label"), one)
    values = {
        "name": facts.statement_name(iri),
        "title": graph.text(iri, RDFS + "label"),
        "grid": grid,
        "unit": facts.names.of(graph.text(iri, BLOD + "printedUnit")).text,
        "where": span(places),
        "source": places[0].path if places else "",
        "note": graph.text(iri, BLOD + "note"),
        "empty": graph.text(iri, BLOD + "isEmpty") in {"true", "1"},
        "findings": _about(maker.findings, iri, grid),
        "unmapped": [_listed(cell) for cell in unmapped],
        "table": TABLE,
    }
    for language, name in PAGE_NAMES.items():
        path = f"{folder}/{name}"
        around_it = _surroundings(one, facts, path, iri, near, language)
        yield render("statement.html", path, {**values, **around_it, "sheet": in_language(sheet, language)}, language)
    yield f"{folder}/{TABLE}", table_csv(facts, iri)


def _sheet(facts: Facts, folder: str, grid: Grid, title: str, one: Disclosed) -> str:
    """Return the table itself with both wordings where they differ: it is the same on both pages but for a few words."""
    reports = (link(f"{folder}/-", f"{one.material.item.folder}/report/{name}") for name in PAGE_NAMES.values())
    values = {
        "grid": grid,
        "title": title,
        "figures": facts.links(folder.rpartition("/")[0]),
        "report": either(*reports),
        "either": either,
        "sign": mark_sign,
    }
    return part("table.html", values)


def _surroundings(
    one: Disclosed, facts: Facts, path: str, iri: str, near: tuple[str, str], language: Language
) -> Mapping[str, object]:
    """Return the values of the frame, and the neighbours by their paths."""
    base = one.settings.base
    before, after = (page_of(other, base, language) if other else "" for other in near)
    relations = [("alternate", f"{path.rpartition('/')[0]}/{TABLE}", "text/csv")]
    relations += [(rel, there, "") for rel, there in (("prev", before), ("next", after)) if there]
    name = facts.statement_name(iri)
    jsonld = {"@context": SCHEMA, "@type": "Table", "@id": iri, "name": name.zh, "isPartOf": part_of(one)}
    return {
        **around(one, path, iri, [("", name)], language, relations),
        "jsonld": jsonld,
        "previous": (link(path, before), facts.statement_name(near[0])) if before else None,
        "following": (link(path, after), facts.statement_name(near[1])) if after else None,
        "report": link(path, f"{one.material.item.folder}/report/{PAGE_NAMES[language]}"),
    }


def _about(findings: Findings, iri: str, grid: Grid) -> list[Finding]:
    """Return the findings about a table, its rows or cells, the gravest first."""
    anchors = {f"{iri}#{cell.anchor}" for row in grid.rows for side in row.sides for cell in side}
    here = {iri, *anchors, *(f"{iri}#{row.anchor}" for row in grid.rows)}
    here |= {f"{iri}#{head.anchor}" for side in grid.heads for level in side for head in level if head.anchor}
    numbers = {one.number for place in here for one in findings.by_place.get(place, ())}
    return [one for one in findings.in_order if one.number in numbers]


def _places(facts: Facts, iri: str) -> list[Place]:
    rows = parts_of(facts.graph).rows.get(iri, ())
    return [*facts.names.places(iri), *(place for row in rows for place in facts.names.places(row))]


def _unmapped(reading: bytes | None) -> dict[str, list[Any]]:
    """Return the numbers that were not understood, by the key of their statement."""
    body = json.loads(reading) if reading else {}
    return {one["key"]: one["unmapped"] for one in body.get("statements", []) if one["unmapped"]}


def _position(cell: Mapping[str, Any]) -> tuple[int, int]:
    return cell["row"], cell["column"]


def _listed(cell: Mapping[str, Any]) -> Unmapped:
    place = str(cell["place"])
    found = _PLACE.fullmatch(place)
    zh = f"第{found[2]}{'页' if found[1] == 'page' else '行'}" if found else place
    return Unmapped(f"r{cell['row']}c{cell['column']}", cell["printed"], Text(zh, place))
