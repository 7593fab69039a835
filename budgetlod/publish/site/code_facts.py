"""The codes that a publication uses, and those above them: what they are called and which figures bear them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from budgetlod.publish.entry import Entry
from budgetlod.publish.item import PublishedDisclosure
from budgetlod.publish.lookup import Lookup, natural_order
from budgetlod.publish.material import Material
from budgetlod.publish.site.naming import CODED, is_all
from budgetlod.publish.site.vocabulary import Text, alignments_graph, codes_graph, label, texts
from budgetlod.rdf.names import BLOD, CODE, QB, RDFS, SKOS

MATCHES: Final[Mapping[str, Text]] = {
    "closeMatch": Text("内容相近", "close match"),
    "exactMatch": Text("相同", "exact match"),
    "broadMatch": Text("属于", "lies within"),
    "narrowMatch": Text("包括", "includes"),
    "relatedMatch": Text("有重合", "overlaps"),
}


class Use(NamedTuple):
    """A disclosure that uses a code, and its figure for it: key and amount (none where no figure bears it alone)."""

    entry: Entry
    figure: str
    amount: Decimal | None


def summary(material: Material) -> dict[str, Any]:
    """Return the codes that a disclosure uses, with the figure for each, and the labels of those in no list."""
    graph = material.graph
    best = _figures(graph, material.item)
    used, local = dict[str, list[str]](), dict[str, list[str]]()
    described = {iri for iri in graph.members(SKOS + "Concept") if iri.startswith(CODE)}
    stated = {graph.text(figure, BLOD + name) for figure in graph.members(QB + "Observation") for name in CODED}
    for iri in sorted(described | {code for code in stated if code.startswith(CODE) and not is_all(code)}):
        figure = best.get(iri)
        used[iri.removeprefix(CODE)] = (
            [figure.rpartition("/")[2], graph.text(figure, BLOD + "amount")] if figure else []
        )
        if graph.text(iri, BLOD + "isListed") in {"false", "0"} or not codes_graph().terms(iri, SKOS + "inScheme"):
            above = [broader.removeprefix(CODE) for broader in graph.texts(iri, SKOS + "broader")]
            local[iri.removeprefix(CODE)] = [texts(graph, iri, SKOS + "prefLabel").zh, *above]
    return {"used": used, "local": local}


def _figures(graph: Lookup, item: PublishedDisclosure) -> dict[str, str]:
    """Return for each code the figure of the department itself that says the least beside it; expenditure before revenue."""
    own = (item.publisher.iri, f"{item.fiscal_year:04d}", f"{CODE}phase/{item.phase}")
    best = dict[str, tuple[tuple[int, bool, int, str], str]]()
    for figure in graph.members(QB + "Observation"):
        if tuple(graph.text(figure, BLOD + name) for name in ("organization", "fiscalYear", "phase")) != own:
            continue
        codes = [code for code in (graph.text(figure, BLOD + name) for name in CODED) if not is_all(code)]
        revenue = any(code == CODE + "flow/revenue" for code in codes)
        rank = len(codes), revenue, len(figure), figure
        for code in codes:
            if code not in best or rank < best[code][0]:
                best[code] = rank, figure
    return {code: figure for code, (_, figure) in best.items()}


class Codes:
    """Answers for the codes of all disclosures; a code is named as ``scheme/notation``."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._graph = codes_graph()
        self._local: dict[str, list[str]] = {}
        self.uses: dict[str, list[Use]] = defaultdict(list)
        for entry in entries:
            said = entry.summaries.get("code", {"used": {}, "local": {}})
            self._local |= {name: words for name, words in said["local"].items() if name not in self._local}
            for name, found in said["used"].items():
                figure, amount = (found[0], Decimal(found[1])) if found else ("", None)
                self.uses[name].append(Use(entry, figure, amount))

    @cached_property
    def names(self) -> list[str]:
        """All codes that have a page: those used, those they match, and all above these."""
        found, waiting = set[str](), [*self.uses]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [*self.broader(name), *(other for _, other in self.matches(name))]
        return sorted(found, key=natural_order)

    @cached_property
    def narrower(self) -> Mapping[str, Sequence[str]]:
        """The codes with a page that are right below a code."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            for broader in self.broader(name):
                found[broader].append(name)
        return found

    @cached_property
    def by_scheme(self) -> Mapping[str, Sequence[str]]:
        """The codes with a page by their scheme."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            found[name.partition("/")[0]].append(name)
        return dict(found)

    def label(self, name: str) -> Text:
        """Return what a code is called; one that is in no list as the document prints it."""
        found = label(self._graph, CODE + name)
        if found.zh or found.en:
            return found
        return Text(self._local[name][0]) if name in self._local else Text(unquote(name.rpartition("/")[2]))

    def scheme_label(self, scheme: str) -> Text:
        """Return what a list of codes is called."""
        found = label(self._graph, CODE + scheme)
        return found if found.zh or found.en else Text(scheme, scheme)

    def note(self, name: str) -> Text:
        """Return what a list says of a code, or of itself."""
        for predicate in (SKOS + "definition", SKOS + "scopeNote", SKOS + "note", RDFS + "comment"):
            found = texts(self._graph, CODE + name, predicate)
            if found.zh or found.en:
                return found
        return Text()

    def others(self, name: str) -> list[str]:
        """Return other names of a code."""
        found = self._graph.texts(CODE + name, SKOS + "altLabel")
        return sorted(set(found))

    def notation(self, name: str) -> str:
        """Return the notation of a code."""
        return unquote(name.partition("/")[2])

    def is_listed(self, name: str) -> bool:
        """Tell whether the ontology knows a code; others are printed in a document only."""
        return name not in self._local

    def broader(self, name: str) -> list[str]:
        """Return the codes right above a code."""
        found = [*self._graph.texts(CODE + name, SKOS + "broader")]
        listed = [iri.removeprefix(CODE) for iri in found if iri.startswith(CODE)]
        return listed or list(self._local.get(name, [""])[1:])

    def path(self, name: str) -> list[str]:
        """Return the codes from the topmost to this one, along the first of several."""
        found = [name]
        while above := self.broader(found[-1]):
            if above[0] in found:
                break
            found.append(above[0])
        return found[::-1]

    def matches(self, name: str) -> list[tuple[Text, str]]:
        """Return the codes of other lists that correspond to a code: how, and which."""
        found = []
        for graph in (alignments_graph(), self._graph):
            for kind, text in MATCHES.items():
                for iri in graph.texts(CODE + name, SKOS + kind):
                    if iri.startswith(CODE):
                        found.append((text, iri.removeprefix(CODE)))
        return found


def largest(uses: Iterable[Use]) -> Decimal:
    """Return the largest amount of some uses, against which their bars are drawn."""
    return max((abs(use.amount) for use in uses if use.amount is not None), default=Decimal(0))
