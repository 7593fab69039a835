"""Small pages that work as files: no script, nothing fetched, links spelt out to ``index.html``.

The first sentence of a disclosure's page is made from its figures. Templates escape everything (autoescape).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from budgetlod.publish.catalogue import CataloguedFile
from budgetlod.publish.item import PublishedDisclosure
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.tables import DIMENSIONS
from budgetlod.rdf.names import BLOD, CODE, QB, RDFS

Language = Literal["zh", "en"]
PAGE_NAMES: Mapping[Language, str] = {"zh": "index.html", "en": "index.en.html"}
_CODED = tuple(name for name in DIMENSIONS if name not in {"organization", "fiscalYear", "phase"})
_Coordinates = tuple[str, ...]
_WORDS: Mapping[Language, Callable[[str, str], str]] = {"zh": lambda zh, _: zh, "en": lambda zh, en: en or zh}


class Totals(NamedTuple):
    """The figures of the opening sentence, in yuan; ``None`` where the disclosure prints none."""

    revenue: Decimal | None
    outlay: Decimal | None
    basic: Decimal | None
    project: Decimal | None
    three_public: Decimal | None


class StatementLine(NamedTuple):
    """One statement in the list: its printed title, its number of printed amounts, its note when it is empty."""

    iri: str
    title: str
    amounts: int
    is_empty: bool
    note: str


def disclosure_pages(item: PublishedDisclosure, graph: Lookup, files: Sequence[CataloguedFile]) -> dict[str, bytes]:
    """Return the pages of a disclosure, one per language, by file name."""
    values = {
        "item": item,
        "opening": {language: opening(totals(item, graph), language) for language in PAGE_NAMES},
        "statements": statements(graph),
        "files": files,
        "reports": sorted(item.report_files),
        "root": "../" * len(item.folder.split("/")),
    }
    return _in_all_languages("disclosure.html", values)


def publication_pages(items: Sequence[PublishedDisclosure], settings: PublicationSettings) -> dict[str, bytes]:
    """Return the first pages of the publication, one per language, by file name."""
    return _in_all_languages("publication.html", {"items": items, "settings": settings})


def totals(item: PublishedDisclosure, graph: Lookup) -> Totals:
    """Return the figures of the whole department for the disclosure's own year and phase."""
    amounts = _own_amounts(item, graph)
    funds = ("_T", "general-public", "fiscal")
    return Totals(
        revenue=_first(amounts, [{"flow": "revenue"}]),
        outlay=_first(amounts, [{"flow": "outlay"}, {"flow": "expenditure"}]),
        basic=_first(amounts, [{"flow": "expenditure", "nature": "basic"}]),
        project=_first(amounts, [{"flow": "expenditure", "nature": "project"}]),
        three_public=_first(
            amounts, [{"flow": "expenditure", "item": "three-public", "source": fund} for fund in funds]
        ),
    )


def statements(graph: Lookup) -> list[StatementLine]:
    """Return the statements in the order of the document."""
    counts: dict[str, int] = {}
    for cell in graph.subjects(BLOD + "Cell"):
        statement = graph.text(cell, BLOD + "inStatement")
        counts[statement] = counts.get(statement, 0) + 1
    found = sorted(graph.subjects(BLOD + "Statement"), key=lambda iri: graph.number(iri, BLOD + "order"))
    return [
        StatementLine(
            iri,
            graph.text(iri, RDFS + "label"),
            counts.get(iri, 0),
            graph.text(iri, BLOD + "isEmpty") in {"true", "1"},
            graph.text(iri, BLOD + "note"),
        )
        for iri in found
    ]


def opening(found: Totals, language: Language) -> str:
    """Return the first sentence of a page; ``""`` when the disclosure prints none of the totals."""
    whole = [("收入总计", "total revenue", found.revenue), ("支出总计", "total expenditure", found.outlay)]
    split = [("基本支出", "basic expenditure", found.basic), ("项目支出", "projects", found.project)]
    rest = [("“三公”经费", "“three public” costs", found.three_public)]
    clauses = [
        [_clause(zh, en, amount, language) for zh, en, amount in part if amount is not None]
        for part in (whole, split, rest)
    ]
    if clauses[1]:
        clauses[1][0] = ("其中" if language == "zh" else "of which ") + clauses[1][0]
    groups = [("，" if language == "zh" else ", ").join(part) for part in clauses if part]
    sentence = ("；" if language == "zh" else "; ").join(groups)
    return sentence[:1].upper() + sentence[1:] + ("。" if language == "zh" else ".") if sentence else ""


def _clause(zh: str, en: str, amount: Decimal, language: Language) -> str:
    return f"{zh} {ten_thousands(amount)} 万元" if language == "zh" else f"{en} CNY {millions(amount)} million"


def ten_thousands(yuan: Decimal) -> str:
    """Return an amount in 万元 with thousands separators and at least two decimals; nothing is rounded."""
    return _grouped(yuan.scaleb(-4), 2)


def millions(yuan: Decimal) -> str:
    """Return an amount in million yuan with thousands separators; nothing is rounded."""
    return _grouped(yuan.scaleb(-6), 1)


def _grouped(value: Decimal, decimals: int) -> str:
    shortest = value.normalize()
    exponent = shortest.as_tuple().exponent
    places = max(decimals, -exponent if isinstance(exponent, int) else 0)
    return f"{shortest:,.{places}f}".replace("-", "\N{MINUS SIGN}")


def _own_amounts(item: PublishedDisclosure, graph: Lookup) -> dict[_Coordinates, Decimal]:
    """Amounts of the department itself (its IRI is the shortest) in the disclosure's year and phase."""
    phase = item.folder.rpartition("/")[2].partition("-")[2]
    figures = graph.subjects(QB + "Observation")
    owners = {figure: graph.text(figure, BLOD + "organization") for figure in figures}
    department = min(owners.values(), key=len, default="")
    wanted = [f"{item.fiscal_year:04d}", f"{CODE}phase/{phase}"]
    own = [
        figure
        for figure in figures
        if owners[figure] == department
        and [graph.text(figure, BLOD + "fiscalYear"), graph.text(figure, BLOD + "phase")] == wanted
    ]
    return {_coordinates(graph, figure): Decimal(graph.text(figure, BLOD + "amount")) for figure in own}


def _coordinates(graph: Lookup, figure: str) -> _Coordinates:
    return tuple(graph.text(figure, BLOD + name).rpartition("/")[2] for name in _CODED)


def _first(amounts: Mapping[_Coordinates, Decimal], choices: Iterable[Mapping[str, str]]) -> Decimal | None:
    """Return the amount at the first choice that is printed; dimensions that a choice leaves out are ``_T``."""
    for choice in choices:
        coordinates = tuple(choice.get(name, "_T") for name in _CODED)
        if coordinates in amounts:
            return amounts[coordinates]
    return None


def _in_all_languages(template: str, values: Mapping[str, object]) -> dict[str, bytes]:
    page = _environment().get_template(template)
    return {
        name: page.render(w=_WORDS[language], language=language, pages=PAGE_NAMES, **values).encode()
        for language, name in PAGE_NAMES.items()
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
