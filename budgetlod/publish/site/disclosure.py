"""The page of one disclosure, from its first sentence to its downloads, and what the pages of the whole know of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from budgetlod.publish.addresses import CHANGE_PAGES, PAGE_NAMES, page_of
from budgetlod.publish.item import PublishedDisclosure
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.material import Material
from budgetlod.publish.site import notes, schema_org
from budgetlod.publish.site.changes import Changes, Stated, YearOnYear, year_on_year
from budgetlod.publish.site.checks import chips, findings, worst
from budgetlod.publish.site.figures import ALL, Figure, Figures, with_funds
from budgetlod.publish.site.head import feed_of, head, origin, relations, trail_of, version_relations
from budgetlod.publish.site.items import ItemLine, Printed, item_lines, three_public
from budgetlod.publish.site.ledgers import Ledger, economic_ledger, function_ledger
from budgetlod.publish.site.names import Label, Names
from budgetlod.publish.site.opening import Facts, opening
from budgetlod.publish.site.project_list import SPARK, ProjectLine, project_lines
from budgetlod.publish.site.rendering import render
from budgetlod.publish.site.statement_list import StatementLine, statements
from budgetlod.publish.site.strips import Strip, plain, revenue, strips, total
from budgetlod.publish.site.sums import Sum, Sums
from budgetlod.publish.stages import Disclosed, Page
from budgetlod.rdf.names import BLOD, CODE


class Account(NamedTuple):
    """All that the page shows of a disclosure's figures."""

    names: Names
    whole: Figure | None
    revenue: Figure | None
    carries_over: bool
    fund: Label | None
    strips: Sequence[Strip]
    changes: YearOnYear | None
    functions: Ledger | None
    economics: Ledger | None
    projects: Sequence[ProjectLine]
    items: Sequence[ItemLine]
    natures: Mapping[str, Figure]
    statements: Sequence[StatementLine]
    sums: Sequence[Sum]
    balances: Sequence[str]
    all_changes: Sequence[tuple[Stated, Label]]
    mentions: int
    in_yuan: bool
    facts: Facts


def pages(one: Disclosed) -> Iterator[Page]:
    """Yield the page of a disclosure in both languages."""
    item = one.material.item
    values = _values(one)
    for language, name in PAGE_NAMES.items():
        path = f"{item.folder}/{name}"
        area = area_label(item, values["account"].names)
        trail = trail_of(item, area, one.settings, language)
        frame = head(path, [*trail[:-1], ("", trail[-1][1])], one.settings, values["things"])
        typed = [
            *relations(item, one.files, path, one.settings),
            feed_of(item.folder, path, language),
            *version_relations(item, path, language),
        ]
        more = {"relations": typed, "origin": origin(item, one.files, path), "change_pages": CHANGE_PAGES}
        yield render("disclosure.html", path, {**values, **frame, **more}, language)


def summary(material: Material) -> dict[str, Any]:
    """Return what the first page and the page of the department want to know, as plain JSON."""
    item, account = material.item, account_of(material)
    changes = account.changes
    return {
        "area": area_label(item, account.names),
        "whole": _plain(account.whole),
        "natures": {nature: _plain(figure) for nature, figure in account.natures.items()},
        "items": {line.code: _plain(line.figure) for line in account.items},
        "strips": plain(account.strips),
        "opening": {language: opening(account.facts, language) for language in PAGE_NAMES},
        "change": [changes.year, _text(changes.total.change.amount), _text(changes.percent)]
        if changes and changes.of_total
        else None,
        "projects": len(account.projects),
        "units": notes.units(material.graph, account.names, item.publisher.iri),
    }


def account_of(material: Material) -> Account:
    """Return the account of a disclosure; the one asked for last is kept, since pages and summary both need it."""
    return _account(material.graph, _Hashed(material.item))


class _Hashed:
    """A disclosure as an argument of a cache: told apart by its identity, for it cannot be hashed itself."""

    def __init__(self, item: PublishedDisclosure) -> None:
        self.item = item

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and self.item is other.item

    def __hash__(self) -> int:
        return id(self.item)


@lru_cache(maxsize=1)
def _account(graph: Lookup, hashed: _Hashed) -> Account:
    return _read(hashed.item, graph)


def area_label(item: PublishedDisclosure, names: Names) -> Label | None:
    """Return the name of the area with its code, if the disclosure has one."""
    if not item.area:
        return None
    return names.of(item.area)._replace(code=item.area.rpartition("/")[2])


def _read(item: PublishedDisclosure, graph: Lookup) -> Account:
    figures, names = Figures(item, graph), Names(graph)
    changes = Changes(graph, figures)
    projects = project_lines(graph, figures, names)
    with_amounts = [(line.label, line.figure) for line in projects if line.figure and line.figure.iri]
    cuts = strips(figures, names, with_amounts)
    whole = total(figures)
    compared = year_on_year(changes, names, whole)
    items = item_lines(figures, names, Printed(graph), changes)
    return Account(
        names=names,
        whole=whole,
        revenue=revenue(figures),
        carries_over=_carries_over(figures, whole),
        fund=_fund(figures, names, whole),
        strips=cuts,
        changes=compared,
        functions=function_ledger(figures, names),
        economics=economic_ledger(figures, names),
        projects=projects,
        items=items,
        natures=figures.along_any("nature", with_funds({"flow": "expenditure"})),
        statements=statements(graph, names),
        sums=Sums(graph).all(),
        balances=graph.subjects(BLOD + "Balance"),
        all_changes=[(one, changes.label(one, names)) for one in changes.all],
        mentions=len(graph.members(BLOD + "Mention")),
        in_yuan=_in_yuan(graph),
        facts=_facts(figures, whole, compared, cuts, projects, items),
    )


def _facts(
    figures: Figures,
    whole: Figure | None,
    compared: YearOnYear | None,
    cuts: Sequence[Strip],
    projects: Sequence[ProjectLine],
    items: Sequence[ItemLine],
) -> Facts:
    by_key = {cut.key: cut.segments for cut in cuts}
    special = three_public(items)
    compared = compared if compared and compared.of_total else None
    parts = [line.figure for line in projects if line.figure]
    money = [part.amount for part in by_key.get("nature", ()) if part.tone == "project"]
    return Facts(
        whole=whole.amount if whole else None,
        change=compared.total.change.amount if compared else None,
        percent=compared.percent if compared else None,
        year=compared.year if compared else "",
        split=[(part.tone, part.amount) for part in by_key.get("nature", ())],
        projects=len(projects) if money and figures.add_up(parts, money[0]) else 0,
        three_public=special.amount if special else None,
        funds=[(part.zh, part.en) for part in by_key.get("source", ())],
    )


def _fund(figures: Figures, names: Names, whole: Figure | None) -> Label | None:
    """Return the fund that the whole is money of, where the disclosure prints no total of all money."""
    code = figures.code(whole.iri, "source") if whole else ALL
    return None if code == ALL else names.of(f"{CODE}source/{code}")


def _carries_over(figures: Figures, whole: Figure | None) -> bool:
    """Whether money is left at the end of the year, so that expenditure is less than all that the table balances."""
    outlay = figures.first(*with_funds({"flow": "outlay"}))
    return whole is not None and outlay is not None and outlay.amount != whole.amount


def _in_yuan(graph: Lookup) -> bool:
    """Whether most statements that print amounts print them in yuan."""
    units = [graph.text(one, BLOD + "printedUnit") for one in graph.members(BLOD + "Statement")]
    return units.count(CODE + "unit/cny") * 2 > len([unit for unit in units if unit])


def _values(one: Disclosed) -> dict[str, Any]:
    material = one.material
    item, graph = material.item, material.graph
    account = account_of(material)
    words: dict[str, str] = {language: opening(account.facts, language) for language in PAGE_NAMES}
    return {
        "item": item,
        "base": one.settings.base,
        "account": account,
        "opening": words,
        "findings": worst(findings(item)),
        "chips": chips(item.checks),
        "spark": SPARK,
        "duties": notes.duties(graph),
        "institutions": notes.institutions(graph, account.names),
        "procurement": notes.procurement(graph, account.names),
        "asset_lines": notes.assets(graph),
        "goals": notes.goals(graph, item.iri),
        "terms": len(graph.members(BLOD + "GlossaryTerm")),
        "has_department": bool(page_of(item.publisher.iri, one.settings.base)),
        "has_text": bool(graph.members(BLOD + "Section")),
        "files": one.files,
        "reports": sorted(item.report_files),
        "things": [schema_org.dataset(item, one.files, one.settings, words)],
    }


def _plain(figure: Figure | None) -> list[str] | None:
    return [figure.iri, str(figure.amount)] if figure else None


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
