"""The page of one figure, in both languages at once: its value, every place that prints it, its wholes and parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from budgetlod.publish.addresses import link, page_of
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.site.around import SCHEMA, around
from budgetlod.publish.site.evidence import Evidence, Facts, facts_of
from budgetlod.publish.site.figure_facts import FigureFacts
from budgetlod.publish.site.findings import Findings, findings_of
from budgetlod.publish.site.head import address, origin
from budgetlod.publish.site.money import ten_thousands, yuan_text
from budgetlod.publish.site.naming import CODED, Name, is_all
from budgetlod.publish.site.rendering import jsonld_text, part
from budgetlod.publish.site.shell import Shell, gap
from budgetlod.publish.site.vocabulary import Text, dimension_name
from budgetlod.publish.stages import Disclosed, Page
from budgetlod.rdf.names import BLOD

_MOST_FINDINGS = 6


def pages(one: Disclosed) -> Iterator[Page]:
    """Yield the page of each figure."""
    facts = facts_of(one)
    maker = _Maker(one, facts, FigureFacts(facts), findings_of(one.material.item))
    for iri in facts.figures:
        yield maker.page(iri)


class _Maker:
    """Makes the pages of one disclosure's figures. They lie equally deep, so that what is around them is made once."""

    def __init__(self, one: Disclosed, facts: Facts, figures: FigureFacts, findings: Findings) -> None:
        self.one, self.facts, self.figures, self.findings = one, facts, figures, findings
        folder = f"{one.material.item.folder}/figure"
        here = f"{folder}/-/index.html"
        self.fixed: dict[str, object] = {
            "link": facts.links(folder),
            "name": _NameHtml(),
            "source": _Sources(here),
            "money": _Money(),
            "report": link(here, f"{one.material.item.folder}/report/index.html"),
        }
        self.shell = Shell("figure-frame.html", here, self._frame(here))

    def _frame(self, here: str) -> dict[str, object]:
        """Return the values of the frame with gaps where the pages differ."""
        values = around(self.one, here, gap("iri"), [("", Text(gap("words")))])
        return {
            **values,
            "both": True,
            "canonical": gap("canonical") if values["canonical"] else "",
            # The citation says the IRI already, and these pages are to be small.
            "origin": origin(self.one.material.item, self.one.files, here)._replace(iri=""),
            "gap": gap,
        }

    def page(self, iri: str) -> Page:
        """Return the page of a figure."""
        one, path = self.one, page_of(iri, self.one.settings.base)
        values = self._values(iri)
        words = self.facts.names.figure(iri)
        texts = {
            "iri": escape(iri),
            "words": escape(words.zh),
            "title": escape(f"{values['wan']} 万元 {words.zh} · {one.material.item.publisher.name_zh}"),
            "canonical": escape(address(path, one.settings)),
            "jsonld": jsonld_text(_jsonld(iri, words, self.figures.amount(iri), self.facts.graph)),
            "body": part("figure.html", values),
        }
        return path, self.shell.filled(texts)

    def _values(self, iri: str) -> Mapping[str, object]:
        one, facts, figures = self.one, self.facts, self.figures
        evidence = figures.evidence(iri)
        steps, parts, siblings = figures.path(iri), figures.parts(iri), figures.siblings(iri)
        near = {line.iri for group in (*parts, *siblings) for line in group.lines} | {step.iri for step in steps}
        amount, words = figures.amount(iri), facts.names.figure(iri)
        about = self.findings.by_figure.get(iri, [])
        return {
            **self.fixed,
            "words": words,
            "title": _title(one, facts.graph, iri),
            "wan": ten_thousands(amount),
            "yuan": yuan_text(amount),
            "opinions": figures.opinions(iri, evidence),
            "steps": steps,
            "parts": parts,
            "siblings": siblings,
            "otherwise": figures.otherwise(iri, near),
            "findings": about[:_MOST_FINDINGS],
            "hidden": max(0, len(about) - _MOST_FINDINGS),
            "coordinates": _coordinates(facts, iri),
            "citation": _citation(one, words, amount, evidence, iri),
        }


class _Money(dict[Decimal, str]):
    """Amounts in 万元, each written once."""

    def __missing__(self, amount: Decimal) -> str:
        found = self[amount] = ten_thousands(amount)
        return found


class _NameHtml(dict[Name, Markup]):
    """Names in both languages, made once for each: the same codes stand on hundreds of pages."""

    def __missing__(self, name: Name) -> Markup:
        code = Markup(' <span class="code">{}</span>').format(name.notation) if name.notation else ""
        english = Markup(' <small lang="en">{}</small>').format(name.text.en) if name.text.en != name.text.zh else ""
        found = self[name] = escape(name.text.zh) + code + english
        return found


class _Sources(dict[str, str]):
    """Addresses of places in the source by their paths."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = here

    def __missing__(self, path: str) -> str:
        found = self[path] = link(self._here, path)
        return found


def _title(one: Disclosed, graph: Lookup, iri: str) -> Text:
    """Return whose figure it is: the year it is of, and the department."""
    item = one.material.item
    year = graph.text(iri, BLOD + "fiscalYear")
    return Text(
        f"{year}年 · {item.publisher.name_zh}", f"{year} · {item.publisher.name_en}" if item.publisher.name_en else ""
    )


def _coordinates(facts: Facts, iri: str) -> list[tuple[Text, Name, bool]]:
    """Return the coordinates that say something beside department and year: the dimension, the value, whether it is a code."""
    found = []
    for name in CODED:
        value = facts.graph.text(iri, BLOD + name)
        if not is_all(value):
            found.append((dimension_name(name), facts.names.of(value), "://" in value))
    return found


def _citation(one: Disclosed, words: Text, amount: Decimal, evidence: list[Evidence], iri: str) -> str:
    """Return the figure as it can be cited: what, how much, where printed, the IRI."""
    item = one.material.item
    first = evidence[0] if evidence else None
    where = f"，{first.where.zh}" if first else ""
    place = f"，原文{first.places[0].text.zh}" if first and first.places else ""
    return f"{item.title_zh}：{words.zh} {yuan_text(amount)} 元{where}{place}。{iri}"


def _jsonld(iri: str, words: Text, amount: Decimal, graph: Lookup) -> Mapping[str, Any]:
    return {
        "@context": SCHEMA,
        "@type": "Observation",
        "@id": iri,
        "name": words.zh,
        "measuredProperty": words.en,
        "observationDate": graph.text(iri, BLOD + "fiscalYear"),
        "value": {"@type": "MonetaryAmount", "currency": "CNY", "value": format(amount, "f")},
    }
