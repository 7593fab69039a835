"""Derive what holds the figures of a disclosure together: breakdowns, bounds, balances, blanks, correspondences.

Everything follows from how the tables print the figures (which stand in one list, which cover which), so a new
template needs nothing here. The laws that use these relations are shapes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from budgetlod.interpret.cube import HIERARCHICAL, Cube, statement_lists, varying
from budgetlod.interpret.figures import ZERO
from budgetlod.model.codes import ALL
from budgetlod.model.cube import (
    Balance,
    BlankLink,
    Bound,
    Breakdown,
    Correspondence,
    Figure,
    Point,
    StatedChange,
    Subject,
    Thing,
)
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import AssetLine
from budgetlod.model.tables import Statement

_CUTS_OF_USE = ("nature", "function", "economic", "governmentEconomic", "item", "project")
Key = tuple[Point, tuple[str, ...]]
"""A whole and the dimensions in which its parts differ from it."""


@dataclass
class _Parts:
    """The parts found under one whole, and the statements that print them."""

    points: dict[Point, None] = field(default_factory=dict)
    statements: dict[str, None] = field(default_factory=dict)


class PrintedList(NamedTuple):
    """A column of rows or a row of columns, with the statement that prints it."""

    statement: str
    points: tuple[Point, ...]


def find_breakdowns(lists: Sequence[PrintedList], figures: Collection[Point], cube: Cube) -> dict[Key, _Parts]:
    """Return the parts of every whole, list by list, then merged.

    In a list each figure hangs on its nearest whole; all that hang on one whole are one breakdown. Where they differ
    in one dimension only, a part is re-hung on the nearest figure that any statement gives between it and the whole.
    Breakdowns of one whole over the same dimensions merge unless a part of one covers a part of the other.
    """
    found: dict[Key, _Parts] = {}
    for printed in lists:
        for (whole, dimensions), parts in _hang(printed.points, cube).items():
            if len(dimensions) == 1:
                _rehang(whole, dimensions, parts, printed.statement, figures, cube, found)
            else:
                _merge((whole, dimensions), parts, printed.statement, cube, found)
    return found


def _hang(points: Sequence[Point], cube: Cube) -> dict[Key, list[Point]]:
    candidates = set(points)
    dimensions = varying(points)
    wholes: dict[Point, tuple[set[str], list[Point]]] = {}
    for point in points:
        whole = cube.nearest(point, candidates, dimensions)
        if whole is not None and whole.adds_up:
            moved, parts = wholes.setdefault(whole.point, (set(), []))
            moved.update(whole.dimensions)
            parts.append(point)
    found: dict[Key, list[Point]] = {}
    for point, (_, parts) in wholes.items():
        for cut in _cuts(point, parts):
            moved = {d for part in cut for d in HIERARCHICAL if getattr(part, d) != getattr(point, d)}
            found[point, _ordered(moved)] = cut
    return found


def _cuts(whole: Point, parts: list[Point]) -> list[list[Point]]:
    """Return parts as one list, or as two where some cut the whole by source and others by nature or classification.

    A form prints a total, then how much of it is fiscal and how much is basic: each cut adds up by itself.
    """
    by_money = [part for part in parts if all(getattr(part, d) == getattr(whole, d) for d in _CUTS_OF_USE)]
    by_use = [part for part in parts if part.source == whole.source and part.vintage == whole.vintage]
    if by_money and by_use and len(by_money) + len(by_use) == len(parts):
        flows = [part for part in by_money if part in by_use]
        return [parts] if flows or not any(p.source != whole.source for p in by_money) else [by_money, by_use]
    return [parts]


def _ordered(dimensions: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in HIERARCHICAL if name in dimensions)


def _rehang(
    whole: Point,
    dimensions: tuple[str, ...],
    parts: Sequence[Point],
    statement: str,
    figures: Collection[Point],
    cube: Cube,
    found: dict[Key, _Parts],
) -> None:
    between: dict[Point, None] = {}
    for part in parts:
        point = part
        while (above := cube.nearest(point, figures, dimensions)) is not None and above.point != whole:
            if not above.adds_up or not cube.covers(whole, above.point):
                break
            _merge((above.point, dimensions), [point], statement, cube, found)
            point = above.point
        between[point] = None
    _merge((whole, dimensions), list(between), statement, cube, found)


def _merge(key: Key, parts: Sequence[Point], statement: str, cube: Cube, found: dict[Key, _Parts]) -> None:
    entry = found.setdefault(key, _Parts())
    for part in parts:
        nested = any(p != part and (cube.covers(p, part) or cube.covers(part, p)) for p in entry.points)
        if not nested:
            entry.points[part] = None
    entry.statements[statement] = None


def stated_parts(
    figures: Collection[Point], printed: Collection[Point], lexicon: Lexicon, cube: Cube
) -> dict[Key, _Parts]:
    """Return breakdowns of wholes whose parts prose states one and all: each code below the whole's code."""
    found: dict[Key, _Parts] = {}
    loose = [point for point in figures if point not in printed]
    for point in loose:
        for dimension in ("nature", "source", "item", "vintage"):
            steps = cube.steps(dimension, getattr(point, dimension))
            if not steps or not steps[0].adds_up:
                continue
            whole = point.moved({dimension: steps[0].code})
            parts = [point.moved({dimension: code}) for code in _children(dimension, steps[0].code, lexicon)]
            if whole in figures and all(part in figures for part in parts):
                entry = found.setdefault((whole, (dimension,)), _Parts())
                entry.points.update(dict.fromkeys(parts))
    return found


def _children(dimension: str, code: str, lexicon: Lexicon) -> list[str]:
    codes = lexicon.codes(dimension).codes.values()
    return [c.notation for c in codes if code in c.broader and not c.of_which]


def as_breakdowns(found: Mapping[Key, _Parts]) -> tuple[Breakdown, ...]:
    """Return the records of breakdowns that have parts."""
    return tuple(
        Breakdown("", whole, tuple(parts.points), dimensions, tuple(parts.statements))
        for (whole, dimensions), parts in found.items()
        if parts.points
    )


# --- other things that add up -----------------------------------------------------------------------------------------------


def change_breakdowns(
    changes: Sequence[StatedChange], figures: Mapping[Key, _Parts], lexicon: Lexicon
) -> tuple[Breakdown, ...]:
    """Return the breakdowns of changes: those of all parts that the figure itself has, or that the code list has."""
    stated = dict.fromkeys(c.change for c in changes if c.amount is not None)
    result = []
    for change in stated:
        for dimension in ("nature", "source", "item"):
            code = getattr(change.point, dimension)
            entry = figures.get((change.point, (dimension,)))
            listed = [change.point.moved({dimension: c}) for c in _children(dimension, code, lexicon)]
            options = ([*entry.points] if entry else [], listed)
            for points in options:
                parts = tuple(change._replace(point=point) for point in points)
                if len(parts) > 1 and all(part in stated for part in parts):
                    result.append(Breakdown("", change, parts, (dimension,), ()))
                    break
    return tuple(result)


def asset_breakdowns(lines: Sequence[AssetLine], lexicon: Lexicon, statement: str) -> tuple[Breakdown, ...]:
    """Return the breakdown of the total of assets; their values are rounded by hand, so it may miss by the band."""
    codes = lexicon.lists["asset"]
    result = []
    for whole in lines:
        code = codes.codes.get(whole.asset_class)
        if whole.amount is None or code is None or not code.complete:
            continue
        parts = [x for x in lines if x.amount is not None and whole.asset_class in codes.broader(x.asset_class)]
        if parts:
            subjects: tuple[Subject, ...] = tuple(Thing("asset", "", str(part.order)) for part in parts)
            result.append(
                Breakdown("", Thing("asset", "", str(whole.order)), subjects, ("assetClass",), (statement,), True)
            )
    return tuple(result)


def find_bounds(figures: Collection[Point], breakdowns: Sequence[Breakdown], cube: Cube) -> tuple[Bound, ...]:
    """Return for each figure and dimension the nearest figure above it along that dimension alone."""
    linked = {(part, b.whole) for b in breakdowns for part in b.parts}
    single = {(part, b.whole): b.dimensions[0] for b in breakdowns if len(b.dimensions) == 1 for part in b.parts}
    bounds = [Bound(part, whole, dimension, True) for (part, whole), dimension in single.items()]
    for point in figures:
        for dimension in HIERARCHICAL:
            if not cube.steps(dimension, point.code(dimension)):
                continue
            above = cube.nearest(point, figures, (dimension,))
            if above is not None and (point, above.point) not in linked:
                bounds.append(Bound(point, above.point, dimension))
    return tuple(bounds)


# --- money in, money out ------------------------------------------------------------------------------------------------------


def find_balances(figures: Mapping[Point, Figure], base: Point, lexicon: Lexicon) -> tuple[Balance, ...]:
    """Return a balance for each source of which both the money in and the money out are stated.

    A side is its printed total, or else its parts; money in is not put together from parts where carry-over is
    stated for all sources together only.
    """
    balances = []
    for source in lexicon.codes("source").codes:
        revenue = base._replace(flow="revenue", source=source)
        outlay = base._replace(flow="outlay", source=source)
        money_in = [revenue] if revenue in figures else _revenue_parts(revenue, figures)
        money_out = [outlay] if outlay in figures else _outlay_parts(outlay, figures)
        if money_in and money_out:
            balances.append(Balance(source, tuple(money_in), tuple(money_out)))
    return tuple(balances)


def _revenue_parts(revenue: Point, figures: Mapping[Point, Figure]) -> list[Point]:
    parts = [revenue._replace(vintage=v) for v in ("current", "carried", "surplus-used", "cash-balance")]
    stated = [part for part in parts if part in figures]
    if not stated or stated[0].vintage != "current":
        return []
    for part in parts[1:]:
        shared = [part._replace(source=source) for source in ("fiscal", ALL)]
        if part not in figures and any(p in figures and figures[p].amount != ZERO for p in shared):
            return []
    return stated


def _outlay_parts(outlay: Point, figures: Mapping[Point, Figure]) -> list[Point]:
    expenditure = outlay._replace(flow="expenditure")
    others = [outlay._replace(flow=flow) for flow in ("closing", "distribution")]
    stated = [part for part in others if part in figures]
    return [expenditure, *stated] if expenditure in figures and stated else []


def funded_by(figures: Mapping[Point, Figure], base: Point, cube: Cube) -> tuple[str, ...]:
    """Return the lowest sources with money, when the revenue of all money is stated and none of it is unassigned."""
    total = base._replace(flow="revenue")
    current = total._replace(vintage="current")
    if total not in figures and current not in figures:
        return ()
    money: set[str] = set()
    for point, figure in figures.items():
        if point._replace(source=ALL, vintage=ALL) == total and figure.amount != ZERO:
            if point.vintage not in (ALL, "current") and point.source in (ALL, "fiscal"):
                return ()
            money.add(point.source)
    money.discard(ALL)
    parts = {
        s for s in money if all(step.adds_up for step in cube.steps("source", s)[:1])
    }  # a part (其中) is no source
    return tuple(sorted(s for s in parts if not any(step.code == s for o in parts for step in cube.steps("source", o))))


# --- blanks -----------------------------------------------------------------------------------------------------------------------


def find_blanks(statements: Sequence[Statement], figures: Mapping[Point, Figure], cube: Cube) -> tuple[BlankLink, ...]:
    """Return the blanks that matter: stated elsewhere, above filled cells, or all the parts of a filled whole."""
    links: dict[BlankLink, None] = {}
    for statement in statements:
        rows: dict[Point, list[int]] = {}
        for blank in statement.blanks:
            rows.setdefault(blank.point, []).append(blank.row)
            if blank.point in figures:
                links[BlankLink(statement.key, blank.row, "leavesBlank", blank.point)] = None
        filled = {c.states for c in statement.cells if isinstance(c.states, Point)}
        for points in statement_lists(statement, blanks=True) if statement.blanks else ():
            if not filled.issuperset(points):
                links.update(dict.fromkeys(_blanks_of_list(points, filled, rows, statement.key, cube)))
    return tuple(links)


def _blanks_of_list(
    points: Sequence[Point], filled: Collection[object], rows: Mapping[Point, list[int]], statement: str, cube: Cube
) -> Iterator[BlankLink]:
    candidates, dimensions = set(points), varying(points)
    under: dict[Point, list[Point]] = {}
    for point in points:
        whole = cube.nearest(point, candidates, dimensions)
        if whole is None or not whole.adds_up:
            continue
        under.setdefault(whole.point, []).append(point)
        if point in filled and whole.point not in filled:
            yield from (BlankLink(statement, row, "leavesBlankOver", point) for row in rows[whole.point])
    for whole_point, parts in under.items():
        if whole_point in filled and not any(part in filled for part in parts):
            yield from (
                BlankLink(statement, row, "leavesBlankUnder", whole_point) for part in parts for row in rows[part]
            )


# --- correspondences ---------------------------------------------------------------------------------------------------------------


def _income_by_function(figures: Collection[Point]) -> Iterator[tuple[Point, Point]]:
    """Yield the figures of all revenue, of each code and in total, each with that of all expenditure."""
    for point in figures:
        spent = point._replace(flow="expenditure")
        if point.flow == "revenue" and (point.vintage, point.source) == (ALL, ALL) and spent in figures:
            yield point, spent


def find_correspondences(figures: Collection[Point], lexicon: Lexicon) -> tuple[Correspondence, ...]:
    """Return the figures that two classifications state of the same money."""
    basic = [p for p in figures if p.nature == "basic" and p.flow == "expenditure"]
    found = []
    for function, economic in lexicon.corresponds:
        for part in (p for p in basic if p.function == function and p.economic == ALL):
            whole = part._replace(function=ALL, economic=economic)
            if whole in figures:
                found.append(Correspondence("correspondsTo", part, whole))
    for economic, item in lexicon.charged:
        for part in (p for p in basic if p.economic == economic):
            whole = part._replace(economic=ALL, nature=ALL, item=item)
            if whole in figures:
                found.append(Correspondence("chargedTo", part, whole))
    found += [Correspondence("spentAs", income, spent) for income, spent in _income_by_function(figures)]
    for economic, function in lexicon.paid_from:
        for part in (p for p in basic if p.economic == economic and p.function == ALL):
            whole = part._replace(economic=ALL, function=function)
            if whole in figures:
                found.append(Correspondence("paidFrom", part, whole))
    return tuple(found)
