"""The same money cut four ways: where it comes from, what it is split into, what it buys, what it is for.

All strips of a disclosure are equally long. Basic expenditure stands left and projects right wherever the cut knows the two,
so that the edge between them runs straight through. A cut whose parts do not add up to the total is not drawn, unless the
parts are fewer: then the rest is shown as what the table leaves out. Rounding of printed parts is let pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from budgetlod.publish.site.charts import Span, fits_from, shares, spans
from budgetlod.publish.site.figures import ALL, Figure, Figures, partition, with_funds
from budgetlod.publish.site.money import ten_thousands
from budgetlod.publish.site.names import Label, Names
from budgetlod.rdf.names import CODE


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a strip: its name, amount, figure (``""``: computed), colour, and where it is drawn."""

    zh: str
    en: str
    amount: Decimal
    iri: str
    tone: str
    x: str = ""
    width: str = ""
    end: str = ""
    share: Decimal = Decimal()
    full: int = 0
    full_en: int = 0
    short: int = 0


@dataclass(frozen=True, slots=True)
class Strip:
    """One cut: a heading, what it goes by, and its segments from left to right."""

    key: str
    zh: str
    en: str
    by_zh: str = ""
    by_en: str = ""
    segments: Sequence[Segment] = field(default_factory=tuple)


def strips(figures: Figures, names: Names, projects: Sequence[tuple[Label, Figure]]) -> list[Strip]:
    """Return the cuts of total expenditure that the disclosure prints; none where it prints no total.

    ``projects`` are the projects with their figures, in the order of the document.
    """
    whole = total(figures)
    if whole is None or whole.amount <= 0:
        return []
    cuts = [
        Strip("source", "钱从哪来", "Where it comes from", segments=_by_source(figures, names, whole)),
        Strip("nature", "分成什么", "What it is split into", segments=_by_nature(figures, names, whole)),
        Strip("economic", "买了什么", "What it buys", "基本支出按经济分类，项目支出按项目",
              "basic expenditure by economic class, the rest by project", _bought(figures, names, whole, projects)),
        Strip("function", "做什么事", "What it is for", "支出功能分类（类）", "functional class",
              _by_function(figures, names, whole)),
    ]  # fmt: skip
    return [_drawn(cut) for cut in cuts if cut.segments]


def total(figures: Figures) -> Figure | None:
    """Return the figure that stands for the whole: expenditure of all money, else of a fund, else all outlay."""
    return figures.first(*with_funds({"flow": "expenditure"}, {"flow": "outlay"}))


def revenue(figures: Figures) -> Figure | None:
    """Return total revenue."""
    return figures.first(*with_funds({"flow": "revenue"}))


def plain(found: Iterable[Strip]) -> list[dict[str, Any]]:
    """Return strips as plain JSON, for the summary of a disclosure."""
    return [
        {**asdict(one), "segments": [{**asdict(part), "amount": str(part.amount), "share": str(part.share)}
                                     for part in one.segments]}
        for one in found
    ]  # fmt: skip


def from_plain(found: Iterable[dict[str, Any]]) -> list[Strip]:
    """Return strips as they were before :func:`plain`."""
    return [
        Strip(**{**one, "segments": [Segment(**{**part, "amount": Decimal(part["amount"]), "share": Decimal(part["share"])})
                                     for part in one["segments"]]})
        for one in found
    ]  # fmt: skip


def _drawn(cut: Strip) -> Strip:
    """Return a cut with the places of its segments and of their labels."""
    amounts = [part.amount for part in cut.segments]
    places = zip(cut.segments, spans(amounts), shares(amounts), strict=True)
    return replace(cut, segments=[_placed(part, span, share) for part, span, share in places])


def _placed(part: Segment, span: Span, share: Decimal) -> Segment:
    """Return a segment with its place and the widths of the strip from which its labels fit."""
    digits = ten_thousands(part.amount)
    short = fits_from(digits, share)

    def full(name: str) -> int:
        from_name = fits_from(name, share)
        return max(from_name, short) if from_name and short else 0

    return replace(
        part, x=span.x, width=span.width, end=span.end, share=share,
        full=full(part.zh), full_en=full(part.en or part.zh), short=short,
    )  # fmt: skip


def _segment(label: Label, figure: Figure, tone: str) -> Segment:
    return Segment(label.zh, label.en, figure.amount, figure.iri, tone)


def _by_source(figures: Figures, names: Names, whole: Figure) -> list[Segment]:
    if figures.code(whole.iri, "source") != ALL:
        return []
    ways: tuple[dict[str, str], ...] = (
        {"flow": "revenue"}, {"flow": "revenue", "vintage": "current"}, {"flow": "expenditure"}, {"flow": "outlay"},
    )  # fmt: skip
    cuts = []
    for way in ways:
        found = figures.along("source", **way)
        chosen = partition(figures, "source", found, whole.amount) or []
        ordered = sorted(chosen, key=lambda code, found=found: -found[code].amount)  # type: ignore[misc]
        cuts.append([_segment(names.of(f"{CODE}source/{code}"), found[code], "whole") for code in ordered])
    # The cut that says most: several sources before one, a narrow source before the one above it.
    return max(cuts, key=lambda cut: (len(cut), _depth(figures, cut)))


def _depth(figures: Figures, cut: Sequence[Segment]) -> int:
    return min((len(figures.above(part.iri, "source")) for part in cut), default=0)


def _natures(figures: Figures) -> dict[str, Figure]:
    return figures.along_any("nature", with_funds({"flow": "expenditure"}))


def _by_nature(figures: Figures, names: Names, whole: Figure) -> list[Segment]:
    found = _natures(figures)
    chosen = partition(figures, "nature", found, whole.amount)
    if not chosen or chosen == ["basic"]:
        return []
    order = {"personnel": 0, "public": 1, "basic": 2, "project": 9}
    ordered = sorted(chosen, key=lambda code: (order.get(code, 5), code))
    return [
        _segment(names.of(f"{CODE}nature/{code}"), found[code], code if code in order else "other") for code in ordered
    ]


def _bought(figures: Figures, names: Names, whole: Figure, projects: Sequence[tuple[Label, Figure]]) -> list[Segment]:
    natures = _natures(figures)
    basic, project = natures.get("basic"), natures.get("project")
    if basic is None or project is None or not figures.add_up([basic, project], whole.amount):
        return _all_bought(figures, names, whole)
    left = _basic_bought(figures, names, basic.amount)
    if not left:
        return []
    listed = [figure for _, figure in projects]
    right = [_segment(label, figure, "project") for label, figure in sorted(projects, key=lambda one: -one[1].amount)]
    if not figures.add_up(listed, project.amount):
        right = [_segment(names.of(f"{CODE}nature/project"), project, "project")]
    return [*left, *(part for part in right if part.amount)]


def _basic_bought(figures: Figures, names: Names, basic: Decimal) -> list[Segment]:
    """Return the economic classes of basic expenditure; personnel and public coloured as such if all of them are split."""
    classes = _classes(figures.along_any("economic", with_funds({"flow": "expenditure", "nature": "basic"})))
    listed = sum((figure.amount for figure in classes.values()), Decimal())
    closes = figures.add_up(list(classes.values()), basic)
    if not classes or (listed > basic and not closes):
        return []
    tones = {
        code: next((nature for nature in ("personnel", "public") if _same(figures, code, nature, figure)), "basic")
        for code, figure in classes.items()
    }
    if "basic" in tones.values() or not closes:
        tones = dict.fromkeys(tones, "basic")
    order = sorted(classes, key=lambda code: (tones[code], -classes[code].amount))
    parts = [_segment(names.of(f"{CODE}economic/{code}"), classes[code], tones[code]) for code in order]
    rest = Segment("不在本表", "not in this table", basic - listed, "", "basic")
    return parts if closes else [*parts, rest]


def _same(figures: Figures, code: str, nature: str, figure: Figure) -> bool:
    found = figures.first(*with_funds({"flow": "expenditure", "economic": code, "nature": nature}))
    return found is not None and found.amount == figure.amount


def _all_bought(figures: Figures, names: Names, whole: Figure) -> list[Segment]:
    classes = _classes(figures.along_any("economic", with_funds({"flow": "expenditure"})))
    if not figures.add_up(list(classes.values()), whole.amount):
        return []
    ordered = sorted(classes, key=lambda code: -classes[code].amount)
    return [_segment(names.of(f"{CODE}economic/{code}"), classes[code], "whole") for code in ordered]


def _by_function(figures: Figures, names: Names, whole: Figure) -> list[Segment]:
    def of(**more: str) -> dict[str, Figure]:
        return _classes(figures.along_any("function", with_funds({"flow": "expenditure", **more})))

    basic, project = of(nature="basic"), of(nature="project")
    if figures.add_up([*basic.values(), *project.values()], whole.amount):
        return _both_sides(names, basic, project)
    undivided = of()
    if not figures.add_up(list(undivided.values()), whole.amount):
        return []
    ordered = sorted(undivided, key=lambda code: undivided[code].amount)
    return [_segment(names.of(f"{CODE}function/{code}"), undivided[code], "whole") for code in ordered]


def _both_sides(names: Names, basic: dict[str, Figure], project: dict[str, Figure]) -> list[Segment]:
    """Return basic parts with the largest at the edge, then project parts with the largest there."""

    def part(code: str, figure: Figure, tone: str, zh: str, en: str) -> Segment:
        label = names.of(f"{CODE}function/{code}")
        return Segment(f"{label.zh} {zh}", f"{label.en or label.zh} ({en})", figure.amount, figure.iri, tone)

    left = sorted(basic.items(), key=lambda one: one[1].amount)
    right = sorted(project.items(), key=lambda one: -one[1].amount)
    return [
        *(part(code, figure, "basic", "基本", "basic") for code, figure in left),
        *(part(code, figure, "project", "项目", "projects") for code, figure in right),
    ]


def _classes(found: dict[str, Figure]) -> dict[str, Figure]:
    """Return the figures of three-digit classes that are not zero."""
    keep: Callable[[str], bool] = lambda code: len(code) == 3 and code.isdigit()  # noqa: E731 - a name for the condition
    return {code: figure for code, figure in found.items() if keep(code) and figure.amount}
